"""Running two commands in turn and comparing what they cost, pair by pair.

What one run costs depends on the machine and on what else runs on it. The ratio of two runs that follow each other
hardly does, and the median over the pairs leaves out the few that were disturbed. Where a side is several commands,
it costs what they cost together.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Switches of the caller's shell that would change what is measured: bytecode is cached, output is plain.
_NOT_INHERITED: Final = (
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONPATH",
    "PYTHONSAFEPATH",
    "PYTHONPROFILEIMPORTTIME",
    "FORCE_COLOR",
)
_FIXED: Final = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
"""What the user has set in git is no part of the comparison."""
_FEWEST: Final = 3
"""Pairs that are run also where they take long."""


class CommandFailedError(Exception):
    """A command under measurement did not end as it should: its time says nothing."""


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class Spent:
    """What a run cost: CPU seconds (user and system, also of the commands that it ran), wall seconds, peak bytes."""

    cpu: float
    wall: float
    peak: int

    def __add__(self, other: Spent) -> Spent:
        """What two runs cost, one after the other."""
        return Spent(self.cpu + other.cpu, self.wall + other.wall, max(self.peak, other.peak))


@dataclass(frozen=True)
class Command:
    """What is run, where, and what is put right before each run, unmeasured."""

    argv: tuple[str, ...]
    cwd: Path
    environment: dict[str, str] = field(default_factory=dict)
    prepare: Callable[[], None] = _nothing

    def run(self) -> Spent:
        """Run once.

        Raises:
            CommandFailedError: the command does not exit 0.
        """
        with tempfile.TemporaryFile() as output:
            return self._run(output.fileno())

    def says(self) -> bytes:
        """Run once, and give back what it says.

        Raises:
            CommandFailedError: the command does not exit 0.
        """
        with tempfile.TemporaryFile() as output:
            self._run(output.fileno())
            output.seek(0)
            return output.read()

    def _run(self, output: int) -> Spent:
        self.prepare()
        inherited = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
        begun = time.perf_counter()
        child = subprocess.Popen(
            self.argv,
            cwd=self.cwd,
            env=inherited | _FIXED | self.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)  # waited for already: Popen need not
        if child.returncode:
            said = os.pread(output, _SHOWN, max(0, os.fstat(output).st_size - _SHOWN))
            lines = said.decode(errors="replace").strip().splitlines()[-10:]
            words = " ".join(self.argv[:6])
            raise CommandFailedError("\n".join([f"exit {child.returncode} from: {words}", *lines]))
        return Spent(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024)


_SHOWN: Final = 4000
Side = tuple[Command, ...]
"""Commands that are run one after the other and cost what they cost together."""


@dataclass(frozen=True)
class Pairing:
    """The seconds of both sides, run by run, and the most memory that each took."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]
    peaks: tuple[int, int] = (0, 0)

    @property
    def ratios(self) -> tuple[float, ...]:
        """Each run of ours over the run of theirs that followed it."""
        return tuple(ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True))

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return statistics.median(self.ratios)

    def within(self, bound: float) -> bool:
        """Whether the stated bound is kept."""
        return self.ratio <= bound


def spend(side: Side) -> Spent:
    """Run a side once."""
    total = side[0].run()
    for command in side[1:]:
        total += command.run()
    return total


def pair(ours: Side, theirs: Side, runs: int, *, wall: bool = False, seconds: float = 60) -> Pairing:
    """Run both in turn, after one run of each that does not count.

    So many runs, or as many as fit into the seconds, but never fewer than three unless fewer are asked for.
    """
    spend(ours)
    spend(theirs)
    begun = time.perf_counter()
    times: list[tuple[Spent, Spent]] = []
    while len(times) < runs and (len(times) < _FEWEST or time.perf_counter() - begun < seconds):
        times.append((spend(ours), spend(theirs)))
    return Pairing(
        tuple(one.wall if wall else one.cpu for one, _ in times),
        tuple(one.wall if wall else one.cpu for _, one in times),
        (max(one.peak for one, _ in times), max(one.peak for _, one in times)),
    )
