"""Findings as annotations. GitHub shows ten of a kind only: errors come first, and the log has all of them in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.formats.plain import one_line
from orgreg.formats.text import findings as text
from orgreg.model.finding import Severity, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.review.placed import Placed

_COMMAND: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_GRAVITY: Final = {severity: place for place, severity in enumerate(Severity)}


def findings(placed: Sequence[Placed]) -> Iterator[str]:
    """One command a finding, errors first; then, folded in the log, all that people read; then how many there are."""
    yield from _annotated(placed)
    yield str(text.summary(placed))


def compared(placed: Sequence[Placed]) -> Iterator[str]:
    """Likewise, of findings that are compared: only the new ones are shown, for the others are nobody's fault here."""
    yield from _annotated([one for one in placed if one.state is State.NEW])
    yield str(text.summary_compared(placed))


def _annotated(placed: Sequence[Placed]) -> Iterator[str]:
    for one in sorted(placed, key=lambda one: (_GRAVITY[one.finding.rule.severity], one.order)):
        yield _annotation(one)
    if placed:
        yield "::group::Every finding with its line and remedy"
        for one in placed:
            yield from map(_inert, map(str, text.finding(one)))
            yield ""
        yield "::endgroup::"


def _annotation(one: Placed) -> str:
    found, place = one.finding, one.place
    where = f"file={_value(found.path)},line={place.line},col={place.column},endColumn={place.column + place.width}"
    title = _value(f"{found.rule.code} {found.rule.name}")
    return f"::{_COMMAND[found.rule.severity]} {where},title={title}::{_text(f'{found.message}. {found.hint}')}"


def _inert(line: str) -> str:
    """A line that the runner does not take for a command, whatever a file says."""
    return f"| {line}" if line.lstrip().startswith(("::", "##[")) else line


def _text(text: str) -> str:
    return one_line(text).replace("%", "%25")


def _value(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
