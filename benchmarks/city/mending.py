"""How what was entered becomes better: confirmed, corrected, found out, filed under its new name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from benchmarks.city import words
from benchmarks.city.pages import Correction, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from benchmarks.city.desk import Desk, Step

_FEW: Final = 12
"""By how many files a file may be named that is renamed."""


class Mending:
    """What the city did not change, but the register."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.city, self.chance = desk, desk.city, desk.chance

    def confirm(self, day: date) -> Iterator[Step]:
        """Another paper says the same."""
        unit = self.chance.choice(self.city.living)
        source = self.city.source(f"{unit.kind} {unit.code} {unit.name}")
        if all(known.paper is not source.paper for known in unit.naming.sources):
            unit.naming.sources.append(source)
            yield self.desk.step(day, f"Another source for {unit.name}", unit.file)

    def correct(self, day: date) -> Iterator[Step]:
        """The name was read wrongly from its paper."""
        unit = self.chance.choice(self.city.living)
        if unit.kind in {"Verwaltung", "Rat"}:
            return
        source = Source(unit.naming.sources[0].paper, f"{unit.kind} {unit.code}")
        was, unit.name = unit.name, self.city.name(unit.kind, unit.theme)
        unit.naming.values["name"] = unit.name
        step = self.desk.step(day, f"Correct the name of {was}: {unit.name}", unit.file)
        when = datetime.fromtimestamp(step.time, UTC).date()
        unit.file.corrections.append(Correction(f"{when}", "timeline, name", f"name: {was}", source))
        yield step

    def sharpen(self, day: date) -> Iterator[Step]:
        """A vague day is found out."""
        if self.city.vague:
            file, entry, exact = self.city.vague.pop(self.chance.randrange(len(self.city.vague)))
            entry.day = f"{exact}"
            entry.values.pop("inferred", None)
            yield self.desk.step(day, f"The day of {file.slug}", file)

    def decide(self, day: date) -> Iterator[Step]:
        """It is found out who decided a change."""
        if not self.city.undecided:
            return
        file, entry, when = self.city.undecided.pop(self.chance.randrange(len(self.city.undecided)))
        entry.values["decided_by"] = next(paper for dated, paper in reversed(self.city.papers) if dated <= when)
        yield self.desk.step(day, f"Who decided on {file.slug}", file)

    def refile(self, day: date) -> Iterator[Step]:
        """A file is called as its unit is by now; whoever names it does so too."""
        unit = self.chance.choice(self.city.living)
        bodies = {"Verwaltung", "Rat", "Ausschuss"}
        old = unit.file.slug
        if unit.kind in bodies or len(unit.file.named_by) > _FEW or words.slug(unit.name.replace(",", "")) == old:
            return
        path = unit.file.path
        unit.file.formerly.append(old)
        unit.file.slug = self.city.take_slug(unit.name)
        yield self.desk.step(day, f"File {old} as {unit.file.slug}", unit.file, *unit.file.named_by, gone=(path,))
