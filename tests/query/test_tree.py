"""Who stands under whom on a day, and who has no recorded place."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from orgreg.load import load
from orgreg.model.certainty import Certainty
from orgreg.query.tree import LEVELS, cut, cut_tree, only, size, trees
from tests.strategies import memory, nodes, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgreg.model.registry import Registry
    from orgreg.query.tree import Node, Tree
    from tests.strategies import Frozen

_A_DAY = date(2024, 3, 1)


def registry(units: Mapping[str, str | dict[str, Any] | None], more: dict[str, str] | None = None) -> Registry:
    """A register of units by slug, each with its parent or with what differs from an ordinary Stelle."""
    files: dict[str, str | bytes | Frozen] = {"data/registry.yaml": vocabulary(["xa"])}
    for slug, told in units.items():
        values = told if isinstance(told, dict) else {"parent": told}
        entry = {"from": "2020-01-01", "name": slug.partition("/")[2] or slug, "kind": "Stelle"} | values
        entry = {key: value for key, value in entry.items() if value is not None} | {"sources": "none"}
        files[f"data/units/{slug if '/' in slug else f'xa/{slug}'}.yaml"] = {"timeline": [entry]}
    return load(memory(files | (more or {}))).registry


def tree(of: Registry, **asked: Any) -> Tree:  # noqa: ANN401
    return trees(of, _A_DAY, municipality="xa", **asked)[0]


def shape(tops: tuple[Node, ...]) -> dict[str, Any]:
    """Names with those below them."""
    return {node.standing.name: shape(node.children) for node in tops}


def why_apart(of: Tree) -> dict[str, str]:
    """What the unplaced are in doubt of."""
    return {
        node.standing.name: doubt.because
        for node in of.unplaced
        for doubt in node.standing.doubts
        if doubt.attribute == "parent" and doubt.certainty is Certainty.UNKNOWN
    }


def test_units_stand_under_their_parents_and_roots_in_order() -> None:
    found = tree(registry({"b": "a", "a": "none", "c": "b", "z": "none", "ä": "none"} | {"x": "a"}))
    assert shape(found.roots) == {"a": {"b": {"c": {}}, "x": {}}, "z": {}}
    assert found.unplaced == ()
    assert found.municipality.name == "Stadt Anfang"


def test_a_unit_beside_the_line_stands_under_the_unit_it_belongs_to() -> None:
    assert shape(tree(registry({"a": "none", "b": {"staff_of": "a"}})).roots) == {"a": {"b": {}}}


def test_without_a_recorded_parent_a_unit_stands_apart_with_what_is_below_it() -> None:
    found = tree(registry({"a": "unknown", "b": "a", "c": None}))
    assert (found.roots, shape(found.unplaced)) == ((), {"a": {"b": {}}, "c": {}})
    assert why_apart(found) == {"a": "no source gives it", "c": "no entry states a parent"}
    assert {node.standing.certainty for node in found.unplaced} == {Certainty.UNKNOWN}


def test_a_parent_that_does_not_live_on_the_day_is_none() -> None:
    over = {"from": "2030-01-01", "parent": "none"}
    found = tree(registry({"a": "b", "b": over, "c": "nowhere", "d": "a#leitung"}))
    assert why_apart(found) == {
        "a": "xa/b does not exist on this day",
        "c": "xa/nowhere does not exist on this day",
        "d": "xa/a#leitung does not exist on this day",
    }


def test_of_a_parent_whose_file_cannot_be_read_nothing_is_concluded() -> None:
    found = tree(registry({"a": "b"}, {"data/units/xa/b.yaml": "timeline: ["}))
    assert why_apart(found) == {"a": "the file of xa/b cannot be read"}


def test_bodies_and_what_is_outside_stand_in_the_tree_when_asked_for() -> None:
    units = registry(
        {"a": "none", "b": {"parent": "a", "kind": "Ausschuss"}, "c": "b", "v": {"kind": "Verein", "parent": "none"}}
    )
    assert shape(tree(units, bodies=True).roots) == {"a": {"b": {"c": {}}}, "v": {}}
    assert shape(tree(units).roots) == {"a": {}, "c": {}}


def test_what_is_planned_stands_in_the_tree_when_asked_for() -> None:
    units = registry({"a": "none", "b": {"parent": "a", "status": "planned"}, "c": "b"})
    assert shape(tree(units).unplaced) == {"c": {}}
    assert shape(tree(units, planned=True).roots) == {"a": {"b": {"c": {}}}}


def test_a_parent_of_another_city_leaves_a_root() -> None:
    units = registry({"a": "xb/z", "xb/z": "none"})
    assert shape(tree(units).roots) == {"a": {}}


def test_a_city_that_stands_in_no_vocabulary_is_shown_by_its_folder() -> None:
    found = trees(registry({"a": "none", "xb/z": "none"}), _A_DAY)
    assert [(one.municipality.id, one.municipality.name, shape(one.roots)) for one in found] == [
        ("xa", "Stadt Anfang", {"a": {}}),
        ("xb", "xb", {"z": {}}),
    ]


def test_a_circle_is_opened_at_its_first_unit_and_what_hangs_on_it_keeps_its_place() -> None:
    found = tree(registry({"a": "c", "b": "d", "c": "b", "d": "c", "e": "e", "f": "none"}))
    assert shape(found.roots) == {"f": {}}
    assert shape(found.unplaced) == {"b": {"c": {"a": {}, "d": {}}}, "e": {}}
    assert why_apart(found) == dict.fromkeys("be", "its line of parents leads back to itself")


def test_a_line_deeper_than_any_administration_goes_on_apart() -> None:
    line = ["none", *(f"u{number:03}" for number in range(2 * LEVELS + 5))]
    found = tree(registry({slug: parent for parent, slug in pairwise(line)}))
    assert len(nodes([found])) == len(line) - 1
    assert [size(top) for top in (*found.roots, *found.unplaced)] == [LEVELS, LEVELS, 5]
    assert set(why_apart(found).values()) == {f"it stands more than {LEVELS} levels deep"}


# ------------------------------------------------------------------------------------------------------------ parts

UNITS: dict[str, str | dict[str, Any] | None] = {
    "a": {"parent": "none", "kind": "Verwaltung"},
    "b": "a",
    "c": "b",
    "d": "c",
    "e": "b",
    "x": "unknown",
    "y": "x",
}


def test_a_cut_counts_what_it_leaves_out() -> None:
    (root,) = tree(registry(UNITS)).roots
    two = cut(root, 2)
    assert shape((two,)) == {"a": {"b": {}}}
    assert (two.cut, two.children[0].cut) == (0, 3)
    assert (cut(root, 1).cut, cut(root, 0).cut, cut(root, 9)) == (4, 4, root)
    assert size(root) == 5


def test_the_administration_as_a_whole_is_no_level_of_its_own() -> None:
    found = cut_tree(tree(registry(UNITS)), 1)
    assert (shape(found.roots), shape(found.unplaced)) == ({"a": {"b": {}}}, {"x": {}})


def test_one_unit_alone_is_a_tree_with_it_as_the_root() -> None:
    all_trees = trees(registry(UNITS), _A_DAY)
    found, apart = only(all_trees, "xa/c"), only(all_trees, "xa/y")
    assert found is not None
    assert apart is not None
    assert (shape(found.roots), found.unplaced, shape(apart.roots)) == ({"c": {"d": {}}}, (), {"y": {}})
    assert only(all_trees, "xa/nowhere") is None
