"""A change: what becomes different of one unit, task or post on a day, for one reason; and what belongs together."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

from orgreg.model.certainty import Certainty, weakest
from orgreg.model.timeline import Absent, Status
from orgreg.model.unit import municipality_of, whole_of

if TYPE_CHECKING:
    from datetime import date

    from orgreg.model.certainty import Doubt
    from orgreg.model.day import When
    from orgreg.model.timeline import Source, Value

References = tuple[str, ...] | Absent


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
    RESTATED = "restated"
    TASK = "task transferred"
    POST = "post changed"
    ANNULLED = "annulled"

    def __str__(self) -> str:
        return self.value


BEGINNINGS: Final = frozenset({Verb.CREATED, Verb.ATTESTED, Verb.REVIVED})
"""With these a life begins, or is first heard of."""

ENDS: Final = frozenset({Verb.SPLIT, Verb.MERGED, Verb.ABSORBED, Verb.REPLACED, Verb.DISSOLVED, Verb.LEFT, Verb.ENDED})
"""With these a life ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change. `unit` is an identity, of a task or post with its part.

    `after` is what is said, by attribute; `ended` how a task or post ends. What only serves to tell it (`before`,
    `code`, `name`, `doubts`) follows from the registry and is no part of what makes two changes equal (design,
    section 5, law 1).
    """

    verb: Verb
    unit: str
    on: When
    word: str | None = None
    status: Status = Status.IN_FORCE
    after: tuple[tuple[str, Value], ...] = ()
    ended: str | None = None
    into: References | None = None
    out_of: References | None = None
    decided_by: References | None = None
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
    def municipality(self) -> str:
        """The municipality in which it is."""
        return municipality_of(self.changes[0].unit)

    @property
    def units(self) -> tuple[str, ...]:
        """The units that it touches, each once."""
        return tuple(dict.fromkeys(whole_of(change.unit) for change in self.changes))

    @property
    def on(self) -> When:
        """The day as written, by the change that knows it best."""
        return next((change.on for change in self.changes if change.on.exact), self.changes[0].on)

    @property
    def decided_by(self) -> References | None:
        """The papers that decided any of it, each once; else what is said of a decision, or None."""
        said = [change.decided_by for change in self.changes]
        papers = dict.fromkeys(one for some in said if isinstance(some, tuple) for one in some)
        return tuple(papers) or next((one for one in said if isinstance(one, Absent)), None)

    @property
    def papers(self) -> tuple[str, ...]:
        """The papers that tell any of it, each once."""
        return tuple(dict.fromkeys(paper for change in self.changes for paper in change.papers))
