"""Two papers of a city have the same number.

A number leads to one paper. Two files with one number are one paper entered twice, or one of the numbers is wrong: a
Stellungnahme has the number of its Anfrage with `-01` behind it.

Join the two files, or correct one of the numbers.

Wrong:

    # data/decisions/bs/25-25182.yaml
    number: "25-25182"
    kind: Anfrage
    title: Lokaler Aktionsplan
    date: 2025-02-04
    author: unknown
    # data/decisions/bs/25-25182-01.yaml
    number: "25-25182"
    kind: Stellungnahme
    title: Lokaler Aktionsplan
    date: 2025-02-18
    author: unknown
    relations:
      answers: [25-25182]

Right:

    # data/decisions/bs/25-25182.yaml
    number: "25-25182"
    kind: Anfrage
    title: Lokaler Aktionsplan
    date: 2025-02-04
    author: unknown
    # data/decisions/bs/25-25182-01.yaml
    number: "25-25182-01"
    kind: Stellungnahme
    title: Lokaler Aktionsplan
    date: 2025-02-18
    author: unknown
    relations:
      answers: [25-25182]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.numbering import bearers, slug
from orgreg.check.wording import joined
from orgreg.model.finding import Finding, Rule
from orgreg.model.registry import PAPERS, path_of
from orgreg.model.unit import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("P002", "number-twice")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every number of several papers, at the first whose file does not bear it."""
    for (_, number), papers in sorted(bearers(registry).items()):
        if len(papers) > 1:
            own = [paper for paper in papers if slug_of(paper.id) == slug(number)]
            here = next(paper for paper in papers if paper not in own)
            others = [paper for paper in papers if paper is not here]
            yield Finding(
                RULE,
                path_of(PAPERS, here.id),
                f"{number} is also the number in {joined(f'{slug_of(other.id)}.yaml' for other in others)}",
                "correct one of the numbers, or join the files if they are one paper",
                route=("number",),
                entity=here.id,
                related=tuple((path_of(PAPERS, other.id), ("number",)) for other in others),
            )
