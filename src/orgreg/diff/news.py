"""Which changes of the city are newly told, and which statements tell them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgreg.diff.statements import OWN, statements_of
from orgreg.model.change import BEGINNINGS, ENDS, Change, Verb
from orgreg.model.timeline import ONCE
from orgreg.query.changes import changes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from orgreg.diff.statements import Statement
    from orgreg.model.registry import Registry
    from orgreg.model.unit import Unit

_SECTIONS: Final = {Verb.TASK: ("tasks",), Verb.POST: ("posts",)}


@dataclass(frozen=True, slots=True)
class News:
    """Changes that are newly told, and the statements that tell them."""

    changes: tuple[Change, ...]
    statements: frozenset[Statement]


def news(before: Registry, earlier: Sequence[Unit], after: Registry, later: Unit, fresh: Collection[Statement]) -> News:
    """What a unit's file newly tells: what only something fresh tells, and what was not told of that day before.

    What only follows from something else, since a name before it was put right or an earlier day became known, is not
    told by anything fresh. What is told by something that stood there already, be it of another or a vaguer day, is
    the same change, of which more is known.
    """
    if not fresh:
        return News((), frozenset())
    told = {_what(change) for unit in earlier for change in changes_of(before, unit, planned=True)}
    standing = [one for one in statements_of(later) if one not in fresh]
    new: list[Change] = []
    telling: set[Statement] = set()
    for change in changes_of(after, later, planned=True):
        behind = {one for one in fresh if _tells(one, change)}
        known = (
            not behind
            or _what(change) in told
            or any(_tells(one, change) for one in standing)
            or any(_was_there(unit, change) for unit in earlier)
        )
        if not known:
            new.append(change)
            telling |= behind
    return News(tuple(new), frozenset(telling | set(_beside(telling, fresh))))


def _what(change: Change) -> tuple[object, ...]:
    """What a change is about, whatever it says of it: to tell more of it later is no other change."""
    verb: object = change.verb
    keys: tuple[str, ...] = ()
    if change.verb in BEGINNINGS:
        verb = "begins"
    elif change.verb in ENDS:
        verb = "ends"
    elif change.verb in {Verb.RESTATED, Verb.RELATION}:
        keys = tuple(key for key, _ in change.after)
    return (verb, keys, change.unit, change.day, change.status, change.ended is None)


def _was_there(unit: Unit, change: Change) -> bool:
    """Whether a task or post that a change tells from its beginning was there before: of it only its text is new."""
    if change.verb not in _SECTIONS or change.before or change.ended is not None or change.out_of is not None:
        return False
    timeline = (unit.tasks if change.verb is Verb.TASK else unit.posts).get(change.unit.partition("#")[2])
    return timeline is not None and any(entry.counts_from <= change.day for entry in timeline.entries)


def _tells(statement: Statement, change: Change) -> bool:
    """Whether a statement is one of those that a change is made of."""
    if statement.timeline not in _routes(change):
        return False
    void = None if statement.said is None else statement.said.annulled
    if change.verb is Verb.ANNULLED:
        return void is not None and void.day == change.on
    day = statement.day
    return (
        void is None
        and day is not None
        and day.counts_from == change.day
        and statement.status == str(change.status)
        and (statement.key in dict(change.after) or (statement.key in ONCE and _goes_over(change)))
    )


def _goes_over(change: Change) -> bool:
    """Whether where something came from or went to is a part of the change."""
    return not change.after or change.verb in BEGINNINGS or change.verb in _SECTIONS


def _routes(change: Change) -> Iterable[str]:
    part = change.unit.partition("#")[2]
    return [f"{section}/{part}" for section in _SECTIONS.get(change.verb, ("tasks", "posts"))] if part else [OWN]


def _beside(telling: Collection[Statement], fresh: Iterable[Statement]) -> Iterator[Statement]:
    """What the same entries say besides: variants of a name, topics, why the day is inferred."""
    entries = {(one.timeline, one.since) for one in telling}
    return (one for one in fresh if (one.timeline, one.since) in entries)
