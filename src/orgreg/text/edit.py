"""Editing a file by splicing its text: what no edit names keeps every byte, whatever it is."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgreg.text.scan import REFUSED_CHARACTER
from orgreg.text.syntax import Pair, Scalar, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Mapping as Mapped

    from orgreg.model.finding import Route
    from orgreg.text.syntax import Item, Mapping, Node, Sequence, Written


@dataclass(frozen=True, slots=True)
class Edit:
    """These characters of the decoded text become that text. Nothing at one place is an insertion."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits done. Insertions at one place stand in the order in which they are given."""
    pieces: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < done:
            raise ValueError(f"two edits of the same characters: {edit}")
        pieces += (text[done : edit.start], edit.text)
        done = edit.end
    return "".join([*pieces, text[done:]])


def apart(data: bytes) -> tuple[bytes, str]:
    """The byte order mark of a file that `scan` has read, if it has one, and its text."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return mark, data.removeprefix(mark).decode("utf-8")


# -------------------------------------------------------------------------------------------------------------- places


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a route stands: its key, its value, and all that goes when it goes.

    `entry` begins with the comments above it and ends with its last line's break; in brackets it is the member alone,
    and of what shares its first line with a dash it begins behind that.
    """

    key: Span | None
    value: Span
    entry: Span


def spans(file: Written) -> Mapped[Route, Spot]:
    """Every route of a file with its place in the text."""
    whole = Spot(None, Span(file.root.start, file.root.end), Span(0, len(file.text)))
    return {(): whole, **dict(_spots(file, file.root, ()))}


def _spots(file: Written, node: Node, route: Route) -> Iterator[tuple[Route, Spot]]:
    if isinstance(node, Scalar):
        return
    members: tuple[Pair | Item, ...] = node.members
    for position, (chunk, part) in enumerate(zip(chunks(file, node), members, strict=True)):
        step = (*route, part.key.value if isinstance(part, Pair) else position)
        end = chunk.end if node.flow else file.lines.begin(file.lines.at(chunk.end) + 1)
        key = Span(part.key.start, part.key.end) if isinstance(part, Pair) else None
        yield step, Spot(key, Span(part.value.start, part.value.end), Span(chunk.lead, end))
        yield from _spots(file, part.value, step)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A member of a list or mapping with what belongs to it.

    From `lead`, where the comments above it begin, over `start`, its key or dash, to `end`, behind the comment in its
    last line and such as stand deeper below it.
    """

    lead: int
    start: int
    end: int


def chunks(file: Written, container: Mapping | Sequence) -> Iterator[Chunk]:
    """The members of a list or mapping, each with its comments. Between them stands nothing that is not white space."""
    members: tuple[Pair | Item, ...] = container.members
    if container.flow or not members:
        yield from (Chunk(one.start, one.start, _end(one)) for one in members)
        return
    lead = _lead_of_first(file, container)
    for member, following in zip(members, [*members[1:], None], strict=True):
        border = _border(file, container, member, following)
        yield Chunk(lead, member.start, file.lines.stop(border))
        lead = file.lines.begin(border + 1)


def _end(part: Pair | Item) -> int:
    return max(part.value.end, part.key.end) if isinstance(part, Pair) else part.value.end


def _lead_of_first(file: Written, container: Mapping | Sequence) -> int:
    """Where the comments above the first member begin; those at the top of the file are the file's own."""
    lines, start = file.lines, container.members[0].start
    if not lines.is_first(start):
        return start
    line = lines.at(start)
    while line > 0 and container is not file.root and _is_comment(file, line - 1):
        line -= 1
    return lines.begin(line)


def _border(file: Written, container: Mapping | Sequence, member: Pair | Item, following: Pair | Item | None) -> int:
    """The last line of a member: the one its text ends in, or that of a comment that stands deeper below it."""
    border = file.lines.at(_end(member))
    after = file.after(_end(member)) if following is None else following.start
    until = len(file.lines) if after is None else file.lines.at(after)
    column = file.lines.column(container.start)
    if following is None:
        least = max(column, 1 if after is None else file.lines.indentation(until) + 1)
    else:
        least = max(column + 1, _column_inside(file, member.value))
    comments = [line for line in range(border + 1, until) if _is_comment(file, line)]
    return max([border, *(line for line in comments if file.lines.indentation(line) >= least)])


_NOWHERE: Final = 1_000_000


def _column_inside(file: Written, node: Node) -> int:
    """How deep the lines of a list or mapping stand; comments below any other value belong to what follows."""
    return _NOWHERE if isinstance(node, Scalar) or node.flow else file.lines.column(node.start)


def _is_comment(file: Written, line: int) -> bool:
    return file.lines.line(line).lstrip(" ").startswith("#")


# ---------------------------------------------------------------------------------------------------------- primitives


def replace(file: Written, route: Route, notation: str) -> Edit:
    """A value written anew, in YAML's notation: a scalar that `quoted` has made, or brackets."""
    where = spans(file)[route].value
    space = " " if where.start == where.end and file.text[where.start - 1 : where.start] in {":", "-"} else ""
    return Edit(where.start, where.end, space + notation)


def insert_after(file: Written, route: Route, lines: Iterable[str]) -> Edit:
    """Lines, indented as they shall stand, below a pair or an item and all that belongs to it."""
    at = spans(file)[route].entry.end
    told = file.line_break.join(lines)
    if file.text[at - 1 : at] == "\n":
        return Edit(at, at, told + file.line_break)
    return Edit(at, at, file.line_break + told)  # the last line of the file has no line break and keeps none


def quoted(text: str) -> str:
    """The text in double quotes."""
    told = json.dumps(text, ensure_ascii=False)
    return REFUSED_CHARACTER.sub(lambda found: f"\\u{ord(found[0]):04x}", told)


FOLD: Final = 140
"""How wide a line of a folded text is at most, as far as its words allow."""

_BETWEEN_WORDS: Final = re.compile("(?<! ) (?! )")


def folded(text: str, indentation: int) -> list[str] | None:
    """The lines of a `>-` block that reads as this text, or None where no such block does."""
    if not text or text != text.strip() or "\n" in text or "\t" in text or REFUSED_CHARACTER.search(text):
        return None
    lines: list[str] = []
    for word in _BETWEEN_WORDS.split(text):
        if lines and indentation + len(lines[-1]) + 1 + len(word) <= FOLD:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [" " * indentation + line for line in lines]
