"""The unit that is to do a step does not exist when the step is due.

Nobody can be asked for it then: the unit ended before, or begins only after. Often the step was handed on when the
administration was regrouped, and the plan does not say so yet. A step that is reported as done or given up is not
meant, nor a unit that is planned for that day.

Enter who is responsible since the unit ended, in an entry of that day, or correct the due day.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        kind: Stabsstelle
        parent: sozialreferat
      - from: 2024-03-01
        ended: absorbed
        into: [sozialreferat]
    # data/actionplans/bs/plan.yaml
    timeline:
      - from: 2023-01-01
        title: Plan
        responsible: [sozialreferat]
    steps:
      befragung:
        - from: 2023-01-01
          title: Befragung
          due: {day: 2025-08-13, modality: target}
          responsible: [buero]

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro
        kind: Stabsstelle
        parent: sozialreferat
      - from: 2024-03-01
        ended: absorbed
        into: [sozialreferat]
    # data/actionplans/bs/plan.yaml
    timeline:
      - from: 2023-01-01
        title: Plan
        responsible: [sozialreferat]
    steps:
      befragung:
        - from: 2023-01-01
          title: Befragung
          due: {day: 2025-08-13, modality: target}
          responsible: [buero]
        - from: 2024-03-01
          responsible: [sozialreferat]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.duties import existing, gone_when_due, timelines
from orgreg.check.wording import absence, short
from orgreg.model.finding import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.duties import Duty, Term
    from orgreg.model.registry import Registry

RULE: Final = Rule("A001", "responsible-not-there", Severity.WARNING)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every unit of a step that does not exist when it is due, where it is named."""
    for duty, term in gone_when_due(registry):
        strand = duty.strand
        yield Finding(
            RULE,
            strand.path,
            f"{short(duty.target, strand.municipality)} does not exist when this step is due, on "
            f"{term.last.isoformat()}: it {_why(registry, duty, term)}",
            "enter who is responsible then, with the day from which on, or correct the due day",
            route=duty.route,
            entity=strand.id,
            related=((strand.path, strand.at(term.held.begun_by, "due")),),
        )


def _why(registry: Registry, duty: Duty, term: Term) -> str:
    spans = existing(registry, duty.target) or []
    ended = [span.end for span in spans if span.end <= term.first]
    if ended:
        return f"ended on {max(ended).isoformat()}"
    if spans:
        return f"begins only on {min(span.start for span in spans).isoformat()}"
    return absence(timelines(registry, duty.target)[-1])
