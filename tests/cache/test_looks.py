"""Which files are known without reading them, and when that is not believed."""

from __future__ import annotations

import os
import subprocess
from time import time_ns
from typing import TYPE_CHECKING

from orgreg.load import load
from orgreg.review.seen import Seen
from orgreg.store import looks
from orgreg.store.cache import Cache
from orgreg.store.looks import Folder, Looks, name_of
from orgreg.store.past import revision
from orgreg.store.working_tree import WorkingTree
from tests.cache.registers import TODAY, kept, put
from tests.commands import write
from tests.history import Repository
from tests.registers import base

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

_RAT = "data/units/bs/rat.yaml"
_FILES: dict[str, str | bytes] = {"data/registry.yaml": "r", _RAT: "one", "data/decisions/bs/p.yaml": "p"}


def _register(tmp_path: Path) -> Path:
    return write(tmp_path / "register", _FILES)


def test_names_are_those_of_git(tmp_path: Path) -> None:
    history = Repository.begin(tmp_path / "register")
    history.commit(_FILES, "Begin", "2024-03-01T09:00:00+01:00")
    assert WorkingTree(history.folder).objects() == revision(history.folder, "HEAD").objects()
    assert name_of(b"", "sha256") == "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"
    assert WorkingTree(history.folder).objects("sha256")[_RAT] == name_of(b"one", "sha256")


def test_what_was_read_once_is_known(tmp_path: Path) -> None:
    root, home = _register(tmp_path), tmp_path / "home"
    assert set(kept(root, home).named().values()) == {None}
    objects = kept(root, home).objects()
    assert kept(root, home).named() == objects
    folders = kept(root, home).folders()
    assert folders is not None
    assert {folder: dict(names) for folder, names in folders.items()} == {
        folder: {key.rpartition("/")[2]: name for key, name in objects.items() if key.rpartition("/")[0] == folder}
        for folder in ("data", "data/decisions", "data/decisions/bs", "data/units", "data/units/bs")
    }


def test_bytes_are_named_once_and_not_at_all_where_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, home = put(tmp_path / "register", base()), tmp_path / "home"
    named: list[bytes] = []

    def counted(data: bytes, naming: str = "sha1") -> str:
        named.append(data)
        return name_of(data, naming)

    monkeypatch.setattr(looks, "name_of", counted)
    load(WorkingTree(root))
    assert named == []
    seen = Seen(kept(root, home))
    load(seen)
    assert sorted(named) == sorted(path.read_bytes() for path in root.rglob("*.yaml"))
    named.clear()
    load(kept(root, home))
    assert named == []


def test_bytes_that_became_others_are_named_anew(tmp_path: Path) -> None:
    root, home = _register(tmp_path), tmp_path / "home"
    files = kept(root, home)
    first = files.read(_RAT, 10)
    (root / _RAT).write_text("two")
    second = files.read(_RAT, 10)
    assert isinstance(first, bytes)
    assert isinstance(second, bytes)
    assert [files.name(_RAT, one) for one in (first, second)] == [name_of(b"one"), name_of(b"two")]


def test_what_has_changed_is_not_known(tmp_path: Path) -> None:
    root, home = _register(tmp_path), tmp_path / "home"
    objects = kept(root, home).objects()
    told = (root / _RAT).stat()
    (root / _RAT).write_text("two")
    os.utime(root / _RAT, ns=(told.st_atime_ns, told.st_mtime_ns))  # the same size and the same time of its bytes
    assert kept(root, home).named() == {**objects, _RAT: None}
    assert kept(root, home).objects() == {**objects, _RAT: name_of(b"two")}
    (root / _RAT).rename(root / "data/units/bs/new.yaml")
    assert kept(root, home).named().get("data/units/bs/new.yaml") is None


def test_what_was_changed_just_now_is_read_again(tmp_path: Path) -> None:
    root, home = _register(tmp_path), tmp_path / "home"
    for now in (time_ns, lambda: 0):  # nor is a time believed that is still to come
        WorkingTree(root, Cache(home, TODAY), now).objects()
        assert set(WorkingTree(root, Cache(home, TODAY), now).named().values()) == {None}


def test_one_municipality_is_looked_at_alone(tmp_path: Path) -> None:
    root, home = (
        write(_register(tmp_path), {"data/units/bux/rat.yaml": "x", "data/units/odd.yaml": "o"}),
        tmp_path / "home",
    )
    assert sorted(kept(root, home).named("bux")) == [
        "data/registry.yaml",
        "data/units/bux/rat.yaml",
        "data/units/odd.yaml",
    ]
    history = Repository(root)
    history.git("init", "--quiet", "--initial-branch=main")
    history.record("All", "2024-03-01T09:00:00+01:00")
    assert sorted(revision(root, "HEAD").named("bux")) == sorted(kept(root, home).named("bux"))


