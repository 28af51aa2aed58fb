"""A change: what becomes different of one unit, task or post on a day, for one reason; and what belongs together."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from orgreg.model.certainty import Certainty, weakest

if TYPE_CHECKING:
    from datetime import date

    from orgreg.model.certainty import Doubt
    from orgreg.model.day import When
    from orgreg.model.timeline import Absent, Source, Value


class Verb(Enum):
    """What a change does, in the order in which the changes of one day are told."""

    CREATED = "created"
    ATTESTED = "attested"
    REVIVED = "revived"
    SPLIT = "split"
    MERGED = "merged"
    ABSORBED = "absorbed"
    REPLACED = "replaced"
    DISSOLVED = "dissolved"
    LEFT = "left"
    ENDED = "ended"
    MOVED = "moved"
    RENAMED = "renamed"
    RECODED = "recoded"
    REKINDED = "rekinded"
    RELATION = "relation changed"
    TASK = "task transferred"
    POST = "post changed"
    RESTATED = "restated"
    ANNULLED = "annulled"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change. `unit` is an identity, of a task or post with its part.

    `after` is what is said, by attribute. What only serves to tell it (`before`, `code`, `name`, `doubts`) follows from
    the registry and is no part of what makes two changes equal (design, section 5, law 1).
    """

    verb: Verb
    unit: str
    on: When
    word: str | None
    after: tuple[tuple[str, Value], ...]
    into: tuple[str, ...] | Absent | None = None
    out_of: tuple[str, ...] | Absent | None = None
    decided_by: tuple[str, ...] | Absent | None = None
    sources: tuple[Source, ...] = ()
    before: tuple[tuple[str, Value], ...] = field(default=(), compare=False)
    code: str | None = field(default=None, compare=False)
    name: str = field(default="", compare=False)
    doubts: tuple[Doubt, ...] = field(default=(), compare=False)

    @property
    def day(self) -> date:
        """The first day on which it counts."""
        return self.on.counts_from

    @property
    def certainty(self) -> Certainty:
        """The weakest of what is said of it."""
        return weakest(doubt.certainty for doubt in self.doubts)

    @property
    def label(self) -> str:
        """Code and name: those before the change, or the new ones of what was created."""
        return f"{self.code} {self.name}" if self.code else self.name

    @property
    def papers(self) -> tuple[str, ...]:
        """The papers that tell it, each once, in the order of the sources."""
        return tuple(dict.fromkeys(source.paper for source in self.sources if source.paper is not None))


@dataclass(frozen=True, slots=True)
class Occasion:
    """The changes of one day that belong together: under one `change:` word, or of one unit."""

    day: date
    word: str | None
    changes: tuple[Change, ...]

    @property
    def decided_by(self) -> tuple[str, ...]:
        """The papers that decided any of it, each once."""
        named = [one for change in self.changes if isinstance(change.decided_by, tuple) for one in change.decided_by]
        return tuple(dict.fromkeys(named))

    @property
    def papers(self) -> tuple[str, ...]:
        """The papers that tell any of it, each once."""
        return tuple(dict.fromkeys(paper for change in self.changes for paper in change.papers))
