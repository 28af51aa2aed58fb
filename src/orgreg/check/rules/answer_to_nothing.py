"""A paper of a kind that answers does not say what it answers.

Which kinds answer is said in `data/registry.yaml`, under `papers:`: in Braunschweig the Stellungnahme. Without
`answers:` the question stays open for everybody who asks what became of it. The number does not tell: a suffix `-01`
may be an answer, an amendment or a supplement.

Name the question under `relations: answers:`, or write `unknown` there.

Wrong:

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

from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.registry import PAPERS, path_of
from orgreg.model.timeline import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("P010", "answer-to-nothing", Severity.WARNING)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every such paper, at its kind."""
    for identity, paper in sorted(registry.papers.items()):
        city = registry.municipalities.get(paper.municipality)
        if city is None or paper.kind not in city.answers:
            continue
        if paper.relations.get("answers", Absent.NONE) is Absent.NONE:
            yield Finding(
                RULE,
                path_of(PAPERS, identity),
                f"a {paper.kind} answers something, and this one does not say what",
                "name the question under relations: answers:, or write unknown there",
                route=("kind",),
                entity=identity,
            )
