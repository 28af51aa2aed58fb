"""Two units of one municipality bear the same code on one day.

Codes are reused, so a code may pass from one unit to another; but on any one day it must lead to one unit, or nobody
can be found by it. Touching is allowed: the first day of the new bearer is the first day without it for the old one.
Kinds whose codes are counted for themselves (`numbers: own` in registry.yaml) are compared among themselves only. What
is planned or proposed bears no code yet.

Give one of the two another code, or end it on the first day of the other.

Wrong:

    # data/units/bs/sozialreferat.yaml
    timeline:
      - from: unknown
        name: Sozialreferat
        kind: Referat
        code: "0500"
        parent: none
    # data/units/bs/steuerungsdienst.yaml
    timeline:
      - from: 2024-03-01
        name: Steuerungsdienst
        kind: Referat
        code: "0500"
        parent: none

Right:

    # data/units/bs/sozialreferat.yaml
    timeline:
      - from: unknown
        name: Sozialreferat
        kind: Referat
        code: "0500"
        parent: none
      - from: 2024-03-01
        code: "0510"
    # data/units/bs/steuerungsdienst.yaml
    timeline:
      - from: 2024-03-01
        name: Steuerungsdienst
        kind: Referat
        code: "0500"
        parent: none
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.check.runs import runs
from orgreg.check.wording import joined, on, short
from orgreg.model.day import ALWAYS, Span
from orgreg.model.finding import Finding, Route, Rule
from orgreg.model.registry import UNITS, path_of
from orgreg.model.unit import municipality_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.check.runs import Run
    from orgreg.model.registry import Registry

RULE: Final = Rule("U003", "overlapping-codes")


class _Bearing(NamedTuple):
    span: Span
    unit: str
    route: Route


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every unit that bears a code while another still bears it, at the statement that is the later."""
    bearers: dict[tuple[str, str, str], list[_Bearing]] = defaultdict(list)
    found = runs(registry)
    for run in found.all("code"):
        if isinstance(run.value, str):
            for among, days in _counted(registry, run, found.of("kind", run.unit.id)):
                key = (run.unit.municipality, among, run.value)
                bearers[key].append(_Bearing(days, run.unit.id, run.route))
    for (_, _, code), bearings in sorted(bearers.items()):
        if len(bearings) > 1:
            yield from _overlaps(code, sorted(bearings))


def _counted(registry: Registry, code: Run, kinds: Iterable[Run]) -> Iterator[tuple[str, Span]]:
    """The kinds among which the unit's code is counted, each with its days; „“ stands for all that count together."""
    span, municipality = code.span, code.unit.municipality
    together = span.start
    for kind in kinds:
        both = kind.span.overlap(span) if registry.kind(municipality, kind.value).own_numbers else None
        if both is not None:
            if together < both.start:
                yield "", Span(together, both.start)
            yield str(kind.value), both
            together = both.end
    if together < span.end:
        yield "", Span(together, span.end)


def _overlaps(code: str, bearings: list[_Bearing]) -> Iterator[Finding]:
    # Sorted by first day, only the one that lasts longest so far can still bear the code.
    lasting = bearings[0]
    for later in bearings[1:]:
        both = lasting.span.overlap(later.span)
        if both is not None:
            city = municipality_of(later.unit)
            units = joined(short(unit, city) for unit in (later.unit, lasting.unit))
            before = "" if both.start == ALWAYS else f", or end it before {both.start.isoformat()}"
            yield Finding(
                RULE,
                path_of(UNITS, later.unit),
                f"{code} is borne by two units {on(both.start)}: {units}",
                f"give one of them another code{before}",
                route=later.route,
                entity=later.unit,
                related=((path_of(UNITS, lasting.unit), lasting.route),),
            )
        if later.span.end > lasting.span.end:
            lasting = later
