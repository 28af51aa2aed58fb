"""What makes a finding the same in the next run, though it has moved to another line."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgreg.review.placed import Placed

_PLACE: Final = re.compile(r"\b(?:line|column|byte|at)s? \d+(?:[:,]\d+)?|(?<=\.yaml):\d+(?::\d+)?")
"""A message that speaks of a line says another one when something is written above."""


def fingerprints(placed: Iterable[Placed]) -> list[str]:
    """One for each finding, all different: rule, file, keys and words; of those that agree the how manieth it is.

    Neither lines nor positions in a list are part of it, for an entry written above moves both.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    told = []
    for one in placed:
        found = one.finding
        keys = (str(key) for key in found.route if isinstance(key, str))
        parts = (found.rule.code, found.path, found.entity or "", *keys, _PLACE.sub("", found.message))
        seen[parts] += 1
        told.append(sha256("\0".join((*parts, str(seen[parts]))).encode("utf-8", "backslashreplace")).hexdigest())
    return told
