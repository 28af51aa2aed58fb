"""The life of a unit and its lineage: every code, name, kind and place with its days, what it came from and became."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING, Final

from orgreg.model.certainty import Attestation, Certainty, attestation
from orgreg.model.day import NEVER, day_before
from orgreg.model.unit import whole_of
from orgreg.query.changes import occasions_of
from orgreg.query.labels import Labels
from orgreg.query.portrait import Fact, ever
from orgreg.query.standing import standing
from orgreg.query.succession import Succession, predecessors, successors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from orgreg.model.certainty import Doubt
    from orgreg.model.change import Occasion
    from orgreg.model.day import When
    from orgreg.model.registry import Registry
    from orgreg.model.unit import Unit

RUNS: Final = ("name", "code", "kind", "parent", "staff_of")
"""What is told with its days."""

_CALLED: Final = ("name", "code")


class Role(Enum):
    """What a unit is in the lineage of the one that is asked about."""

    PREDECESSOR = "predecessor"
    ITSELF = "itself"
    SUCCESSOR = "successor"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a unit was called without a break, since when, and its last day so; None where no end is recorded.

    `doubts` are of its name and its code.
    """

    label: str
    since: When
    until: date | None
    doubts: tuple[Doubt, ...] = ()

    def meets(self, fact: Fact) -> bool:
        """Whether a value is held on one of the days."""
        begins = self.until is None or fact.since.counts_from <= self.until
        return begins and (fact.until is None or fact.until >= self.since.counts_from)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One unit of a lineage. `label` is what it was called last."""

    unit: Unit
    role: Role
    label: str
    attested: Attestation | None
    runs: tuple[Fact, ...]
    bearings: tuple[Bearing, ...]
    occasions: tuple[Occasion, ...]

    def bearing(self, day: date) -> int:
        """Which of the bearings holds on the day: the first that lasts until it, else the last one."""
        lasting = (place for place, one in enumerate(self.bearings) if one.until is None or day <= one.until)
        return next(lasting, max(0, len(self.bearings) - 1))


@dataclass(frozen=True, slots=True)
class History:
    """A unit with those from which it came and that it became, the oldest first, and how one followed the other.

    `passed` are the successions that do not lead on: of a task or post only, to or from a unit that is not known, or
    by another source's word.
    """

    unit: Unit
    labels: Labels
    stretches: tuple[Stretch, ...]
    successions: tuple[Succession, ...]
    passed: tuple[Succession, ...]


def history(registry: Registry, unit: Unit, day: date, *, planned: bool = False) -> History:
    """The whole lineage of a unit. Names of what is only mentioned are those of the day."""
    older = _closure(registry, unit, lambda one: predecessors(registry, one, planned=planned), "older")
    newer = _closure(registry, unit, lambda one: successors(registry, one, planned=planned), "newer")
    roles = {**dict.fromkeys(newer, Role.SUCCESSOR), **dict.fromkeys(older, Role.PREDECESSOR), unit.id: Role.ITSELF}
    labels = Labels(registry, day, planned=planned)
    stretches = [_stretch(labels, registry.units[one], role) for one, role in roles.items()]
    told = _successions(registry, stretches, planned=planned)
    return History(
        unit=unit,
        labels=labels,
        stretches=tuple(sorted(stretches, key=_key)),
        successions=tuple(one for one in told if _leads(registry, one) and {one.older, one.newer} <= set(roles)),
        passed=tuple(one for one in told if not _leads(registry, one) and _touches(one, unit)),
    )


_ROLES: Final = {role: place for place, role in enumerate(Role)}


def _key(stretch: Stretch) -> tuple[object, ...]:
    starts = [one.since.counts_from for one in stretch.bearings]
    ends = [one.until or NEVER for one in stretch.bearings]
    return (_ROLES[stretch.role], min(starts, default=NEVER), max(ends, default=NEVER), stretch.unit.id)


def _closure(
    registry: Registry, unit: Unit, nexts: Callable[[Unit], tuple[Succession, ...]], side: str
) -> dict[str, None]:
    """Every unit that is reached, each once: circles end where they began."""
    found: dict[str, None] = {}
    waiting = [unit]
    while waiting:
        for one in nexts(waiting.pop()):
            identity = getattr(one, side)
            if _leads(registry, one) and identity not in {*found, unit.id}:
                found[identity] = None
                waiting.append(registry.units[identity])
    return found


def _leads(registry: Registry, one: Succession) -> bool:
    """Whether a succession is of whole units that are recorded, and the entry's own word."""
    known = one.older in registry.units and one.newer in registry.units
    return known and one.part is None and one.rival is None


def _touches(one: Succession, unit: Unit) -> bool:
    return any(side is not None and whole_of(side) == unit.id for side in (one.older, one.newer))


def _successions(registry: Registry, stretches: list[Stretch], *, planned: bool) -> list[Succession]:
    """How the units of a lineage follow each other and others, each once, by day."""
    found = [one for stretch in stretches for one in predecessors(registry, stretch.unit, planned=planned)]
    found += [one for stretch in stretches for one in successors(registry, stretch.unit, planned=planned)]
    once = {(id(one.entry), id(one.rival), one.attribute, one.older, one.newer): one for one in found}
    return sorted(once.values(), key=lambda one: (one.since.counts_from, one.older or "", one.newer or "", one.verb))


def _stretch(labels: Labels, unit: Unit, role: Role) -> Stretch:
    registry = labels.registry
    entries = [entry for life in unit.timeline.lives for entry in life.entries]
    runs = {attribute: ever(registry, unit, attribute) for attribute in RUNS}
    called = [fact for attribute in _CALLED for fact in runs[attribute]]
    bearings = tuple(replace(one, doubts=tuple(_doubts(one, called))) for one in _bearings(registry, unit))
    return Stretch(
        unit=unit,
        role=role,
        label=bearings[-1].label if bearings else labels.unit(unit.id),
        attested=attestation(entries, registry.paper_date),
        runs=tuple(chain.from_iterable(runs.values())),
        bearings=bearings,
        occasions=occasions_of(registry, unit, planned=labels.planned),
    )


def _doubts(bearing: Bearing, facts: Iterable[Fact]) -> Iterator[Doubt]:
    for fact in facts:
        # What is not known stands in no label, and says so by that.
        if fact.doubt is not None and fact.certainty is not Certainty.UNKNOWN and bearing.meets(fact):
            yield fact.doubt


def _bearings(registry: Registry, unit: Unit) -> Iterator[Bearing]:
    for life in unit.timeline.lives:
        turns: dict[date, When] = {}
        for entry in life.turns(_CALLED):
            if life.span.holds(entry.counts_from):
                before = turns.get(entry.counts_from)
                turns[entry.counts_from] = entry.since if before is None or entry.since.exact else before
        told: list[tuple[str, When]] = []
        for day, since in turns.items():
            found = standing(registry, unit, day)
            if found is not None and (not told or told[-1][0] != found.label):
                told.append((found.label, since))
        ends = [*(since.counts_from for _, since in told[1:]), life.span.end]
        for (label, since), end in zip(told, ends, strict=False):
            yield Bearing(label, since, None if end == NEVER else day_before(end))
