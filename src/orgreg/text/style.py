"""The house style of the files, as edits: what is in it already keeps every byte, and nothing reads differently after.

One step after another, each on the text that the one before has made: how deep lines stand, how texts are written, in
which order keys stand, blank lines. Comments go with what they stand above, or behind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from orgreg.text.edit import Edit, apply, chunks, folded, quoted
from orgreg.text.grammar import record_at
from orgreg.text.records.common import EntryRecord, InsteadRecord
from orgreg.text.scan import scan
from orgreg.text.syntax import Mapping, Pair, Scalar, Sequence, parts, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from orgreg.model.finding import Route
    from orgreg.text.edit import Chunk
    from orgreg.text.syntax import Node, Span, Written


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Why a file cannot be brought into house style."""

    reason: str


def in_house_style(text: str, kind: str) -> str | LeftAlone:
    """The text of a file of that kind, which reads without a finding, in house style."""
    file = written(text)
    if any(isinstance(part, Pair) and part.asked for _, _, part in parts(file.root)):
        return LeftAlone("a key in it stands behind a question mark")
    for step in _STEPS:
        while (made := apply(file.text, step(file, kind))) != file.text:
            if not _says_the_same(file.text, made):
                return LeftAlone("in house style it would no longer read the same")
            file = written(made)
    return file.text


def _says_the_same(before: str, after: str) -> bool:
    was, made = scan(before.encode(), ""), scan(after.encode(), "")
    if made.findings or was.tree != made.tree:
        return False
    return written(before).comment_texts() == written(after).comment_texts()


# --------------------------------------------------------------------------------------------------------- indentation

_DEEPER: Final = 2


def _indented(file: Written, _kind: str) -> Iterable[Edit]:
    return _Indentation(file).edits()


Levels = tuple[tuple[int, int], ...]
"""The columns of the lists and mappings that a line stands in, the outermost first: as it is, as it shall be."""


class _Indentation:
    """Finds out how deep each line shall stand."""

    def __init__(self, file: Written) -> None:
        self.file = file
        self.lines = file.lines
        self.wanted: dict[int, int] = {}
        self.levels: dict[int, Levels] = {}
        self.gaps: list[Edit] = []

    def edits(self) -> Iterator[Edit]:
        self._node(self.file.root, 0, ())
        placed = [-1, *sorted(self.levels)]  # before the first line stands nothing
        for comment in self.file.comments:
            line = self.lines.at(comment.start)
            if self.file.own_line(comment) and line not in self.wanted:
                self.wanted[line] = self._of_comment(comment, placed[bisect_left(placed, line) - 1])
        yield from self.gaps
        for line, wanted in self.wanted.items():
            stands = self.lines.indentation(line)
            if stands != wanted:
                begin = self.lines.begin(line)
                yield Edit(begin, begin + stands, " " * wanted)

    def _node(self, node: Node, column: int, levels: Levels) -> None:
        """A list or mapping whose lines shall begin at that column, or the inside of anything else."""
        if isinstance(node, Mapping) and not node.flow:
            levels = (*levels, (self.lines.column(node.start), column))
            for pair in node.members:
                self._place(pair.start, column, levels)
                self._close_up(pair.key.end, pair.value, ": ")
                self._node(pair.value, column + _DEEPER, levels)
        elif isinstance(node, Sequence) and not node.flow:
            levels = (*levels, (self.lines.column(node.start), column))
            for item in node.members:
                self._place(item.start, column, levels)
                self._close_up(item.start, item.value, "- ")
                self._node(item.value, column + _DEEPER, levels)
        else:
            self._value(node, column, levels)

    def _place(self, start: int, column: int, levels: Levels) -> None:
        line = self.lines.at(start)
        self.levels[line] = levels
        if self.lines.is_first(start):
            self.wanted[line] = column

    def _close_up(self, start: int, value: Node, sign: str) -> None:
        """One space between a key's colon or a dash and what stands behind it in the same line."""
        between = self.file.text[start : value.start]
        if value.start < value.end and between != sign and "\n" not in between:
            self.gaps.append(Edit(start, value.start, sign))

    def _value(self, node: Node, column: int, levels: Levels) -> None:
        first, last = self.lines.at(node.start), self.lines.at(node.end)
        if node.start < node.end and self.lines.is_first(node.start):
            self.wanted[first] = column
        inner = [line for line in range(first + 1, last + 1) if self.lines.line(line)]
        if isinstance(node, Scalar) and not node.is_block:
            self.wanted |= dict.fromkeys((line for line in inner if not self.lines.is_blank(line)), column)
            return
        shift = self._shift(node, first, inner, column, levels)
        self.wanted |= {line: max(0, self.lines.indentation(line) + shift) for line in inner}

    def _shift(self, node: Node, first: int, inner: list[int], column: int, levels: Levels) -> int:
        """By how much lines move that keep their indentation among themselves."""
        if not isinstance(node, Scalar):
            stands = self.lines.indentation(first)
            return self.wanted.get(first, stands) - stands
        if _EXPLICIT.match(self.file.text, node.start) and levels:  # counts from the column of what it stands in
            stands, wanted = levels[-1]
            return wanted - stands
        return next((column - self.lines.indentation(line) for line in inner if not self.lines.is_blank(line)), 0)

    def _of_comment(self, comment: Span, before: int) -> int:
        """A comment stands as deep as what follows, or as that before it which ends there, if it stands deeper."""
        stands = self.lines.column(comment.start)
        after = self.file.after(comment.end)
        following = -1 if after is None else self.lines.indentation(self.lines.at(after))
        own = [new for old, new in self.levels.get(before, ()) if following < old <= stands]
        if own:
            return own[-1]
        return 0 if after is None else self.wanted.get(self.lines.at(after), stands)


