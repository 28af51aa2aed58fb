"""`orgreg/tree/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from orgreg.query.standing import Standing
    from orgreg.query.tree import Node, Tree


def tree(trees: Sequence[Tree], day: date) -> dict[str, Any]:
    """The trees of a day."""
    return {
        "format": "orgreg/tree/1",
        "date": day.isoformat(),
        "as_of": None,
        "municipalities": [
            {
                "id": one.municipality.id,
                "name": one.municipality.name,
                "roots": [node(root) for root in one.roots],
                "unplaced": [node(root) for root in one.unplaced],
            }
            for one in trees
        ],
    }


def node(one: Node) -> dict[str, Any]:
    """A unit in the tree with those below it."""
    return {**head(one.standing), "children": [node(child) for child in one.children]}


def head(standing: Standing) -> dict[str, Any]:
    """A unit on a day, as every answer names it."""
    heard = standing.attested
    return {
        "id": standing.unit.id,
        "code": standing.code,
        "name": standing.text("name"),
        "kind": standing.text("kind"),
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
