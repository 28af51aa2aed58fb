"""The few words beside a name that say what is not simply stated of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.formats.days import since
from orgreg.model.absent import Absent, Status
from orgreg.model.certainty import Certainty

if TYPE_CHECKING:
    from orgreg.model.certainty import Doubt
    from orgreg.query.relations import Relation
    from orgreg.query.row import Shown

ASIDE: Final = "⇢"
"""The sign of what ties a unit to another beside the line."""

_SHOWN: Final = frozenset({"existence", "name", "code", "parent", "staff_of"})


def marks(standing: Shown | None) -> list[str]:
    """What stands beside the unit in a tree: doubts of what is shown there. An unknown parent shows by its place."""
    if standing is None:
        return []
    if not standing.doubts and standing.status is Status.IN_FORCE:
        return []
    told = [] if standing.status is Status.IN_FORCE else [standing.status.value]
    for doubt in standing.doubts:
        apart = doubt.certainty is Certainty.UNKNOWN and standing.parent is Absent.UNKNOWN
        if doubt.attribute in _SHOWN and not (doubt.attribute == "parent" and apart):
            told.append(in_brief(doubt))
    return told


def in_brief(doubt: Doubt) -> str:
    """The few words for one doubt."""
    if doubt.brief is not None:
        return doubt.brief
    if doubt.attribute == "existence" and doubt.day is not None:
        return f"{since(doubt.day)}{' inferred' if doubt.day.exact else ''}"
    return f"{doubt.attribute} {doubt.certainty}"


def relation(one: Relation) -> str:
    """What a unit says beside the line, in words: „steers“, „agrees with“."""
    return one.attribute.replace("_", " ")


def relation_marks(one: Relation, standing: Shown) -> list[str]:
    """What stands beside a relation; of a unit that is itself not in force, that is said of the unit."""
    doubt = one.fact.doubt
    quiet = doubt is None or doubt.certainty is Certainty.UNKNOWN or standing.status is not Status.IN_FORCE
    return [] if quiet or doubt is None else [in_brief(doubt)]
