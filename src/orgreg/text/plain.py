"""Files in the plain form that `orgreg fmt` writes, read by their lines; any other form of YAML is left to libyaml."""

from __future__ import annotations

import re
from typing import Final, TypeVar

from orgreg.text.bare import Bare, unquoted

MAX_DEPTH: Final = 12
"""So many lists and mappings may stand in each other."""

# The plain form is that part of YAML in which a line cannot mean anything else than it seems to: one key or one item,
# texts on one line or in a >- or |- block without empty lines, lists in brackets of words and texts in double quotes.
_QUOTED: Final = r"""  "[^"\\\n]*" | '[^'\n]*'  """
_WORDS: Final = r""" [^\s\-?:,\[\]{}\#&*!|>'"%@`] [^:\#\n]* (?: (?::(?![\ \n])|(?<!\ )\#) [^:\#\n]* )* (?<!\ ) """
_IN_A_LIST: Final = r"""  "[^"\\\n]*" | \w [^,\[\]{}:\#?\n]* (?: (?<!\ )\# [^,\[\]{}:\#?\n]* )* (?<!\ )  """
_LIST: Final = rf"""  \[ (?: (?:{_IN_A_LIST}) (?: ,\ (?:{_IN_A_LIST}) )* )? \]  """
_VALUE: Final = rf"""  {_QUOTED} | {_LIST} | {_WORDS}  """
_BLOCK: Final = r"""  ([>|])-\n ( (\1(?(2)\ \ )\ +) [^\ \n][^\n]* (?: \n\7\ *[^\ \n][^\n]* )* ) (?= \n (?!\n*\7) )  """
_LINE: Final = re.compile(
    rf"""
    (\ *) (?: (-\ )? (\w[\w.-]{{0,99}}) : (?: \ (?: ({_VALUE}) | {_BLOCK} ) )? | -\ ({_VALUE}) ) \n
    | \n | \ *\#[^\n]*\n
    | ([^\n])[\s\S]*
    """,
    re.VERBOSE,
)
"""Indentation, dash, key, value, style of a block, block, its indentation, item without a key; a line that says
nothing; the first character of what is not plain, and all that follows it."""
_INSIDE: Final = re.compile(_IN_A_LIST, re.VERBOSE)
_BREAKS: Final = {">": " ", "|": "\n"}
_NOTHING: Final = Bare("")
_OPENING: Final = frozenset("\"'[")

List = list[object]
Mapping = dict[str, object]
_Kind = TypeVar("_Kind", List, Mapping)


def read(text: str) -> Mapping | None:
    """The tree of a file in plain form; None for any other, be it right or wrong.

    The text has no character that `scan.decode` refuses. What is read here reads alike from libyaml's events.
    """
    if "\r" in text:
        return None
    tree = _Tree()
    ended = text if text.endswith("\n") else f"{text}\n"
    for indent, dash, key, value, style, block, deep, item, rest in _LINE.findall(ended):
        column = len(indent)
        if key:
            said = _value(value) if value else _text(block, deep, style) if style else _NOTHING
            fits = (not dash or tree.item(column, {})) and tree.key(column + len(dash), key, said)
        else:
            fits = tree.item(column, _value(item)) if item else not rest
        if not fits:
            return None
    return tree.whole or None


def _text(block: str, deep: str, style: str) -> str | None:
    """The text of a block; None where a line stands deeper, which is another matter in each style."""
    return None if f"\n{deep} " in block and style == ">" else block[len(deep) :].replace(f"\n{deep}", _BREAKS[style])


def _value(written: str) -> object:
    sign = written[0]
    if sign not in _OPENING:
        return unquoted(written)
    if sign == "[":
        return [one[1:-1] if one[0] == '"' else unquoted(one) for one in _INSIDE.findall(written, 1)]
    return written[1:-1]


class _Tree:
    """What has been read, and the lists and mappings that a line may go on with, the outermost first."""

    def __init__(self) -> None:
        self.whole: Mapping = {}
        self._open: list[List | Mapping] = [self.whole]
        self._columns = [0]
        self._asking: tuple[Mapping, str] | None = None
        """The last key, where it has no value on its line."""

    def item(self, column: int, value: object) -> bool:
        """Go on with an item; where it is a mapping, with its keys. False where none can stand in this column."""
        items = self._reach(column, [])
        if items is None:
            return False
        items.append(value)
        if isinstance(value, dict):
            self._begin(column + len("- "), value)
        return True

    def key(self, column: int, key: str, value: object) -> bool:
        """Go on with a key, which has its value or `_NOTHING` yet. False where it cannot stand in this column."""
        mapping = self._reach(column, {})
        if mapping is None or key in mapping or value is None or len(self._open) >= MAX_DEPTH:
            return False
        mapping[key] = value
        self._asking = (mapping, key) if value is _NOTHING else None
        return True

    def _reach(self, column: int, new: _Kind) -> _Kind | None:
        """The list or mapping of a column: a new one where a key has nothing yet, else the one that stands open."""
        if self._asking is not None:
            if column > self._columns[-1]:
                mapping, key = self._asking
                mapping[key] = new
                self._begin(column, new)
            self._asking = None
        while column < self._columns[-1]:
            self._columns.pop()
            self._open.pop()
        found = self._open[-1]
        return found if column == self._columns[-1] and isinstance(found, type(new)) else None

    def _begin(self, column: int, new: List | Mapping) -> None:
        self._columns.append(column)
        self._open.append(new)
