"""The days on which a unit stands alike: what a tree shows of it, from the first to the last day, once for all days.

Which changes were recorded in other units is left out, for that would make every unit's days depend on all others:
whoever asks for a day adds the doubt that follows from it, with `row.on`.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from orgreg.model.certainty import attestation, spoken_of
from orgreg.model.day import NEVER, Span, day_after
from orgreg.query.standing import standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from orgreg.model.day import When
    from orgreg.model.registry import Registry
    from orgreg.model.unit import Unit
    from orgreg.query.row import Row


class Run(NamedTuple):
    """Days on which a unit stands alike. `planned` is None where it does not matter whether what is planned counts."""

    span: Span
    planned: bool | None
    row: Row


def runs(registry: Registry, unit: Unit) -> Iterator[Run]:
    """All days on which the unit lives, in order. The registry must know of no changes: see above."""
    days = sorted(_turns(unit, registry.paper_date))
    modes = (None,) if not unit.timeline.intended else (False, True)
    for planned in modes:
        found = ((day, standing(registry, unit, day, planned=bool(planned))) for day in days)
        for span, row in _joined((day, None if one is None else one.row) for day, one in found):
            yield Run(span, planned, row)


def _turns(unit: Unit, dated: Callable[[str], When | None]) -> set[date]:
    """Every day from which on something of the unit, or of what is doubtful about it, may be otherwise."""
    days: set[date] = set()
    for entry in unit.timeline.entries:
        days |= {entry.counts_from, entry.since.settled}
        if entry.since.approximate:
            days.add(day_after(entry.since.settled))
        days.update(other.since.settled for other in entry.also if other.since is not None)
        if "from" in entry.inferred:
            days.update(spoken_of(entry, dated))
    for life in chain(unit.timeline.lives, unit.timeline.intended):
        heard = attestation(life.entries, dated)
        days |= {life.span.start, life.span.end} | (set() if heard is None else {heard.first})
    return days - {NEVER}


def _joined(rows: Iterable[tuple[date, Row | None]]) -> Iterator[tuple[Span, Row]]:
    """Each row with the days from its own to that of the next other one."""
    since: date | None = None
    before: Row | None = None
    for day, row in rows:
        if row == before:
            continue
        if before is not None and since is not None:
            yield Span(since, day), before
        since, before = day, row
    if before is not None and since is not None:
        yield Span(since, NEVER), before
