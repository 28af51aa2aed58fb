"""What a life begins with, and what is missing where it begins with less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.check.once import once
from orgreg.check.strands import strands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.strands import Strand
    from orgreg.model.registry import Registry
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


class Opening(NamedTuple):
    """The first day of a life that begins with less, the life before it, if there was one, and what is missing."""

    strand: Strand
    before: Life | None
    life: Life
    lacking: list[str]


@once
def incomplete(registry: Registry) -> tuple[Opening, ...]:
    """The first days on which something is missing."""
    return tuple(_incomplete(registry))


def _incomplete(registry: Registry) -> Iterator[Opening]:
    for strand in strands(registry):
        lives = _lives(strand)
        for before, life in zip((None, *lives), lives, strict=False):
            if lacking := _missing(strand, life):
                yield Opening(strand, before, life, lacking)


def _lives(strand: Strand) -> list[Life]:
    """The lives that must begin as lives do, in order.

    What is intended for something in force changes only some of it, so the intended lives count where there is nothing
    in force. An end without a day stands nowhere in a life; it has a finding of its own.
    """
    found = strand.timeline.lives or strand.timeline.intended
    return [life for life in found if life.closing is None or life.closing.since.known or len(life.entries) > 1]


def _missing(strand: Strand, life: Life) -> list[str]:
    said = set().union(*(entry.values for entry in life.opening))
    return [group[0] for group in BEGINS_WITH[strand.what] if said.isdisjoint(group)]


def needed(strand: Strand) -> str:
    """What a life of its sort begins with, in words."""
    groups = [" or ".join(group) for group in BEGINS_WITH[strand.what]]
    return ", ".join(groups[:-1]) + " and " + groups[-1] if len(groups) > 1 else groups[0]
