"""Findings as annotations. GitHub shows ten of a kind only, so errors come first and the log has all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.formats.placed import Placed

_COMMAND: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_GRAVITY: Final = {severity: place for place, severity in enumerate(Severity)}


def findings(placed: Sequence[Placed]) -> Iterator[str]:
    """One command a finding, errors first."""
    for one in sorted(placed, key=lambda one: (_GRAVITY[one.finding.rule.severity], one.order)):
        found = one.finding
        where = f"file={_value(found.path)},line={one.place.line},col={one.place.column}"
        title = _value(f"{found.rule.code} {found.rule.name}")
        text = _text(f"{found.message}. {found.hint}")
        yield f"::{_COMMAND[found.rule.severity]} {where},title={title}::{text}"


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
