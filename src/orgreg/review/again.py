"""Checking a register again after a few files became others: what is found no more, and what is found now.

It is exact or it is None: then everything has to be checked. Both states are gone through as `orgreg.check.reach`
tells, and with them the files whose old findings say something that can change with any file: the example that a
message gives, the place in another file that a finding points to.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.check import check
from orgreg.load import REGISTRY, kind_of
from orgreg.review.memory import known_of
from orgreg.review.parts import CIRCLE, parts_of, views_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from orgreg.diff.shelves import Known
    from orgreg.model.finding import Finding
    from orgreg.review.memory import Parts
    from orgreg.review.seen import Seen

_GUESSING: Final = frozenset({"U001", "T003"})
"""What they suggest is guessed from all names and words of the register."""
_QUOTING: Final = frozenset({"V002", "P001"})
"""They quote another file as an example."""


class Again(NamedTuple):
    """What is found no more and what is found now, each as often as it is; and the keys of the files that differ."""

    gone: Counter[Finding]
    come: Counter[Finding]
    differing: frozenset[str]


def again(there: Mapping[str, str], old: Collection[Finding], now: Seen) -> Again | None:
    """What differs from the findings of an earlier state, whose bytes had these names by key."""
    if any(one.rule.code in _GUESSING for one in old):
        return None
    parts = parts_of(there, None, now)
    views = None if parts is None else views_of(parts, _depending(parts, old))
    if parts is None or views is None:
        return None
    was, found = Counter(check(views.before)), Counter(check(views.after))
    gone, come = was - found, found - was
    if any(one.rule.code in {CIRCLE, *_GUESSING} for one in (*gone, *come)) or (gone and gone - Counter(old)):
        return None
    return Again(gone, come, parts.differing)


def _depending(parts: Parts, old: Iterable[Finding]) -> set[Known]:
    """The files whose findings may read otherwise, though what is found is the same."""
    found: set[str] = set()
    for one in old:
        related = {path for path, _ in one.related}
        if one.rule.code in _QUOTING or not parts.differing.isdisjoint({one.path, *related}):
            found |= {one.path, *related}
    return {known_of(key) for key in found & parts.same if key != REGISTRY and kind_of(key) is not None}
