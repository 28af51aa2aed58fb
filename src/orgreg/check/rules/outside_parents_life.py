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

from orgreg.check.wording import short
from orgreg.model.day import ALWAYS, Span
from orgreg.model.finding import Finding, Route, Rule
from orgreg.model.registry import UNITS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Held
    from orgreg.model.unit import Unit

RULE: Final = Rule("U004", "outside-parents-life")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every statement of a parent that holds on a day on which the parent does not live."""
    for _, unit in sorted(registry.units.items()):
        for life in unit.timeline.lives:
            for attribute in ("parent", "staff_of"):
                for span, held in life.runs(attribute):
                    above = registry.units.get(held.value) if isinstance(held.value, str) else None
                    gap = None if above is None else _first_gap(span, above)
                    if above is not None and gap is not None:
                        yield _finding(unit, held, above, gap)


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
    lives = above.timeline.lives
    ended = next((life for life in reversed(lives) if life.span.end <= gap.start), None)
    related: tuple[tuple[str, Route], ...] = ()
    if not lives:
        why = f"it stands under {name}, which " + ("is only intended" if above.timeline.intended else "never was")
        hint = "name a unit that is in force, or write unknown"
    elif ended is not None:
        entry = ended.entries[-1]
        day = ended.span.end.isoformat()
        when = "still" if gap.start == ended.span.end else f"on {gap.start.isoformat()}"
        why = f"it {'' if when != 'still' else 'still '}stands under {name}{'' if when == 'still' else f' {when}'}, which ended on {day}"
        hint = f"say from {gap.start.isoformat()} what it stands under (unknown, where no source says), or end it then"
        related = ((path_of(UNITS, above.id), ("timeline", entry.position, "from")),)
    else:
        entry = lives[0].entries[0]
        begins = lives[0].span.start.isoformat()
        day = "before" if gap.start == ALWAYS else f"from {gap.start.isoformat()}"
        why = f"it stands under {name} {day}" + (f" {begins}" if gap.start == ALWAYS else "") + f", which begins only on {begins}"
        hint = _how_to_begin(held, gap, begins)
        related = ((path_of(UNITS, above.id), ("timeline", entry.position, "from")),)
    return Finding(
        RULE,
        path_of(UNITS, unit.id),
        why,
        hint,
        route=("timeline", held.begun_by.position, held.attribute),
        entity=unit.id,
        related=related,
    )
