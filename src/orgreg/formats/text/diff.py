"""What changed between two days, or became different between two states, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.diff.sentence import amended
from orgreg.formats.amendment import CHANGED, CORRECTED, KNOWN, VOCABULARY, nothing, told_of
from orgreg.formats.line import Line, line
from orgreg.formats.occasion import about, cities, heading, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from orgreg.diff.amendment import Amendment, Difference
    from orgreg.model.change import Occasion
    from orgreg.model.registry import Registry


def diff(registry: Registry, occasions: Sequence[Occasion], after: date, until: date) -> Iterator[Line]:
    """Every occasion under its day, with its decision and its reports, and its changes as sentences."""
    if not occasions:
        yield line((f"no change is recorded after {after.isoformat()} until {until.isoformat()}", "quiet"))
    with_city = cities(occasions) > 1
    for place, one in enumerate(occasions):
        if place:
            yield line()
        yield from occasion(registry, one, with_city=with_city)


def difference(before: Registry, after: Registry, found: Difference) -> Iterator[Line]:
    """What changed, what was corrected and what became known between two states, each under its heading."""
    if found.occasions:
        yield line((CHANGED, "heading"))
        with_city = cities(found.occasions) > 1
        for one in found.occasions:
            yield line()
            yield from occasion(after, one, with_city=with_city, indent="  ")
    parted = bool(found.occasions)
    for title, amendments in ((CORRECTED, found.corrections), (KNOWN, found.known)):
        if amendments:
            yield from [line()] if parted else []
            yield line((title, "heading"))
            yield from (amended_line(before, after, one) for one in amendments)
            parted = True
    if found.vocabulary:
        yield from [line()] if parted else []
        yield line((VOCABULARY, "heading"))
        yield from (line("  ", one.sentence) for one in found.vocabulary)
        parted = True
    if not parted:
        yield line((nothing(found), "quiet"))


def amended_line(before: Registry, after: Registry, one: Amendment) -> Line:
    """One amendment, with the day on which its correction was recorded and the papers that tell it."""
    mark = told_of(one)
    return line("  ", amended(before, after, one), (f"   ({mark})" if mark else "", "quiet"))


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
