"""python -m benchmarks [NAME ...]: run the benchmarks, print each as a ratio and exit 1 over a bound."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import growth, plots, report
from benchmarks.pairing import CommandFailedError, pair
from benchmarks.rows import ROWS, Row
from benchmarks.stock import Stock

_FEWEST_RUNS = 3
_WIDTH = max(len(name) for name in ROWS)


def _told(result: report.Result, row: Row) -> str:
    verdict = "" if row.bound is None else f"{'within' if result.within else 'over'} {row.bound:.3g}"
    spread = f"{result.least:.3f}-{result.most:.3f}"
    seconds = f"{result.ours:.2f} s / {result.theirs:.2f} s{' wall' if row.wall else ''}"
    peaks = f"{result.peak_ours >> 20} MiB / {result.peak_theirs >> 20} MiB"
    said = f"{result.ratio:7.3f}  ({spread})  {verdict:<12}  {seconds}  {peaks}  {row.work}, to {row.against}"
    return f"{result.name:<{_WIDTH}}  {said}"


def _runs(text: str) -> int:
    if (runs := int(text)) < _FEWEST_RUNS:
        raise argparse.ArgumentTypeError(f"at least {_FEWEST_RUNS}")
    return runs


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(
        f"  {name:<{_WIDTH}} {'*' if row.quick else ' '} {'' if row.bound is None else f'{row.bound:.3g}':>5}  "
        f"{row.work}, to {row.against}"
        for name, row in ROWS.items()
    )
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Ratios, both sides run in turn: CPU time unless it says wall; median (least-most), seconds, peak "
        f"memory.\nWithout a name those with a star.\n\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="a benchmark; without one the quick ones")
    parser.add_argument("--all", action="store_true", help="every benchmark, and time over size: about two hours")
    parser.add_argument("--growth", action="store_true", help="time over size")
    parser.add_argument("--runs", type=_runs, help=f"pairs of runs at most, at least {_FEWEST_RUNS}")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where registers lie that later runs use again")
    parser.add_argument("--report", action="store_true", help="write the figures into docs/performance")
    return parser


def main() -> int:
    """Run what is named."""
    parser = _parser()
    given = parser.parse_args()
    if unknown := [name for name in given.names if name not in ROWS]:
        parser.error(f"no benchmark {unknown[0]}; there are {', '.join(ROWS)}")
    if given.keep is not None:
        given.keep.mkdir(parents=True, exist_ok=True)
        return _measure(given, Stock(given.keep.resolve()))
    with tempfile.TemporaryDirectory(prefix="orgreg-bench-") as folder:
        return _measure(given, Stock(Path(folder).resolve()))


def _measure(given: argparse.Namespace, stock: Stock) -> int:
    quick = [] if given.growth else [name for name, row in ROWS.items() if row.quick]
    names = list(ROWS) if given.all else given.names or quick
    results: dict[str, report.Result] = {}
    for name in names:
        row, today = ROWS[name], datetime.now(UTC).date().isoformat()
        try:
            ours, theirs = row.sides(stock)
            pairing = pair(ours, theirs, given.runs or row.runs, wall=row.wall)
        except (CommandFailedError, subprocess.CalledProcessError, OSError) as failure:
            print(f"{name:<{_WIDTH}}  failed: {failure}", file=sys.stderr, flush=True)
            continue
        results[name] = report.Result.of(name, today, pairing)
        print(_told(results[name], row), flush=True)
        if given.report:  # at once: what has been measured for an hour is not lost with what fails after it
            _report(report.Figures(report.machine(), results))
    points = tuple(growth.measure(stock)) if given.all or given.growth else ()
    if given.report and points:
        _report(report.Figures(report.machine(), results, points))
    return int(len(results) < len(names) or any(not result.within for result in results.values()))


def _report(measured: report.Figures) -> None:
    kept = report.read(report.FIGURES)
    figures = measured if kept is None else kept.joined(measured)
    if not figures.growth:  # those of another machine are no longer told
        for plot in report.FOLDER.glob("*.svg"):
            plot.unlink()
    if measured.growth:  # only they need matplotlib, which only then may make this process large
        plots.draw(figures, report.FOLDER)
    report.FOLDER.mkdir(parents=True, exist_ok=True)
    report.FIGURES.write_text(figures.text())
    report.PAGE.write_text(report.page(report.PAGE.read_text(), figures))


if __name__ == "__main__":
    sys.exit(main())
