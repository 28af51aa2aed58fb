"""The index of a line of commits: which of them touched a file. Made from git's words, and of what is new only.

It lies in the cache, so it may be gone, or be half there, at any time. What it says of a file is a chain: each commit
left behind what the next one found. Where a link is missing, or nothing is known of a file, all is made anew.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from orgreg.store.cache import Keeping

_KIND: Final = "line-1"
"""The number is that of the form in which it is kept."""
_CHUNK: Final = 1000
"""Commits that are kept together."""
_SHORT: Final = 12
_NOTHING: Final = "-"


class Touch(NamedTuple):
    """A file of the register that a commit made another: the object that lay there before and after, None for none."""

    key: str
    before: str | None
    after: str | None


class Walked(NamedTuple):
    """A commit of the line with what it brought. `path` is where the register lay in the repository then."""

    name: str
    time: tuple[int, str]
    path: str
    touches: Sequence[Touch]


class Version(NamedTuple):
    """What a commit of the line left of a file: the name of the object, or None where it took the file away."""

    position: int
    name: str | None


@dataclass(slots=True)
class _Line:
    """What is known of the whole line. `moves` are the positions from which on the register lay in another path."""

    tip: str
    length: int
    moves: list[tuple[int, str]]
    earliest: list[int]

    def path(self, position: int) -> str:
        return next(path for first, path in reversed(self.moves) if first <= position)


@dataclass(slots=True)
class _Made:
    """What is to be kept of newly walked commits."""

    start: int
    rows: list[str] = field(default_factory=list)
    links: dict[str, list[str]] = field(default_factory=dict)
    befores: dict[str, str | None] = field(default_factory=dict)


class Index:
    """The commits of a first-parent line by their position, 0 for the oldest, and the versions of each file.

    `place` tells this line from others in the cache. `walk` goes through the commits, the newest first.
    """

    def __init__(self, kept: Keeping, place: str, tip: str, walk: Callable[[], Iterator[Walked]]) -> None:
        self._kept, self._place, self._tip, self._walk = kept, os.fsencode(place).hex(), tip, walk
        self._chunks: dict[int, list[str]] = {}
        self._links: dict[str, list[str]] = {}
        self._versions: dict[str, list[Version]] = {}
        self._is_whole = False
        """Whether all files of the line are in memory: what is not there was never touched."""
        found = self._found()
        self._line = found if found is not None and found.tip == tip else self._extended(found)

    @staticmethod
    def is_begun(kept: Keeping, place: str) -> bool:
        """Whether there is an index of that place already, though perhaps of older commits."""
        name = os.fsencode(place).hex()
        return name in kept.get(_KIND, [name])

    def __len__(self) -> int:
        return self._line.length

    def row(self, position: int) -> tuple[str, int, str]:
        """The name of a commit, and its time: seconds and the offset."""
        name, second, offset = self._rows(position // _CHUNK)[position % _CHUNK].split(" ")
        return name, int(second), offset

    def path(self, position: int) -> str:
        """Where the register lay in the repository at a commit."""
        return self._line.path(position)

    def by(self, second: int) -> int | None:
        """The position of the newest commit that is not later than the second, going back from the tip."""
        for number in range(len(self._line.earliest) - 1, -1, -1):
            if self._line.earliest[number] <= second:
                rows = self._rows(number)
                for place in range(len(rows) - 1, -1, -1):
                    if int(rows[place].split(" ")[1]) <= second:
                        return number * _CHUNK + place
        return None

    def versions(self, key: str) -> Sequence[Version]:
        """What the commits of the line made of a file, the oldest first."""
        if key not in self._versions:
            links = self._links.get(key)
            if links is None and not self._is_whole:
                links = self._kept_links([key]).get(key)
                if links is None:
                    self._line = self._extended(None)
                    links = self._links.get(key)
            if links is None:
                # Said in so many words, for the next time: a file of which nothing is kept may have been lost.
                self._kept.put(_KIND, {self._named(key): b""})
            self._versions[key] = [*self._valid(links or ())]
        return self._versions[key]

    def _valid(self, links: Iterable[str]) -> Iterator[Version]:
        """Those of this line: another branch, on which one stood before, may have left others."""
        for link in links:
            position, name, after = link.split(" ")
            at = int(position)
            if at < len(self) and self.row(at)[0].startswith(name):
                yield Version(at, None if after == _NOTHING else after)

    # What is kept

    def _named(self, key: str) -> str:
        return f"{self._place}:{os.fsencode(key).decode('utf-8', errors='backslashreplace')}"

    def _found(self) -> _Line | None:
        told = self._kept.get(_KIND, [self._place]).get(self._place)
        if told is None:
            return None
        tip, length, moves, earliest = json.loads(told)
        return _Line(tip, length, [(first, path) for first, path in moves], earliest)

    def _rows(self, number: int) -> list[str]:
        if number not in self._chunks:
            name = f"{self._place}/{number}"
            found = self._kept.get(_KIND, [name]).get(name)
            if found is None:
                self._line = self._extended(None)
            else:
                self._chunks[number] = found.decode("ascii").splitlines()
        return self._chunks[number]

    def _kept_links(self, keys: Collection[str]) -> dict[str, list[str]]:
        names = {self._named(key): key for key in keys}
        found = self._kept.get(_KIND, names)
        return {names[name]: told.decode("ascii").splitlines() for name, told in found.items()}

    # What is new

    def _extended(self, found: _Line | None) -> _Line:
        """The line up to the tip: from where it leaves what is known, or else from its beginning."""
        rows = [] if found is None else self._all_rows(found)
        known = {row.partition(" ")[0]: at for at, row in enumerate(rows)}
        new: list[Walked] = []
        start = 0
        for one in self._walk():
            position = known.get(one.name)
            if position is not None and found is not None:
                if found.path(position) == one.path:
                    start = position + 1
                    break
                known = {}
            new.append(one)
        made = _made(start, reversed(new))
        whole = start == 0
        if not whole and not self._joined(made, rows):
            return self._extended(None)
        before = [] if found is None else [move for move in found.moves if move[0] < start]
        line = _Line(self._tip, start + len(new), _moves(before, made.start, reversed(new)), [])
        self._chunks = {number: rows for number, rows in self._chunks.items() if (number + 1) * _CHUNK <= start}
        first = start // _CHUNK
        rows = [*rows[first * _CHUNK : start], *made.rows]
        for number, at in enumerate(range(0, len(rows), _CHUNK), first):
            self._chunks[number] = rows[at : at + _CHUNK]
        line.earliest = [] if found is None else found.earliest[:first]
        line.earliest += [
            min(int(row.split(" ")[1]) for row in self._chunks[number])
            for number in range(first, -(-line.length // _CHUNK))
        ]
        self._links |= made.links
        self._is_whole = whole
        self._versions.clear()
        self._put(line, made, first)
        return line

    def _all_rows(self, found: _Line) -> list[str]:
        """The row of each commit that is kept; nothing where not all of them are."""
        names = [f"{self._place}/{number}" for number in range(-(-found.length // _CHUNK))]
        kept = self._kept.get(_KIND, names)
        rows = [*chain.from_iterable(kept[name].decode("ascii").splitlines() for name in names if name in kept)]
        return rows if len(rows) == found.length else []

    def _joined(self, made: _Made, rows: Sequence[str]) -> bool:
        """Put the kept versions of each file before its new ones. False where they do not lead to them."""
        kept, line = self._kept_links(made.links), rows[: made.start]
        for key, links in made.links.items():
            older = [link for link in kept.get(key, ()) if _is_of(link, line)]
            left = next((link.rpartition(" ")[2] for link in reversed(older)), _NOTHING)
            if left != (made.befores[key] or _NOTHING):
                return False
            links[:0] = older
        return True

    def _put(self, line: _Line, made: _Made, first: int) -> None:
        kept = {self._named(key): "\n".join(links).encode("ascii") for key, links in made.links.items()}
        for number in range(first, len(line.earliest)):
            kept[f"{self._place}/{number}"] = "\n".join(self._chunks[number]).encode("ascii")
        kept[self._place] = json.dumps([line.tip, line.length, line.moves, line.earliest]).encode("ascii")
        self._kept.put(_KIND, kept)


def _is_of(link: str, rows: Sequence[str]) -> bool:
    position, name, _ = link.split(" ")
    return int(position) < len(rows) and rows[int(position)].startswith(name)


def _made(start: int, walked: Iterable[Walked]) -> _Made:
    made = _Made(start)
    rows, links, befores = made.rows, made.links, made.befores
    for position, one in enumerate(walked, start):
        rows.append(f"{one.name} {one.time[0]} {one.time[1]}")
        for key, before, after in one.touches:
            if key not in links:
                links[key] = []
                befores[key] = before
            links[key].append(f"{position} {one.name[:_SHORT]} {after or _NOTHING}")
    return made


def _moves(before: list[tuple[int, str]], start: int, walked: Iterable[Walked]) -> list[tuple[int, str]]:
    moves = list(before)
    for position, one in enumerate(walked, start):
        if not moves or moves[-1][1] != one.path:
            moves.append((position, one.path))
    return moves
