"""What is lost between two states without a word: what no entry of `corrections:` explains, and where it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.check.states import folded
from orgreg.diff.amendment import Aspect
from orgreg.diff.shelves import shelf
from orgreg.diff.statements import WHOLE
from orgreg.model.registry import path_of
from orgreg.model.timeline import Absent, Timeline
from orgreg.model.unit import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.states import States
    from orgreg.diff.amendment import Amendment
    from orgreg.diff.statements import Statement, Thing
    from orgreg.model.finding import Route

Stood = tuple[str, str, str]
"""Where something stood: the path that its file has now, the timeline and the day of the entry; the key of a file."""


def unexplained(states: States) -> Iterator[tuple[Amendment, list[str]]]:
    """Each correction of the difference that no entry explains, with the lost words that its entry does not repeat."""
    for one in states.difference.corrections:
        if one.aspect is not Aspect.NOTED and one.identity in shelf(states.after, one.folder):
            unsaid = _unsaid(one)
            if one.recorded is None or unsaid:
                yield one, unsaid


def _unsaid(one: Amendment) -> list[str]:
    """The values that are lost and that the entry of corrections which goes with it does not repeat."""
    if one.recorded is None or one.aspect in {Aspect.BASIS, Aspect.SLUG}:  # the entry of a slug is one that repeats it
        return []
    was = folded(one.recorded.was)
    if one.aspect is Aspect.DAY:
        return [] if str(one.before) in was else [str(one.before)]
    return [word for lost in one.lost for word in _words(lost) if folded(word) not in was]


def _words(lost: Statement) -> Iterator[str]:
    """The words of a statement as its file wrote them; what is a mapping there is not looked at."""
    for value in lost.value if isinstance(lost.value, tuple) else (lost.value,):
        if isinstance(value, str):
            yield slug_of(value) or value
        elif value is Absent.NONE:
            yield str(value)


def emptied(states: States) -> frozenset[Stood]:
    """Where something stood that is lost without a word, and nothing stands instead."""
    return frozenset(
        (path_of(one.folder, one.identity), *_entry(lost))
        for one, _ in unexplained(states)
        for lost in one.lost
        if not any(_replaces(gained, lost) for gained in one.gained)
    )


def _entry(lost: Statement) -> tuple[str, str]:
    return (WHOLE, lost.key) if lost.timeline == WHOLE else (lost.timeline, lost.since)


def _replaces(gained: Statement, lost: Statement) -> bool:
    """Whether something else is said now wherever something was said."""
    if (gained.timeline, gained.key) != (lost.timeline, lost.key):
        return False
    was, now = (lost.sources, lost.also), (gained.sources, gained.also)
    said = zip(lost.said or (), gained.said or (), strict=True)
    return all(len(old) <= len(new) for old, new in zip(was, now, strict=True)) and not any(
        old is not None and new is None for old, new in said
    )


def stood(thing: Thing | None, path: str, route: Route) -> Stood | None:
    """Where a route leads in a file that has this path now; None where it leads to no entry and no key."""
    here: object = thing
    for place, key in enumerate(route):
        if isinstance(here, Timeline):
            since = next((entry.since.text for entry in here.entries if entry.position == key), None)
            return None if since is None else (path, "/".join(map(str, route[:place])), since)
        here = here.get(str(key)) if isinstance(here, dict) else getattr(here, str(key), None)
    return (path, WHOLE, str(route[0])) if route else None
