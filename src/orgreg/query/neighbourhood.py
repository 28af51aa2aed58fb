"""The part of a tree around some units: the way up from them, and what stands directly below them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from orgreg.query.tree import trees

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from orgreg.model.registry import Registry
    from orgreg.model.unit import Unit
    from orgreg.query.tree import Tree


def around(registry: Registry, touched: Iterable[str], day: date, *, planned: bool = False) -> tuple[Tree, ...]:
    """The trees of a day with nothing but these units, those above them and those directly below them.

    What stands above is looked up by its identity; what stands below is found by going through the units.
    """
    shown: dict[str, Unit] = {}
    mine = set(touched)
    waiting = sorted(mine)
    while waiting:
        identity = waiting.pop()
        unit = registry.units.get(identity)
        if unit is not None and identity not in shown:
            shown[identity] = unit
            waiting += above(unit, day, planned=planned)
    for identity, unit in registry.units.items():
        if identity not in shown and not mine.isdisjoint(above(unit, day, planned=planned)):
            shown[identity] = unit
    small = replace(registry, units=dict(sorted(shown.items())), beyond=registry.beyond or _Around(registry))
    found = trees(small, day, planned=planned, bodies=True)
    return tuple(one for one in found if one.roots or one.unplaced)


class _Around:
    """What is asked about all units, though only some are shown."""

    def __init__(self, registry: Registry) -> None:
        self.change_after = registry.change_after
        self.newest_change = registry.newest_change
        self.newest_papers = registry.newest_papers
        self.may_say = registry.may_say
        self._registry = registry

    def whole(self, municipality: str | None) -> Registry:
        return self._registry.whole(municipality)


def above(unit: Unit, day: date, *, planned: bool) -> Iterator[str]:
    """What the unit stands under or beside on the day, in force or as it is intended."""
    lives = (unit.timeline.life_on(day), unit.timeline.intended_on(day) if planned else None)
    for life in lives:
        held = {} if life is None else life.held(day)
        for attribute in ("parent", "staff_of"):
            if attribute in held and isinstance(found := held[attribute].value, str):
                yield found
