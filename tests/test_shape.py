"""What the kept shape of the grammar accepts is what the records accept, so that pydantic need not be asked."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orgreg.load import FOLDERS
from orgreg.store import Trouble
from orgreg.text.bare import Bare
from orgreg.text.grammar import faults, record
from orgreg.text.scan import MAX_BYTES, scan
from orgreg.text.shape import fits
from orgreg.text.shaping import shape
from tests.registers import READING, RULES, cases
from tests.test_mutations import SLIPS, _slipped, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Step = Any
"""A key or a place in a list."""


@cache
def _shape(kind: str) -> list[Any]:
    told: list[Any] = json.loads(json.dumps(shape(kind)))  # as it is kept
    return told


def _trees(files: Mapping[str, bytes]) -> Iterator[tuple[str, object]]:
    for key, data in sorted(files.items()):
        kind = key.split("/")[1]
        if kind in FOLDERS and (tree := scan(data, key).tree) is not None:
            yield kind, tree


@cache
def _sound() -> list[tuple[str, object]]:
    return list(_trees(shipped()))


def _told_apart(files: Mapping[str, bytes]) -> list[bool]:
    found = [fits(tree, _shape(kind)) for kind, tree in _trees(files)]
    assert found == [not faults(tree, kind, "x") for kind, tree in _trees(files)]
    return found


def test_every_shipped_file_has_the_shape_of_its_kind() -> None:
    assert all(_told_apart(shipped()))
    assert {kind for kind, _ in _sound()} == {*FOLDERS}


@pytest.mark.parametrize("folder", [RULES, READING], ids=lambda folder: folder.name)
def test_the_cases_of_all_rules_and_refusals_are_told_apart_alike(folder: Any) -> None:  # noqa: ANN401 - a path
    found: list[bool] = []
    for case in cases(folder):
        told = {key: case.files.read(key, MAX_BYTES) for key in case.files.keys()}  # noqa: SIM118 - no mapping
        found += _told_apart({key: data for key, data in told.items() if not isinstance(data, Trouble)})
    assert True in found


def test_slips_are_told_apart_alike() -> None:
    changed = (
        {key: data for key, data in _slipped(slip).files.items() if shipped().get(key) != data} for slip in SLIPS
    )
    found = [one for files in changed for one in _told_apart(files)]
    assert {True, False} == {*found}


_TEXTS = [
    "",
    "x",
    "none",
    "unknown",
    "2024-03-01",
    "2024-03/2024-05",
    "50.21",
    "true",
    "from",
    "bs/x#y",
    "x\n",
    "a\ud800",
]
_SCALARS = st.one_of(
    st.sampled_from(_TEXTS), st.sampled_from(["", "12", "2024-03-01", "2024-13-01", "true", "1.5", "007"]).map(Bare)
)
_ANYTHING = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["from", "sources", "name", "rule", "x", "quote", "day"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def _places(tree: object, way: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, value in inside:
        yield (*way, step)
        yield from _places(value, (*way, step))


@st.composite
def altered(draw: st.DrawFn) -> tuple[str, object]:
    """The tree of a file of the shipped data in which something is gone, has another key, or is something else."""
    kind, tree = draw(st.sampled_from(_sound()))
    way = draw(st.sampled_from(list(_places(tree))))
    return kind, _altered(draw, tree, way)


def _altered(draw: st.DrawFn, tree: Any, way: tuple[Step, ...]) -> object:  # noqa: ANN401 - texts, lists, mappings
    step, *rest = way
    made: list[tuple[Step, Any]]
    inside = list(tree.items() if isinstance(tree, dict) else enumerate(tree))
    if rest:
        made = [(key, _altered(draw, value, tuple(rest)) if key == step else value) for key, value in inside]
    else:
        turn = draw(st.sampled_from(["gone", "renamed", "other", "beside"]))
        key = draw(st.sampled_from(["note", "also", "inferred", "ended", "from", "since", "orders", "x", "until"]))
        beside = [(key, draw(_ANYTHING))] if turn == "beside" else []
        renamed = {step: key} if turn == "renamed" else {}
        made = [
            (renamed.get(one, one), draw(_ANYTHING) if one == step and turn == "other" else value)
            for one, value in inside
            if one != step or turn != "gone"
        ] + beside
    return dict(made) if isinstance(tree, dict) else [value for _, value in made]


_ENTRY = {"from": Bare("2024-03-01"), "name": "X", "sources": "none"}


@settings(max_examples=600, deadline=None)
@given(altered())
@example(("units", {"timeline": [{**_ENTRY, "inferred": {"note": "a remark"}, "note": "x"}]}))
@example(("units", {"timeline": [{**_ENTRY, "inferred": {"from": "x", "name": "x"}}]}))
@example(("units", {"timeline": [{"from": Bare("2024-03-01"), "note": "says nothing", "sources": "none"}]}))
@example(("units", {"timeline": [{**_ENTRY, "staff": "unknown"}, {**_ENTRY, "staff": Bare("12")}]}))
@example(("units", {"timeline": [{**_ENTRY, "contact": {"visit": "x"}, "members": [{"rule": "x"}, "y"]}]}))
@example(("units", {"timeline": [{**_ENTRY, "from": "2024-03/2024-05"}]}))
@example(("units", {"timeline": [], "posts": {"l": [{"from": "unknown", "head": Bare("true"), "sources": "none"}]}}))
@example(("units", {"timeline": [], "formerly": ["x\n"]}))
@example(("units", []))
def test_what_has_the_shape_fits_the_grammar(made: tuple[str, object]) -> None:
    kind, tree = made
    if fits(tree, _shape(kind)):
        assert faults(tree, kind, "x") == []


def test_what_the_records_of_other_files_say_is_not_written_down() -> None:
    assert [shape(kind) for kind in ("registry", "orders")] == [None, None]
    assert all(record(kind).__pydantic_complete__ for kind in FOLDERS if shape(kind) is not None)
