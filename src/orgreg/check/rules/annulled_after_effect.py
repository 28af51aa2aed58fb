"""An entry is annulled after the day on which it took effect.

`annulled` voids a decided future that was withdrawn: the entry then counts on no day. What has been in effect for a
time cannot be withdrawn any more, for on those days it was so. A withdrawal on the day itself is in time.

Write a new entry for what became different, or correct one of the two days. Where the entry was wrong from the start,
correct it in place and keep the old lines in `corrections:`.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: 2016-04-01
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
      - from: 2024-03-01
        name: Büro für Vielfalt
        annulled:
          day: 2024-06-30

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: 2016-04-01
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
      - from: 2024-03-01
        name: Büro für Vielfalt
      - from: 2024-06-30
        name: Büro für Migrationsfragen
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.strands import strands
from orgreg.model.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("U010", "annulled-after-effect")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every withdrawal that certainly came after the entry's day."""
    for strand in strands(registry):
        for entry in strand.timeline.entries:
            annulled = entry.annulled
            if annulled is not None and annulled.day.earliest > entry.since.settled and entry.since.known:
                yield Finding(
                    RULE,
                    strand.path,
                    f"annulled on {annulled.day}, after it took effect on {entry.since}",
                    "write what became different then as a new entry, or correct one of the days",
                    route=strand.at(entry, "annulled", "day"),
                    entity=strand.id,
                )
