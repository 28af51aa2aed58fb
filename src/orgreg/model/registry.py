"""The register as a value: municipalities with their vocabularies, units, papers and plans at one time of knowing."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol

from orgreg.model.day import ALWAYS, NEVER, Span, day_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from orgreg.model.day import When
    from orgreg.model.paper import Paper
    from orgreg.model.plan import Plan
    from orgreg.model.unit import Unit

UNITS: Final = "units"
PAPERS: Final = "decisions"
PLANS: Final = "actionplans"
"""The folders of `data/`, each `<municipality>/<slug>.yaml` below it."""

_STRUCTURE: Final = frozenset({"name", "code", "kind", "parent", "staff_of"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of unit in a city's own word. Rank 1 is the highest; a body or what is outside has none."""

    name: str
    rank: int | None = None
    codes: tuple[str, ...] = ()
    body: bool = False
    outside: bool = False
    line: bool = True
    own_numbers: bool = False

    @property
    def in_line(self) -> bool:
        """Whether its units stand in the tree of the administration without being asked for."""
        return not self.body and not self.outside

    def fits(self, code: str) -> re.Match[str] | None:
        """The match of the code with the first pattern that it fits; its group `parent` is the parent's code."""
        return next((found for pattern in self.codes if (found := _fitting(pattern, code))), None)


@dataclass(frozen=True, slots=True)
class Era:
    """How papers were numbered from a day on. `year` says whether the first or the last two digits are a year."""

    since: When
    form: str
    year: str | None = None

    def fits(self, number: str) -> bool:
        """Whether a number is written as those of the era are."""
        return _fitting(self.form, number) is not None


def _fitting(pattern: str, text: str) -> re.Match[str] | None:
    # The digits are 0 to 9, as in other readers of such expressions.
    return re.fullmatch(pattern, text, re.ASCII)


@dataclass(frozen=True, slots=True)
class Municipality:
    """One city with its own codes, kinds and paper numbers. `id` is the name of its folders."""

    id: str
    name: str
    land: str | None = None
    time_zone: str | None = None
    ags: str | None = None
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    numbers: tuple[Era, ...] = ()
    asks: frozenset[str] = frozenset()
    """The kinds of its papers that ask and wait for an answer."""
    answers: frozenset[str] = frozenset()
    """The kinds of its papers that answer."""
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)

    def span_of(self, era: Era) -> Span:
        """The days of an era of numbers: until the next one has certainly come, for on that day both may be used."""
        begins = era.since.counts_from
        later = (other.since.settled for other in self.numbers if other.since.counts_from > begins)
        return Span(begins, day_after(min(later, default=NEVER)))


class Beyond(Protocol):
    """What rules and questions ask about all files, where a registry goes only through some of them."""

    def change_after(self, municipality: str, after: date, until: date) -> date | None:
        """A day with a recorded change of units in the municipality, after one day and until another, included."""
        ...

    def newest_change(self, municipality: str) -> date:
        """The last day with a recorded change of units in the municipality; ALWAYS where there is none."""
        ...

    def newest_papers(self) -> Sequence[date]:
        """The last two days on which papers were written, the newer first."""
        ...

    def may_say(self, known: tuple[str, str], word: str) -> bool:
        """Whether a file that cannot be read may hold a word."""
        ...

    def whole(self, municipality: str | None) -> Registry:
        """A registry that goes through all files, or those of one municipality."""
        ...


