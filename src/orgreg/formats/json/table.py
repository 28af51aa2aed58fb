"""`orgreg/report/1`.

| key | |
|---|---|
| `format` | `orgreg/report/1` |
| `report` | its name: `gaps`, `disputes` … |
| `date` | the day asked for, or null where all days are told |
| `as_of` | `commit`, `time`; null: the working tree |
| `columns` | `{"name", "title", "kind"}` |
| `rows` | objects with a key for each column: a text, a number, a list of texts, or null where there is nothing |

The `kind` of a column is `reference` (an identity, to be asked of `show`), `word`, `day` (as the register writes days),
`number`, `prose` or `list`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from orgreg.query.table import Table


def table(one: Table) -> dict[str, Any]:
    """The table of a report."""
    return {
        "format": "orgreg/report/1",
        "report": one.name,
        "date": None if one.day is None else one.day.isoformat(),
        "as_of": None,
        "columns": [{"name": column.name, "title": column.title, "kind": column.kind.value} for column in one.columns],
        "rows": [
            {
                column.name: list(cell) if isinstance(cell, tuple) else cell
                for column, cell in zip(one.columns, row, strict=True)
            }
            for row in one.rows
        ],
    }
