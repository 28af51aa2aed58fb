"""Deadlines in the words of papers, read as days: „bis Ende der Sommerferien 2025“, „im vierten Quartal 2025“.

What is vague stays vague: „Mitte März 2025“ is some day from the 11th to the 20th. `bis` and `spätestens` make it „by
then“, up to the last of these days. What is a convention of orgreg's own, as these ten days are, says so. School
holidays come from the library holidays, which is an extra; everything else is read without it. A wording is resolved
once, when it is recorded, and stored with the words, so that no later version of a calendar changes what was due.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from orgreg.model.day import ALWAYS, NEVER, Fault, When, day_after, day_before, parse
from orgreg.model.wording import quoted, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Breaks = Callable[[str, str, int], "Holidays | Fault"]


@dataclass(frozen=True, slots=True)
class Holidays:
    """School holidays that begin in a year, both days included. `calendar` says where the days come from."""

    name: str
    first: date
    last: date
    calendar: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A wording read as a day. `how` is for whoever is to agree; `concluded` where the words alone do not say it.

    That is so where a calendar gives the day, or a convention of orgreg's own.
    """

    when: When
    wording: str
    how: str
    concluded: bool = False

    @property
    def reading(self) -> str:
        """The day, and how it was found in the words."""
        return f"{self.when}: {self.how}"


@dataclass(frozen=True, slots=True)
class Reading:
    """Words read as a day in the register's grammar, with how, and whether that is not in the words alone."""

    text: str
    how: str
    concluded: bool = False


class Unavailable(Fault):
    """A wording that needs a library which is not installed."""


def resolve(wording: str, land: str | None, breaks: Breaks | None = None) -> Deadline | Fault:
    """The day that the words mean in a municipality of the Land, or why they mean none.

    `breaks` gives the school holidays of a name, a Land and a year; without it the library holidays does.
    """
    words = " ".join(wording.split())
    if isinstance(written := parse(words), When):
        return Deadline(written, words, _AS_WRITTEN)
    named = words.strip(" .,„“\"'")
    plain = named.casefold()
    limit = _LIMIT.match(plain)
    bare = _FILLER.sub("", plain[limit.end() :] if limit else plain, count=1)
    if limit and limit[0].endswith("zu den ") and _BREAKS.fullmatch(bare):
        bare = f"vor {bare}"
    read = _read(bare, land, breaks or school_holidays) or _not_understood(named)
    if isinstance(read, Reading) and limit:
        read = _by(read, limit[0], bare)
    if isinstance(read, Fault):
        return read
    when = parse(read.text)
    return when if isinstance(when, Fault) else Deadline(when, words, read.how, read.concluded)


_LIMIT: Final = re.compile(r"(?:spätestens )?bis (?:spätestens )?(?:zum |zur |zu den )?|spätestens ")
_FILLER: Final = re.compile(r"(?:am |im |in |zum |zur |gegen )?(?:laufe? )?(?:das |der |die |den |des )?")
_YEAR: Final = r"(?:(?:des )?jahre?s? )?(?P<year>\d{4})"
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("januar", "jänner"), ("februar",), ("märz",), ("april",), ("mai",), ("juni",), ("juli",), ("august",),
            ("september",), ("oktober",), ("november",), ("dezember",),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_ORDINALS: Final = {
    "1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4,
    "erste": 1, "zweite": 2, "dritte": 3, "vierte": 4, "letzte": 4,
}  # fmt: skip
_SPRING: Final = (3, 5, "the months from March to May")
_SEASONS: Final = {
    "frühjahr": _SPRING,
    "frühling": _SPRING,
    "sommer": (6, 8, "the months from June to August"),
    "herbst": (9, 11, "the months from September to November"),
}
_PARTS: Final = {"anfang": 0, "beginn": 0, "mitte": 1, "ende": 2}
_NTH: Final = rf"(?P<nth>{'|'.join(_ORDINALS)})(?:\.|[rsnm])?"
_MONTH: Final = "|".join(_MONTHS)


def _read(words: str, land: str | None, breaks: Breaks) -> Reading | Fault | None:
    """What the words say; None where nobody knows."""
    for pattern, read in _FORMS:
        if found := pattern.fullmatch(words):
            return read(found)
    if found := _BREAKS.fullmatch(words):
        return _of_holidays(found, land, breaks)
    return Reading(words, _AS_WRITTEN) if isinstance(parse(words), When) else None