@dataclass(frozen=True)
class Registry:
    """What the files said at one time. `unreadable` are the identities, by folder, whose files could not be read.

    `beyond` answers for all files, where units, papers and plans are gone through only in part.
    """

    municipalities: Mapping[str, Municipality] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    papers: Mapping[str, Paper] = field(default_factory=dict)
    plans: Mapping[str, Plan] = field(default_factory=dict)
    unreadable: AbstractSet[tuple[str, str]] = frozenset()
    uri: str | None = None
    vocabulary_read: bool = True
    beyond: Beyond | None = None

    def paper_date(self, paper: str) -> When | None:
        """When the paper says it was written, or None where it is not recorded."""
        found = self.papers.get(paper)
        return None if found is None else found.date

    def kind(self, municipality: str, name: object) -> Kind:
        """The city's kind of that name; one that no vocabulary knows stands in the line without a rank."""
        city = self.municipalities.get(municipality)
        known = None if city is None else city.kinds.get(str(name))
        return known or Kind(str(name))

    def asks(self, paper: Paper) -> bool:
        """Whether the paper is of a kind that asks in its city, and so waits for an answer."""
        city = self.municipalities.get(paper.municipality)
        return city is not None and paper.kind in city.asks

    def units_naming(self, identity: str) -> Iterable[Unit]:  # noqa: ARG002 - for who knows what names what
        """The units that may name an identity or a part of it, and itself: more than those only take their time."""
        return self.units.values()

    def papers_naming(self, identity: str) -> Iterable[Paper]:  # noqa: ARG002 - likewise
        """The papers that may name it, likewise."""
        return self.papers.values()

    def plans_naming(self, identity: str) -> Iterable[Plan]:  # noqa: ARG002 - likewise
        """The plans that may name it, likewise."""
        return self.plans.values()

    def is_lost(self, folder: str, identity: str) -> bool:
        """Whether a file of that identity is there and could not be read: nothing may be concluded from its absence."""
        return (folder, identity) in self.unreadable

    def change_after(self, municipality: str, after: date, until: date) -> date | None:
        """A day with a recorded change of units in the municipality, after one day and until another, included."""
        if self.beyond is not None:
            return self.beyond.change_after(municipality, after, until)
        days = self._changes.get(municipality, [])
        found = bisect_right(days, after)
        return days[found] if found < len(days) and days[found] <= until else None

    def newest_change(self, municipality: str) -> date:
        """The last day with a recorded change of units in the municipality; ALWAYS where there is none."""
        if self.beyond is not None:
            return self.beyond.newest_change(municipality)
        days = self._changes.get(municipality)
        return days[-1] if days else ALWAYS

    def newest_papers(self) -> Sequence[date]:
        """The last two days on which papers were written, the newer first; fewer where there are fewer."""
        if self.beyond is not None:
            return self.beyond.newest_papers()
        days = {day for paper in self.papers.values() if (day := paper.date.last_known) is not None}
        return sorted(days, reverse=True)[:2]

    def may_say(self, known: tuple[str, str], word: str) -> bool:
        """Whether a file that cannot be read may hold a word: any may, unless its text is known and has it not."""
        return self.beyond is None or self.beyond.may_say(known, word)

    def whole(self, municipality: str | None = None) -> Registry:
        """The same registry with all files to go through, or at least those of one municipality."""
        return self if self.beyond is None else self.beyond.whole(municipality)

    @cached_property
    def _changes(self) -> dict[str, list[date]]:
        days: dict[str, set[date]] = {}
        for unit in self.units.values():
            days.setdefault(unit.municipality, set()).update(self.changes_of(unit))
        return {municipality: sorted(mine) for municipality, mine in days.items()}

    def changes_of(self, unit: Unit) -> Iterator[date]:
        """The days on which the unit changes, as far as they are known. What stands outside the city has none."""
        if not self._is_outside(unit):
            for life in unit.timeline.lives:
                yield from (entry.counts_from for entry in life.turns(_STRUCTURE) if _happened(entry.since))

    def _is_outside(self, unit: Unit) -> bool:
        kinds = (entry.values.get("kind") for life in unit.timeline.lives for entry in life.opening)
        return any(self.kind(unit.municipality, kind).outside for kind in kinds if kind is not None)


def _happened(since: When) -> bool:
    # What is only heard of by a day (`..b`) or reaches back without end happened on no known day.
    return since.known and since.earliest != ALWAYS


def path_of(folder: str, identity: str) -> str:
    """The path of an identity's file in the register: `data/units/bs/rat.yaml`."""
    return f"data/{folder}/{identity.partition('#')[0]}.yaml"
