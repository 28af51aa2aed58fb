"""Nothing has been heard of a unit since units of its city changed.

Sources tell of a unit until a day; after it, units of the city changed, and no source says that this one still exists
or that it ended. Trees and pages mark it so. Where no unit of the city has changed since, silence alone is no doubt.

Look for a source of after that change that names the unit, and add it to an entry; or for one of its end.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: 2016-04-01
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
    # data/units/bs/sozialplanung.yaml
    timeline:
      - from: 2024-03-01
        name: Sozialplanung
        kind: Stelle
        parent: none
    # data/units/bs/sozialreferat.yaml
    timeline: []
    # data/units/bs/stadtverwaltung.yaml
    timeline: []

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: 2016-04-01
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
      - from: 2024-03-01
        ended: dissolved
    # data/units/bs/sozialplanung.yaml
    timeline:
      - from: 2024-03-01
        name: Sozialplanung
        kind: Stelle
        parent: none
    # data/units/bs/sozialreferat.yaml
    timeline: []
    # data/units/bs/stadtverwaltung.yaml
    timeline: []
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.model.certainty import attestation, spoken_of
from orgreg.model.day import NEVER
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.registry import UNITS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Life

RULE: Final = Rule("D007", "not-heard-of", Severity.NOTE)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every unit that has no end and of which the sources speak only before a later change."""
    for identity, unit in sorted(registry.units.items()):
        life = unit.timeline.lives[-1] if unit.timeline.lives else None
        if life is None or life.span.end != NEVER or _is_fresh(registry, unit.municipality, life):
            continue
        heard = attestation(life.entries, registry.paper_date)
        change = None if heard is None else registry.change_after(unit.municipality, heard.last, NEVER)
        if heard is not None and change is not None and not _outside(registry, unit.municipality, life):
            yield Finding(
                RULE,
                path_of(UNITS, identity),
                f"last heard of on {heard.last}; units of the city have changed since, and no end is recorded",
                "look for a later source that names it, or for one of its end",
                route=("timeline", life.entries[-1].position, "from"),
                entity=identity,
            )


def _is_fresh(registry: Registry, municipality: str, life: Life) -> bool:
    """Whether a source of its last entry is newer than every change; most are, and need not be looked at closely."""
    newest = registry.newest_change(municipality)
    return any(newest <= day for day in spoken_of(life.entries[-1], registry.paper_date))


def _outside(registry: Registry, municipality: str, life: Life) -> bool:
    kinds = (entry.values["kind"] for entry in life.entries if "kind" in entry.values)
    return any(registry.kind(municipality, kind).outside for kind in kinds)
