r"""The patterns of registry.yaml: the part of regular expressions that codes and numbers of papers need.

Signs, `.`, classes as `[0-9A-F]`, `\d`, `\w` and `\s` (of ASCII), groups, `|`, and how often: `?`, `*`, `+`, `{2,5}`.
What is left out has another meaning elsewhere, or takes longer than going through a text once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple, NoReturn

LONGEST: Final = 200
"""The signs that a pattern may have."""
_DEEPEST: Final = 20
"""The groups that may stand in each other."""
_MOST: Final = 500
"""The signs that the longest text of its form may be told to have, what may come again without end counted once."""

Spans = tuple[tuple[int, int], ...]
"""Characters, by their numbers: from and to, both included."""


class Unfit(NamedTuple):
    """Why a text is no pattern of a register, and what to do."""

    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One character of these."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Row:
    """One after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of several."""

    branches: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """Several times in a row; `most` is None where there is no end."""

    part: Node
    least: int
    most: int | None


Node = Sign | Row | Either | Repeated


def read(pattern: str) -> Node | Unfit:
    """What a pattern says, or why it is none."""
    if len(pattern) > LONGEST:
        return Unfit(f"a pattern of {len(pattern)} signs is too long", f"write at most {LONGEST}, or several patterns")
    try:
        node = _Reader(pattern).whole()
    except _NoPattern as error:
        return Unfit(f"{pattern} is no pattern: {error}", error.remedy)
    if _size(node) > _MOST:
        return Unfit(f"{pattern} counts too far", f"write a pattern for texts of at most {_MOST} signs")
    return node


def may_be_empty(node: Node) -> bool:
    """Whether an empty text is of this form."""
    match node:
        case Sign():
            return False
        case Row(parts):
            return all(map(may_be_empty, parts))
        case Either(branches):
            return any(map(may_be_empty, branches))
        case Repeated(part, least, _):
            return least == 0 or may_be_empty(part)


def _size(node: Node) -> int:
    match node:
        case Sign():
            return 1
        case Row(several) | Either(several):
            return sum(map(_size, several))
        case Repeated(part, least, most):
            return _size(part) * (max(least, 1) if most is None else most)


_LAST: Final = 0x10FFFF
_ANY: Final[Spans] = ((0, _LAST),)
_CLASSES: Final[dict[str, Spans]] = {
    "d": ((48, 57),),
    "s": ((9, 13), (32, 32)),
    "w": ((48, 57), (65, 90), (95, 95), (97, 122)),
}
_TIMES: Final = re.compile(r"([*+?])|\{(\d+)(?:(,)(\d*))?\}", re.ASCII)
_GROUP: Final = re.compile(r"\((?:\?:|\?P<([A-Za-z_][A-Za-z0-9_]*)>)?(?!\?)", re.ASCII)
_BY_SIGN: Final[dict[str, tuple[int, int | None]]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_GRAMMAR: Final = "write it with signs, classes, groups, |, ?, *, + and {2,5}; more stands in docs/data-format.md"


class _NoPattern(Exception):  # noqa: N818 - it ends in a finding
    def __init__(self, reason: str, remedy: str = _GRAMMAR) -> None:
        super().__init__(reason)
        self.remedy = remedy


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._names: set[str] = set()
        self._depth = 0

    def whole(self) -> Node:
        node = self._either()
        if self._at < len(self._text):
            self._refuse("nothing opens it", _with_backslash(")"))
        return node

    def _either(self) -> Node:
        branches = [self._row()]
        while self._next() == "|":
            self._at += 1
            branches.append(self._row())
        return branches[0] if len(branches) == 1 else Either(tuple(branches))

    def _row(self) -> Node:
        parts: list[Node] = []
        while (sign := self._next()) not in {"", "|", ")"}:
            if sign in "^$":  # a pattern is of the whole text; that it says so makes no other
                self._at += 1
            else:
                parts.append(self._repeated())
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def _repeated(self) -> Node:
        begins = self._at
        part = self._one()
        found = _TIMES.match(self._text, self._at)
        if found is None:
            return part
        least, most = _BY_SIGN[found[1]] if found[1] else _counted(found)
        if most is not None and most < least:
            self._refuse("it counts downwards", "write the smaller number first")
        self._at = found.end()
        if self._next() in {"*", "+", "?"}:
            self._refuse("it stands behind another sign of how often", "write one of them, round the other a group")
        if most != 1 and may_be_empty(part):
            again = self._text[begins : found.end()]
            raise _NoPattern(f"in {again} nothing at all may come again and again", "repeat what has a sign at least")
        return Repeated(part, least, most)

    def _one(self) -> Node:
        sign = self._next()
        if sign == "(":
            return self._group()
        if sign == "[":
            return Sign(self._class())
        if sign in "*+?":
            self._refuse("nothing stands before it that may come again", _with_backslash(sign))
        if sign == "{":
            self._refuse("it is no count behind a sign", r"write a count as {2} or {2,5}, the sign itself as \{")
        if sign == ".":
            self._at += 1
            return Sign(_ANY)
        return Sign(self._signs())

    def _group(self) -> Node:
        found = _GROUP.match(self._text, self._at)
        if found is None:
            self._refuse("it begins no group that patterns have", "write (…), (?:…) or (?P<parent>…)")
        if found[1] in self._names:
            self._refuse(f"a second group is called {found[1]}", "write several patterns, or (?:…) round the choice")
        self._names |= {found[1]} - {None}
        if self._depth == _DEEPEST:
            self._refuse(f"it stands in {_DEEPEST} others", "write it with fewer groups, or as several patterns")
        opened, self._at = self._at, found.end()
        self._depth += 1
        node = self._either()
        self._depth -= 1
        if self._next() != ")":
            self._at = opened
            self._refuse("it is not closed", "write the ) behind it, or a backslash before it")
        self._at += 1
        return node

    def _class(self) -> Spans:
        opened = self._at
        self._at += 1
        is_other = self._next() == "^"
        self._at += is_other
        spans: list[tuple[int, int]] = []
        first = True
        while first or self._next() != "]":
            if self._next() == "":
                self._at = opened
                self._refuse("it is not closed", "write the ] behind it, or a backslash before it")
            spans += self._item(first=first)
            first = False
        self._at += 1
        return _others(spans) if is_other else tuple(spans)

    def _item(self, *, first: bool) -> Spans:
        sign = self._next()
        is_last = self._text[self._at + 1 : self._at + 2] == "]"
        if sign in "[]&~|" or (sign == "-" and not (first or is_last)):
            self._refuse("within [ ] it stands with a backslash", _with_backslash(sign))
        low = self._signs()
        if self._next() != "-" or self._text[self._at + 1 : self._at + 2] == "]":
            return low
        dash = self._at
        self._at += 1
        high = self._signs() if self._next() not in {"", "["} else ()
        if sign == "-" or not (_is_one(low) and _is_one(high)) or low > high:
            self._at = dash
            self._refuse("it does not stand between a sign and a later one", "write a range as 0-9 or A-F")
        return ((low[0][0], high[0][0]),)

    def _signs(self) -> Spans:
        sign = self._next()
        if sign != "\\":
            self._at += 1
            return ((ord(sign), ord(sign)),)
        named = self._text[self._at + 1 : self._at + 2]
        if named.lower() in _CLASSES:
            spans = _CLASSES[named.lower()]
        elif not named or (named.isascii() and named.isalnum()):
            self._refuse(f"\\{named} is no sign of patterns", r"there are \d, \w, \s, \D, \W, \S, and \. for a point")
        else:
            spans = ((ord(named), ord(named)),)
        self._at += 2
        return _others(spans) if named in "DSW" else spans

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _refuse(self, reason: str, remedy: str) -> NoReturn:
        raise _NoPattern(f"{self._next()} at sign {self._at + 1}: {reason}", remedy)


def _with_backslash(sign: str) -> str:
    return f"write \\{sign} for the sign itself"


def _counted(found: re.Match[str]) -> tuple[int, int | None]:
    least = int(found[2])
    if found[3] is None:
        return least, least
    return least, int(found[4]) if found[4] else None


def _is_one(spans: Spans) -> bool:
    return len(spans) == 1 and spans[0][0] == spans[0][1]


def _others(spans: list[tuple[int, int]] | Spans) -> Spans:
    """All characters but these."""
    ordered = [(-1, -1), *sorted(spans), (_LAST + 1, _LAST + 1)]
    reached, found = -1, []
    for (_, before), (after, _) in pairwise(ordered):
        reached = max(reached, before)
        if reached + 1 < after:
            found.append((reached + 1, after - 1))
    return tuple(found)
