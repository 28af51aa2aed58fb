"""A difference as a table: a row for each change, correction and thing that became known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.diff.sentence import amended
from orgreg.model.certainty import Certainty
from orgreg.model.timeline import Absent
from orgreg.model.unit import slug_of
from orgreg.query.reporting import title
from orgreg.query.sentence import sentence
from orgreg.query.table import Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.diff.amendment import Amendment, Difference
    from orgreg.diff.vocabulary import Worded
    from orgreg.model.change import Occasion, References
    from orgreg.model.registry import Registry
    from orgreg.query.table import Cell

CHANGED: Final = "changed"
"""What happened in the city, beside what was corrected or became known."""
VOCABULARY: Final = "vocabulary"
"""What registry.yaml says otherwise."""

_COLUMNS: Final = (
    Column("sort", "sort"),
    Column("on", "day", Kind.DAY),
    Column("what", "what"),
    Column("entity", "entity", Kind.REFERENCE),
    Column("attribute", "attribute"),
    Column("status", "status"),
    Column("certainty", "certainty"),
    Column("sentence", "sentence", Kind.PROSE),
    Column("because", "because", Kind.PROSE),
    Column("recorded", "recorded", Kind.DAY),
    Column("title", "occasion", Kind.PROSE),
    Column("decided_by", "decided by", Kind.LIST),
    Column("papers", "papers", Kind.LIST),
)


def difference_table(before: Registry, after: Registry, found: Difference) -> Table:
    """The table, in the order in which it is told to people."""
    changes = (row for occasion in found.occasions for row in _changes(after, occasion))
    compared = " in what could be compared" if found.uncompared else ""
    return Table(
        name="difference",
        title="What the register says otherwise",
        day=None,
        columns=_COLUMNS,
        rows=(
            *changes,
            *(_amendment(before, after, one) for one in found.amendments),
            *map(_worded, found.vocabulary),
        ),
        nothing=f"nothing that the register says became different{compared}",
    )


def _changes(registry: Registry, occasion: Occasion) -> Iterator[tuple[Cell, ...]]:
    shared = title(registry, occasion)
    for one in occasion.changes:
        yield (
            CHANGED,
            one.on.text,
            one.verb.value,
            one.unit,
            ", ".join(key for key, _ in one.after) or None,
            one.status.value,
            one.certainty.value,
            sentence(registry, one),
            None,
            None,
            shared,
            _decided(one.decided_by),
            one.papers or None,
        )


def _worded(one: Worded) -> tuple[Cell, ...]:
    said = (VOCABULARY, None, None, one.municipality, one.key, None, None, one.sentence)
    return (*said, *[None] * (len(_COLUMNS) - len(said)))


def _decided(decided: References | None) -> Cell:
    if isinstance(decided, Absent):
        return (decided.value,)
    return None if decided is None else tuple(map(slug_of, decided))


def _amendment(before: Registry, after: Registry, one: Amendment) -> tuple[Cell, ...]:
    return (
        one.sort.value,
        None if one.on is None else one.on.text,
        one.aspect.value,
        one.entity,
        one.attribute,
        one.status,
        None if one.inferred is None else Certainty.INFERRED.value,
        amended(before, after, one),
        one.because,
        None if one.recorded is None else one.recorded.day.text,
        None,
        None,
        one.papers or None,
    )
