"""`orgreg/tree/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgreg.query.relations import beside

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from orgreg.query.relations import Relation, Relations
    from orgreg.query.row import Shown
    from orgreg.query.tree import Node, Tree


def tree(trees: Sequence[Tree], day: date, relations: Relations | None = None) -> dict[str, Any]:
    """The trees of a day; nodes have `relations` where they are asked for."""
    return {
        "format": "orgreg/tree/1",
        "date": day.isoformat(),
        "as_of": None,
        "municipalities": [
            {
                "id": one.municipality.id,
                "name": one.municipality.name,
                "roots": [node(root, relations) for root in one.roots],
                "unplaced": [node(root, relations) for root in one.unplaced],
            }
            for one in trees
        ],
    }


def node(one: Node, relations: Relations | None = None) -> dict[str, Any]:
    """A unit in the tree with those below it."""
    children = [node(child, relations) for child in one.children]
    if relations is None:
        return {**head(one.standing), "children": children}
    told = [_relation(each) for each in beside(relations, one.standing)]
    return {**head(one.standing), "relations": told, "children": children}


def _relation(one: Relation) -> dict[str, Any]:
    doubt = one.fact.doubt
    return {
        "attribute": one.attribute,
        "to": one.to,
        "name": one.name,
        "status": one.fact.entry.status.value,
        "certainty": one.fact.certainty.value,
        "because": None if doubt is None else doubt.because,
    }


def head(standing: Shown) -> dict[str, Any]:
    """A unit on a day, as every answer names it."""
    heard = standing.attested
    return {
        "id": standing.identity,
        "code": standing.code,
        "name": standing.known_name,
        "kind": standing.known_kind,
        "status": standing.status.value,
        "certainty": standing.certainty.value,
        "doubts": [
            {"attribute": doubt.attribute, "certainty": doubt.certainty.value, "because": doubt.because}
            for doubt in standing.doubts
        ],
        "attested": {
            "first": None if heard is None else heard.first.isoformat(),
            "last": None if heard is None else heard.last.isoformat(),
        },
    }
