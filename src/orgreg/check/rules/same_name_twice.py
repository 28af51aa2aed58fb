"""Two units bear one name at the same time under one parent.

Nobody can tell them apart in a tree. Most often one unit was entered twice, from two sources or under two slugs; or one
of them was renamed or ended, and that was forgotten. Units with the same code have a finding for the code.

Join the two files if they are one unit, keeping the other slug in `formerly:`; else correct a name, or end one of them.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
    # data/units/bs/migrationsbuero.yaml
    timeline:
      - from: 2016-04-01
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
    # data/units/bs/migrationsbuero.yaml
    timeline:
      - from: 2016-04-01
        name: Büro für Vielfalt
        kind: Stelle
        parent: sozialreferat
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

from orgreg.check.runs import runs
from orgreg.check.wording import on, short
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.registry import UNITS, path_of
from orgreg.model.timeline import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.runs import Run, Runs
    from orgreg.model.day import Span
    from orgreg.model.registry import Registry

RULE: Final = Rule("U014", "same-name-twice", Severity.WARNING)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every two such units, at the name that is the later, on the first such day."""
    found = runs(registry)
    bearers: dict[tuple[str, str], list[Run]] = defaultdict(list)
    for run in found.all("name"):
        if isinstance(run.value, str):
            bearers[run.unit.municipality, " ".join(run.value.split()).casefold()].append(run)
    told: set[tuple[str, str]] = set()
    for _, named in sorted(bearers.items()):
        for first, second in combinations(sorted(named, key=lambda run: (run.span.start, run.unit.id)), 2):
            both = first.span.overlap(second.span)
            pair = (first.unit.id, second.unit.id)
            if both is not None and pair not in told and first.unit is not second.unit:
                days = _under_one(found, first, second, both)
                if days is not None and not _share_code(found, first, second, days):
                    told.add(pair)
                    yield _finding(first, second, days)


def _under_one(found: Runs, first: Run, second: Run, days: Span) -> Span | None:
    """The first days on which both stand under the same unit, or both under none."""
    spans = [
        both
        for attribute in ("parent", "staff_of")
        for one in found.of(attribute, first.unit.id)
        for other in found.of(attribute, second.unit.id)
        if one.value == other.value
        and one.value is not Absent.UNKNOWN
        and (shared := one.span.overlap(other.span)) is not None
        and (both := shared.overlap(days)) is not None
    ]
    return min(spans, default=None)


def _share_code(found: Runs, first: Run, second: Run, days: Span) -> bool:
    codes = [
        {run.value for run in found.of("code", one.unit.id) if isinstance(run.value, str) and run.span.overlap(days)}
        for one in (first, second)
    ]
    return not codes[0].isdisjoint(codes[1])


def _finding(first: Run, second: Run, days: Span) -> Finding:
    city = second.unit.municipality
    return Finding(
        RULE,
        path_of(UNITS, second.unit.id),
        f"{short(first.unit.id, city)} bears this name too {on(days.start)}, under the same unit",
        "join the files if they are one unit; else correct a name, or end one of them",
        route=second.route,
        entity=second.unit.id,
        related=((path_of(UNITS, first.unit.id), first.route),),
    )
