"""What the benchmarks run on: registers, repositories and projects of peers, made once and shared between them.

Each lies in the stock's folder under a name that tells its size and the text of the generator, so that a stock that is
kept is used again only while it would be made the same. It is made under another name and renamed when it is whole.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import generate, peers

if TYPE_CHECKING:
    from collections.abc import Callable

_SOURCES: Final = ("city/*.py", "generate.py", "peers.py", "rhythm.py", "stock.py")
_HERE: Final = Path(__file__).resolve().parent.parent
SEED: Final = 1
TEN: Final = 10
LAND: Final = 2_000
"""Units of a municipality where 10⁵ are in 50."""


@dataclass(frozen=True)
class Stock:
    """The folder of everything."""

    folder: Path

    def register(self, units: int, commits: int = TEN, each: int = generate.UNITS_IN_A_FOLDER) -> Path:
        """A repository of a made-up register with so many commits, its index fresh."""
        wanted = {"--units": units, "--commits": commits, "--each": each, "--seed": SEED}
        told = [str(word) for option in wanted.items() for word in option]
        return self._made(
            f"register-{units}-{each}-{commits}",
            # In a process of its own: a child's peak memory counts that of the process that begins it, too.
            lambda root: _run(_HERE, sys.executable, "-m", "benchmarks.generate", str(root), *told),
        )

    def alone(self, units: int, each: int, number: int) -> Path:
        """One municipality of such a register, the same files, in a repository of its own."""

        def make(root: Path) -> None:
            whole = self.register(units, each=each)
            city = f"stadt-{number}"
            for folder in ("units", "decisions", "actionplans"):
                if (whole / "data" / folder / city).is_dir():
                    shutil.copytree(whole / "data" / folder / city, root / "data" / folder / city)
            (root / generate.REGISTRY).write_bytes(generate.registry([number]).encode())
            _git(root, "init", "--quiet", "--initial-branch=main")
            _commit(root, "Begin")

        return self._made(f"alone-{units}-{each}-{number}", make)

    def proposed(self, units: int, commits: int) -> Path:
        """Such a repository with one more commit that changes ten files, as a pull request would."""

        def make(root: Path) -> None:
            _git(root, "clone", "--quiet", f"file://{self.register(units, commits)}", ".")
            for path in unit_files(root)[:: max(1, units // 25)][:TEN]:
                path.write_bytes(path.read_bytes() + b"\nnote: compared\n")
            _commit(root, "Note ten")

        return self._made(f"proposed-{units}-{commits}", make)

    def edited(self, units: int, each: int = generate.UNITS_IN_A_FOLDER) -> Path:
        """A clone of such a register whose files may be edited."""
        return self._made(
            f"edited-{units}-{each}",
            lambda root: _git(root, "clone", "--quiet", f"file://{self.register(units, each=each)}", "."),
        )

    def items(self, count: int) -> Path:
        """A project of doorstop with so many linked items."""
        return self._made(f"doorstop-{count}", lambda root: peers.write_items(root, count))

    def cache(self, register: Path) -> Path:
        """Where the cache of a register lies: each has its own, so that none is large for another's sake."""
        return self.folder / f"cache-of-{register.name}"

    def _made(self, name: str, make: Callable[[Path], None]) -> Path:
        root = self.folder / f"{name}-{_fingerprint()}"
        if not root.exists():
            print(f"making {name} ...", file=sys.stderr, flush=True)
            half = self.folder / f"{name}.half"
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir(parents=True)
            make(half)
            if (half / ".git").exists():
                # A file as old as git's index has to be read again by every git status, on either side.
                time.sleep(1.1)
                _git(half, "update-index", "-q", "--really-refresh")
            half.rename(root)
        return root


def unit_files(register: Path) -> list[Path]:
    """The files of its units, in order."""
    return sorted((register / "data" / "units").glob("*/*.yaml"))


def _commit(root: Path, message: str) -> None:
    _git(root, "add", "--all")
    who = ("-c", "user.name=Ada Amt", "-c", "user.email=ada@example.org")
    _git(root, *who, "commit", "--quiet", "--message", message)


def _git(root: Path, *arguments: str) -> None:
    _run(root, "git", *arguments)


def _run(folder: Path, *argv: str) -> None:
    subprocess.run(argv, cwd=folder, check=True)


@cache
def _fingerprint() -> str:
    here = Path(__file__).parent
    sources = sorted(path for pattern in _SOURCES for path in here.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
