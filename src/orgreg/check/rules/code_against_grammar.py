"""A code does not look like the codes of its unit's kind.

registry.yaml gives each kind the patterns of its codes: in Braunschweig a Fachbereich has two digits, a Referat four
beginning with 0. A code that fits none of them is misspelled, stands at the wrong unit, or the unit is of another kind.
Kinds without patterns take any code.

Correct the code or the kind, or add the pattern to registry.yaml.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        code: "5021"
        parent: none

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        code: "50.21"
        parent: none
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.bearing import bearings, bearings_of
from orgreg.check.strands import one_by_one
from orgreg.check.wording import form, on
from orgreg.model.finding import Finding, Rule
from orgreg.model.registry import UNITS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.bearing import Bearing
    from orgreg.model.finding import Route
    from orgreg.model.registry import Registry

RULE: Final = Rule("V002", "code-against-grammar")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every statement of a code that fits no pattern of the unit's kind."""
    breaches: dict[tuple[str, Route], Bearing] = {}
    for bearing in bearings(registry):
        if bearing.kind.codes and bearing.match is None:
            breaches.setdefault((bearing.unit.id, bearing.route), bearing)
    examples: dict[tuple[str, str], str | None] = {}
    for (unit, route), bearing in breaches.items():
        city, kind = bearing.unit.municipality, bearing.kind.name
        day = "" if bearing.span.start == bearing.held.since else f" {on(bearing.span.start)}"
        if (city, kind) not in examples:
            examples[city, kind] = _example(registry.whole(city), city, kind)
        example = examples[city, kind]
        looks = f", as {example} does" if example else f"; its pattern is {form(*bearing.kind.codes)}"
        yield Finding(
            RULE,
            path_of(UNITS, unit),
            f"{bearing.code} does not look like the code of a {kind}{day}" + looks,
            f"correct the code or the kind, or add a pattern to {kind} of {city} in data/registry.yaml",
            route=route,
            entity=unit,
        )


def _example(registry: Registry, city: str, kind: str) -> str | None:
    """The code of the first unit of that kind that bears one that fits; units are read until there is one."""
    for unit in one_by_one(registry.units, city):
        for one in bearings_of(registry, unit):
            if one.kind.name == kind and one.match is not None:
                return one.code
    return None
