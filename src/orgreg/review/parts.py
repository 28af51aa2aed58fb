"""Two states of a register told apart by the names of their bytes, and views of both that go through what differs.

What the cache has of the files is fetched in one go and searched as it was kept; only of a file that it has not are the
bytes read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.check.reach import Sides, reached
from orgreg.check.unchanged import Unchanged
from orgreg.check.views import Days, Layers
from orgreg.load import REGISTRY, kind_of, load, shelved
from orgreg.load.reading import kept_as
from orgreg.model.registry import UNITS
from orgreg.model.unit import municipality_of
from orgreg.store import Named, Obstacle, Trouble
from orgreg.store.cache import NoCache
from orgreg.store.looks import name_of
from orgreg.text.scan import MAX_BYTES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping

    from orgreg.diff.shelves import Known
    from orgreg.model.registry import Registry
    from orgreg.store import Files
    from orgreg.store.cache import Keeping

_SHA1: Final = 40
"""Letters of a name in a repository that uses SHA-1."""


class AtHand:
    """What the cache has of some files, fetched at once, so that it need not be asked for each."""

    def __init__(self, cache: Keeping, names: Mapping[str, str]) -> None:
        self._cache = cache
        wanted: dict[str, set[str]] = {}
        self._kinds: dict[str, str] = {}
        for key, name in names.items():
            kind = self._kinds[key] = kept_as("registry" if key == REGISTRY else key.split("/", 2)[1])
            wanted.setdefault(kind, set()).add(name)
        self._found = {kind: cache.get(kind, some) for kind, some in wanted.items()}

    def of(self, key: str, name: str | None) -> bytes | None:
        """What is kept of the bytes of that name, as those of that file."""
        return None if name is None else self._found.get(self._kinds.get(key, ""), {}).get(name)

    def get(self, kind: str, keys: Collection[str]) -> dict[str, bytes]:
        """What is there, by key."""
        found = self._found.get(kind, {})
        return {key: found[key] for key in keys if key in found}

    def put(self, kind: str, made: Mapping[str, bytes]) -> None:
        """Keep it, if that can be done."""
        self._found.setdefault(kind, {}).update(made)
        self._cache.put(kind, made)

    def connection(self) -> sqlite3.Connection | None:
        """The database."""
        return self._cache.connection()


@dataclass(frozen=True)
class Memory:
    """Files of which what the cache has of them, or else their bytes, are at hand, with the names of their bytes."""

    texts: Mapping[str, bytes]
    names: Mapping[str, str]
    cache: AtHand

    def keys(self) -> list[str]:
        """Every key, sorted."""
        return sorted(self.names)

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        """The first bytes of a file; none where it is not there, or nobody has to read it."""
        data = self.texts.get(key)
        return Trouble(Obstacle.UNREADABLE, "no such file or directory") if data is None else data[:at_most]

    def named(self, municipality: str | None = None) -> Mapping[str, str | None]:  # noqa: ARG002 - as the protocol says
        """Every key with the name of its bytes."""
        return {**self.names}

    def folders(self, municipality: str | None = None) -> None:
        """They are not known by folder."""

    def prepare(self, keys: Collection[str]) -> None:
        """They are ready."""

    def settle(self) -> None:
        """Nothing is to be kept."""

    def only(self, keys: Collection[str]) -> Memory:
        """Some of the files."""
        return Memory(self.texts, {key: self.names[key] for key in keys if key in self.names}, self.cache)

    def bytes_of(self, key: str) -> bytes:
        """What can be searched of a file: what the cache has of it, else its bytes."""
        kept = self.cache.of(key, self.names[key])
        return self.texts[key] if kept is None else kept


class Parts(NamedTuple):
    """Both states, the keys of what differs, and the other keys of the register's files."""

    before: Memory
    after: Memory
    differing: frozenset[str]
    same: frozenset[str]


class Views(NamedTuple):
    """Registries of both states that go through what differs and what that can reach; and what differs."""

    before: Registry
    after: Registry
    among: frozenset[Known]


def parts_of(there: Mapping[str, str], base: Files | None, now: Files) -> Parts | None:
    """What differs, by bytes. None where reading may refuse something in one state only, or where words differ.

    `there` are the names of the bytes of the base. Where the files themselves are not there any more, it is None too
    if the cache lacks some of them.
    """
    naming = "sha256" if any(len(name) > _SHA1 for name in there.values()) else "sha1"
    keys = set(now.keys())
    names, texts = names_and_texts(now, keys, naming)
    mine = {key for key in keys | there.keys() if key != REGISTRY and kind_of(key) is not None}
    come_or_gone = keys ^ there.keys()
    differing = {key for key in keys | there.keys() if names.get(key) != there.get(key)}
    refused = not names.keys() >= keys & mine or not come_or_gone <= mine
    if refused or REGISTRY in differing or (come_or_gone and not keys <= mine | {REGISTRY}):
        return None
    differing &= mine
    cache = now.cache if isinstance(now, Named) else NoCache()
    read = mine | {REGISTRY}
    kept = AtHand(cache, {key: names[key] for key in keys & read})
    was_kept = AtHand(cache, {key: there[key] for key in differing & there.keys()})
    missing = {key for key in keys if kept.of(key, names.get(key)) is None} - texts.keys()
    fresh = _texts(now, missing & differing)
    same = _texts(now if base is None else base, missing - differing)
    lost = {key for key in differing & there.keys() if was_kept.of(key, there[key]) is None}
    fetched = {} if not lost else None if base is None else _texts(base, lost)
    if fresh is None or same is None or fetched is None:
        return None
    kept.add(was_kept)
    texts |= fresh | same
    was = {key: data for key, data in texts.items() if key not in differing} | fetched
    return Parts(Memory(was, there, kept), Memory(texts, names, kept), frozenset(differing), frozenset(mine - differing))
