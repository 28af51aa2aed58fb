"""How units change while they live: other names, numbers, places and telephones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.city import words
from benchmarks.city.pages import Entry
from benchmarks.city.town import ABOVE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from benchmarks.city.desk import Desk, Step
    from benchmarks.city.pages import Value
    from benchmarks.city.town import Unit


class Changes:
    """Changes of units that go on."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.city, self.chance = desk, desk.city, desk.chance

    def _changed(self, unit: Unit, day: date, values: dict[str, Value], quote: str, change: str = "") -> Entry:
        """A change of a unit, entered."""
        values = values | {"decided_by": self.city.decision(day)}
        entry = Entry(f"{day}", values, [self.city.source(quote)], change=change)
        self.city.enter(unit.file, unit.file.timeline, entry)
        unit.said |= {(key, day) for key in values}
        self.desk.undecided(unit, entry, day)
        return entry

    def rename(self, day: date) -> Iterator[Step]:
        """Another name, from a day that is mostly exact."""
        unit = self.desk.any_unit(day, "name")
        if unit is None or unit.kind in {"Verwaltung", "Rat"}:
            return
        before, unit.name = unit.name, self.city.name(unit.kind, unit.theme)
        unit.naming = self._changed(unit, day, {"name": unit.name}, f"{before} heißt nunmehr {unit.name}")
        wrote = self.city.written(day)
        if wrote != f"{day}":
            unit.naming.day = wrote
            self.city.vague.append((unit.file, unit.naming, day))
        yield self.desk.step(day, f"Rename {before} to {unit.name}", unit.file)

    def recode(self, day: date) -> Iterator[Step]:
        """Another number, for all units below too: one reorganisation."""
        kind = self.chance.choices(("Fachbereich", "Abteilung", "Stelle"), (1, 8, 4))[0]
        fitting = self.city.by_kind.get(kind, [])
        unit = self.chance.choice(fitting) if fitting else None
        code = "" if unit is None else self.city.code(kind, unit.above)
        if unit is None or not code or not self._may_recode(unit, day):
            return
        before = unit.code
        coded = self.city.recode(unit, code)
        change = f"neue-nummern-{words.slug(code)}-{day:%Y-%m}" if len(coded) > 1 else ""
        for one, now in coded:
            self._changed(one, day, {"code": f'"{now}"'}, f"Neue Nummer {now}", change)
        yield self.desk.step(day, f"Recode {before} to {code}", *(one.file for one, _ in coded))

    def _may_recode(self, unit: Unit, day: date) -> bool:
        affected = [unit, *self.city.line(unit)]
        keys = ("code", "parent", "decided_by")
        return bool(unit.code) and all(one.opened < day and one.free(*keys, day=day) for one in affected)

    def move(self, day: date) -> Iterator[Step]:
        """Under another unit, with the number that it has there, and all below it likewise."""
        kind = self.chance.choices(("Stelle", "Sachgebiet", "Abteilung"), (6, 2, 1))[0]
        fitting = self.city.by_kind.get(kind, [])
        unit = self.chance.choice(fitting) if fitting else None
        target = self.chance.choice(self.city.by_kind[ABOVE[kind]]) if unit is not None else None
        if unit is None or target is None or target is unit.above or target.opened >= day:
            return
        code = self.city.code(kind, target)
        if not code or unit.above is None or not self._may_recode(unit, day):
            return
        coded = self.city.recode(unit, code)
        unit.above.below.remove(unit)
        target.below.append(unit)
        unit.above = target
        change = f"umzug-{words.slug(code)}-{day:%Y-%m}" if len(coded) > 1 else ""
        for one, now in coded:
            values: dict[str, Value] = {"code": f'"{now}"'}
            if one is unit:
                values["parent"] = target.file
            self._changed(one, day, values, f"{one.name} wird {now} in {target.name}", change)
        yield self.desk.step(day, f"Move {unit.name} to {code}", *(one.file for one, _ in coded))

    def contact(self, day: date) -> Iterator[Step]:
        """Another telephone."""
        if (unit := self.desk.any_unit(day, "contact")) is not None:
            phone = f"0555 470-{self.chance.randrange(1000, 10000)}"
            self._changed(unit, day, {"contact": {"phone": f'"{phone}"'}}, f"Telefon {phone}")
            yield self.desk.step(day, f"Contact of {unit.name}", unit.file)

    def intend(self, day: date) -> Iterator[Step]:
        """A name that is planned and, for all that is known, never came."""
        unit = self.chance.choice(self.city.by_kind["Fachbereich"])
        if unit.opened < day and unit.free("name", day=day):
            name = self.city.name(unit.kind, unit.theme)
            entry = Entry(f"{day}", {"name": name}, [self.city.source(f"soll künftig {name} heißen")], "planned")
            self.city.enter(unit.file, unit.file.timeline, entry)
            unit.said.add(("name", day))
            yield self.desk.step(day, f"Planned name of {unit.name}", unit.file)
