"""Which unit bears which code as what kind, for which days: in force and, apart from that, as intended."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgreg.check.once import once
from orgreg.check.runs import runs
from orgreg.model.timeline import Absent

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from orgreg.model.day import Span
    from orgreg.model.finding import Route
    from orgreg.model.registry import Kind, Registry
    from orgreg.model.timeline import Held, Life, Value
    from orgreg.model.unit import Unit


class Bearing(NamedTuple):
    """A code of a unit on the days of the span, on which the unit is of one kind, and how it fits that kind."""

    unit: Unit
    life: Life
    span: Span
    code: str
    held: Held
    kind: Kind
    match: re.Match[str] | None

    @property
    def route(self) -> Route:
        """Where the code is stated."""
        return ("timeline", self.held.begun_by.position, "code")


@once
def bearings(registry: Registry) -> tuple[Bearing, ...]:
    """All of them by unit, of the cities whose kinds are known. What is intended takes the kind that is in force."""
    return tuple(bearing for _, unit in sorted(registry.units.items()) for bearing in bearings_of(registry, unit))


def bearings_of(registry: Registry, unit: Unit) -> Iterator[Bearing]:
    """Those of one unit."""
    if registry.vocabulary_read and unit.municipality in registry.municipalities:
        yield from _in_force(registry, unit.id)
        yield from _intended(registry, unit)


def _in_force(registry: Registry, identity: str) -> Iterator[Bearing]:
    found = runs(registry)
    kinds = found.of("kind", identity)
    for run in found.of("code", identity):
        if isinstance(run.value, str):
            own = [(kind.span, kind.value) for kind in kinds if kind.life is run.life]
            yield from _bearings(registry, run.unit, run.life, (run.span, run.held), own)


def _intended(registry: Registry, unit: Unit) -> Iterator[Bearing]:
    for life in unit.timeline.intended:
        own = [(span, held.value) for span, held in life.runs("kind")]
        for span, held in life.runs("code"):
            if isinstance(held.value, str):
                yield from _bearings(registry, unit, life, (span, held), own)


def _bearings(
    registry: Registry, unit: Unit, life: Life, borne: tuple[Span, Held], kinds: Iterable[tuple[Span, Value]]
) -> Iterator[Bearing]:
    span, held = borne
    own = [(both, kind) for days, kind in kinds if (both := days.overlap(span)) is not None]
    for days, kind in own or [(span, _around(unit, span))]:
        known, code = registry.kind(unit.municipality, kind), str(held.value)
        yield Bearing(unit, life, days, code, held, known, known.fits(code))


def _around(unit: Unit, span: Span) -> Value:
    """The kind of the unit in force, where what is intended names none."""
    around = unit.timeline.life_on(span.start)
    held = None if around is None else around.held(span.start).get("kind")
    return Absent.UNKNOWN if held is None else held.value
