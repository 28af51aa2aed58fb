"""A step is due before the paper that asks for its plan was written.

Nothing can be asked for by a paper that is not there yet. Mostly the year of the due day is a slip, or the mandate is
another paper than the one that is named.

Correct the due day, or name the paper that really asked for the plan.

Wrong:

    # data/actionplans/bs/plan.yaml
    timeline:
      - from: 2022-03-15
        title: Plan
        mandate: [beschluss]
        responsible: [sozialreferat]
    steps:
      befragung:
        - from: 2022-03-15
          title: Befragung
          due: {day: 2021-08-13, modality: target}

Right:

    # data/actionplans/bs/plan.yaml
    timeline:
      - from: 2022-03-15
        title: Plan
        mandate: [beschluss]
        responsible: [sozialreferat]
    steps:
      befragung:
        - from: 2022-03-15
          title: Befragung
          due: {day: 2022-08-13, modality: target}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.duties import terms
from orgreg.check.strands import in_force, strands
from orgreg.model.day import ALWAYS
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.unit import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Timeline

RULE: Final = Rule("A003", "due-before-mandate", Severity.WARNING)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every due day that has passed before any paper of the plan's mandate was written."""
    for strand in strands(registry):
        first = _first(registry, registry.plans[strand.owner].timeline) if strand.what == "step" else None
        if first is None:
            continue
        day, paper = first
        for term in terms(strand):
            if term.last < day:
                yield Finding(
                    RULE,
                    strand.path,
                    f"this step is due on {term.last.isoformat()}, before the plan's mandate: {slug_of(paper)} is of "
                    f"{day.isoformat()}",
                    "correct the due day, or name the paper that asked for the plan",
                    route=strand.at(term.held.begun_by, "due"),
                    entity=strand.id,
                )


def _first(registry: Registry, plan: Timeline) -> tuple[date, str] | None:
    """The first day on which a paper of the mandate may have been written; None where one may always have been."""
    dated = []
    for entry in in_force(plan):
        mandate = entry.values.get("mandate")
        for paper in mandate if isinstance(mandate, tuple) else ():
            when = registry.paper_date(str(paper))
            if when is None or not when.known or when.earliest == ALWAYS:
                return None
            dated.append((when.earliest, str(paper)))
    return min(dated, default=None)
