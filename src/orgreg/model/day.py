"""Days as a register knows them: exact, vague or unknown (EDTF's small part), and half-open spans of days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from orgreg.model.wording import EMPTY, shortened

ALWAYS: Final = date.min
"""Stands for „without a beginning“; no register speaks of that day."""
NEVER: Final = date.max
"""Stands for „without an end“; no register speaks of that day."""

FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2999


class Nature(Enum):
    """How the days of a `When` are meant."""

    SOME = "some"
    """One day, somewhere in the span; an exact day is a span of one."""
    THROUGHOUT = "throughout"
    """Every day of the span (`a/b`)."""
    UNKNOWN = "unknown"
    """No day is known at all."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is no day: what is wrong with it, and what to write instead."""

    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class When:
    """A day as written. `earliest` and `latest` are both included; `ALWAYS` and `NEVER` stand for open sides."""

    text: str
    earliest: date
    latest: date
    nature: Nature = Nature.SOME
    approximate: bool = False
    counts_from: date = field(init=False, repr=False, compare=False)
    """The first day on which an entry with this `from` counts (design, section 2).

    That is its earliest day; `..b` counts from b, `unknown` reaches back without end.
    """

    def __post_init__(self) -> None:
        # Asked for more often than all else, and a day is made once for all the places where it is written.
        reached = self.earliest != ALWAYS or self.nature is Nature.UNKNOWN
        object.__setattr__(self, "counts_from", self.earliest if reached else self.latest)

    @property
    def last_known(self) -> date | None:
        """The last of the days that it may be; where they have no end the first, and None where nothing is known."""
        last = self.earliest if self.latest == NEVER else self.latest
        return None if last == ALWAYS else last

    @property
    def settled(self) -> date:
        """The first day on which it has certainly come: before it, what counts is inferred."""
        return ALWAYS if self.nature is Nature.UNKNOWN else self.latest

    @property
    def known(self) -> bool:
        """Whether anything is known of the day."""
        return self.nature is not Nature.UNKNOWN

    @property
    def exact(self) -> bool:
        """Whether it is one certain day."""
        return self.known and self.earliest == self.latest and not self.approximate

    def __str__(self) -> str:
        return self.text


UNKNOWN_DAY: Final = When("unknown", ALWAYS, NEVER, Nature.UNKNOWN)