def test_links_and_folders_without_files_have_no_names(tmp_path: Path) -> None:
    root, home = _register(tmp_path), tmp_path / "home"
    (root / "data/units/bs/link.yaml").symlink_to("rat.yaml")
    (root / "data/units/empty").mkdir()
    os.mkfifo(root / "data/units/bs/pipe.yaml")
    objects = kept(root, home).objects()
    assert "data/units/bs/link.yaml" not in objects
    assert kept(root, home).named() == {**objects, "data/units/bs/link.yaml": None, "data/units/bs/pipe.yaml": None}


def test_names_that_are_no_text_and_have_line_ends_are_kept(tmp_path: Path) -> None:
    root, home = _register(tmp_path), tmp_path / "home"
    for name in (b"\xff.yaml", b"a\nb.yaml", "ü ö.yaml".encode()):
        with open(os.fsencode(root / "data/units/bs") + b"/" + name, "wb") as file:  # noqa: PTH123 - no text
            file.write(name)
    objects = kept(root, home).objects()
    assert len(objects) == 6
    assert kept(root, home).named() == objects


def test_a_change_under_way_is_read_from_its_journal(tmp_path: Path) -> None:
    root, home = _register(tmp_path), tmp_path / "home"
    objects = kept(root, home).objects()
    from orgreg.store.journal import MANIFEST, Part, digest, written
    from orgreg.store.working_tree import PENDING

    new = "data/units/bs/new.yaml"
    parts = [Part(_RAT, digest(b"one"), digest(b"two"), "0.new", None), Part(new, None, digest(b"n"), "1.new", None)]
    write(root / PENDING, {MANIFEST: written(parts), "0.new": "two", "1.new": "n"})
    files = kept(root, home)
    assert files.named() == {**objects, _RAT: None, new: None}
    assert files.folders() is None
    assert files.objects() == {**objects, _RAT: name_of(b"two"), new: name_of(b"n")}
    assert kept(root, home).named()[_RAT] is None


def test_filters_of_git_do_not_matter(tmp_path: Path) -> None:
    history = Repository.begin(tmp_path / "register")
    history.git("config", "filter.other.clean", "tr a-z A-Z")
    history.commit({**_FILES, ".gitattributes": "*.yaml filter=other"}, "Begin", "2024-03-01T09:00:00+01:00")
    subprocess.run(["git", "status"], cwd=history.folder, check=True, capture_output=True)
    assert WorkingTree(history.folder).objects()[_RAT] == name_of(b"one")
    assert revision(history.folder, "HEAD").objects()[_RAT] == name_of(b"ONE")


def test_where_what_is_kept_is_not_of_one_time_nothing_is_believed(tmp_path: Path) -> None:
    root, home = _register(tmp_path), tmp_path / "home"
    objects = kept(root, home).objects()
    cache = Cache(home, TODAY)
    connection = cache.connection()
    assert connection is not None
    for kind in ("bytes", "seen"):
        connection.execute("DELETE FROM kept WHERE name LIKE ?", (f"{kind} %",))
        if kind == "seen":
            (root / "data/units/bs/new.yaml").write_text("new")
            assert kept(root, home).named()[_RAT] is None
        else:
            assert set(kept(root, home).named().values()) == {None}
            assert kept(root, home).objects() == objects


def test_a_name_that_is_no_slug_is_not_plain(tmp_path: Path) -> None:
    for name, is_plain in (("a-1.yaml", True), ("-a.yaml", False), (".yaml", False), ("A.yaml", False), ("a", False)):
        assert Folder.of({name: "0"}).is_plain is is_plain
    root, home = _register(tmp_path), tmp_path / "home"
    for _ in range(2):
        kept(root, home).objects()
    folders = kept(root, home).folders()
    assert folders is not None
    assert folders["data/units/bs"].is_plain
    assert folders["data/units/bs"].digest == Folder.of(dict(folders["data/units/bs"])).digest
    assert Folder.of({"a.yaml": None}).digest is None


def test_times_out_of_all_bounds_are_not_remembered(tmp_path: Path) -> None:
    root, home = _register(tmp_path), tmp_path / "home"
    looked = os.stat_result((0o100644, 1, 1, 1, 0, 0, 1 << 80, 0, 0, 0))
    seen = Looks(root, Cache(home, TODAY), lambda: 1 << 90)
    seen.learn(_RAT, looked, b"one")
    seen.settle()
    assert set(kept(root, home).named().values()) == {None}
