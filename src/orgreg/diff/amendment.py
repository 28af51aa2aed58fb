"""The words of a difference: amendments, files that bear another name, and all of it as one value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from orgreg.diff.statements import IN_FORCE

if TYPE_CHECKING:
    from collections.abc import Hashable

    from orgreg.diff.statements import Statement
    from orgreg.diff.vocabulary import Worded
    from orgreg.model.change import Occasion
    from orgreg.model.day import When
    from orgreg.model.unit import Correction


class Sort(Enum):
    """Whether something that was said is said no more, or more is said. Neither is a change of the city."""

    CORRECTED = "corrected"
    KNOWN = "became known"


class Aspect(Enum):
    """What of a thing is said otherwise. The sentence depends on it."""

    RECORDED = "recorded"
    """It was not told before: a paper, a plan, a step, a report, a confirmation."""
    VALUE = "value"
    DAY = "day"
    """The same is told of another day, or of a sharper one."""
    BASIS = "basis"
    """The same is told on the same day, but by others or with other remarks: sources, quotes, decision, reason."""
    WITHDRAWN = "withdrawn"
    """It was told, and is told no more."""
    SLUG = "slug"
    """A task, post, step or dimension stands under another slug in its file."""
    NOTED = "noted"
    """A new entry of `corrections:` that speaks of nothing that differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What the register says otherwise than before of a thing that it told already, or what became known of it.

    `identity` is that of the file as it is called now, `part` the task, post, step or dimension of it. `attribute` is
    None for the whole file, part or entry. `on` is the day as written now, else as it was; None for what is said of no
    day. `before` and `after` are the values, for `DAY` the days, of one attribute, for `SLUG` the routes of the part;
    None where nothing was or is said.
    """

    sort: Sort
    aspect: Aspect
    folder: str
    identity: str
    part: str | None = None
    attribute: str | None = None
    on: When | None = None
    before: Hashable = None
    after: Hashable = None
    whole: bool = False
    """Whether the whole file or part is new, or gone."""
    lost: tuple[Statement, ...] = ()
    """The statements of the earlier state that are gone, as they read with the names of today."""
    gained: tuple[Statement, ...] = ()
    """The statements that the later state has instead, or besides."""
    recorded: Correction | None = None
    """The entry of the file's own `corrections:` that explains it."""
    papers: tuple[str, ...] = ()
    """The papers that tell it and were not told of before, each once."""
    inferred: str | None = None
    """Why it is only concluded, where nobody says so."""

    @property
    def status(self) -> str:
        """Whether what it is about is in force, planned, proposed or not created, as it is told now."""
        told = [one.status for some in (self.gained, self.lost) for one in some if one.said is not None]
        return told[0] if told else IN_FORCE

    @property
    def is_intended(self) -> bool:
        """Whether all of it is, and was, only planned or proposed, or is not created."""
        told = {one.status for one in (*self.gained, *self.lost) if one.said is not None}
        return len(told) == 1 and IN_FORCE not in told

    @property
    def because(self) -> str | None:
        """Why it was wrong, as the file's own `corrections:` say it."""
        return None if self.recorded is None else self.recorded.because

    @property
    def entity(self) -> str:
        """The identity of what is spoken of, of a part with its slug: `bs/rat#vorsitz`."""
        return self.identity if self.part is None else f"{self.identity}#{self.part}"


@dataclass(frozen=True, slots=True)
class Renamed:
    """A file that bears another name, as its `formerly:` says: nothing else is different by that."""

    folder: str
    before: str
    after: str
    lost: tuple[Statement, ...] = ()
    """What it said before of its former names."""
    gained: tuple[Statement, ...] = ()
    """What it says now of its former names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All that differs between two states. Every statement that is lost or gained belongs to exactly one item of it.

    `occasions` are the changes of the city that are newly told, as the later state tells them, also what is only
    planned; the statements behind them are in `lost` and `gained`, beside those of the amendments.
    """

    occasions: tuple[Occasion, ...] = ()
    corrections: tuple[Amendment, ...] = ()
    known: tuple[Amendment, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    lost_for_changes: tuple[Statement, ...] = ()
    """What changes of the city took the place of: something that was planned and came, or was withdrawn."""
    gained_by_changes: tuple[Statement, ...] = ()
    """The statements that tell the occasions."""
    uncompared: tuple[tuple[str, str], ...] = ()
    """Folder and identity of files that cannot be read in one of the two states: nothing is concluded from that."""
    vocabulary: tuple[Worded, ...] = ()
    """What registry.yaml says otherwise."""

    def __bool__(self) -> bool:
        return bool(self.occasions or self.corrections or self.known or self.renamed or self.vocabulary)

    @property
    def amendments(self) -> tuple[Amendment, ...]:
        """Corrections, then what became known."""
        return (*self.corrections, *self.known)

    @property
    def lost(self) -> tuple[Statement, ...]:
        """Every statement that is gone, as it reads with the names of today."""
        items: tuple[Renamed | Amendment, ...] = (*self.renamed, *self.amendments)
        return (*self.lost_for_changes, *(one for item in items for one in item.lost))

    @property
    def gained(self) -> tuple[Statement, ...]:
        """Every statement that is new."""
        items: tuple[Renamed | Amendment, ...] = (*self.renamed, *self.amendments)
        return (*self.gained_by_changes, *(one for item in items for one in item.gained))
