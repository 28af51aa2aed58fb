"""Who waits longer than a second at a terminal is told how far it is, and nothing of it is left at the end."""

from __future__ import annotations

import io
import sys
from itertools import count
from typing import TYPE_CHECKING

import pytest

from orgreg.cli import output
from orgreg.load import load
from orgreg.load.lives import lives
from orgreg.store.working_tree import WorkingTree
from tests.cache.registers import kept
from tests.commands import ROOT

if TYPE_CHECKING:
    from pathlib import Path


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _told(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, step: float, term: str = "xterm") -> str:
    clock = count(0.0, step)
    monkeypatch.setattr(output, "monotonic", lambda: next(clock))
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", term)
    with output.waiting() as progress:
        for done in range(1, 6):
            progress(done, 5)
    return stream.getvalue()


def test_what_takes_long_is_told_and_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    told = _told(monkeypatch, _Terminal(), step=0.4)
    assert told == "".join(f"\r\x1b[Korgreg: {done} of 5 files read" for done in (3, 4, 5)) + "\r\x1b[K"


def test_what_is_quick_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _told(monkeypatch, _Terminal(), step=0.1) == ""


def test_nor_is_anything_told_to_a_file_or_a_dumb_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _told(monkeypatch, io.StringIO(), step=1) == ""
    assert _told(monkeypatch, _Terminal(), step=1, term="dumb") == ""


def test_what_was_interrupted_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, stream = count(0.0, 2.0), _Terminal()
    monkeypatch.setattr(output, "monotonic", lambda: next(clock))
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")

    def interrupted() -> None:
        with output.waiting() as progress:
            progress(1, 5)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert stream.getvalue().endswith("\r\x1b[K")


def test_every_file_is_counted_once(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    loaded = load(WorkingTree(ROOT), progress=lambda done, of: told.append((done, of)))
    registry = loaded.registry
    files = len(registry.units) + len(registry.papers) + len(registry.plans)
    assert told == [(done, files) for done in range(1, files + 1)]
    told.clear()
    lives(
        kept(ROOT, tmp_path), next(iter(registry.papers.values())).date.earliest, progress=lambda *one: told.append(one)
    )
    assert [of for _, of in told] == [files - len(registry.plans)] * len(told)
    assert all(done <= of for done, of in told)
