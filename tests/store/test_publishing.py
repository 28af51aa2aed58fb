"""Law 8: whatever happens on the way, every later reader sees the old files or the new ones, and nothing is lost."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from orgreg.store import Missing, Obstacle, Trouble, publishing
from orgreg.store.publishing import Write, complete, interrupted, publish, writing
from orgreg.store.working_tree import PENDING, STAGING, WorkingTree, has_begun
from tests.commands import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

A, B, GONE, NEW = (f"data/units/{name}" for name in ("bs/a.yaml", "bs/b.yaml", "bs/gone.yaml", "hh/new.yaml"))
OLD_FILES: Final = {A: b"old a\r\n", B: b"old b", GONE: b"old gone\n", "data/registry.yaml": b"format: 1\n"}
NEW_FILES: Final = {A: b"new \xff\n", B: b"", NEW: b"new\n", "data/registry.yaml": b"format: 1\n"}
WRITES: Final = [Write(key, OLD_FILES.get(key), NEW_FILES.get(key)) for key in (A, B, GONE, NEW)]
ONE: Final = WRITES[:1]
MARK: Final = f"{PENDING}/manifest.json"

BEFORE: Final = ["begun", f"staged {A}", f"staged {B}", f"staged {GONE}", f"staged {NEW}", "written down"]
AFTER: Final = ["counts", f"placed {A}", f"placed {B}", f"placed {GONE}", f"placed {NEW}", "retired"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for key, data in OLD_FILES.items():
        path = tmp_path / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (tmp_path / A).chmod(0o640)
    return tmp_path


def read(root: Path) -> dict[str, bytes | Trouble]:
    """What a later command reads."""
    files = WorkingTree(root)
    return {key: files.read(key, 100) for key in files.keys()}  # noqa: SIM118 - not a mapping


def on_disk(root: Path) -> dict[str, bytes]:
    return {
        key: path.read_bytes()
        for path in sorted((root / "data").rglob("*.yaml"))
        if not (key := path.relative_to(root).as_posix()).startswith("data/.orgreg")
    }


class Killed(BaseException):
    """As if the process ended here."""


def killing(at: str) -> Callable[[str], None]:
    def step(name: str) -> None:
        if name == at:
            raise Killed

    return step


def interrupt(root: Path, at: str) -> None:
    with pytest.raises(Killed):
        publish(root, WRITES, step=killing(at))


def told(raised: pytest.ExceptionInfo[Missing]) -> str:
    return str(raised.value)


def test_all_files_are_written_and_nothing_else_is_left(root: Path) -> None:
    steps: list[str] = []
    assert publish(root, WRITES, step=steps.append) is None
    assert steps == BEFORE + AFTER
    assert on_disk(root) == read(root) == NEW_FILES
    assert (root / A).stat().st_mode & 0o777 == 0o640
    assert not has_begun(root)
    assert interrupted(root) is None
    assert complete(root) is None


def test_git_does_not_see_the_hidden_folder(root: Path) -> None:
    publish(root, WRITES)
    subprocess.run(["git", "init", "-q", root], check=True)
    listed = subprocess.run(
        ["git", "status", "--porcelain", "-uall"], cwd=root, check=True, capture_output=True, text=True
    ).stdout
    assert ".orgreg" not in listed


def test_one_file_needs_no_journal(root: Path) -> None:
    steps: list[str] = []
    assert publish(root, ONE, step=steps.append) is None
    assert steps == ["begun", f"staged {A}", f"placed {A}"]
    assert (root / A).read_bytes() == NEW_FILES[A]
    assert not has_begun(root)


def test_a_file_that_stays_as_it_is_is_not_written_but_must_be_as_it_was_read(root: Path) -> None:
    same = Write(B, OLD_FILES[B], OLD_FILES[B])
    assert publish(root, [same]) is None
    assert publish(root, [Write(B, b"other", b"other"), *ONE]) is not None
    assert on_disk(root) == OLD_FILES


@pytest.mark.parametrize("at", [*BEFORE, *AFTER])
def test_interrupted_anywhere_it_reads_old_or_new_and_the_next_writer_ends_it(root: Path, at: str) -> None:
    interrupt(root, at)
    _all_is_well(root, OLD_FILES if at in BEFORE else NEW_FILES)


@pytest.mark.parametrize("at", [*BEFORE, *AFTER])
def test_killed_anywhere_it_reads_old_or_new_and_the_next_writer_ends_it(root: Path, at: str) -> None:
    _killed_at(root, at, "WRITES")
    _all_is_well(root, OLD_FILES if at in BEFORE else NEW_FILES)


@pytest.mark.parametrize("at", ["begun", f"staged {A}", f"placed {A}"])
def test_killed_while_one_file_is_written(root: Path, at: str) -> None:
    _killed_at(root, at, "ONE")
    _all_is_well(root, {**OLD_FILES, A: NEW_FILES[A]} if at.startswith("placed") else OLD_FILES)


def _all_is_well(root: Path, expected: dict[str, bytes]) -> None:
    lying = on_disk(root)
    assert read(root) == expected
    assert on_disk(root) == lying, "reading completes nothing"
    counts = (root / PENDING).exists()
    said = interrupted(root)
    assert (said is not None) == has_begun(root)
    if said is not None:
        assert ("it is read as made" in said) == counts
    key, data = "data/next.yaml", b"next\n"
    assert publish(root, [Write(key, None, data)]) is None
    assert on_disk(root) == read(root) == {**expected, key: data}
    assert not has_begun(root)


def _killed_at(root: Path, at: str, writes: str) -> None:
    done = subprocess.run([sys.executable, "-c", _CHILD, root, at, writes], cwd=_TOP, check=False)
    assert done.returncode == -signal.SIGKILL


_TOP: Final = Path(__file__).parents[2]
_CHILD: Final = textwrap.dedent("""
    import os, signal, sys
    from pathlib import Path
    from orgreg.store.publishing import publish
    from tests.store import test_publishing as tests
    def step(name):
        if name == sys.argv[2]:
            os.kill(os.getpid(), signal.SIGKILL)
    publish(Path(sys.argv[1]), getattr(tests, sys.argv[3]), step=step)
