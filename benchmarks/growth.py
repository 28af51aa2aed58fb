"""Time over size: what commands cost on registers and histories of growing size, for the plots."""

from __future__ import annotations

import statistics
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks import generate, rows, stock
from benchmarks.pairing import Command, CommandFailedError, spend
from benchmarks.rows import DAY, checked_by_schema, orgreg, renamed_unit, some_unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.pairing import Side
    from benchmarks.stock import Stock

UNITS: Final = (100, 1_000, 10_000, 100_000)
COMMITS: Final = (100, 1_000, 10_000, 100_000)
_RUNS: Final = 3
_LONG: Final = 20
"""Seconds above which a command is measured once."""


@dataclass(frozen=True)
class Line:
    """One line of a plot: the command in words, the sizes, and the command for a size; warm ones run once before."""

    plot: str
    name: str
    sizes: tuple[int, ...]
    side: Callable[[Stock, int], Side]
    warm: bool = True


@dataclass(frozen=True)
class Point:
    """What a command cost at one size: the median of its CPU seconds, and its peak memory in bytes."""

    plot: str
    line: str
    size: int
    seconds: float
    peak: int


def measure(made: Stock) -> list[Point]:
    """All points; a command that fails has none, and that is said aside."""
    points: list[Point] = []
    for line in LINES:
        for size in line.sizes:
            try:
                points.append(_point(line, size, line.side(made, size)))
            except CommandFailedError as failure:
                print(f"{line.name} at {size}: {failure}", file=sys.stderr)
    return points


def _point(line: Line, size: int, side: Side) -> Point:
    spent = [spend(side)]
    if line.warm:
        spent.clear()
    while len(spent) < _RUNS and not any(one.cpu > _LONG for one in spent):
        spent.append(spend(side))
    seconds = statistics.median(one.cpu for one in spent)
    print(f"{line.name} at {size:,}: {seconds:.2f} s", file=sys.stderr, flush=True)
    return Point(line.plot, line.name, size, round(seconds, 4), max(one.peak for one in spent))


def _each(units: int) -> int:
    """Units of a municipality: the largest register has 50 of 2,000."""
    return stock.LAND if units == UNITS[-1] else generate.UNITS_IN_A_FOLDER


def _asked(*arguments: str) -> Callable[[Stock, int], Side]:
    def side(made: Stock, units: int) -> Side:
        register = made.register(units, each=_each(units))
        return (orgreg(register, made.cache(register), *arguments),)

    return side


def _shown(made: Stock, units: int) -> Side:
    register = made.register(units, each=_each(units))
    return (orgreg(register, made.cache(register), "show", some_unit(register)),)


def _cold(made: Stock, units: int) -> Side:
    register = made.register(units, each=_each(units))
    return (orgreg(register, rows.scratch(made), "check", cold=True),)


def _schema(made: Stock, units: int) -> Side:
    return checked_by_schema(made.register(units, each=_each(units)))


def _edited(made: Stock, units: int) -> Side:
    return rows.check_after_edit(made, units, _each(units))


def _logged(made: Stock, commits: int) -> Side:
    register = made.register(10_000, commits)
    return (orgreg(register, made.cache(register), "log", renamed_unit(register)),)


def _indexed(made: Stock, commits: int) -> Side:
    register = made.register(10_000, commits)
    return (orgreg(register, rows.scratch(made), "log", renamed_unit(register), cold=True),)


def _walked(made: Stock, commits: int) -> Side:
    return (Command(("git", "log", "--raw", "--no-renames"), made.register(10_000, commits)),)


LINES: Final = (
    Line("check", "check-jsonschema", UNITS[:3], _schema, warm=False),
    Line("check", "check, cold", UNITS, _cold, warm=False),
    Line("check", "check, warm after one edited file", UNITS, _edited),
    Line("ask", "tree, warm", UNITS, _asked("tree", "--date", DAY)),
    Line("ask", "tree -m of one municipality, warm", UNITS, _asked("tree", "--date", DAY, "-m", "stadt-1")),
    Line("ask", "show, warm", UNITS, _shown),
    Line("log", "log, index built", COMMITS, _indexed, warm=False),
    Line("log", "git log --raw --no-renames", COMMITS, _walked),
    Line("log", "log, index there", COMMITS, _logged),
)
