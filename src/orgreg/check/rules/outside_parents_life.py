"""A unit stands under another on a day on which that other one does not exist.

Every day of a unit's life needs an answer to what it stood under: a unit that existed then, `none`, or `unknown`. The
first day without the parent is the day of the parent's `ended`, so a unit that moves away on that very day is in time.
A vague first day counts from the earliest day that it may be: `2016` from 2016-01-01, `unknown` from ever.

Where the parent ended, say where the unit went, or end it too. Where the parent is younger, say what was above it
before: an entry with `parent: unknown`, and the parent in a second entry from the parent's first day.

Wrong:

    # data/units/bs/soziales.yaml
    timeline:
      - from: 2016-04-01
        name: Soziales
        kind: Fachbereich
        parent: none
    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: soziales

Right:

    # data/units/bs/soziales.yaml
    timeline:
      - from: 2016-04-01
        name: Soziales
        kind: Fachbereich
        parent: none
    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: unknown
      - from: 2016-04-01
        parent: soziales
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.runs import runs
from orgreg.check.wording import absence, on, short
from orgreg.model.day import NEVER, Span
from orgreg.model.finding import Finding, Rule
from orgreg.model.registry import UNITS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry, Held, Life
    from orgreg.model.unit import Unit

RULE: Final = Rule("U004", "outside-parents-life")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every statement of a parent that holds on a day on which the parent does not live."""
    for run in runs(registry).all("parent", "staff_of"):
        above = registry.units.get(run.value) if isinstance(run.value, str) else None
        gap = None if above is None else _first_gap(run.span, above)
        if above is not None and gap is not None:
            yield _finding(run.unit, run.held, above, gap)


def _first_gap(span: Span, above: Unit) -> Span | None:
    """The first days of the span on which the unit does not live."""
    day = span.start
    for life in above.timeline.lives:
        if life.span.start > day:
            return Span(day, min(life.span.start, span.end))
        day = max(day, life.span.end)
        if day >= span.end:
            return None
    return Span(day, span.end)


def _finding(unit: Unit, held: Held, above: Unit, gap: Span) -> Finding:
    name = short(above.id, unit.municipality)
    when = on(gap.start)
    if not above.timeline.lives:
        why = f"{name} {absence(above.timeline)}"
        hint = "name a unit that is in force, or write unknown"
        place: Entry | None = None
    elif (ended := _ended(above, gap)) is not None:
        place, day = ended.entries[-1], ended.span.end
        why = f"{name} ended on " + ("that day" if day == gap.start else day.isoformat())
        hint = f"say what it stands under {when}, unknown where no source says; or end it then"
    else:
        place = above.timeline.lives[0].entries[0]
        why = f"{name} begins only on {gap.end.isoformat()}"
        hint = _how_to_begin(held, gap, name)
    return Finding(
        RULE,
        path_of(UNITS, unit.id),
        f"the unit stands under {name} {when}, and {why}",
        hint,
        route=("timeline", held.begun_by.position, held.attribute),
        entity=unit.id,
        related=() if place is None else ((path_of(UNITS, above.id), ("timeline", place.position, "from")),),
    )


def _ended(above: Unit, gap: Span) -> Life | None:
    """The life of the unit above that ended last before the gap."""
    return next((life for life in reversed(above.timeline.lives) if life.span.end <= gap.start), None)


def _how_to_begin(held: Held, gap: Span, name: str) -> str:
    since, first = held.begun_by.since, gap.end.isoformat()
    if since.known and gap.start == since.counts_from and gap.end <= since.latest:
        last = "" if since.latest == NEVER else since.latest.isoformat()
        return f"{since} counts from its earliest day: write {first}..{last} if it was not before {name}"
    return f"say what it stood under before, unknown where no source says, and {name} from {first} on"
