"""A time as it is typed: a day, which counts until its end, or a timestamp."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from math import floor
from typing import TYPE_CHECKING, Final

from orgreg.model.wording import shortened

if TYPE_CHECKING:
    from datetime import tzinfo

_TIME: Final = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<clock>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?P<offset>Z|[+-]\d{2}(?::?\d{2})?)?)?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NoMoment:
    """What looks like a time and is none, with the reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A time, of which the zone may have to be said. A day is its last second."""

    time: datetime
    is_day: bool

    @property
    def needs_zone(self) -> bool:
        """Whether it is a time on the clock of a place."""
        return self.time.tzinfo is None

    def second(self, zone: tzinfo | None = None) -> int:
        """The second as git counts them. Of an hour that the clock shows twice it is the later one."""
        time = self.time.replace(tzinfo=zone, fold=1) if self.needs_zone else self.time
        return floor(time.timestamp())


def moment(word: str) -> Moment | NoMoment | None:
    """The time that is meant, or None where the word does not look like one."""
    found = _TIME.fullmatch(word)
    if found is None:
        return None
    clock, offset = found["clock"] or "23:59:59", found["offset"] or ""
    try:
        return Moment(datetime.fromisoformat(f"{found['day']}T{clock}{offset.upper()}"), is_day=not found["clock"])
    except ValueError as error:
        return NoMoment(f"there is no time {shortened(word)}: {error}")
