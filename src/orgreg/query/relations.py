"""What ties units together beside the line: who coordinates, steers, involves whom, whose secretariat is where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgreg.model.timeline import Absent, Membership
from orgreg.model.unit import RELATIONS
from orgreg.model.wording import quoted
from orgreg.query.labels import Labels
from orgreg.query.portrait import facts
from orgreg.query.standing import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from orgreg.model.registry import Registry
    from orgreg.query.portrait import Fact
    from orgreg.query.row import Row, Shown
    from orgreg.query.tree import Node, Tree


@dataclass(frozen=True, slots=True)
class Relation:
    """What a unit says of another one, or of a part of it: `to`, called `name` on the day.

    `to` is None where it is not a unit that is named: a rule in words, or `unknown`.
    """

    attribute: str
    to: str | None
    name: str
    fact: Fact


Relations = dict[str, tuple[Relation, ...]]
"""By the identity of the unit that says it."""


def relations(registry: Registry, trees: Iterable[Tree], day: date, *, planned: bool = False) -> Relations:
    """What the units of the trees say beside the line on the day; only those that say anything."""
    labels = Labels(registry, day, planned=planned)
    nodes = (node for tree in trees for node in (*tree.roots, *tree.unplaced))
    rows = (row for node in nodes for row in _rows(node))
    found = {row.identity: tuple(_said(labels, row)) for row in rows}
    return {identity: told for identity, told in found.items() if told}


def _rows(node: Node) -> Iterator[Row]:
    yield node.standing
    for child in node.children:
        yield from _rows(child)


def _said(labels: Labels, row: Row) -> Iterator[Relation]:
    registry = labels.registry
    one = standing(registry, registry.units[row.identity], labels.day, planned=labels.planned)
    for fact in () if one is None else facts(labels.registry, one, RELATIONS, labels.day):
        for value in fact.value if isinstance(fact.value, tuple) else (fact.value,):
            if isinstance(value, Membership):
                yield Relation(fact.attribute, None, quoted(value.rule), fact)
            elif isinstance(value, str):
                yield Relation(fact.attribute, value, labels.unit(value), fact)
            elif value is Absent.UNKNOWN:
                yield Relation(fact.attribute, None, str(value), fact)


def beside(found: Mapping[str, tuple[Relation, ...]] | None, one: Shown | None) -> tuple[Relation, ...]:
    """What the unit says beside the line; nothing where that is not asked for."""
    return () if found is None or one is None else found.get(one.identity, ())
