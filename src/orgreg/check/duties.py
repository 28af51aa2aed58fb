"""Who is to do what on which days: the units that are responsible for steps and plans, and whether they exist then."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgreg.check.once import once
from orgreg.check.strands import strands
from orgreg.model.day import ALWAYS, NEVER, Span, day_after
from orgreg.model.timeline import Absent, Due
from orgreg.model.unit import whole_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orgreg.check.strands import Strand
    from orgreg.model.finding import Route
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Held, Life, Timeline


class Duty(NamedTuple):
    """A unit that is responsible for a step or a plan on the days of the span. `place` is its place in the list."""

    strand: Strand
    life: Life
    span: Span
    held: Held
    place: int
    target: str

    @property
    def route(self) -> Route:
        """Where the unit is named."""
        return self.strand.at(self.held.begun_by, "responsible", self.place)


class Term(NamedTuple):
    """A due day of a step, as long as it holds. `first` and `last` are the days that it may be, both included."""

    life: Life
    held: Held
    first: date
    last: date


@once
def duties(registry: Registry) -> tuple[Duty, ...]:
    """All of them, in force, by file."""
    return tuple(_duties(registry))


def _duties(registry: Registry) -> Iterator[Duty]:
    for strand in strands(registry):
        for life in strand.timeline.lives if strand.what in {"plan", "step"} else ():
            for span, held in life.runs("responsible"):
                for place, target in enumerate(held.value if isinstance(held.value, tuple) else ()):
                    yield Duty(strand, life, span, held, place, str(target))


def terms(strand: Strand) -> Iterator[Term]:
    """The due days of a step that had not been replaced by another before they came; one of them is the last."""
    for life in strand.timeline.lives:
        for span, held in life.runs("due"):
            due = held.value
            if not isinstance(due, Due) or not due.day.known:
                continue
            first, last = due.day.earliest, due.day.latest
            first, last = (last if first == ALWAYS else first), (first if last == NEVER else last)
            if span.end > last:
                yield Term(life, held, first, last)


def timelines(registry: Registry, target: str) -> tuple[Timeline, ...]:
    """The timeline of a unit; of a post or task the unit's and its own; none where it is not recorded."""
    unit = registry.units.get(whole_of(target))
    slug = target.partition("#")[2]
    if unit is None:
        return ()
    part = unit.posts.get(slug) or unit.tasks.get(slug)
    return (unit.timeline, part) if part is not None else () if slug else (unit.timeline,)


def existing(registry: Registry, target: str) -> list[Span] | None:
    """The days on which a unit, or a post or task of it, exists; None where it is not recorded."""
    found = timelines(registry, target)
    if not found:
        return None
    spans = [life.span for life in found[0].lives]
    for part in found[1:]:
        both = (life.span.overlap(span) for life in part.lives for span in spans)
        spans = [span for span in both if span is not None]
    return spans


def is_intended(registry: Registry, target: str, days: Span) -> bool:
    """Whether the unit, or the post or task, is planned or proposed for one of the days."""
    return any(life.span.overlap(days) for one in timelines(registry, target) for life in one.intended)


def is_open(registry: Registry, strand: Strand, life: Life, day: date) -> bool:
    """Whether the step is open on the day: nothing says that it is done or dropped, nor anything not understood."""
    held = life.held(day).get("state")
    if held is None or isinstance(held.value, Absent):
        return True
    city = registry.municipalities.get(strand.municipality)
    return city is not None and city.states.get(str(held.value)) in {"open", "active"}


@once
def gone_when_due(registry: Registry) -> tuple[tuple[Duty, Term], ...]:
    """The duties of open steps whose unit does not exist on any day on which the step is due."""
    by_step: dict[str, list[Duty]] = {}
    for duty in duties(registry):
        by_step.setdefault(duty.strand.id, []).append(duty)
    found = []
    for strand in strands(registry):
        for term in terms(strand) if strand.what == "step" else ():
            day = max(term.last, term.life.span.start)
            mine = [one for one in by_step.get(strand.id, ()) if one.life is term.life and one.span.holds(day)]
            if mine and is_open(registry, strand, term.life, day):
                found += [(duty, term) for duty in mine if _is_gone(registry, duty.target, term)]
    return tuple(found)


def _is_gone(registry: Registry, target: str, term: Term) -> bool:
    spans, days = existing(registry, target), Span(term.first, day_after(term.last))
    if spans is None or is_intended(registry, target, days):
        return False
    return not any(span.overlap(days) for span in spans)


def gone_from(spans: list[Span], span: Span) -> date | None:
    """The first day of the span on which something that existed before exists no longer, or None."""
    ends = (max(one.end, span.start) for one in spans if one.end != NEVER)
    return min((day for day in ends if span.holds(day) and not any(one.holds(day) for one in spans)), default=None)
