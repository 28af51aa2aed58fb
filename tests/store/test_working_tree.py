"""The files on the disk: the nearest register upward, its keys, and what has no bytes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from orgreg.store import Missing, Obstacle, Trouble
from orgreg.store.working_tree import WorkingTree, find_root
from tests.history import Repository

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def register(tmp_path: Path) -> Path:
    (tmp_path / "data/units/bs").mkdir(parents=True)
    (tmp_path / "data/registry.yaml").write_bytes(b"format: 1\n")
    return tmp_path


def test_the_register_is_the_nearest_upward(register: Path) -> None:
    assert find_root(register) == find_root(register / "data/units/bs") == register
    inner = register / "data/units/inner"
    (inner / "data").mkdir(parents=True)
    (inner / "data/registry.yaml").touch()
    assert find_root(inner / "data") == inner


def test_without_a_register_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"^no register here: .* has data/registry\.yaml\."):
        find_root(tmp_path)
    with pytest.raises(Missing) as raised:
        find_root(tmp_path / "nowhere")
    assert (
        str(raised.value) == f"{tmp_path / 'nowhere'}: no such file or directory. Name a folder of a register with -C."
    )


def test_keys_are_sorted_and_what_is_hidden_is_left_out(register: Path) -> None:
    for name in ("units/bs/b.yaml", "units/bs/a.yaml", "units/.x", "README.md"):
        (register / "data" / name).touch()
    expected = ["data/README.md", "data/registry.yaml", "data/units/bs/a.yaml", "data/units/bs/b.yaml"]
    assert WorkingTree(register).keys() == expected


@pytest.mark.parametrize(
    "asked", ["open", "scandir"]
)  # where a folder cannot be opened first, it is listed by its path
def test_a_folder_that_cannot_be_listed_is_a_key(register: Path, monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    before = getattr(os, asked)

    def refuse(folder: str, *more: object) -> object:
        if folder.endswith("/bs"):
            raise PermissionError(13, "Permission denied")
        return before(folder, *more)

    monkeypatch.setattr(os, asked, refuse)
    files = WorkingTree(register)
    assert files.keys() == ["data/registry.yaml", "data/units/bs"]
    assert files.named() == dict.fromkeys(files.keys())
    assert files.folders() is None
    monkeypatch.undo()
    assert files.read("data/units/bs", 10) == Trouble(Obstacle.SPECIAL, "a folder that cannot be listed")


def test_a_file_gives_as_many_bytes_as_asked_for(register: Path) -> None:
    assert WorkingTree(register).read("data/registry.yaml", 6) == b"format"


def test_a_file_that_the_system_gives_in_parts_is_read_whole(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.read
    monkeypatch.setattr(os, "read", lambda opened, wanted: before(opened, min(wanted, 3)))
    files = WorkingTree(register)
    assert files.read("data/registry.yaml", 100) == b"format: 1\n"
    assert files.read("data/registry.yaml", 8) == b"format: "


def test_what_is_no_file_gives_none(register: Path) -> None:
    bs = register / "data/units/bs"
    (bs / "link.yaml").symlink_to("../../registry.yaml")
    os.mkfifo(bs / "pipe.yaml")
    files = WorkingTree(register)
    assert files.read("data/units/bs/link.yaml", 10) == Trouble(Obstacle.LINK, "../../registry.yaml")
    assert files.read("data/units/bs/pipe.yaml", 10) == Trouble(Obstacle.SPECIAL, "no ordinary file")
    assert files.read("data/units/bs/gone.yaml", 10) == Trouble(Obstacle.UNREADABLE, "no such file or directory")


def test_a_bare_repository_has_no_working_files(tmp_path: Path) -> None:
    bare = Repository.begin(tmp_path / "bare.git", "--bare").folder
    with pytest.raises(Missing) as raised:
        find_root(bare)
    told = (
        f"no register here: {bare} is a repository without working files. What is recorded is asked with --as-of HEAD; "
        "to check or change it, go to a clone that has files."
    )
    assert str(raised.value) == told
