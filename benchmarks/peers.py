"""Projects of other programs that do work like orgreg's."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import Final

from benchmarks.city import words

DOORSTOP: Final = str(Path(sys.executable).parent / "doorstop")
_PARENTS: Final = 5
"""Items of the lower document for each of the upper one."""
_LINKS: Final = 3
_LINES: Final = 30


def write_items(root: Path, count: int) -> None:
    """A doorstop project: a document of goals, and one of requirements, each linked to three of these.

    An item has about as many lines as a unit's file, so that both sides read as much. All are reviewed and no link is
    suspect: its validation has next to nothing to say.
    """
    chance = random.Random(1)  # noqa: S311  (repeatable on purpose)
    goals = max(_LINKS, count // (1 + _PARENTS))
    subprocess.run(("git", "init", "--quiet"), cwd=root, check=True)
    _document(root / "goals", "GOAL", None)
    _document(root / "reqs", "REQ", "GOAL")
    for number in range(1, goals + 1):
        _item(root / "goals" / f"GOAL{number:05}.yml", number, "[]", chance)
    for number in range(1, count - goals + 1):
        linked = sorted(chance.sample(range(1, goals + 1), _LINKS))
        links = "".join(f"\n- GOAL{goal:05}: null" for goal in linked)
        _item(root / "reqs" / f"REQ{number:05}.yml", number, links, chance)
    for word in ("clear", "review"):
        subprocess.run((DOORSTOP, "--quiet", word, "all"), cwd=root, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(("git", "add", "--all"), cwd=root, check=True)


def _document(folder: Path, prefix: str, parent: str | None) -> None:
    folder.mkdir()
    lines = ["settings:", "  digits: 5"]
    if parent:
        lines.append(f"  parent: {parent}")
    lines += [f"  prefix: {prefix}", "  sep: ''"]
    (folder / ".doorstop.yml").write_text("\n".join(lines) + "\n")


def _item(path: Path, number: int, links: str, chance: random.Random) -> None:
    text = (
        f"  The unit for {chance.choice(words.THEMES)} keeps {chance.choice(words.ASPECTS)} {line}."
        for line in range(_LINES)
    )
    lines = [
        "active: true",
        "derived: false",
        "header: ''",
        f"level: 1.{number // 9 + 1}.{number % 9 + 1}",  # 1.10 and 1.1 would be one level
        f"links: {links}".rstrip(),
        "normative: true",
        "ref: ''",
        "reviewed: null",
        "text: |",
        *text,
    ]
    path.write_text("\n".join(lines) + "\n")
