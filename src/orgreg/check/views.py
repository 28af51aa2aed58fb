"""Registries that go through some files only and give every other one by its identity, as `reach` needs them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from orgreg.model.day import ALWAYS
from orgreg.model.registry import PAPERS, PLANS, UNITS, Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import date

    from orgreg.check.unchanged import Unchanged
    from orgreg.diff.shelves import Known

_T = TypeVar("_T")


class Layers:
    """A state as two layers: the files that both states have, and those in which they differ.

    `same` gives every unchanged file by its identity, and `mine` has the files of D, as this state has them.
    """

    def __init__(self, same: Registry, mine: Registry, differing: Collection[Known], days: Days) -> None:
        self.same, self.mine, self.differing, self.days = same, mine, frozenset(differing), days

    def view(self, through: Collection[Known], everything: Callable[[str | None], Registry]) -> Registry:
        """The state, of which only these files are gone through. `everything` reads it as a whole."""
        return Registry(
            municipalities=self.mine.municipalities,
            units=_Shelf(self, UNITS, self.same.units, self.mine.units, through),
            papers=_Shelf(self, PAPERS, self.same.papers, self.mine.papers, through),
            plans=_Shelf(self, PLANS, self.same.plans, self.mine.plans, through),
            unreadable=_Lost(self.same.unreadable, through),
            uri=self.mine.uri,
            vocabulary_read=self.mine.vocabulary_read,
            beyond=_Beyond(self, everything),
        )


class _Shelf(Mapping[str, _T]):
    def __init__(
        self,
        layers: Layers,
        folder: str,
        same: Mapping[str, _T],
        mine: Mapping[str, _T],
        through: Collection[Known],
    ) -> None:
        self._layers, self._folder, self._same, self._mine = layers, folder, same, mine
        self._through = sorted(identity for where, identity in through if where == folder)
        self._found: dict[str, _T | None] = {}

    def __getitem__(self, identity: str) -> _T:
        found = self._looked_up(identity)
        if found is None:
            raise KeyError(identity)
        return found

    def get(self, identity: str, default: Any = None) -> Any:  # noqa: ANN401 - as a mapping has it
        found = self._looked_up(identity)
        return default if found is None else found

    def __contains__(self, identity: object) -> bool:
        # Of an unchanged file it is enough that it lies there. One that cannot be read is the same in both states.
        known = (self._folder, str(identity))
        return identity in self._mine if known in self._layers.differing else known in self._layers.days.unchanged

    def __iter__(self) -> Iterator[str]:
        return iter(self._there)

    def __len__(self) -> int:
        return len(self._there)

    @cached_property
    def _there(self) -> Sequence[str]:
        return [identity for identity in self._through if self._looked_up(identity) is not None]

    def _looked_up(self, identity: str) -> _T | None:
        # Rules ask for the same again and again, and each layer asks whoever has the files.
        if identity not in self._found:
            differs = (self._folder, identity) in self._layers.differing
            self._found[identity] = (self._mine if differs else self._same).get(identity)
        return self._found[identity]


class _Lost(AbstractSet["Known"]):
    """What cannot be read: what a wrong name was meant to be, and unchanged files that are gone through."""

    def __init__(self, same: AbstractSet[Known], through: Collection[Known]) -> None:
        self._same, self._through = same, through

    def __contains__(self, known: object) -> bool:
        return known in self._same

    def __iter__(self) -> Iterator[Known]:
        return iter(self._lost)

    def __len__(self) -> int:
        return len(self._lost)

    @cached_property
    def _lost(self) -> Sequence[Known]:
        return [*self._same, *(known for known in sorted(self._through) if known in self._same)]


class Days:
    """The days that may stand in unchanged files, and what of them is so, found out one by one."""

    def __init__(self, unchanged: Unchanged, same: Registry) -> None:
        self.unchanged, self._same = unchanged, same
        self._changes: dict[str, frozenset[date]] = {}
        self._standing: dict[str, Mapping[date, Collection[str]]] = {}
        self._sorted: dict[str, Sequence[date]] = {}

    def changes_of(self, identity: str) -> frozenset[date]:
        """The days on which a unit changes; none where its file cannot be read."""
        if identity not in self._changes:
            unit = self._same.units.get(identity)
            self._changes[identity] = frozenset() if unit is None else frozenset(self._same.changes_of(unit))
        return self._changes[identity]

    def first_change(self, municipality: str, after: date, until: date) -> date | None:
        """The first day after one and until another, included, on which an unchanged unit changes."""
        days = self._days(municipality)
        for day in days[bisect_right(days, after) : bisect_right(days, until)]:
            if self._is_change(municipality, day):
                return day
        return None

    def newest_change(self, municipality: str) -> date:
        """The last day on which an unchanged unit changes; ALWAYS where there is none."""
        known = self.unchanged.changed(municipality)
        return self.last_change(municipality) if known is None else known

    def last_change(self, municipality: str) -> date:
        """The same, found out from the files."""
        return next((day for day in reversed(self._days(municipality)) if self._is_change(municipality, day)), ALWAYS)

    def _is_change(self, municipality: str, day: date) -> bool:
        return any(day in self.changes_of(identity) for identity in self._told(municipality)[day])

    def _days(self, municipality: str) -> Sequence[date]:
        if municipality not in self._sorted:
            self._sorted[municipality] = sorted(self._told(municipality))
        return self._sorted[municipality]

    def _told(self, municipality: str) -> Mapping[date, Collection[str]]:
        """By day the units in whose files it stands; what cannot be told so is read."""
        if municipality not in self._standing:
            told: dict[date, set[str]] = defaultdict(set)
            for (_, identity), when in self.unchanged.dated("from", UNITS, municipality):
                for day in self.changes_of(identity) if when is None else (when.counts_from,):
                    told[day].add(identity)
            told.pop(ALWAYS, None)
            self._standing[municipality] = told
        return self._standing[municipality]


class _Beyond:
    """What is asked about all files of a state."""

    def __init__(self, layers: Layers, everything: Callable[[str | None], Registry]) -> None:
        self._layers, self._everything = layers, everything

    def change_after(self, municipality: str, after: date, until: date) -> date | None:
        first = self._layers.days.first_change(municipality, after, until)
        mine = (day for day in self._mine.get(municipality, ()) if after < day <= until)
        return min((day for day in (first, *mine) if day is not None), default=None)

    def newest_change(self, municipality: str) -> date:
        return max(self._layers.days.newest_change(municipality), *self._mine.get(municipality, ()), ALWAYS)

    @cached_property
    def _mine(self) -> Mapping[str, AbstractSet[date]]:
        days: dict[str, set[date]] = defaultdict(set)
        for unit in self._layers.mine.units.values():
            days[unit.municipality].update(self._layers.mine.changes_of(unit))
        return days

    def newest_papers(self) -> Sequence[date]:
        mine = {day for paper in self._layers.mine.papers.values() if (day := paper.date.last_known) is not None}
        return sorted({*mine, *self._layers.days.unchanged.papers}, reverse=True)[:2]

    def may_say(self, known: Known, word: str) -> bool:
        text = self._layers.days.unchanged.text(known)
        return text is None or word.encode() in text

    def whole(self, municipality: str | None) -> Registry:
        return self._everything(municipality)


def knowing_texts(registry: Registry, text: Callable[[Known], bytes | None]) -> Registry:
    """A registry that goes through everything and knows what stands in the files that it cannot read."""
    return replace(registry, beyond=_Texts(registry, text))


class _Texts:
    """Asks the registry itself, and for the texts of what is lost whoever has them."""

    def __init__(self, registry: Registry, text: Callable[[Known], bytes | None]) -> None:
        self.change_after = registry.change_after
        self.newest_change = registry.newest_change
        self.newest_papers = registry.newest_papers
        self._registry, self._text = registry, text

    def may_say(self, known: Known, word: str) -> bool:
        text = self._text(known)
        return text is None or word.encode() in text

    def whole(self, municipality: str | None) -> Registry:
        return self._registry.whole(municipality)
