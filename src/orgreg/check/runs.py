"""The values of units with the days on which they are in force: the ground for what must hold on every day."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.check.once import once

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgreg.model.day import Span
    from orgreg.model.finding import Route
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Held, Life, Value
    from orgreg.model.unit import Unit

ATTRIBUTES: Final = ("parent", "staff_of", "kind", "code", "name")


class Run(NamedTuple):
    """A value of a unit on the days of the span, without a break."""

    unit: Unit
    life: Life
    span: Span
    held: Held

    @property
    def value(self) -> Value:
        """The value."""
        return self.held.value

    @property
    def route(self) -> Route:
        """Where it is stated first."""
        return ("timeline", self.held.begun_by.position, self.held.attribute)


class Runs:
    """The runs of units, by unit and attribute, each worked out when it is first asked for."""

    def __init__(self, registry: Registry) -> None:
        # Not the registry, which is known by its runs: who keeps the one would keep the other for ever.
        self._units = registry.units
        self._found: dict[str, Mapping[str, Sequence[Run]]] = {}

    def of(self, attribute: str, unit: str) -> Sequence[Run]:
        """Those of one unit, whether it is gone through or not."""
        if unit not in self._found:
            known = self._units.get(unit)
            self._found[unit] = {} if known is None else _runs(known)
        return self._found[unit].get(attribute, ())

    def all(self, *attributes: str) -> list[Run]:
        """Those of all units that are gone through, one attribute after the other, the units in order."""
        return [run for one in attributes for unit in self.units for run in self.of(one, unit)]

    @cached_property
    def units(self) -> Sequence[str]:
        """The units that are gone through, in order."""
        return sorted(self._units)


@once
def runs(registry: Registry) -> Runs:
    """What is in force of the units."""
    return Runs(registry)


def _runs(unit: Unit) -> Mapping[str, Sequence[Run]]:
    found: dict[str, list[Run]] = defaultdict(list)
    for life in unit.timeline.lives:
        for span, held in life.runs(*ATTRIBUTES):
            found[held.attribute].append(Run(unit, life, span, held))
    return found
