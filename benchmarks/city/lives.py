"""How units come and go: created, dissolved, absorbed, merged, replaced, split."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.city.pages import Entry
from benchmarks.city.town import has_room

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from benchmarks.city.desk import Desk, Step
    from benchmarks.city.duties import Duties
    from benchmarks.city.pages import File, Value
    from benchmarks.city.town import Unit

_DEEPER: Final = ("Abteilung", "Stelle", "Sachgebiet")
"""The kinds that find room where others find none."""


class Lives:
    """Beginnings and ends of units."""

    def __init__(self, desk: Desk, duties: Duties) -> None:
        self.desk, self.city, self.chance = desk, desk.city, desk.chance
        self.duties = duties

    def create(self, day: date) -> Iterator[Step]:
        """A new unit in a place that is free."""
        kind = self.chance.choices(("Abteilung", "Stelle", "Sachgebiet", "Stabsstelle"), (1, 6, 2, 1))[0]
        unit = self._new(*self.room(kind), day)
        yield self.desk.step(day, f"Create {unit.name}", unit.file)

    def room(self, kind: str) -> tuple[str, Unit]:
        """A unit under which one of the kind finds a code; of another kind, where there is none.

        Raises:
            ValueError: the city is full.
        """
        for one in (kind, *_DEEPER):
            if (unit := self.city.room(one)) is not None:
                return one, unit
        raise ValueError(f"a municipality has no codes for {self.desk.wanted} units here")

    def _new(self, kind: str, above: Unit | None, day: date, change: str = "") -> Unit:
        unit = self.city.born(kind, above, day, f"{day}", decided_by=self.city.decision(day))
        unit.naming.change = change
        self.desk.undecided(unit, unit.naming, day)
        if self.chance.random() < 1 / 2:
            self.duties.assign(unit, day, f"{day}")
        return unit

    def _end(self, unit: Unit, day: date, how: str, into: tuple[File, ...] = (), change: str = "") -> None:
        values: dict[str, Value] = {"ended": how}
        if into:
            values["into"] = into
        values["decided_by"] = self.city.decision(day)
        entry = Entry(f"{day}", values, [self.city.source(f"{unit.name} ({unit.kind}) entfällt")], change=change)
        self.city.enter(unit.file, unit.file.timeline, entry)
        self.desk.undecided(unit, entry, day)
        self.city.gone(unit)

    def _ending(self, day: date) -> Unit | None:
        """A unit that may end on the day: it is older, and nothing stands below it."""
        unit = self.city.leaf("Stelle", "Sachgebiet", "Abteilung", "Stabsstelle")
        return unit if unit is not None and self._may_end(unit, day) else None

    def _may_end(self, unit: Unit, day: date) -> bool:
        return not unit.below and all(said < day for _, said in unit.said)

    def dissolve(self, day: date) -> Iterator[Step]:
        """A unit ends, and nothing comes after it."""
        if (unit := self._ending(day)) is not None:
            self._end(unit, day, "dissolved")
            yield self.desk.step(day, f"Dissolve {unit.name}", unit.file)

    def absorb(self, day: date) -> Iterator[Step]:
        """A unit goes into another of the same parent, with its tasks."""
        unit = self._ending(day)
        heir = None if unit is None or unit.above is None else self.chance.choice(unit.above.below)
        if unit is None or heir is None or unit is heir or heir.opened >= day:
            return
        self._end(unit, day, "absorbed", (heir.file,))
        heir.said.add(("heir", day))  # so it lives on that day
        for slug in unit.file.parts.get("tasks", {}):
            self.duties.take_over(heir, slug, unit, day)
        yield self.desk.step(day, f"{heir.name} absorbs {unit.name}", unit.file, heir.file)

    def merge(self, day: date) -> Iterator[Step]:
        """Two units of one kind and parent become a new one."""
        one = self._ending(day)
        others = [] if one is None or one.above is None else [unit for unit in one.above.below if unit is not one]
        others = [unit for unit in others if unit.kind == one.kind and self._may_end(unit, day)] if one else []
        if one is None or not others:
            yield from self.create(day)
            return
        other, above = self.chance.choice(others), one.above
        change = f"zusammenlegung-{day:%Y-%m}-{self.city.units}"
        self.city.release(one)
        new = self._new(one.kind, above, day, change)
        for unit in (one, other):
            self._end(unit, day, "merged", (new.file,), change)
        yield self.desk.step(day, f"Merge {one.name} and {other.name} into {new.name}", new.file, one.file, other.file)

    def replace(self, day: date) -> Iterator[Step]:
        """A new unit takes the place and the number of another."""
        unit = self._ending(day)
        if unit is None:
            yield from self.create(day)
            return
        self.city.release(unit)
        new = self._new(unit.kind, unit.above, day)
        self._end(unit, day, "replaced", (new.file,))
        yield self.desk.step(day, f"Replace {unit.name} by {new.name}", new.file, unit.file)

    def split(self, day: date) -> Iterator[Step]:
        """A unit becomes two new ones."""
        unit = self._ending(day)
        if unit is None or unit.above is None or not has_room(unit.above, unit.kind):
            yield from self.create(day)
            yield from self.create(day)
            return
        change = f"teilung-{day:%Y-%m}-{self.city.units}"
        self.city.release(unit)
        new = [self._new(unit.kind, unit.above, day, change) for _ in range(2)]
        self._end(unit, day, "split", tuple(one.file for one in new), change)
        yield self.desk.step(day, f"Split {unit.name}", *(one.file for one in new), unit.file)
