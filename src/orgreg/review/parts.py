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
from orgreg.load import REGISTRY, kind_of, load, registry_of, shelved
from orgreg.load.keys import misnamed
from orgreg.load.reading import FOLDERS, File, Reading, Source, kept_as
from orgreg.model.unit import municipality_of
from orgreg.store import Named, Obstacle, Trouble
from orgreg.store.cache import NoCache
from orgreg.store.looks import name_of
from orgreg.text.scan import MAX_BYTES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping

    from orgreg.diff.shelves import Known
    from orgreg.model.registry import Registry
    from orgreg.store import Files
    from orgreg.store.cache import Keeping

_SHA1: Final = 40
"""Letters of a name in a repository that uses SHA-1."""

CIRCLE: Final = "U002"
"""Where one comes or goes, another rule is silent or not for all that stands below it: see `orgreg.check.reach`."""


class AtHand:
    """What the cache has of some files, fetched at once, so that it need not be asked for each."""

    def __init__(self, cache: Keeping, files: Iterable[tuple[str, str]]) -> None:
        """`files` are keys of the register's files, each with the name of its bytes; a key may come twice."""
        self._cache = cache
        wanted: dict[str, set[str]] = {}
        for key, name in files:
            wanted.setdefault(_folder(key), set()).add(name)
        self._by_folder = {folder: cache.get(kept_as(folder), some) for folder, some in wanted.items()}
        self._found = {kept_as(folder): found for folder, found in self._by_folder.items()}

    def of(self, key: str, name: str | None) -> bytes | None:
        """What is kept of the bytes of that name, as those of that file."""
        found = self._by_folder.get(_folder(key))
        return None if found is None or name is None else found.get(name)

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
    read = (keys & mine) | {REGISTRY}
    cache = AtHand(
        now.cache if isinstance(now, Named) else NoCache(),
        [
            *((key, names[key]) for key in read if key in names),
            *((key, there[key]) for key in differing & there.keys()),
        ],
    )
    missing = {key for key in read & keys if cache.of(key, names.get(key)) is None} - texts.keys()
    lost = {key for key in differing & there.keys() if cache.of(key, there[key]) is None}
    fresh = _texts(now, missing & differing)
    same = _texts(now if base is None else base, missing - differing)
    fetched = _texts(base, lost)
    if fresh is None or same is None or fetched is None:
        return None
    texts |= fresh | same
    was = {key: data for key, data in texts.items() if key not in differing} | fetched
    same_keys = frozenset(mine - differing)
    return Parts(Memory(was, there, cache), Memory(texts, names, cache), frozenset(differing), same_keys)


def views_of(parts: Parts, also: Collection[Known] = ()) -> Views | None:
    """Views of both states. None where only a check of everything can tell. `also` is gone through too."""
    with_words = {REGISTRY, *parts.differing}
    mine = [load(state.only(with_words)) for state in (parts.before, parts.after)]
    among = frozenset(map(known_of, parts.differing))
    known = mine[0].registry.municipalities
    cities = {municipality_of(identity) for _, identity in among}
    if any(one.findings or not one.registry.vocabulary_read for one in mine) or not cities <= known.keys():
        return None
    unchanged = Unchanged({known_of(key): parts.before.bytes_of(key) for key in sorted(parts.same)})
    same = _looked_up(parts)
    days = Days(unchanged, same)
    layers = [Layers(same, one.registry, among, days) for one in mine]
    read = [partial(_lazily, state) for state in (parts.before, parts.after)]
    bare = [layer.view((), all_of_it) for layer, all_of_it in zip(layers, read, strict=True)]
    through = among.union(also, reached(Sides(bare[0], bare[1], among, unchanged)))
    before, after = (layer.view(through, all_of_it) for layer, all_of_it in zip(layers, read, strict=True))
    return Views(before, after, among)


def _looked_up(parts: Parts) -> Registry:
    """The unchanged files, each read when it is asked for by its identity."""
    reading = Reading(Source(parts.before, parts.before.names, parts.before.cache))
    reading.vocabulary()
    known: dict[str, dict[str, File]] = {folder: {} for folder in FOLDERS}
    for one in map(File.of, parts.same):
        known[one.folder][one.identity] = one
    keys = parts.before.names.keys() - parts.differing
    return registry_of(reading, known, (), misnamed(keys, parts.same))


def _lazily(state: Memory, municipality: str | None) -> Registry:
    """All of a state, or of one municipality, read when it is gone through."""
    known = [known_of(key) for key in state.keys() if key != REGISTRY and kind_of(key) is not None]  # noqa: SIM118
    return shelved(state, through=[one for one in known if municipality in {None, municipality_of(one[1])}])


def names_and_texts(files: Files, keys: Collection[str], naming: str) -> tuple[dict[str, str], dict[str, bytes]]:
    """The names of the bytes of all files, and the bytes of those that had to be read for that."""
    known = files.named() if isinstance(files, Named) and naming == "sha1" else {}
    names = {key: name for key in keys if (name := known.get(key)) is not None}
    read = {key: files.read(key, MAX_BYTES + 1) for key in keys if key not in names}
    texts = {key: data for key, data in read.items() if isinstance(data, bytes)}
    if isinstance(files, Named):
        files.settle()
    return names | {key: name_of(data, naming) for key, data in texts.items()}, texts


def names_of(files: Files) -> Mapping[str, str]:
    """The names of the bytes of all files; those of git where it has them."""
    if isinstance(files, Named):
        return {key: name for key, name in files.named().items() if name is not None}
    texts = {key: files.read(key, MAX_BYTES + 1) for key in files.keys()}  # noqa: SIM118 - no mapping
    return {key: name_of(data) for key, data in texts.items() if isinstance(data, bytes)}


def _texts(files: Files | None, keys: Collection[str]) -> dict[str, bytes] | None:
    """The bytes of some files; None where one has none."""
    if isinstance(files, Named) and keys:
        files.prepare(keys)
    texts = {} if files is None else {key: files.read(key, MAX_BYTES + 1) for key in keys}
    found = {key: data for key, data in texts.items() if isinstance(data, bytes)}
    return found if len(found) == len(keys) else None


def _folder(key: str) -> str:
    return "registry" if key == REGISTRY else key.split("/", 2)[1]


def known_of(key: str) -> Known:
    """Folder and identity of a key of the register."""
    _, folder, identity = key.removesuffix(".yaml").split("/", 2)
    return folder, identity
