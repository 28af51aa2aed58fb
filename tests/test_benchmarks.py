"""The benchmarks' own parts: a register made up alike every time, and ratios that say what they say."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks import generate
from benchmarks.pairing import Command, CommandFailedError, Pairing, pair

if TYPE_CHECKING:
    from pathlib import Path


def _bytes(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*.yaml")}


def test_the_same_seed_gives_the_same_register_and_another_seed_another(tmp_path: Path) -> None:
    for folder, seed in (("a", 1), ("b", 1), ("c", 2)):
        generate.write(tmp_path / folder, units=40, seed=seed)
    assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b") != _bytes(tmp_path / "c")


def test_a_generated_folder_has_at_most_500_units_of_about_30_lines(tmp_path: Path) -> None:
    files = generate.write(tmp_path, units=1000)
    folders = [path.parent.name for path in files]
    assert (len(set(files)), folders.count("stadt-1"), folders.count("stadt-2")) == (1000, 500, 500)
    lines = sum(path.read_bytes().count(b"\n") for path in files)
    assert 28_000 < lines < 33_000


def test_the_ratio_is_the_median_of_the_pairs() -> None:
    result = Pairing(ours=(1.0, 2.0, 30.0), theirs=(2.0, 2.0, 2.0))
    assert (result.ratio, result.within(1), result.within(0.9)) == (1.0, True, False)


def test_both_sides_run_as_often_after_a_warm_up(tmp_path: Path) -> None:
    command = Command((sys.executable, "-c", "open('runs', 'a').write('x')"), tmp_path)
    result = pair(command, command, runs=2)
    assert (len(result.ours), len(result.theirs), (tmp_path / "runs").read_text()) == (2, 2, "x" * 6)


def test_a_failing_command_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(CommandFailedError, match=r"exit 3 from: (.|\n)*what it said"):
        Command((sys.executable, "-c", "print('what it said'); raise SystemExit(3)"), tmp_path).cpu()
