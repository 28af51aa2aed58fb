"""Standard output and standard error: colours at a terminal only, ASCII where it must be, a sentence for a failure."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, NoReturn

import typer

from orgreg.formats.line import write
from orgreg.formats.plain import in_encoding, one_line
from orgreg.store import Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from orgreg.formats.line import Line
    from orgreg.load.reading import Progress

FINE = 0
FAILED = 1
USAGE = 2
SURROUNDINGS = 3

_PATIENCE = 1.0
"""Seconds that a person waits without being told for what."""
_STEP = 0.1
"""Seconds between what is told."""


@contextmanager
def _writing() -> Iterator[None]:
    """Whoever reads may stop reading: what is left is for nobody. A full disk is a failure that is said."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Missing(f"the answer cannot be written: {(error.strerror or str(error)).lower()}") from None


def lines(told: Iterable[Line]) -> None:
    """Lines for people on standard output."""
    with _writing():
        write(told, sys.stdout, colour=has_colour(sys.stdout))


def text(told: str) -> None:
    """Text for programs on standard output, in UTF-8 whatever the terminal is."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")
    with _writing():
        sys.stdout.write(told)


def aside(sentence: str) -> None:
    """A remark on standard error."""
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(in_encoding(f"orgreg: {one_line(sentence)}\n", encoding))


@contextmanager
def waiting(what: str = "files read") -> Iterator[Progress]:
    """Tells at a terminal how much has been done, once that takes longer than a second; then it is erased.

    How much there is to be done is 0 where nobody knows.
    """
    shown = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    since = last = monotonic()

    def progress(done: int, of: int) -> None:
        nonlocal last
        now = monotonic()
        if shown and now - since > _PATIENCE and now - last > _STEP:
            last = now
            sys.stderr.write(f"\r\x1b[Korgreg: {done}{f' of {of}' if of else ''} {what}")
            sys.stderr.flush()

    try:
        yield progress
    finally:
        if last != since:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def fail(sentence: str, code: int = FAILED) -> NoReturn:
    """A sentence on standard error, and the end."""
    aside(sentence)
    raise typer.Exit(code)


def has_colour(stream: TextIO) -> bool:
    """Whether colours are welcome: at a terminal, without `NO_COLOR`, and not a dumb one."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def is_unicode(stream: TextIO) -> bool:
    """Whether the stream can show the lines of a tree."""
    try:
        "├└│─".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
