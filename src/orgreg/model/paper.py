"""A paper: a council paper or any document that says something, with or without a number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from orgreg.model.unit import municipality_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgreg.model.day import When
    from orgreg.model.timeline import Absent, Alternative, Source
    from orgreg.model.unit import Correction

RELATIONS: Final = ("answers", "amends", "supplements", "replaces", "cites")
"""How a paper stands to others, in the order in which it is shown."""

EFFECTS: Final = ("orders", "encourages", "informs")
"""What a paper does, from the most to the least binding."""


@dataclass(frozen=True, slots=True)
class Consultation:
    """One station of a paper: the body that had it on its agenda, in which role, when, with what result."""

    body: str | Absent
    item: str | None = None
    role: str | None = None
    date: When | None = None
    result: str | None = None
    wording: str | None = None
    note: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a paper orders, encourages or informs of, in words."""

    verb: str
    text: str
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that says something. `id` is `municipality/slug`; `number` is its DS number."""

    id: str
    number: str | Absent
    kind: str | Absent
    title: str | Absent
    date: When
    author: tuple[str, ...] | Absent
    sources: tuple[Source, ...]
    lead: tuple[str, ...] | Absent = ()
    signed: str | None = None
    consultations: tuple[Consultation, ...] = ()
    relations: Mapping[str, tuple[str, ...] | Absent] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()
    links: tuple[str, ...] = ()
    aka: tuple[str, ...] = ()
    wording: str | None = None
    note: str | None = None
    inferred: Mapping[str, str] = field(default_factory=dict)
    also: tuple[Alternative, ...] = ()
    formerly: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def municipality(self) -> str:
        """The municipality whose folder it stands in."""
        return municipality_of(self.id)
