"""A table as a table of GitHub and GitLab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.formats.markdown import escape
from orgreg.query.table import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.query.table import Cell, Table


def table(one: Table) -> Iterator[str]:
    """A heading and the table, or a line that says that there is nothing."""
    day = "" if one.day is None else f", {one.day.isoformat()}"
    yield f"## {escape(one.title)}{day}"
    yield ""
    if not one.rows:
        yield f"*{escape(one.nothing)}*"
        return
    yield _row([escape(column.title) for column in one.columns])
    yield _row(["---:" if column.kind is Kind.NUMBER else "---" for column in one.columns])
    for row in one.rows:
        yield _row([_cell(cell) for cell in row])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    if isinstance(cell, tuple):
        return "<br>".join(map(escape, cell))
    return "" if cell is None else escape(str(cell))
