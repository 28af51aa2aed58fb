"""How things are called on a day: by the standing then, else by the nearest one before or after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgreg.model.day import day_before
from orgreg.model.unit import slug_of, whole_of
from orgreg.query.standing import Standing, standing

if TYPE_CHECKING:
    from datetime import date

    from orgreg.model.paper import Paper
    from orgreg.model.plan import Plan
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Timeline
    from orgreg.model.unit import Unit


@dataclass(frozen=True, slots=True)
class Nearest:
    """A standing and the day on which it is so."""

    standing: Standing
    day: date


def nearest(registry: Registry, unit: Unit, day: date, *, planned: bool = False) -> Nearest | None:
    """The standing on the day, else the last before it, else the first after it, else what is intended; or None."""
    found = standing(registry, unit, day, planned=planned)
    if found is not None:
        return Nearest(found, day)
    for candidate in _days(unit, day):
        for with_planned in (False, True):
            found = standing(registry, unit, candidate, planned=with_planned)
            if found is not None:
                return Nearest(found, candidate)
    return None


def _days(unit: Unit, day: date) -> list[date]:
    lives, intended = unit.timeline.lives, unit.timeline.intended
    days = [day]
    for some in (lives, intended):
        days += [day_before(life.span.end) for life in reversed(some) if life.span.end <= day]
        days += [life.span.start for life in some if life.span.start > day]
    return days


@dataclass(frozen=True, slots=True)
class Labels:
    """Names for identities, as people write them on one day."""

    registry: Registry
    day: date
    planned: bool = False

    def unit(self, identity: str) -> str:
        """Code and name of a unit; of a post or task its title, then the unit's; the slug of what is not recorded."""
        whole = self.registry.units.get(whole_of(identity))
        if whole is None:
            return slug_of(identity)
        found = nearest(self.registry, whole, self.day, planned=self.planned)
        label = slug_of(whole.id) if found is None else found.standing.label
        part = identity.partition("#")[2]
        return f"{self.part(whole, part)} ({label})" if part else label

    def has_code(self, identity: str) -> bool:
        """Whether the label begins with a code, by which the unit can be asked for as well."""
        unit = self.registry.units.get(identity)
        found = None if unit is None else nearest(self.registry, unit, self.day, planned=self.planned)
        return found is not None and found.standing.code is not None

    def part(self, unit: Unit, slug: str) -> str:
        """The title of a post or the text of a task; its slug where none is known."""
        return self._titled(unit.posts.get(slug) or unit.tasks.get(slug), slug)

    def plan(self, identity: str) -> str | None:
        """The title of a plan, or None where the plan is not recorded."""
        plan = self.registry.plans.get(identity)
        return None if plan is None else self._titled(plan.timeline, slug_of(identity))

    def step(self, plan: Plan, slug: str) -> str:
        """The title of a step; its slug where none is known."""
        return self._titled(plan.steps.get(slug), slug)

    def paper(self, identity: str) -> Paper | None:
        """The paper, or None where it is not recorded."""
        return self.registry.papers.get(identity)

    def _titled(self, timeline: Timeline | None, slug: str) -> str:
        lives = () if timeline is None else (*timeline.lives, *timeline.intended)
        for life in sorted(lives, key=lambda life: not life.span.holds(self.day)):
            held = life.held(self.day) or life.held(life.span.start)
            for attribute in ("title", "text"):
                if attribute in held and isinstance(held[attribute].value, str):
                    return str(held[attribute].value)
        return slug
