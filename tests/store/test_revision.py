"""A revision's files: what is there, what is no file, and what to do where git or the revision is missing."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from orgreg.store import Missing, Obstacle, Trouble
from orgreg.store.revision import Revision

if TYPE_CHECKING:
    from pathlib import Path

RAT = "data/units/bs/rat.yaml"


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(folder: Path, files: dict[str, bytes], message: str = "state") -> str:
    for key, content in files.items():
        path = folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    return tmp_path


def test_a_revision_has_the_bytes_of_its_time(repository: Path) -> None:
    first = commit(repository, {RAT: b"one"})
    second = commit(repository, {RAT: b"two"})
    git(repository, "tag", "early", first)
    (repository / RAT).write_bytes(b"not committed")
    for revision, content in ((first, b"one"), ("early", b"one"), ("HEAD~1", b"one"), ("main", b"two"), ("@", b"two")):
        assert Revision(repository, revision).read(RAT, 100) == content
    assert Revision(repository, second[:10]).commit == second
    assert Revision(repository, "main").read(RAT, 2) == b"tw"


def test_what_is_not_there_has_no_bytes(repository: Path) -> None:
    commit(repository, {RAT: b"one"})
    files = Revision(repository, "HEAD")
    assert files.keys() == [RAT]
    assert files.read("data/registry.yaml", 10) == Trouble(Obstacle.UNREADABLE, "no such file or directory")


def test_a_commit_without_data_has_no_keys(repository: Path) -> None:
    commit(repository, {"README": b""})
    assert Revision(repository, "HEAD").keys() == []


def test_links_and_submodules_are_no_files_and_what_is_hidden_is_left_out(repository: Path) -> None:
    head = commit(repository, {RAT: b"one", "data/.hidden": b"", "data/units/.x/y.yaml": b""})
    (repository / "data/units/bs/link.yaml").symlink_to("rät.yaml")
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{head},data/units/other")
    git(repository, "add", "data/units/bs/link.yaml")
    git(repository, "commit", "--quiet", "-m", "links")
    files = Revision(repository, "HEAD")
    assert files.keys() == ["data/units/bs/link.yaml", RAT, "data/units/other"]
    assert files.read("data/units/bs/link.yaml", 2) == Trouble(Obstacle.LINK, "rät.yaml")
    assert files.read("data/units/other", 10) == Trouble(Obstacle.SPECIAL, "a submodule, another repository's folder")


def test_the_register_may_be_a_folder_of_the_repository(repository: Path) -> None:
    commit(repository, {f"city/register/{RAT}": b"inner", RAT: b"outer"})
    assert Revision(repository / "city/register", "HEAD").keys() == [RAT]
    assert Revision(repository / "city/register", "HEAD").read(RAT, 10) == b"inner"


def test_a_large_file_is_read_as_far_as_asked_for(repository: Path) -> None:
    commit(repository, {RAT: b"x" * 3_000_000})
    assert Revision(repository, "HEAD").read(RAT, 1_000_001) == b"x" * 1_000_001


def test_a_hook_that_names_another_repository_does_not_lead_astray(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repository, {f"city/{RAT}": b"one"})
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")
    assert Revision(repository / "city", "HEAD").keys() == [RAT]


def test_an_object_that_git_has_lost_is_unreadable(repository: Path) -> None:
    commit(repository, {RAT: b"one", "data/units/bs/other.yaml": b"two"})
    name = git(repository, "rev-parse", f"HEAD:{RAT}")
    (repository / ".git/objects" / name[:2] / name[2:]).unlink()
    files = Revision(repository, "HEAD")
    expected = Trouble(Obstacle.UNREADABLE, f"git does not have its bytes, the object {name[:12]}")
    assert files.read(RAT, 10) == expected
    assert files.read("data/units/bs/other.yaml", 10) == b"two"


def test_a_tree_that_git_has_lost_is_said(repository: Path) -> None:
    commit(repository, {RAT: b"one"})
    name = git(repository, "rev-parse", "HEAD:data/units")
    (repository / ".git/objects" / name[:2] / name[2:]).unlink()
    with pytest.raises(Missing, match=r"^git cannot list the files of \w{12}: .*\. Try git fsck\.$"):
        Revision(repository, "HEAD").keys()


# -------------------------------------------------------------------------------------------------------------- missing


@pytest.mark.parametrize(
    "revision", ["nowhere", "", "--all", "HEAD~9", "HEAD:data", "a\0b", "HEAD^{tree}", "main..main"]
)
def test_an_unknown_revision_is_said(repository: Path, revision: str) -> None:
    commit(repository, {RAT: b"one"})
    with pytest.raises(Missing) as raised:
        Revision(repository, revision)
    told = f"git knows no revision {revision!r} here. Name a commit, a branch or a tag; git log shows the commits."
    assert str(raised.value) == told


def test_so_it_is_in_a_repository_without_a_commit(repository: Path) -> None:
    with pytest.raises(Missing, match="git knows no revision 'HEAD' here"):
        Revision(repository, "HEAD")


def test_in_a_shallow_clone_it_says_how_to_get_the_rest(repository: Path) -> None:
    first = commit(repository, {RAT: b"one"})
    commit(repository, {RAT: b"two"})
    clone = repository / "clone"
    git(repository, "clone", "--quiet", "--depth=1", f"file://{repository}", str(clone))
    assert Revision(clone, "HEAD").read(RAT, 10) == b"two"
    with pytest.raises(Missing, match=r"shallow and knows only the newest commits: git fetch --unshallow\.$"):
        Revision(clone, first)


def test_without_a_repository_there_is_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(Missing) as raised:
        Revision(tmp_path, "HEAD")
    assert str(raised.value) == (
        f"the register in {tmp_path} has no history: it lies in no git repository."
        " Only what the working tree says can be asked for."
    )


def test_in_a_bare_repository_lies_no_register(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare")
    with pytest.raises(Missing, match="it lies in no git repository"):
        Revision(tmp_path, "HEAD")


def test_a_repository_that_git_refuses_is_said_in_its_words(repository: Path) -> None:
    (repository / ".git/config").write_text("[core]\n\trepositoryformatversion = 99\n")
    with pytest.raises(Missing, match=r"has no history: .*99"):
        Revision(repository, "HEAD")


def test_without_git_it_says_so(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(Missing, match=r"^git is not installed, .* Install git\.$"):
        Revision(repository, "HEAD")