_EXPLICIT: Final = re.compile(r"[>|][-+]?[0-9]")


# --------------------------------------------------------------------------------------------------------------- texts

CODES: Final = frozenset({"code", "number", "item", "phone", "fax", "ags"})
"""Keys whose texts look like numbers now and then, so that they are always quoted."""

_PATTERNS: Final = frozenset({"code", "form"})
"""Keys of registry.yaml with regular expressions, which in double quotes would double their backslashes."""

_ABSENT: Final = frozenset({"unknown", "none"})


def _texts(file: Written, kind: str) -> Iterator[Edit]:
    braces = [one for one in _collections(file.root) if one.flow]
    for route, _, part in parts(file.root):
        value = part.value
        if not isinstance(value, Scalar) or value.is_block:
            continue
        block: list[Edit] = []
        if (
            _key(route) == "quote"
            and isinstance(part, Pair)
            and not any(one.start < part.start < one.end for one in braces)
        ):
            block = _as_block(file, part.key, value)
        yield from block
        if not block and _is_to_be_quoted(file, kind, route, value):
            yield Edit(value.start, value.end, quoted(value.value))


def _collections(root: Node) -> Iterator[Mapping | Sequence]:
    for node in (root, *(part.value for _, _, part in parts(root))):
        if not isinstance(node, Scalar):
            yield node


def _key(route: Route) -> str:
    """The nearest key above a text, or its own."""
    return next((step for step in reversed(route) if isinstance(step, str)), "")


def _is_to_be_quoted(file: Written, kind: str, route: Route, value: Scalar) -> bool:
    key = _key(route)
    if "\n" in file.text[value.start : value.end] or (kind == "registry" and key in _PATTERNS):
        return False
    if value.style is None:
        return key in CODES and value.value not in _ABSENT and route[-1] in key_order(kind, _shape(route[:-1]))
    return value.style == "'" and not re.search(r'["\\]', value.value)


