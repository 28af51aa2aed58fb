"""What is found in the register as it lies here: what the last check found, and again only what became another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from orgreg.store.cache import NoCache

if TYPE_CHECKING:
    from orgreg.review.placed import Placed
    from orgreg.review.results import State
    from orgreg.review.seen import Seen
    from orgreg.store import Files, Named


_FEW: Final = 40
"""Of few files so many may differ: a changed file counts twice, as it was and as it is."""


def checked(files: Named) -> list[Placed]:
    """Every finding in the order of its place: the same with a cache and without."""
    if isinstance(files.cache, NoCache):
        return _wholly(files)
    from orgreg.review.seen import Seen

    seen = Seen(files)
    if not seen.is_whole:
        return _wholly(files)
    from orgreg.review.results import Results

    results = Results(files.cache, seen.names)
    found = results.same()
    if found is None:
        nearest = results.nearest()
        found = None if nearest is None else _again(nearest, seen)
        found = _wholly(seen) if found is None else found
        if seen.is_true:
            results.keep(found)
    return found


def _wholly(files: Files) -> list[Placed]:
    from orgreg.check import check
    from orgreg.load import load
    from orgreg.review.placing import placed

    loaded = load(files)
    return placed([*loaded.findings, *check(loaded.registry)], files)


def _again(before: State, seen: Seen) -> list[Placed] | None:
    """What is found now, by what an earlier check found; None where everything has to be checked."""
    if before.differing > _many(len(seen.names)):
        return None
    from orgreg.review.again import again

    made = again(before.names, [one.finding for one in before.found], seen)
    if made is None:
        return None
    gone = Counter(made.gone)
    stay: list[Placed] = []
    anew = list(made.come.elements())
    for one in before.found:
        if gone and gone[one.finding] > 0:
            gone[one.finding] -= 1
        elif made.differing.isdisjoint((one.finding.path, *(path for path, _ in one.finding.related))):
            stay.append(one)
        else:
            anew.append(one.finding)
    if not anew:
        return stay
    from orgreg.review.placing import placed

    return sorted([*stay, *placed(anew, seen)], key=lambda one: one.order)


def _many(files: int) -> int:
    """Where more than this differs, checking everything takes no longer."""
    return max(_FEW, files // 20)
