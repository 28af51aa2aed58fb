"""The code says that a unit belongs to one unit, and it stands under another.

In many cities the beginning of a code is the code of the unit above: 50.21 belongs to 50.2. The pattern of the kind in
registry.yaml names that part `parent`. Where the parent that is recorded bears another code on that day, one of the two
is mostly wrong, or one of them has not yet been changed. The rule of the city is not without exceptions, so this is a
warning.

Correct the code or the parent, or their days.

Wrong:

    # data/units/bs/abteilung.yaml
    timeline:
      - from: unknown
        name: Migrationsfragen und Integration
        kind: Abteilung
        code: "50.2"
        parent: none
    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        code: "50.31"
        parent: abteilung

Right:

    # data/units/bs/abteilung.yaml
    timeline:
      - from: unknown
        name: Migrationsfragen und Integration
        kind: Abteilung
        code: "50.2"
        parent: none
    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        code: "50.21"
        parent: abteilung
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.bearing import bearings, bearings_of
from orgreg.check.runs import runs
from orgreg.check.strands import INTENDED
from orgreg.check.wording import short
from orgreg.model.day import ALWAYS
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.registry import UNITS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orgreg.check.bearing import Bearing
    from orgreg.model.day import Span
    from orgreg.model.finding import Route
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Held, Value
    from orgreg.model.unit import Unit

RULE: Final = Rule("V004", "parent-against-code", Severity.WARNING)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every statement of a code whose parent bears another than it says, on the first such day."""
    told: set[tuple[str, Route]] = set()
    for bearing in bearings(registry):
        implied = None if bearing.match is None else bearing.match.groupdict().get("parent")
        if implied is None or (bearing.unit.id, bearing.route) in told:
            continue
        for span, above in _parents(registry, bearing):
            # Days without a known code say nothing, and a code that is none has a finding of its own.
            other = next(
                (
                    (both.start, code.held)
                    for code in runs(registry).of("code", above.id)
                    if isinstance(code.value, str)
                    and code.value != implied
                    and (both := code.span.overlap(span))
                    and not _is_misfit(registry, above, code.value)
                ),
                None,
            )
            if other is not None:
                told.add((bearing.unit.id, bearing.route))
                yield _finding(bearing, implied, above, *other)
                break


def _is_misfit(registry: Registry, unit: Unit, code: str) -> bool:
    """Whether the code is none of the unit's kind: that has a finding of its own."""
    return any(one.code == code and one.kind.codes and one.match is None for one in bearings_of(registry, unit))


def _parents(registry: Registry, bearing: Bearing) -> Iterator[tuple[Span, Unit]]:
    """The units above it on the days of the bearing, in order."""
    found = []
    for attribute in ("parent", "staff_of"):
        for span, value in _held(registry, bearing, attribute):
            both = span.overlap(bearing.span)
            above = registry.units.get(value) if isinstance(value, str) else None
            if both is not None and above is not None:
                found.append((both, above))
    yield from sorted(found, key=lambda one: one[0])


def _held(registry: Registry, bearing: Bearing, attribute: str) -> list[tuple[Span, Value]]:
    if bearing.held.entry.status in INTENDED:
        return [(span, held.value) for span, held in bearing.life.runs(attribute)]
    return [(run.span, run.value) for run in runs(registry).of(attribute, bearing.unit.id)]


def _finding(bearing: Bearing, implied: str, above: Unit, day: date, other: Held) -> Finding:
    unit = bearing.unit
    name = short(above.id, unit.municipality)
    when = "" if day == ALWAYS else f" on {day.isoformat()}"
    return Finding(
        RULE,
        path_of(UNITS, unit.id),
        f"{bearing.code} belongs to {implied}, and{when} it stands under {name}, which is {other.value}",
        "correct the code or the parent, or the day of one of them",
        route=bearing.route,
        entity=unit.id,
        related=((path_of(UNITS, above.id), ("timeline", other.begun_by.position, "code")),),
    )
