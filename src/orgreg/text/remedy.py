"""Findings whose remedy is certain, and the edit that is the remedy. Everything else is for a person to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgreg.text import refusals
from orgreg.text.edit import Edit, apart, apply, quoted, spans
from orgreg.text.freeze import freeze
from orgreg.text.scan import scan
from orgreg.text.syntax import Span, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from orgreg.model.finding import Finding, Route, Rule
    from orgreg.text.edit import Spot


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was put right, counted from 1."""

    number: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Remedied:
    """The bytes of a file in which was put right what certainly can be, and the lines that differ."""

    data: bytes
    lines: tuple[Line, ...]


def is_certain(finding: Finding) -> bool:
    """Whether the finding is of a kind that can be put right without asking."""
    return finding.rule in _REMEDIES and not finding.at_key


def remedied(data: bytes, findings: Iterable[Finding]) -> Remedied:
    """Put right what was found in a file, all of it certain, as far as the file still says what was found."""
    mark, text = apart(data)
    where = spans(written(text))
    edits = {edit for finding in findings if (edit := _REMEDIES[finding.rule](text, where, finding.route))}
    made = apply(text, edits)
    if freeze(scan(text.encode(), "").tree) != freeze(scan(made.encode(), "").tree):
        return Remedied(
            data, ()
        )  # pragma: no cover - quotes change no text; if ever they did, nothing would be written
    pairs = zip(text.splitlines(), made.splitlines(), strict=True)
    lines = [Line(number, old.strip(), new.strip()) for number, (old, new) in enumerate(pairs, 1) if old != new]
    return Remedied(mark + made.encode(), tuple(lines))


_NOTHING: Final = frozenset({"~", "null", "Null", "NULL"})
"""What may mean that nothing is said: a person must tell."""


def _quote_it(text: str, where: Mapping[Route, Spot], route: Route) -> Edit | None:
    spot = where.get(route)
    if spot is None:
        return None
    stands = text[spot.value.start : spot.value.end]
    return None if stands in _NOTHING else _as(spot.value, quoted(stands))


def _as(span: Span, text: str) -> Edit:
    return Edit(span.start, span.end, text)


_REMEDIES: Final[Mapping[Rule, Callable[[str, Mapping[Route, Spot], Route], Edit | None]]] = {
    refusals.QUOTE_IT: _quote_it,
}
