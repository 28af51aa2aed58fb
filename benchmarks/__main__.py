"""python -m benchmarks [NAME ...] [--runs N]: run the benchmarks, print each as a ratio and exit 1 over a bound."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import generate
from benchmarks.pairing import Command, CommandFailedError, Pairing, pair

if TYPE_CHECKING:
    from collections.abc import Callable

_HERE = Path(__file__).resolve().parent.parent
_BIN = Path(sys.executable).parent
_ORGREG = str(_BIN / "orgreg")
_BARE = (sys.executable, "-c", "from benchmarks.bare import app; app()")  # imported, so that its bytecode is cached
_FEWEST_RUNS = 7


@dataclass(frozen=True)
class Benchmark:
    """A sentence, the bound on ours over theirs, how often, and how the two commands are made in an empty folder."""

    sentence: str
    bound: float
    runs: int
    sides: Callable[[Path], tuple[Command, Command]]


def _help(_: Path) -> tuple[Command, Command]:
    return Command((_ORGREG, "--help"), _HERE), Command((*_BARE, "--help"), _HERE)


def _tree(_: Path) -> tuple[Command, Command]:
    return Command((_ORGREG, "tree", "--date", "2024-03-01"), _HERE), Command((*_BARE, "tree"), _HERE)


def _check(folder: Path) -> tuple[Command, Command]:
    """1,000 files, read by orgreg with no cache: each run has an empty one, and the folder is outside of git."""
    files = generate.write(folder)
    schema = folder / "unit.schema.json"
    with schema.open("wb") as target:
        subprocess.run((_ORGREG, "schema", "unit"), cwd=folder, stdout=target, check=True)
    cache = folder / "cache"
    ours = Command(
        (_ORGREG, "check"),
        folder,
        {"XDG_CACHE_HOME": str(cache), "GIT_CEILING_DIRECTORIES": str(folder.parent)},
        lambda: shutil.rmtree(cache, ignore_errors=True),
    )
    names = (str(path.relative_to(folder)) for path in files)
    return ours, Command((str(_BIN / "check-jsonschema"), "--schemafile", schema.name, *names), folder)


BENCHMARKS = {
    "help": Benchmark("orgreg --help, to a bare Typer program's --help", 1.4, 25, _help),
    "tree": Benchmark("orgreg tree on the shipped data, to a bare Typer program's command", 5, 25, _tree),
    "check": Benchmark("orgreg check of 1,000 units, to check-jsonschema on the same files", 0.25, 7, _check),
}


def _measure(benchmark: Benchmark, runs: int) -> Pairing:
    with tempfile.TemporaryDirectory(prefix="orgreg-bench-") as folder:
        return pair(*benchmark.sides(Path(folder).resolve()), runs)


def _row(name: str, benchmark: Benchmark, result: Pairing) -> str:
    verdict = "within" if result.within(benchmark.bound) else "over"
    spread = f"{min(result.ratios):.2f}-{max(result.ratios):.2f}"
    seconds = f"{min(result.ours):.2f} s / {min(result.theirs):.2f} s"
    bound = f"{verdict} {benchmark.bound:g}"
    return f"{name:<6}  {result.ratio:5.2f}  ({spread})  {bound:<11}  {seconds}  {benchmark.sentence}"


def _runs(text: str) -> int:
    if (runs := int(text)) < _FEWEST_RUNS:
        raise argparse.ArgumentTypeError(f"at least {_FEWEST_RUNS}")
    return runs


def main() -> int:
    """Run what is named, or all."""
    described = "\n".join(f"  {name:<6}  at most {one.bound:<4g}  {one.sentence}" for name, one in BENCHMARKS.items())
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=f"CPU time as a ratio, both sides run in turn; median (least-most).\n\n{described}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="a benchmark; all without one")
    parser.add_argument(
        "--runs", type=_runs, help=f"pairs of runs, at least {_FEWEST_RUNS}; without it more for short ones"
    )
    given = parser.parse_args()
    if unknown := [name for name in given.names if name not in BENCHMARKS]:
        parser.error(f"no benchmark {unknown[0]}; there are {', '.join(BENCHMARKS)}")
    missed = False
    for name in given.names or BENCHMARKS:
        benchmark = BENCHMARKS[name]
        try:
            result = _measure(benchmark, given.runs or benchmark.runs)
        except (CommandFailedError, subprocess.CalledProcessError, OSError) as failure:
            print(f"{name:<6}  failed: {failure}", file=sys.stderr)
            missed = True
            continue
        print(_row(name, benchmark, result), flush=True)
        missed |= not result.within(benchmark.bound)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
