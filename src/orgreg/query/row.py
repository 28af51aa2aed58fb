"""A unit on a day as far as a tree shows it: what is kept for every day, and all that planting a tree asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from orgreg.model.certainty import silence, weakest
from orgreg.model.identity import slug_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from orgreg.model.absent import Status
    from orgreg.model.certainty import Attestation, Certainty, Doubt
    from orgreg.model.registry import Kind
    from orgreg.model.timeline import Value

_WEIGHED: Final = frozenset({"existence", "name", "parent", "staff_of"})


class Shown(Protocol):
    """A unit on a day, as far as a tree shows it: a `Standing`, or the `Row` that is kept of one."""

    @property
    def identity(self) -> str:
        """The unit's identity."""
        ...

    @property
    def code(self) -> str | None:
        """The code that it bears, or None where it bears none or it is not known."""
        ...

    @property
    def name(self) -> str:
        """Its name on the day; its slug where no name is known."""
        ...

    @property
    def label(self) -> str:
        """Code and name, as people write it."""
        ...

    @property
    def known_name(self) -> str | None:
        """Its name, where one is known."""
        ...

    @property
    def known_kind(self) -> str | None:
        """Its kind in the city's word, where one is known."""
        ...

    @property
    def kind(self) -> Kind:
        """Its kind."""
        ...

    @property
    def parent(self) -> Value | None:
        """The unit above it, in the line or beside it; unknown, none, or None where nothing is said."""
        ...

    @property
    def status(self) -> Status:
        """Planned or proposed where nothing in force says that it exists."""
        ...

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Why what is shown of it is not simply stated."""
        ...

    @property
    def certainty(self) -> Certainty:
        """The weakest of its existence, name and parent."""
        ...

    @property
    def attested(self) -> Attestation | None:
        """When it was first and last heard of."""
        ...


class Row(NamedTuple):
    """What a tree shows of a unit on a day, and no more."""

    identity: str
    code: str | None
    known_name: str | None
    known_kind: str | None
    kind: Kind
    parent: Value | None
    status: Status
    doubts: tuple[Doubt, ...]
    attested: Attestation | None

    @property
    def name(self) -> str:
        """Its name on the day; its slug where no name is known."""
        return self.known_name or slug_of(self.identity)

    @property
    def label(self) -> str:
        """Code and name, as people write it."""
        return f"{self.code} {self.name}" if self.code else self.name

    @property
    def certainty(self) -> Certainty:
        """The weakest of its existence, name and parent (design, section 3)."""
        return certainty_of(self.doubts)


def certainty_of(doubts: tuple[Doubt, ...]) -> Certainty:
    """The weakest of its existence, name and parent (design, section 3)."""
    return weakest(doubt.certainty for doubt in doubts if doubt.attribute in _WEIGHED)


def on(row: Row, day: date, change_after: Callable[[date, date], date | None]) -> Row:
    """The row on one of its days. `change_after` gives a recorded change after one day and not after another."""
    if row.attested is None or (row.doubts and row.doubts[0].attribute == "existence"):
        return row
    doubt = silence(row.attested, day, change_after)
    return row if doubt is None else row._replace(doubts=(doubt, *row.doubts))
