"""What changed between two days as headings and lists: for comments and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.formats.markdown import escape
from orgreg.formats.occasion import about, cities, heading, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

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
