"""Days in words. Ends are told as the last day, both included."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from orgreg.model.day import Nature, day_before

if TYPE_CHECKING:
    from datetime import date

    from orgreg.model.day import When
    from orgreg.query.papers import Wait

_QUARTERS: Final = {"33": "1st", "34": "2nd", "35": "3rd", "36": "4th"}
_ABOUT: Final = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}


def moment(when: When) -> str:
    """A day as written, in words: „2016-04-01“, „2024-04-08 or before“, „some day from 2021-09 to 2021-11“."""
    if not when.known:
        return "an unknown day"
    throughout = when.nature is Nature.THROUGHOUT
    first, pair, last = when.text.partition("/" if throughout else "..")
    first, last = (side if side != ".." else "" for side in (first, last))
    if not pair:
        return _point(first)
    if not first:
        return f"{_point(last)} or before"
    if not last:
        return f"{_point(first)} or later"
    return f"{_point(first)} to {_point(last)}" if throughout else f"some day from {_point(first)} to {_point(last)}"


def _point(text: str) -> str:
    about = _ABOUT.get(text[-1], "")
    bare = text[:-1] if about else text
    year, _, part = bare.partition("-")
    return f"{about}the {_QUARTERS[part]} quarter of {year}" if part in _QUARTERS else about + bare


def since(when: When) -> str:
    """Since when something is so."""
    return f"since {moment(when)}" if when.known else "beginning unknown"


def last_day(ending: When) -> str:
    """The last day of what ended, from the first day without it."""
    if ending.exact:
        return f"last day {day_before(ending.earliest).isoformat()}"
    return f"first day without it: {moment(ending)}"


def from_to(begun: When, until: date | None) -> str:
    """The days of something, as far as its beginning and end are known."""
    if until is None:
        return since(begun)
    start = moment(begun) + " " if begun.known else ""
    return f"{start}until {until.isoformat()}"


def lasting(wait: Wait) -> str:
    """How many days, as far as that is known: „14 days“, „0 to 39 days“, „at least 3 days“."""
    least, most = wait.least, wait.most
    if least is None and most is None:
        return "an unknown number of days"
    if least == most or (least is not None and most is None) or least is None:
        number = most if least is None else least
        word = "at most " if least is None else "at least " if most is None else ""
        return f"{word}{number} {'day' if number == 1 else 'days'}"
    return f"{least} to {most} days"


def after(wait: Wait) -> str:
    """How long after something else it was."""
    if wait.most is not None and wait.most < 0:
        return f"{lasting(replace(wait, least=-wait.most, most=None if wait.least is None else -wait.least))} before"
    return "on the same day" if wait.least == wait.most == 0 else f"after {lasting(wait)}"
