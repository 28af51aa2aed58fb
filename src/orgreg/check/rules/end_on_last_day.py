"""Something ends on the last day of a month, where the first day without it is meant to stand.

The day of `ended` is the first day without. People and German notices name the last day with it: „bis 31. Dezember“ is
written 1 January here. An end on the last day of a month is most often such a last day, and everything about it is a
day wrong.

Write the day after, if the source means the last day with it. If the source does name this day as the first without,
say so in `wording:` with its words, and this warning goes.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
      - from: 2024-02-29
        ended: dissolved

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
      - from: 2024-03-01
        ended: dissolved
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.strands import ends
from orgreg.model.day import day_after
from orgreg.model.finding import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("T002", "end-on-last-day", Severity.WARNING)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every end on the last day of a month, unless the source's words stand beside it."""
    for strand, entry in ends(registry):
        if entry.since.exact and entry.wording is None:
            day, after = entry.since.earliest, day_after(entry.since.earliest)
            if after.day == 1:
                yield Finding(
                    RULE,
                    strand.path,
                    f"the {strand.what} ends on {day}, a last day; its first day without belongs here",
                    f"write {after} if {day} was its last day; if not, put the source's words in wording:",
                    route=strand.at(entry, "from"),
                    entity=strand.id,
                )