def _as_block(file: Written, key: Scalar, value: Scalar) -> list[Edit]:
    """A quote as a `>-` block; nothing where no block reads the same, or a comment stands in between."""
    told = folded(value.value, file.lines.column(key.start) + _DEEPER)
    if told is None or "#" in file.text[key.end : value.start]:
        return []
    end = file.lines.stop(file.lines.at(value.end))
    below = "".join(f"{file.line_break}{line}" for line in told)
    return [Edit(key.end, value.end, ": >-"), Edit(end, end, below)]


# ------------------------------------------------------------------------------------------------------- order of keys

_FIRST: Final = ("from", "status", "change")
_LAST: Final = ("wording", "inferred", "also", "decided_by", "because", "note", "annulled", "sources")


@cache
def key_order(kind: str, route: Route) -> tuple[str, ...]:
    """In which order the keys stand in what a route leads to; nothing where it is theirs."""
    record = record_at(kind, route)
    if record is None:
        return ()
    keys = [field.alias or name for name, field in record.model_fields.items()]
    if not issubclass(record, EntryRecord | InsteadRecord):
        return tuple(_with_titles_together(keys))
    values = [key for key in keys if key not in {*_FIRST, *_LAST}]
    return (*_FIRST, *values, *_LAST)


def _shape(route: Route) -> Route:
    return tuple(step if isinstance(step, str) else 0 for step in route)


def _with_titles_together(keys: list[str]) -> Iterator[str]:
    """A paper's record begins with the keys that others may contradict; its titles stand together all the same."""
    both = {"title", "aka"} <= set(keys)
    for key in keys:
        if not (both and key == "aka"):
            yield key
        if both and key == "title":
            yield "aka"


def _ordered(file: Written, kind: str) -> Iterator[Edit]:
    """Keys in their order: the innermost mappings that are not; those around them wait for the next time."""
    done = len(file.text)
    for route, mapping in reversed(list(_mappings(file.root))):
        wanted = _sorted(mapping, key_order(kind, _shape(route)))
        if wanted != list(mapping.members) and mapping.end <= done:
            done = mapping.start
            yield from _swapped(file, mapping, wanted) if mapping.flow else _moved(file, mapping, wanted)


def _mappings(root: Node) -> Iterator[tuple[Route, Mapping]]:
    if isinstance(root, Mapping):
        yield (), root
    for route, _, part in parts(root):
        if isinstance(part.value, Mapping):
            yield route, part.value


def _sorted(mapping: Mapping, order: tuple[str, ...]) -> list[Pair]:
    places = {key: place for place, key in enumerate(order)}
    return sorted(mapping.members, key=lambda pair: places.get(pair.key.value, len(places)))


def _swapped(file: Written, mapping: Mapping, wanted: list[Pair]) -> Iterator[Edit]:
    """In braces the pairs change places and what stands between them stays; but not where comments do."""
    if any(mapping.start < comment.start < mapping.end for comment in file.comments):
        return
    for old, new in zip(mapping.members, wanted, strict=True):
        yield Edit(old.start, _end(old), file.text[new.start : _end(new)])


def _end(pair: Pair) -> int:
    return max(pair.key.end, pair.value.end)


def _moved(file: Written, mapping: Mapping, wanted: list[Pair]) -> Iterator[Edit]:
    """Each key moves with its lines and its comments."""
    found = {chunk.start: chunk for chunk in chunks(file, mapping)}
    old, new = list(found.values()), [found[pair.start] for pair in wanted]
    rest = [_whole(file, chunk) for chunk in new[1:]]
    if file.lines.is_first(mapping.start):
        first = _whole(file, new[0]).lstrip("\r\n")
        yield Edit(old[0].lead, old[-1].end, file.line_break.join([first, *rest]))
        return
    # The first key shares its line with a dash: comments above the one that comes there stand above the dash.
    begin = file.lines.begin(file.lines.at(mapping.start))
    above = file.text[new[0].lead : new[0].start].split("\n")[:-1]
    dash = " " * file.lines.indentation(file.lines.at(mapping.start))
    for line in above:
        if line.strip():
            yield Edit(begin, begin, f"{dash}{line.lstrip(' ')}\n")
    first = file.text[new[0].start : new[0].end]
    yield Edit(old[0].start, old[-1].end, file.line_break.join([first, *rest]))


