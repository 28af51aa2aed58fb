"""Something counts as ended, and no source says how it ended.

That a unit took over its tasks, that a newer chart leaves it out, that its name is not heard any more: all this lets an
end be inferred, and none of it says that the unit was dissolved. As long as `ended` is inferred or unknown, readers are
told so on every page.

Look for the resolution, the order or the chart that names the end; then give its source and delete the word from
`inferred:`. Where there is none, leave it.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
      - from: 2024-03-01
        ended: absorbed
        into: [sozialreferat]
        inferred:
          ended: the source moves its tasks only

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
      - from: 2024-03-01
        ended: absorbed
        into: [sozialreferat]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.strands import entries_in_force
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.timeline import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("D002", "end-without-dissolution", Severity.NOTE)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every end that is inferred or unknown."""
    for strand, entry in entries_in_force(registry):
        if not entry.ends:
            continue
        reason, how = entry.inferred.get("ended"), entry.values["ended"]
        if reason is not None or how is Absent.UNKNOWN:
            end = "ended, nobody says how" if how is Absent.UNKNOWN else f"counts as {how}, which is inferred"
            yield Finding(
                RULE,
                strand.path,
                f"the {strand.what} {end}" + (f": {reason}" if reason else ""),
                "look for a source that names the end; leave it where there is none",
                route=strand.at(entry, "ended"),
                entity=strand.id,
            )
