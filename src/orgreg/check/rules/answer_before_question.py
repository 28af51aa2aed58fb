"""An answer is older than its question.

Nobody answers before being asked. One of the two dates is wrong, or the paper answers another question. Vague dates are
no fault as long as they leave a day on which it could be so.

Correct the date, or name the paper that it really answers.

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
    date: 2025-01-18
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

from orgreg.model.finding import Finding, Rule
from orgreg.model.registry import PAPERS, path_of
from orgreg.model.unit import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("P011", "answer-before-question")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every such answer, where it names its question."""
    for identity, paper in sorted(registry.papers.items()):
        answered = paper.relations.get("answers")
        for place, asked in enumerate(answered if isinstance(answered, tuple) else ()):
            question = registry.papers.get(asked)
            if question is not None and paper.date.latest < question.date.earliest:
                yield Finding(
                    RULE,
                    path_of(PAPERS, identity),
                    f"this answer is of {paper.date}, and {slug_of(asked)}, which it answers, only of {question.date}",
                    "correct one of the dates, or name the paper that it answers",
                    route=("relations", "answers", place),
                    entity=identity,
                    related=((path_of(PAPERS, asked), ("date",)),),
                )
