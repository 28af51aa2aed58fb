"""A made-up register of any size: the same size and seed give the same bytes, and the same commits.

    python -m benchmarks.generate FOLDER [--units N] [--seed N] [--each N] [--commits N]

A municipality has 500 units, so that no folder has more than 500 files; `--each` makes larger ones (10⁵ units in 50
municipalities are 2,000 in a folder). Units stand up to six deep and have a life of several entries with sources, tasks
and posts. For four units there is about one paper, most of them cited by few entries and some by hundreds; for eighty a
plan with its steps. With `--commits` FOLDER becomes a repository of so many commits; the last is the register.
"""

from __future__ import annotations

import argparse
import gc
import heapq
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.city import words
from benchmarks.city.agenda import Agenda
from benchmarks.city.town import KINDS, STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from benchmarks.city.desk import Step
    from benchmarks.city.pages import File

UNITS_IN_A_FOLDER: Final = 500
REGISTRY: Final = "data/registry.yaml"


def write(root: Path, units: int = 1000, seed: int = 1, each: int = UNITS_IN_A_FOLDER) -> tuple[Path, ...]:
    """Write a register below `root` and return the unit files.

    Raises:
        ValueError: a municipality has no codes for so many units.
    """
    _put(root / REGISTRY, registry(municipalities(units, each)))
    written: list[Path] = []
    for agenda in agendas(units, seed, each):
        files: dict[File, None] = {}
        for step in agenda.steps():
            files |= dict.fromkeys(step.files)
        for file in files:
            _put(root / file.path, file.text())
            if file.folder.startswith("units/"):
                written.append(root / file.path)
    return tuple(written)


def municipalities(units: int, each: int) -> range:
    """The numbers of the municipalities."""
    return range(1, 1 + -(-units // each))


def registry(numbers: Iterable[int]) -> str:
    """The text of registry.yaml for the municipalities of these numbers."""
    lines = ["format: 1\n", "municipalities:\n"]
    for number in numbers:
        lines += [f"  stadt-{number}:\n    name: Stadt {number}\n    land: Niedersachsen\n"]
        lines += ["    time_zone: Europe/Berlin\n", KINDS, "    topics:\n"]
        for theme in words.THEMES:
            synonyms = words.SYNONYMS.get(theme.lower(), ())
            lines.append(f"      {theme.lower()}: [{', '.join(synonyms)}]\n")
        lines.append(STATES)
    return "".join(lines)


def agendas(units: int, seed: int, each: int) -> Iterator[Agenda]:
    """The lives of the municipalities."""
    for number in municipalities(units, each):
        yield Agenda(number, min(each, units - (number - 1) * each), seed)


def steps(units: int, seed: int, each: int) -> Iterator[Step]:
    """What is entered in all of them, in the order of time."""
    return heapq.merge(*(agenda.steps() for agenda in agendas(units, seed, each)), key=lambda step: step.time)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def main() -> None:
    """Write a register or, with commits, a repository of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description="Make up a register.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=UNITS_IN_A_FOLDER, help="how many units a municipality has")
    parser.add_argument("--commits", type=int, default=0, help="make a repository with so many commits")
    given = parser.parse_args()
    gc.disable()  # what is made lives to the end: looking for garbage takes a quarter of the time
    if given.commits:
        from benchmarks import rhythm

        rhythm.write(given.folder, given.commits, given.units, given.seed, given.each)
    else:
        write(given.folder, given.units, given.seed, given.each)


if __name__ == "__main__":
    main()
