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

RULE: Final = Rule("U003", "overlapping-codes")


class _Bearing(NamedTuple):
    span: Span
    unit: str
    route: Route


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every two units that bear one code at the same time, at the one that bears it later."""
    bearers: dict[tuple[str, str, str], list[_Bearing]] = defaultdict(list)
    for unit in registry.units.values():
        for life in unit.timeline.lives:
            for span, held in life.runs("code"):
                if isinstance(held.value, str):
                    kind = life.held(span.start).get("kind")
                    own = kind is not None and registry.kind(unit.municipality, kind.value).own_numbers
                    among = str(kind.value) if own and kind is not None else ""
                    route: Route = ("timeline", _first(life.entries, span, "code"), "code")
                    bearers[unit.municipality, among, held.value].append(_Bearing(span, unit.id, route))
    for (_, _, code), bearings in sorted(bearers.items()):
        yield from _overlaps(code, sorted(bearings))
