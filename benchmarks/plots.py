"""Plots of time over size, as SVG: the same figures give the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.report import Figures

AXES: Final = {"check": "units", "ask": "units", "log": "commits"}
"""What grows in each plot."""


def draw(figures: Figures, folder: Path) -> None:
    """Write a plot for each of `AXES` that has points into the folder."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "orgreg"
    from matplotlib import pyplot as plt

    folder.mkdir(parents=True, exist_ok=True)
    for plot, grown in AXES.items():
        points = [point for point in figures.growth if point.plot == plot]
        if not points:
            continue
        figure, axes = plt.subplots(figsize=(7, 4.2))
        for name in dict.fromkeys(point.line for point in points):
            line = [point for point in points if point.line == name]
            axes.plot([point.size for point in line], [point.seconds for point in line], marker="o", label=name)
        axes.set(xscale="log", yscale="log", xlabel=grown, ylabel="CPU seconds")
        axes.grid(visible=True, which="major", alpha=0.3)
        axes.legend(frameon=False)
        figure.tight_layout()
        figure.savefig(folder / f"{plot}.svg", metadata={"Date": None})
        plt.close(figure)
