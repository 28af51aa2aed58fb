"""What changed between two days or became different between two states, as headings and lists, for pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.diff.sentence import amended
from orgreg.formats.amendment import CHANGED, CORRECTED, KNOWN, VOCABULARY, nothing, told_of
from orgreg.formats.markdown import escape
from orgreg.formats.occasion import about, cities, heading, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from orgreg.diff.amendment import Amendment, Difference
    from orgreg.model.change import Occasion
    from orgreg.model.registry import Registry


def diff(registry: Registry, occasions: Sequence[Occasion], after: date, until: date) -> Iterator[str]:
    """A heading for the time and one for every occasion, its changes as a list."""
    yield f"## After {after.isoformat()} until {until.isoformat()}"
    with_city = cities(occasions) > 1
    for one in occasions:
        yield ""
        yield from _occasion(registry, one, with_city=with_city)
    if not occasions:
        yield ""
        yield "*Nothing is recorded.*"


def difference(before: Registry, after: Registry, found: Difference) -> Iterator[str]:
    """A heading for each sort of what became different, the changes by occasion."""
    if found.occasions:
        yield f"## {CHANGED}"
        with_city = cities(found.occasions) > 1
        for one in found.occasions:
            yield ""
            yield from _occasion(after, one, with_city=with_city)
    parted = bool(found.occasions)
    for title, amendments in ((CORRECTED, found.corrections), (KNOWN, found.known)):
        if amendments:
            yield from [""] if parted else []
            yield from (f"## {title}", "")
            yield from (_amendment(before, after, one) for one in amendments)
            parted = True
    if found.vocabulary:
        yield from [""] if parted else []
        yield from (f"## {VOCABULARY}", "")
        yield from (f"- {escape(one.sentence)}" for one in found.vocabulary)
        parted = True
    if not parted:
        yield f"*{nothing(found).capitalize()}.*"


def _amendment(before: Registry, after: Registry, one: Amendment) -> str:
    mark = told_of(one)
    return f"- {escape(amended(before, after, one))}{f' *({escape(mark)})*' if mark else ''}"


def _occasion(registry: Registry, one: Occasion, *, with_city: bool) -> Iterator[str]:
    day, rest = heading(registry, one, with_city=with_city)
    yield f"### {escape(day + rest)}"
    yield ""
    said = about(registry, one)
    if said:
        yield f"*{escape(said)}*"
        yield ""
    for change in told(registry, one):
        yield f"- {escape(change.sentence)}{f' *({escape(change.mark)})*' if change.mark else ''}"
        for what, why in change.reasons:
            yield f"  - {escape(what)}: {escape(why)}"