def _not_understood(named: str) -> Fault:
    if re.search(r"\d{4}", named) is None:
        return Fault(f"{quoted(shortened(named))} names no year", "add the year: Ende der Sommerferien 2025")
    return Fault(f"{quoted(shortened(named))} is not understood as a day", f"write the day yourself, as {_EXAMPLE}")


_AS_WRITTEN: Final = "as the register writes days"
_EXAMPLE: Final = "2025-08-13, ..2025-08-13 (by then), 2025-36 (the fourth quarter) or 2025-06..2025-08"


def _quarter(found: re.Match[str]) -> Reading:
    return Reading(f"{found['year']}-{32 + _ORDINALS[found['nth']]}", "a quarter")


def _half(found: re.Match[str]) -> Reading:
    first = 1 if _ORDINALS[found["nth"]] == 1 else 7
    return Reading(f"{found['year']}-{first:02}..{found['year']}-{first + 5:02}", "half a year")


def _of_year(found: re.Match[str]) -> Reading:
    year, part = found["year"], _PARTS[found["part"]]
    text = (f"{year}-33", f"{year}-05..{year}-08", f"{year}-36")[part]
    meant = ("the first quarter", "the months from May to August", "the last quarter")[part]
    return _convention(found["part"], text, meant)


def _of_month(found: re.Match[str]) -> Reading:
    month = f"{found['year']}-{_MONTHS[found['month']]:02}"
    last = f"{month}-{monthrange(int(found['year']), _MONTHS[found['month']])[1]}"
    part = _PARTS[found["part"]]
    text = (f"{month}-01..{month}-10", f"{month}-11..{month}-20", f"{month}-21..{last}")[part]
    meant = ("the first ten days", "the days from the 11th to the 20th", "the days from the 21st on")[part]
    return _convention(found["part"], text, meant)


def _month(found: re.Match[str]) -> Reading:
    return Reading(f"{found['year']}-{_MONTHS[found['month']]:02}", "a month")


def _day(found: re.Match[str]) -> Reading:
    named = found["month"]
    month = int(named) if named.isdecimal() else _MONTHS[named]
    return Reading(f"{found['year']}-{month:02}-{int(found['day']):02}", "a day")


def _season(found: re.Match[str]) -> Reading:
    first, last, meant = _SEASONS[found["season"]]
    return _convention(found["season"], f"{found['year']}-{first:02}..{found['year']}-{last:02}", meant)


def _winter(found: re.Match[str]) -> Reading:
    year = int(found["year"])
    return _convention("winter", f"{year}-12..{year + 1}-02", "the months from December to February")


def _convention(word: str, text: str, meant: str) -> Reading:
    """What a word is taken for that says no days itself."""
    return Reading(text, f"„{word.capitalize()}“ is read as {meant}", concluded=True)


def _week(found: re.Match[str]) -> Reading | Fault:
    try:
        monday = date.fromisocalendar(int(found["year"]), int(found["week"]), 1)
    except ValueError:
        return Fault(f"{found['year']} has no week {found['week']}", "correct the week")
    return Reading(f"{monday.isoformat()}..{(monday + timedelta(days=6)).isoformat()}", "a week from Monday to Sunday")


def _year(found: re.Match[str]) -> Reading:
    return Reading(found["year"], "a year")


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading | Fault]], ...]] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"{_NTH} quartal {_YEAR}", _quarter),
        (r"q(?P<nth>[1-4])[ /]?(?P<year>\d{4})", _quarter),
        (rf"(?P<nth>1|2|i|ii|erste|zweite|letzte)(?:\.|[rsnm])? (?:halbjahr|jahreshälfte) {_YEAR}", _half),
        (rf"(?P<part>anfang|beginn|mitte|ende) {_YEAR}", _of_year),
        (r"jahres(?P<part>anfang|beginn|mitte|ende) (?P<year>\d{4})", _of_year),
        (rf"(?P<part>anfang|beginn|mitte|ende) (?:des |monats? )*(?P<month>{_MONTH}) {_YEAR}", _of_month),
        (rf"(?P<month>{_MONTH}) {_YEAR}", _month),
        (rf"(?P<day>\d{{1,2}})\. ?(?P<month>{_MONTH}) {_YEAR}", _day),
        (r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})", _day),
        (rf"(?P<season>frühjahr|frühling|sommer|herbst) {_YEAR}", _season),
        (r"winter (?P<year>\d{4})(?:/(?:\d{4}|\d{2}))?", _winter),
        (r"(?:kw|kalenderwoche) ?(?P<week>\d{1,2})[ /]?(?P<year>\d{4})", _week),
        (r"(?P<week>\d{1,2})\. ?(?:kw|kalenderwoche) (?P<year>\d{4})", _week),
        (r"(?:jahr(?:es)? )?(?P<year>\d{4})", _year),
    )
)


