"""The files of a state in memory: by the names of their bytes, with what the cache has of them at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from orgreg.load import REGISTRY
from orgreg.load.reading import kept_as
from orgreg.store import Named, Obstacle, Trouble
from orgreg.store.cache import NoCache
from orgreg.store.looks import name_of, naming_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping

    from orgreg.diff.shelves import Known
    from orgreg.store import Files
    from orgreg.store.cache import Keeping


class AtHand:
    """What the cache has of some files, so that it need not be asked for each."""

    def __init__(self, cache: Keeping) -> None:
        self._cache = cache
        self._found: dict[str, dict[str, bytes]] = {}
        self._asked: dict[str, set[str]] = {}

    @property
    def keeps(self) -> bool:
        """Whether what is put here is kept."""
        return not isinstance(self._cache, NoCache)

    def fetch(self, files: Iterable[tuple[str, str]]) -> None:
        """Have these at hand: keys of the register's files, each with the name of its bytes; a key may come twice."""
        wanted: dict[str, set[str]] = {}
        for key, name in files:
            wanted.setdefault(kept_as(_folder(key)), set()).add(name)
        for kind, names in wanted.items():
            self.get(kind, names)

    def of(self, key: str, name: str) -> bytes | None:
        """What is kept of the bytes of that name, as those of that file."""
        return self.get(kept_as(_folder(key)), (name,)).get(name)

    def get(self, kind: str, keys: Collection[str]) -> dict[str, bytes]:
        """What is there, by key."""
        found, asked = self._found.setdefault(kind, {}), self._asked.setdefault(kind, set())
        fresh = [key for key in keys if key not in asked]
        if fresh:
            found |= self._cache.get(kind, fresh)
            asked.update(fresh)
        return {key: found[key] for key in keys if key in found}

    def put(self, kind: str, made: Mapping[str, bytes]) -> None:
        """Keep it, if that can be done."""
        self._found.setdefault(kind, {}).update(made)
        self._asked.setdefault(kind, set()).update(made)
        self._cache.put(kind, made)

    def connection(self) -> sqlite3.Connection | None:
        """The database."""
        return self._cache.connection()


@dataclass(frozen=True)
class Memory:
    """Files that are read when they are asked for, with the names of their bytes.

    `texts` has those whose bytes are at hand; the others are the same in `files`.
    """

    texts: Mapping[str, bytes]
    names: Mapping[str, str]
    cache: AtHand
    files: Files

    def keys(self) -> list[str]:
        """Every key, sorted."""
        return sorted(self.names)

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        """The first bytes of a file."""
        if key not in self.names:
            return Trouble(Obstacle.UNREADABLE, "no such file or directory")
        return self.texts[key][:at_most] if key in self.texts else self.files.read(key, at_most)

    def named(self, municipality: str | None = None) -> Mapping[str, str | None]:  # noqa: ARG002 - as the protocol says
        """Every key with the name of its bytes."""
        return {**self.names}

    def folders(self, municipality: str | None = None) -> None:
        """They are not known by folder."""

    def name(self, key: str, data: bytes) -> str:
        """The name of bytes that have been read, made as those of the files are."""
        return name_of(data, naming_of(self.names[key]))

    def prepare(self, keys: Collection[str]) -> None:
        """Make ready to read these."""
        if isinstance(self.files, Named):
            self.files.prepare([key for key in keys if key not in self.texts])

    def settle(self) -> None:
        """Nothing is to be kept."""

    def only(self, keys: Collection[str]) -> Memory:
        """Some of the files."""
        return replace(self, names={key: self.names[key] for key in keys if key in self.names})


class Parts(NamedTuple):
    """Both states, the keys of what differs, and the other keys of the register's files."""

    before: Memory
    after: Memory
    differing: frozenset[str]
    same: frozenset[str]


def _folder(key: str) -> str:
    return "registry" if key == REGISTRY else key.split("/", 2)[1]


def known_of(key: str) -> Known:
    """Folder and identity of a key of the register."""
    _, folder, identity = key.removesuffix(".yaml").split("/", 2)
    return folder, identity
