"""The files as a revision of git holds them: the same keys and the same bytes as in a clean working tree."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from orgreg.store import Missing, Obstacle, Trouble
from orgreg.store.cache import NoCache
from orgreg.store.git import Contents
from orgreg.store.looks import name_of, naming_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from orgreg.store import Recorded
    from orgreg.store.cache import Keeping
    from orgreg.store.git import Leaf, Repository

_DATA: Final = "data/"
_LINK: Final = "120000"
_SUBMODULE: Final = "160000"
_KEPT: Final = 1_100_000
"""Files that are read together are read up to this size; of a larger one more is read only where more is asked for."""
_SINGLY: Final = 8
"""So many files are fetched one by one where a cache has most of them; whoever asks for more is given all."""
_DEEP: Final = 3
"""Slashes in the key of a file of a municipality: `data/units/bs/rat.yaml`."""


class Revision:
    """The register's files at a commit. `path` is where its `data/` lies there: any folder of the repository."""

    def __init__(
        self,
        repository: Repository,
        recorded: Recorded,
        path: str,
        leaves: Sequence[Leaf],
        cache: Keeping | None = None,
    ) -> None:
        self.recorded = recorded
        self.cache: Keeping = NoCache() if cache is None else cache
        self.path = path
        self._repository = repository
        mine = {_DATA + leaf.path.removeprefix(path): leaf for leaf in leaves if leaf.path.startswith(path)}
        self._leaves = {key: leaf for key, leaf in mine.items() if not _is_hidden(key)}
        self._contents = Contents({}, "")
        self._asked: set[str] = set()
        self._singly = 0

    def keys(self) -> list[str]:
        """Every key below `data/`, sorted; hidden files are left out, links are listed as they are."""
        return sorted(self._leaves)

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        """The first bytes of the key's file, or why there are none."""
        leaf = self._leaves.get(key)
        if leaf is None:
            return Trouble(Obstacle.UNREADABLE, "no such file or directory")
        if leaf.mode == _SUBMODULE:
            return Trouble(Obstacle.SPECIAL, "a submodule, another repository's folder")
        data = self._data(leaf)
        if leaf.mode == _LINK:
            return Trouble(Obstacle.LINK, os.fsdecode(data))
        if at_most > _KEPT == len(data):
            data = self._repository.contents([leaf.name], at_most).found[leaf.name]
        return data[:at_most]

    def objects(self) -> Mapping[str, str]:
        """The name of each file's object by its key: equal names are equal bytes, in every revision."""
        return {key: leaf.name for key, leaf in self._leaves.items() if leaf.mode != _SUBMODULE}

    def named(self, municipality: str | None = None) -> dict[str, str | None]:
        """Every key with the name of its bytes."""
        told = {key: None if leaf.mode in {_SUBMODULE, _LINK} else leaf.name for key, leaf in self._leaves.items()}
        if municipality is None:
            return told
        return {key: name for key, name in told.items() if key.count("/") < _DEEP or key.split("/")[2] == municipality}

    def folders(self, municipality: str | None = None) -> dict[str, dict[str, str | None]]:
        """The same, folder by folder and without its path."""
        found: dict[str, dict[str, str | None]] = {}
        for key, name in self.named(municipality).items():
            folder, _, entry = key.rpartition("/")
            found.setdefault(folder, {})[entry] = name
        return found

    def name(self, key: str, data: bytes) -> str:
        """The name of bytes that have been read, as this repository names them."""
        return name_of(data, naming_of(self._leaves[key].name))

    def prepare(self, keys: Collection[str]) -> None:
        """Have git give the bytes of these together: one by one it would have to be started for each."""
        objects = self.objects()
        self._fetch(dict.fromkeys(objects[key] for key in keys if key in objects))

    def settle(self) -> None:
        """Let go of the bytes that have been read. Nothing is to be kept: git knows their names."""
        self._contents = Contents({}, "")

    def _data(self, leaf: Leaf) -> bytes:
        if leaf.name not in self._contents.found:
            self._singly += 1
            one_by_one = self._singly <= _SINGLY and not isinstance(self.cache, NoCache)
            self._fetch([leaf.name] if one_by_one else dict.fromkeys(self.objects().values()))
        data = self._contents.found.get(leaf.name)
        if data is None:
            raise Missing(self._lost(leaf))
        return data

    def _fetch(self, names: Collection[str]) -> None:
        missing = [name for name in names if name not in self._contents.found]
        if not missing:
            return
        self._asked.update(missing)
        fetched = self._repository.contents(missing, _KEPT)
        self._contents = Contents({**self._contents.found, **fetched.found}, fetched.trouble)

    def _lost(self, leaf: Leaf) -> str:
        others = sum(name in self._asked and name not in self._contents.found for name in self.objects().values()) - 1
        more = f" and of {others} more of its files" if others else ""
        return (
            f"git does not have the bytes of {leaf.path} at {self.recorded.commit[:7]}{more}: "
            f"{self._contents.trouble}. What a partial clone left out comes from its remote: "
            "ask again when that can be reached. Else try git fsck."
        )


def _is_hidden(key: str) -> bool:
    return any(part.startswith(".") for part in key.split("/"))
