"""A table as people read it: what is short stands in columns, what is long below its row, each under its title.

What many rows in a row have in common (`headed_by`) is told once, above them.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.formats.line import Line, Role, line
from orgreg.formats.plain import one_line
from orgreg.query.table import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.query.table import Cell, Column, Table

_LONG: Final = frozenset({Kind.PROSE, Kind.LIST})
_WIDEST: Final = 44
"""A cell that is wider pushes the others of its row aside, not those of all rows."""
_ROLES: Final[dict[Kind, Role | None]] = {Kind.REFERENCE: "code", Kind.DAY: "quiet", Kind.NUMBER: "quiet"}


def table(one: Table) -> Iterator[Line]:
    """The titles, the rows, and how many there are."""
    if one.rows:
        day = "" if one.day is None else f", {one.day.isoformat()}"
        yield line((f"{one.title}{day}", "heading"))
        yield from _headed(one)
        yield line()
    rows = f"{len(one.rows)} {'row' if len(one.rows) == 1 else 'rows'}" if one.rows else one.nothing
    yield line((rows, "quiet"))


def _headed(one: Table) -> Iterator[Line]:
    heads = [place for place, column in enumerate(one.columns) if column.name in one.headed_by]
    others = [place for place in range(len(one.columns)) if place not in heads]
    layout = _layout(one, [place for place in others if one.columns[place].kind not in _LONG])
    long = [place for place in others if one.columns[place].kind in _LONG]
    indent = max((len(one.columns[place].title) for place in (*long, *heads)), default=0) + 2
    for _, rows in groupby(one.rows, key=lambda row: [row[place] for place in heads]):
        told = list(rows)
        yield line()
        yield from _heading(one, heads, told[0], indent)
        yield layout.titles()
        yield from _rows(one, told, layout, long, indent)


def _heading(one: Table, heads: list[int], row: tuple[Cell, ...], indent: int) -> Iterator[Line]:
    words = [_text(row[place]) for place in heads if one.columns[place].kind not in _LONG]
    if words:
        yield line((" · ".join(words), "heading"))
    for place in heads:
        if one.columns[place].kind in _LONG:
            yield from _long(one.columns[place].title, row[place], "", indent)


def _rows(one: Table, rows: list[tuple[Cell, ...]], layout: _Layout, long: list[int], indent: int) -> Iterator[Line]:
    """Rows that follow each other with the same short cells stand under one of them."""
    for _, same in groupby(rows, key=lambda row: [row[place] for place in layout.places]):
        for number, row in enumerate(same):
            if number == 0:
                yield layout.row(row)
            for place in long:
                yield from _long(one.columns[place].title, row[place], "      ", indent)


class _Layout(NamedTuple):
    """Where the short cells stand."""

    columns: list[Column]
    places: list[int]
    widths: list[int]

    def titles(self) -> Line:
        return self._line([(column.title, "quiet") for column in self.columns])

    def row(self, row: tuple[Cell, ...]) -> Line:
        cells = [_text(row[place]) for place in self.places]
        return self._line([(cell, _ROLES.get(column.kind)) for cell, column in zip(cells, self.columns, strict=True)])

    def _line(self, cells: list[tuple[str, Role | None]]) -> Line:
        told: list[tuple[str, Role | None]] = [("  ", None)]
        for (cell, role), column, width in zip(cells, self.columns, self.widths, strict=True):
            told.append((f"{cell.rjust(width) if column.kind is Kind.NUMBER else cell.ljust(width)}  ", role))
        return Line(tuple(told))


def _layout(one: Table, places: list[int]) -> _Layout:
    columns = [one.columns[place] for place in places]
    widths = [
        min(_WIDEST, max(len(column.title), *(len(_text(row[place])) for row in one.rows)))
        for column, place in zip(columns, places, strict=True)
    ]
    return _Layout(columns, places, widths)


def _text(cell: Cell) -> str:
    return "" if cell is None else one_line(", ".join(cell) if isinstance(cell, tuple) else str(cell))


def _long(title: str, cell: Cell, before: str, indent: int) -> Iterator[Line]:
    several = cell if isinstance(cell, tuple) else () if cell is None else (str(cell),)
    for number, text in enumerate(several):
        yield line(before, (f"{title if number == 0 else '':<{indent}}", "quiet"), text)
