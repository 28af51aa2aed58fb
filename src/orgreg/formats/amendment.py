"""How a difference between two states is told to people, whatever the format: its headings, and what stands beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.diff.amendment import Aspect
from orgreg.model.unit import slug_of
from orgreg.query.wording import moment

if TYPE_CHECKING:
    from orgreg.diff.amendment import Amendment, Difference

CHANGED: Final = "What changed in the city"
CORRECTED: Final = "What was corrected"
KNOWN: Final = "What became known"
VOCABULARY: Final = "What registry.yaml says otherwise"
_NOTHING: Final = "nothing that the register says became different"


def nothing(found: Difference) -> str:
    """That nothing became different, as far as that can be said."""
    return f"{_NOTHING} in what could be compared" if found.uncompared else _NOTHING


def told_of(one: Amendment) -> str:
    """When its correction was recorded, and which papers tell it, where the sentence does not name them."""
    told = [] if one.recorded is None else [f"recorded {moment(one.recorded.day)}"]
    papers = [slug_of(paper) for paper in one.papers if paper != one.identity]
    told += papers if one.aspect is not Aspect.BASIS else []
    return ", ".join(told)
