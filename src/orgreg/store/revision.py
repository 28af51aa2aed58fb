"""The files as a revision of git holds them: the same keys and the same bytes as in a clean working tree."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Final

from orgreg.store import Missing, Obstacle, Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgreg.store import Recorded
    from orgreg.store.git import Contents, Leaf, Repository

_DATA: Final = "data/"
_LINK: Final = "120000"
_SUBMODULE: Final = "160000"
_KEPT: Final = 1_100_000
"""All files are read together up to this size; of a larger one more is read only where more is asked for."""


class Revision:
    """The register's files at a commit. `path` is where its `data/` lies there: any folder of the repository."""

    def __init__(self, repository: Repository, recorded: Recorded, path: str, leaves: Sequence[Leaf]) -> None:
        self.recorded = recorded
        self.path = path
        self._repository = repository
        mine = {_DATA + leaf.path.removeprefix(path): leaf for leaf in leaves if leaf.path.startswith(path)}
        self._leaves = {key: leaf for key, leaf in mine.items() if not _is_hidden(key)}

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
        data = self._contents.found.get(leaf.name)
        if data is None:
            raise Missing(self._lost(leaf))
        if leaf.mode == _LINK:
            return Trouble(Obstacle.LINK, os.fsdecode(data))
        if at_most > _KEPT == len(data):
            data = self._repository.contents([leaf.name], at_most).found[leaf.name]
        return data[:at_most]

    def objects(self) -> Mapping[str, str]:
        """The name of each file's object by its key: equal names are equal bytes, in every revision."""
        return {key: leaf.name for key, leaf in self._leaves.items() if leaf.mode != _SUBMODULE}

    @cached_property
    def _contents(self) -> Contents:
        return self._repository.contents(dict.fromkeys(self.objects().values()), _KEPT)

    def _lost(self, leaf: Leaf) -> str:
        others = sum(name not in self._contents.found for name in self.objects().values()) - 1
        more = f" and of {others} more of its files" if others else ""
        return (
            f"git does not have the bytes of {leaf.path} at {self.recorded.commit[:7]}{more}: "
            f"{self._contents.trouble}. What a partial clone left out comes from its remote: "
            "ask again when that can be reached. Else try git fsck."
        )


def _is_hidden(key: str) -> bool:
    return any(part.startswith(".") for part in key.split("/"))
