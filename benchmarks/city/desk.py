"""The desk at which a city's changes are entered: when that is, and what is still to be found out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from benchmarks.city.town import Town

if TYPE_CHECKING:
    from datetime import date

    from benchmarks.city.pages import Entry, File
    from benchmarks.city.town import Unit

_LAGS: Final = (0, 1, 3, 7, 14, 21, 32, 38, 60, 102)
"""Days from the day of a change until it is entered."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing entered: when (seconds since 1970), in which files, and the paths that are no more."""

    time: int
    message: str
    files: tuple[File, ...]
    gone: tuple[str, ...] = ()


class Desk:
    """Whoever enters a city that is to have so many units."""

    def __init__(self, number: int, units: int, seed: int) -> None:
        self.city = Town(number, seed)
        self.wanted = units
        self.clock = int(datetime(2006, 1, 2, 7, tzinfo=UTC).timestamp()) + number
        self.chance = self.city.chance

    def step(self, day: date, message: str, *files: File, gone: tuple[str, ...] = ()) -> Step:
        """A step that is entered at the earliest some days after the day it tells of, and after the one before."""
        told = datetime(day.year, day.month, day.day, 8, tzinfo=UTC) + timedelta(days=self.chance.choice(_LAGS))
        self.clock = max(self.clock + self.chance.randrange(60, 3000), int(told.timestamp()))
        return Step(self.clock, message, files, gone)

    def any_unit(self, day: date, *keys: str) -> Unit | None:
        """A unit of which these keys may be stated on the day."""
        unit = self.chance.choice(self.city.living)
        return unit if unit.opened < day and unit.free(*keys, "decided_by", day=day) else None

    def undecided(self, unit: Unit, entry: Entry, day: date) -> None:
        """Remember an entry of which nobody knows who decided it."""
        if entry.values.get("decided_by") == "unknown":
            self.city.undecided.append((unit.file, entry, day))
