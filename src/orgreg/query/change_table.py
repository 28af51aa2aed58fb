"""Changes as a table: a row for each, with its sentence, its certainty and its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.model.timeline import Absent
from orgreg.model.unit import slug_of
from orgreg.query.reporting import title
from orgreg.query.sentence import sentence
from orgreg.query.table import Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from orgreg.model.change import Change, Occasion, References
    from orgreg.model.registry import Registry
    from orgreg.query.table import Cell

_COLUMNS: Final = (
    Column("on", "day", Kind.DAY),
    Column("verb", "what"),
    Column("unit", "unit", Kind.REFERENCE),
    Column("code", "code"),
    Column("status", "status"),
    Column("certainty", "certainty"),
    Column("sentence", "change", Kind.PROSE),
    Column("doubts", "not simply stated", Kind.LIST),
    Column("title", "occasion", Kind.PROSE),
    Column("decided_by", "decided by", Kind.LIST),
    Column("papers", "papers", Kind.LIST),
)


def changes_table(registry: Registry, occasions: Sequence[Occasion], heading: str, day: date | None = None) -> Table:
    """The table of some occasions, in their order."""
    return Table(
        name="changes",
        title=heading,
        day=day,
        columns=_COLUMNS,
        rows=tuple(_rows(registry, occasions)),
        nothing="no change is recorded",
    )


def _rows(registry: Registry, occasions: Sequence[Occasion]) -> Iterator[tuple[Cell, ...]]:
    for occasion in occasions:
        shared = title(registry, occasion)
        for one in occasion.changes:
            yield (
                one.on.text,
                one.verb.value,
                one.unit,
                one.code,
                one.status.value,
                one.certainty.value,
                sentence(registry, one),
                _doubts(one),
                shared,
                _decided(one.decided_by),
                one.papers or None,
            )


def _doubts(change: Change) -> Cell:
    return tuple(f"{doubt.attribute} {doubt.certainty}: {doubt.because}" for doubt in change.doubts) or None


def _decided(decided: References | None) -> Cell:
    if isinstance(decided, Absent):
        return (decided.value,)
    return None if decided is None else tuple(map(slug_of, decided))
