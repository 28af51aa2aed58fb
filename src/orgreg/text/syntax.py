"""How a file is written: every key, value and comment with the place of its characters. For edits, never for reading.

The places come from the parser's own marks, which count characters. What they do not tell, dashes and comments, stands
between them: outside of scalars a `#` always begins a comment.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import yaml

from orgreg.text.events import events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.finding import Route


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of the decoded text, the last one not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text. `style` is the sign it is written with: a quote, `>` or `|`; None where it stands bare."""

    start: int
    end: int
    value: str
    style: str | None

    @property
    def is_block(self) -> bool:
        """Whether it stands in lines of its own below a `>` or `|`."""
        return self.style in {">", "|"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and its value. `asked` is a key behind a question mark."""

    key: Scalar
    value: Node
    asked: bool = False

    @property
    def start(self) -> int:
        """Where the key begins."""
        return self.key.start


@dataclass(frozen=True, slots=True)
class Item:
    """A member of a list; `start` is its dash, in brackets the value itself."""

    start: int
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values; `flow` in braces, else a line each."""

    start: int
    end: int
    flow: bool
    members: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list; `flow` in brackets, else a dash each."""

    start: int
    end: int
    flow: bool
    members: tuple[Item, ...]


Node = Scalar | Mapping | Sequence


class Lines:
    """The lines of a text, counted from 0."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.begins = [0, *(found.end() for found in re.finditer("\n", text))]
        if self.begins[-1] == len(text) > 0:
            self.begins.pop()  # a line break at the end ends a line and begins none

    def __len__(self) -> int:
        return len(self.begins)

    def at(self, offset: int) -> int:
        """The line in which a character stands."""
        return bisect_right(self.begins, offset) - 1

    def begin(self, line: int) -> int:
        """Where a line begins; that after the last one at the end of the text."""
        return self.begins[line] if line < len(self.begins) else len(self.text)

    def stop(self, line: int) -> int:
        """Where the line's characters end, before its line break."""
        end = self.begin(line + 1)
        while end > self.begins[line] and self.text[end - 1] in "\r\n":
            end -= 1
        return end

    def line(self, line: int) -> str:
        """The line without its line break."""
        return self.text[self.begins[line] : self.stop(line)]

    def indentation(self, line: int) -> int:
        """How many spaces a line begins with."""
        told = self.line(line)
        return len(told) - len(told.lstrip(" "))

    def is_blank(self, line: int) -> bool:
        """Whether there is nothing to see in it."""
        return not self.line(line).strip()

    def column(self, offset: int) -> int:
        """How many characters stand before it in its line."""
        return offset - self.begins[self.at(offset)]

    def is_first(self, offset: int) -> bool:
        """Whether only spaces stand before it in its line."""
        return self.column(offset) == self.indentation(self.at(offset))


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it is written."""

    text: str
    root: Node
    comments: tuple[Span, ...]
    marks: tuple[int, ...]
    """Where keys, values and dashes begin, in their order."""
    lines: Lines

    @property
    def line_break(self) -> str:
        """The line break of the file, that of its first line."""
        return "\r\n" if "\r\n" in self.text[: self.lines.begin(1)] else "\n"

    def after(self, offset: int) -> int | None:
        """Where the next key, value or dash begins."""
        found = bisect_left(self.marks, offset)
        return self.marks[found] if found < len(self.marks) else None

    def own_line(self, comment: Span) -> bool:
        """Whether nothing but the comment stands in its line."""
        return self.lines.is_first(comment.start)

    def comment_texts(self) -> list[str]:
        """What the comments say, sorted."""
        return sorted(self.text[one.start : one.end].rstrip() for one in self.comments)


def written(text: str) -> Written:
    """How a text is written that `scan` has read without a finding."""
    reader = _Reader(text)
    root = reader.read()
    return Written(text, root, tuple(_comments(text, reader.scalars)), tuple(sorted(set(reader.marks))), Lines(text))


def parts(node: Node, route: Route = ()) -> Iterator[tuple[Route, Mapping | Sequence, Pair | Item]]:
    """Every pair and item with its route and what it stands in, the outer before the inner."""
    if isinstance(node, Mapping):
        for pair in node.members:
            step = (*route, pair.key.value)
            yield step, node, pair
            yield from parts(pair.value, step)
    elif isinstance(node, Sequence):
        for position, item in enumerate(node.members):
            yield (*route, position), node, item
            yield from parts(item.value, (*route, position))


_TO_THE_DASH: Final = re.compile(r"(?:[^#-]|#[^\n]*+)*+-")
_TO_A_QUESTION: Final = re.compile(r"(?:[^#?]|#[^\n]*+)*+\?")
_GAP_COMMENT: Final = re.compile(r"#[^\r\n]*")
_HEADER_COMMENT: Final = re.compile(r"[>|][-+0-9]*[ ]+(#[^\r\n]*)")
_KEEPS: Final = re.compile(r"[>|][0-9]?\+")
_BLANK_END: Final = re.compile(r"(?:\r?\n[ ]*)+\Z")


@dataclass(slots=True)
class _Reader:
    text: str
    scalars: list[Scalar] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    last: int = 0

    def read(self) -> Node:
        stream = events(self.text)
        first = next(event for event in stream if isinstance(event, yaml.NodeEvent))
        return self._node(first, stream)

    def _node(self, event: yaml.Event, stream: Iterator[yaml.Event]) -> Node:
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, stream)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, stream)
        return self._scalar(event)

    def _scalar(self, event: yaml.Event) -> Scalar:
        start, end = _marks(event)
        style = getattr(event, "style", None) or None  # the parser in Python says '' where libyaml says None
        if style in {">", "|"}:
            end = self._block_end(start, end)
        made = Scalar(start, end, getattr(event, "value", ""), style)
        self.scalars.append(made)
        self.marks.append(start)
        self.last = end
        return made

    def _block_end(self, start: int, end: int) -> int:
        told = self.text[start:end]
        if _KEEPS.match(told):
            return end - len(told) + len(told.removesuffix("\n").removesuffix("\r"))
        blank = _BLANK_END.search(told)
        return end if blank is None else start + blank.start()

    def _mapping(self, event: yaml.CollectionStartEvent, stream: Iterator[yaml.Event]) -> Mapping:
        flow, start = self._open(event)
        pairs: list[Pair] = []
        for inner in stream:
            if isinstance(inner, yaml.MappingEndEvent):
                end = self._close(inner, flow=flow)
                return Mapping(start if flow or not pairs else pairs[0].start, end, flow, tuple(pairs))
            asked = _TO_A_QUESTION.match(self.text, self.last, _marks(inner)[0]) is not None
            key = self._scalar(inner)
            pairs.append(Pair(key, self._node(next(stream), stream), asked))
        raise AssertionError(event)  # pragma: no cover - the parser closes what it opens

    def _sequence(self, event: yaml.CollectionStartEvent, stream: Iterator[yaml.Event]) -> Sequence:
        flow, start = self._open(event)
        items: list[Item] = []
        for inner in stream:
            if isinstance(inner, yaml.SequenceEndEvent):
                end = self._close(inner, flow=flow)
                return Sequence(start if flow or not items else items[0].start, end, flow, tuple(items))
            begun = _marks(inner)[0] if flow else self._dash(start)
            items.append(Item(begun, self._node(inner, stream)))
        raise AssertionError(event)  # pragma: no cover - the parser closes what it opens

    def _open(self, event: yaml.CollectionStartEvent) -> tuple[bool, int]:
        flow = bool(event.flow_style)
        start, end = _marks(event)
        if flow:
            self.marks.append(start)
            self.last = end
        return flow, start

    def _close(self, event: yaml.Event, *, flow: bool) -> int:
        if flow:
            self.last = _marks(event)[1]
        return self.last

    def _dash(self, start: int) -> int:
        # A list's own mark may stand before its key's colon where its dashes are not indented; `---` stands before it.
        found = _TO_THE_DASH.match(self.text, max(self.last, start))
        assert found is not None  # noqa: S101 - an item of a list that is no flow has a dash
        dash = found.end() - 1
        self.marks.append(dash)
        self.last = found.end()
        return dash


def _marks(event: yaml.Event) -> tuple[int, int]:
    assert event.start_mark is not None  # noqa: S101 - PyYAML's parsers give both
    assert event.end_mark is not None  # noqa: S101
    return event.start_mark.index, event.end_mark.index


def _comments(text: str, scalars: list[Scalar]) -> Iterator[Span]:
    at = 0
    for scalar in scalars:
        yield from (Span(*found.span()) for found in _GAP_COMMENT.finditer(text, at, scalar.start))
        if scalar.is_block and (header := _HEADER_COMMENT.match(text, scalar.start, scalar.end)):
            yield Span(*header.span(1))
        at = scalar.end
    yield from (Span(*found.span()) for found in _GAP_COMMENT.finditer(text, at))
