"""What one registry states and another does not: the honest core of every difference.

A statement is one key of one entry of one timeline, with its day and all that the entry says about it. Two registries
are compared as sets of statements, so neither the order of files nor that of entries matters. Grouping statements into
changes, and telling a change of the city from a correction of the register, is not done here yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from orgreg.model.registry import PAPERS, PLANS, UNITS

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from orgreg.model.paper import Paper
    from orgreg.model.plan import Plan
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Alternative, Annulment, Entry, Source, Timeline
    from orgreg.model.unit import Unit

WHOLE: Final = "file"
"""The route of what is said of the whole file and not on a day: former slugs, corrections, a paper's own keys."""


class Said(NamedTuple):
    """What an entry says about its statements: it speaks for each of them alike."""

    status: str
    change: str | None = None
    wording: str | None = None
    decided_by: Hashable = None
    because: str | None = None
    note: str | None = None
    annulled: Annulment | None = None


class Instead(NamedTuple):
    """What another source says instead of a statement."""

    value: Hashable
    since: str | None
    sources: tuple[Source, ...]
    because: str | None
    decided_by: Hashable = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One key of one entry: whom it is about, the timeline (`timeline`, `tasks/migration`), the day, key and value."""

    folder: str
    identity: str
    timeline: str
    since: str
    key: str
    value: Hashable
    sources: tuple[Source, ...] = ()
    inferred: str | None = None
    also: tuple[Instead, ...] = ()
    said: Said | None = None

    @property
    def place(self) -> tuple[str, str, str, str, str]:
        """What it is a statement of; two statements of one place differ in value or in who says so."""
        return (self.folder, self.identity, self.timeline, self.since, self.key)


def diff_statements(before: Registry, after: Registry) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The statements that only the first registry has, and those that only the second has, each in order of place."""
    old, new = set(statements(before)), set(statements(after))
    return _ordered(old - new), _ordered(new - old)


def _ordered(found: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(found, key=lambda one: (one.place, repr(one))))


def statements(registry: Registry) -> Iterator[Statement]:
    """Everything that a registry states, file by file."""
    for unit in registry.units.values():
        yield from _of_thing(UNITS, unit, {"timeline": unit.timeline}, {"tasks": unit.tasks, "posts": unit.posts})
    for plan in registry.plans.values():
        parts = {"dimensions": plan.dimensions, "steps": plan.steps}
        yield from _of_thing(PLANS, plan, {"timeline": plan.timeline}, parts)
    for paper in registry.papers.values():
        yield from _of_paper(paper)


def _of_thing(
    folder: str, thing: Unit | Plan, own: Mapping[str, Timeline], parts: Mapping[str, Mapping[str, Timeline]]
) -> Iterator[Statement]:
    timelines = dict(own)
    for kind, named in parts.items():
        timelines |= {f"{kind}/{slug}": timeline for slug, timeline in named.items()}
    for route, timeline in timelines.items():
        for entry in timeline.entries:
            yield from _of_entry(folder, thing.id, route, entry)
    for key in ("formerly", "same_as", "note", "corrections"):
        if value := getattr(thing, key):
            yield Statement(folder, thing.id, WHOLE, "", key, value)


def _of_entry(folder: str, identity: str, route: str, entry: Entry) -> Iterator[Statement]:
    said = Said(
        str(entry.status),
        entry.change,
        entry.wording,
        entry.decided_by,
        entry.because,
        entry.note,
        entry.annulled,
    )
    # That the day is inferred, or another in another source, is said of every statement of the entry; likewise what
    # another source names as the decision.
    day = (entry.inferred.get("from"), _instead(entry.also, "from"))
    for key, value in entry.values.items():
        reason = entry.inferred.get(key)
        also = _instead(entry.also, key)
        yield Statement(folder, identity, route, entry.since.text, key, value, entry.sources, reason, also, said)
    if any(day):
        yield Statement(folder, identity, route, entry.since.text, "from", None, entry.sources, *day, said)


def _instead(also: Iterable[Alternative], key: str) -> tuple[Instead, ...]:
    return tuple(
        Instead(
            one.values.get(key),
            None if one.since is None else one.since.text,
            one.sources,
            one.because,
            one.decided_by,
        )
        for one in also
        if (one.since is not None or one.decided_by is not None if key == "from" else key in one.values)
    )


_OF_PAPER: Final = (
    "number",
    "kind",
    "title",
    "author",
    "lead",
    "signed",
    "consultations",
    "effects",
    "links",
    "aka",
    "wording",
    "note",
    "formerly",
    "same_as",
    "corrections",
)


def _of_paper(paper: Paper) -> Iterator[Statement]:
    own: dict[str, Any] = {key: getattr(paper, key) for key in _OF_PAPER} | {"date": paper.date.text}
    own |= {f"relations/{relation}": papers for relation, papers in paper.relations.items()}
    for key, value in own.items():
        if value:
            also = _instead(paper.also, key)
            reason = paper.inferred.get(key)
            yield Statement(PAPERS, paper.id, WHOLE, "", key, value, paper.sources, reason, also)
