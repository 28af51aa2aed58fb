"""How findings say things: references as the file writes them, days, lists of words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from orgreg.model.day import ALWAYS
from orgreg.model.unit import municipality_of, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from orgreg.model.timeline import Timeline

EVER: Final = "as far back as is recorded"
"""What is said in place of a day where something has no known beginning."""


def short(identity: str, municipality: str) -> str:
    """A reference as a file of the municipality writes it: the own municipality left out."""
    return slug_of(identity) if municipality_of(identity) == municipality else identity


def on(day: date) -> str:
    """The day with its preposition."""
    return EVER if day == ALWAYS else f"on {day.isoformat()}"


def since(day: date) -> str:
    """The day from which on something is so."""
    return EVER if day == ALWAYS else f"from {day.isoformat()}"


def joined(words: Iterable[str]) -> str:
    """Words in a row, the last after „and“."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def times(count: int) -> str:
    """How often the same is found in a file, where it is more than once."""
    return "" if count == 1 else f" (named {count} times in this file)"


def absence(timeline: Timeline) -> str:
    """Why something that has no life in force has none."""
    return "is only intended" if timeline.intended else "never was"


def form(*patterns: str) -> str:
    """What a code or number looks like: its patterns, without the names of their groups."""
    return " or ".join(re.sub(r"\(\?P<\w+>", "(", pattern) for pattern in patterns)
