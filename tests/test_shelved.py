"""A register that is read file by file, as it is asked, answers as one that was read whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.load import load, shelved
from orgreg.store.working_tree import WorkingTree
from tests.commands import ROOT, write
from tests.registers import base

if TYPE_CHECKING:
    from pathlib import Path


class Counted(WorkingTree):
    """A working tree that remembers what was read."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.asked: list[str] = []

    def read(self, key: str, at_most: int):  # type: ignore[no-untyped-def] # noqa: ANN201 - as the working tree does
        self.asked.append(key)
        return super().read(key, at_most)


def test_what_is_gone_through_is_the_same() -> None:
    whole, lazy = load(WorkingTree(ROOT)).registry, shelved(WorkingTree(ROOT))
    assert dict(lazy.units) == dict(whole.units)
    assert dict(lazy.papers) == dict(whole.papers)
    assert dict(lazy.plans) == dict(whole.plans)
    assert lazy.municipalities == whole.municipalities
    assert set(lazy.unreadable) == set(whole.unreadable)
    assert len(lazy.units) == len(whole.units)
    assert len(lazy.unreadable) == 0


def test_only_what_is_asked_for_is_read(tmp_path: Path) -> None:
    write(tmp_path, base())
    files = Counted(tmp_path)
    registry = shelved(files, through=[("units", "bs/sozialreferat"), ("units", "bs/nowhere")])
    assert files.asked == ["data/registry.yaml"]
    assert list(registry.units) == ["bs/sozialreferat"]
    assert files.asked == ["data/registry.yaml", "data/units/bs/sozialreferat.yaml"]
    assert "bs/stadtverwaltung" in registry.units
    assert "bs/nowhere" not in registry.units
    assert len(files.asked) == 3


def test_what_cannot_be_read_is_lost_and_read_once(tmp_path: Path) -> None:
    write(tmp_path, {**base(), "data/units/bs/sozialreferat.yaml": "timeline: 1\n", "data/units/bs/Rat.yaml": ""})
    files = Counted(tmp_path)
    registry = shelved(files)
    for _ in range(2):
        assert "bs/sozialreferat" not in registry.units
        assert registry.is_lost("units", "bs/sozialreferat")
    assert files.asked.count("data/units/bs/sozialreferat.yaml") == 1
    assert registry.is_lost("units", "bs/rat")
    assert not registry.is_lost("units", "bs/stadtverwaltung")
    assert not registry.is_lost("nothing", "bs/rat")
    assert set(registry.unreadable) == set(load(files).registry.unreadable)