def _whole(file: Written, chunk: Chunk) -> str:
    """The lines of a chunk; that beside a dash is indented as it will stand without it."""
    indentation = " " * file.lines.column(chunk.start) if chunk.lead == chunk.start else ""
    return indentation + file.text[chunk.lead : chunk.end]


# --------------------------------------------------------------------------------------------------------- white space

_APART: Final = frozenset({"units", "actionplans"})
"""Kinds of files whose sections a blank line sets apart."""


def _aired(file: Written, kind: str) -> Iterable[Edit]:
    return _Air(file, apart=kind in _APART).edits()


class _Air:
    """Blank lines and white space at the ends of lines; what stands in a text of several lines is the text's."""

    def __init__(self, file: Written, *, apart: bool) -> None:
        self.file = file
        self.lines = file.lines
        scalars = [part.value for _, _, part in parts(file.root) if isinstance(part.value, Scalar)]
        self.inside = {line: scalar for scalar in scalars for line in self._lines_below(scalar)}
        seen = [line for line in range(len(self.lines)) if line in self.inside or not self.lines.is_blank(line)]
        self.end = seen[-1]
        self.openings = set(self._openings()) if apart else set()

    def _lines_below(self, scalar: Scalar) -> range:
        return range(self.lines.at(scalar.start) + 1, self.lines.at(scalar.end) + 1)

    def _openings(self) -> Iterator[int]:
        """The lines before which a blank one stands: those of the keys at the top but for the first."""
        root = self.file.root
        if isinstance(root, Mapping) and not root.flow:
            for chunk in list(chunks(self.file, root))[1:]:
                line = self.lines.at(chunk.lead)
                while self.lines.is_blank(line):
                    line += 1
                yield line

    def edits(self) -> Iterator[Edit]:
        empty = True  # at the top of the file stands no blank line
        for line in range(self.end + 1):
            begin = self.lines.begin(line)
            blank = line not in self.inside and self.lines.is_blank(line)
            if blank and empty:
                yield Edit(begin, self.lines.begin(line + 1), "")
                continue
            if line in self.openings and not empty:
                yield Edit(begin, begin, self.file.line_break)
            empty = blank
            yield from self._trimmed(line)
        yield from self._ending()

    def _trimmed(self, line: int) -> Iterator[Edit]:
        told = self.lines.line(line)
        kept = told.rstrip(" ")
        if kept != told and not self._is_text(line, kept):
            begin = self.lines.begin(line)
            yield Edit(begin + len(kept), begin + len(told), "")

    def _is_text(self, line: int, kept: str) -> bool:
        """Whether the spaces at the end of a line belong to a text: behind a backslash, or inside of a block."""
        scalar = self.inside.get(line)
        if scalar is None or not scalar.is_block:
            return kept.endswith("\\")
        return bool(kept) or self.lines.indentation(line) > self._depth(scalar)

    def _depth(self, scalar: Scalar) -> int:
        return next((self.lines.indentation(n) for n in self._lines_below(scalar) if not self.lines.is_blank(n)), 0)

    def _ending(self) -> Iterator[Edit]:
        """One line break at the end, except where it would become one of a block's text."""
        size = len(self.file.text)
        if self.lines.begin(self.end + 1) < size:
            yield Edit(self.lines.begin(self.end + 1), size, "")
        elif not self.file.text.endswith("\n") and not self._ends_in_open_block():
            yield Edit(size, size, self.file.line_break)

    def _ends_in_open_block(self) -> bool:
        last = self.inside.get(self.end)
        return last is not None and last.is_block and _STRIPS.match(self.file.text, last.start) is None


_STRIPS: Final = re.compile(r"[>|][0-9]?-")

_STEPS: Final[tuple[Callable[[Written, str], Iterable[Edit]], ...]] = (_indented, _texts, _ordered, _aired)
