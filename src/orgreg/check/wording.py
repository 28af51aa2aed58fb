"""How findings say things: references as the file writes them, days, lists of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.model.day import ALWAYS
from orgreg.model.unit import municipality_of, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


def short(identity: str, municipality: str) -> str:
    """A reference as a file of the municipality writes it: the own municipality left out."""
    return slug_of(identity) if municipality_of(identity) == municipality else identity


def on(day: date) -> str:
    """The day with its preposition."""
    return "on the first day of all" if day == ALWAYS else f"on {day.isoformat()}"


def since(day: date) -> str:
    """The day from which on something is so."""
    return "without a known beginning" if day == ALWAYS else f"from {day.isoformat()}"


def joined(words: Iterable[str]) -> str:
    """Words in a row, the last after „and“."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def more(count: int, where: str) -> str:
    """How often the same is found again."""
    return "" if count == 0 else f", and {count} more time{'' if count == 1 else 's'} {where}"
