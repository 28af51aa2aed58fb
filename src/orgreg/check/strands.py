"""Every timeline of a register with the place where it stands: units, tasks, posts, plans, steps, dimensions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from orgreg.check.once import once
from orgreg.model.registry import PLANS, UNITS, path_of
from orgreg.model.timeline import Status
from orgreg.model.unit import municipality_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgreg.model.finding import Route
    from orgreg.model.plan import Plan
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry, Timeline

_T = TypeVar("_T")
INTENDED: Final = frozenset({Status.PLANNED, Status.PROPOSED})
"""The statuses of what is not in force and may come to be."""


class Strand(NamedTuple):
    """One timeline of a file. `what` is the word for it, `owner` the identity of the file's unit or plan."""

    what: str
    folder: str
    owner: str
    route: Route
    timeline: Timeline
    path: str

    @property
    def id(self) -> str:
        """The identity: `bs/rat`, of a part `bs/rat#vorsitz`."""
        return self.owner if len(self.route) == 1 else f"{self.owner}#{self.route[1]}"

    @property
    def municipality(self) -> str:
        """The municipality in whose folder it stands."""
        return municipality_of(self.owner)

    def at(self, entry: Entry, *keys: str | int) -> Route:
        """The route to an entry, or to a key in it."""
        return (*self.route, entry.position, *keys)


@once
def strands(registry: Registry) -> tuple[Strand, ...]:
    """All of them, by file and name."""
    return tuple(_strands(registry))


def _strands(registry: Registry) -> Iterator[Strand]:
    for identity, unit in sorted(registry.units.items()):
        whole = Strand("unit", UNITS, identity, ("timeline",), unit.timeline, path_of(UNITS, identity))
        yield whole
        yield from _parts(whole, "task", "tasks", unit.tasks)
        yield from _parts(whole, "post", "posts", unit.posts)
    for _, plan in sorted(registry.plans.items()):
        yield from strands_of(plan)


def strands_of(plan: Plan) -> Iterator[Strand]:
    """The timelines of one plan."""
    whole = Strand("plan", PLANS, plan.id, ("timeline",), plan.timeline, path_of(PLANS, plan.id))
    yield whole
    yield from _parts(whole, "dimension", "dimensions", plan.dimensions)
    yield from _parts(whole, "step", "steps", plan.steps)


def _parts(whole: Strand, what: str, key: str, timelines: Mapping[str, Timeline]) -> Iterator[Strand]:
    for slug, timeline in sorted(timelines.items()):
        yield Strand(what, whole.folder, whole.owner, (key, slug), timeline, whole.path)


def counting(timeline: Timeline) -> list[Entry]:
    """The entries that count on some day, in force or intended: neither annulled nor refused."""
    return [entry for entry in timeline.entries if entry.annulled is None and entry.status is not Status.NOT_CREATED]


def in_force(timeline: Timeline) -> list[Entry]:
    """The entries that count without being asked for: neither intended, annulled nor refused."""
    return [entry for entry in timeline.entries if entry.annulled is None and entry.status is Status.IN_FORCE]


@once
def entries_counting(registry: Registry) -> tuple[tuple[Strand, Entry], ...]:
    """Those of all timelines that count on some day."""
    return tuple((strand, entry) for strand in strands(registry) for entry in counting(strand.timeline))


@once
def entries_in_force(registry: Registry) -> tuple[tuple[Strand, Entry], ...]:
    """Those of all timelines that count without being asked for."""
    return tuple(one for one in entries_counting(registry) if one[1].status is Status.IN_FORCE)


@once
def ends(registry: Registry) -> tuple[tuple[Strand, Entry], ...]:
    """The entries that end something, on some day, in force or intended."""
    return tuple(one for one in entries_counting(registry) if one[1].ends)


def one_by_one(things: Mapping[str, _T], municipality: str) -> Iterator[_T]:
    """The things of a municipality by identity. Where they are read when asked for, no more are read than are taken."""
    # What is read comes in order; what is in memory comes in the order of the files.
    for identity in sorted(things) if isinstance(things, dict) else things:
        if municipality_of(identity) == municipality:
            yield things[identity]
