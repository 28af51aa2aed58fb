"""Two units of one municipality bear the same code on one day.

Codes are reused, so a code may pass from one unit to another; but on any one day it must lead to one unit, or nobody can
be found by it. Touching is allowed: the first day of the new bearer is the first day without it for the old one. Kinds
whose codes are counted for themselves (`numbers: own` in registry.yaml) are compared among themselves only.

Wrong: `code: "50"` of one unit until today, and of another from 2024-03-01.
Right: the first unit gets another code, or ends, on 2024-03-01.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.model.day import ALWAYS, Span
from orgreg.model.finding import Finding, Route, Rule
from orgreg.model.registry import UNITS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Life

RULE: Final = Rule("U003", "overlapping-codes")


class _Bearing(NamedTuple):
    span: Span
    unit: str
    route: Route


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every unit that bears a code while another still bears it, at the statement that is the later."""
    bearers: dict[tuple[str, str, str], list[_Bearing]] = defaultdict(list)
    for unit in registry.units.values():
        for life in unit.timeline.lives:
            for span, held in life.runs("code"):
                if isinstance(held.value, str):
                    kind = registry.kind(unit.municipality, _kind_in(life, span))
                    among = kind.name if kind.own_numbers else ""
                    route: Route = ("timeline", held.begun_by.position, "code")
                    bearers[unit.municipality, among, held.value].append(_Bearing(span, unit.id, route))
    for (_, _, code), bearings in sorted(bearers.items()):
        yield from _overlaps(code, sorted(bearings))


def _kind_in(life: Life, span: Span) -> object:
    """The kind of the unit on the first day of the span."""
    held = life.held(span.start).get("kind")
    return None if held is None else held.value


def _overlaps(code: str, bearings: list[_Bearing]) -> Iterator[Finding]:
    # Sorted by first day, only the one that lasts longest so far can still bear the code.
    lasting = bearings[0]
    for later in bearings[1:]:
        both = lasting.span.overlap(later.span)
        if both is not None and later.unit != lasting.unit:
            day = "on any day" if both.start == ALWAYS else f"on {both.start.isoformat()}"
            yield Finding(
                RULE,
                path_of(UNITS, later.unit),
                f"{code} is borne by two units {day}: {later.unit} and {lasting.unit}",
                "give one of them another code" + ("" if both.start == ALWAYS else f", or end it before {both.start.isoformat()}"),
                route=later.route,
                entity=later.unit,
                related=((path_of(UNITS, lasting.unit), lasting.route),),
            )
        if later.span.end > lasting.span.end:
            lasting = later
