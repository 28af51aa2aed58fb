"""Nobody knows who decided a change.

Councils decide on Dezernate, mayors on what lies below, and the border is contested; so every change says who decided
it. `decided_by: unknown` says that the sources only report it. A change of several units under one `change:` word is
one gap, and so is all that became different of one unit on one day.

Look for the resolution, the order of the mayor or the file of the reorganisation and name it in `decided_by`; write
`none` where nobody decided. Where no paper is to be found, leave it.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: 2024-03-01
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
        decided_by: unknown

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: 2024-03-01
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
        decided_by: beschluss
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.strands import entries_in_force
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.timeline import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.strands import Strand
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry

RULE: Final = Rule("D003", "decision-not-recorded", Severity.NOTE)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every change whose decision is unknown, at its first entry."""
    changes: dict[tuple[str, str], list[tuple[Strand, Entry]]] = {}
    for strand, entry in entries_in_force(registry):
        if entry.decided_by is Absent.UNKNOWN:
            day = entry.counts_from.isoformat()
            key = (strand.owner, day) if entry.change is None else (strand.municipality, entry.change)
            changes.setdefault(key, []).append((strand, entry))
    for found in changes.values():
        yield _finding(found)


def _finding(found: list[tuple[Strand, Entry]]) -> Finding:
    strand, entry = min(found, key=lambda one: (one[0].path, one[0].route, one[1].position))
    return Finding(
        RULE,
        strand.path,
        f"no source says who decided {entry.change or 'this'}",
        "look for the resolution or the order; write none where nobody decided",
        route=strand.at(entry, "decided_by"),
        entity=strand.id,
    )