_AN_END: Final = re.compile("(?:jahres)?ende ")


def _by(read: Reading, limit: str, bare: str) -> Reading | Fault:
    """By then: up to the last day that the words may mean."""
    when = parse(read.text)
    if isinstance(when, Fault):
        return when
    if when.earliest == ALWAYS or when.latest == NEVER:
        return read
    by = replace(read, text=f"..{when.latest.isoformat()}")
    if when.exact:
        return by
    if _AN_END.match(bare):
        return replace(by, how="up to the last day", concluded=False)
    if read.concluded or "spätestens" in limit:
        return by
    return replace(by, how=f"„bis“ is read as up to the last day: {read.how}", concluded=True)


# School holidays

_BREAKS: Final = re.compile(
    r"(?:(?P<part>anfang|beginn|ende|vor|nach) )?(?:der |den |die )?"
    r"(?P<name>oster|pfingst|sommer|herbst|weihnachts|winter)ferien (?P<year>\d{4})(?:/(?:\d{4}|\d{2}))?"
)


def _of_holidays(found: re.Match[str], land: str | None, breaks: Breaks) -> Reading | Fault:
    named = f"{found['name'].capitalize()}ferien"
    if land is None:
        return Fault(
            f"when {named} are depends on the Land, and none is recorded",
            "add land: to the municipality in data/registry.yaml, or write the day yourself",
        )
    days = breaks(named, land, int(found["year"]))
    if isinstance(days, Fault):
        return days
    first, last = days.first.isoformat(), days.last.isoformat()
    text = {
        "anfang": first,
        "beginn": first,
        "ende": last,
        "vor": f"..{day_before(days.first).isoformat()}",
        "nach": f"{day_after(days.last).isoformat()}..",
    }.get(found["part"] or "", f"{first}..{last}")
    how = f"school holidays of {land}, {named} {found['year']} from {first} to {last}, by {days.calendar}"
    return Reading(text, f"{how}; single schools, as on islands, may differ", concluded=True)


_GAP: Final = 4
"""Days of school between two holidays are more than a weekend and a free day."""


def school_holidays(name: str, land: str, year: int) -> Holidays | Fault:
    """The school holidays of the name that begin in the year, from the library holidays."""
    from importlib.metadata import version

    try:
        import holidays
    except ModuleNotFoundError:
        return Unavailable(
            "school holidays come from the library holidays, which is not installed",
            "pip install 'orgreg[deadlines]', or write the day yourself",
        )
    try:
        found = holidays.country_holidays(
            "DE", subdiv=land, years=(year, year + 1), categories=("school",), language="de"
        )
    except NotImplementedError:
        return Fault(f"no school holidays are known of {land}", f"write the day yourself, as {_EXAMPLE}")
    stem = name.removesuffix("ferien").casefold()
    blocks = _blocks(day for day, told in found.items() if stem in told.casefold())
    mine = sorted((block for block in blocks if block[0].year == year and block[0] != date(year, 1, 1)), key=_length)
    if not mine or (len(mine) > 1 and _length(mine[-1]) == _length(mine[-2])):
        pieces = f"are single days: {', '.join(one[0].isoformat() for one in mine)}" if mine else "are not known"
        return Fault(f"{name} {year} in {land} {pieces}", f"write the day yourself, as {_EXAMPLE}")
    first, last = mine[-1]
    return Holidays(name, first, last, f"the library holidays {version('holidays')}")


def _length(block: tuple[date, date]) -> int:
    return (block[1] - block[0]).days


def _blocks(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days in a row, a weekend or a free day between them not counted."""
    blocks: list[tuple[date, date]] = []
    for day in sorted(days):
        if blocks and (day - blocks[-1][1]).days <= _GAP:
            blocks[-1] = (blocks[-1][0], day)
        else:
            blocks.append((day, day))
    return blocks