""")


@pytest.mark.parametrize("at", AFTER[:-1])
def test_interrupted_again_and_again_it_is_ended_at_last(root: Path, at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupt(root, at)
    with monkeypatch.context() as patched:

        def killed(*_: object) -> None:
            raise Killed

        patched.setattr(publishing, "_retire", killed)
        with pytest.raises(Killed):
            complete(root)
    assert read(root) == NEW_FILES
    assert complete(root) == f"an interrupted change was put in place: {A}, {B}, {GONE}, {NEW}"
    assert on_disk(root) == NEW_FILES


def test_what_reads_while_files_are_put_in_place_finds_them(root: Path) -> None:
    files = WorkingTree(root)
    interrupt(root, "counts")
    assert files.keys() == sorted(NEW_FILES)
    assert files.read(GONE, 10) == Trouble(Obstacle.UNREADABLE, "no such file or directory")
    assert files.read(A, 3) == b"new"
    complete(root)
    assert files.keys() == sorted(NEW_FILES)
    assert files.read(A, 3) == b"new"


def test_commands_that_read_say_that_a_change_was_interrupted(root: Path) -> None:
    interrupt(root, f"placed {A}")
    said = run("check", cwd=root).err
    assert "a change of 4 files was interrupted: it is read as made, and the next command that changes" in said
    assert (root / MARK).exists()
    complete(root)
    assert "interrupted" not in run("check", cwd=root).err


def test_a_change_under_way_is_not_called_interrupted(root: Path) -> None:
    with _another_writer(root):
        (root / STAGING).mkdir()
        said = run("check", cwd=root).err
    assert "interrupted" not in said


def test_where_nobody_can_write_it_is_called_interrupted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupt(root, "counts")
    _refuse_locks(monkeypatch)
    assert interrupted(root) is not None


# ------------------------------------------------------------------------------------------------- two at once


@pytest.mark.parametrize("write", WRITES)
def test_a_file_changed_since_it_was_read_is_not_overwritten(root: Path, write: Write) -> None:
    (root / write.key).parent.mkdir(exist_ok=True)
    (root / write.key).write_bytes(b"by hand")
    lying = on_disk(root)
    expected = f"{write.key} was changed by someone else since it was read, and is left as it is; try again"
    assert publish(root, WRITES) == expected
    assert on_disk(root) == lying
    assert not has_begun(root)


def test_a_file_gone_since_it_was_read_is_not_made_anew(root: Path) -> None:
    (root / B).unlink()
    assert publish(root, WRITES) is not None
    assert not (root / B).exists()


@pytest.mark.parametrize("at", [*BEFORE, "counts", f"placed {A}"])
def test_a_file_changed_at_the_last_moment_is_left_and_the_others_go_back(root: Path, at: str) -> None:
    def step(name: str) -> None:
        if name == at:
            (root / B).write_bytes(b"by hand")

    assert publish(root, WRITES, step=step) is not None
    assert on_disk(root) == read(root) == {**OLD_FILES, B: b"by hand"}
    assert (root / A).stat().st_mode & 0o777 == 0o640
    assert not has_begun(root)


def test_the_only_file_changed_at_the_last_moment_is_left(root: Path) -> None:
    def step(_: str) -> None:
        (root / A).write_bytes(b"by hand")

    assert publish(root, ONE, step=step) is not None
    assert on_disk(root) == {**OLD_FILES, A: b"by hand"}
    assert not has_begun(root)


def test_what_was_changed_after_the_interruption_is_left_too(root: Path) -> None:
    interrupt(root, f"placed {A}")
    (root / B).write_bytes(b"by hand")
    assert read(root)[B] == b"by hand"
    writers: list[Callable[[], object]] = [lambda: complete(root), lambda: publish(root, ONE)]
    for writer in writers:
        with pytest.raises(Missing) as raised:
            writer()
        assert told(raised).startswith(f"{B} was changed after a change of 4 files was interrupted, and is left as it")
    assert (root / B).read_bytes() == b"by hand"


def test_a_file_put_back_by_hand_after_the_interruption_is_not_taken_for_one_to_come(root: Path) -> None:
    interrupt(root, f"placed {NEW}")
    for key in (A, B, GONE):
        (root / key).write_bytes(OLD_FILES[key])
    (root / NEW).unlink()
    assert read(root) == {key: data for key, data in OLD_FILES.items() if key != GONE}
    with pytest.raises(Missing, match=r"^data/units/bs/a\.yaml was changed after"):
        complete(root)


def test_one_may_enter_again(root: Path) -> None:
    with writing(root), writing(root):
        assert (root / "data/.orgreg/writer").read_text() == str(os.getpid())
        publish(root, WRITES)
        assert (root / "data/.orgreg/writer").exists()
    assert not (root / "data/.orgreg/writer").exists()


class _another_writer:  # noqa: N801 - used as a function
    """Another process that writes, until the block ends."""

    def __init__(self, root: Path) -> None:
        script = textwrap.dedent("""
            import sys
            from pathlib import Path
            from orgreg.store.publishing import writing
            with writing(Path(sys.argv[1])):
                print("writes", flush=True)
                sys.stdin.read()
        """)
        self.process = subprocess.Popen(
            [sys.executable, "-c", script, root], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> subprocess.Popen[bytes]:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == b"writes\n"
        return self.process

    def __exit__(self, *_: object) -> None:
        self.process.communicate()


def test_the_second_writer_is_told_who_writes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "WAIT", 0.1)
    with _another_writer(root) as other:
        with pytest.raises(Missing) as raised:
            publish(root, WRITES)
        (root / "data/.orgreg/writer").unlink()
        with pytest.raises(Missing, match=r"^another orgreg is writing here"):
            publish(root, WRITES)
    assert told(raised).startswith(f"another orgreg (process {other.pid}, since 2")
    assert told(raised).endswith(") is writing here, and did not end within 0.1 seconds; try again")
    assert on_disk(root) == OLD_FILES
    assert publish(root, WRITES) is None


def test_of_many_writers_at_once_nothing_is_lost(root: Path) -> None:
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from orgreg.store.publishing import Write, publish, writing
        root, me = Path(sys.argv[1]), sys.argv[2]
        for number in range(10):
            with writing(root):
                before = [(root / key).read_bytes() for key in sys.argv[3:]]
                line = f"{me} {number}\\n".encode()
                writes = [Write(key, old, old + line) for key, old in zip(sys.argv[3:], before)]
                assert publish(root, writes) is None
    """)
    both = [subprocess.Popen([sys.executable, "-c", script, root, me, A, B]) for me in "xyz"]
    assert [one.wait() for one in both] == [0, 0, 0]
    expected = sorted(f"{me} {number}".encode() for me in "xyz" for number in range(10))
    assert sorted((root / A).read_bytes().removeprefix(OLD_FILES[A]).splitlines()) == expected
    assert sorted((root / B).read_bytes().removeprefix(OLD_FILES[B]).splitlines()) == expected


