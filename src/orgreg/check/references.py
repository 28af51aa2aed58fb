"""Every reference of a register: where it stands, in which folder its file must lie, what it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgreg.check.once import once
from orgreg.check.strands import strands
from orgreg.model.reference import LEADS_TO
from orgreg.model.registry import PAPERS, PLANS, UNITS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from orgreg.check.strands import Strand
    from orgreg.model.finding import Route
    from orgreg.model.paper import Paper
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Absent, Alternative, Entry, Source
    from orgreg.model.unit import Correction


class Mention(NamedTuple):
    """One reference in a file. `key` is the key that says it."""

    path: str
    owner: str
    route: Route
    key: str
    folder: str
    target: str


@once
def mentions(registry: Registry) -> tuple[Mention, ...]:
    """All references, by file, in the order of each file's entries."""
    return tuple(_mentions(registry))


def _mentions(registry: Registry) -> Iterator[Mention]:
    for strand in strands(registry):
        for entry in strand.timeline.entries:
            yield from _of_entry(strand, entry)
    for identity, unit in sorted(registry.units.items()):
        yield from _of_corrections(_Finder(path_of(UNITS, identity), identity), unit.corrections)
    for identity, plan in sorted(registry.plans.items()):
        yield from _of_corrections(_Finder(path_of(PLANS, identity), identity), plan.corrections)
    for _, paper in sorted(registry.papers.items()):
        yield from _of_paper(paper)


class _Finder(NamedTuple):
    """Makes mentions of one file."""

    path: str
    owner: str

    def one(self, route: Route, key: str, folder: str, target: str) -> Mention:
        return Mention(self.path, self.owner, route, key, folder, target)

    def several(self, route: Route, key: str, folder: str, targets: Iterable[object]) -> Iterator[Mention]:
        for place, target in enumerate(targets):
            if isinstance(target, str):
                yield self.one((*route, place), key, folder, target)

    def values(self, route: Route, values: Mapping[str, object]) -> Iterator[Mention]:
        for key, value in values.items():
            folder = LEADS_TO.get(key)
            if folder is None:
                continue
            if isinstance(value, str):
                yield self.one((*route, key), key, folder, value)
            elif isinstance(value, tuple):
                yield from self.several((*route, key), key, folder, value)

    def sources(self, route: Route, sources: Iterable[Source]) -> Iterator[Mention]:
        for place, source in enumerate(sources):
            if source.paper is not None:
                yield self.one((*route, "sources", place, "paper"), "paper", PAPERS, source.paper)

    def decisions(self, route: Route, decided_by: object) -> Iterator[Mention]:
        deciding = (*route, "decided_by")
        if isinstance(decided_by, tuple):
            # One paper may be written without a list; then it is the value itself that has a place.
            if len(decided_by) == 1:
                yield self.one(deciding, "decided_by", PAPERS, decided_by[0])
            else:
                yield from self.several(deciding, "decided_by", PAPERS, decided_by)

    def alternatives(self, route: Route, alternatives: Iterable[Alternative]) -> Iterator[Mention]:
        for place, other in enumerate(alternatives):
            yield from self.values((*route, "also", place), other.values)
            yield from self.decisions((*route, "also", place), other.decided_by)
            yield from self.sources((*route, "also", place), other.sources)


def _of_entry(strand: Strand, entry: Entry) -> Iterator[Mention]:
    finder, route = _Finder(strand.path, strand.owner), strand.at(entry)
    yield from finder.values(route, entry.values)
    yield from finder.decisions(route, entry.decided_by)
    if entry.annulled is not None and entry.annulled.by is not None:
        yield finder.one((*route, "annulled", "by"), "by", PAPERS, entry.annulled.by)
    yield from finder.alternatives(route, entry.also)
    yield from finder.sources(route, entry.sources)


def _of_corrections(finder: _Finder, corrections: Iterable[Correction]) -> Iterator[Mention]:
    for place, correction in enumerate(corrections):
        yield from finder.sources(("corrections", place), correction.sources)


def _of_paper(paper: Paper) -> Iterator[Mention]:
    finder = _Finder(path_of(PAPERS, paper.id), paper.id)
    yield from finder.values((), {"author": paper.author, "lead": paper.lead})
    for place, consultation in enumerate(paper.consultations):
        if isinstance(consultation.body, str):
            yield finder.one(("consultations", place, "body"), "body", UNITS, consultation.body)
    for relation, targets in _listed(paper.relations):
        yield from finder.several(("relations", relation), relation, PAPERS, targets)
    yield from finder.alternatives((), paper.also)
    yield from finder.sources((), paper.sources)
    yield from _of_corrections(finder, paper.corrections)


def _listed(relations: Mapping[str, tuple[str, ...] | Absent]) -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((relation, targets) for relation, targets in relations.items() if isinstance(targets, tuple))
