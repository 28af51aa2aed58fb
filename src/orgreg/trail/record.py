"""What one commit recorded, in plain values: so it is told in every format, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Sort(Enum):
    """What an item of the trail is."""

    CHANGE = "change"
    """The city changed, and this was recorded."""
    CORRECTED = "corrected"
    KNOWN = "became known"
    RENAMED = "renamed"
    """A file bears another name; what it tells of is the same."""
    VOCABULARY = "vocabulary"
    """What the cities call things is recorded otherwise."""
    UNREADABLE = "cannot be read"
    """A file is in a state that orgreg does not read; what it says is told of the next state that can be read."""

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One sentence of a commit, with what it is told of.

    `entity` is an identity, of a part with its slug; of the vocabulary the municipality. `others` are the identities
    that it names beside: into what something goes, out of what it comes. `on` is the day as written. `days` are those
    from the day in the city, if that is exact, to the day of recording; less than none for what was recorded before.
    """

    sort: Sort
    folder: str
    entity: str
    sentence: str
    others: tuple[str, ...] = ()
    on: str | None = None
    days: int | None = None
    verb: str | None = None
    """Of a change its verb, of an amendment what of the thing is said otherwise: `value`, `day`, `basis` …"""
    attribute: str | None = None
    word: str | None = None
    """The word of a change of several units."""
    status: str | None = None
    certainty: str | None = None
    doubt: str | None = None
    """How certain it is, as far as the sentence itself does not say that something is not known."""
    decided_by: tuple[str, ...] | str | None = None
    """The deciding papers, `unknown` or `none`; None where nothing is said of a decision."""
    papers: tuple[str, ...] = ()
    because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A commit with what it recorded. `position` counts from the oldest of its line, 0.

    `merged` are the authors of what a merge brought.
    """

    position: int
    commit: str
    time: datetime
    author: str
    merged: tuple[str, ...]
    subject: str
    trailers: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]
