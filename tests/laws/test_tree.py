"""Law 4: each unit in force stands exactly once in the tree or among the unplaced, and in no circle."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from orgreg.load import load
from orgreg.query.standing import standing
from orgreg.query.tree import cut, size, trees
from tests.strategies import circling_registers, days, memory, nodes, registers

if TYPE_CHECKING:
    from orgreg.model.registry import Registry
    from orgreg.query.tree import Node
    from tests.strategies import Frozen

_A_DAY = date(2022, 7, 1)


def _holds(registry: Registry, day: date, *, planned: bool, bodies: bool) -> None:
    found = nodes(trees(registry, day, planned=planned, bodies=bodies))
    shown = [node.standing.identity for _, node in found]
    assert len(shown) == len(set(shown))
    expected = set()
    for unit in registry.units.values():
        how = standing(registry, unit, day, planned=planned)
        if how is not None and (bodies or how.kind.in_line):
            expected.add(unit.id)
    assert set(shown) == expected
    if bodies and not planned:
        assert expected == {unit.id for unit in registry.units.values() if unit.timeline.life_on(day) is not None}
    for above, node in found:
        if above is not None:
            assert node.standing.parent == above.standing.identity


@settings(max_examples=50)
@given(files=registers(), day=days(), planned=st.booleans(), bodies=st.booleans())
def test_each_unit_in_force_stands_exactly_once(
    files: dict[str, Frozen | str], day: date, *, planned: bool, bodies: bool
) -> None:
    loaded = load(memory(files))
    assert loaded.findings == ()
    _holds(loaded.registry, day, planned=planned, bodies=bodies)


@settings(max_examples=50)
@given(files=circling_registers(), day=days(), bodies=st.booleans())
def test_so_it_does_where_lines_of_parents_lead_back_to_themselves(
    files: dict[str, Frozen | str], day: date, *, bodies: bool
) -> None:
    _holds(load(memory(files)).registry, day, planned=False, bodies=bodies)


@settings(max_examples=30)
@given(circling_registers(max_units=9), st.integers(1, 4))
def test_a_cut_leaves_out_nothing_that_it_does_not_count(files: dict[str, Frozen | str], depth: int) -> None:
    registry = load(memory(files)).registry
    for tree in trees(registry, _A_DAY, bodies=True):
        for top in (*tree.roots, *tree.unplaced):
            shown = cut(top, depth)
            left = _all(shown)
            assert len(left) + sum(node.cut for node in left) == size(top)


def _all(node: Node) -> list[Node]:
    return [node, *(below for child in node.children for below in _all(child))]
