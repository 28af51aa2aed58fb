"""Findings as people read them: the place, what is wrong, the line, what to do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from orgreg.formats.line import Line, line
from orgreg.formats.plain import one_line
from orgreg.model.finding import Severity, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.review.placed import Placed

_WIDEST: Final = 100
_INDENT: Final = "  "


_HEADINGS: Final = {State.NEW: "New", State.INHERITED: "There before", State.FIXED: "Fixed"}


def findings(placed: Sequence[Placed], *, files: int | None = None) -> Iterator[Line]:
    """Every finding with its line and remedy, then a line that counts them."""
    yield from _each(placed)
    yield summary(placed, files=files)


def compared(placed: Sequence[Placed], *, every: bool = False) -> Iterator[Line]:
    """Of findings that are compared the new ones, or `every` one under a heading; then a line that counts them."""
    for state in State if every else (State.NEW,):
        told = [one for one in placed if one.state is state]
        if told and every:
            yield line((_HEADINGS[state], "heading"))
            yield line()
        yield from _each(told)
    yield summary_compared(placed)


def _each(placed: Sequence[Placed]) -> Iterator[Line]:
    for one in placed:
        yield from finding(one)
        yield line()


def finding(placed: Placed) -> Iterator[Line]:
    """One finding."""
    found, place = placed.finding, placed.place
    role = found.rule.severity.value
    where = f"{found.path}:{place.line}:{place.column}: "
    # An error is what a finding is unless it says otherwise, so that colour is not needed to tell them apart.
    severity = "" if found.rule.severity is Severity.ERROR else f"{role} "
    yield line(where, (f"{severity}{found.rule.code}", role), f" {found.rule.name}: ", found.message)
    yield from _excerpt(placed)
    for other in placed.related if placed.excerpt is None else ():
        yield line(f"{_INDENT}also {other.path}:{other.place.line}")
    yield line(_INDENT, (_sentence(found.hint), "hint"), (f" More: orgreg explain {found.rule.code}", "quiet"))


def _excerpt(placed: Placed) -> Iterator[Line]:
    if placed.excerpt is None:
        return
    place = placed.place
    number = f"{_INDENT}{place.line:>4} | "
    start = max(0, place.column - 1)
    shift = max(0, start - _WIDEST // 2) if len(placed.excerpt) > _WIDEST else 0
    shown = placed.excerpt[shift : shift + _WIDEST]
    if not shown.isprintable():
        # The shown text keeps its columns: what is not seen becomes one character each.
        shown = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in shown)
    width = max(1, min(place.width, len(shown) - (start - shift)))
    yield Line(((number, "quiet"), (shown.rstrip(), None)))
    also = "".join(f" also {one_line(other.path)}:{other.place.line}" for other in placed.related)
    yield Line(
        ((" " * (len(number) - 2) + "| ", "quiet"), (" " * (start - shift), None), ("^" * width, "error"), (also, None))
    )


def _sentence(hint: str) -> str:
    return f"{hint[:1].upper()}{hint[1:]}{'' if hint.endswith(('.', '…', '?')) else '.'}"


def summary(placed: Sequence[Placed], *, files: int | None = None) -> Line:
    """How many of each severity."""
    read = "" if files is None else f" in {_count(files, 'file')}"
    return line(f"{_counted(placed) or 'no findings'}{read}")


def summary_compared(placed: Sequence[Placed]) -> Line:
    """How many are new, of each severity; how many were there before in the files that differ; how many are fixed."""
    counted = Counter(one.state for one in placed)
    new = _counted([one for one in placed if one.state is State.NEW]) or "nothing"
    before = f"there before in these files: {counted[State.INHERITED]}"
    return line(f"new: {new}; {before}; fixed: {counted[State.FIXED]}")


def _counted(placed: Sequence[Placed]) -> str:
    counted = Counter(one.finding.rule.severity for one in placed)
    return ", ".join(_count(counted[severity], severity.value) for severity in Severity if counted[severity])


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
