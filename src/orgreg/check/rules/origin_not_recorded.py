"""Nobody knows where something came from.

`out_of: unknown` says that a task, a post or a part of a unit came from elsewhere and that no source says from where:
the history of the thing stops here, and the unit that lost it does not know.

Look for a source that names who had it before. Where nothing was there before, delete the key; a beginning needs no
origin.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
    tasks:
      migration:
        - from: 2016-04-01
          text: Migrationsfragen
          out_of: unknown

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
    tasks:
      migration:
        - from: 2016-04-01
          text: Migrationsfragen
          out_of: [sozialreferat]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.strands import entries_in_force
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.timeline import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("D005", "origin-not-recorded", Severity.NOTE)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every origin that is unknown."""
    for strand, entry in entries_in_force(registry):
        if entry.values.get("out_of") is Absent.UNKNOWN:
            yield Finding(
                RULE,
                strand.path,
                f"no source says where the {strand.what} came from",
                "look for a source that names who had it before",
                route=strand.at(entry, "out_of"),
                entity=strand.id,
            )
