"""The bytes of the files that are the same in two states: which of them may hold a word, a code, a name, a day.

Nothing is parsed here. A file is named where it may hold what is looked for, whatever YAML does to it: a text may be
folded at its blanks, stand in quotes or in a block, and differ by case where case does not matter. What is written with
escapes, and the few letters that become others in small letters, cannot be found that way: such files are always named.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final

from orgreg.model.day import Fault, When, parse
from orgreg.model.unit import municipality_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from orgreg.diff.shelves import Known

_BETWEEN: Final = b"\0"
"""Stands in no file that can be read."""
_ODD: Final = (
    b"\\",
    *(letter.encode() for letter in "\u017f\u212a\u0130\u0149\u01f0\u1e9e\u1e96\u1e97\u1e98\u1e99\u1e9a"),
    *(letter.encode() for letter in "\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06"),
)
_SHARP: Final = "\u00df".encode()
_OPENING: Final = rb"[\"']?\s*:\s*(?:#[^\n]*\s*)*(?:[|>][-+0-9]*\s*)?[\"']?"
"""What may stand between a key and the text that is its value."""
_DAY: Final = rb"([^\s,}\]\"'#]*)"
_DAYS: Final = tuple(re.compile(key + _OPENING + _DAY) for key in (b"from", b"date", b"day", b"attests"))
"""One by one: what begins with the same letters everywhere is found much faster."""
_IN_SLUG: Final = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789-")
_ENOUGH: Final = 4
_RUN: Final = re.compile("[a-z0-9]+", re.ASCII)


class Unchanged:
    """The files by folder and identity, with their bytes."""

    def __init__(self, texts: Mapping[Known, bytes]) -> None:
        self.texts = texts
        self._files = sorted(texts)
        self._all = _BETWEEN.join(texts[known] for known in self._files)
        self._starts = list(accumulate((len(texts[known]) + 1 for known in self._files), initial=0))[:-1]

    @cached_property
    def odd(self) -> frozenset[Known]:
        """The files in which a text may be written otherwise than it reads."""
        return frozenset(known for odd in _ODD for known in self._with(self._all, odd))

    @cached_property
    def _small(self) -> bytes:
        # As many bytes as before, so that places stay.
        return self._all.lower().replace(_SHARP, b"ss")

    def naming(self, slug: str) -> set[Known]:
        """The files in which the slug may stand as a reference."""
        return {*self._with(self._all, slug.encode(), whole=True), *self.odd}

    def saying(self, key: str, values: Iterable[str]) -> set[Known]:
        """The files that may say one of the values of a key."""
        either = b"|".join(re.escape(value.encode()) for value in sorted(values))
        if not either:
            return set()
        found = re.finditer(key.encode() + _OPENING + b"(?:" + either + rb")(?![\w.])", self._all)
        return {*(self._at(one.start()) for one in found), *self.odd}

    def worded(self, text: str) -> set[Known]:
        """The files that may hold a text, however it is folded and in capitals or not."""
        # The longest words are in the fewest files.
        longest, *others = _runs(text) or [""]
        return {known for known in self._with(self._small, longest.encode()) if self.words(known, others)} | self.odd

    def words(self, known: Known, runs: Iterable[str]) -> bool:
        """Whether a file holds all of some runs of small letters and digits."""
        small = self.texts[known].lower().replace(_SHARP, b"ss")
        return known in self.odd or all(run.encode() in small for run in runs)

    def may_hold(self, known: Known, text: str) -> bool:
        """Whether a file may hold a text, however it is folded and in capitals or not."""
        return self.words(known, _runs(text))

    def dated(self, key: str, folder: str, municipality: str) -> Iterator[tuple[Known, When | None]]:
        """The days that may stand at a key in the files of a folder; None where it may be any day."""
        pattern = re.compile(key.encode() + _OPENING + _DAY)
        first, last = self._range(folder, municipality)
        for found in pattern.finditer(self._all, first, last):
            day = parse(found[1].decode("utf-8", errors="replace"))
            yield self._at(found.start()), None if isinstance(day, Fault) else day
        yield from ((one, None) for one in self.odd if one[0] == folder and one[1].startswith(f"{municipality}/"))

    def municipalities(self, folder: str) -> list[str]:
        """Those that have files in the folder."""
        return sorted({municipality_of(identity) for where, identity in self._files if where == folder})

    def _range(self, folder: str, municipality: str) -> tuple[int, int]:
        """Where the files of a folder begin, and end."""
        before, after = (folder, f"{municipality}/"), (folder, f"{municipality}0")  # 0 comes next to the slash
        first, last = bisect_left(self._files, before), bisect_left(self._files, after)
        ends = [*self._starts, len(self._all)]
        return ends[first], ends[last]

    def speaking(self, first: date, last: date) -> set[Known]:
        """The files in which a day may stand of which a side lies between two days, both included."""
        found = set(self.odd)
        for one in chain.from_iterable(pattern.finditer(self._all) for pattern in _DAYS):
            when = parse(one[1].decode("utf-8", errors="replace"))
            sides = (first,) if isinstance(when, Fault) else (when.earliest, when.latest)
            if any(first <= side <= last for side in sides):
                found.add(self._at(one.start()))
        return found

    def values(self, key: str, folder: str, municipality: str) -> Iterator[tuple[Known, str | None]]:
        """The plain texts that may stand at a key in the files of a folder; None where it may be any text."""
        pattern = re.compile(key.encode() + _OPENING + rb"([^\n\"']*)")
        first, last = self._range(folder, municipality)
        for found in pattern.finditer(self._all, first, last):
            text = found[1].decode("utf-8", errors="replace")
            yield self._at(found.start()), text.partition(" #")[0].rstrip(" ,}\r")
        yield from ((one, None) for one in self.odd if one[0] == folder and one[1].startswith(f"{municipality}/"))

    def _with(self, text: bytes, word: bytes, *, whole: bool = False) -> Iterator[Known]:
        """The files in which the bytes stand; `whole` where no letter of a slug stands beside them."""
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if whole and ((at > 0 and text[at - 1] in _IN_SLUG) or (end < len(text) and text[end] in _IN_SLUG)):
                at = text.find(word, at + 1)
                continue
            number = self._number(at)
            yield self._files[number]
            if number + 1 == len(self._files):
                return
            at = text.find(word, self._starts[number + 1])

    def _number(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _at(self, at: int) -> Known:
        return self._files[self._number(at)]


def _runs(text: str) -> list[str]:
    """The runs of letters and digits that are the same bytes in every spelling, the longest first."""
    return sorted(set(_RUN.findall(text.casefold())), key=lambda run: (-len(run), run))[:_ENOUGH]
