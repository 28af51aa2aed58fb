"""Units stand above one another in a circle.

`parent` and `staff_of` lead upward, from unit to unit, to one that has none above it. A circle has no top: none of its
units would stand in any tree on that day. Often two units changed places and one of the two entries is missing or bears
the wrong day.

Give one of the units in the circle the parent that it has in the city on that day.

Wrong:

    # data/units/bs/sozialreferat.yaml
    timeline:
      - from: unknown
        name: Sozialreferat
        kind: Referat
        parent: sozialplanung
    # data/units/bs/sozialplanung.yaml
    timeline:
      - from: unknown
        name: Sozialplanung
        kind: Stelle
        parent: sozialreferat

Right:

    # data/units/bs/sozialreferat.yaml
    timeline:
      - from: unknown
        name: Sozialreferat
        kind: Referat
        parent: stadtverwaltung
    # data/units/bs/sozialplanung.yaml
    timeline:
      - from: unknown
        name: Sozialplanung
        kind: Stelle
        parent: sozialreferat
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.check.runs import runs
from orgreg.check.wording import on, short, since
from orgreg.model.day import ALWAYS, NEVER
from orgreg.model.finding import Finding, Route, Rule
from orgreg.model.registry import UNITS, path_of
from orgreg.model.unit import municipality_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from orgreg.model.day import Span
    from orgreg.model.registry import Registry

RULE: Final = Rule("U002", "circle")

_TOLD: Final = 6
"""How many steps of a circle are told one by one."""

Circle = tuple[str, ...]
"""Units, each below the next and the last below the first; the first is the smallest identity."""


class _Edge(NamedTuple):
    """That one unit stands under another for a time."""

    span: Span
    below: str
    above: str
    route: Route


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every circle, at the statement that closes it, on its first day."""
    told: set[Circle] = set()
    mine = set(runs(registry).units)
    for day, now, circles in _sweep(_in_doubt(list(_edges(registry)))):
        for circle in circles:
            if circle not in told and not mine.isdisjoint(circle):
                told.add(circle)
                yield _finding(day, [now[unit] for unit in circle])


def _edges(registry: Registry) -> Iterator[_Edge]:
    """Those of the units that are gone through and of all that stand above them: a circle may lead through others."""
    found = runs(registry)
    waiting = list(reversed(found.units))
    seen = set(waiting)
    while waiting:
        unit = waiting.pop()
        for attribute in ("parent", "staff_of"):
            for run in found.of(attribute, unit):
                if isinstance(run.value, str):
                    yield _Edge(run.span, unit, run.value, run.route)
                    if run.value not in seen:
                        seen.add(run.value)
                        waiting.append(run.value)


def _in_doubt(edges: list[_Edge]) -> list[_Edge]:
    """The edges that may be part of a circle, whatever the day: those that are left without all that lead to a top."""
    edges = _without_ends(edges, [(edge.below, edge.above) for edge in edges])
    return _without_ends(edges, [(edge.above, edge.below) for edge in edges])


def _without_ends(edges: list[_Edge], ways: list[tuple[str, str]]) -> list[_Edge]:
    """The edges without the units from which no way leads on, and then those from which none leads on any more."""
    leads: dict[str, set[str]] = defaultdict(set)
    comes: dict[str, set[str]] = defaultdict(set)
    for here, there in ways:
        leads[here].add(there)
        comes[there].add(here)
    ends = [unit for unit in comes if unit not in leads]
    gone = set(ends)
    while ends:
        end = ends.pop()
        for unit in comes[end]:
            leads[unit].discard(end)
            if not leads[unit]:
                gone.add(unit)
                ends.append(unit)
    return [edge for edge in edges if edge.below not in gone and edge.above not in gone]


def _sweep(edges: Iterable[_Edge]) -> Iterator[tuple[date, dict[str, _Edge], list[Circle]]]:
    """The days on which something of this changes, with what then stands where and the circles that are new."""
    begin: dict[date, list[_Edge]] = defaultdict(list)
    end: dict[date, list[_Edge]] = defaultdict(list)
    for edge in edges:
        begin[edge.span.start].append(edge)
        if edge.span.end != NEVER:
            end[edge.span.end].append(edge)
    now: dict[str, _Edge] = {}
    for day in sorted(begin.keys() | end.keys()):
        for edge in end[day]:
            del now[edge.below]
        for edge in begin[day]:
            now[edge.below] = edge
        yield day, now, list(_circles(now, sorted(edge.below for edge in begin[day])))


def _circles(now: dict[str, _Edge], changed: list[str]) -> Iterator[Circle]:
    seen: set[str] = set()
    for unit in changed:
        way: dict[str, int] = {}
        here = unit
        while here in now and here not in seen:
            seen.add(here)
            way[here] = len(way)
            here = now[here].above
        if here in way:
            circle = list(way)[way[here] :]
            first = circle.index(min(circle))
            yield (*circle[first:], *circle[:first])


def _finding(day: date, edges: list[_Edge]) -> Finding:
    last = max(edges, key=lambda edge: (edge.span.start, edge.below))
    city = municipality_of(last.below)
    start = edges.index(last)
    way = [*edges[start:], *edges[:start]]
    if len(way) == 1:
        message = f"{short(last.below, city)} stands under itself {since(day)}"
    else:
        steps = ", ".join(f"{short(edge.below, city)} under {short(edge.above, city)}" for edge in way[:_TOLD])
        steps += f" and so on, {len(way)} units" if len(way) > _TOLD else ""
        message = f"units stand in a circle {since(day)}: {steps}"
    when = "" if day == ALWAYS else f" {on(day)}"
    return Finding(
        RULE,
        path_of(UNITS, last.below),
        message,
        f"give one of them the parent that it has{when}, or write unknown",
        route=last.route,
        entity=last.below,
        related=tuple((path_of(UNITS, edge.below), edge.route) for edge in way[1:_TOLD]),
    )
