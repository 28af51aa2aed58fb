"""A unit that has ended still owns an open step.

What a unit had to do goes on with whoever took its place, or ends too. As long as the plan names a unit that is gone,
nobody can be asked for the step. What is due on a day and has a unit that does not exist then is found as
`responsible-not-there`.

Enter in the step, with the day of the end, who is responsible now, or report what became of the step.

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
          due: none
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
          due: none
          responsible: [buero]
        - from: 2024-03-01
          responsible: [sozialreferat]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.duties import duties, existing, gone_from, gone_when_due, is_open
from orgreg.check.wording import short
from orgreg.model.finding import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("A002", "open-step-of-ended-unit", Severity.WARNING)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every unit that ended before an open step of it did, where it is named."""
    told = {(duty.strand.id, duty.target) for duty, _ in gone_when_due(registry)}
    for duty in duties(registry):
        strand = duty.strand
        spans = existing(registry, duty.target)
        if strand.what != "step" or spans is None or (strand.id, duty.target) in told:
            continue
        day = gone_from(spans, duty.span)
        if day is not None and is_open(registry, strand, duty.life, day):
            yield Finding(
                RULE,
                strand.path,
                f"{short(duty.target, strand.municipality)} does not exist from {day.isoformat()} on and is still "
                "responsible for this step, which is open",
                f"enter who is responsible from {day.isoformat()}, or what became of the step",
                route=duty.route,
                entity=strand.id,
            )
