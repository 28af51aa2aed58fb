"""A timeline is a list of entries: a day, what became different, who says so; from it follow lives and values."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.model.absent import Absent as Absent  # noqa: PLC0414 - asked for here too
from orgreg.model.absent import Status as Status  # noqa: PLC0414 - asked for here too
from orgreg.model.day import NEVER, Span, When

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Membership:
    """Members given by a rule in the source's words, not by name."""

    rule: str

    def __str__(self) -> str:
        return self.rule


@dataclass(frozen=True, slots=True)
class Contact:
    """How a unit is reached: pairs of what (`visit`, `post`, `phone` …) and where, in the order of the file."""

    ways: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return "; ".join(f"{way}: {where}" for way, where in self.ways)


@dataclass(frozen=True, slots=True)
class Due:
    """When a step is due: the day, the source's words for it, and how firmly it is meant."""

    day: When
    wording: str | None
    modality: str | None

    def __str__(self) -> str:
        return str(self.day)


Several = tuple["str | Membership", ...]
Value = str | int | bool | Absent | Contact | Due | When | Several
"""What a statement may say. References are identities: `bs/rat`, `bs/sozialreferat#referatsleitung`."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so: a paper (None: the paper in whose file it stands), its words, and the day that they speak of."""

    paper: str | None
    quote: str | None = None
    attests: When | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """What another source says instead. With `because` the entry's own value is preferred; both stay shown.

    One that names only another decision (`decided_by`) makes no value disputed.
    """

    values: Mapping[str, Value]
    since: When | None
    sources: tuple[Source, ...]
    because: str | None = None
    decided_by: tuple[str, ...] | Absent | None = None


@dataclass(frozen=True, slots=True)
class Annulment:
    """The withdrawal of a decided future: the entry counts on no day."""

    day: When
    by: str | None
    because: str | None


ONCE: Final = frozenset({"ended", "into", "out_of"})
"""Values that speak for their entry only; all others carry on until stated again."""

EXCLUSIVE: Final = {"staff_of": "parent", "parent": "staff_of"}
"""A unit stands under another or beside it: stating the one ends the other. Of both at once, `staff_of` holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What became different on a day, and who says so. `position` is its place in the file's list, from 0."""

    since: When
    values: Mapping[str, Value]
    sources: tuple[Source, ...] = ()
    status: Status = Status.IN_FORCE
    change: str | None = None
    wording: str | None = None
    inferred: Mapping[str, str] = field(default_factory=dict)
    also: tuple[Alternative, ...] = ()
    decided_by: tuple[str, ...] | Absent | None = None
    because: str | None = None
    note: str | None = None
    annulled: Annulment | None = None
    position: int = 0

    @property
    def counts_from(self) -> date:
        """The first day on which it counts."""
        return self.since.counts_from

    @property
    def ends(self) -> bool:
        """Whether the life ends with it; its day is the first day without."""
        return "ended" in self.values


def _order(entry: Entry) -> tuple[object, ...]:
    # Only the day matters; the rest makes the order of the file not matter.
    stated = sorted((key, str(value)) for key, value in entry.values.items())
    return (entry.counts_from, entry.ends, entry.since.latest, entry.since.text, stated)


def _closes(entry: Entry) -> bool:
    # The successors of an end may stand in an entry of their own, for they may have other sources.
    return entry.ends or entry.values.keys() == {"into"}


class Held(NamedTuple):
    """A value on a day: the entry that states it last, the one that stated it first, since when without a break."""

    attribute: str
    value: Value
    entry: Entry
    begun_by: Entry

    @property
    def since(self) -> date:
        """The first day on which it is held, without a break until now."""
        return self.begun_by.counts_from