def _refuse_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)


def test_a_lock_that_cannot_be_had_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _refuse_locks(monkeypatch)
    with pytest.raises(Missing, match=r"^data/\.orgreg/lock cannot be locked: permission denied; nothing was changed$"):
        publish(root, WRITES)


# ------------------------------------------------------------------------------------------- what is in the way


@pytest.mark.parametrize("key", ["../a", "/etc/a", "data/../a", "a", "data/.git/a", "data//a", "data/a\\b", "data/"])
def test_nothing_is_written_elsewhere(root: Path, key: str) -> None:
    with pytest.raises(Missing, match=r"is no place for a file of a register; nothing was changed$"):
        publish(root, [Write(key, None, b"x"), *ONE])
    assert on_disk(root) == OLD_FILES


def test_links_and_what_is_no_file_are_not_written(root: Path) -> None:
    (root / "data/units/bs/link.yaml").symlink_to("a.yaml")
    os.mkfifo(root / "data/units/bs/pipe.yaml")
    (root / "data/units/far").symlink_to("bs")
    for key, expected in {
        "data/units/bs/link.yaml": "data/units/bs/link.yaml is a link, which orgreg does not write",
        "data/units/bs/pipe.yaml": "data/units/bs/pipe.yaml is no ordinary file, which orgreg does not write",
        "data/units/far/a.yaml": "data/units/far is a link or a file, and data/units/far/a.yaml must lie in a folder",
        f"{A}/b.yaml": f"{A} is a link or a file, and {A}/b.yaml must lie in a folder",
    }.items():
        with pytest.raises(Missing) as raised:
            publish(root, [*WRITES, Write(key, OLD_FILES[A], b"x")])
        assert told(raised) == f"{expected}; nothing was changed"
    assert (root / A).read_bytes() == OLD_FILES[A]


