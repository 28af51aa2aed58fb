"""What is kept is given back as it was put, or not at all; and whatever goes wrong only costs time."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from orgreg.store.cache import Cache, NoCache, folder_of
from tests.commands import ROOT

_TODAY = 738_000
_MADE = {f"key{n}": os.urandom(200) for n in range(1200)}


def test_what_was_put_is_there_by_kind_and_key(tmp_path: Path) -> None:
    Cache(tmp_path / "orgreg", _TODAY).put("a", {"x": b"one", "y": b""})
    cache = Cache(tmp_path / "orgreg", _TODAY)
    cache.put("b", {"x": b"two"})
    cache.put("b", {})
    assert cache.get("a", ["x", "y", "z"]) == {"x": b"one", "y": b""}
    assert cache.get("b", ["x"]) == {"x": b"two"}
    assert cache.get("b", []) == {}
    cache.put("b", {"x": b"three"})
    assert cache.get("b", ["x"]) == {"x": b"three"}
    cache.put("a", _MADE)
    assert cache.get("a", _MADE) == _MADE


def test_nobody_else_may_look_into_it(tmp_path: Path) -> None:
    Cache(tmp_path / "deep" / "orgreg", _TODAY).put("a", _MADE)
    assert (tmp_path / "deep" / "orgreg").stat().st_mode & 0o777 == 0o700


def test_a_folder_in_which_others_write_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "orgreg").mkdir()
    (tmp_path / "orgreg").chmod(0o777)
    cache = Cache(tmp_path / "orgreg", _TODAY)
    cache.put("a", {"x": b"one"})
    assert cache.get("a", ["x"]) == {}
    assert cache.connection() is None
    assert list((tmp_path / "orgreg").iterdir()) == []


def test_without_a_cache_nothing_is_kept() -> None:
    cache = NoCache()
    cache.put("a", {"x": b"one"})
    assert (cache.get("a", ["x"]), cache.connection()) == ({}, None)


def test_rooms_keep_tables_of_their_own_in_it(tmp_path: Path) -> None:
    connection = Cache(tmp_path, _TODAY).connection()
    assert connection is not None
    connection.execute("CREATE TABLE other (name TEXT)")
    connection.execute("INSERT INTO other VALUES ('x')")
    again = Cache(tmp_path, _TODAY).connection()
    assert again is not None
    assert again.execute("SELECT name FROM other").fetchall() == [("x",)]


def test_a_byte_that_is_another_one_is_never_given_back(tmp_path: Path) -> None:
    cache = Cache(tmp_path, _TODAY)
    cache.put("a", _MADE)
    good = cache.path.read_bytes()
    chance = random.Random(7)  # noqa: S311 - the same in every run
    for _ in range(150):
        bad = bytearray(good)
        for _ in range(chance.choice((1, 1, 20))):
            bad[chance.randrange(len(bad))] = chance.randrange(256)
        cache.path.write_bytes(bad[: chance.choice((len(bad), len(bad), chance.randrange(len(bad))))])
        damaged = Cache(tmp_path, _TODAY)
        found = damaged.get("a", _MADE)
        assert {key: value for key, value in found.items() if _MADE[key] != value} == {}
        damaged.put("a", {"new": b"new"})
        assert Cache(tmp_path, _TODAY).get("a", ["new"]) in ({"new": b"new"}, {})
        again = Cache(tmp_path, _TODAY)
        again.put("a", {"new": b"new"})
        cache.path.unlink(missing_ok=True)


@pytest.mark.parametrize("bytes_", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_begun_again(tmp_path: Path, bytes_: bytes) -> None:
    cache = Cache(tmp_path, _TODAY)
    cache.path.write_bytes(bytes_)
    assert cache.get("a", ["x"]) == {}
    for _ in range(2):
        Cache(tmp_path, _TODAY).put("a", {"x": b"one"})
    assert Cache(tmp_path, _TODAY).get("a", ["x"]) == {"x": b"one"}


def test_a_database_of_something_else_is_begun_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path, _TODAY)
    with sqlite3.connect(cache.path) as other:
        other.execute("CREATE TABLE kept (something TEXT)")
    other.close()
    assert cache.get("a", ["x"]) == {}
    assert not cache.path.exists()
    Cache(tmp_path, _TODAY).put("a", {"x": b"one"})
    assert Cache(tmp_path, _TODAY).get("a", ["x"]) == {"x": b"one"}


def test_a_place_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    cache = Cache(tmp_path / "file" / "orgreg", _TODAY)
    cache.put("a", {"x": b"one"})
    assert cache.get("a", ["x"]) == {}
    inside = Cache(tmp_path / "taken", _TODAY)
    inside.path.mkdir(parents=True)
    inside.put("a", {"x": b"one"})
    assert inside.get("a", ["x"]) == {}


def test_a_file_that_may_only_be_read_is_read(tmp_path: Path) -> None:
    Cache(tmp_path, _TODAY - 100).put("a", {"x": b"one"})
    cache = Cache(tmp_path, _TODAY)
    connection = cache.connection()
    assert connection is not None
    connection.execute("PRAGMA query_only = ON")
    cache.put("a", {"y": b"two"})
    assert cache.get("a", ["x", "y"]) == {"x": b"one"}


def test_somebody_who_writes_long_is_not_waited_for(tmp_path: Path) -> None:
    cache = Cache(tmp_path, _TODAY)
    cache.put("a", {"x": b"one"})
    with sqlite3.connect(cache.path, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert cache.get("a", ["x"]) == {}
        cache.put("a", {"y": b"two"})
        other.execute("ROLLBACK")
    other.close()
    assert cache.get("a", ["x", "y"]) == {"x": b"one"}


def test_what_is_not_used_goes_first(tmp_path: Path) -> None:
    Cache(tmp_path, _TODAY).put("a", _MADE)
    some = sorted(_MADE)[:100]
    assert len(Cache(tmp_path, _TODAY + 30).get("a", some)) == 100
    limited = Cache(tmp_path, _TODAY + 30, limit=300_000)
    limited.put("a", {"new": b"new"})
    assert limited.path.stat().st_size < 300_000
    assert len(limited.get("a", [*some, "new"])) == 101
    assert len(limited.get("a", _MADE)) < len(_MADE) / 2


def test_where_others_have_filled_it_all_goes(tmp_path: Path) -> None:
    connection = Cache(tmp_path, _TODAY).connection()
    assert connection is not None
    connection.execute("CREATE TABLE other (bytes BLOB)")
    connection.execute("INSERT INTO other VALUES (zeroblob(300000))")
    limited = Cache(tmp_path, _TODAY, limit=200_000)
    limited.put("a", {"new": b"new"})
    assert not limited.path.exists()
    assert limited.get("a", ["new"]) == {}


def test_a_full_disk_keeps_nothing_and_harms_nothing(tmp_path: Path) -> None:
    Cache(tmp_path, _TODAY).put("a", {"x": b"one"})
    script = (
        "import resource, sys\nfrom pathlib import Path\nfrom orgreg.store.cache import Cache\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60000, 60000))\n"
        f"cache = Cache(Path(sys.argv[1]), {_TODAY})\n"
        "cache.put('a', {str(n): b'0123456789' * 50 for n in range(500)})\n"
        "print(cache.get('a', ['x', '1']))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, tmp_path], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("{'x': b'one'}\n", "")
    assert Cache(tmp_path, _TODAY).get("a", ["x", "1"]) == {"x": b"one"}


_WRITING = (
    "import sys\nfrom pathlib import Path\nfrom orgreg.store.cache import Cache\n"
    f"cache = Cache(Path(sys.argv[1]), {_TODAY})\n"
    "print('ready', flush=True)\n"
    "for n in range(int(sys.argv[2])):\n"
    "    cache.put('a', {f'{n}-{m}': f'{n}-{m}'.encode() * 100 for m in range(200)})\n"
    "    found = cache.get('a', [f'{n}-{m}' for m in range(200)])\n"
    "    assert all(value == key.encode() * 100 for key, value in found.items())\n"
)


def _writing(folder: Path, times: int) -> subprocess.Popen[bytes]:
    started = subprocess.Popen([sys.executable, "-c", _WRITING, folder, str(times)], stdout=subprocess.PIPE)
    assert started.stdout is not None
    assert started.stdout.readline() == b"ready\n"
    return started


def test_who_is_killed_while_writing_leaves_nothing_wrong(tmp_path: Path) -> None:
    for _ in range(6):
        with _writing(tmp_path, 1000) as writing:
            keys = [f"{n}-{m}" for n in range(3) for m in range(200)]
            cache = Cache(tmp_path, _TODAY)
            for _ in range(20):
                assert all(value == key.encode() * 100 for key, value in cache.get("a", keys).items())
            writing.send_signal(signal.SIGKILL)
        found = Cache(tmp_path, _TODAY).get("a", keys)
        assert all(value == key.encode() * 100 for key, value in found.items())
    after = Cache(tmp_path, _TODAY)
    after.put("a", {"x": b"one"})
    assert after.get("a", ["x"]) == {"x": b"one"}


def test_several_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    working = [_writing(tmp_path, 15) for _ in range(3)]
    assert [one.wait() for one in working] == [0, 0, 0]
    for one in working:
        assert one.stdout is not None
        one.stdout.close()
    keys = [f"{n}-{m}" for n in range(15) for m in range(200)]
    assert len(Cache(tmp_path, _TODAY).get("a", keys)) > 200


def test_it_lies_where_the_platform_keeps_what_may_be_deleted() -> None:
    assert folder_of({"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "linux") == Path("/c/orgreg")
    assert folder_of({"XDG_CACHE_HOME": "c", "HOME": "/h"}, "linux") == Path("/h/.cache/orgreg")
    assert folder_of({"HOME": "/h"}, "darwin") == Path("/h/Library/Caches/orgreg")
    assert folder_of({"LOCALAPPDATA": "/l"}, "win32") == Path("/l/orgreg/Cache")
    for environment, platform in (({}, "linux"), ({"HOME": "relative"}, "linux"), ({}, "win32")):
        assert folder_of(environment, platform) is None


def test_a_home_that_cannot_be_written_changes_no_answer(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("no folder")
    command = [sys.executable, "-m", "orgreg", "-C", str(ROOT), "tree", "--date", "2024-03-01"]
    plain = subprocess.run([*command, "--no-cache"], capture_output=True, check=True)
    for home in (str(tmp_path / "home"), "/dev/null", ""):
        environment = {**os.environ, "XDG_CACHE_HOME": home, "HOME": home}
        done = subprocess.run(command, env=environment, capture_output=True, check=True)
        assert (done.stdout, done.stderr) == (plain.stdout, plain.stderr)
