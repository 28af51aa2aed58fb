"""Tells what a commit recorded: the difference between the states before and after it, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.diff.alike import slug_in
from orgreg.diff.amendment import Aspect
from orgreg.diff.amendment import Sort as Amended
from orgreg.diff.difference import difference
from orgreg.diff.sentence import amended
from orgreg.diff.vocabulary import vocabulary
from orgreg.load import REGISTRY, kind_of
from orgreg.model.certainty import Certainty, weakest
from orgreg.model.registry import path_of
from orgreg.model.timeline import Absent
from orgreg.query.sentence import sentence
from orgreg.trail.files import known_of, renamed_alike
from orgreg.trail.record import Item, Record, Sort

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from orgreg.diff.amendment import Amendment, Difference, Renamed
    from orgreg.model.change import Change, References
    from orgreg.model.registry import Registry
    from orgreg.store.history import Brought
    from orgreg.store.index import Touch
    from orgreg.trail.states import States

_KEYS_TOLD: Final = 5
"""How many keys of a vocabulary a sentence names."""


def told(states: States, brought: Brought) -> Record | None:
    """What a commit recorded by these files. None where none of them is a file of the register."""
    mine = [touch for touch in brought.touches if kind_of(touch.key) is not None]
    if not mine:
        return None
    commit = states.history.commit(brought.position)
    return Record(
        position=brought.position,
        commit=commit.name,
        time=commit.time,
        author=commit.author,
        merged=commit.merged,
        subject=commit.subject,
        trailers=commit.trailers,
        items=tuple(Telling(states, brought.position, mine, commit.time.date()).items()),
    )


class Telling:
    """One commit and the states on both sides of it."""

    def __init__(self, states: States, position: int, touches: Sequence[Touch], recorded: date) -> None:
        self._states, self._position, self._recorded = states, position, recorded
        self._touches = [touch for touch in touches if touch.key != REGISTRY]
        self._is_vocabulary = len(self._touches) < len(touches)
        self._unreadable = {touch.key: fault for touch in self._touches if (fault := self._fault(touch)) is not None}
        former = {known_of(new): known_of(old)[1] for new, old in renamed_alike(self._touches).items()}
        self._before = states.after(position - 1, instead=self._last_readable())
        self._after = states.after(position, formerly=former)

    def _fault(self, touch: Touch) -> str | None:
        if touch.after is None or self._states.thing(*known_of(touch.key), touch.after) is not None:
            return None
        return self._states.fault(touch.key, touch.after) or "it is no file of the register"

    def _last_readable(self) -> Mapping[str, str | None]:
        """For each file that could not be read before, its newest version that could."""
        found = {}
        for touch in self._touches:
            known = known_of(touch.key)
            if touch.before is not None and self._states.thing(*known, touch.before) is None:
                older = (one.name for one in reversed(self._states.history.versions(touch.key))
                         if one.position < self._position)  # fmt: skip
                readable = (name for name in older if name is None or self._states.thing(*known, name) is not None)
                found[touch.key] = next(readable, None)
        return found

    def difference(self) -> Difference:
        """In what the states differ, as far as the files can be read."""
        among = [known_of(touch.key) for touch in self._touches if touch.key not in self._unreadable]
        return difference(self._before, self._after, among=among)

    def items(self) -> Iterator[Item]:
        """Every item: changes by occasion, corrections, what became known, then what is about files."""
        found = self.difference()
        for occasion in found.occasions:
            yield from (self._change(change) for change in occasion.changes)
        yield from map(self._amendment, found.amendments)
        yield from map(_renamed, found.renamed)
        if self._is_vocabulary:
            yield from _vocabulary(self._states.vocabulary(self._position - 1), self._states.vocabulary(self._position))
        for key, fault in self._unreadable.items():
            folder, identity = known_of(key)
            yield Item(sort=Sort.UNREADABLE, folder=folder, entity=identity, sentence=f"{key}: {fault}")

    def _change(self, one: Change) -> Item:
        named = [*_named(one.into), *_named(one.out_of)]
        known = [doubt.certainty for doubt in one.doubts if doubt.certainty is not Certainty.UNKNOWN]
        return Item(
            sort=Sort.CHANGE,
            folder="units",
            entity=one.unit,
            sentence=sentence(self._after, one),
            others=tuple(dict.fromkeys(named)),
            on=one.on.text,
            days=(self._recorded - one.on.earliest).days if one.on.exact else None,
            verb=one.verb.value,
            word=one.word,
            status=one.status.value,
            certainty=one.certainty.value,
            doubt=weakest(known).value if known else None,
            decided_by=str(one.decided_by) if isinstance(one.decided_by, Absent) else one.decided_by,
            papers=one.papers,
        )

    def _amendment(self, one: Amendment) -> Item:
        return Item(
            sort=Sort.CORRECTED if one.sort is Amended.CORRECTED else Sort.KNOWN,
            folder=one.folder,
            entity=one.entity,
            sentence=amended(self._before, self._after, one),
            others=_former(one),
            on=None if one.on is None else one.on.text,
            verb=one.aspect.value,
            attribute=one.attribute,
            status=one.status,
            certainty=None if one.inferred is None else Certainty.INFERRED.value,
            papers=one.papers,
            because=one.because,
        )


def _named(references: References | None) -> Collection[str]:
    return references if isinstance(references, tuple) else ()


def _former(one: Amendment) -> tuple[str, ...]:
    """What a part was called that stands under another slug."""
    return (f"{one.identity}#{slug_in(str(one.before))}",) if one.aspect is Aspect.SLUG else ()


def _renamed(one: Renamed) -> Item:
    before, after = path_of(one.folder, one.before), path_of(one.folder, one.after)
    return Item(
        sort=Sort.RENAMED,
        folder=one.folder,
        entity=one.after,
        sentence=f"The file {before} is now {after}",
        others=(one.before,),
    )


def _keys(city: str, before: Registry, after: Registry) -> str:
    """What of a city's words is another, as the end of a sentence; nothing where the city is new or gone."""
    told = [one.what for one in vocabulary(before, after) if one.municipality == city and one.key is not None]
    more = len(told) - _KEYS_TOLD
    told = [*told[:_KEYS_TOLD], f"and {more} more"] if more > 0 else told
    return f": {'; '.join(told)}" if told else ""


def _vocabulary(before: Registry, after: Registry) -> Iterator[Item]:
    if after.vocabulary_read:
        for identity in sorted({*before.municipalities, *after.municipalities}):
            was, now = before.municipalities.get(identity), after.municipalities.get(identity)
            if was == now:
                continue
            name = next(city.name for city in (now, was) if city is not None)
            how = "is recorded" if was is None else "is recorded no more" if now is None else "is recorded otherwise"
            yield Item(
                sort=Sort.VOCABULARY,
                folder="registry",
                entity=identity,
                sentence=f"What {name} calls things {how} ({REGISTRY})" + _keys(identity, before, after),
            )
    else:
        yield Item(
            sort=Sort.UNREADABLE, folder="registry", entity="", sentence=f"{REGISTRY} cannot be read, or is gone"
        )
