"""What a change comes to: entries to be added, files to be begun, and the answers where nothing is to be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from orgreg.model.unit import slug_of

if TYPE_CHECKING:
    from datetime import date

    from orgreg.model.day import When
    from orgreg.model.finding import Route
    from orgreg.model.paper import Paper
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Absent, Entry, Source, Value


@dataclass(frozen=True, slots=True)
class Basis:
    """What a change stands on: its day, who decided it, who says so, and the word that holds several units together."""

    since: When
    sources: tuple[Source, ...] = ()
    decided_by: tuple[str, ...] | Absent | None = None
    because: str | None = None
    word: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What a change is decided in: the register as it is, and what the change stands on."""

    registry: Registry
    basis: Basis

    @property
    def day(self) -> date:
        """The first day on which it counts."""
        return self.basis.since.counts_from

    def together(self, identity: str) -> Case:
        """The case of a change of several units: under the word given, else under the unit and the day."""
        word = self.basis.word or f"{slug_of(identity)}-{self.day.isoformat()}"
        return replace(self, basis=replace(self.basis, word=word))


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be added to a timeline. `route` leads to the timeline in the file; a file not there yet is begun."""

    folder: str
    identity: str
    route: Route
    entry: Entry


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper to be recorded."""

    paper: Paper


@dataclass(frozen=True, slots=True)
class Righting:
    """A value to be put right in the entries of a timeline that state it, by their positions, as of `today`.

    A paper has no timeline: its route and its positions are empty, and the value is that of its own key. Why the lost
    value was concluded goes with it, and `reason` comes in its place; `same` where what was concluded stays.
    """

    folder: str
    identity: str
    route: Route
    positions: tuple[int, ...]
    attribute: str
    value: Value
    basis: Basis
    today: date
    reason: str | None = None
    same: bool = False

    @property
    def places(self) -> tuple[Route, ...]:
        """The routes of the values in the file."""
        if not self.route:
            return ((self.attribute,),)
        return tuple((*self.route, position, self.attribute) for position in self.positions)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be written. `remarks` are what the person should know, such as what still refers to an ended unit."""

    drafts: tuple[Draft, ...] = ()
    papers: tuple[NewPaper, ...] = ()
    rightings: tuple[Righting, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a change is refused, and the way out."""

    reason: str
    remedy: str


PUT_RIGHT: Final = "see orgreg check, and put it right first"
"""The way out where a file cannot be read."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The register says so already; nothing is to be done."""

    sentence: str


Answer = Proposal | Objection | Recorded
