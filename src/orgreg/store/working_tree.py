"""The files as they lie on the disk."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager
from functools import cached_property
from itertools import chain
from time import time_ns
from typing import TYPE_CHECKING, Final

from orgreg.model.wording import shortened
from orgreg.store import Missing, Obstacle, Trouble
from orgreg.store.cache import NoCache
from orgreg.store.looks import Looks, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from orgreg.store.cache import Keeping
    from orgreg.store.journal import Journal
    from orgreg.store.looks import Folder

_LONGEST_PATH: Final = 300
"""The signs of a path that an answer repeats."""
DATA = "data"
REGISTRY = "data/registry.yaml"
PENDING = "data/.orgreg/pending"
"""Where a change lies that counts and may not be in place yet: see `orgreg.store.journal`."""
STAGING = "data/.orgreg/staging"
"""Where one lies that does not count yet, or no more."""
_AS_IT_LIES: Final[int] = getattr(os, "O_BINARY", 0)
"""Windows would read other line ends than there are."""


def find_root(start: Path) -> Path:
    """The folder whose `data/registry.yaml` is nearest: the one given or the first above it that has one."""
    found = nearest_root(start)
    if found is not None:
        return found
    if _is_bare(start):
        raise Missing(
            f"no register here: {start} is a repository without working files. What is recorded is asked with --as-of "
            "HEAD; to check or change it, go to a clone that has files."
        )
    raise Missing(
        f"no register here: neither {start} nor a folder above it has {REGISTRY}. "
        "Go to a register, or name one with -C."
    )


def nearest_root(start: Path) -> Path | None:
    """The same, or None where there is none. The folder to start from must be there."""
    try:
        here = start.resolve(strict=True)
    except OSError as error:
        named = shortened(str(start), _LONGEST_PATH)
        raise Missing(f"{named}: {_words(error)}. Name a folder of a register with -C.") from None
    return next((folder for folder in (here, *here.parents) if (folder / REGISTRY).is_file()), None)


def has_begun(root: Path) -> bool:
    """Whether a change is under way or was interrupted: every command asks, so it costs next to nothing."""
    return any(os.path.lexists(root / name) for name in (PENDING, STAGING))


def _is_bare(folder: Path) -> bool:
    return (folder / "HEAD").is_file() and all((folder / name).is_dir() for name in ("objects", "refs"))


class WorkingTree:
    """The register's files on the disk. A link is never followed: it would be another identity for the same bytes.

    What an interrupted change has not put in its place yet is read as if it had. With a cache it remembers the names
    of bytes by what the system says of their files, so that what has not changed is not read again.
    """

    def __init__(self, root: Path, cache: Keeping | None = None, now: Callable[[], int] = time_ns) -> None:
        self.root = root
        self.cache: Keeping = NoCache() if cache is None else cache
        self._looks = Looks(root, self.cache, now)

    def keys(self) -> list[str]:
        """Every key below `data/`, sorted by name; hidden files are left out, links are listed as they are."""
        found = (
            [folder] if entries is None else [f"{folder}/{entry.name}" for entry in entries]
            for folder, entries in self._walk(None)
        )
        return sorted(self._listed(chain.from_iterable(found)))

    def named(self, municipality: str | None = None) -> dict[str, str | None]:
        """Every key with the name of its bytes, as far as that is known without reading them."""
        known, unlisted = self._known(municipality)
        found = dict.fromkeys(unlisted)
        for folder, names in known.items():
            found |= {f"{folder}/{name}": told for name, told in names.items()}
        if self._journal is None:
            return found
        moving = {part.key for part in self._journal.parts}
        return {key: None if key in moving else found.get(key) for key in self._listed(found)}

    def folders(self, municipality: str | None = None) -> dict[str, Folder] | None:
        """The same, folder by folder; None where that cannot be told: one cannot be listed, a change is under way."""
        if self._journal is not None:
            return None
        known, unlisted = self._known(municipality)
        return None if unlisted else known

    def _known(self, municipality: str | None) -> tuple[dict[str, Folder], list[str]]:
        """The folders that can be listed, looked at one by one while each is open; and those that cannot."""
        unlisted: list[str] = []

        def listed() -> Iterator[tuple[str, list[os.DirEntry[str]]]]:
            for folder, entries in self._walk(municipality):
                if entries is None:
                    unlisted.append(folder)
                else:
                    yield folder, entries

        return self._looks.known(listed()), unlisted

    def objects(self, naming: str = "sha1") -> dict[str, str]:
        """The name that git gives to each ordinary file's bytes, by its key: sha1 or sha256, as a repository has it."""
        found = self.named() if naming == "sha1" else dict.fromkeys(self.keys())
        for key, name in found.items():
            if name is None and isinstance(data := self.read(key, sys.maxsize), bytes):
                found[key] = self.name(key, data) if naming == "sha1" else name_of(data, naming)
        self.settle()
        return {key: name for key, name in found.items() if name is not None}

    def prepare(self, keys: Collection[str]) -> None:
        """Nothing is to be made ready."""

    def settle(self) -> None:
        """Keep the names of what has been read, so that it need not be read again."""
        self._looks.settle()

    def _listed(self, found: Iterable[str]) -> Iterable[str]:
        return found if self._journal is None else self._journal.keys(found)

    @cached_property
    def _journal(self) -> Journal | None:
        if not os.path.lexists(self.root / PENDING):
            return None
        from orgreg.store.journal import journal

        return journal(self.root)

    def _walk(self, municipality: str | None) -> Iterator[tuple[str, list[os.DirEntry[str]] | None]]:
        """The folders with what lies in each that is no folder itself; None for one that cannot be listed."""
        root = str(self.root)
        waiting = [DATA]
        while waiting:
            folder = waiting.pop()
            entries: list[os.DirEntry[str]] = []
            folders: list[os.DirEntry[str]] = []
            try:
                with _listing(f"{root}/{folder}") as listed:
                    for entry in listed:
                        if entry.name[0] != ".":
                            (folders if entry.is_dir(follow_symlinks=False) else entries).append(entry)
                    yield folder, entries  # while it is open: the system finds what lies in it faster
            except OSError:
                yield folder, None
                continue
            if municipality is not None and folder.count("/") == 1:
                folders = [entry for entry in folders if entry.name == municipality]
            waiting += [f"{folder}/{entry.name}" for entry in folders]

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        """The first bytes of a file, or why there are none."""
        made = None if self._journal is None else self._journal.read(key)
        if made is not None:
            return made if isinstance(made, Trouble) else made[:at_most]
        path = f"{self.root}/{key}"
        try:
            mode = os.lstat(path).st_mode
            if stat.S_ISLNK(mode):
                return Trouble(Obstacle.LINK, os.readlink(path))  # noqa: PTH115 - the text of the link, as it stands
            if not stat.S_ISREG(mode):
                return Trouble(
                    Obstacle.SPECIAL, "a folder that cannot be listed" if stat.S_ISDIR(mode) else "no ordinary file"
                )
            looked, data = _read(path, at_most)
        except OSError as error:
            return Trouble(Obstacle.UNREADABLE, _words(error))
        if len(data) == looked.st_size and not isinstance(self.cache, NoCache):
            self._looks.learn(key, looked, data)
        return data

    def name(self, key: str, data: bytes) -> str:  # noqa: ARG002 - as the protocol says
        """The name of bytes that have been read: those of the last file have been named by then."""
        return self._looks.name(data)


@contextmanager
def _listing(folder: str) -> Iterator[Iterator[os.DirEntry[str]]]:
    """What lies in a folder, which stays open meanwhile where the system lets it."""
    if os.scandir not in os.supports_fd:
        yield os.scandir(folder)
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield os.scandir(opened)
    finally:
        os.close(opened)


def _read(path: str, at_most: int) -> tuple[os.stat_result, bytes]:
    """What the system says of an open file, and its first bytes: no more than one more than it said."""
    opened = os.open(path, os.O_RDONLY | _AS_IT_LIES)
    try:
        looked = os.fstat(opened)
        wanted = min(at_most, looked.st_size + 1)
        data = os.read(opened, wanted)
        while len(data) < wanted and (more := os.read(opened, wanted - len(data))):
            data += more
    finally:
        os.close(opened)
    return looked, data


def _words(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
