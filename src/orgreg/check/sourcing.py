"""Every place of a register that has sources: entries, what other sources say, corrections, papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgreg.check.once import once
from orgreg.check.strands import strands
from orgreg.model.registry import PAPERS, PLANS, UNITS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.model.finding import Route
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Alternative, Source
    from orgreg.model.unit import Correction


class Sourced(NamedTuple):
    """Something with sources. `what` is the word for it; in the file of a paper a source may be the paper itself."""

    path: str
    entity: str
    route: Route
    what: str
    sources: tuple[Source, ...]
    in_paper: bool = False


@once
def sourced(registry: Registry) -> tuple[Sourced, ...]:
    """All of them, by file."""
    return tuple(_sourced(registry))


def _sourced(registry: Registry) -> Iterator[Sourced]:
    for strand in strands(registry):
        entity = strand.id
        for entry in strand.timeline.entries:
            here = Sourced(strand.path, entity, strand.at(entry), "this entry", entry.sources)
            yield here
            if entry.also:
                yield from _alternatives(here, entry.also)
    for identity, unit in sorted(registry.units.items()):
        yield from _corrections(Sourced(path_of(UNITS, identity), identity, (), "", ()), unit.corrections)
    for identity, plan in sorted(registry.plans.items()):
        yield from _corrections(Sourced(path_of(PLANS, identity), identity, (), "", ()), plan.corrections)
    for identity, paper in sorted(registry.papers.items()):
        here = Sourced(path_of(PAPERS, identity), identity, (), "this paper", paper.sources, in_paper=True)
        yield here
        yield from _alternatives(here, paper.also)
        yield from _corrections(here, paper.corrections)


def _alternatives(above: Sourced, alternatives: Iterable[Alternative]) -> Iterator[Sourced]:
    for place, other in enumerate(alternatives):
        what = "what is said instead"
        yield above._replace(route=(*above.route, "also", place), what=what, sources=other.sources)


def _corrections(above: Sourced, corrections: Iterable[Correction]) -> Iterator[Sourced]:
    for place, correction in enumerate(corrections):
        yield above._replace(route=("corrections", place), what="this correction", sources=correction.sources)
