"""The bytes of the files that are the same in two states: which of them may hold a word, a code, a name, a day.

They are searched as they lie there, or as what was read of them is kept: the same keys and texts, as JSON.

Nothing is parsed here. A file is named where it may hold what is looked for, whatever YAML does to it: a text may be
folded at its blanks, stand in quotes or in a block, and differ by case where case does not matter. What is written with
escapes, and the few letters that become others in small letters, cannot be found that way: such files are always named.

Most of what is looked for can only stand in the files of one municipality, so that the others need not be at hand. What
has to be known of those is their gist, which can be kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from orgreg.model.day import ALWAYS, NEVER, Fault, When, parse
from orgreg.model.registry import PAPERS
from orgreg.model.unit import municipality_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from orgreg.diff.shelves import Known

    Written = Callable[[str], date | None]
    """The last known day on which a paper was written, by its identity."""

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
_DAYS: Final = (b"from", b"date", b"day", b"attests")
"""One by one: what begins with the same letters everywhere is found much faster."""
_ABROAD: Final = re.compile(rb"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*")
"""A reference to another city, or what looks like one."""
_IN_SLUG: Final = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789-")
_ENOUGH: Final = 4
_TWO: Final = 2
_RUN: Final = re.compile("[a-z0-9]+", re.ASCII)


class Gist(NamedTuple):
    """What others have to know of the unchanged files of a municipality."""

    odd: frozenset[Known]
    """The files in which a text may be written otherwise than it reads."""
    abroad: Mapping[str, Collection[Known]]
    """By identity the files in which a reference to a file of another municipality may stand."""
    latest: date
    """No day of which a file speaks has a known side after this one."""
    unclear: frozenset[Known]
    """The files that may speak of any day."""
    papers: Sequence[date]
    """The last two days on which papers were written, the newer first."""
    changed: date
    """The last day on which a unit changes."""


class Same(Protocol):
    """Where the unchanged files are: those of some municipalities near, the others far."""

    @property
    def cities(self) -> Collection[str]:
        """The municipalities that have files."""
        ...

    @property
    def known(self) -> Collection[str]:
        """The municipalities of the vocabulary."""
        ...

    def __contains__(self, known: object) -> bool: ...

    def is_near(self, city: str) -> bool:
        """Whether its files are to be searched, and not its gist to be asked."""
        ...

    def texts(self, city: str) -> Mapping[Known, bytes]:
        """The bytes of the files of a municipality."""
        ...

    def text(self, known: Known) -> bytes:
        """The bytes of one file."""
        ...

    def gist(self, city: str) -> Gist:
        """What has to be known of the files of a municipality."""
        ...

    def written(self, paper: str) -> date | None:
        """The last known day on which a paper of that identity was written."""
        ...


class Unchanged:
    """The files by folder and identity. Only what has to be searched is asked for."""

    def __init__(self, same: Same) -> None:
        self._same = same
        self._searched: dict[str, Searched] = {}

    def __contains__(self, known: object) -> bool:
        return known in self._same

    def files(self, municipality: str) -> Collection[Known]:
        """The files of a municipality."""
        return self._of(municipality).texts

    def text(self, known: Known) -> bytes | None:
        """The bytes of a file; None where it is not one of these."""
        return self._same.text(known) if known in self else None

    @cached_property
    def odd(self) -> frozenset[Known]:
        """The files in which a text may be written otherwise than it reads."""
        same = self._same
        return frozenset(
            chain.from_iterable(
                self._of(city).odd if same.is_near(city) else same.gist(city).odd for city in same.cities
            )
        )

    def naming(self, identity: str) -> set[Known]:
        """The files in which a reference to an identity may stand: short in its own city, whole in another one."""
        city, _, slug = identity.rpartition("/")
        found = set(self.odd)
        for other in self._same.cities:
            if other == city:
                found.update(self._of(city).holding(slug.encode()))
            elif self._same.is_near(other) or city not in self._same.known:
                found.update(self._of(other).holding(identity.encode()))
            else:
                found.update(self._same.gist(other).abroad.get(identity, ()))
        return found

    def saying(self, key: str, values: Iterable[str], municipality: str) -> set[Known]:
        """The files of a municipality that may say one of the values of a key."""
        either = b"|".join(re.escape(value.encode()) for value in sorted(values))
        return {*self._of(municipality).saying(key.encode(), either), *self.odd} if either else set()

    def worded(self, text: str, municipality: str) -> set[Known]:
        """The files of a municipality that may hold a text, however it is folded and in capitals or not."""
        return {*self._of(municipality).worded(text), *self.odd}

    def names(self, known: Known, slug: str) -> bool:
        """Whether a slug may stand in a file."""
        return known in self.odd or slug.encode() in self._same.text(known)

    def dated(self, key: str, folder: str, municipality: str) -> Iterator[tuple[Known, When | None]]:
        """The days that may stand at a key in the files of a folder; None where it may be any day."""
        return self._of(municipality).dated(key.encode(), folder)

    def speaking(self, first: date, last: date) -> set[Known]:
        """The files in which a day may stand of which a side lies between two days, both included."""
        found = set(self.odd)
        for city in self._same.cities:
            if not self._same.is_near(city):
                gist = self._same.gist(city)
                found |= gist.unclear
                if gist.latest < first:
                    continue
            found.update(self._of(city).speaking(first, last))
        return found

    def values(self, key: str, folder: str, municipality: str) -> Iterator[tuple[Known, str | None]]:
        """The plain texts that may stand at a key in the files of a folder; None where it may be any text."""
        return self._of(municipality).values(key.encode(), folder)

    @cached_property
    def papers(self) -> Sequence[date]:
        """The last two days on which papers were written, the newer first."""
        same = self._same
        told = (
            self._of(city).papers(same.written) if same.is_near(city) else same.gist(city).papers
            for city in same.cities
        )
        return sorted({*chain.from_iterable(told)}, reverse=True)[:_TWO]

    def changed(self, municipality: str) -> date | None:
        """The last day on which a unit of a municipality changes; None where its files have to tell."""
        far = municipality in self._same.cities and not self._same.is_near(municipality)
        return self._same.gist(municipality).changed if far else None

    def _of(self, city: str) -> Searched:
        if city not in self._searched:
            self._searched[city] = Searched(self._same.texts(city))
        return self._searched[city]


class Searched:
    """The files of one municipality, with their bytes."""

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
        return frozenset(known for odd in there for known in self._with(odd))

    def gist(self, cities: Collection[str], written: Written, changed: date) -> Gist:
        """What others have to know, of whom these are the municipalities."""
        unclear: set[Known] = set()
        latest = ALWAYS
        for known, when in self._days():
            if when is None:
                unclear.add(known)
            else:
                latest = max(latest, *(side for side in (when.earliest, when.latest) if side < NEVER))
        return Gist(self.odd, self._abroad(cities), latest, frozenset(unclear), self.papers(written), changed)

    def _abroad(self, cities: Collection[str]) -> Mapping[str, Collection[Known]]:
        found: dict[str, set[Known]] = {}
        for one in _ABROAD.finditer(self._all):
            identity = one[0].decode()
            known = self._at(one.start())
            city = municipality_of(identity)
            if city in cities and city != municipality_of(known[1]):
                found.setdefault(identity, set()).add(known)
        return found

    def holding(self, word: bytes) -> Iterator[Known]:
        """The files in which a word stands, with no letter of a slug beside it."""
        return self._with(word, whole=True)

    def saying(self, key: bytes, either: bytes) -> Iterator[Known]:
        """The files in which one of some values may stand at a key."""
        pattern = re.compile(key + _OPENING + b"(?:" + either + rb")(?![\w.])")
        return (self._at(one.start()) for one in pattern.finditer(self._all))

    def worded(self, text: str) -> Iterator[Known]:
        """The files that may hold a text."""
        # The longest words are in the fewest files.
        longest, *others = _runs(text) or [""]
        some = self._with(longest.encode(), small=True)
        return (known for known in some if self._holds(known, others))

    def _holds(self, known: Known, runs: Iterable[str]) -> bool:
        """Whether a file holds all of some runs of small letters and digits."""
        small = self.texts[known].lower()
        return all(run.encode() in small.replace(_SHARP, b"ss") for run in runs)

    def dated(self, key: bytes, folder: str) -> Iterator[tuple[Known, When | None]]:
        """The days that may stand at a key in the files of a folder; None where it may be any day."""
        for found in re.compile(key + _OPENING + _DAY).finditer(self._all, *self._range(folder)):
            yield self._at(found.start()), _when(found[1])
        yield from ((one, None) for one in self.odd if one[0] == folder)

    def papers(self, written: Written) -> Sequence[date]:
        """The last two days on which papers were written, the newer first."""
        told: dict[date, set[str]] = {}
        for (_, identity), when in self.dated(b"date", PAPERS):
            day = written(identity) if when is None else when.last_known
            if day is not None:
                told.setdefault(day, set()).add(identity)
        days = (day for day in sorted(told, reverse=True) if any(written(one) == day for one in told[day]))
        return list(islice(days, _TWO))

    def speaking(self, first: date, last: date) -> Iterator[Known]:
        """The files in which a day may stand of which a side lies between two days."""
        for known, when in self._days():
            sides = (first,) if when is None else (when.earliest, when.latest)
            if any(first <= side <= last for side in sides):
                yield known

    def _days(self) -> Iterator[tuple[Known, When | None]]:
        """Whatever may be a day of which a file speaks."""
        for key in _DAYS:
            for one in re.compile(key + _OPENING + _DAY).finditer(self._all):
                yield self._at(one.start()), _when(one[1])

    def values(self, key: bytes, folder: str) -> Iterator[tuple[Known, str | None]]:
        """The plain texts that may stand at a key in the files of a folder; None where it may be any text."""
        pattern = re.compile(key + _OPENING + rb"([^\n\"']*)")
        for found in pattern.finditer(self._all, *self._range(folder)):
            text = found[1].decode("utf-8", errors="replace")
            yield self._at(found.start()), text.partition(" #")[0].rstrip(" ,}\r")
        yield from ((one, None) for one in self.odd if one[0] == folder)

    def _range(self, folder: str) -> tuple[int, int]:
        """Where the files of a folder begin, and end."""
        first, last = bisect_left(self._files, (folder, "")), bisect_left(self._files, (f"{folder}0", ""))
        ends = [*self._starts, len(self._all)]
        return ends[first], ends[last]

    def _with(self, word: bytes, *, whole: bool = False, small: bool = False) -> Iterator[Known]:
        """The files in which the bytes stand.

        `whole` where no letter of a slug stands beside them, `small` in small letters.
        """
        text = self._small if small else self._all
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

    @cached_property
    def _small(self) -> bytes:
        # In small letters there are as many bytes as before, so that places stay.
        return self._all.lower().replace(_SHARP, b"ss")

    def _number(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _at(self, at: int) -> Known:
        return self._files[self._number(at)]


@lru_cache(maxsize=1 << 14)
def _when(text: bytes) -> When | None:
    """What may be read as a day; None where it is none."""
    read = parse(text.decode("utf-8", errors="replace"))
    return None if isinstance(read, Fault) else read


def _runs(text: str) -> list[str]:
    """The runs of letters and digits that are the same bytes in every spelling, the longest first."""
    return sorted(set(_RUN.findall(text.casefold())), key=lambda run: (-len(run), run))[:_ENOUGH]
