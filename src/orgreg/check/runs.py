"""The values of units with the days on which they are in force: the ground for what must hold on every day."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from orgreg.check.once import once

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgreg.model.day import Span
    from orgreg.model.finding import Route
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Held, Life, Value
    from orgreg.model.unit import Unit

ATTRIBUTES = ("parent", "staff_of", "kind", "code", "name")


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


class Runs(NamedTuple):
    """The runs of all units, by attribute and unit; the units in order, the runs of one by their days."""

    by_attribute: Mapping[str, Mapping[str, Sequence[Run]]]

    def of(self, attribute: str, unit: str) -> Sequence[Run]:
        """Those of one unit."""
        return self.by_attribute[attribute].get(unit, ())

    def all(self, *attributes: str) -> list[Run]:
        """Those of all units, one attribute after the other."""
        return [run for one in attributes for runs in self.by_attribute[one].values() for run in runs]


@once
def runs(registry: Registry) -> Runs:
    """What is in force of all units."""
    found: dict[str, dict[str, list[Run]]] = {attribute: defaultdict(list) for attribute in ATTRIBUTES}
    for identity, unit in sorted(registry.units.items()):
        for life in unit.timeline.lives:
            for attribute, by_unit in found.items():
                for span, held in life.runs(attribute):
                    by_unit[identity].append(Run(unit, life, span, held))
    return Runs(found)
