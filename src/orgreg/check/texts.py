"""What the register says in words: quotes, notes, wordings, reasons and titles, with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgreg.check.sourcing import sourced
from orgreg.check.strands import strands
from orgreg.model.registry import PAPERS, PLANS, UNITS, path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from orgreg.check.strands import Strand
    from orgreg.model.finding import Route
    from orgreg.model.paper import Paper
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry


class Text(NamedTuple):
    """Words of a file."""

    path: str
    entity: str
    route: Route
    text: str


def texts(registry: Registry, holds: Callable[[str], object]) -> Iterator[Text]:
    """All that hold what is looked for."""
    return (text for text in _texts(registry, holds) if holds(text.text))


def _texts(registry: Registry, holds: Callable[[str], object]) -> Iterator[Text]:
    yield from _of_sources(registry, holds)
    for strand in strands(registry):
        for entry in strand.timeline.entries:
            if entry.wording or entry.because or entry.note or "title" in entry.values:
                yield from _of_entry(strand, entry)
    for identity, unit in sorted(registry.units.items()):
        if unit.note is not None:
            yield Text(path_of(UNITS, identity), identity, ("note",), unit.note)
    for identity, plan in sorted(registry.plans.items()):
        if plan.note is not None:
            yield Text(path_of(PLANS, identity), identity, ("note",), plan.note)
    for _, paper in sorted(registry.papers.items()):
        yield from _of_paper(paper)


def _of_sources(registry: Registry, holds: Callable[[str], object]) -> Iterator[Text]:
    for place in sourced(registry):
        for number, source in enumerate(place.sources):
            # Quotes are most of a register: only of those that are asked for the place is made.
            if source.quote is not None and holds(source.quote):
                yield Text(place.path, place.entity, (*place.route, "sources", number, "quote"), source.quote)
            if source.note is not None:
                yield Text(place.path, place.entity, (*place.route, "sources", number, "note"), source.note)


def _of_entry(strand: Strand, entry: Entry) -> Iterator[Text]:
    for key, text in (("wording", entry.wording), ("because", entry.because), ("note", entry.note)):
        if text is not None:
            yield Text(strand.path, strand.id, strand.at(entry, key), text)
    if isinstance(title := entry.values.get("title"), str):
        yield Text(strand.path, strand.id, strand.at(entry, "title"), title)


def _of_paper(paper: Paper) -> Iterator[Text]:
    path = path_of(PAPERS, paper.id)
    said: list[tuple[Route, object]] = [
        (("title",), paper.title),
        (("wording",), paper.wording),
        (("note",), paper.note),
        *((("aka", place), title) for place, title in enumerate(paper.aka)),
        *((("effects", place, "quote"), effect.quote) for place, effect in enumerate(paper.effects)),
    ]
    for place, one in enumerate(paper.consultations):
        said += [(("consultations", place, key), getattr(one, key)) for key in ("wording", "quote", "note")]
    yield from (Text(path, paper.id, route, text) for route, text in said if isinstance(text, str))
