"""How the entries of a change are made: what it says, on the day and with the decision and sources of its case."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from orgreg.change.proposal import Draft
from orgreg.model.registry import UNITS
from orgreg.model.timeline import Entry, Status
from orgreg.model.unit import slug_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from orgreg.change.proposal import Case
    from orgreg.model.finding import Route
    from orgreg.model.timeline import Timeline, Value
    from orgreg.model.unit import Unit


def entry(
    case: Case,
    values: Mapping[str, Value],
    status: Status = Status.IN_FORCE,
    inferred: Mapping[str, str] | None = None,
) -> Entry:
    """An entry that says these values, some of them concluded for a reason."""
    basis = case.basis
    return Entry(
        since=basis.since,
        values=dict(values),
        status=status,
        inferred=inferred or {},
        sources=basis.sources,
        change=basis.word,
        decided_by=basis.decided_by,
        because=basis.because,
    )


def draft(case: Case, identity: str, values: Mapping[str, Value], *, route: Route = ("timeline",)) -> Draft:
    """An entry for a timeline of a unit: its own, or that of a task or post."""
    return Draft(UNITS, identity, route, entry(case, values))


class Part(NamedTuple):
    """A task or post of a unit, by the section of its file and its slug."""

    section: str
    slug: str

    def of(self, unit: Unit) -> Timeline:
        """Its timeline."""
        parts = unit.tasks if self.section == "tasks" else unit.posts
        return parts[self.slug]


def living_parts(unit: Unit, day: date, section: str | None = None) -> list[Part]:
    """The tasks and posts that are there on the day, of one section or of both."""
    parts = [Part(kind, slug) for kind, named in (("tasks", unit.tasks), ("posts", unit.posts)) for slug in named]
    return [part for part in parts if section in {None, part.section} and part.of(unit).life_on(day) is not None]


def taken_over(case: Case, unit: Unit, part: Part, target: Unit, taken: Collection[str] = ()) -> Draft:
    """The part as it goes on at the target: what holds of it on the day, and where it came from.

    Its slug there is its own where neither the target's parts nor `taken` have that.
    """
    life = part.of(unit).life_on(case.day)
    held = {} if life is None else {name: one.value for name, one in life.held(case.day).items()}
    there = {*target.tasks, *target.posts, *taken}
    names = chain((part.slug, f"{part.slug}-{slug_of(unit.id)}"), (f"{part.slug}-{number}" for number in count(2)))
    slug = next(name for name in names if name not in there)
    values = {**held, "out_of": (f"{unit.id}#{part.slug}",)}
    return draft(case, target.id, values, route=(part.section, slug))
