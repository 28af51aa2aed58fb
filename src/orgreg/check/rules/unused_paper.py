"""Nothing in the register rests on a paper.

No statement has it as its source or its decision, no plan as its mandate, no other paper answers, amends or cites it.
It may have been entered for later, or a source that should name it names another.

Name it where it says something, or delete the file. A paper that is worth keeping for itself may stay.

Wrong:

    # data/decisions/bs/24-23646.yaml
    number: "24-23646"
    kind: Antrag
    title: Handlungskonzept
    date: 2024
    author: unknown

Right:

    # data/decisions/bs/24-23646.yaml
    number: "24-23646"
    kind: Antrag
    title: Handlungskonzept
    date: 2024
    author: unknown
    # data/units/bs/buero.yaml
    timeline:
      - from: 2025-01-01
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
        decided_by: 24-23646
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.references import leads
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.registry import PAPERS, path_of
from orgreg.model.unit import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("P006", "unused-paper", Severity.NOTE)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every paper that no other file names. Files that cannot be read may name any."""
    lost = [known for known in registry.unreadable if "/" in known[1]]
    for identity in sorted(leads(registry).unnamed):
        if not any(registry.may_say(known, slug_of(identity)) for known in lost):
            yield Finding(
                RULE,
                path_of(PAPERS, identity),
                "nothing in the register rests on this paper",
                "name it where it says something, or delete the file",
                entity=identity,
            )
