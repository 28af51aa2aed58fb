"""A finding: what is wrong where, and what to do about it. A value, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

Route = tuple[str | int, ...]
"""The keys and positions that lead to a place in a file: `("timeline", 0, "code")`. Lines come later, from the text."""


class Severity(Enum):
    """How grave a finding is. Errors fail a check; warnings do with `--strict`; notes never do."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    def __str__(self) -> str:
        return self.value


SEVERITIES: Final = tuple(Severity)


class State(Enum):
    """Whether a finding is there only now, was there before too, or is there no more."""

    NEW = "new"
    INHERITED = "inherited"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a finding is called: a code that is never used again for anything else, a name, a severity."""

    code: str
    name: str
    severity: Severity = Severity.ERROR


class Place(NamedTuple):
    """A place in a file, both counted from 1 as editors do. `width` is in characters, at least 1."""

    line: int
    column: int
    width: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: its rule, the file, the route to the place in it, a sentence, and a remedy.

    `at_key` points to the key itself where the fault lies in the key and not in its value. `place` is known at once
    for faults of the text, else it is looked up from the route. `related` are other places, as path and route.
    """

    rule: Rule
    path: str
    message: str
    hint: str
    route: Route = ()
    at_key: bool = False
    entity: str | None = None
    place: Place | None = None
    related: tuple[tuple[str, Route], ...] = ()
