"""Nobody knows under which unit a unit stands.

A unit of the line without a recorded parent has no place in the tree: it stands apart, and no sum over a Dezernat holds
it. Bodies and what is outside the administration need none.

Look for the Verwaltungsgliederungsplan or Organigramm of that time. Where no source says it, leave `parent: unknown`;
what code and name let one guess is no parent.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: unknown

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.runs import runs
from orgreg.model.day import ALWAYS, NEVER
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.registry import UNITS, path_of
from orgreg.model.timeline import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.runs import Run
    from orgreg.model.registry import Registry

RULE: Final = Rule("D004", "parent-not-recorded", Severity.NOTE)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every statement that the parent of a unit in the line is not known."""
    for run in runs(registry).all("parent", "staff_of"):
        if run.value is Absent.UNKNOWN and _in_line(registry, run):
            yield Finding(
                RULE,
                path_of(UNITS, run.unit.id),
                "no source says what the unit stands under" + _when(run),
                "look for the Verwaltungsgliederungsplan or Organigramm of that time",
                route=run.route,
                entity=run.unit.id,
            )


def _in_line(registry: Registry, run: Run) -> bool:
    """Whether it is in the line on one of those days, as far as the kinds of its city are known."""
    city = run.unit.municipality
    if not registry.vocabulary_read or city not in registry.municipalities:
        return False
    kinds = (kind for kind in runs(registry).of("kind", run.unit.id) if kind.span.overlap(run.span))
    return any(registry.kind(city, kind.value).in_line for kind in kinds)


def _when(run: Run) -> str:
    if run.span.end != NEVER:
        return f" until {run.span.end.isoformat()}"
    return "" if run.span.start == ALWAYS else f" from {run.span.start.isoformat()}"
