"""Every day that is written in the register, with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgreg.check.sourcing import sourced
from orgreg.check.strands import INTENDED, strands
from orgreg.model.day import When
from orgreg.model.registry import PAPERS, PLANS, UNITS, path_of
from orgreg.model.timeline import Due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from orgreg.check.strands import Strand
    from orgreg.model.finding import Route
    from orgreg.model.paper import Paper
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Alternative, Entry
    from orgreg.model.unit import Correction


class Written(NamedTuple):
    """A day of a file. `ahead`: it may lie far ahead: something is due or intended, or the register was put right."""

    path: str
    entity: str
    route: Route
    day: When
    ahead: bool = False


def days(registry: Registry, wanted: Callable[[When], object]) -> Iterator[Written]:
    """All that are wanted."""
    return (one for one in _days(registry, wanted) if wanted(one.day))


def _days(registry: Registry, wanted: Callable[[When], object]) -> Iterator[Written]:
    for strand in strands(registry):
        for entry in strand.timeline.entries:
            # Most entries have no other day than their own: only of those that are wanted the place is made.
            if wanted(entry.since) or entry.also or entry.annulled is not None or "due" in entry.values:
                yield from _of_entry(strand, entry)
    for place in sourced(registry):
        for number, source in enumerate(place.sources):
            if source.attests is not None:
                route = (*place.route, "sources", number, "attests")
                yield Written(place.path, place.entity, route, source.attests)
    for identity, unit in sorted(registry.units.items()):
        yield from _corrections(path_of(UNITS, identity), identity, unit.corrections)
    for identity, plan in sorted(registry.plans.items()):
        yield from _corrections(path_of(PLANS, identity), identity, plan.corrections)
    for _, paper in sorted(registry.papers.items()):
        yield from _of_paper(paper)


def _of_entry(strand: Strand, entry: Entry) -> Iterator[Written]:
    ahead = entry.status in INTENDED
    here = Written(strand.path, strand.id, strand.at(entry, "from"), entry.since, ahead)
    yield here
    if entry.also:
        yield from _instead(here._replace(route=strand.at(entry)), entry.also)
    if entry.annulled is not None:
        yield here._replace(route=strand.at(entry, "annulled", "day"), day=entry.annulled.day)
    if isinstance(due := entry.values.get("due"), Due):
        yield here._replace(route=strand.at(entry, "due", "day"), day=due.day, ahead=True)


def _corrections(path: str, identity: str, corrections: Iterable[Correction]) -> Iterator[Written]:
    for number, one in enumerate(corrections):
        yield Written(path, identity, ("corrections", number, "day"), one.day, ahead=True)


def _of_paper(paper: Paper) -> Iterator[Written]:
    path = path_of(PAPERS, paper.id)
    here = Written(path, paper.id, (), paper.date)
    yield here._replace(route=("date",))
    for number, one in enumerate(paper.consultations):
        if one.date is not None:
            yield here._replace(route=("consultations", number, "date"), day=one.date)
    yield from _instead(here, paper.also)
    yield from _corrections(path, paper.id, paper.corrections)


def _instead(above: Written, also: Iterable[Alternative]) -> Iterator[Written]:
    for place, other in enumerate(also):
        for key, day in (("from", other.since), ("date", other.values.get("date"))):
            if isinstance(day, When):
                yield above._replace(route=(*above.route, "also", place, key), day=day)
