"""Recording in git: one commit of the touched files, or a sentence with a way out and everything as it was."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from orgreg.store import Missing
from orgreg.store.publishing import Write, publish
from orgreg.store.recording import ready, record, writes_before

if TYPE_CHECKING:
    from collections.abc import Sequence

A, B, C, NEW = (f"data/units/bs/{name}.yaml" for name in ("a", "b", "c ä", "new"))
NOTHING: Final = "no change that orgreg recorded is there to be undone; orgreg log shows what was recorded"
TRAILERS: Final = (("Change", "neu"), ("Effective", "2024-03-01"), ("Decided-by", "DS 24-1"), ("Source", "a  \n b ä"))


class Register:
    """A register in a repository."""

    def __init__(self, root: Path, top: Path | None = None) -> None:
        self.root = root
        self.top = top or root
        for key in (A, B, C, "data/registry.yaml"):
            self.write(key, f"{key}\n".encode())
        self.git("init", "-q", "-b", "main")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "Begin")

    def git(self, *arguments: str) -> str:
        return subprocess.run(
            ["git", *arguments], cwd=self.top, check=True, capture_output=True, text=True
        ).stdout.strip()

    def write(self, key: str, data: bytes | None) -> None:
        path = self.root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True) if data is None else path.write_bytes(data)

    def hook(self, name: str, script: str) -> None:
        path = self.top / ".git/hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def change(self, files: dict[str, bytes | None], subject: str = "Move it") -> str:
        for key, data in files.items():
            self.write(key, data)
        return record(self.root, list(files), subject, TRAILERS, "It goes.\nNot far.")

    def touched(self, commit: str = "HEAD") -> list[str]:
        return sorted(self.git("show", "-z", "--format=", "--name-only", commit).rstrip("\0").split("\0"))

    def status(self) -> str:
        return self.git("status", "--porcelain", "-z")


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return Register(tmp_path / "r")


def failed(root: Path, keys: Sequence[str], subject: str = "Move it") -> str:
    with pytest.raises(Missing) as raised:
        record(root, keys, subject, TRAILERS)
    return str(raised.value)


def test_a_change_becomes_one_commit_of_its_files_alone(register: Register) -> None:
    register.write("other.txt", b"staged")
    register.git("add", "other.txt")
    register.write(B, b"dirty")
    register.write("loose.txt", b"")
    assert ready(register.root, [A, C, NEW]) is None
    commit = register.change({A: b"new\n", C: None, NEW: b"begun\n"}, "Move 50.21\n under ä")
    assert commit == register.git("rev-parse", "HEAD")
    assert register.touched() == sorted([A, C, NEW])
    assert register.status() == f" M {B}\0A  other.txt\0?? loose.txt\0".strip()
    assert register.git("show", "-s", "--format=%B") == (
        "Move 50.21 under ä\n\nIt goes.\nNot far.\n\n"
        "Change: neu\nEffective: 2024-03-01\nDecided-by: DS 24-1\nSource: a b ä"
    )
    parsed = register.git("show", "-s", "--format=%(trailers:only)")
    assert parsed == "Change: neu\nEffective: 2024-03-01\nDecided-by: DS 24-1\nSource: a b ä"


def test_a_message_needs_no_body_and_no_trailers(register: Register) -> None:
    register.write(A, b"new")
    record(register.root, [A], "#1 is moved", ())
    assert register.git("show", "-s", "--format=%B") == "#1 is moved"


def test_the_users_settings_break_nothing(register: Register) -> None:
    for name, value in {
        "commit.cleanup": "strip",
        "commit.verbose": "true",
        "commit.template": "nowhere",
        "core.editor": "false",
        "core.quotePath": "true",
        "core.commentChar": "M",
        "i18n.commitEncoding": "ISO-8859-1",
        "status.showUntrackedFiles": "no",
        "status.relativePaths": "true",
        "status.branch": "true",
        "status.short": "true",
        "diff.relative": "true",
        "diff.renames": "copies",
        "diff.noprefix": "true",
        "diff.external": "false",
        "color.ui": "always",
        "log.showSignature": "true",
        "log.decorate": "full",
        "grep.patternType": "fixed",
        "trailer.separators": "%",
        "trailer.ifexists": "replace",
    }.items():
        register.git("config", name, value)
    assert ready(register.root, [A, C, NEW]) is None
    commit = register.change({A: b"new", C: None, NEW: b"begun"}, "Ämter")
    assert b"\n\n\xc3\x84mter\n" in subprocess.check_output(["git", "cat-file", "commit", commit], cwd=register.top)
    assert _undo(register) == [A, C, NEW]
    register.write(A, b"dirty")
    register.write(NEW, b"x")
    assert ready(register.root, [A]) is not None
    assert ready(register.root, [NEW]) is not None


def test_the_register_may_lie_deeper_in_the_repository(tmp_path: Path) -> None:
    register = Register(tmp_path / "r/in [a] b", tmp_path / "r")
    assert ready(register.root, [A, NEW, "schema/unit.json"]) is None
    commit = register.change({A: b"new\n", NEW: b"", "schema/unit.json": b"{}"})
    assert register.touched(commit) == sorted(f"in [a] b/{key}" for key in (A, NEW, "schema/unit.json"))
    assert _undo(register) == [A, NEW, "schema/unit.json"]
    register.write("schema/unit.json", b"{}")
    assert str(ready(register.root, ["schema/unit.json"])).startswith("schema/unit.json is not in git yet")


def test_data_may_be_a_repository_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    register = Register(tmp_path, tmp_path / "data")
    commit = register.change({A: b"new\n", NEW: b""})
    assert register.touched(commit) == sorted(key.removeprefix("data/") for key in (A, NEW))
    assert _undo(register) == [A, NEW]


def test_a_worktree_records_on_its_own_branch(register: Register, tmp_path: Path) -> None:
    register.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "w"))
    (tmp_path / "w" / A).write_bytes(b"new")
    assert str(ready(tmp_path / "w", [A])).startswith(f"{A} has changes")
    assert ready(tmp_path / "w", [B]) is None
    assert record(tmp_path / "w", [A], "Move it", TRAILERS) == register.git("rev-parse", "side")


def test_the_first_commit_of_a_repository(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "-b", "main", tmp_path], check=True)
    (tmp_path / NEW).parent.mkdir(parents=True)
    assert ready(tmp_path, [NEW]) is None
    assert writes_before(tmp_path, None) == NOTHING
    (tmp_path / NEW).write_bytes(b"begun")
    assert len(record(tmp_path, [NEW], "Begin", TRAILERS)) == 40
    assert writes_before(tmp_path, None) == (Write(NEW, b"begun", None),)


def test_inside_a_hook_it_is_the_registers_repository(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    assert ready(register.root, [A]) is None
    register.change({A: b"new", NEW: b""})
    assert not isinstance(writes_before(register.root, None), str)


# ---------------------------------------------------------------------------------------- what hinders recording


def test_outside_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    expected = (
        "lies in no git repository; begin one with git init and commit data/, or leave it unrecorded: --no-commit"
    )
    assert ready(tmp_path, [A]) == f"{tmp_path} {expected}"


def test_without_git(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    told = str(ready(register.root, [A]))
    assert told.startswith("git is not installed")
    assert told.endswith("--no-commit")


def test_a_bare_repository(register: Register) -> None:
    register.git("config", "core.bare", "true")
    assert "is bare and records no working files" in str(ready(register.root, [A]))


def test_a_repository_of_someone_else(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    told = str(ready(register.root, [A]))
    assert "belongs to another user" in told
    assert told.endswith(" Or leave it unrecorded: --no-commit")


def test_nobody_to_record_as(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    register.git("config", "user.useConfigOnly", "true")
    expected = "git does not know who you are; tell it with git config user.name and git config user.email"
    assert ready(register.root, [A]) == f"{expected}, or leave it unrecorded: --no-commit"
    register.git("config", "user.name", "Ada")
    register.git("config", "user.email", "ada@example.org")
    assert ready(register.root, [A]) is None


def _conflict(register: Register) -> None:
    register.git("switch", "-q", "-c", "side")
    register.change({B: b"side"})
    register.git("switch", "-q", "main")
    register.change({B: b"main"})


@pytest.mark.parametrize(
    ("command", "what"),
    [("merge", "a merge"), ("rebase", "a rebase"), ("cherry-pick", "a cherry-pick"), ("revert", "a revert")],
)
def test_something_under_way(register: Register, command: str, what: str) -> None:
    _conflict(register)
    if command == "revert":
        register.change({B: b"later"})
    with pytest.raises(subprocess.CalledProcessError):
        register.git(command, "HEAD~1" if command == "revert" else "side")
    told = f"{what} is under way; end it with git {command} --continue or --abort, or leave it unrecorded: --no-commit"
    assert ready(register.root, [A]) == told


def test_a_bisect_under_way(register: Register) -> None:
    register.git("bisect", "start")
    assert str(ready(register.root, [A])).startswith("a bisect is under way; end it with git bisect reset")


def test_a_detached_head(register: Register) -> None:
    register.git("switch", "-q", "--detach")
    expected = "HEAD is detached, and what is recorded there gets lost; go to a branch with git switch"
    assert ready(register.root, [A]) == f"{expected}, or leave it unrecorded: --no-commit"


def test_another_git_at_work(register: Register) -> None:
    (register.root / ".git/index.lock").touch()
    expected = f"another git is at work: wait for it; if there is none, delete {register.root / '.git/index.lock'}"
    assert ready(register.root, [A]) == expected


def test_a_read_only_repository(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    objects = register.root / ".git/objects"
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != objects and access(path, mode))
    assert str(ready(register.root, [A])).startswith(f"git cannot record, since {objects} is read-only")


def test_a_repository_that_gitpython_cannot_read(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ValueError("no")

    monkeypatch.setattr("git.Repo.__init__", refuse)
    with pytest.raises(Missing, match=r"cannot be read: no$"):
        ready(register.root, [A])


@pytest.mark.parametrize("staged", [False, True])
@pytest.mark.parametrize("data", [b"by hand", None])
def test_a_touched_file_that_is_not_as_it_is_recorded(register: Register, data: bytes | None, *, staged: bool) -> None:
    register.write(C, data)
    if staged:
        register.git("add", "-A")
    told = f"{C} has changes that are not recorded; record them first with git add and git commit, or put it as it was"
    assert ready(register.root, [A, C]) == f"{told} with git restore"
    assert ready(register.root, [A, B]) is None


def test_a_touched_file_that_is_not_in_git_yet(register: Register) -> None:
    register.write(NEW, b"")
    assert str(ready(register.root, [NEW])).startswith(f"{NEW} is not in git yet; record")
    register.write(".gitignore", b"new.yaml\n")
    assert str(ready(register.root, [NEW])).startswith(f"{NEW} is not in git yet; record")


def test_a_new_file_that_git_leaves_out(register: Register) -> None:
    register.write(".gitignore", b"new*\n")
    expected = f"{NEW} is left out of git by a .gitignore; change that, or leave it unrecorded: --no-commit"
    assert ready(register.root, [A, NEW]) == expected
    lying = register.status()
    register.write(NEW, b"")
    assert failed(register.root, [NEW]).startswith("git did not record the change: The following paths are ignored")
    assert register.status() == lying


# --------------------------------------------------------------------------------------------- hooks and signing


def test_hooks_run_and_see_what_is_recorded(register: Register) -> None:
    register.hook("pre-commit", 'git diff --cached --name-only -- "*.yaml" > seen; env > environment')
    register.hook("commit-msg", 'git interpret-trailers --in-place --trailer "Reviewed-by: Ada" "$1"')
    register.write("other.txt", b"")
    register.git("add", "other.txt")
    register.change({A: b"new", NEW: b""})
    assert (register.root / "seen").read_text().splitlines() == [A, NEW]
    assert "LITERAL_PATHSPECS" not in (register.root / "environment").read_text()
    assert register.git("show", "-s", "--format=%B").endswith("Source: a b ä\nReviewed-by: Ada")
    assert not isinstance(writes_before(register.root, None), str)


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg"])
def test_a_failing_hook_leaves_all_as_it_was(register: Register, name: str) -> None:
    register.hook(name, "echo not today; echo really >&2; exit 1")
    head, lying = register.git("rev-parse", "HEAD"), register.status()
    writes = [Write(A, f"{A}\n".encode(), b"new"), Write(C, f"{C}\n".encode(), None), Write(NEW, None, b"begun")]
    assert publish(register.root, writes) is None
    told = failed(register.root, [A, C, NEW])
    assert told == "git did not record the change: not today\nreally"
    assert publish(register.root, [Write(one.key, one.after, one.before) for one in writes]) is None
    assert (register.git("rev-parse", "HEAD"), register.status()) == (head, lying)
    assert ready(register.root, [A, C, NEW]) is None


def test_a_hook_that_says_nothing(register: Register) -> None:
    register.hook("pre-commit", "exit 1")
    register.write(A, b"new")
    expected = "git did not record the change: it ended with 1 and said nothing; a hook may have"
    assert failed(register.root, [A]) == expected


def test_signing_is_the_users(register: Register, tmp_path: Path) -> None:
    program = tmp_path / "gpg"
    register.git("config", "commit.gpgSign", "true")
    register.git("config", "gpg.program", str(program))
    program.write_text("#!/bin/sh\ncat > /dev/null\necho no key >&2\nexit 2\n")
    program.chmod(0o755)
    register.write(A, b"new")
    assert "gpg failed to sign the data" in failed(register.root, [A])
    program.write_text(
        "#!/bin/sh\ncat > /dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\n"
        "echo '-----BEGIN PGP SIGNATURE-----'\necho '-----END PGP SIGNATURE-----'\n"
    )
    commit = record(register.root, [A], "Move it", TRAILERS)
    assert "gpgsig -----BEGIN PGP SIGNATURE-----" in register.git("cat-file", "commit", commit)


@pytest.mark.parametrize("moved", [True, False])
def test_what_was_recorded_counts_even_if_git_fails_after_it(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, moved: bool
) -> None:
    plain = subprocess.check_output(["which", "git"], text=True).strip()
    wrapper = tmp_path / "bin/git"
    wrapper.parent.mkdir()
    instead = f'{plain} "$@"' if moved else f"{plain} commit -q --allow-empty -m Other"
    wrapper.write_text(f'#!/bin/sh\ncase "$*" in *--only*) {instead}; exit 128;; esac\nexec {plain} "$@"\n')
    wrapper.chmod(wrapper.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")
    register.write(A, b"new")
    if moved:
        assert record(register.root, [A], "Move it", TRAILERS) == register.git("rev-parse", "HEAD")
    else:
        assert failed(register.root, [A]).startswith("git did not record the change: ")


def test_nothing_to_record(register: Register) -> None:
    assert "nothing" in failed(register.root, [A])


# ---------------------------------------------------------------------------------------------------------- undo


def _undo(register: Register, commit: str | None = None) -> list[str]:
    writes = writes_before(register.root, commit)
    assert not isinstance(writes, str), writes
    assert publish(register.root, writes) is None
    assert register.git("status", "--porcelain", "-uno") or all(write.after is None for write in writes)
    record(register.root, [write.key for write in writes], "Undo it", TRAILERS)
    assert register.git("diff", "HEAD", "HEAD~2") == ""
    return sorted(write.key for write in writes)


def test_undo_gives_the_old_bytes_back_and_again(register: Register) -> None:
    register.change({A: b"new\r\n\xff", C: None, NEW: b""})
    assert writes_before(register.root, None) == (
        Write(A, b"new\r\n\xff", f"{A}\n".encode()),
        Write(C, None, f"{C}\n".encode()),
        Write(NEW, b"", None),
    )
    assert _undo(register) == _undo(register) == [A, C, NEW]


def test_undo_of_an_older_change_that_nothing_builds_on(register: Register) -> None:
    first = register.change({A: b"first"})
    register.change({B: b"second"})
    register.write("other.txt", b"")
    register.git("add", ".")
    register.git("commit", "-q", "-m", "By hand\n\nEffective: in the text\n\nof it")
    assert writes_before(register.root, first[:9]) == (Write(A, b"first", f"{A}\n".encode()),)
    assert writes_before(register.root, None) == (Write(B, b"second", f"{B}\n".encode()),)


def test_line_ends_are_those_of_the_working_files(register: Register) -> None:
    register.git("config", "core.autocrlf", "true")
    register.change({A: b"new\r\n"})
    assert writes_before(register.root, None) == (Write(A, b"new\r\n", f"{A}\r\n".encode()),)


def test_undo_is_refused_where_later_changes_build_on_it(register: Register) -> None:
    first = register.change({A: b"0", NEW: b""}, "Zero")
    later = [register.change({A: bytes([number])}, f"Number {number}") for number in range(1, 5)]
    assert writes_before(register.root, first) == (
        f"later changes build on {first[:10]} (Zero): {later[3][:10]} (Number 4); {later[2][:10]} (Number 3); "
        f"{later[1][:10]} (Number 2); and 1 more. Undo them first, the newest first"
    )


def test_undo_is_refused_where_a_file_is_not_as_recorded(register: Register) -> None:
    register.change({A: b"new"})
    register.write(A, b"by hand")
    assert str(writes_before(register.root, None)).startswith(f"{A} has changes that are not recorded")


def test_undo_is_refused_for_what_is_no_change_of_orgregs(register: Register) -> None:
    begin = register.git("rev-parse", "HEAD")
    assert writes_before(register.root, None) == NOTHING
    beginning = (
        f"{begin[:10]} (Begin) began the register, and without it there is none; git revert takes back any commit"
    )
    assert writes_before(register.root, "HEAD") == beginning
    register.write(A, b"by hand")
    register.git("commit", "-q", "-a", "-m", "By hand")
    by_hand = register.git("rev-parse", "HEAD")
    expected = f"{by_hand[:10]} (By hand) was not recorded as a change by orgreg; git revert takes back any commit"
    assert writes_before(register.root, "HEAD") == expected
    assert writes_before(register.root, begin) == beginning


def test_a_register_that_was_only_moved_did_not_begin_there(register: Register) -> None:
    register.git("mv", "data", "elsewhere")
    register.git("commit", "-q", "-m", "There")
    register.git("mv", "elsewhere", "data")
    register.git("commit", "-q", "-m", "And back")
    assert "(And back) was not recorded as a change by orgreg" in str(writes_before(register.root, "HEAD"))


def test_where_a_shallow_clone_is_cut_off_nothing_began(register: Register, tmp_path: Path) -> None:
    register.write(A, b"by hand")
    register.git("commit", "-q", "-a", "-m", "By hand")
    clone = tmp_path / "clone"
    command = ["git", "clone", "-q", "--depth=1", register.root.as_uri()]
    subprocess.run([*command, str(clone)], check=True, capture_output=True)
    assert "(By hand) was not recorded as a change by orgreg" in str(writes_before(clone, "HEAD"))
    with pytest.raises(Missing, match=r"git knows no commit 'nowhere' here\. Name one that git log shows"):
        writes_before(register.root, "nowhere")


def test_undo_is_refused_for_a_merge_and_another_branch(register: Register) -> None:
    register.git("switch", "-q", "-c", "side")
    side = register.change({B: b"side"})
    register.git("switch", "-q", "main")
    register.change({A: b"main"})
    expected = f"{side[:10]} (Move it) is no part of the branch that is checked out; go to the one that has it"
    assert writes_before(register.root, side) == expected
    register.git("merge", "-q", "side", "-m", "Join\n\nEffective: 2024-03-01")
    assert "(Join) is a merge; undo a change that it brought" in str(writes_before(register.root, "HEAD"))
    assert not isinstance(writes_before(register.root, side), str)


def test_undo_is_refused_where_the_clone_does_not_have_what_was_before(register: Register, tmp_path: Path) -> None:
    register.change({A: b"new"})
    subprocess.run(
        ["git", "clone", "-q", "--depth=1", register.root.as_uri(), tmp_path / "clone"], check=True, capture_output=True
    )
    with pytest.raises(Missing, match="git fetch --unshallow brings it"):
        writes_before(tmp_path / "clone", None)


def test_undo_is_refused_for_what_is_no_ordinary_file_and_for_other_files(register: Register) -> None:
    (register.root / NEW).symlink_to("a.yaml")
    record(register.root, [NEW], "Link", TRAILERS)
    assert str(writes_before(register.root, None)).startswith(f"{NEW} is no ordinary file in ")
    register.write("inner/data/registry.yaml", b"")
    record(register.root / "inner", ["data/registry.yaml"], "Inner", TRAILERS)
    register.change({A: b"new"})
    assert str(writes_before(register.root / "inner", "HEAD")).endswith("touches no file of this register")
    assert writes_before(register.root / "inner", None) == (Write("data/registry.yaml", b"", None),)


def test_a_file_that_cannot_be_read_or_a_broken_repository_is_told(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = register.change({A: b"new"})

    plain = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "a.yaml":
            raise PermissionError(13, "Permission denied")
        return plain(path)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", refuse)
        with pytest.raises(Missing, match=r"a\.yaml cannot be read: permission denied$"):
            writes_before(register.root, None)
    blob = register.git("rev-parse", f"{commit}^:{A}")
    (register.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(Missing, match=r"^git cat-file failed: "):
        writes_before(register.root, None)