@dataclass(frozen=True, slots=True)
class Life:
    """One life: from its opening to the first day without it. Entries in the order in which they count."""

    entries: tuple[Entry, ...]
    span: Span

    @property
    def opening(self) -> tuple[Entry, ...]:
        """The entries of the first day: all that the life begins with."""
        return tuple([entry for entry in self.entries if entry.counts_from == self.span.start])

    @property
    def closing(self) -> Entry | None:
        """The entry that ends it."""
        return self.entries[-1] if self.entries[-1].ends else None

    def held(self, day: date) -> dict[str, Held]:
        """Every value on the day, by attribute. A value that is repeated is confirmed: it is held since the first."""
        held: dict[str, Held] = {}
        for entry in self.entries:
            if entry.counts_from > day:
                break
            _take(held, entry)
        return held

    def runs(self, *attributes: str) -> Iterator[tuple[Span, Held]]:
        """The values of some attributes with their days, each in order; a confirmed value is one run."""
        wanted = frozenset(attributes) - ONCE
        held: dict[str, Held] = {}
        for entry in self.entries:
            day, given_up = entry.counts_from, _given_up(entry)
            if given_up in held:
                yield from _until(day, held.pop(given_up))
            for attribute, value in entry.values.items():
                if attribute not in wanted or attribute == given_up:
                    continue
                before = held.get(attribute)
                if before is not None and before.value == value:
                    held[attribute] = before._replace(entry=entry)
                    continue
                if before is not None:
                    yield from _until(day, before)
                held[attribute] = Held(attribute, value, entry, entry)
        for last in held.values():
            yield from _until(self.span.end, last)

    def turns(self, attributes: Collection[str]) -> Iterator[Entry]:
        """The entries that begin or end the life or change one of the attributes; what only confirms is left out."""
        held: dict[str, Held] = {}
        for entry in self.entries:
            _take(held, entry, attributes)
            begun = (held[attribute].since for attribute in entry.values if attribute in held)
            if entry.ends or entry.counts_from in begun:
                yield entry


def _take(held: dict[str, Held], entry: Entry, only: Collection[str] | None = None) -> None:
    for attribute, value in entry.values.items():
        if attribute in ONCE or (only is not None and attribute not in only):
            continue
        before = held.get(attribute)
        begun_by = before.begun_by if before is not None and before.value == value else entry
        held[attribute] = Held(attribute, value, entry, begun_by)
    given_up = _given_up(entry)
    if given_up is not None:
        held.pop(given_up, None)


def _given_up(entry: Entry) -> str | None:
    """The place that the entry ends by stating the other one."""
    for attribute, other in EXCLUSIVE.items():
        if attribute in entry.values:
            return other
    return None


def _until(day: date, held: Held) -> Iterator[tuple[Span, Held]]:
    """The days on which a value was held; none where it was replaced on its first day."""
    if held.since < day:
        yield Span(held.since, day), held


@dataclass(frozen=True)
class Timeline:
    """Entries in any order; what counts on a day follows from their days alone."""

    entries: tuple[Entry, ...]

    @cached_property
    def lives(self) -> tuple[Life, ...]:
        """The lives of what is in force, in order."""
        return _lives(self._counting(Status.IN_FORCE))

    @cached_property
    def intended(self) -> tuple[Life, ...]:
        """The lives of what is planned or proposed only, in order."""
        return _lives(self._counting(Status.PLANNED, Status.PROPOSED))

    @cached_property
    def refused(self) -> tuple[Entry, ...]:
        """What was asked for and not created; it is told of, and is in no tree."""
        return tuple(sorted((e for e in self.entries if e.status is Status.NOT_CREATED), key=_order))

    def _counting(self, *statuses: Status) -> list[Entry]:
        return [entry for entry in self.entries if entry.annulled is None and entry.status in statuses]

    def life_on(self, day: date) -> Life | None:
        """The life in force on the day, or None."""
        return next((life for life in self.lives if life.span.holds(day)), None)

    def intended_on(self, day: date) -> Life | None:
        """The planned or proposed life on the day, or None."""
        return next((life for life in self.intended if life.span.holds(day)), None)


_COUNTS_FROM: Final = attrgetter("since.counts_from")


def _lives(counting: list[Entry]) -> tuple[Life, ...]:
    if not counting:
        return ()
    ordered = _in_order(counting)
    if not any(entry.ends for entry in ordered):
        return (Life(tuple(ordered), Span(ordered[0].counts_from, NEVER)),)
    lives: list[Life] = []
    current: list[Entry] = []
    for day, group in groupby(ordered, _COUNTS_FROM):
        today = list(group)
        if any(entry.ends for entry in today):
            # An end comes before what begins on its day, unless nothing has begun yet that it could end.
            closing = [entry for entry in today if _closes(entry)]
            today = [entry for entry in today if not _closes(entry)]
            if not current:
                current, today = today, []
            current += closing
            lives.append(Life(tuple(current), Span(current[0].counts_from, day)))
            current = []
        current += today
    if current:
        lives.append(Life(tuple(current), Span(current[0].counts_from, NEVER)))
    return tuple(lives)


def _in_order(entries: list[Entry]) -> list[Entry]:
    several = len(set(map(_COUNTS_FROM, entries))) < len(entries)
    return sorted(entries, key=_order if several else _COUNTS_FROM)
