"""A file through the line of commits: under every name that it bore."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgreg.model.registry import path_of
from orgreg.trail.files import known_of, renamed_alike

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.store.index import Version
    from orgreg.trail.files import Known
    from orgreg.trail.states import States


class Stay(NamedTuple):
    """A time in which a file lay under one key: its versions, the last one None where it went."""

    key: str
    versions: tuple[Version, ...]

    @property
    def came(self) -> int:
        """The position of the commit that brought it."""
        return self.versions[0].position


def stays(states: States, known: Known) -> tuple[Stay, ...]:
    """Every stay of what is known by an identity at the end of the line, the oldest first; none where none was."""
    found: dict[tuple[str, int], Stay] = {}
    own = _stays(states, known)
    waiting = [stay for stay in own if not _went_on(states, stay)] or own
    while waiting:
        stay = waiting.pop()
        if (stay.key, stay.came) in found:
            continue
        found[stay.key, stay.came] = stay
        waiting += _before(states, stay)
    return tuple(sorted(found.values(), key=lambda stay: (stay.came, stay.key)))


def _stays(states: States, known: Known) -> list[Stay]:
    key = path_of(*known)
    made: list[list[Version]] = []
    for version in states.history.versions(key):
        if not made or made[-1][-1].name is None:
            made.append([])
        made[-1].append(version)
    return [Stay(key, tuple(versions)) for versions in made if versions[0].name is not None]


def _went_on(states: States, stay: Stay) -> bool:
    """Whether it went on under another name that the commit itself shows."""
    last = stay.versions[-1]
    return last.name is None and stay.key in renamed_alike(states.history.brought_by(last.position).touches).values()


def _before(states: States, stay: Stay) -> Iterator[Stay]:
    """The stays from which it came: of the file with its bytes that went as it came, of the names it says it bore."""
    folder, identity = known_of(stay.key)
    former = set(_formerly(states, folder, identity, stay.versions))
    if stay.came > 0 or not states.history.is_cut:
        alike = renamed_alike(states.history.brought_by(stay.came).touches).get(stay.key)
        former |= {known_of(alike)[1]} if alike is not None else set()
    for one in sorted(former - {identity}):
        earlier = [other for other in _stays(states, (folder, one)) if other.came < stay.versions[-1].position + 1]
        yield from earlier[-1:]


def _formerly(states: States, folder: str, identity: str, versions: Sequence[Version]) -> Iterator[str]:
    for version in versions:
        thing = None if version.name is None else states.thing(folder, identity, version.name)
        yield from () if thing is None else thing.formerly
