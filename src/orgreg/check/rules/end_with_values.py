"""An entry ends something and says what it is like from that day on.

The day of `ended` is the first day without. A name, a code, a parent or any other value that carries on would hold from
a day on which nothing is left to bear it. Only `into` and `out_of` speak for the end itself.

Put the values into an entry of the day from which on they held, or delete them.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: 2016-04-01
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
      - from: 2024-03-01
        code: "50.21"
        ended: dissolved

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: 2016-04-01
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
        code: "50.21"
      - from: 2024-03-01
        ended: dissolved
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.strands import ends
from orgreg.check.wording import joined
from orgreg.model.finding import Finding, Rule
from orgreg.model.timeline import ONCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("U013", "end-with-values")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every end that states values, at the first of them."""
    for strand, entry in ends(registry):
        carried = [key for key in entry.values if key not in ONCE]
        if carried:
            yield Finding(
                RULE,
                strand.path,
                f"the {strand.what} ends here, and {joined(carried)} would hold from a day without it",
                "say that in an entry of an earlier day, or delete it",
                route=strand.at(entry, carried[0]),
                at_key=True,
                entity=strand.id,
            )
