"""Running orgreg as its users do, inside the test process: what it prints and how it ends."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orgreg.cli import answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


class _Stream(io.TextIOWrapper):
    """A standard stream in memory, which may claim to be a terminal."""

    def __init__(self, encoding: str, *, terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="", write_through=True)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def text(self) -> str:
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode(self.encoding)


def run(
    *arguments: str,
    cwd: Path = ROOT,
    encoding: str = "utf-8",
    terminal: bool = False,
    environment: Mapping[str, str] | None = None,
) -> Outcome:
    """Run `orgreg ARGUMENTS`. Anything but an exit code is a fault of orgreg's and is raised."""
    out, err = _Stream(encoding, terminal=terminal), _Stream(encoding, terminal=False)
    code = 0
    with _surroundings(cwd, {"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "", **(environment or {})}):
        before = sys.argv, sys.stdout, sys.stderr
        sys.argv, sys.stdout, sys.stderr = ["orgreg", *arguments], out, err
        try:
            answer()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        finally:
            sys.argv, sys.stdout, sys.stderr = before
    return Outcome(code, out.text(), err.text())


@contextmanager
def _surroundings(cwd: Path, environment: Mapping[str, str]) -> Iterator[None]:
    before, where = dict(os.environ), Path.cwd()
    os.environ.update(environment)
    os.chdir(cwd)
    try:
        yield
    finally:
        os.chdir(where)
        os.environ.clear()
        os.environ.update(before)


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, and give the folder back."""
    for key, content in files.items():
        path = root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root
