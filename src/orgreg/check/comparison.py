"""Which findings of two states are the same: what is new, what was there before, what is fixed.

A finding is the same by its rule, its file, whom it is about, the keys that lead to it, its words, and what stands at
its place; its line and its place in a list play no part, so an entry that was moved keeps its findings. Of a file that
bears another name the findings go along. Where a file says the same of several entries, those whose entries still read
alike are brought together first; last those that differ only in the days of which they speak, for a day that is put
right or told more exactly is no new fault. What cannot be read, or is gone, fixes nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.check.losses import stood
from orgreg.check.states import FOLDERS
from orgreg.check.wording import EVER
from orgreg.diff.alike import slug_in
from orgreg.diff.shelves import shelf
from orgreg.model.registry import path_of
from orgreg.model.timeline import Entry, Timeline
from orgreg.model.unit import slug_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping

    from orgreg.check.losses import Stood
    from orgreg.diff.shelves import Known
    from orgreg.diff.statements import Thing
    from orgreg.model.finding import Finding, Route
    from orgreg.model.registry import Registry

_PLACE: Final = re.compile(r"\b(?:line|column|byte|at)s? \d+(?:[:,]\d+)?|(?<=\.yaml):\d+(?::\d+)?")
"""A message that speaks of a line says another one when something is written above."""
_DAY: Final = re.compile(
    r" ?(?:\b(?:on|from|since|until|before|by) )?"
    rf"(?:(?<![\w.-])(?:\.\.)?(?:1[5-9]|2[01])\d\d(?:-\d\d){{0,2}}[~?]?(?:\.\.\S*)?(?![\w-])|that day|{EVER})"
    r"|\d+ days?\b"
)
"""A day in a message, with the word before it; and how many days lie between two."""


class Compared(NamedTuple):
    """The findings of two states. Those that are fixed are as the earlier state has them."""

    new: tuple[Finding, ...]
    inherited: tuple[Finding, ...]
    fixed: tuple[Finding, ...]


def compared(
    before: tuple[Registry, Iterable[Finding]],
    after: tuple[Registry, Iterable[Finding]],
    renamed: Mapping[Known, str],
    parts: Mapping[Known, Mapping[str, str]] | None = None,
    emptied: Collection[Stood] = (),
) -> Compared:
    """The findings of an earlier and of a later registry, told apart.

    `renamed` gives files their new identities, `parts` the parts of a file, by its new one, their new routes; `emptied`
    is where something is lost without a word.
    """
    calls = _Calls(renamed, parts or {})
    old, new = list(before[1]), list(after[1])
    alike = {id(one): calls.today(one) for one in old}
    pairs: set[int] = set()
    inherited: set[int] = set()
    for by in (_closely, _loosely, _vaguely):
        waiting: defaultdict[Hashable, list[Finding]] = defaultdict(list)
        for one in old:
            if id(one) not in pairs:
                waiting[by(alike[id(one)], one, before[0])].append(one)
        for one in new:
            if id(one) not in inherited and (same := waiting.get(by(one, one, after[0]))):
                pairs.add(id(same.pop(0)))
                inherited.add(id(one))
    left = _Left(before[0], after[0], calls, emptied)
    return Compared(
        tuple(one for one in new if id(one) not in inherited),
        tuple(one for one in new if id(one) in inherited),
        tuple(one for one in old if id(one) not in pairs and left.is_fixed(one, alike[id(one)])),
    )


class _Left:
    """What may be concluded from a finding that is there no more."""

    def __init__(self, before: Registry, after: Registry, calls: _Calls, emptied: Collection[Stood]) -> None:
        self.before, self.after, self.calls, self.emptied = before, after, calls, emptied
        self.blind = before.vocabulary_read and not after.vocabulary_read
        self.newly_lost = any(not before.is_lost(*known) for known in after.unreadable)

    def is_fixed(self, one: Finding, today: Finding) -> bool:
        """Whether it is fixed, and not only found no more because something cannot be read or was deleted."""
        places = (today.path, *(path for path, _ in today.related))
        if self.blind or any(map(self._is_lost, places)) or self._is_emptied(one):
            return False
        was, now = (_thing(side, path) for side, path in ((self.before, one.path), (self.after, today.path)))
        return not (was is not None and now is None) and not (self.newly_lost and was == now)

    def _is_emptied(self, one: Finding) -> bool:
        """Whether something is lost without a word at one of the places of which it speaks."""
        places = ((one.path, one.route), *one.related)
        return any(self._stood(path, route) in self.emptied for path, route in places)

    def _stood(self, path: str, route: Route) -> Stood | None:
        """The place that something of the earlier state would have now."""
        where = stood(_thing(self.before, path), self.calls.path(path), route)
        if where is None:
            return None
        now, timeline, since = where
        return now, self.calls.parts.get(now, {}).get(timeline, timeline), since

    def _is_lost(self, path: str) -> bool:
        known = _known(path)
        return known is not None and self.after.is_lost(*known)


class _Calls:
    """What the findings of the earlier state are called today."""

    def __init__(self, renamed: Mapping[Known, str], parts: Mapping[Known, Mapping[str, str]]) -> None:
        self.paths = {path_of(folder, old): path_of(folder, new) for (folder, old), new in renamed.items()}
        self.identities = {old: new for (_, old), new in renamed.items()}
        slugs = {slug_of(old): slug_of(new) for old, new in self.identities.items()}
        words = "|".join(map(re.escape, sorted(slugs, key=len, reverse=True)))
        self.word = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])") if words else None
        self.slug: Callable[[re.Match[str]], str] = lambda found: slugs[found[0]]
        self.parts = {path_of(*known): called for known, called in parts.items()}

    def path(self, path: str) -> str:
        """The path that a file has now."""
        return self.paths.get(path, path)

    def today(self, one: Finding) -> Finding:
        """The finding, with the new names in it."""
        path, entity, message = self.path(one.path), one.entity, one.message
        if self.word is not None:
            message = self.word.sub(self.slug, message)
            if entity is not None:
                whole, mark, part = entity.partition("#")
                entity = f"{self.identities.get(whole, whole)}{mark}{part}"
        return self._of_part(replace(one, path=path, entity=entity, message=message))

    def _of_part(self, one: Finding) -> Finding:
        """The finding, with the new slug of the part in which it lies."""
        was = "/".join(map(str, one.route[:2]))
        now = self.parts.get(one.path, {}).get(was)
        if now is None:
            return one
        old, new = slug_in(was), slug_in(now)
        entity = None if one.entity is None else re.sub(rf"#{re.escape(old)}$", f"#{new}", one.entity)
        message = re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", new, one.message)
        return replace(one, route=(*now.split("/"), *one.route[2:]), entity=entity, message=message)


def _loosely(one: Finding, _: Finding, __: Registry) -> Hashable:
    keys = tuple(key for key in one.route if isinstance(key, str))
    return (one.rule.code, one.path, one.entity, keys, _PLACE.sub("", one.message))


def _vaguely(one: Finding, _: Finding, __: Registry) -> Hashable:
    keys = tuple(key for key in one.route if isinstance(key, str))
    return (one.rule.code, one.path, one.entity, keys, _DAY.sub("", _PLACE.sub("", one.message)))


def _closely(one: Finding, there: Finding, registry: Registry) -> Hashable:
    return (_loosely(one, there, registry), _content(registry, there))


def _content(registry: Registry, one: Finding) -> Hashable:
    """What stands at the places in lists to which the route leads: days and values of entries, else the words."""
    here: object = _thing(registry, one.path)
    content: list[Hashable] = []
    for key in one.route:
        if isinstance(key, int):
            here = _member(here, key)
            content.append(_words(here))
        else:
            here = here.get(key) if isinstance(here, dict) else getattr(here, key, None)
    return tuple(content)


def _known(path: str) -> Known | None:
    """The folder and identity of a path; None of one that is no file of a folder."""
    folder, _, identity = path.removeprefix("data/").removesuffix(".yaml").partition("/")
    return (folder, identity) if folder in FOLDERS else None


def _thing(registry: Registry, path: str) -> Thing | None:
    known = _known(path)
    return None if known is None else shelf(registry, known[0]).get(known[1])


def _member(here: object, position: int) -> object:
    if isinstance(here, Timeline):
        return next((entry for entry in here.entries if entry.position == position), None)
    return here[position] if isinstance(here, tuple) and position < len(here) else None


def _words(here: object) -> Hashable:
    if isinstance(here, Entry):
        return (here.since.text, *sorted(f"{key}: {value}" for key, value in here.values.items()))
    return repr(here)
