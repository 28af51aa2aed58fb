"""People are counted at a unit whose head post is vacant.

A source counts the staff on a day on which, by another, the head post is not filled. Both may be true: someone may act
for the head, or the count may be of posts and not of persons. It is worth a look, for one of the two is easily misread.

Compare the sources; say in a `note` what the number counts. There is nothing to correct where both stand as they say
it.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: 2024-03-01
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
        staff: 3
    posts:
      leitung:
        - from: 2024-03-01
          title: Leitung
          head: true
          holder: vacant

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: 2024-03-01
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
        staff: 3
    posts:
      leitung:
        - from: 2024-03-01
          title: Leitung
          head: true
          holder: Eva Muster
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.strands import in_force
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.registry import UNITS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Held
    from orgreg.model.unit import Unit

RULE: Final = Rule("T004", "staff-beside-vacant-head", Severity.NOTE)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every count of people on such a day."""
    for identity, unit in sorted(registry.units.items()):
        for entry in in_force(unit.timeline) if unit.posts else ():
            staff = entry.values.get("staff")
            vacant = _vacant_head(unit, entry.counts_from) if isinstance(staff, int) and staff > 0 else None
            if vacant is not None:
                slug, held = vacant
                path, position = path_of(UNITS, identity), held.begun_by.position
                yield Finding(
                    RULE,
                    path,
                    f"staff {staff} is counted on {entry.since}, when the head post {slug} is vacant",
                    "compare the sources; say in a note what the number counts",
                    route=("timeline", entry.position, "staff"),
                    entity=identity,
                    related=((path, ("posts", slug, position, "holder")),),
                )


def _vacant_head(unit: Unit, day: date) -> tuple[str, Held] | None:
    for slug, timeline in sorted(unit.posts.items()):
        life = timeline.life_on(day)
        held = {} if life is None else life.held(day)
        if "head" in held and held["head"].value is True and "holder" in held and held["holder"].value == "vacant":
            return slug, held["holder"]
    return None
