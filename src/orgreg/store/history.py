"""What git has of a register over time: the commits of a line, what each brought, and the files after each.

The line is the one that `--as-of TIME` goes back on: from a commit along the first parents. A merge counts as what it
brought to it. A register that was moved in its repository is followed: its files keep their keys.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.store import Missing, Obstacle, Trouble
from orgreg.store.cache import NoCache
from orgreg.store.git import as_lies
from orgreg.store.index import Index, Touch, Walked
from orgreg.store.working_tree import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from orgreg.store import Recorded
    from orgreg.store.git import Step
    from orgreg.store.index import Version
    from orgreg.store.past import Past
    from orgreg.store.revision import Revision

_DATA: Final = "data/"
_MESSAGE: Final = 1 << 20
_LINK: Final = "120000"
_NOW_AND_THEN: Final = 500
_WRITTEN_BY: Final = re.compile(rb"^author (.*) <[^<>\n]*> ", re.MULTILINE)
_ENCODING: Final = re.compile(rb"^encoding (\S+)$", re.MULTILINE)
_TRAILER: Final = re.compile(r"([A-Za-z0-9-]+): +(.*(?:\n[ \t]+.*)*)")


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as it is told: when it was committed, who wrote it, of a merge also who wrote what it brought.

    `trailers` are the lines `Key: value` at the end of its message.
    """

    name: str
    time: datetime
    author: str
    merged: tuple[str, ...]
    subject: str
    trailers: tuple[tuple[str, str], ...]


class Brought(NamedTuple):
    """The files of the register that the commit at a position made others."""

    position: int
    touches: Sequence[Touch]


class History:
    """The line from a commit back. Positions count from the oldest commit that git has of it, which is 0.

    `progress` is told now and then how many commits have been gone through, and 0, since nobody knows how many follow.
    """

    def __init__(self, past: Past, tip: Recorded, progress: Callable[[int, int], None] | None = None) -> None:
        self.tip = tip
        self._progress = progress
        self._past = past
        self._repository = past.repository
        # What a shallow clone has may grow at its old end, where an index is not looked at again.
        kept = NoCache() if self._repository.is_shallow else past.kept
        self.kept = past.kept
        self.place = _place(past)
        self._reader = self._repository.reader()
        self._path, self._keys = "", dict[bytes, str]()
        """The key of each path that was met, for a register that lies in a path; empty for what is no file of it."""
        self._expected: frozenset[str] = frozenset()
        self._fetched: dict[str, bytes] = {}
        self._index = Index(kept, self.place, tip.commit, self._walk)

    @cached_property
    def is_cut(self) -> bool:
        """Whether the oldest commit has a parent which a shallow clone does not have: what it brought is not known."""
        return self._repository.is_cut_off(self.commit_name(0))

    def __len__(self) -> int:
        return len(self._index)

    def newest_by(self, second: int) -> int | None:
        """The position of the newest commit that is not later than the second; None where all are."""
        return self._index.by(second)

    def close(self) -> None:
        """End what was started to read with."""
        self._reader.close()

    def commit_name(self, position: int) -> str:
        """The whole name of a commit."""
        return self._index.row(position)[0]

    def time(self, position: int) -> datetime:
        """When it was committed, on the clock of who committed it."""
        _, second, offset = self._index.row(position)
        return _moment(second, offset)

    def commit(self, position: int) -> Commit:
        """The commit at a position, with its message."""
        name = self.commit_name(position)
        raw = self._reader.get(name, _MESSAGE) or b""
        head, _, message = raw.partition(b"\n\n")
        found = _ENCODING.search(head)
        encoding = "utf-8" if found is None else found[1].decode("ascii", errors="replace")
        author = _WRITTEN_BY.search(head)
        words = _decoded(message, encoding)
        is_merge = head.count(b"\nparent ") > 1
        return Commit(
            name,
            self.time(position),
            "" if author is None else _decoded(author[1], encoding),
            self._repository.written_by(name) if is_merge else (),
            " ".join(words.strip().partition("\n\n")[0].split()),
            _trailers(words),
        )

    def brought(self) -> Iterator[Brought]:
        """What each commit brought, the newest first. Of the oldest of a shallow clone it is not known: left out."""
        oldest = 1 if self.is_cut else 0
        for distance, walked in enumerate(self._walk()):
            position = len(self) - 1 - distance
            if position >= oldest:
                yield Brought(position, walked.touches)

    def brought_by(self, position: int) -> Brought:
        """What the commit at a position brought."""
        step = next(self._repository.steps(self.commit_name(position), alone=True))
        return Brought(position, self._mapped(step, self._index.path(position))[0])

    def versions(self, key: str) -> Sequence[Version]:
        """What the commits made of a file, the oldest first."""
        return self._index.versions(key)

    def object(self, key: str, position: int) -> str | None:
        """The name of the object of a file after the commit at a position; None where there is none. -1: before all."""
        versions = self.versions(key)
        at = bisect_right(versions, position, key=lambda one: one.position)
        return versions[at - 1].name if at else None

    def since(self, name: str) -> int:
        """The position of the oldest commit of the line that is not reached from another commit."""
        return len(self) - self._repository.newer(self.tip.commit, name)

    def expect(self, names: Collection[str]) -> None:
        """Say what will be read: where a partial clone has left something out, it is fetched in one go."""
        self._expected = frozenset(one for one in names if ":" not in one)

    def read(self, name: str, at_most: int) -> bytes | Trouble:
        """The first bytes of an object that a file is or was."""
        mode, _, bare = name.rpartition(":")
        if mode and mode != _LINK:
            return Trouble(Obstacle.SPECIAL, "a submodule, another repository's folder")
        data = self._reader.get(bare, at_most)
        if data is None:
            if bare not in self._fetched:
                self._fetched = dict(self._repository.contents({bare, *self._expected}, at_most).found)
            data = self._fetched.get(bare)
        if data is None:
            raise Missing(
                f"git does not have the bytes of {bare[:12]}, a file of the register as it was. What a partial clone "
                "left out comes from its remote: ask again when that can be reached. Else try git fsck."
            )
        return Trouble(Obstacle.LINK, os.fsdecode(data)) if mode else data[:at_most]

    def _walk(self) -> Iterator[Walked]:
        path = self._past.files(self.tip).path
        with closing(self._repository.steps(self.tip.commit)) as steps:
            for number, step in enumerate(steps):
                if self._progress is not None and not number % _NOW_AND_THEN:
                    self._progress(number, 0)
                touches, before = self._mapped(step, path)
                yield Walked(step.name, step.time, path, touches)
                path = before

    def _mapped(self, step: Step, path: str) -> tuple[list[Touch], str]:
        """What a commit brought to the register that lies in a path, and where it lay before."""
        if path != self._path:
            self._path, self._keys = path, {}
        keys, touches = self._keys, []
        for found, before, after in step.files:
            key = keys.get(found)
            if key is None:
                key = keys[found] = _key(path, os.fsdecode(found))
            if key:
                touches.append(Touch(key, before, after))
                if key == REGISTRY and before is None and step.parents:
                    prior = self._prior(step.parents[0])
                    if prior is not None and prior.path != path:
                        return self._moved(prior, step.name, path), prior.path
        return touches, path

    def _prior(self, commit: str) -> Revision | None:
        """Where the register lay before it came to where it was found, if it lay anywhere."""
        recorded = self._repository.recorded(commit)
        try:
            return None if recorded is None else self._past.files(recorded)
        except Missing:
            return None

    def _moved(self, prior: Revision, name: str, path: str) -> list[Touch]:
        """In what a register differs from what it was in another path."""
        before = self._lying(prior.recorded.commit, prior.path)
        after = self._lying(name, path)
        keys = sorted({*before, *after})
        return [Touch(key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)]

    def _lying(self, commit: str, path: str) -> dict[str, str]:
        leaves = self._repository.tree(commit, path)
        found = {_DATA + leaf.path.removeprefix(path): as_lies(leaf.mode, leaf.name) or "" for leaf in leaves}
        return {key: name for key, name in found.items() if not _is_hidden(key)}


