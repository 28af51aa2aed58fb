"""The past states of a register: which commit is meant, and where in its tree the register lay then."""

from __future__ import annotations

import os
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING, Final

from orgreg.model.wording import shortened
from orgreg.store import Missing, Recorded
from orgreg.store.cache import NoCache
from orgreg.store.git import Repository
from orgreg.store.history import newest_by
from orgreg.store.revision import Revision
from orgreg.store.working_tree import DATA, nearest_root

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from orgreg.store.cache import Keeping

_HOME: Final = "data/"
_REGISTRY: Final = "registry.yaml"
_SHALLOW: Final = "The clone is shallow and has only the newest commits: git fetch --unshallow, in CI fetch-depth: 0."


class NoRegister(Missing):
    """A commit in whose tree no register lies."""


class Past:
    """What git has of a register, asked from the register or from any folder of a repository, also a bare one."""

    def __init__(self, where: Path, kept: Keeping | None = None) -> None:
        self.root = nearest_root(where)
        self.kept = kept or NoCache()
        here = where.resolve()
        # Asked from data/ itself, since it may be a submodule or lie behind a link.
        folder = self.root / DATA if self.root else here if here.is_dir() else here.parent
        self.repository = Repository(folder)

    def at(self, revision: str, *, or_time: bool = True) -> Recorded:
        """The commit of a revision, in any spelling that git understands. `or_time`: where a time may be named too."""
        found = self.repository.commit(revision)
        if found is None:
            self._has_begun(f"git knows no revision {shortened(revision)!r} here")
            hint = f" {_SHALLOW}" if self.repository.is_shallow else ""
            time = ", or a time such as 2024-04-09 or 2024-04-09T10:00" if or_time else ""
            raise Missing(
                f"git knows no revision {shortened(revision)!r} here. Name a commit, a branch or a tag{time}; git log "
                f"shows the commits.{hint}"
            )
        return found

    def parted(self, revision: str, mine: str = "HEAD") -> Recorded:
        """The commit at which what is checked out, or another revision, parted from a revision: their merge base."""
        other = self.at(revision, or_time=False)
        here = self.at(mine, or_time=False)
        found = self.repository.merge_bases(here.commit, other.commit)
        if self.repository.is_shallow and (
            not found or self.repository.lacks_between(found[0], here.commit, other.commit)
        ):
            raise Missing(f"git cannot tell here where {mine} parted from {revision}. {_SHALLOW}")
        if not found:
            raise Missing(f"{mine} and {revision} have no commit in common: there is nothing to compare with.")
        if len(found) > 1:
            several = " and ".join(name[:7] for name in sorted(found))
            raise Missing(
                f"{mine} and {revision} were merged crosswise and have parted at {several}: name one of them, or merge "
                f"{revision} first."
            )
        return self.at(found[0])

    def by(self, second: int, word: str) -> Recorded:
        """The newest commit on the first-parent line from HEAD whose committer's time is not later than the second."""
        indexed = newest_by(self, second)
        if indexed is not None:
            return self.at(indexed)
        name = ""
        try:
            with closing(self.repository.line()) as line:
                for when, name in line:
                    if when <= second:
                        return self.at(name)
        except Missing:
            self._has_begun(f"nothing was recorded by {word}")
            raise
        if self.repository.is_cut_off(name):
            raise Missing(f"git does not have what was recorded by {word} here. {_SHALLOW}")
        raise Missing(f"nothing was recorded by {word}{self._began}")

    def _has_begun(self, told: str) -> None:
        branch = self.repository.unborn()
        if branch is not None:
            raise Missing(
                f"{told}: no commit has been made on {branch} yet. Record the files first, with git add and git commit."
            )

    def names_like(self, word: str) -> list[str]:
        """The branches and tags that are called as the word is, in full."""
        return self.repository.names_like(word)

    def files(self, recorded: Recorded) -> Revision:
        """The register's files at a commit, wherever in the repository they lay then."""
        if self.root is not None:
            leaves = self.repository.tree(recorded.commit, self.repository.prefix)
            found = Revision(self.repository, recorded, self.repository.prefix, leaves, self.kept)
            if f"{_HOME}{_REGISTRY}" in found.objects():
                return found
        leaves = self.repository.tree(recorded.commit)
        path = self._elsewhere(recorded, {leaf.path for leaf in leaves})
        return Revision(self.repository, recorded, path, leaves, self.kept)

    def unrecorded(self, keys: Collection[str]) -> list[str]:
        """Those of these files, of none given all, that lie here otherwise than they are recorded at HEAD."""
        if self.root is None:
            return []
        specs = [f":(literal){key.removeprefix(_HOME)}" for key in keys] or ["."]
        options = ("--porcelain=v1", "-z", "--untracked-files=all", "--no-renames")
        listed = self.repository.run("status", *options, "--", *specs).stdout.split(b"\0")
        paths = (os.fsdecode(line[3:]) for line in listed if line)
        found = (_HOME + path.removeprefix(self.repository.prefix) for path in paths)
        return sorted(key for key in found if "/." not in key)

    def moved(self, files: Revision) -> bool:
        """Whether the register lay elsewhere in the repository than it does now."""
        return self.root is not None and files.path != self.repository.prefix

    def _elsewhere(self, recorded: Recorded, paths: set[str]) -> str:
        if self.root is None:
            for path in _upward(self.repository.prefix):
                if path + _REGISTRY in paths:
                    return path
        ending = _HOME + _REGISTRY
        mine = sorted(path for path in paths if f"/{path}".endswith(f"/{ending}") and not self._is_another(path))
        if len(mine) == 1:
            return mine[0].removesuffix(_REGISTRY)
        said = f"{recorded.commit[:7]}, recorded {recorded.time.isoformat()}"
        if mine:
            raise Missing(f"several registers lie in {said}, and none where this one does: {', '.join(mine)}.")
        raise NoRegister(f"there is no register in {said}: no {ending} in its tree{self._began}")

    def _is_another(self, path: str) -> bool:
        """Whether a register lies there today that is not the one asked for."""
        if self.root is None:
            return False
        depth = self.repository.prefix.count("/")
        top = (self.root / DATA).resolve().parents[depth - 1] if depth else (self.root / DATA).resolve()
        return (top / path).is_file()

    @cached_property
    def _began(self) -> str:
        name = self.repository.began()
        first = None if name is None else self.repository.recorded(name)
        if first is None:
            return ", and no commit that leads to HEAD brought one."
        return f"; the register began with {first.commit[:7]}, recorded {first.time.isoformat()}."


def revision(where: Path, word: str) -> Revision:
    """The register's files at a revision."""
    past = Past(where)
    return past.files(past.at(word))


def _upward(prefix: str) -> Iterator[str]:
    """Where `data/` may lie above a folder of the repository, the nearest first."""
    parts = prefix.split("/")[:-1]
    for depth in range(len(parts), -1, -1):
        yield "/".join([*parts[:depth], _HOME])
