"""The files that are the same in two states, read or searched only where something differs near them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, cast

from orgreg.check.unchanged import Gist, Searched, Unchanged
from orgreg.check.views import Days
from orgreg.load import REGISTRY, registry_of
from orgreg.load.keys import misnamed
from orgreg.load.reading import FOLDERS, File, Reading, Source
from orgreg.review.memory import known_of
from orgreg.store.edition import GRAMMAR, edition
from orgreg.store.looks import digest_of_bytes
from orgreg.text.scan import MAX_BYTES

if TYPE_CHECKING:
    from orgreg.diff.shelves import Known
    from orgreg.model.registry import Registry
    from orgreg.review.memory import Parts

_GIST_MADE_OF: Final = (*GRAMMAR, "text", "model", "check/unchanged.py", "check/views.py", "review/same.py")


class Same:
    """The unchanged files. Those of the municipalities in which something differs are near, the others far."""

    def __init__(self, parts: Parts, known: frozenset[str]) -> None:
        self._files, self._proposed = parts.before, parts.after
        self._differing, self._keys = parts.differing, parts.same
        self._gists: dict[str, Gist] = {}
        self._by_city: dict[str, list[str]] = {}
        for key in parts.same:
            self._by_city.setdefault(_city(key), []).append(key)
        self.cities = sorted(self._by_city)
        self._near = frozenset(map(_city, parts.differing) if self._files.cache.keeps else self.cities)
        self.known = known

    def __contains__(self, known: object) -> bool:
        folder, identity = cast("Known", known)
        return _key(folder, identity) in self._keys

    def is_near(self, city: str) -> bool:
        """Whether its files are to be searched, and not its gist to be asked."""
        return city in self._near

    def texts(self, city: str) -> Mapping[Known, bytes]:
        """What can be searched of the files of a municipality: what the cache has of them, else their bytes."""
        keys = self._by_city.get(city, [])
        files = self._files
        files.cache.fetch((key, files.names[key]) for key in keys)
        kept = {key: files.cache.of(key, files.names[key]) for key in keys}
        missing = [key for key, data in kept.items() if data is None]
        if missing:
            self._proposed.prepare(missing)
        return {known_of(key): self._read(key) if data is None else data for key, data in kept.items()}

    def text(self, known: Known) -> bytes:
        """What can be searched of one file."""
        key = _key(*known)
        kept = self._files.cache.of(key, self._files.names[key])
        return self._read(key) if kept is None else kept

    def _read(self, key: str) -> bytes:
        """The same bytes lie in both states: of the proposed one they are had faster where it is a folder."""
        proposed = self._proposed.read(key, MAX_BYTES + 1)
        if isinstance(proposed, bytes) and self._proposed.name(key, proposed) == self._files.names[key]:
            return proposed
        data = self._files.read(key, MAX_BYTES + 1)
        return data if isinstance(data, bytes) else b""  # it has just gone, and nothing will be kept of the answer

    def gist(self, city: str) -> Gist:
        """What has to be known of the files of a municipality: kept by the names of their bytes, or made."""
        if not self._gists:
            self._gists = self._kept()
        if city not in self._gists:
            changed = Days(Unchanged(self), self.registry).last_change(city)
            self._gists[city] = made = Searched(self.texts(city)).gist(self.known, self.written, changed)
            self._files.cache.put(_gists(), {self._told[city]: _frozen(made)})
        return self._gists[city]

    def written(self, paper: str) -> date | None:
        """The last known day on which a paper of that identity was written."""
        found = self.registry.papers.get(paper)
        return None if found is None else found.date.last_known

    def _kept(self) -> dict[str, Gist]:
        found = self._files.cache.get(_gists(), [told for city, told in self._told.items() if city not in self._near])
        return {city: _thawed(found[told]) for city, told in self._told.items() if told in found}

    @cached_property
    def _told(self) -> dict[str, str]:
        """By municipality what its gist is kept by."""
        names = self._files.names
        told = {city: sorted(keys) for city, keys in self._by_city.items()}
        words = names[REGISTRY]
        return {
            city: digest_of_bytes(
                "\0".join([words, *keys, *map(names.__getitem__, keys)]).encode(errors="surrogateescape")
            )
            for city, keys in told.items()
        }

    @cached_property
    def registry(self) -> Registry:
        """Each file read when it is asked for by its identity."""
        files = self._files
        reading = Reading(Source(files, files.names, files.cache))
        reading.vocabulary()
        known = {folder: _Keyed(folder, self._keys) for folder in FOLDERS}
        return registry_of(reading, known, (), misnamed(files.names.keys() - self._differing, self._keys))


class _Keyed(Mapping[str, File]):
    """The unchanged files of a folder by identity."""

    def __init__(self, folder: str, keys: frozenset[str]) -> None:
        self._folder, self._keys = folder, keys

    def __getitem__(self, identity: str) -> File:
        key = _key(self._folder, identity)
        if key not in self._keys:
            raise KeyError(identity)
        return File(key, self._folder, identity)

    def __iter__(self) -> Iterator[str]:
        return (identity for folder, identity in map(known_of, self._keys) if folder == self._folder)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _gists() -> str:
    return f"gist {edition(*_GIST_MADE_OF)}"


def _frozen(gist: Gist) -> bytes:
    told = (
        sorted(gist.odd),
        {identity: sorted(files) for identity, files in gist.abroad.items()},
        gist.latest.isoformat(),
        sorted(gist.unclear),
        [day.isoformat() for day in gist.papers],
        gist.changed.isoformat(),
    )
    return json.dumps(told, separators=(",", ":")).encode()


def _thawed(frozen: bytes) -> Gist:
    odd, abroad, latest, unclear, papers, changed = json.loads(frozen)
    return Gist(
        frozenset(map(_pair, odd)),
        {identity: [*map(_pair, files)] for identity, files in abroad.items()},
        date.fromisoformat(latest),
        frozenset(map(_pair, unclear)),
        [*map(date.fromisoformat, papers)],
        date.fromisoformat(changed),
    )


def _pair(told: list[str]) -> Known:
    folder, identity = told
    return folder, identity


def _key(folder: str, identity: str) -> str:
    # Not `path_of`, which gives a part the path of its whole.
    return f"data/{folder}/{identity}.yaml"


def _city(key: str) -> str:
    return key.split("/", 3)[2]
