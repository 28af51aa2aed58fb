"""Why the register says something, ready to be told: each reason with its line, its commit and what was corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orgreg.model.finding import Place
    from orgreg.query.why import Reason, Why
    from orgreg.trail.basis import Beginning
    from orgreg.trail.record import Item, Record


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason with the places of its statement and of what confirms it.

    `beginning` is the commit that first recorded the statement; None where git has nothing to say. `corrected` are the
    corrections that the history tells of, the oldest first.
    """

    reason: Reason
    place: Place
    confirmed: tuple[Place, ...]
    beginning: Beginning | None = None
    corrected: tuple[tuple[Record, Item], ...] = ()


@dataclass(frozen=True, slots=True)
class Grounds:
    """All reasons, of one file. `without_git` says why no commit is told."""

    why: Why
    path: str
    grounds: tuple[Ground, ...]
    without_git: str | None = None
