"""In how many ways a text may be read by a pattern: what decides whether matching takes one walk or ages.

Where there are two ways to go on, one is tried and, if it leads nowhere, the other: as often as there are ways to read
the beginning of a text. Of most patterns there is one, whatever the text; of `(a+)+` there are twice as many with each
sign more. So the ways are counted, for all texts at once, before a pattern is used.
"""

from __future__ import annotations

from collections import Counter
from functools import reduce
from itertools import repeat
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.text.pattern import Either, Repeated, Row, Sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.text.pattern import Node, Spans

_MOST: Final = 16
"""The ways in which the beginning of a text may be read."""
_TRIES: Final = 1000
"""The ways that may be tried from one sign to the next."""
_STEPS: Final = 50_000
"""The steps in which the ways are counted; a pattern that needs more has more ways than anybody can survey."""


_Reached = tuple[tuple[int, int], ...]
"""Places, each with the ways in which it is reached."""


def has_few_ways(node: Node) -> bool:
    """Whether the beginning of any text is read in a small number of ways."""
    places = _Places()
    whole = places.of(node)
    follow = [*places.follow, whole.first]
    if max(sum(one.values()) for one in (*follow, Counter({0: whole.empty}))) > _TRIES:
        return False
    return _few(follow, _alphabet(places.spans))


class _Piece(NamedTuple):
    """Where a part of a pattern may begin and end, each with its ways, and the ways in which it is passed over."""

    first: Counter[int]
    last: Counter[int]
    empty: int


class _Places:
    """The places of a pattern: each sign where it stands, and in how many ways another follows it."""

    def __init__(self) -> None:
        self.spans: list[Spans] = []
        self.follow: list[Counter[int]] = []

    def of(self, node: Node) -> _Piece:
        match node:
            case Sign(spans):
                return self._sign(spans)
            case Row(parts):
                return self._row(map(self.of, parts))
            case Either(branches):
                return reduce(_either, map(self.of, branches))
            case Repeated(part, least, most):
                return self._without_end(part, least) if most is None else self._counted(part, least, most)

    def _without_end(self, part: Node, least: int) -> _Piece:
        before = self._row(map(self.of, repeat(part, least - 1)))
        again = self.of(part)
        self._link(again, again)
        whole = self._linked(before, again)
        return whole if least else _either(whole, _PASSED)

    def _counted(self, part: Node, least: int, most: int) -> _Piece:
        rest = _PASSED
        for _ in range(most - least):
            rest = _either(self._linked(self.of(part), rest), _PASSED)
        return self._linked(self._row(map(self.of, repeat(part, least))), rest)

    def _sign(self, spans: Spans) -> _Piece:
        place = len(self.spans)
        self.spans.append(spans)
        self.follow.append(Counter())
        return _Piece(Counter({place: 1}), Counter({place: 1}), 0)

    def _row(self, parts: Iterable[_Piece]) -> _Piece:
        return reduce(self._linked, parts, _PASSED)

    def _linked(self, one: _Piece, other: _Piece) -> _Piece:
        self._link(one, other)
        first = one.first + _times(other.first, one.empty)
        return _Piece(first, other.last + _times(one.last, other.empty), one.empty * other.empty)

    def _link(self, one: _Piece, other: _Piece) -> None:
        for place, ways in one.last.items():
            self.follow[place] += _times(other.first, ways)


_PASSED: Final = _Piece(Counter(), Counter(), 1)


def _either(one: _Piece, other: _Piece) -> _Piece:
    return _Piece(one.first + other.first, one.last + other.last, one.empty + other.empty)


def _times(ways: Counter[int], more: int) -> Counter[int]:
    return Counter({place: count * more for place, count in ways.items() if more})


def _alphabet(spans: list[Spans]) -> list[set[int]]:
    """The characters that the pattern tells apart, each as the places where it may stand."""
    bounds = sorted({bound for one in spans for low, high in one for bound in (low, high + 1)})
    letters = ({place for place, one in enumerate(spans) if _holds(one, bound)} for bound in bounds)
    return [set(one) for one in dict.fromkeys(map(frozenset, letters)) if one]


def _holds(spans: Spans, character: int) -> bool:
    return any(low <= character <= high for low, high in spans)


def _few(follow: list[Counter[int]], alphabet: list[set[int]]) -> bool:
    """Walk through all that may have been read: the places that are reached, with their ways. The last is the start."""
    start: _Reached = ((len(follow) - 1, 1),)
    seen, waiting, steps = {start}, [start], 0
    while waiting:
        onward: Counter[int] = Counter()
        for place, ways in waiting.pop():
            onward += _times(follow[place], ways)
        steps += len(onward) * len(alphabet) + 1
        if steps > _STEPS:
            return False
        for reached in _reached(onward, alphabet):
            if sum(ways for _, ways in reached) > _MOST:
                return False
            if reached not in seen:
                seen.add(reached)
                waiting.append(reached)
    return True


def _reached(onward: Counter[int], alphabet: list[set[int]]) -> Iterator[_Reached]:
    for letter in alphabet:
        found = tuple(sorted((place, ways) for place, ways in onward.items() if place in letter))
        if found:
            yield found
