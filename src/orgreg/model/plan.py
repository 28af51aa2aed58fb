"""A plan: what is to be done, by whom, until when, and what is known of its state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from orgreg.model.unit import municipality_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgreg.model.timeline import Timeline
    from orgreg.model.unit import Correction


@dataclass(frozen=True, slots=True)
class Plan:
    """An action plan with its steps and dimensions, each a timeline. `id` is `municipality/slug`."""

    id: str
    timeline: Timeline
    dimensions: Mapping[str, Timeline] = field(default_factory=dict)
    steps: Mapping[str, Timeline] = field(default_factory=dict)
    formerly: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    note: str | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def municipality(self) -> str:
        """The municipality whose folder it stands in."""
        return municipality_of(self.id)
