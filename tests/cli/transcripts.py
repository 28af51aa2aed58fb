"""Transcripts of commands: what was typed, what came back. `python -m tests.cli.transcripts` writes them anew.

A line that begins with `$ ` is a command; what follows is its output, lines on standard error with `! ` before them,
and `[exit N]` where it did not end with 0. A line that begins with `# ` is a remark.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from tests.commands import ROOT, run

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "transcripts"


def transcripts() -> list[Path]:
    """The files, by name."""
    return sorted(FOLDER.glob("*.txt"))


def played(path: Path, cwd: Path = ROOT) -> str:
    """The transcript with every command run again, in this repository or in a folder given."""
    return "".join(f"{line}\n" for line in _play(path.read_text(encoding="utf-8").splitlines(), cwd))


def _play(lines: list[str], cwd: Path) -> Iterator[str]:
    first = True
    for line in lines:
        if line.startswith("# "):
            if not first:
                yield ""
            yield line
        elif line.startswith("$ "):
            if not first:
                yield ""
            yield line
            yield from _outcome(shlex.split(line.removeprefix("$ orgreg")), cwd)
        else:
            continue
        first = False


def _outcome(arguments: list[str], cwd: Path) -> Iterator[str]:
    outcome = run(*arguments, cwd=cwd)
    yield from (line.rstrip() for line in outcome.out.splitlines())
    yield from (f"! {line}".rstrip() for line in outcome.err.splitlines())
    if outcome.code:
        yield f"[exit {outcome.code}]"


if __name__ == "__main__":
    for one in transcripts():
        one.write_text(played(one), encoding="utf-8")
