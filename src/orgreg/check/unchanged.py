"""The bytes of the files that are the same in two states: which of them may hold a word, a code, a name, a day.

They are searched as they lie there, or as what was read of them is kept: the same keys and texts, as JSON.

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
from orgreg.model.registry import PAPERS, PLANS, UNITS
from orgreg.model.unit import municipality_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from orgreg.diff.shelves import Known

_BETWEEN: Final = b"\0"
"""Stands in no file that can be read."""
_ODD: Final = (
    b"\\",
    *(letter.encode() for letter in "\u017f\u212a\u0130\u0149\u01f0"),
    *(letter.encode()[:-1] for letter in "\u1e9e\ufb00"),  # and all that begin like these
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
        # A single byte is looked for much faster than several.
        there = [odd for odd in _ODD if odd[:1] in self._all]
        return frozenset(known for odd in there for known in self._with(odd, self._everywhere))

    def naming(self, identity: str) -> set[Known]:
        """The files in which a reference to an identity may stand: short in its own city, whole in another one."""
        city, _, slug = identity.rpartition("/")
        word = slug.encode()
        found = {known for part in self._of(city) for known in self._with(word, part, whole=True)}
        found |= {known for known in self._abroad if word in self.texts[known] and municipality_of(known[1]) != city}
        return found | self.odd

    @cached_property
    def _abroad(self) -> Collection[Known]:
        """The files in which a reference to another city may stand."""
        return tuple(self._with(b"/", self._everywhere))

    def saying(self, key: str, values: Iterable[str], municipality: str) -> set[Known]:
        """The files of a municipality that may say one of the values of a key."""
        either = b"|".join(re.escape(value.encode()) for value in sorted(values))
        if not either:
            return set()
        pattern = re.compile(key.encode() + _OPENING + b"(?:" + either + rb")(?![\w.])")
        found = (one for part in self._of(municipality) for one in pattern.finditer(self._all, *part))
        return {*(self._at(one.start()) for one in found), *self.odd}

    def worded(self, text: str, municipality: str) -> set[Known]:
        """The files of a municipality that may hold a text, however it is folded and in capitals or not."""
        # The longest words are in the fewest files.
        longest, *others = _runs(text) or [""]
        some = (known for part in self._of(municipality) for known in self._with(longest.encode(), part, small=True))
        return {known for known in some if self._holds(known, others)} | self.odd

    def names(self, known: Known, slug: str) -> bool:
        """Whether a slug may stand in a file."""
        return known in self.odd or slug.encode() in self.texts[known]

    def _holds(self, known: Known, runs: Iterable[str]) -> bool:
        """Whether a file holds all of some runs of small letters and digits."""
        small = self.texts[known].lower()
        return known in self.odd or all(run.encode() in small.replace(_SHARP, b"ss") for run in runs)

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

    @property
    def _everywhere(self) -> tuple[int, int]:
        return 0, len(self._all)

    def _of(self, municipality: str) -> list[tuple[int, int]]:
        """Where the files of a municipality begin and end, folder by folder."""
        return [self._range(folder, municipality) for folder in (UNITS, PAPERS, PLANS)]

    def _with(self, word: bytes, part: tuple[int, int], *, whole: bool = False, small: bool = False) -> Iterator[Known]:
        """The files in a part of all in which the bytes stand.

        `whole` where no letter of a slug stands beside them, `small` in small letters.
        """
        first, last = part
        # In small letters there are as many bytes as before, so that places stay.
        text = self._all[first:last].lower().replace(_SHARP, b"ss") if small else self._all
        begins, ends = (first, len(text)) if small else (0, last)
        at = text.find(word, first - begins, ends)
        while at >= 0:
            end = at + len(word)
            if whole and ((at > 0 and text[at - 1] in _IN_SLUG) or (end < len(text) and text[end] in _IN_SLUG)):
                at = text.find(word, at + 1, ends)
                continue
            number = self._number(begins + at)
            yield self._files[number]
            if number + 1 == len(self._files):
                return
            at = text.find(word, self._starts[number + 1] - begins, ends)

    def _number(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _at(self, at: int) -> Known:
        return self._files[self._number(at)]


def _runs(text: str) -> list[str]:
    """The runs of letters and digits that are the same bytes in every spelling, the longest first."""
    return sorted(set(_RUN.findall(text.casefold())), key=lambda run: (-len(run), run))[:_ENOUGH]
