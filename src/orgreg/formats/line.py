"""A line of text for people: pieces with a role each. A terminal gives the roles colours, a pipe does not."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.formats.plain import in_encoding, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

Role = str

GLYPH: Final = "glyph"
"""The role of what orgreg draws itself: it never comes from a file."""

STYLES: Final[dict[Role, str]] = {
    "heading": "bold",
    GLYPH: "dim",
    "code": "cyan",
    "mark": "yellow",
    "quiet": "dim",
    "quote": "italic",
    "match": "bold",
    "error": "bold red",
    "warning": "bold yellow",
    "note": "bold blue",
    "hint": "green",
}
"""What a role looks like at a terminal. The words carry the meaning; colour only repeats it."""


_TOGETHER: Final = 1000
"""Lines that are written at once: to ask of each whether it can be shown takes longer than to write it."""


class Line(NamedTuple):
    """A line: pieces of text, each with a role or none."""

    pieces: tuple[tuple[str, Role | None], ...] = ()

    def __str__(self) -> str:
        return "".join([text for text, _ in self.pieces]).rstrip()


def line(*pieces: str | tuple[str, Role | None]) -> Line:
    """A line of pieces; what comes from a file is made harmless here, once."""
    told: list[tuple[str, Role | None]] = []
    for piece in pieces:
        text, role = (piece, None) if isinstance(piece, str) else piece
        if text:
            told.append((text if role == GLYPH else _harmless(text), role))
    return Line(tuple(told))


def is_harmless(text: str) -> bool:
    """Whether a text, or all pieces of one that are parted by a space or none, can be shown as it is."""
    return text.isprintable() and "  " not in text


def _harmless(text: str) -> str:
    # White space at the ends separates pieces and is ours; what is inside may come from a file.
    inner = text.strip(" ")
    if text.isprintable() and "  " not in inner:  # as nearly all is
        return text
    if not inner:
        return text
    before = text[: len(text) - len(text.lstrip(" "))]
    after = text[len(text.rstrip(" ")) :]
    return before + one_line(inner) + after


def write(lines: Iterable[Line], stream: TextIO, *, colour: bool) -> None:
    """Write lines to a stream, coloured or plain, in what its encoding can show."""
    encoding = stream.encoding or "utf-8"
    if not colour:
        waiting = iter(lines)
        while told := ["".join([text for text, _ in one.pieces]).rstrip() for one in islice(waiting, _TOGETHER)]:
            told.append("")
            joined = "\n".join(told)
            try:
                joined.encode(encoding)
            except UnicodeEncodeError:
                joined = "\n".join([in_encoding(one, encoding) for one in told])
            stream.write(joined)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, force_terminal=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
    for one in lines:
        styled = Text()
        for text, role in one.pieces:
            styled.append(in_encoding(text, encoding), STYLES.get(role or "", ""))
        styled.rstrip()
        console.print(styled)