class Span(NamedTuple):
    """The days from `start`, included, to `end`, not included."""

    start: date
    end: date

    @property
    def days(self) -> int | None:
        """How many days it holds; None where a side is open."""
        if self.start == ALWAYS or self.end == NEVER:
            return None
        return max(0, (self.end - self.start).days)

    def holds(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return self.start <= day < self.end

    def overlap(self, other: Span) -> Span | None:
        """The days that both have, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None


def exactly(day: date) -> When:
    """The `When` of one certain day."""
    return When(day.isoformat(), day, day)


def day_before(day: date) -> date:
    """The day before; the open sides have none and stay what they are."""
    return day if day in {ALWAYS, NEVER} else day - timedelta(days=1)


def day_after(day: date) -> date:
    """The day after; the open sides have none and stay what they are."""
    return day if day in {ALWAYS, NEVER} else day + timedelta(days=1)


_POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<part>\d{2})(?:-(?P<day>\d{2}))?)?(?P<mark>[~?%])?", re.ASCII)
_GERMAN = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})(?!\d)", re.ASCII)
_LOOSE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", re.ASCII)
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*", re.ASCII)
_QUARTERS: Final = {33: 1, 34: 4, 35: 7, 36: 10}
_SEASONS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
_MONTHS: Final = 12
_FORMS: Final = "write a day 2024-03-01, a month 2024-03, a year 2024, a quarter 2025-36 or days between as a..b"


@lru_cache(maxsize=16384)
def parse(text: str) -> When | Fault:
    """Read a day of the register's grammar: EDTF's small part, sets written without their brackets.

    `2024-03-01`, `2024-03`, `2024`, `2025-36` (fourth quarter), each with `~`, `?` or `%`; `a..b` one day between,
    `..b` by then, `a..` then or later; `a/b` throughout; `unknown`.
    """
    text = shortened(text)  # no day is as long as that
    if text == "unknown":
        return UNKNOWN_DAY
    if text.startswith("[") or text.endswith("]"):
        inner = text.strip("[] ")
        return Fault(f"{text} stands in brackets", f"write {inner}" if isinstance(parse(inner), When) else _FORMS)
    for separator, nature in (("/", Nature.THROUGHOUT), ("..", Nature.SOME)):
        if separator in text and _LOOSE.fullmatch(text) is None:
            return _parse_pair(text, separator, nature)
    return _parse_point(text)


def _parse_pair(text: str, separator: str, nature: Nature) -> When | Fault:
    left, _, right = text.partition(separator)
    if nature is Nature.THROUGHOUT:
        if not left or not right:
            return Fault(f"{text} leaves a side of the interval empty", "write .. for an open side: 2016-04-01/..")
        left, right = ("" if side == ".." else side for side in (left, right))
    if not left and not right:
        return Fault(f"{text} names no day", "write unknown")
    first = _parse_point(left) if left else None
    last = _parse_point(right) if right else None
    for side in (first, last):
        if isinstance(side, Fault):
            return side
    earliest = first.earliest if isinstance(first, When) else ALWAYS
    latest = last.latest if isinstance(last, When) else NEVER
    if earliest > latest:
        return Fault(f"{text} ends before it begins", "write the earlier day first")
    approximate = any(isinstance(side, When) and side.approximate for side in (first, last))
    return When(text, earliest, latest, nature, approximate)


def _parse_point(text: str) -> When | Fault:
    found = _POINT.fullmatch(text)
    if found is None:
        return _no_day(text)
    year = int(found["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Fault(
            f"{text} is no day that a register speaks of",
            "an open end is not written at all; a day that is not known is written unknown",
        )
    bounds = _bounds(text, year, found["part"], found["day"])
    if isinstance(bounds, Fault):
        return bounds
    return When(text, *bounds, approximate=found["mark"] is not None)


def _bounds(text: str, year: int, part: str | None, day: str | None) -> tuple[date, date] | Fault:
    if part is None:
        return date(year, 1, 1), date(year, _MONTHS, 31)
    number = int(part)
    if day is None and number in _QUARTERS:
        return _months(year, _QUARTERS[number], 3)
    if day is None and number in _SEASONS:
        first, last = _SEASONS[number]
        months = f"{year}-{first:02}..{year + (last < first)}-{last:02}"
        return Fault(f"{text} is a season", f"write its months, {months}, and the source's words in wording:")
    if not 1 <= number <= _MONTHS:
        return Fault(f"{text} does not exist: there is no month {part}", "months are 01 to 12, quarters 33 to 36")
    return _months(year, number, 1) if day is None else _exact(text, date(year, number, 1), int(day))


def _months(year: int, first: int, how_many: int) -> tuple[date, date]:
    last = first + how_many - 1
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _exact(text: str, month: date, day: int) -> tuple[date, date] | Fault:
    length = monthrange(month.year, month.month)[1]
    if not 1 <= day <= length:
        return Fault(f"{text} does not exist: {month:%Y-%m} has {length} days", "correct the day")
    return month.replace(day=day), month.replace(day=day)


def _no_day(text: str) -> Fault:
    time = _TIME.search(text)
    if time is not None and isinstance(_parse_point(text[: time.start()]), When):
        return Fault(f"{text} has a time of day", f"write {text[: time.start()]}")
    for pattern, order in ((_GERMAN, (3, 2, 1)), (_LOOSE, (1, 2, 3))):
        if found := pattern.match(text):
            year, month, day = (int(found[group]) for group in order)
            right = f"{year:04}-{month:02}-{day:02}"
            meant = _parse_point(right)
            if isinstance(meant, Fault):
                return Fault(text + meant.reason.removeprefix(right), meant.remedy)
            rest = " and nothing after it" if found.end() < len(text) else ""
            return Fault(f"{text} is not written as the register writes days", f"write {right}{rest}")
    return Fault(f"{text or EMPTY} is no day", _FORMS)
