"""Two commands, A B A B …, by the CPU time that each child has used; their ratio is what a benchmark states.

Seconds depend on the machine and on what else runs on it. The ratio of two runs that follow each other hardly does, and
the median over the pairs leaves out the few that were disturbed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Switches of the caller's shell that would change what is measured: bytecode is cached, output is plain.
_NOT_INHERITED = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONSAFEPATH", "PYTHONPROFILEIMPORTTIME", "FORCE_COLOR")


class CommandFailedError(Exception):
    """A command under measurement did not exit 0: its time says nothing."""


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class Command:
    """What is run, where, and what is put right before each run, unmeasured."""

    argv: tuple[str, ...]
    cwd: Path
    environment: dict[str, str] = field(default_factory=dict)
    prepare: Callable[[], None] = _nothing

    def cpu(self) -> float:
        """Run once; user and system seconds of the child and of the children it waited for.

        Raises:
            CommandFailedError: the command does not exit 0.
        """
        self.prepare()
        inherited = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
        with tempfile.TemporaryFile() as output:
            child = subprocess.Popen(
                self.argv,
                cwd=self.cwd,
                env=inherited | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)  # waited for already: Popen need not
            if child.returncode:
                output.seek(0)
                said = output.read().decode(errors="replace").strip().splitlines()[-10:]
                words = " ".join(self.argv[:6])
                raise CommandFailedError("\n".join([f"exit {child.returncode} from: {words}", *said]))
        return usage.ru_utime + usage.ru_stime


@dataclass(frozen=True)
class Pairing:
    """The CPU seconds of both sides, run by run."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

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


def pair(ours: Command, theirs: Command, runs: int) -> Pairing:
    """Run both in turn, after one run of each that does not count."""
    ours.cpu()
    theirs.cpu()
    times = [(ours.cpu(), theirs.cpu()) for _ in range(runs)]
    return Pairing(tuple(a for a, _ in times), tuple(b for _, b in times))
