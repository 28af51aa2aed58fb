"""Something took effect before the paper that is said to have decided it.

`decided_by` names the paper by which something was decided, in an entry or, as another source tells it, in its `also:`.
What takes effect before that paper can have been decided was not decided by it: a day is wrong, another paper decided,
or the source tells the events in another order than they happened. Where the day of the entry is vague, its latest
counts, and of a paper the earliest; where only another paper gives the day, in `also:`, that one.

Correct the day or the paper. Where the sources themselves are at odds, leave both as they say it: the warning stays and
says what no document says.

Wrong:

    # data/decisions/bs/ratsbeschluss.yaml
    number: "24-23646-01"
    kind: Beschluss
    title: Handlungskonzept
    date: 2024-06-11
    author: unknown
    # data/units/bs/integration.yaml
    timeline:
      - from: 2024-03-01
        name: Integration, Vielfalt und Demokratie
        kind: Stelle
        code: "0500.10"
        parent: sozialreferat
        decided_by: ratsbeschluss

Right:

    # data/decisions/bs/ratsbeschluss.yaml
    number: "24-23646-01"
    kind: Beschluss
    title: Handlungskonzept
    date: 2024-06-11
    author: unknown
    # data/units/bs/integration.yaml
    timeline:
      - from: 2024-07-01
        name: Integration, Vielfalt und Demokratie
        kind: Stelle
        code: "0500.10"
        parent: sozialreferat
        decided_by: ratsbeschluss
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.check.strands import entries_in_force
from orgreg.check.wording import short
from orgreg.model.day import When
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.registry import PAPERS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.strands import Strand
    from orgreg.model.finding import Route
    from orgreg.model.paper import Paper
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry

RULE: Final = Rule("D001", "effect-before-cause", Severity.WARNING)

_DECIDED: Final = "is said to be decided by"
_TOLD: Final = "is told as carrying out"


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every paper that decided too late, once for a change or for a unit and its parts."""
    told: set[tuple[str, str]] = set()
    for strand, entry in entries_in_force(registry):
        for cause in _causes(strand, entry) if entry.decided_by or entry.also else ():
            paper = registry.papers.get(cause.paper)
            key = (entry.change or f"{strand.owner} {entry.since}", cause.paper)
            if paper is not None and key not in told and _possible(paper).earliest > entry.since.latest:
                told.add(key)
                yield _finding(cause, paper)


class _Cause(NamedTuple):
    """A paper that is said to have decided an entry, and where that is said."""

    strand: Strand
    entry: Entry
    verb: str
    route: Route
    paper: str


def _causes(strand: Strand, entry: Entry) -> Iterator[_Cause]:
    if isinstance(entry.decided_by, tuple):
        route = strand.at(entry, "decided_by")
        yield from (_Cause(strand, entry, _DECIDED, route, paper) for paper in entry.decided_by)
    for place, other in enumerate(entry.also):
        if isinstance(other.decided_by, tuple):
            route = strand.at(entry, "also", place, "decided_by")
            yield from (_Cause(strand, entry, _TOLD, route, paper) for paper in other.decided_by)


def _possible(paper: Paper) -> When:
    """The day of the paper; where it is vague, the earliest that another paper gives."""
    others = [day for other in paper.also if isinstance(day := other.values.get("date"), When) and day.known]
    return paper.date if paper.date.exact else min(others, key=lambda day: day.earliest, default=paper.date)


def _finding(cause: _Cause, paper: Paper) -> Finding:
    strand = cause.strand
    effect, decided = cause.entry.since.latest, _possible(paper).earliest
    days = (decided - effect).days
    later = f"{days} {'day' if days == 1 else 'days'} later"
    name = short(paper.id, strand.municipality)
    return Finding(
        RULE,
        strand.path,
        f"{_label(strand, cause.entry)} {cause.verb} a resolution that came {later} ({effect} → {decided})",
        f"correct the day here or that of {name}; leave it where the sources themselves say so",
        route=cause.route,
        entity=strand.id,
        related=((path_of(PAPERS, paper.id), ("date",)),),
    )


def _label(strand: Strand, entry: Entry) -> str:
    """The code of a unit on the day; else what a file of the city would write."""
    life = strand.timeline.life_on(entry.counts_from)
    held = None if life is None else life.held(entry.counts_from).get("code")
    return held.value if held is not None and isinstance(held.value, str) else short(strand.id, strand.municipality)
