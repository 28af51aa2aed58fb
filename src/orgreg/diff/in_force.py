"""A difference without what is only planned or proposed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from orgreg.model.change import Occasion
from orgreg.model.timeline import Status

if TYPE_CHECKING:
    from orgreg.diff.amendment import Difference


def in_force(found: Difference) -> Difference:
    """Only what is told of what is in force, or was before."""
    told = [(one, tuple(each for each in one.changes if each.status is Status.IN_FORCE)) for one in found.occasions]
    return replace(
        found,
        occasions=tuple(Occasion(one.day, one.word, changes) for one, changes in told if changes),
        corrections=tuple(one for one in found.corrections if not one.is_intended),
        known=tuple(one for one in found.known if not one.is_intended),
    )
