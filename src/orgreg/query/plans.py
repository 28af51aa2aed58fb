"""A plan on a day: what it says of itself, its dimensions, and its steps with what is known of their state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgreg.model.unit import Unit
from orgreg.query.labels import Labels
from orgreg.query.portrait import Fact, facts
from orgreg.query.standing import standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from orgreg.model.certainty import Doubt
    from orgreg.model.day import When
    from orgreg.model.plan import Plan
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Status, Timeline

PLAN: Final = ("title", "aka", "mandate", "responsible", "goals")
DIMENSION: Final = ("values", "state", "by")
STEP: Final = ("title", "kind", "state", "due", "responsible", "depends_on", "horizon")
"""What is told, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Item:
    """A plan, or a dimension or step of it, on a day. `doubts` are of its existence."""

    slug: str
    status: Status
    since: When
    facts: tuple[Fact, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class PlanPortrait:
    """A plan on a day; `whole` is None before its first day. `later` counts the dimensions and steps told of later."""

    plan: Plan
    day: date
    labels: Labels
    whole: Item | None
    dimensions: tuple[Item, ...]
    steps: tuple[Item, ...]
    later: int


def plan_portrait(registry: Registry, plan: Plan, day: date, *, planned: bool = False) -> PlanPortrait:
    """The plan on the day. What is only proposed or planned is told where nothing in force is, and says so."""

    def item(identity: str, timeline: Timeline, attributes: tuple[str, ...]) -> Item | None:
        one = Unit(identity, timeline)
        found = standing(registry, one, day, planned=planned) or standing(registry, one, day, planned=True)
        if found is None:
            return None
        doubts = tuple(doubt for doubt in found.doubts if doubt.attribute == "existence")
        slug = identity.partition("#")[2]
        return Item(slug, found.status, found.life.entries[0].since, facts(registry, found, attributes, day), doubts)

    def items(timelines: Mapping[str, Timeline], attributes: tuple[str, ...]) -> tuple[Item, ...]:
        found = (item(f"{plan.id}#{slug}", timeline, attributes) for slug, timeline in timelines.items())
        return tuple(one for one in found if one is not None)

    dimensions, steps = items(plan.dimensions, DIMENSION), items(plan.steps, STEP)
    return PlanPortrait(
        plan=plan,
        day=day,
        labels=Labels(registry, day, planned=planned),
        whole=item(plan.id, plan.timeline, PLAN),
        dimensions=dimensions,
        steps=steps,
        later=len(plan.dimensions) + len(plan.steps) - len(dimensions) - len(steps),
    )
