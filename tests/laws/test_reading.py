"""Law 3: reading never writes, and neither does checking."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from orgreg.check import check
from orgreg.load import load
from orgreg.query.tree import trees
from orgreg.store.past import revision
from orgreg.store.working_tree import WorkingTree
from orgreg.text.place import Spots

if TYPE_CHECKING:
    from orgreg.store import Files

PROJECT = Path(__file__).resolve().parents[2]


def _snapshot(root: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file and folder below the root, git's own too, with its times and bytes."""
    found = {}
    for path in [root, *root.rglob("*")]:
        told = path.lstat()
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        found[str(path)] = (told.st_mtime_ns, told.st_mode, content)
    return found


def _ask_everything(files: Files) -> None:
    loaded = load(files)
    for found in (*loaded.findings, *check(loaded.registry)):
        data = files.read(found.path, 1_000_000)
        if isinstance(data, bytes):
            Spots(data.decode("utf-8", errors="replace")).place(found.route)
    for day in (date(2016, 3, 31), date(2024, 3, 1)):
        trees(loaded.registry, day, planned=True, bodies=True)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """The shipped data in a repository, with files beside them that are not committed, wrong or no files."""
    root = tmp_path / "register"
    copytree(PROJECT / "data", root / "data")
    for command in ("init --quiet", "add --all", "commit --quiet --message=data"):
        subprocess.run(["git", *command.split()], cwd=root, check=True, capture_output=True)
    units = root / "data/units/bs"
    (units / "broken.yaml").write_bytes(b"timeline: [\xff\n")
    (units / "wrong.yaml").write_text("timeline:\n  - from: 2023-02-29\n    nam: x\n")
    (units / "rat.yaml").write_text("timeline: []\n")
    (units / "link.yaml").symlink_to("rat.yaml")
    return root


def test_reading_the_working_tree_writes_nothing(register: Path) -> None:
    before = _snapshot(register)
    _ask_everything(WorkingTree(register))
    assert _snapshot(register) == before


def test_reading_a_revision_writes_nothing(register: Path) -> None:
    before = _snapshot(register)
    _ask_everything(revision(register, "HEAD"))
    assert _snapshot(register) == before


def test_a_register_that_may_not_be_written_is_read(register: Path) -> None:
    folders = [path for path in (register, *register.rglob("*")) if path.is_dir()]
    for path in folders:
        path.chmod(0o555)
    try:
        _ask_everything(WorkingTree(register))
        _ask_everything(revision(register, "HEAD"))
    finally:
        for path in folders:
            path.chmod(0o755)
