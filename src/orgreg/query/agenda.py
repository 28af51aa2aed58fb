"""What stands in a calendar: steps with a due day, milestones, events, and the consultations of papers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Final

from orgreg.model.day import ALWAYS, NEVER, Nature
from orgreg.model.timeline import Due, Status
from orgreg.model.unit import slug_of, whole_of
from orgreg.query.labels import Labels
from orgreg.query.plans import steps_on
from orgreg.query.progress import NO_EVIDENCE
from orgreg.query.table import Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.model.day import When
    from orgreg.model.paper import Consultation, Paper
    from orgreg.model.plan import Plan
    from orgreg.model.registry import Registry
    from orgreg.query.plans import Step
    from orgreg.query.table import Cell

CONSULTATION: Final = "consultation"
_NO_DATE: Final = date(1970, 1, 1)
"""Stands for the day of knowing where no paper bears a date."""


class Firmness(Enum):
    """How firmly something stands in a calendar."""

    FIRM = "firm"
    LOOSE = "loose"
    """It is expected, vague, or only proposed."""
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something on whole days, `first` to `last`, both included.

    `identity` never changes while the register's own identities do not. `known` is the newest day of the papers that
    tell of it, `due` when a step is due. `told` are sentences for people.
    """

    identity: str
    sort: str
    title: str
    first: date
    last: date
    firmness: Firmness
    known: date
    told: tuple[str, ...]
    due: Due | None = None


CALENDAR: Final = (
    Column("first", "first day", Kind.DAY),
    Column("last", "last day", Kind.DAY),
    Column("what", "what", Kind.WORD),
    Column("reference", "of", Kind.REFERENCE),
    Column("firmness", "how firm", Kind.WORD),
    Column("title", "title", Kind.PROSE),
    Column("due", "due", Kind.DAY),
    Column("wording", "in the words", Kind.PROSE),
    Column("told", "told", Kind.LIST),
)
"""`first` and `last` are both included; `due` is the day as it is written."""


def calendar_table(registry: Registry, day: date) -> Table:
    """What stands in the calendar as a table, for who reads it without a calendar."""
    rows = tuple(map(_row, agenda(registry, day)))
    return Table("calendar", "Steps, events and consultations", day, CALENDAR, rows, "nothing has a day")


def _row(one: Appointment) -> tuple[Cell, ...]:
    return (
        one.first.isoformat(),
        one.last.isoformat(),
        one.sort,
        whole_of(one.identity) if one.sort == CONSULTATION else one.identity,
        one.firmness.value,
        one.title,
        None if one.due is None else str(one.due.day),
        None if one.due is None else one.due.wording,
        one.told,
    )


def agenda(registry: Registry, day: date) -> tuple[Appointment, ...]:
    """All of them, as far as they are told of on the day, in the order of their days.

    What has no day is left out; so are consultations of papers that were written later.
    """
    labels = Labels(registry, day)
    found = [*_steps(registry, day, labels), *_consultations(registry, day, labels)]
    return tuple(sorted(found, key=lambda one: (one.first, one.last, one.identity)))


def _steps(registry: Registry, day: date, labels: Labels) -> Iterator[Appointment]:
    for _, plan in sorted(registry.plans.items()):
        for step in steps_on(registry, plan, day):
            due = step.progress.due
            span = _span(due.day) if isinstance(due, Due) else None
            if isinstance(due, Due) and span is not None:
                yield _step(plan, step, due, span, labels)


def _step(plan: Plan, step: Step, due: Due, span: tuple[date, date], labels: Labels) -> Appointment:
    known = step.progress
    kind = step.fact("kind")
    responsible = step.fact("responsible")
    units = responsible.value if responsible is not None and isinstance(responsible.value, tuple) else ()
    told = [f"{labels.plan(plan.id)} ({slug_of(plan.id)})", f"state: {known.word or NO_EVIDENCE}"]
    if step.status is not Status.IN_FORCE:
        told.append(f"only {step.status}, nothing decided")
    if units:
        told.append(f"responsible: {'; '.join(labels.unit(str(one)) for one in units)}")
    doubted = (fact.doubt for fact in step.facts if fact.attribute == "due" and fact.doubt is not None)
    told += [f"due {doubt.certainty}: {doubt.because}" for doubt in doubted]
    loose = due.modality == "expected" or due.day.approximate or step.status is not Status.IN_FORCE
    return Appointment(
        identity=f"{plan.id}#{step.slug}",
        sort="step" if kind is None else str(kind.value),
        title=labels.step(plan, step.slug) + (f" ({due.modality})" if due.modality else ""),
        first=span[0],
        last=span[1],
        firmness=Firmness.DROPPED if known.meaning == "dropped" else Firmness.LOOSE if loose else Firmness.FIRM,
        known=_newest(
            labels.registry,
            (source.paper for fact in step.facts for entry in fact.statements for source in entry.sources),
        ),
        told=(*told, f"orgreg show {slug_of(plan.id)}#{step.slug}"),
        due=due,
    )


def _consultations(registry: Registry, day: date, labels: Labels) -> Iterator[Appointment]:
    for _, paper in sorted(registry.papers.items()):
        if paper.date.known and paper.date.counts_from > day:
            continue
        met: Counter[str] = Counter()
        for one in paper.consultations:
            where = slug_of(one.body) if isinstance(one.body, str) else str(one.body)
            met[where] += 1
            span = None if one.date is None else _span(one.date)
            if span is not None and one.date is not None:
                again = "" if met[where] == 1 else f"-{met[where]}"
                yield _consultation(paper, one, f"{paper.id}#{where}{again}", one.date, span, labels)


def _consultation(  # noqa: PLR0913, PLR0917 - what it is made of
    paper: Paper, one: Consultation, identity: str, when: When, span: tuple[date, date], labels: Labels
) -> Appointment:
    # As the body was called then, not on the day asked for.
    then = Labels(labels.registry, span[0])
    body = then.unit(one.body) if isinstance(one.body, str) else "body not known"
    told = [
        " ".join(str(part) for part in (paper.kind, paper.number, paper.title) if isinstance(part, str))
        or slug_of(paper.id),
        f"role: {one.role or 'unknown'}",
        f"result: {one.result or 'unknown'}",
    ]
    if one.item is not None:
        told.append(f"item: {one.item}")
    named = str(paper.number) if isinstance(paper.number, str) else slug_of(paper.id)
    return Appointment(
        identity=identity,
        sort=CONSULTATION,
        title=f"{body}: {named}",
        first=span[0],
        last=span[1],
        firmness=Firmness.FIRM if when.exact else Firmness.LOOSE,
        known=_newest(labels.registry, (paper.id,)),
        told=(*told, f"orgreg show {slug_of(paper.id)}"),
    )


def _span(when: When) -> tuple[date, date] | None:
    """The whole days of a day; of one that is open on a side only the other side's; None where nothing is known."""
    if when.nature is Nature.UNKNOWN:
        return None
    first = when.latest if when.earliest == ALWAYS else when.earliest
    return first, first if when.latest == NEVER else when.latest


def _newest(registry: Registry, papers: Iterable[str | None]) -> date:
    dates = (registry.paper_date(paper) for paper in papers if paper is not None)
    days = (day for when in dates if when is not None for day in (when.earliest, when.latest))
    return max((day for day in days if day not in {ALWAYS, NEVER}), default=_NO_DATE)
