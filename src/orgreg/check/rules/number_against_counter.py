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

from typing import TYPE_CHECKING, Final

from orgreg.check.counters import crossed
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.registry import PAPERS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("P005", "number-against-counter", Severity.WARNING)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every number that stands against most others, if those are in order."""
    for identity, (paper, other) in crossed(registry).items():
        yield Finding(
            RULE,
            path_of(PAPERS, identity),
            f"{paper.number} runs against the counter: {other.number} is of another year",
            "compare it with the paper: the year or the counter has a slip",
            route=("number",),
            entity=identity,
            related=((path_of(PAPERS, other.id), ("number",)),),
        )
