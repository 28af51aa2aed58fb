"""A paper and what rests on it: the papers that name it, what was decided by it, the plans that it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgreg.model.paper import RELATIONS
from orgreg.query.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orgreg.model.paper import Paper
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry, Timeline


@dataclass(frozen=True, slots=True)
class Decided:
    """An entry that names the paper as its decision, and the unit, post or task that it is of."""

    identity: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class PaperPortrait:
    """A paper. `others` are the papers that name it, each with how; `plans` those that it asks for."""

    paper: Paper
    labels: Labels
    others: tuple[tuple[str, Paper], ...]
    decided: tuple[Decided, ...]
    plans: tuple[str, ...]


def paper_portrait(registry: Registry, paper: Paper, day: date) -> PaperPortrait:
    """The paper with what rests on it. Units are called as on its own day, else as on the day given."""
    written = paper.date.counts_from if paper.date.known else day
    others = [
        (relation, other)
        for relation in RELATIONS
        for other in sorted(registry.papers.values(), key=lambda one: (one.date.counts_from, one.id))
        if isinstance(named := other.relations.get(relation), tuple) and paper.id in named
    ]
    plans = [plan.id for plan in registry.plans.values() if any(_asks_for(paper, plan.timeline))]
    decided = sorted(_decided(registry, paper), key=lambda one: (one.entry.counts_from, one.identity))
    return PaperPortrait(paper, Labels(registry, written), tuple(others), tuple(decided), tuple(sorted(plans)))


def _asks_for(paper: Paper, timeline: Timeline) -> Iterator[bool]:
    for entry in timeline.entries:
        mandate = entry.values.get("mandate")
        yield isinstance(mandate, tuple) and paper.id in mandate


def _decided(registry: Registry, paper: Paper) -> Iterator[Decided]:
    for unit in registry.units.values():
        parts = {f"{unit.id}#{slug}": timeline for slug, timeline in (*unit.tasks.items(), *unit.posts.items())}
        for identity, timeline in {unit.id: unit.timeline, **parts}.items():
            for entry in timeline.entries:
                if isinstance(entry.decided_by, tuple) and paper.id in entry.decided_by:
                    yield Decided(identity, entry)
