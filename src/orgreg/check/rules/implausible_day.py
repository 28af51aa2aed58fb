"""A day that no register means.

Spreadsheets and databases leave days behind that nobody wrote: 1905-06-19 is the year 1997 read as a number of days,
1899-12-30 and 1970-01-01 stand for nothing at all. A day before 1800 has a slip in its year, and so has one that lies
more than ten years after the newest paper, unless something is only due or intended then. A paper may be much newer
than all else; only one by more than fifty years is not believed.

Correct the day from the source. A day once found in a file is told once there.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: 1905-06-19
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: 1997
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from orgreg.check.days import days
from orgreg.check.strands import entries_in_force
from orgreg.check.wording import times
from orgreg.model.day import ALWAYS, NEVER
from orgreg.model.finding import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.days import Written
    from orgreg.model.day import When
    from orgreg.model.registry import Registry

RULE: Final = Rule("T001", "implausible-day", Severity.WARNING)

_SERIAL: Final = date(1899, 12, 30)
"""From here spreadsheets count their days."""
_YEARS: Final = range(1945, 2051)
_EARLIEST: Final = date(1800, 1, 1)
_EMPTY: Final = {
    _SERIAL: "what a spreadsheet makes of an empty cell",
    date(1899, 12, 31): "what a spreadsheet makes of an empty cell",
    date(1900, 1, 1): "where a spreadsheet begins to count",
    date(1904, 1, 1): "where a spreadsheet begins to count",
    date(1970, 1, 1): "where a computer begins to count",
}
_AHEAD: Final = 10
"""So many years after the newest paper nothing is recorded yet."""
_ALONE: Final = 50
"""By so many years no paper is newer than all else."""


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every such day, once a file."""
    far = far_ahead(registry)
    verdicts: dict[tuple[str, bool], tuple[str, str] | None] = {}

    def verdict(day: When, *, ahead: bool = False) -> tuple[str, str] | None:
        key = (day.text, ahead)
        if key not in verdicts:
            verdicts[key] = _verdict(day, NEVER if ahead else far)
        return verdicts[key]

    found: dict[tuple[str, str], list[Written]] = {}
    for one in days(registry, verdict):
        if verdict(one.day, ahead=one.ahead) is not None:
            found.setdefault((one.path, one.day.text), []).append(one)
    for (path, _), places in found.items():
        first = places[0]
        message, hint = verdict(first.day, ahead=first.ahead) or ("", "")
        yield Finding(RULE, path, message + times(len(places)), hint, route=first.route, entity=first.entity)


def far_ahead(registry: Registry) -> date:
    """The first day that is too far ahead."""
    papers = registry.newest_papers()
    if not papers:
        return NEVER
    newest = papers[0]
    if any(newest < _later(other, _ALONE) for other in papers[1:]):
        return _later(newest, _AHEAD)
    entries = (entry.since.last_known for _, entry in entries_in_force(registry.whole()))
    others = [*papers[1:], *(day for day in entries if day is not None)]
    before = max(others, default=newest)
    return _later(before if newest >= _later(before, _ALONE) else newest, _AHEAD)


def _later(day: date, years: int) -> date:
    return date(min(day.year + years, date.max.year), day.month, min(day.day, 28))


def _verdict(day: When, far: date) -> tuple[str, str] | None:
    first = day.latest if day.earliest == ALWAYS else day.earliest
    if day.exact and day.earliest in _EMPTY:
        return f"{day} is {_EMPTY[day.earliest]}, and hardly meant", "write the day of the source, or unknown"
    year = (first - _SERIAL) // timedelta(1) if first > _SERIAL else 0
    if day.exact and year in _YEARS:
        return f"{day} is what a spreadsheet makes of the year {year}", f"write {year} if that is meant"
    if ALWAYS < first < _EARLIEST:
        return f"{day} lies before any administration that is recorded here", "correct the year"
    if far <= first < NEVER:
        return f"{day} lies more than {_AHEAD} years ahead of the papers", "correct the year"
    return None
