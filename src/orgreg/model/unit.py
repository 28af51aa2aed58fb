"""A unit: one identity through every name, code, kind and place, with its tasks and posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from orgreg.model.identity import municipality_of as municipality_of  # noqa: PLC0414 - asked for here too
from orgreg.model.identity import slug_of as slug_of  # noqa: PLC0414 - asked for here too
from orgreg.model.identity import whole_of as whole_of  # noqa: PLC0414 - asked for here too

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgreg.model.day import When
    from orgreg.model.timeline import Source, Timeline

BEGINS_WITH: Final = ("name", "kind", "parent")
"""What a unit's life begins with; `staff_of` may stand for `parent` (design, section 2)."""

RELATIONS: Final = ("secretariat", "members", "coordinates", "steers", "involves", "advises", "agrees_with")
"""What ties units together beside the line, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Correction:
    """We were wrong before; the city did not change. `was` repeats the lost lines."""

    day: When
    of: str
    was: str
    because: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """Anything organised that lasts. `id` is `municipality/slug`, the path of its file."""

    id: str
    timeline: Timeline
    tasks: Mapping[str, Timeline] = field(default_factory=dict)
    posts: Mapping[str, Timeline] = field(default_factory=dict)
    formerly: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    note: str | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def municipality(self) -> str:
        """The municipality whose folder it stands in."""
        return municipality_of(self.id)
