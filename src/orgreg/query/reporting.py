"""What an occasion is called, by which papers it became known, and how long after it took effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.change import Change, Occasion
    from orgreg.model.day import When
    from orgreg.model.registry import Registry


@dataclass(frozen=True, slots=True)
class Report:
    """A paper that tells of a change.

    `days` counts from the day of effect to the date of the paper; None where one of them is not an exact day.
    """

    paper: str
    written: When
    days: int | None


def reported(registry: Registry, told: Change | Occasion) -> tuple[Report, ...]:
    """The papers that tell of a change or an occasion, the earliest first."""
    return tuple(sorted(_reports(registry, told), key=lambda one: (one.written.counts_from, one.paper)))


def _reports(registry: Registry, told: Change | Occasion) -> Iterator[Report]:
    for identity in told.papers:
        written = registry.paper_date(identity)
        if written is not None and written.known:
            exact = written.exact and told.on.exact
            yield Report(identity, written, (written.earliest - told.day).days if exact else None)


def title(registry: Registry, occasion: Occasion) -> str | None:
    """A change of several units has the title of its paper: the one that decided it, else the first that tells it."""
    if occasion.word is None:
        return None
    decided = occasion.decided_by if isinstance(occasion.decided_by, tuple) else ()
    papers = [*decided, *(report.paper for report in reported(registry, occasion))]
    titles = [registry.papers[paper].title for paper in papers if paper in registry.papers]
    return next((title for title in titles if isinstance(title, str)), occasion.word)
