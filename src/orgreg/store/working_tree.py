"""The files as they lie on the disk."""

from __future__ import annotations

import os
import stat
from functools import cached_property
from typing import TYPE_CHECKING

from orgreg.store import Missing, Obstacle, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from orgreg.store.journal import Journal

DATA = "data"
REGISTRY = "data/registry.yaml"
PENDING = "data/.orgreg/pending"
"""Where a change lies that counts and may not be in place yet: see `orgreg.store.journal`."""
STAGING = "data/.orgreg/staging"
"""Where one lies that does not count yet, or no more."""


def find_root(start: Path) -> Path:
    """The folder whose `data/registry.yaml` is nearest: the one given or the first above it that has one."""
    found = nearest_root(start)
    if found is not None:
        return found
    if _is_bare(start):
        raise Missing(
            f"no register here: {start} is a repository without working files. Ask what is recorded: --as-of HEAD."
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
        raise Missing(f"{start}: {_words(error)}. Name a folder of a register with -C.") from None
    return next((folder for folder in (here, *here.parents) if (folder / REGISTRY).is_file()), None)


def has_begun(root: Path) -> bool:
    """Whether a change is under way or was interrupted: every command asks, so it costs next to nothing."""
    return any(os.path.lexists(root / name) for name in (PENDING, STAGING))


def _is_bare(folder: Path) -> bool:
    return (folder / "HEAD").is_file() and all((folder / name).is_dir() for name in ("objects", "refs"))


class WorkingTree:
    """The register's files on the disk. A link is never followed: it would be another identity for the same bytes.

    What an interrupted change has not put in its place yet is read as if it had.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def keys(self) -> list[str]:
        """Every key below `data/`, sorted by name; hidden files are left out, links are listed as they are."""
        return sorted(self._walk() if self._journal is None else self._journal.keys(self._walk()))

    @cached_property
    def _journal(self) -> Journal | None:
        if not os.path.lexists(self.root / PENDING):
            return None
        from orgreg.store.journal import journal

        return journal(self.root)

    def _walk(self) -> Iterator[str]:
        waiting = [DATA]
        while waiting:
            key = waiting.pop()
            try:
                entries = list(os.scandir(self.root / key))
            except OSError:
                yield key
                continue
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                inner = f"{key}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(inner)
                else:
                    yield inner

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        """The first bytes of a file, or why there are none."""
        made = None if self._journal is None else self._journal.read(key)
        if made is not None:
            return made if isinstance(made, Trouble) else made[:at_most]
        path = self.root / key
        try:
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                return Trouble(Obstacle.LINK, os.readlink(path))  # noqa: PTH115 - the text of the link, as it stands
            if not stat.S_ISREG(mode):
                return Trouble(
                    Obstacle.SPECIAL, "a folder that cannot be listed" if stat.S_ISDIR(mode) else "no ordinary file"
                )
            with path.open("rb") as file:
                return file.read(at_most)
        except OSError as error:
            return Trouble(Obstacle.UNREADABLE, _words(error))


def _words(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
