"""What the last checks found, kept in the cache by what the register was made of then."""

from __future__ import annotations

import json
import sys
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from orgreg.model.finding import Finding, Place, Rule, Severity
from orgreg.review.placed import Placed, Related
from orgreg.store.edition import GRAMMAR, edition
from orgreg.store.looks import digest_of_bytes
from orgreg.store.working_tree import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from orgreg.model.finding import Route
    from orgreg.store.cache import Keeping

    Pair = tuple[str, str]
    """A key with the name of its bytes, or a folder with its digest."""

_MADE_OF: Final = (
    *GRAMMAR,
    *("text", "model", "query", "diff", "check", "check/rules", "load", "review"),
    "store/__init__.py",
)
"""The sources of all that decides what is found and where it stands."""
_STATES: Final = 3
"""So many states of a register are kept: to go back and forth between branches takes two."""


class State(NamedTuple):
    """A state that was checked: the names of the bytes of its files by key, how many differ now, what was found."""

    names: Mapping[str, str]
    differing: int
    found: list[Placed]


class Results:
    """What is kept for registers with the vocabulary of these files.

    A state is kept as the digests of its folders, and the files of a folder by its digest: states share most folders.
    """

    def __init__(self, cache: Keeping, names: Mapping[str, str]) -> None:
        made_of = f"{edition(*_MADE_OF)} {sys.version_info.major}.{sys.version_info.minor}"
        self._cache, self._names = cache, names
        self._found, self._states = f"found {made_of}", f"checked {made_of}"
        self._lying, self._files = f"folders {made_of}", f"files {made_of}"
        self._texts = _by_folder(names)
        self._mine = {folder: digest_of_bytes(text) for folder, text in self._texts.items()}
        self._told = _listing(self._mine.items())
        self._key = digest_of_bytes(self._told)
        self._there: set[str] = set()

    def same(self) -> list[Placed] | None:
        """What was found in just these files."""
        return self._of(self._key)

    def nearest(self) -> State | None:
        """The kept state of which the fewest files differ from these."""
        told = self._cache.get(self._lying, self._listed())
        states = {key: dict(_pairs(told[key])) for key in sorted(told)}
        there = {digest for folders in states.values() for digest in folders.values()}
        other = there.difference(self._mine.values())
        texts = self._cache.get(self._files, other)
        self._there = there if len(texts) == len(other) else set()  # else all is kept again
        apart = [
            (key, self._apart(folders, texts))
            for key, folders in states.items()
            if texts.keys() >= other.intersection(folders.values())
        ]
        key, (was, now) = min(apart, key=lambda one: len(one[1][0] ^ one[1][1]), default=("", (set(), set())))
        found = self._of(key)
        if found is None:
            return None
        gone = {name for name, _ in now}
        names = {name: of for name, of in self._names.items() if name not in gone} if gone else {**self._names}
        return State(names | dict(was), len(was ^ now), found)

    def _apart(self, folders: Mapping[str, str], texts: Mapping[str, bytes]) -> tuple[set[Pair], set[Pair]]:
        """The files of a state in the folders in which it differs, and those that lie there now."""
        was = (_pairs(texts[digest]) for folder, digest in folders.items() if self._mine.get(folder) != digest)
        now = (_pairs(self._texts[folder]) for folder, digest in self._mine.items() if folders.get(folder) != digest)
        return set(chain.from_iterable(was)), set(chain.from_iterable(now))

    def keep(self, found: Collection[Placed]) -> None:
        """Keep what was found in these files."""
        rules = {one.finding.rule.code: one.finding.rule for one in found}
        told = {code: (rule.name, rule.severity.value) for code, rule in rules.items()}
        frozen = json.dumps((told, [_frozen(one) for one in found]), separators=(",", ":")).encode()
        states = [self._key, *(one for one in self._listed() if one != self._key)][:_STATES]
        self._cache.put(self._found, {self._key: frozen})
        fresh = {one: self._texts[folder] for folder, one in self._mine.items() if one not in self._there}
        self._cache.put(self._files, fresh)
        self._cache.put(self._lying, {self._key: self._told})
        self._cache.put(self._states, {self._vocabulary: "\n".join(states).encode()})

    @property
    def _vocabulary(self) -> str:
        return self._names.get(REGISTRY, "none")

    def _listed(self) -> list[str]:
        """The keys of the newest states, the newest first."""
        return self._cache.get(self._states, [self._vocabulary]).get(self._vocabulary, b"").decode().split()

    def _of(self, key: str) -> list[Placed] | None:
        kept = self._cache.get(self._found, [key]).get(key)
        if kept is None:
            return None
        told, found = json.loads(kept)
        rules = {code: Rule(code, name, Severity(severity)) for code, (name, severity) in told.items()}
        return [_thawed(one, rules) for one in found]


def _by_folder(names: Mapping[str, str]) -> dict[str, bytes]:
    """Its files with the names of their bytes, by folder."""
    found: dict[str, list[Pair]] = {}
    for pair in sorted(names.items()):
        found.setdefault(pair[0].rpartition("/")[0], []).append(pair)
    return {folder: _listing(pairs) for folder, pairs in found.items()}


def _listing(pairs: Iterable[Pair]) -> bytes:
    return "\n".join(map(" ".join, pairs)).encode(errors="surrogateescape")


def _pairs(text: bytes) -> Iterator[Pair]:
    for line in text.decode(errors="surrogateescape").split("\n"):
        name, _, told = line.rpartition(" ")
        yield name, told


def _frozen(one: Placed) -> list[Any]:
    found = one.finding
    related = [(path, route, _told(also.place)) for (path, route), also in zip(found.related, one.related, strict=True)]
    return [
        *(found.rule.code, found.path, found.message, found.hint, found.route, found.at_key, found.entity),
        *(found.place and _told(found.place), _told(one.place), one.excerpt, related),
    ]


def _thawed(frozen: list[Any], rules: Mapping[str, Rule]) -> Placed:
    code, path, message, hint, route, at_key, entity, place, where, excerpt, related = frozen
    leads: tuple[tuple[str, Route], ...] = tuple((other, tuple(way)) for other, way, _ in related)
    found = Finding(
        rules[code], path, message, hint, tuple(route), at_key, entity, None if place is None else Place(*place), leads
    )
    return Placed(found, Place(*where), excerpt, tuple(Related(other, Place(*told)) for other, _, told in related))


def _told(place: Place) -> tuple[int, int, int]:
    return (place.line, place.column, place.width)
