"""The few words beside a name that say what is not simply stated of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.model.certainty import Certainty
from orgreg.model.timeline import Absent, Status

if TYPE_CHECKING:
    from orgreg.query.standing import Standing

_SHOWN: Final = frozenset({"existence", "name", "code", "parent", "staff_of"})


def marks(standing: Standing | None) -> list[str]:
    """What stands beside the unit in a tree: doubts of what the tree shows of it. An unknown parent shows by its place."""
    if standing is None:
        return []
    told = [] if standing.status is Status.IN_FORCE else [standing.status.value]
    for doubt in standing.doubts:
        apart = doubt.certainty is Certainty.UNKNOWN and standing.parent is Absent.UNKNOWN
        if doubt.attribute in _SHOWN and not (doubt.attribute == "parent" and apart):
            told.append(doubt.mark)
    return told
