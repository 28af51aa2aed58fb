"""What a change comes to: entries to be added, files to be begun, and the answers where nothing is to be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgreg.model.day import When
    from orgreg.model.finding import Route
    from orgreg.model.paper import Paper
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
class Proposal:
    """What is to be written. `remarks` are what the person should know, such as what still refers to an ended unit."""

    drafts: tuple[Draft, ...] = ()
    papers: tuple[NewPaper, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a change is refused, and the way out."""

    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """The register says so already; nothing is to be done."""

    sentence: str


Answer = Proposal | Objection | Recorded


@dataclass(frozen=True, slots=True)
class Values:
    """What an entry is to say, and with which reservations."""

    values: Mapping[str, Value] = field(default_factory=dict)
    inferred: Mapping[str, str] = field(default_factory=dict)