def _place(past: Past) -> str:
    return str(past.repository.folder.resolve())


def newest_by(past: Past, second: int) -> str | None:
    """The name of the newest commit that is not later than the second, from the index, where one has been begun."""
    if past.repository.is_shallow or not Index.is_begun(past.kept, _place(past)):
        return None
    history = History(past, past.at("HEAD"))
    found = history.newest_by(second)
    return None if found is None else history.commit_name(found)


def _key(path: str, found: str) -> str:
    key = _DATA + found.removeprefix(path)
    return "" if not found.startswith(path) or _is_hidden(key) else key


def _is_hidden(key: str) -> bool:
    return "/." in key and any(part.startswith(".") for part in key.split("/"))


def _moment(second: int, offset: str) -> datetime:
    ahead = timedelta(hours=int(offset[1:3]), minutes=int(offset[3:5]))
    zone = timezone(-ahead if offset[0] == "-" else ahead) if ahead < timedelta(days=1) else UTC
    return datetime.fromtimestamp(second, zone)


def _decoded(told: bytes, encoding: str) -> str:
    try:
        return told.decode(encoding, errors="replace")
    except LookupError:
        return told.decode("utf-8", errors="replace")


def _trailers(message: str) -> tuple[tuple[str, str], ...]:
    """The last paragraph, where all of it is `Key: value`; the first is the subject and never trailers."""
    first, _, last = message.replace("\r\n", "\n").strip().rpartition("\n\n")
    found = [*_TRAILER.finditer(last)] if first else []
    if "\n".join(one[0] for one in found) != last:
        return ()
    return tuple((one[1], " ".join(one[2].split())) for one in found)
