"""The plans of the register on a day as a table, and their steps: what presses most stands first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from orgreg.model.certainty import weakest
from orgreg.model.timeline import Due
from orgreg.model.unit import slug_of, whole_of
from orgreg.query.labels import Labels
from orgreg.query.listing import reasons
from orgreg.query.plans import steps_on, whole_on
from orgreg.query.progress import LATE, NO_EVIDENCE, Follows, words
from orgreg.query.table import Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from orgreg.model.plan import Plan
    from orgreg.model.registry import Registry
    from orgreg.query.plans import Item, Step
    from orgreg.query.table import Cell

PLANS: Final = (
    Column("reference", "plan", Kind.REFERENCE),
    Column("title", "title", Kind.WORD),
    Column("status", "status", Kind.WORD),
    Column("since", "since", Kind.DAY),
    Column("steps", "steps", Kind.NUMBER),
    Column("done", "done", Kind.NUMBER),
    Column("overdue", "overdue", Kind.NUMBER),
    Column("past_window", "past window", Kind.NUMBER),
    Column("no_outcome", "no outcome", Kind.NUMBER),
    Column("no_evidence", "no evidence", Kind.NUMBER),
    Column("responsible", "responsible", Kind.LIST),
    Column("mandate", "mandate", Kind.LIST),
    Column("certainty", "certainty"),
    Column("because", "because", Kind.LIST),
)
STEPS: Final = (
    Column("plan", "plan", Kind.REFERENCE),
    Column("plan_title", "plan", Kind.WORD),
    Column("words", "what follows", Kind.WORD),
    Column("reference", "step", Kind.REFERENCE),
    Column("days", "days", Kind.NUMBER),
    Column("due", "due", Kind.DAY),
    Column("modality", "meant as", Kind.WORD),
    Column("state", "state", Kind.WORD),
    Column("meaning", "stands for", Kind.WORD),
    Column("since", "since", Kind.DAY),
    Column("kind", "kind", Kind.WORD),
    Column("title", "title", Kind.PROSE),
    Column("wording", "in the words", Kind.PROSE),
    Column("responsible", "responsible", Kind.LIST),
    Column("papers", "by", Kind.LIST),
    Column("certainty", "certainty"),
    Column("because", "because", Kind.LIST),
)
"""`state` is the city's word, `meaning` what `registry.yaml` makes of it; `since` and `papers` are of the state."""

_PRESSING: Final = {follows: place for place, follows in enumerate(Follows)}


def plans(registry: Registry, day: date) -> Table:
    """Every plan that is told of on the day. What is only proposed or planned says so."""
    labels = Labels(registry, day)
    rows = []
    for _, plan in sorted(registry.plans.items()):
        whole = whole_on(registry, plan, day)
        if whole is not None:
            rows.append(_plan(plan, whole, steps_on(registry, plan, day), labels))
    return Table("plans", "Plans", day, PLANS, tuple(rows), "no plans")


def _plan(plan: Plan, whole: Item, steps: tuple[Step, ...], labels: Labels) -> tuple[Cell, ...]:
    follows = Counter(step.progress.follows for step in steps)
    return (
        plan.id,
        labels.plan(plan.id),
        str(whole.status),
        str(whole.since),
        len(steps),
        follows[Follows.DONE],
        follows[Follows.OVERDUE],
        follows[Follows.PAST_WINDOW],
        follows[Follows.NO_OUTCOME],
        sum(step.progress.word is None for step in steps),
        _units(whole, labels),
        _text(whole, "mandate"),
        *_certainty(whole, ("title", "responsible", "mandate")),
    )


def steps(registry: Registry, day: date, *, overdue: bool = False) -> Table:
    """Every step that is told of on the day, or with `overdue` those whose day or window has passed without evidence.

    An event is not overdue: of one that has passed the outcome is recorded or not.
    """
    labels = Labels(registry, day)
    rows = [
        _step(plan, step, labels)
        for _, plan in sorted(registry.plans.items())
        for step in sorted(steps_on(registry, plan, day), key=_pressing)
        if not overdue or step.progress.follows in LATE
    ]
    title, nothing = ("Overdue steps", "no step is overdue") if overdue else ("Steps", "no steps")
    return Table("steps", title, day, STEPS, tuple(rows), nothing, headed_by=("plan", "plan_title"))


def _pressing(step: Step) -> tuple[int, int]:
    """What presses most: by what follows, then what has waited longest or comes first."""
    days = step.progress.days or 0
    passed = step.progress.follows in {Follows.OVERDUE, Follows.PAST_WINDOW, Follows.NO_OUTCOME}
    return (_PRESSING[step.progress.follows], -days if passed else days)


def _step(plan: Plan, step: Step, labels: Labels) -> tuple[Cell, ...]:
    known = step.progress
    due = known.due if isinstance(known.due, Due) else None
    return (
        plan.id,
        labels.plan(plan.id),
        words(known),
        f"{plan.id}#{step.slug}",
        known.days,
        str(known.due) if known.due is not None else None,
        None if due is None else due.modality,
        known.word or NO_EVIDENCE,
        known.meaning,
        None if known.since is None else str(known.since),
        _one(step, "kind"),
        labels.step(plan, step.slug),
        None if due is None else due.wording,
        _units(step, labels),
        known.papers,
        *_certainty(step, ("title", "kind", "due", "state", "responsible")),
    )


def _certainty(item: Item, told: Collection[str]) -> tuple[Cell, Cell]:
    """How certain the weakest is of what is told of a plan or a step, and why."""
    doubts = [*item.doubts, *(fact.doubt for fact in item.facts if fact.doubt is not None and fact.attribute in told)]
    return str(weakest(one.certainty for one in doubts)), reasons(doubts)


def _one(item: Item, attribute: str) -> str | None:
    fact = item.fact(attribute)
    return None if fact is None else str(fact.value)


def _text(item: Item, attribute: str) -> tuple[str, ...]:
    """The texts of a value; of one that is unknown or none that word."""
    fact = item.fact(attribute)
    if fact is None:
        return ()
    return tuple(map(str, fact.value)) if isinstance(fact.value, tuple) else (str(fact.value),)


def _units(item: Item, labels: Labels) -> tuple[str, ...]:
    """Who is responsible: names with the slugs by which they are asked for."""
    return tuple(
        f"{labels.unit(one)} ({slug_of(one)})" if whole_of(one) in labels.registry.units else one
        for one in _text(item, "responsible")
    )
