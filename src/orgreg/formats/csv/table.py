"""A table as CSV: RFC 4180, the first line names the columns by their keys, several texts in a cell end in `; `.

No text of a file becomes a formula: a cell that a spreadsheet would reckon with gets an apostrophe before it, and so
does what would become a cell where semicolons end them.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from orgreg.formats.plain import one_line

if TYPE_CHECKING:
    from orgreg.query.table import Cell, Table

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

"""With these a formula begins, also in the wide forms that East Asian spreadsheets take."""

_INSIDE: Final = re.compile(rf"(;\s*)(?=[{re.escape(''.join(_FORMULA))}])")
"""Where a spreadsheet takes semicolons for the ends of cells, as in German, one begins inside of ours."""


def table(one: Table) -> str:
    """The table."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([column.name for column in one.columns])
    writer.writerows([cell(value) for value in row] for row in one.rows)
    return written.getvalue()


def cell(value: Cell) -> str:
    """A cell. Numbers are ours and stay what they are; nothing is an empty cell."""
    if value is None or isinstance(value, int):
        return "" if value is None else str(value)
    text = value if isinstance(value, str) else "; ".join(value)
    begins = text.startswith(_FORMULA)
    told = _INSIDE.sub(r"\1'", one_line(text))
    return f"'{told}" if begins or told.startswith(_FORMULA) else told
