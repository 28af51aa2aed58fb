"""Two units bear one name at the same time under one parent.

Nobody can tell them apart in a tree. Most often one unit was entered twice, from two sources or under two slugs; or one
of them was renamed or ended, and that was forgotten. Units with the same code have a finding for the code. Where there
are more than two, one finding tells them all.

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
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.check.runs import runs
from orgreg.check.wording import joined, on, short
from orgreg.model.day import Span
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.registry import UNITS, path_of
from orgreg.model.timeline import Absent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.check.runs import Run, Runs
    from orgreg.model.registry import Registry

RULE: Final = Rule("U014", "same-name-twice", Severity.WARNING)

_NAMED: Final = 5
"""How many of the others are told by name."""


class _Standing(NamedTuple):
    """A unit on the days on which it bears a name under a unit."""

    span: Span
    named: Run

    @property
    def unit(self) -> str:
        """The identity of the unit."""
        return self.named.unit.id


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for each name under each unit that several bear: at the second to bear it, on the first such day."""
    found = runs(registry)
    bearers: dict[tuple[str, str], list[Run]] = defaultdict(list)
    for run in found.all("name"):
        if isinstance(run.value, str):
            bearers[run.unit.municipality, " ".join(run.value.split()).casefold()].append(run)
    for _, named in sorted(bearers.items()):
        if len(named) > 1:
            for _, standing in sorted(_under_one(found, named).items()):
                yield from _told(found, standing)


def _under_one(found: Runs, named: Iterable[Run]) -> dict[tuple[str, str], list[_Standing]]:
    """Who stands under the same unit, or under none, by the key that says so and what it says."""
    under: dict[tuple[str, str], list[_Standing]] = defaultdict(list)
    for run in named:
        for attribute in ("parent", "staff_of"):
            for one in found.of(attribute, run.unit.id):
                shared = one.span.overlap(run.span)
                if shared is not None and one.value is not Absent.UNKNOWN:
                    under[attribute, str(one.value)].append(_Standing(shared, run))
    return under


def _told(found: Runs, standing: Iterable[_Standing]) -> Iterator[Finding]:
    """One finding for all who stand there at the same time as another one that has no code in common with them."""
    first: tuple[_Standing, _Standing] | None = None
    together: dict[str, Run] = {}
    here: list[_Standing] = []
    for one in sorted(standing, key=lambda each: (each.span.start, each.unit)):
        here = [other for other in here if other.span.end > one.span.start]
        beside = [other for other in here if other.unit not in together and _are_two(found, other, one)]
        if one.unit not in together and not beside:
            # Of those who are told already one is enough, so that of many each is compared with few.
            told = (other for other in here if other.unit in together and _are_two(found, other, one))
            beside = list(islice(told, 1))
        if beside:
            first = first or (beside[0], one)
            together |= {each.unit: each.named for each in (*beside, one)}
        here.append(one)
    if first is not None:
        others = {unit: run for unit, run in sorted(together.items()) if unit not in {first[0].unit, first[1].unit}}
        yield _finding(*first, list(others.values()))


def _are_two(found: Runs, first: _Standing, second: _Standing) -> bool:
    """Whether these who stand there together are two units, and no code in common says that already."""
    days = Span(second.span.start, min(first.span.end, second.span.end))
    codes = [
        {run.value for run in found.of("code", one.unit) if isinstance(run.value, str) and run.span.overlap(days)}
        for one in (first, second)
    ]
    return first.unit != second.unit and codes[0].isdisjoint(codes[1])


def _finding(first: _Standing, second: _Standing, others: list[Run]) -> Finding:
    unit = second.named.unit
    city = unit.municipality
    told = [short(run.unit.id, city) for run in others[:_NAMED]]
    more = len(others) - len(told)
    told += [f"{more} {'other' if more == 1 else 'others'}"] if more else []
    also = f"; so {'does' if len(others) == 1 else 'do'} {joined(told)}" if others else ""
    return Finding(
        RULE,
        path_of(UNITS, unit.id),
        f"{short(first.named.unit.id, city)} bears this name too {on(second.span.start)}, under the same unit{also}",
        "join the files if they are one unit; else correct a name, or end one of them",
        route=second.named.route,
        entity=unit.id,
        related=tuple((path_of(UNITS, run.unit.id), run.route) for run in (first.named, *others[:_NAMED])),
    )
