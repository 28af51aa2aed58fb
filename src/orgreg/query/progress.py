"""What follows from what is known of a step on a day: computed from its due day and its state, never stored.

A target or a fixed day that has passed is overdue, an expectation is past its window, and of an event the outcome is
not recorded. None of it says that something was not done: it says that there is no evidence that it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from orgreg.model.day import ALWAYS, NEVER, Nature
from orgreg.model.timeline import Absent, Due, Status
from orgreg.model.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from orgreg.model.day import When
    from orgreg.model.registry import Registry
    from orgreg.query.portrait import Fact

NO_EVIDENCE: Final = "no evidence"
"""What is said where no source tells of the state of a step: that is not „not done“."""


class Follows(Enum):
    """What follows for a step, most pressing first."""

    OVERDUE = "overdue"
    """The day by which it is to be done has passed."""
    PAST_WINDOW = "past window"
    """The time in which it was expected has passed."""
    NO_OUTCOME = "outcome not recorded"
    """An event's day has passed."""
    UNCLEAR = "unclear"
    """No vocabulary knows the word for its state."""
    WINDOW_OPEN = "window open"
    """The time in which it is expected has come and has not passed; of an event its day."""
    DUE = "due"
    AHEAD = "ahead"
    """The time in which it is expected, or its day, is still to come."""
    NOTHING = "nothing"
    """No day is known by which it is to be done."""
    INTENDED = "intended"
    """It is only proposed or planned itself: no day binds anybody."""
    DONE = "done"
    DROPPED = "dropped"

    def __str__(self) -> str:
        return self.value


LATE: Final = frozenset({Follows.OVERDUE, Follows.PAST_WINDOW})
"""What is told of as overdue: of both a day has passed without evidence."""

_CLOSED: Final = {"done": Follows.DONE, "dropped": Follows.DROPPED}


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of a step on a day, and what follows.

    `word` is the city's word for its state, None where there is no evidence; `meaning` what `registry.yaml` makes of
    it. `days` counts to or from the day that matters, `until` is the last day of what is open or due; `about` where
    that day is only approximate.
    """

    word: str | None
    meaning: str | None
    state: Fact | None
    due: Due | Absent | None
    follows: Follows
    days: int | None = None
    until: date | None = None
    about: bool = False
    event: bool = False
    intended: Status | None = None

    @property
    def since(self) -> When | None:
        """Since when its state is known to be so; None where there is no evidence."""
        return None if self.state is None or self.word is None else self.state.since

    @property
    def papers(self) -> tuple[str, ...]:
        """The papers that tell of its state; of one that is recorded as unknown too."""
        sources = () if self.state is None else [one for entry in self.state.statements for one in entry.sources]
        return tuple(dict.fromkeys(source.paper for source in sources if source.paper is not None))


def progress(registry: Registry, municipality: str, facts: Iterable[Fact], status: Status, day: date) -> Progress:
    """What is known of a step of these facts on the day, and what follows."""
    told_of = {fact.attribute: fact for fact in facts}
    state, due = told_of.get("state"), told_of.get("due")
    word = str(state.value) if state is not None and not isinstance(state.value, Absent) else None
    city = registry.municipalities.get(municipality)
    meaning = None if city is None or word is None else city.states.get(word)
    told = due.value if due is not None and isinstance(due.value, Due | Absent) else None
    known = Progress(
        word=word,
        meaning=meaning,
        state=state,
        due=told,
        follows=Follows.NOTHING,
        about=isinstance(told, Due) and told.day.approximate,
        event="kind" in told_of and told_of["kind"].value == "event",
    )
    if meaning in _CLOSED:
        return replace(known, follows=_CLOSED[meaning])
    if status is not Status.IN_FORCE:
        return replace(known, follows=Follows.INTENDED, intended=status)
    if word is not None and meaning is None:
        return replace(known, follows=Follows.UNCLEAR)
    return _timed(known, told, day) if isinstance(told, Due) and told.day.known else known


def _timed(known: Progress, due: Due, day: date) -> Progress:
    first, last = due.day.earliest, due.day.latest
    loose = known.event or due.modality == "expected"
    if day > last:
        passed = Follows.NO_OUTCOME if known.event else Follows.PAST_WINDOW if loose else Follows.OVERDUE
        return replace(known, follows=passed, days=(day - last).days, until=last)
    if loose and day < first:
        return replace(known, follows=Follows.AHEAD, days=(first - day).days, until=_end(last))
    if loose or last == NEVER:
        return replace(known, follows=Follows.WINDOW_OPEN, until=_end(last))
    return replace(known, follows=Follows.DUE, days=(last - day).days, until=last)


def _end(last: date) -> date | None:
    return None if last == NEVER else last


def sentence(one: Progress) -> str:
    """What follows, and where a day has passed that there is no evidence: never that it is not done."""
    return f"{words(one)}: no evidence that it is done" if one.follows in LATE else words(one)


def words(one: Progress) -> str:
    """What follows, in few words that need no colour."""
    if one.intended is not None:
        return f"only {one.intended}"
    if isinstance(one.due, Due) and one.follows in _TIMED:
        return _of_due(one, one.due)
    if one.follows is Follows.UNCLEAR:
        return f"what {quoted(str(one.word))} means is not in the vocabulary"
    if one.follows is not Follows.NOTHING:
        return str(one.follows)
    return "no due day" if one.due is Absent.NONE else "due day not known"


_TIMED: Final = frozenset(
    {Follows.OVERDUE, Follows.PAST_WINDOW, Follows.NO_OUTCOME, Follows.WINDOW_OPEN, Follows.DUE, Follows.AHEAD}
)


def _of_due(one: Progress, due: Due) -> str:
    if one.follows is Follows.WINDOW_OPEN:
        return _open(one, due)
    number = _days(one)
    if one.follows is Follows.DUE:
        return f"due in {number}" if one.days else "due on this day"
    if one.follows is Follows.AHEAD:
        return _ahead(one, due, number)
    # A fixed day is a promise, a target an intention.
    fixed = ", the day was fixed" if due.modality == "fixed" else ""
    return {
        Follows.PAST_WINDOW: f"past its expected window by {number}",
        Follows.NO_OUTCOME: f"outcome not recorded, {number} after its day",
    }.get(one.follows, f"overdue by {number}{fixed}")


def _ahead(one: Progress, due: Due, number: str) -> str:
    if one.event:
        return f"in {number}" if due.day.exact or due.day.nature is Nature.THROUGHOUT else f"in {number} or later"
    return f"expected in {number}" if due.day.exact else f"expected window opens in {number}"


def _open(one: Progress, due: Due) -> str:
    if one.until is None:
        return "window open, without an end"
    if one.event and due.day.exact:
        return "set for this day"
    if one.event and due.day.nature is Nature.THROUGHOUT and due.day.earliest != ALWAYS:
        return f"set for these days, until {one.until.isoformat()}"
    return f"window open until {one.until.isoformat()}"


def _days(one: Progress) -> str:
    return f"{'about ' * one.about}{one.days} day{'s' * (one.days != 1)}"
