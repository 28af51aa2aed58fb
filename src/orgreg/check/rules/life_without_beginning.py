"""A life does not begin with what every life begins with.

On its first day a unit has a name, a kind and a parent (or `staff_of`), a task its text, a post, plan or step its
title, a dimension its values or state. Several entries of that day may say it together. What no source says is written
`unknown`, and a root has `parent: none`: then the answer is printed, and nobody takes a gap for a fact. Often an entry
has a day before the one that was meant as the first.

Say it in an entry of the first day, or give that entry a later day.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: 2016-04-01
        name: Büro für Migrationsfragen

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: 2016-04-01
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: unknown
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.openings import incomplete, needed
from orgreg.check.wording import joined
from orgreg.model.day import ALWAYS
from orgreg.model.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("U006", "life-without-beginning")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every timeline whose first life begins with less."""
    for strand, before, life, lacking in incomplete(registry):
        if before is not None:
            continue
        first = life.entries[0]
        if first.ends:
            message, hint = f"the {strand.what} ends here and never began", "say first with what it began"
        else:
            day = life.span.start
            when = "" if day == ALWAYS else f" on {day.isoformat()}"
            message = f"the {strand.what} begins{when} without {joined(lacking)}"
            hint = f"begin with {needed(strand)}; write unknown where no source says"
        yield Finding(RULE, strand.path, message, hint, route=strand.at(first, "from"), entity=strand.id)
