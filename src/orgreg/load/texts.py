"""What is kept of each municipality as one text, by what it is made of: the names of the bytes of its files.

So one text serves the working tree and every revision in which the municipality is alike. Where something is out of
the ordinary (a file in a wrong place, a link, a folder that cannot be listed) there is no such text, and whoever asks
reads the files.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.load.reading import REGISTRY, Reading, Source
from orgreg.store import Named
from orgreg.store.cache import NoCache
from orgreg.store.looks import Folder, digest_of, is_slug

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from orgreg.load.reading import Progress
    from orgreg.store import Files

    Make = Callable[["Reading", "City", "Progress | None"], str]

_DATA: Final = "data"
_VOCABULARY: Final = "registry.yaml"
_FOLDERS: Final = ("data/units", "data/decisions", "data/actionplans")


class Fault(NamedTuple):
    """The first of the errors of a file that cannot be read, in the file's order, and how many there are."""

    path: str
    message: str
    hint: str
    errors: int


class City:
    """The files of one municipality in some folders, with the names of their bytes as far as they are known."""

    def __init__(self, reading: Reading, identity: str, known: dict[str, Folder]) -> None:
        self.identity = identity
        self._known = known
        self._folders: dict[str, dict[str, str | None]] | None = None
        self.vocabulary = reading.source.names.get(REGISTRY) or reading.learnt[REGISTRY]

    @property
    def folders(self) -> dict[str, dict[str, str | None]]:
        """By folder and name; who learns the name of some bytes puts it here."""
        if self._folders is None:
            self._folders = {folder: dict(names) for folder, names in self._known.items()}
        return self._folders

    def __len__(self) -> int:
        return sum(map(len, self.folders.values()))

    def name(self, key: str) -> str | None:
        """The name of a file's bytes."""
        folder, _, entry = key.rpartition("/")
        return self.folders[folder].get(entry)

    def key(self) -> str | None:
        """What a text of it is kept by; None where the bytes of some file are not known without reading it."""
        told = [self.identity, self.vocabulary]
        for folder, known in self._known.items():
            digest = known.digest if self._folders is None else digest_of(self._folders[folder])
            if digest is None:
                return None
            told += (folder, digest)
        return " ".join(told)


def cities_of(files: Files, municipality: str | None, folders: Sequence[str]) -> tuple[Reading, list[City]] | None:
    """The vocabulary, read, and the municipalities that have files, or the one; None where there can be no texts."""
    if not isinstance(files, Named) or isinstance(files.cache, NoCache):
        return None
    named = files.folders(municipality)
    if named is None:
        return None
    found = {folder: names if isinstance(names, Folder) else Folder.of(names) for folder, names in named.items()}
    if not all(_is_ordinary(folder, names) for folder, names in found.items()):
        return None
    reading = Reading(Source(files, _Named(found), files.cache))
    if not reading.vocabulary() or not reading.vocabulary_read:
        return None
    beginnings = tuple(f"{_DATA}/{folder}/" for folder in folders)
    nothing = Folder.of({})
    identities = {folder.rpartition("/")[2] for folder in found if folder.startswith(beginnings)}
    return reading, [
        City(reading, identity, {f"{at}{identity}": found.get(f"{at}{identity}", nothing) for at in beginnings})
        for identity in sorted(identities)
        if municipality in {None, identity}
    ]


def texts_of(
    reading: Reading, cities: Collection[City], kind: str, make: Callable[[], Make], progress: Progress | None
) -> list[str]:
    """The text of each municipality: kept, or made and kept. An empty one says that there can be none.

    `make` gives what makes them; it waits, with all that it imports, until something has to be made.
    """
    cache = reading.source.cache
    keys = {city.identity: city.key() for city in cities}
    kept = cache.get(kind, {key for key in keys.values() if key is not None})
    texts = {city: kept[key].decode("ascii") for city, key in keys.items() if key in kept}
    missing = [city for city in cities if city.identity not in texts]
    done, of = 0, sum(map(len, missing))
    for city in missing:
        told = None if progress is None else partial(_further, progress, done, of)
        text = texts[city.identity] = make()(reading, city, told)
        key = city.key()
        if key is not None:
            cache.put(kind, {key: text.encode("ascii")})
        done += len(city)
    if missing:
        reading.source.settle()
    return [texts[city.identity] for city in cities]


def _further(progress: Progress, done: int, of: int, place: int, _: int) -> None:
    progress(done + place, of)


class _Named(Mapping[str, "str | None"]):
    """The names of bytes by key, looked up in their folders when they are asked for."""

    def __init__(self, folders: Mapping[str, Mapping[str, str | None]]) -> None:
        self._folders = folders

    def __getitem__(self, key: str) -> str | None:
        folder, _, name = key.rpartition("/")
        return self._folders[folder][name]

    def __iter__(self) -> Iterator[str]:
        return (f"{folder}/{name}" for folder, names in self._folders.items() for name in names)

    def __len__(self) -> int:
        return sum(map(len, self._folders.values()))


def _is_ordinary(folder: str, names: Folder) -> bool:
    """Whether all in the folder is as a register has it: nothing in a wrong place or with a wrong name."""
    above, _, name = folder.rpartition("/")
    if above in _FOLDERS and is_slug(name):
        return names.is_plain
    if folder == _DATA:
        return not any(name.lower().endswith((".yaml", ".yml")) and name != _VOCABULARY for name in names)
    return not names
