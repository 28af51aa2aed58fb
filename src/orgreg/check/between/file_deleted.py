"""A file that was merged is deleted.

The path is the identity, and others refer to it: files of this register, other registers, links. A unit that has ended
keeps its file, for it is part of what was. A unit that never was keeps its file too, with an empty timeline and the
reason under `corrections:`; then who follows a link to it learns that, and nobody gives its name to something else.

Put the file back. If the unit ended, give it an end with its day; if it never was, empty its timeline and say why.

Wrong:

    # data/units/bs/ordnungsreferat.yaml, merged
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
    # data/units/bs/ordnungsreferat.yaml, now
    timeline: []
    corrections:
      - day: 2026-11-22
        of: timeline
        was: |
          - from: 2024-03-01
            name: Ordnungsreferat
            kind: Referat
            parent: stadtverwaltung
        because: a draft of the Organigramm was taken for the Organigramm
        sources: [{paper: beschluss}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.model.finding import Finding, Place, Rule
from orgreg.model.registry import PAPERS, PLANS, UNITS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.states import States

RULE: Final = Rule("H002", "file-deleted")

_WORD: Final = {UNITS: "unit", PAPERS: "paper", PLANS: "plan"}
_HINT: Final = {
    UNITS: "put it back; a unit that ended has an end, one that never was an empty timeline and a correction",
    PLANS: "put it back; a plan that ended has an end, one that never was an empty timeline and a correction",
    PAPERS: "put it back; a paper that was entered wrongly is put right in place, with a correction",
}


def check(states: States) -> Iterator[Finding]:
    """A finding for every file that is gone, at its first line."""
    for (folder, identity), like in states.gone.items():
        if like is None:
            yield Finding(
                RULE,
                path_of(folder, identity),
                f"the file of a {_WORD[folder]} is deleted",
                _HINT[folder],
                entity=identity,
                place=Place(1, 1),
            )
