"""The tree around some units shows them, the way up and what stands directly below, as the whole tree does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from orgreg.load import load
from orgreg.model.registry import PAPERS
from orgreg.query.neighbourhood import _Around, around
from orgreg.query.tree import trees
from orgreg.store.working_tree import WorkingTree
from tests.commands import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgreg.query.row import Row
    from orgreg.query.tree import Node

SHIPPED = load(WorkingTree(ROOT)).registry
DAY = date(2017, 5, 1)


def _standings(nodes: Iterable[Node]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for node in nodes:
        found[node.standing.identity] = node.standing
        found |= _standings(node.children)
    return found


def test_it_holds_the_way_up_and_the_children_and_tells_of_each_what_the_whole_tree_tells() -> None:
    unit = "bs/migrationsfragen-und-integration"
    (part,) = around(SHIPPED, [unit, "bs/nowhere"], DAY)
    shown = _standings((*part.roots, *part.unplaced))
    assert set(shown) == {"bs/soziales-und-gesundheit", unit, "bs/buero-fuer-migrationsfragen"}
    whole: dict[str, Row] = {}
    for tree in trees(SHIPPED, DAY, bodies=True):
        whole |= _standings((*tree.roots, *tree.unplaced))
    assert shown == {identity: whole[identity] for identity in shown}


def test_what_is_only_planned_is_shown_where_that_is_asked_for() -> None:
    planned = "bux/praeventionskoordination"
    day = date(2026, 1, 1)
    assert planned not in _standings(
        node for one in around(SHIPPED, [planned], day) for node in (*one.roots, *one.unplaced)
    )
    (part,) = around(SHIPPED, [planned], day, planned=True)
    assert planned in _standings((*part.roots, *part.unplaced))


def test_what_is_asked_about_all_units_is_asked_of_the_whole_registry() -> None:
    beside = _Around(SHIPPED)
    assert beside.whole(None) is SHIPPED
    assert beside.may_say((PAPERS, "bs/lost"), "any")
    assert beside.newest_change("nowhere") < beside.newest_change("bs")
