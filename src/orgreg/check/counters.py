"""The numbers of papers that stand against the running counter of their city."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from orgreg.check.numbering import bearers, counted, fits
from orgreg.check.once import once

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgreg.model.paper import Paper
    from orgreg.model.registry import Registry

_Numbered = tuple[int, int, "Paper"]
"""Year, counter, paper."""


@once
def crossed(registry: Registry) -> Mapping[str, tuple[Paper, Paper]]:
    """The papers that stand against most others of their era, if those are in order, each with one of them."""
    found: dict[str, tuple[Paper, Paper]] = {}
    eras: dict[tuple[str, str], list[_Numbered]] = defaultdict(list)
    for (municipality, number), papers in sorted(bearers(registry).items()):
        city = registry.municipalities.get(municipality)
        read = None if city is None or not fits(registry, papers[0]) else counted(city, number)
        if read is not None:
            era, year, counter = read
            eras[municipality, era.form].append((year, counter, papers[0]))
    for _, numbered in sorted(eras.items()):
        ordered = sorted(numbered, key=lambda one: one[:2])
        kept = _longest(ordered)
        if len(kept) * 2 >= len(ordered):
            for one in ordered:
                against = next((other for other in kept if _are_crossed(one, other)), None)
                if against is not None:
                    found[one[2].id] = (one[2], against[2])
    return found


def _longest(ordered: list[_Numbered]) -> list[_Numbered]:
    """The most of them whose counters rise with the years. Of equally many those with the lowest counters."""
    lengths: list[int] = []
    tops: list[int] = []
    for _, counter, _ in ordered:
        place = bisect_right(tops, counter)
        tops[place : place + 1] = [counter]
        lengths.append(place + 1)
    kept: list[_Numbered] = []
    wanted, below = len(tops), None
    for one, length in zip(reversed(ordered), reversed(lengths), strict=True):
        if length == wanted and (below is None or one[1] <= below):
            kept.append(one)
            wanted, below = wanted - 1, one[1]
    return kept[::-1]


def _are_crossed(one: _Numbered, other: _Numbered) -> bool:
    """Whether the later year has the lower counter."""
    return (one[0] < other[0] and one[1] > other[1]) or (one[0] > other[0] and one[1] < other[1])
