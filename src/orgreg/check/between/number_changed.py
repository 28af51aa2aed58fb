"""The number of a paper that was merged is another one, and nothing says why.

By its number a paper is cited: by other papers, by the minutes, by links. A number never changes in the council's
system; if it is another one in the register, one of the two was wrong, and who looks for the old one must learn that.
A number that was unknown may become known.

Put the number back. If it was wrong, put it right and enter the old one under `corrections:`. If it is another paper,
give that a file of its own.

Wrong:

    # data/decisions/bs/24-23456.yaml, merged
    number: 24-23456
    kind: Anfrage
    title: Sprechstunden
    date: 2024-06-11
    author: none
    # data/decisions/bs/24-23456.yaml, now
    number: 24-23465
    kind: Anfrage
    title: Sprechstunden
    date: 2024-06-11
    author: none

Right:

    # data/decisions/bs/24-23456.yaml, merged
    number: 24-23456
    kind: Anfrage
    title: Sprechstunden
    date: 2024-06-11
    author: none
    # data/decisions/bs/24-23465.yaml, now
    formerly: [24-23456]
    number: 24-23465
    kind: Anfrage
    title: Sprechstunden
    date: 2024-06-11
    author: none
    corrections:
      - day: 2026-11-22
        of: number
        was: 'number: 24-23456'
        because: two digits were exchanged
        sources: [{note: the paper itself}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.states import folded
from orgreg.diff.amendment import Aspect
from orgreg.model.finding import Finding, Rule
from orgreg.model.registry import PAPERS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.states import States

RULE: Final = Rule("H005", "number-changed")


def check(states: States) -> Iterator[Finding]:
    """A finding for every number that is another one, unless an entry of corrections repeats the old one."""
    for one in states.difference.corrections:
        if one.folder != PAPERS or one.attribute != "number" or one.aspect is not Aspect.VALUE:
            continue
        if one.recorded is None or str(one.before) not in folded(one.recorded.was):
            yield Finding(
                RULE,
                path_of(PAPERS, one.identity),
                f"the paper was merged with the number {one.before}, and no correction says that this was wrong",
                f"put {one.before} back; or, if it was wrong, say so with orgreg correct",
                route=("number",),
                entity=one.identity,
            )
