"""What a life begins with, and what is missing where it begins with less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from orgreg.check.strands import Strand
    from orgreg.model.timeline import Life

BEGINS_WITH: Final = {
    "unit": (("name",), ("kind",), ("parent", "staff_of")),
    "task": (("text",),),
    "post": (("title",),),
    "plan": (("title",),),
    "dimension": (("values", "state"),),
    "step": (("title",),),
}
"""By what lives: the keys of its first day, of each group one."""


def lives(strand: Strand) -> list[Life]:
    """The lives that must begin as lives do, in order.

    What is intended for something in force changes only some of it, so the intended lives count where there is nothing
    in force. An end without a day stands nowhere in a life; it has a finding of its own.
    """
    found = strand.timeline.lives or strand.timeline.intended
    return [life for life in found if len(life.entries) > 1 or life.closing is None or life.closing.since.known]


def missing(strand: Strand, life: Life) -> list[str]:
    """What the first day of the life does not say."""
    said = {key for entry in life.opening for key in entry.values}
    return [group[0] for group in BEGINS_WITH[strand.what] if said.isdisjoint(group)]


def needed(strand: Strand) -> str:
    """What a life of its sort begins with, in words."""
    groups = [" or ".join(group) for group in BEGINS_WITH[strand.what]]
    return ", ".join(groups[:-1]) + " and " + groups[-1] if len(groups) > 1 else groups[0]
