"""Which unit followed which. A succession is written once, as `into` or as `out_of`; the other side is derived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgreg.model.certainty import Certainty, Doubt, weakest
from orgreg.model.timeline import Absent, Status
from orgreg.model.unit import whole_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.day import When
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Alternative, Entry, Timeline, Value
    from orgreg.model.unit import Unit

OUT_OF: Final = "out_of"
INTO: Final = "into"


@dataclass(frozen=True, slots=True)
class Succession:
    """One unit, or one post or task of it, that went on in another. `older` and `newer` are identities.

    One of them is None where it is recorded that it is not known. `verb` is how the older one ended; `out_of` where
    it lives on. `part` is the identity of the post or task that moved, as its file says it. With a `rival` only
    another source says so, and the entry's own value is preferred.
    """

    older: str | None
    newer: str | None
    verb: str
    attribute: str
    entry: Entry
    part: str | None = None
    rival: Alternative | None = None

    @property
    def since(self) -> When:
        """The first day of the new state."""
        rival = self.rival
        return self.entry.since if rival is None or rival.since is None else rival.since

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Why it is not simply stated."""
        return tuple(_doubts(self.entry, self.attribute, self.rival))

    @property
    def certainty(self) -> Certainty:
        """The weakest of what is said of it."""
        return weakest(doubt.certainty for doubt in self.doubts)

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """What other sources say of the day, the end or the other side."""
        return tuple(
            other
            for other in self.entry.also
            if other.since is not None or "ended" in other.values or self.attribute in other.values
        )


def successors(registry: Registry, unit: Unit, *, planned: bool = False) -> tuple[Succession, ...]:
    """What the unit, or a part of it, became, by day."""
    return _sorted(one for one in _all(registry, unit, planned=planned) if _is(one.older, unit))


def predecessors(registry: Registry, unit: Unit, *, planned: bool = False) -> tuple[Succession, ...]:
    """What the unit, or a part of it, was before, by day."""
    return _sorted(one for one in _all(registry, unit, planned=planned) if _is(one.newer, unit))


def _is(side: str | None, unit: Unit) -> bool:
    return side is not None and whole_of(side) == unit.id


def _sorted(found: Iterator[Succession]) -> tuple[Succession, ...]:
    """In order of days. One that is written on both sides is told once, as `into`."""
    once: dict[tuple[object, ...], Succession] = {}
    for one in sorted(found, key=_key):
        sides = tuple(None if side is None else whole_of(side) for side in (one.older, one.newer))
        once.setdefault((sides, one.since.counts_from, _slug(one), one.rival is None), one)
    return tuple(once.values())


def _slug(one: Succession) -> str:
    """What the part that moved is called at the older unit, as far as that is said; nothing of a whole unit."""
    at_older = (one.older or "").partition("#")[2]
    return at_older or (one.part or "").partition("#")[2]


def _key(one: Succession) -> tuple[object, ...]:
    sides = (one.older or "", one.newer or "")
    return (one.since.counts_from, one.rival is not None, one.part or "", one.attribute, sides, one.since.text)


def _all(registry: Registry, of: Unit, *, planned: bool) -> Iterator[Succession]:
    for unit in registry.units_naming(of.id):
        yield from _written(unit.id, None, unit.timeline, planned=planned)
        for slug, timeline in (*unit.tasks.items(), *unit.posts.items()):
            yield from _written(unit.id, f"{unit.id}#{slug}", timeline, planned=planned)


def _written(identity: str, part: str | None, timeline: Timeline, *, planned: bool) -> Iterator[Succession]:
    lives = (*timeline.lives, *timeline.intended) if planned else timeline.lives
    for entry in (entry for life in lives for entry in life.entries):
        for attribute in (INTO, OUT_OF):
            for other, rival in _claims(entry, attribute):
                values = entry.values if rival is None else {**entry.values, **rival.values}
                verb = OUT_OF if attribute == OUT_OF else str(values.get("ended", Absent.UNKNOWN))
                older, newer = (identity, other) if attribute == INTO else (other, identity)
                yield Succession(older, newer, verb, attribute, entry, part, rival)


def _claims(entry: Entry, attribute: str) -> Iterator[tuple[str | None, Alternative | None]]:
    own = _identities(entry.values.get(attribute))
    for identity in own:
        yield identity, None
    for rival in entry.also:
        for identity in _identities(rival.values.get(attribute)):
            if identity is not None and identity not in own:
                yield identity, rival


def _identities(value: Value | None) -> tuple[str | None, ...]:
    if value is Absent.UNKNOWN:
        return (None,)
    return tuple(str(one) for one in value) if isinstance(value, tuple) else ()


def _doubts(entry: Entry, attribute: str, rival: Alternative | None) -> Iterator[Doubt]:
    if rival is not None:
        yield Doubt(attribute, Certainty.DISPUTED, rival.because or "only another source says so")
        return
    if entry.status is not Status.IN_FORCE:
        yield Doubt("existence", Certainty.INFERRED, f"{entry.status}, not in force")
    for key in ("ended", attribute):
        if entry.values.get(key) is Absent.UNKNOWN:
            yield Doubt(key, Certainty.UNKNOWN, entry.inferred.get(key) or "no source gives it")
            continue
        if others := [other for other in entry.also if key in other.values]:
            reason = "; ".join(other.because or "another source says something else" for other in others)
            yield Doubt(key, Certainty.DISPUTED, reason)
        if key in entry.inferred:
            yield Doubt(key, Certainty.INFERRED, entry.inferred[key])
    for other in entry.also:
        if other.since is not None:
            yield Doubt("from", Certainty.DISPUTED, other.because or f"another source gives {other.since} as the day")
    if "from" in entry.inferred:
        yield Doubt("from", Certainty.INFERRED, entry.inferred["from"])
