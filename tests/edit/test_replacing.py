"""A file has its old bytes or its new ones, whatever happens on the way."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from orgreg.store import Missing
from orgreg.store.replacing import replace_file

if TYPE_CHECKING:
    from pathlib import Path


def held(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_bytes_take_the_place_of_those_that_were_read_and_keep_their_rights(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o640)
    assert replace_file(tmp_path, "a", b"old", b"new")
    assert held(tmp_path) == {"a": b"new"}
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_a_new_file_gets_its_folder(tmp_path: Path) -> None:
    assert replace_file(tmp_path, "schema/a", None, b"new")
    assert held(tmp_path) == {"a": b"new"}


def test_what_someone_else_has_changed_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"other")
    (tmp_path / "link").symlink_to("a")
    assert not replace_file(tmp_path, "a", b"old", b"new")
    assert not replace_file(tmp_path, "a", None, b"new")
    assert not replace_file(tmp_path, "link", b"other", b"new")
    assert not replace_file(tmp_path, "gone", b"old", b"new")
    assert held(tmp_path) == {"a": b"other", "link": b"other"}


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.chmod", "pathlib.Path.open"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_takes_nothing_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.read_bytes", lambda _: b"old")
        patched.setattr(step, refuse)
        with pytest.raises(Missing, match=f"a cannot be written: {os.strerror(code).lower()}; it is as it was"):
            replace_file(tmp_path, "a", b"old", b"new")
    assert held(tmp_path) == {"a": b"old"}


def test_an_interruption_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_file(tmp_path, "a", None, b"new")
    assert held(tmp_path) == {}