def test_data_itself_may_be_a_link(root: Path) -> None:
    (root / "data").rename(root / "elsewhere")
    (root / "data").symlink_to("elsewhere")
    assert publish(root, WRITES) is None
    assert read(root) == NEW_FILES


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("data/units", f"{NEW} cannot be written: the folder data/units is read-only; nothing was changed"),
        (A, f"{A} is read-only; nothing was changed"),
    ],
)
def test_what_is_read_only_is_left(root: Path, name: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != root / name and access(path, mode))
    with pytest.raises(Missing) as raised:
        publish(root, WRITES)
    assert told(raised) == expected
    assert on_disk(root) == OLD_FILES


def test_a_file_that_cannot_be_looked_at_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(
        Missing, match=r"^data/units/bs/a\.yaml cannot be written: permission denied; nothing was changed"
    ):
        publish(root, WRITES)


def test_the_hidden_folder_is_no_link(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (root / "data/.orgreg").symlink_to(tmp_path_factory.mktemp("far"))
    with pytest.raises(Missing, match=r"^data/\.orgreg is a link, and orgreg writes only into its own folder; remove"):
        publish(root, WRITES)
    (root / "data/.orgreg").unlink()
    (root / "data/.orgreg").write_bytes(b"")
    with pytest.raises(Missing, match=r"^data/\.orgreg cannot be written: file exists; nothing was changed$"):
        publish(root, WRITES)


# --------------------------------------------------------------------------------------------------- full disks


@pytest.mark.parametrize("room", range(11))
def test_a_full_disk_leaves_all_as_it_was(root: Path, room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(root):
        pass  # so that what is written is the change alone: eight files and two manifests
    put = publishing.put
    written: list[Path] = []

    def fill(path: Path, data: bytes) -> None:
        if len(written) == room:
            path.write_bytes(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(path)
        put(path, data)

    monkeypatch.setattr(publishing, "put", fill)
    if room < 8:
        with pytest.raises(Missing, match="cannot be written: no space left on device; nothing was changed"):
            publish(root, WRITES)
        assert on_disk(root) == read(root) == OLD_FILES
    else:
        assert publish(root, WRITES) is None
        assert on_disk(root) == NEW_FILES
    assert not has_begun(root)


def test_a_full_disk_at_the_very_first(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(publishing, "put", fill)
    with pytest.raises(
        Missing, match=r"^data/\.orgreg cannot be written: no space left on device; nothing was changed"
    ):
        publish(root, ONE)


def _refuse(monkeypatch: pytest.MonkeyPatch, method: str, when: Callable[[Path], bool]) -> None:
    """Let a method of Path fail for some of them."""
    plain = getattr(Path, method)

    def refuse(path: Path, *arguments: object, **more: object) -> object:
        if when(path):
            raise OSError(errno.EROFS, "Read-only file system")
        return plain(path, *arguments, **more)

    monkeypatch.setattr(Path, method, refuse)


@pytest.mark.parametrize("number", range(4))
def test_where_a_file_cannot_be_put_in_its_place_the_others_go_back(
    root: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if number == 2:
        _refuse(monkeypatch, "unlink", lambda path: path.name == "gone.yaml")
    else:
        _refuse(monkeypatch, "replace", lambda path: path.name == f"{number}.new")
    with pytest.raises(Missing) as raised:
        publish(root, WRITES)
    assert told(raised) == "a file cannot be put in its place: read-only file system; nothing was changed"
    assert on_disk(root) == read(root) == OLD_FILES
    assert (root / A).stat().st_mode & 0o777 == 0o640
    assert not has_begun(root)


@pytest.mark.parametrize("stays", ["back.json", "0.old"])
def test_what_cannot_even_be_taken_back_is_ended_by_the_next(
    root: Path, stays: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        _refuse(patched, "replace", lambda path: path.name in {"1.new", stays})
        with pytest.raises(Missing) as raised:
            publish(root, WRITES)
    assert told(raised) == (
        "a file cannot be put in its place: read-only file system; and what was in place already could not be taken "
        "back: read-only file system. The next command that changes something ends it."
    )
    expected = NEW_FILES if stays == "back.json" else OLD_FILES
    assert read(root) == expected
    complete(root)
    assert on_disk(root) == expected


def test_what_still_cannot_be_ended_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupt(root, "counts")
    _refuse(monkeypatch, "replace", lambda path: path.name == "1.new")
    with pytest.raises(Missing, match=r"^an interrupted change of 4 files cannot be ended: read-only file system$"):
        complete(root)
    assert read(root) == NEW_FILES


def test_the_only_file_that_cannot_be_put_in_its_place(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _refuse(monkeypatch, "replace", lambda path: path.name == "0.new")
    with pytest.raises(Missing, match=r"^data/units/bs/a\.yaml cannot be written: read-only file system; it is as"):
        publish(root, ONE)
    assert on_disk(root) == OLD_FILES
    assert not has_begun(root)


def test_a_full_disk_leaves_the_only_file_as_it_was(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(root, [Write(B, OLD_FILES[B], b"")])

    def fill(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(publishing, "put", fill)
    with pytest.raises(
        Missing, match=r"^data/units/bs/a\.yaml cannot be written: no space left on device; it is as it"
    ):
        publish(root, ONE)
    assert (root / A).read_bytes() == OLD_FILES[A]


def test_where_it_cannot_be_made_to_count_nothing_was_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _refuse(monkeypatch, "rename", lambda path: path.name == "staging")
    with pytest.raises(Missing, match=r"^data/\.orgreg cannot be written: read-only file system; nothing was changed$"):
        publish(root, WRITES)
    assert read(root) == OLD_FILES


def test_a_journal_that_stays_where_all_is_in_place_does_no_harm(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        _refuse(patched, "rename", lambda path: path.name == "pending")
        assert publish(root, WRITES) is None
    assert on_disk(root) == read(root) == NEW_FILES
    complete(root)
    assert not has_begun(root)


# -------------------------------------------------------------------------------------------- strange journals


@pytest.fixture
def manifest(root: Path) -> Iterator[Path]:
    interrupt(root, "counts")
    yield root / MARK
    with pytest.raises(Missing, match=r"manifest\.json (is not as orgreg writes it|cannot be read)"):
        WorkingTree(root).keys()
    with pytest.raises(Missing):
        interrupted(root)
    with pytest.raises(Missing):
        publish(root, ONE)
    assert on_disk(root) == OLD_FILES


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"{}", b'{"format": 2, "files": []}', b"[" * 100_000])
def test_a_manifest_that_is_none_is_told(manifest: Path, data: bytes) -> None:
    manifest.write_bytes(data)


@pytest.mark.parametrize(
    "wrong",
    [
        {"path": "../x"},
        {"path": 1},
        {"staged": "../../x"},
        {"before": 1},
        {"after": []},
        {"mode": "x"},
        {"staged": 5},
        {"staged": ".."},
    ],
)
def test_a_manifest_that_leads_elsewhere_is_told(manifest: Path, wrong: dict[str, object]) -> None:
    told = json.loads(manifest.read_bytes())
    told["files"][0] |= wrong
    manifest.write_text(json.dumps(told))


def test_a_manifest_that_cannot_be_read_is_told(manifest: Path) -> None:
    manifest.unlink()
    manifest.mkdir()


def test_a_folder_without_a_manifest_does_not_count(root: Path) -> None:
    (root / PENDING).mkdir(parents=True)
    assert read(root) == OLD_FILES
    assert publish(root, WRITES) is None
    assert read(root) == NEW_FILES


def test_what_lies_in_the_place_of_a_file_and_is_none_counts_as_changed(root: Path) -> None:
    interrupt(root, "counts")
    (root / A).unlink()
    (root / A).symlink_to("b.yaml")
    with pytest.raises(Missing, match=r"^data/units/bs/a\.yaml was changed after"):
        complete(root)
    assert read(root)[A] == Trouble(Obstacle.LINK, "b.yaml")


def test_a_folder_that_became_a_link_is_not_followed(root: Path) -> None:
    interrupt(root, "counts")
    (root / "data/units/hh").symlink_to(root)
    with pytest.raises(Missing, match=r"^data/units/hh/new\.yaml was changed after"):
        complete(root)
    assert not (root / "new.yaml").exists()


def test_what_cannot_be_looked_at_counts_as_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupt(root, "counts")
    _refuse(monkeypatch, "lstat", lambda path: path.name == "a.yaml")
    with pytest.raises(Missing, match=r"^data/units/bs/a\.yaml was changed after"):
        complete(root)


def test_a_folder_that_cannot_be_settled_is_no_reason_to_stop(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = os.open

    def refuse(path: Path | str, flags: int, *arguments: int) -> int:
        if flags == os.O_RDONLY and Path(path).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied")
        return plain(path, flags, *arguments)

    monkeypatch.setattr(os, "open", refuse)
    assert publish(root, WRITES) is None
    assert on_disk(root) == NEW_FILES
