"""One succession is written at both its sides.

A succession is written once, as `into` at what ended or as `out_of` at what began or got a part; the other side is
derived. Written twice it has to be corrected twice, and one day the two will differ.

Keep the side that its source speaks of, and put the sources of both there.

Wrong:

    # data/units/bs/integration.yaml
    timeline:
      - from: 2024-03-01
        name: Integration, Vielfalt und Demokratie
        kind: Stelle
        parent: none
        out_of: [buero]
    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
      - from: 2024-03-01
        ended: absorbed
        into: [integration]

Right:

    # data/units/bs/integration.yaml
    timeline:
      - from: 2024-03-01
        name: Integration, Vielfalt und Demokratie
        kind: Stelle
        parent: none
    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
      - from: 2024-03-01
        ended: absorbed
        into: [integration]
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from orgreg.check.successions import Succession, successions
from orgreg.check.wording import short
from orgreg.model.finding import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orgreg.model.registry import Registry

RULE: Final = Rule("U012", "two-sides-of-a-succession", Severity.WARNING)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every `out_of` whose `into` is written too, on the same day."""
    written: dict[tuple[str, str, date], Succession] = {}
    derived: dict[tuple[str, str, date], list[Succession]] = defaultdict(list)
    for succession in successions(registry):
        here, there = succession.strand.id, _like(succession)
        day = succession.entry.counts_from
        if succession.key == "into":
            written.setdefault((here, there, day), succession)
        else:
            derived[there, here, day].append(succession)
    for key, found in sorted(derived.items()):
        if (into := written.get(key)) is not None:
            yield from (_finding(out_of, into) for out_of in found)


def _like(succession: Succession) -> str:
    """The partner; of a task or post that names only a unit, the one of the same name there."""
    strand, partner = succession.strand, succession.partner
    return partner if strand.what == "unit" or "#" in partner else f"{partner}#{strand.route[1]}"


def _finding(out_of: Succession, into: Succession) -> Finding:
    city = out_of.strand.municipality
    return Finding(
        RULE,
        out_of.strand.path,
        f"out_of: {short(out_of.partner, city)} is also written there, as into: {short(into.partner, city)}",
        "keep one of the two, with the sources of both",
        route=out_of.route,
        entity=out_of.strand.id,
        related=((into.strand.path, into.route),),
    )
