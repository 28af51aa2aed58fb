"""The figures as they are kept, and the tables of docs/performance.md that are made of them."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.growth import Point
from benchmarks.plots import AXES
from benchmarks.rows import HERE, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.pairing import Pairing

PAGE: Final = HERE / "docs" / "performance.md"
FOLDER: Final = HERE / "docs" / "performance"
FIGURES: Final = FOLDER / "figures.json"
_PEERS: Final = ("typer", "check-jsonschema", "doorstop")


@dataclass(frozen=True)
class Result:
    """What a row came to: the median, least and greatest ratio, median seconds of both sides, the peaks in bytes."""

    name: str
    made: str
    ratio: float
    least: float
    most: float
    ours: float
    theirs: float
    runs: int
    peak_ours: int
    peak_theirs: int

    @classmethod
    def of(cls, name: str, made: str, pairing: Pairing) -> Result:
        """A row's pairing, made on that day."""
        return cls(
            name,
            made,
            round(pairing.ratio, 4),
            round(min(pairing.ratios), 4),
            round(max(pairing.ratios), 4),
            round(sorted(pairing.ours)[len(pairing.ours) // 2], 4),
            round(sorted(pairing.theirs)[len(pairing.theirs) // 2], 4),
            len(pairing.ours),
            *pairing.peaks,
        )

    @property
    def within(self) -> bool:
        """Whether the row's bound is kept, if it has one."""
        bound = ROWS[self.name].bound
        return bound is None or self.ratio <= bound


@dataclass(frozen=True)
class Figures:
    """Everything that was measured on one machine."""

    machine: dict[str, str]
    rows: dict[str, Result] = field(default_factory=dict)
    growth: tuple[Point, ...] = ()

    def joined(self, newer: Figures) -> Figures:
        """With what is newer; if that is of another machine or other versions, that alone."""
        if newer.machine != self.machine:
            return newer
        return Figures(self.machine, self.rows | newer.rows, newer.growth or self.growth)

    def text(self) -> str:
        """As it is kept."""
        rows = {name: asdict(self.rows[name]) for name in ROWS if name in self.rows}
        told = {"machine": self.machine, "rows": rows, "growth": [asdict(point) for point in self.growth]}
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def read(path: Path) -> Figures | None:
    """The figures that are kept, or None where there are none."""
    if not path.exists():
        return None
    told = json.loads(path.read_text())
    rows = {name: Result(**row) for name, row in told["rows"].items() if name in ROWS}
    return Figures(told["machine"], rows, tuple(Point(**point) for point in told["growth"]))


def machine() -> dict[str, str]:
    """What the figures depend on; no name and no path of the machine."""
    told = {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "git": subprocess.run(("git", "--version"), capture_output=True, text=True, check=True).stdout.split()[2],
    }
    for name in _PEERS:
        try:
            told[name] = version(name)
        except PackageNotFoundError:
            told[name] = "not there"
    return told


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def page(text: str, figures: Figures) -> str:
    """The page with its tables made anew, each between `<!-- name -->` and `<!-- end -->`."""
    for name, lines in (("machine", _machine(figures)), ("rows", _rows(figures)), ("growth", _growth(figures))):
        begin, end = f"<!-- {name} -->\n", "<!-- end -->"
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(end)
        text = before + begin + "\n".join(lines) + "\n" + end + after
    return text


def _machine(figures: Figures) -> Iterator[str]:
    yield "| | |"
    yield "|---|---|"
    for name, value in figures.machine.items():
        yield f"| {name} | {value} |"


def _rows(figures: Figures) -> Iterator[str]:
    yield "| name | work | to | bound | ratio | least to most | seconds | peak | |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, row in ROWS.items():
        bound = "" if row.bound is None else f"{row.bound:.3g}"
        result = figures.rows.get(name)
        if result is None:
            yield f"| {name} | {row.work} | {row.against} | {bound} | not measured | | | | |"
            continue
        seconds = f"{_seconds(result.ours)} / {_seconds(result.theirs)}{' wall' if row.wall else ''}"
        spread = f"{_ratio(result.least)} to {_ratio(result.most)}, {result.runs} pairs"
        verdict = "" if row.bound is None else "within" if result.within else "**over**"
        cells = (name, row.work, row.against, bound, _ratio(result.ratio), spread, seconds, _bytes(result.peak_ours))
        yield f"| {' | '.join(cells)} | {verdict} |"


def _growth(figures: Figures) -> Iterator[str]:
    sizes = sorted({point.size for point in figures.growth})
    if not sizes:
        yield "Not measured."
        return
    yield f"| plot | line | {' | '.join(f'{size:,}' for size in sizes)} |"
    yield "|---|---|" + "---|" * len(sizes)
    for plot, line in dict.fromkeys((point.plot, point.line) for point in figures.growth):
        by_size = {point.size: point for point in figures.growth if (point.plot, point.line) == (plot, line)}
        cells = (
            f"{_seconds(by_size[size].seconds)}, {_bytes(by_size[size].peak)}" if size in by_size else ""
            for size in sizes
        )
        yield f"| {plot} | {line} | {' | '.join(cells)} |"
    for plot in dict.fromkeys(point.plot for point in figures.growth):
        yield ""
        yield f"![CPU seconds of {plot} over {AXES[plot]}]({FOLDER.name}/{plot}.svg)"


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value < _TENS else f"{value:.0f} s"


_TENS: Final = 10


def _bytes(value: int) -> str:
    return f"{value / 2**20:.0f} MiB"
