"""How a unit, a task or a post stands on a day: what holds, how certain it is, and whether it is only intended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgreg.model.certainty import Attestation, Certainty, Doubt, attestation, doubt, existence
from orgreg.model.timeline import EXCLUSIVE, Absent, Status
from orgreg.model.unit import slug_of
from orgreg.query.row import Row, certainty_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from orgreg.model.registry import Kind, Registry
    from orgreg.model.timeline import Held, Life, Timeline, Value
    from orgreg.model.unit import Unit

SHOWN: Final = ("name", "code", "kind", "parent", "staff_of")
"""The attributes whose doubts are told beside a unit in the tree."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit on a day. `status` is planned or proposed where nothing in force says that it exists."""

    unit: Unit
    life: Life
    status: Status
    held: Mapping[str, Held]
    doubts: tuple[Doubt, ...]
    attested: Attestation | None
    kind: Kind

    @property
    def certainty(self) -> Certainty:
        """The weakest of its existence, name and parent (design, section 3)."""
        return certainty_of(self.doubts)

    @property
    def identity(self) -> str:
        """The unit's identity."""
        return self.unit.id

    @property
    def known_name(self) -> str | None:
        """Its name, where one is known."""
        return self.text("name")

    @property
    def known_kind(self) -> str | None:
        """Its kind in the city's word, where one is known."""
        return self.text("kind")

    @property
    def name(self) -> str:
        """Its name on the day; its slug where no name is known."""
        return self.text("name") or slug_of(self.unit.id)

    @property
    def code(self) -> str | None:
        """The code that it bears, or None where it bears none or it is not known."""
        return self.text("code")

    @property
    def label(self) -> str:
        """Code and name, as people write it."""
        return f"{self.code} {self.name}" if self.code else self.name

    @property
    def parent(self) -> Value | None:
        """The unit above it, in the line or beside it; unknown, none, or None where nothing is said."""
        found = self.held.get("parent") or self.held.get("staff_of")
        return None if found is None else found.value

    @property
    def row(self) -> Row:
        """What a tree shows of it."""
        return Row(
            self.unit.id,
            self.code,
            self.known_name,
            self.known_kind,
            self.kind,
            self.parent,
            self.status,
            self.doubts,
            self.attested,
        )

    def text(self, attribute: str) -> str | None:
        """The value of an attribute that is a text, else None."""
        found = self.held.get(attribute)
        return found.value if found is not None and isinstance(found.value, str) else None


def standing(registry: Registry, unit: Unit, day: date, *, planned: bool = False) -> Standing | None:
    """How the unit stands on the day, or None where it does not live on it."""
    life = unit.timeline.life_on(day)
    if life is not None and not (planned and _is_to_end(unit.timeline, life, day)):
        held = _overlaid(life.held(day), unit.timeline.intended_on(day), day) if planned else life.held(day)
        return _standing(registry, unit, day, life, held)
    intended = unit.timeline.intended_on(day) if planned else None
    if intended is None:
        return None
    return _standing(registry, unit, day, intended, intended.held(day))


def _is_to_end(timeline: Timeline, life: Life, day: date) -> bool:
    """Whether the life in force is intended to have ended by the day."""
    return any(other.closing is not None and life.span.start < other.span.end <= day for other in timeline.intended)


def _overlaid(in_force: Mapping[str, Held], intended: Life | None, day: date) -> Mapping[str, Held]:
    """What is in force, and over it what is intended, as far as it comes later."""
    held = dict(in_force)
    for attribute, meant in () if intended is None else intended.held(day).items():
        place = EXCLUSIVE.get(attribute, attribute)
        now = in_force.get(attribute) or in_force.get(place)
        if now is None or meant.entry.counts_from > now.entry.counts_from:
            held.pop(place, None)
            held[attribute] = meant
    return held


def _standing(registry: Registry, unit: Unit, day: date, life: Life, held: Mapping[str, Held]) -> Standing:
    status = life.entries[0].status
    dated = registry.paper_date
    heard = attestation(life.entries, dated)

    def later_change(after: date, until: date) -> date | None:
        return registry.change_after(unit.municipality, after, until)

    doubts = [existence(life.opening, heard, day, later_change, dated)]
    # Where nothing is in force, the status says of the whole that it is only intended: not again of every value.
    value = value_doubt if status is Status.IN_FORCE else stated_doubt
    doubts += [value(registry, held[attribute], day) for attribute in SHOWN if attribute in held]
    kind = registry.kind(unit.municipality, held["kind"].value if "kind" in held else Absent.UNKNOWN)
    return Standing(unit, life, status, held, _without_echo(doubts), heard, kind)


def value_doubt(registry: Registry, held: Held, day: date) -> Doubt | None:
    """Why a value is not simply stated on the day; what is only intended says so."""
    if held.value is not Absent.UNKNOWN and held.entry.status in {Status.PLANNED, Status.PROPOSED}:
        return Doubt(
            held.attribute,
            Certainty.INFERRED,
            f"{held.entry.status}, not in force",
            f"{held.attribute} {held.entry.status}",
        )
    return stated_doubt(registry, held, day)


def stated_doubt(registry: Registry, held: Held, day: date) -> Doubt | None:
    """Why a value is not simply stated on the day, whether it is in force or not."""
    return doubt(held, day, registry.paper_date)


def _without_echo(doubts: list[Doubt | None]) -> tuple[Doubt, ...]:
    # A vague first day makes every value of that day inferred for the same reason: said once, of the existence.
    told: list[Doubt] = []
    for found in doubts:
        if found is not None and not (
            found.certainty is Certainty.INFERRED and any(found.because == other.because for other in told)
        ):
            told.append(found)
    return tuple(told)
