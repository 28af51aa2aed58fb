"""The number of a paper does not stand where the running counter of its city stood in that year.

Some cities count their papers on over the years: 15-00965, 16-01642, 17-04447, 24-23646. There a later year has a
higher counter. A number against that order has a slip in its year or its counter. Where the numbers of an era often
run against the order, the city begins anew each year, and nothing is said.

Compare the number with the paper and correct it; the slug follows.

Wrong:

    # data/decisions/bs/16-01642.yaml
    number: "16-01642"
    kind: Beschlussvorlage
    title: Konzept
    date: 2016
    author: unknown
    # data/decisions/bs/24-23646.yaml
    number: "24-23646"
    kind: Antrag
    title: Handlungskonzept
    date: 2024
    author: unknown
    # data/decisions/bs/21-27479.yaml
    number: "21-27479"
    kind: unknown
    title: Stellenplan
    date: 2021
    author: unknown

Right:

    # data/decisions/bs/16-01642.yaml
    number: "16-01642"
    kind: Beschlussvorlage
    title: Konzept
    date: 2016
    author: unknown
    # data/decisions/bs/24-23646.yaml
    number: "24-23646"
    kind: Antrag
    title: Handlungskonzept
    date: 2024
    author: unknown
    # data/decisions/bs/21-17479.yaml
    number: "21-17479"
    kind: unknown
    title: Stellenplan
    date: 2021
    author: unknown
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from orgreg.check.numbering import bearers, counted, fits
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.registry import PAPERS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.paper import Paper
    from orgreg.model.registry import Registry

RULE: Final = Rule("P005", "number-against-counter", Severity.WARNING)

_Numbered = tuple[int, int, "Paper"]
"""Year, counter, paper."""


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every number that stands against most others, if those are in order."""
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
                    yield _finding(one, against)


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


def _finding(one: _Numbered, against: _Numbered) -> Finding:
    paper, other = one[2], against[2]
    said = "before" if one[0] < against[0] else "after"
    return Finding(
        RULE,
        path_of(PAPERS, paper.id),
        f"{paper.number} is of a year {said} {other.number}, and its counter runs against that",
        "compare it with the paper: the year or the counter has a slip",
        route=("number",),
        entity=paper.id,
        related=((path_of(PAPERS, other.id), ("number",)),),
    )
