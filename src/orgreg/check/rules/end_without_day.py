"""An end has no day.

`from: unknown` opens a timeline and reaches back without end. An end that did so would leave no day on which the unit,
task, post or plan existed.

Write what is known of the day: between two days, by a day, or after one.

Wrong:

    # data/units/bs/stabsstelle.yaml
    timeline:
      - from: 2022
        name: Stabsstelle Vielfalt
        kind: Stabsstelle
        parent: none
      - from: unknown
        ended: unknown

Right:

    # data/units/bs/stabsstelle.yaml
    timeline:
      - from: 2022
        name: Stabsstelle Vielfalt
        kind: Stabsstelle
        parent: none
      - from: ..2024-03-01
        ended: unknown
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.strands import ends
from orgreg.model.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("U009", "end-without-day")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every end whose day is unknown."""
    for strand, entry in ends(registry):
        if not entry.since.known:
            yield Finding(
                RULE,
                strand.path,
                f"the {strand.what} ends, and nothing is said of the day",
                "write the days between which it ended, as 2016-04-01..2024-03-01, or by which, as ..2024-03-01",
                route=strand.at(entry, "from"),
                entity=strand.id,
            )
