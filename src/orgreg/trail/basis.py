"""Which commit first recorded a statement: through the versions of its file, whatever that was called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgreg.diff.alike import called_otherwise
from orgreg.diff.shelves import shelf
from orgreg.trail.files import known_of
from orgreg.trail.following import stays

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgreg.diff.statements import Thing
    from orgreg.model.day import When
    from orgreg.model.paper import Paper
    from orgreg.model.plan import Plan
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry, Timeline
    from orgreg.model.unit import Unit
    from orgreg.query.why import Statement
    from orgreg.store.history import Commit
    from orgreg.trail.files import Known
    from orgreg.trail.states import States


@dataclass(frozen=True, slots=True)
class Beginning:
    """The commit that first recorded a statement; None where none has yet.

    `again` recorded it once more, after it had been taken out. `is_cut`: the clone is shallow, and an older commit that
    it does not have may have been the first.
    """

    commit: Commit | None
    is_cut: bool = False
    again: Commit | None = None


class Basis:
    """The versions of one file, asked for when its statements were first recorded."""

    def __init__(self, states: States, registry: Registry, known: Known) -> None:
        self._states, self._registry = states, registry
        self._now: Thing | None = shelf(registry, known[0]).get(known[1])
        self._versions = [*self._read(known)]

    def _read(self, known: Known) -> Iterator[tuple[int, Unit | Paper | Plan]]:
        """The versions that can be read, the newest first; of what was renamed and not committed yet, those before."""
        folder, identity = known
        former = self._former(identity)
        found = stays(self._states, known) or [one for name in former for one in stays(self._states, (folder, name))]
        for stay in reversed(found):
            folder, identity = known_of(stay.key)
            for version in reversed(stay.versions):
                thing = None if version.name is None else self._states.thing(folder, identity, version.name)
                if thing is not None:
                    yield version.position, thing

    def first(self, statement: Statement) -> Beginning:
        """The commit that first brought the statement, though perhaps with a vaguer day.

        Where it was taken out since and recorded again, also the commit since which it stands there now.
        """
        begun: list[int] = []
        since, stood, route, newer = statement.since, False, statement.timeline, self._now
        for position, thing in self._versions:
            if statement.timeline:
                route, newer = _called_before(thing, newer, route), thing
                entry = self._entry(_timeline(thing, route), statement, since)
                stands, since = entry is not None, since if entry is None else entry.since
            else:
                stands = self._is_alike(_own(thing, statement.route), statement.value)
            if not stands and not begun:
                break  # the newest version does not say it: it is not recorded yet
            if stands:
                begun[-1 if stood else len(begun) :] = [position]
            stood = stands
        if not begun:
            return Beginning(None)
        history = self._states.history
        again = history.commit(begun[0]) if len(begun) > 1 else None
        return Beginning(history.commit(begun[-1]), is_cut=begun[-1] == 0 and history.is_cut, again=again)

    def _entry(self, timeline: Timeline | None, statement: Statement, since: When | None) -> Entry | None:
        """The entry that says the same of the day, or of one within which that lies."""
        entries = () if timeline is None else timeline.entries
        said = [one for one in entries if self._is_alike(one.values.get(statement.key), statement.value)]
        same = [one for one in said if since is not None and one.since.text == since.text]
        vaguer = [one for one in said if since is not None and one.since.earliest <= since.earliest <= one.since.latest]
        return next(iter([*same, *vaguer]), None)

    def _is_alike(self, before: object, now: object) -> bool:
        """Whether a value is the same but for what is called otherwise since."""
        if isinstance(before, tuple) and isinstance(now, tuple):
            return len(before) == len(now) and all(map(self._is_alike, before, now))
        if before == now:
            return True
        return isinstance(before, str) and isinstance(now, str) and before in self._former(now)

    def _former(self, reference: str) -> list[str]:
        whole, _, part = reference.partition("#")
        shelves: tuple[Mapping[str, Unit | Paper | Plan], ...] = (
            self._registry.units,
            self._registry.papers,
            self._registry.plans,
        )
        named = [one for shelf in shelves if whole in shelf for one in shelf[whole].formerly]
        return [f"{one}#{part}" if part else one for one in named]


def _timeline(thing: Unit | Paper | Plan, name: str) -> Timeline | None:
    kind, _, slug = name.partition("/")
    found = getattr(thing, kind, None)
    return found.get(slug) if slug and found is not None else found


def _called_before(thing: Thing, newer: Thing | None, route: str) -> str:
    """The route that a timeline has in a version, by that which it has in the next one."""
    if newer is None or _timeline(thing, route) is not None or _timeline(newer, route) is None:
        return route
    return next((one.before for one in called_otherwise([thing], newer) if one.after == route), route)


def _own(paper: Unit | Paper | Plan, route: tuple[str | int, ...]) -> object:
    kind, *key = route
    found = getattr(paper, str(kind), None)
    return found.get(key[0]) if key and found is not None else found
