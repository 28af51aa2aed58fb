"""What changed between two days, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.formats.line import Line, line
from orgreg.formats.occasion import about, cities, heading, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.model.change import Occasion
    from orgreg.model.registry import Registry


def diff(registry: Registry, occasions: Sequence[Occasion]) -> Iterator[Line]:
    """Every occasion under its day, with its decision and its reports, and its changes as sentences."""
    with_city = cities(occasions) > 1
    for place, one in enumerate(occasions):
        if place:
            yield line()
        yield from occasion(registry, one, with_city=with_city)


def occasion(registry: Registry, one: Occasion, *, with_city: bool = False, indent: str = "") -> Iterator[Line]:
    """One occasion."""
    day, rest = heading(registry, one, with_city=with_city)
    yield line(indent, (day, "heading"), (rest, "heading"))
    said = about(registry, one)
    if said:
        yield line(f"{indent}  ", (said, "quiet"))
    for change in told(registry, one):
        yield line(f"{indent}  ", change.sentence, (f"   ({change.mark})" if change.mark else "", "mark"))
        for what, why in change.reasons:
            yield line(f"{indent}    ", (f"{what}: ", "mark"), why)
