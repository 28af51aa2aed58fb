"""A table: named columns of one kind each, and rows. Every report is one, and every format can write any of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

Cell = str | int | tuple[str, ...] | None
"""A text, a number, several texts in order, or nothing."""


class Kind(Enum):
    """What stands in a column, so that a format knows where it fits."""

    REFERENCE = "reference"
    """An identity, by which `orgreg show` can be asked."""
    WORD = "word"
    """A short text: a name, an attribute."""
    DAY = "day"
    """A day as the register writes days."""
    NUMBER = "number"
    PROSE = "prose"
    """A sentence, too long for a place in a row."""
    LIST = "list"
    """Several texts."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `name` is its key for programs, `title` what people read."""

    name: str
    title: str
    kind: Kind = Kind.WORD


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a report on a day. Every row has as many cells as there are columns."""

    name: str
    title: str
    day: date | None
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    nothing: str
    """What is said where there are no rows."""
    headed_by: tuple[str, ...] = ()
    """The columns that many rows in a row have in common: people are told them once, above those rows."""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of {self.name} has not as many cells as there are columns")
