"""By which papers a change became known, and how long after it took effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.change import Occasion
    from orgreg.model.day import When
    from orgreg.model.registry import Registry


@dataclass(frozen=True, slots=True)
class Report:
    """A paper that tells of a change. `days` counts from the day of effect to its date, None where that is vague."""

    paper: str
    written: When
    days: int | None


def reported(registry: Registry, occasion: Occasion) -> tuple[Report, ...]:
    """The papers that tell of an occasion, the earliest first."""
    return tuple(sorted(_reports(registry, occasion), key=lambda one: (one.written.counts_from, one.paper)))


def _reports(registry: Registry, occasion: Occasion) -> Iterator[Report]:
    for identity in occasion.papers:
        written = registry.paper_date(identity)
        if written is not None and written.known:
            days = (written.earliest - occasion.day).days if written.exact else None
            yield Report(identity, written, days)
