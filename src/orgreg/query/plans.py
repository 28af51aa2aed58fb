"""A plan on a day: what it says of itself, who asked about it, its dimensions, and its steps with their state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgreg.model.unit import Unit
from orgreg.query.labels import Labels
from orgreg.query.papers import question, related
from orgreg.query.portrait import Fact, facts
from orgreg.query.progress import Progress, progress
from orgreg.query.standing import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from orgreg.model.certainty import Doubt
    from orgreg.model.day import When
    from orgreg.model.paper import Paper
    from orgreg.model.plan import Plan
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry, Status, Timeline
    from orgreg.query.papers import Question

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

    def fact(self, attribute: str) -> Fact | None:
        """What is held of an attribute, or None."""
        return next((fact for fact in self.facts if fact.attribute == attribute), None)


@dataclass(frozen=True, slots=True)
class Step(Item):
    """A step on a day, with what is known of its state and what follows."""

    progress: Progress


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper that asks about a plan, and what became of it."""

    paper: Paper
    question: Question


@dataclass(frozen=True, slots=True)
class PlanPortrait:
    """A plan on a day; `whole` is None before its first day. `later` counts the dimensions and steps told of later."""

    plan: Plan
    day: date
    labels: Labels
    whole: Item | None
    asked: tuple[Asked, ...]
    dimensions: tuple[Item, ...]
    steps: tuple[Step, ...]
    later: int


@dataclass(frozen=True, slots=True)
class PartPortrait:
    """A step or dimension with all that its timeline says. `on_day` is None where nothing is told of it on the day."""

    plan: Plan
    what: str
    slug: str
    day: date
    labels: Labels
    on_day: Item | None
    timeline: tuple[Entry, ...]

    @property
    def identity(self) -> str:
        """Its whole reference: `bs/aktionsplan#ziele`."""
        return f"{self.plan.id}#{self.slug}"


def plan_portrait(registry: Registry, plan: Plan, day: date, *, planned: bool = False) -> PlanPortrait:
    """The plan on the day. What is only proposed or planned is told where nothing in force is, and says so."""
    dimensions = tuple(_items(registry, plan, plan.dimensions, DIMENSION, day, planned=planned))
    steps = steps_on(registry, plan, day, planned=planned)
    return PlanPortrait(
        plan=plan,
        day=day,
        labels=Labels(registry, day, planned=planned),
        whole=whole_on(registry, plan, day, planned=planned),
        asked=tuple(_asked(registry, plan, day)),
        dimensions=dimensions,
        steps=steps,
        later=len(plan.dimensions) + len(plan.steps) - len(dimensions) - len(steps),
    )


def part_portrait(registry: Registry, plan: Plan, slug: str, day: date, *, planned: bool = False) -> PartPortrait:
    """One step of the plan with its reports, or one dimension with what became of it."""
    is_step = slug in plan.steps
    timeline = plan.steps[slug] if is_step else plan.dimensions[slug]
    items: Iterable[Item] = steps_on(registry, plan, day, planned=planned)
    if not is_step:
        items = _items(registry, plan, {slug: timeline}, DIMENSION, day, planned=planned)
    return PartPortrait(
        plan=plan,
        what="step" if is_step else "dimension",
        slug=slug,
        day=day,
        labels=Labels(registry, day, planned=planned),
        on_day=next((one for one in items if one.slug == slug), None),
        timeline=tuple(sorted(timeline.entries, key=_order)),
    )


def whole_on(registry: Registry, plan: Plan, day: date, *, planned: bool = False) -> Item | None:
    """What the plan says of itself on the day; None where nothing is told of it then."""
    return _item(registry, plan.id, plan.timeline, PLAN, day, planned=planned)


def steps_on(registry: Registry, plan: Plan, day: date, *, planned: bool = False) -> tuple[Step, ...]:
    """Its steps on the day, in the order of the file, each with what is known of its state."""
    return tuple(
        Step(
            slug=one.slug,
            status=one.status,
            since=one.since,
            facts=one.facts,
            doubts=one.doubts,
            progress=progress(registry, plan.municipality, one.facts, one.status, day),
        )
        for one in _items(registry, plan, plan.steps, STEP, day, planned=planned)
    )


def _items(  # noqa: PLR0913 - what is asked of a plan, and how
    registry: Registry,
    plan: Plan,
    timelines: Mapping[str, Timeline],
    attributes: tuple[str, ...],
    day: date,
    *,
    planned: bool,
) -> Iterator[Item]:
    for slug, timeline in timelines.items():
        found = _item(registry, f"{plan.id}#{slug}", timeline, attributes, day, planned=planned)
        if found is not None:
            yield found


def _item(  # noqa: PLR0913 - what is asked of a timeline, and how
    registry: Registry,
    identity: str,
    timeline: Timeline,
    attributes: tuple[str, ...],
    day: date,
    *,
    planned: bool,
) -> Item | None:
    one = Unit(identity, timeline)
    found = standing(registry, one, day, planned=planned) or standing(registry, one, day, planned=True)
    if found is None:
        return None
    doubts = tuple(doubt for doubt in found.doubts if doubt.attribute == "existence")
    return Item(
        slug=identity.partition("#")[2],
        status=found.status,
        since=found.life.entries[0].since,
        facts=facts(registry, found, attributes, day),
        doubts=doubts,
    )


def _order(entry: Entry) -> tuple[object, ...]:
    return (entry.counts_from, entry.since.text, sorted(map(str, entry.values)))


# Who asked about it


def _asked(registry: Registry, plan: Plan, day: date) -> Iterator[Asked]:
    """The papers asked by the day that ask about the plan.

    Those are the papers of its own sources, or that speak of its mandate, as far as they ask; and what such papers
    answer.
    """
    entries = [entry for timeline in _timelines(plan) for entry in timeline.entries]
    mandates = {one for entry in entries for one in _papers(entry.values.get("mandate"))}
    near = {source.paper for entry in entries for source in entry.sources if source.paper is not None}
    speaking = (paper for mandate in mandates for paper in registry.papers_naming(mandate))
    near |= {paper.id for paper in speaking if mandates & set(_named(paper))}
    about = near | {
        asked for one in near if one in registry.papers for asked in related(registry.papers[one], "answers")
    }
    papers = [registry.papers[one] for one in about - mandates if one in registry.papers]
    for paper in sorted(papers, key=lambda one: (one.date.counts_from, one.id)):
        found = question(registry, paper, day) if not paper.date.known or paper.date.counts_from <= day else None
        if found is not None:
            yield Asked(paper, found)


def _timelines(plan: Plan) -> Iterator[Timeline]:
    yield plan.timeline
    yield from plan.dimensions.values()
    yield from plan.steps.values()


def _papers(value: object) -> Iterable[str]:
    return (str(one) for one in value) if isinstance(value, tuple) else ()


def _named(paper: Paper) -> Iterator[str]:
    for relation in paper.relations:
        yield from related(paper, relation)
