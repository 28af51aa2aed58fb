"""A made-up city of a hundred units for tests, and what careless hands make of its files."""

from __future__ import annotations

import copy
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from benchmarks import generate
from orgreg.text.freeze import freeze
from orgreg.text.scan import scan
from tests.strategies import as_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_REGISTRY = "data/registry.yaml"
_TURNS = ("drop", "swap", "take", "twice", "gone", "new", "remark", "turn round", "rename")


@cache
def made_up() -> Mapping[str, bytes]:
    """The files of a hundred units in two cities, with papers and plans."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        generate.write(root, units=100, each=50)
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*.yaml"))}


@st.composite
def turned(draw: st.DrawFn, before: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files after one to three edits; most say something else that stands elsewhere in the register."""
    files = dict(before)
    for _ in range(draw(st.integers(1, 3))):
        keys = sorted(files.keys() - {_REGISTRY})
        key = draw(st.sampled_from(keys))
        # From its neighbours, so that what is said of one and of the other meets.
        beside = [other for other in keys if other.rpartition("/")[0] == key.rpartition("/")[0]]
        _turn(draw, files, key, draw(st.sampled_from(beside)))
    return files


def _turn(draw: st.DrawFn, files: dict[str, bytes], key: str, other: str) -> None:
    turn = draw(st.sampled_from(_TURNS))
    if turn == "gone":
        del files[key]
    elif turn == "new":
        files[f"{key.removesuffix('.yaml')}-neu.yaml"] = files[other]
    elif turn == "rename":
        files[f"{key.removesuffix('.yaml')}-neu.yaml"] = files.pop(key)
    elif turn == "remark":
        files[key] += b"# read again\n"
    else:
        tree, theirs = _tree(files[key]), _tree(files[other])
        _alter(draw, turn, tree, theirs)
        files[key] = as_yaml(tree).encode()


def _alter(draw: st.DrawFn, turn: str, tree: Any, theirs: Any) -> None:  # noqa: ANN401 - texts, lists, mappings
    spots = list(_spots(tree))
    holder, at = draw(st.sampled_from(spots))
    if turn == "drop":
        del holder[at]
    elif turn == "turn round":
        tree.get("timeline", []).reverse()
    elif turn == "twice" and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[at]))
    else:
        same = [value[place] for value, place in _spots(theirs) if place == at or isinstance(at, int)]
        fitting = [value for value in same if type(value) is type(holder[at])]
        if fitting:
            holder[at] = copy.deepcopy(draw(st.sampled_from(fitting)))


def _spots(tree: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - likewise
    """Every place in a tree: what holds it, and its key or position."""
    pairs = list(tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ())
    for at, value in pairs:
        yield tree, at
        yield from _spots(value)


def _tree(data: bytes) -> Any:  # noqa: ANN401 - likewise
    return freeze(scan(data, "").tree)
