"""Which unit bears which code as what kind, for which days: in force and, apart from that, as intended."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgreg.model.timeline import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.day import Span
    from orgreg.model.finding import Route
    from orgreg.model.registry import Kind, Registry
    from orgreg.model.timeline import Held, Life, Value
    from orgreg.model.unit import Unit


class Bearing(NamedTuple):
    """A code of a unit on the days of the span, on which the unit is of one kind."""

    unit: Unit
    life: Life
    span: Span
    code: str
    held: Held
    kind: Kind

    @property
    def route(self) -> Route:
        """Where the code is stated."""
        return ("timeline", self.held.begun_by.position, "code")


def bearings(registry: Registry) -> Iterator[Bearing]:
    """All of them by unit, of the cities whose kinds are known. What is intended takes the kind that is in force."""
    for _, unit in sorted(registry.units.items()):
        if not registry.vocabulary_read or unit.municipality not in registry.municipalities:
            continue
        for life in (*unit.timeline.lives, *unit.timeline.intended):
            for span, held in life.runs("code"):
                if isinstance(held.value, str):
                    for days, kind in _kinds(unit, life, span):
                        yield Bearing(unit, life, days, held.value, held, registry.kind(unit.municipality, kind))


def _kinds(unit: Unit, life: Life, span: Span) -> Iterator[tuple[Span, Value]]:
    """The kinds of the unit on the days of the span."""
    own = [(both, held.value) for days, held in life.runs("kind") if (both := days.overlap(span)) is not None]
    if own:
        yield from own
        return
    around = unit.timeline.life_on(span.start)
    held = None if around is None else around.held(span.start).get("kind")
    yield span, Absent.UNKNOWN if held is None else held.value
