"""Which units, papers and plans a file names, in whatever way: as a value, a source, a decision, or beside others."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from orgreg.model.paper import Paper
from orgreg.model.unit import Unit, whole_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.model.plan import Plan
    from orgreg.model.timeline import Alternative, Entry, Source, Timeline


def mentions(thing: Unit | Paper | Plan) -> set[str]:
    """The identities, without their parts, of all that it names; and some texts that only look like one."""
    told = _of_paper(thing) if isinstance(thing, Paper) else chain.from_iterable(map(_of_timeline, _timelines(thing)))
    corrections = (source for correction in thing.corrections for source in correction.sources)
    return {whole_of(one) for one in (*told, *_papers(corrections)) if "/" in one and " " not in one}


def _timelines(thing: Unit | Plan) -> Iterable[Timeline]:
    more = (thing.tasks, thing.posts) if isinstance(thing, Unit) else (thing.dimensions, thing.steps)
    return (thing.timeline, *(timeline for some in more for timeline in some.values()))


def _of_paper(paper: Paper) -> Iterator[str]:
    yield from _texts((paper.author, paper.lead, *paper.relations.values()))
    yield from _texts(consultation.body for consultation in paper.consultations)
    yield from _papers(paper.sources)
    yield from _alternatives(paper.also)


def _of_timeline(timeline: Timeline) -> Iterator[str]:
    for entry in timeline.entries:
        yield from _of_entry(entry)


def _of_entry(entry: Entry) -> Iterator[str]:
    yield from _texts((*entry.values.values(), entry.decided_by))
    yield from _papers(entry.sources)
    yield from _alternatives(entry.also)
    if entry.annulled is not None and entry.annulled.by is not None:
        yield entry.annulled.by


def _alternatives(also: Iterable[Alternative]) -> Iterator[str]:
    for other in also:
        yield from _texts((*other.values.values(), other.decided_by))
        yield from _papers(other.sources)


def _papers(sources: Iterable[Source]) -> Iterator[str]:
    return (source.paper for source in sources if source.paper is not None)


def _texts(values: Iterable[object]) -> Iterator[str]:
    """The texts among values, and in lists of them."""
    for value in values:
        yield from (one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, str))
