"""Days in words. Ends are told as the last day, both included."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from orgreg.model.day import day_before
from orgreg.query.wording import moment

if TYPE_CHECKING:
    from datetime import date

    from orgreg.model.day import When
    from orgreg.query.papers import Wait


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
