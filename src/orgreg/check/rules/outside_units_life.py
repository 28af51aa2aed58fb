"""A task or a post has an entry for a day on which its unit does not exist.

Tasks and posts stand in a unit and end with it; they need no end of their own. What becomes different of them does so
while the unit is there. One that moves goes on at the new unit, with `out_of:` there and `ended: transferred` here;
that end may fall on the day of the unit's own. A vague first day counts from the earliest day that it may be.

Give the entry a day in the unit's life, or enter the task or post at the unit that then had it.

Wrong:

    # data/units/bs/integration.yaml
    timeline:
      - from: 2024-03-01
        name: Integration, Vielfalt und Demokratie
        kind: Stelle
        parent: none
    tasks:
      migration:
        - from: 2016-04-01
          text: Migrationsfragen

Right:

    # data/units/bs/integration.yaml
    timeline:
      - from: 2024-03-01
        name: Integration, Vielfalt und Demokratie
        kind: Stelle
        parent: none
    tasks:
      migration:
        - from: 2024-03-01
          text: Migrationsfragen
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.strands import in_force, strands
from orgreg.check.wording import absence, on, since
from orgreg.model.day import NEVER
from orgreg.model.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orgreg.check.strands import Strand
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry, Timeline

RULE: Final = Rule("U011", "outside-units-life")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every task and post with such entries, at the first of them by its day."""
    for strand in strands(registry):
        if strand.what not in {"task", "post"}:
            continue
        unit = registry.units[strand.owner].timeline
        outside = [entry for entry in in_force(strand.timeline) if not _is_inside(unit, entry)]
        if outside:
            first = min(outside, key=lambda entry: (entry.counts_from, entry.since.text))
            yield _finding(strand, unit, first)


def _is_inside(unit: Timeline, entry: Entry) -> bool:
    day = entry.counts_from
    if entry.ends:
        # The first day without it may be the first day without the unit. What ends before the unit began has begun
        # before it, or never: either is found there.
        return day <= _first(unit) or any(life.span.start < day <= life.span.end for life in unit.lives)
    return unit.life_on(day) is not None


def _first(unit: Timeline) -> date:
    return unit.lives[0].span.start if unit.lives else NEVER


def _finding(strand: Strand, unit: Timeline, entry: Entry) -> Finding:
    day, first = entry.counts_from, _first(unit)
    ends = [life.span.end for life in unit.lives if life.span.end <= day]
    hint = "give it a day on which the unit exists, or enter it at the unit that then had it"
    if not unit.lives:
        why = f"the unit {absence(unit)}"
        hint = "say status: planned here too" if unit.intended else "delete it, or enter it at the unit that had it"
    elif ends:
        why = "the unit ended on " + ("that day" if max(ends) == day else max(ends).isoformat())
    else:
        why = f"the unit begins only on {first.isoformat()}"
        if entry.since.earliest != entry.since.latest:
            hint = f"write {first.isoformat()}, with the reason in inferred:, if it is as old as the unit"
    told = f"ends {on(day)}" if entry.ends else f"is here {since(day)}"
    return Finding(
        RULE,
        strand.path,
        f"the {strand.what} {told}, and {why}",
        hint,
        route=strand.at(entry, "from"),
        entity=strand.id,
    )
