"""A file that was merged bears another name now, and does not say which it had.

The path is the identity. Who knows the old one, from a link, from another register or from the history, finds the file
only if it says what it was called; and without that the history of the unit, paper or plan seems to begin today.

Add the old slug to `formerly:` in the renamed file. If the new file is something else after all, put the old one back.

Wrong:

    # data/units/bs/ordnungsreferat.yaml, merged
    timeline:
      - from: 2024-03-01
        name: Ordnungsreferat
        kind: Referat
        parent: stadtverwaltung
    # data/units/bs/referat-fuer-ordnung.yaml, now
    timeline:
      - from: 2024-03-01
        name: Ordnungsreferat
        kind: Referat
        parent: stadtverwaltung

Right:

    # data/units/bs/ordnungsreferat.yaml, merged
    timeline:
      - from: 2024-03-01
        name: Ordnungsreferat
        kind: Referat
        parent: stadtverwaltung
    # data/units/bs/referat-fuer-ordnung.yaml, now
    formerly: [ordnungsreferat]
    timeline:
      - from: 2024-03-01
        name: Ordnungsreferat
        kind: Referat
        parent: stadtverwaltung
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.model.finding import Finding, Place, Rule
from orgreg.model.registry import path_of
from orgreg.model.unit import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.states import States

RULE: Final = Rule("H003", "renamed-without-formerly")


def check(states: States) -> Iterator[Finding]:
    """A finding for every new file that says what one that is gone said, at its first line."""
    for (folder, identity), like in states.gone.items():
        if like is not None:
            old = slug_of(identity)
            yield Finding(
                RULE,
                path_of(folder, like),
                f"this file says what {path_of(folder, identity)} said, which is gone",
                f"add formerly: [{old}]; or put {old}.yaml back, if this is something else",
                entity=like,
                place=Place(1, 1),
            )
