"""Tasks and posts of units, and how they change hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.city import words
from benchmarks.city.pages import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from benchmarks.city.desk import Desk, Step
    from benchmarks.city.pages import Value
    from benchmarks.city.town import Unit


class Duties:
    """What units have to do, and who heads them."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.city, self.chance = desk, desk.city, desk.chance
        self.posts: list[tuple[Unit, str]] = []
        self.tasks: list[tuple[Unit, str]] = []

    def assign(self, unit: Unit, day: date, wrote: str) -> None:
        """A task that the unit has from the day."""
        aspect = self.chance.choice(words.ASPECTS)
        slug = words.slug(f"{unit.theme} {aspect}")
        tasks = unit.file.parts.setdefault("tasks", {})
        if slug in tasks:
            return
        text = f"{aspect} im Bereich {unit.theme}"
        values: dict[str, Value] = {"text": text, "topics": f"[{unit.theme.lower()}]"}
        tasks[slug] = [Entry(wrote, values, [self.city.source(f"Aufgaben: {text}")])]
        unit.said.add((f"tasks {slug}", day))
        self.tasks.append((unit, slug))

    def task(self, day: date) -> Iterator[Step]:
        """Another task."""
        unit = self.desk.any_unit(day)
        if unit is not None:
            self.assign(unit, day, f"{day}")
            yield self.desk.step(day, f"Task of {unit.name}", unit.file)

    def take_over(self, heir: Unit, slug: str, before: Unit, day: date) -> bool:
        """The task goes on at the heir, if it has none of the name."""
        last = before.file.parts["tasks"][slug][-1]
        if slug in heir.file.parts.get("tasks", {}) or "text" not in last.values:
            return False
        values = last.values | {"out_of": (before.file,)}
        entry = Entry(f"{day}", values, [self.city.source(f"{last.values['text']} geht über")])
        timeline = heir.file.parts.setdefault("tasks", {}).setdefault(slug, [])
        self.city.enter(heir.file, timeline, entry)
        heir.said.add((f"tasks {slug}", day))
        self.tasks.append((heir, slug))
        return True

    def transfer(self, day: date) -> Iterator[Step]:
        """A task goes to another unit, and its old one lives on."""
        if not self.tasks:
            return
        unit, slug = self.chance.choice(self.tasks)
        heir = self.desk.any_unit(day)
        timeline = unit.file.parts["tasks"][slug]
        fresh = unit.free(f"tasks {slug}", day=day) and unit.opened < day and len(timeline) == 1
        if unit.ended or heir is None or heir is unit or not fresh or not self.take_over(heir, slug, unit, day):
            return
        self.tasks.remove((unit, slug))
        timeline.append(Entry(f"{day}", {"ended": "transferred"}, [self.city.source("Aufgabe abgegeben")]))
        unit.said.add((f"tasks {slug}", day))
        yield self.desk.step(day, f"Transfer {slug} to {heir.name}", unit.file, heir.file)

    def post(self, day: date) -> Iterator[Step]:
        """A head for a unit that has none recorded."""
        unit = self.desk.any_unit(day)
        if unit is None or "leitung" in unit.file.parts.get("posts", {}):
            return
        values: dict[str, Value] = {"title": "Leitung", "head": "true", "holder": self._person()}
        unit.file.parts["posts"] = {"leitung": [Entry(f"{day}", values, [self.city.source("Leitung")])]}
        unit.said.add(("posts leitung", day))
        self.posts.append((unit, "leitung"))
        yield self.desk.step(day, f"Head of {unit.name}", unit.file)

    def holder(self, day: date) -> Iterator[Step]:
        """The post of a head is filled anew, or vacant."""
        unit, slug = self.chance.choice(self.posts) if self.posts else (None, "")
        if unit is None or unit.ended or not unit.free(f"posts {slug}", day=day):
            return
        holder = "vacant" if self.chance.random() < 1 / 5 else self._person()
        entry = Entry(f"{day}", {"holder": holder}, [self.city.source("Neubesetzung der Leitung")])
        unit.file.parts["posts"][slug].append(entry)
        unit.said.add((f"posts {slug}", day))
        yield self.desk.step(day, f"Another head of {unit.name}", unit.file)

    def _person(self) -> str:
        return f"{self.chance.choice(words.FIRST_NAMES)} {self.chance.choice(words.LAST_NAMES)}"
