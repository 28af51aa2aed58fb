"""`orgreg diff REV..REV` where something of the history is missing, elsewhere or in another place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chronicle import OLD, chronicle
from tests.commands import Outcome, run
from tests.history import Repository

if TYPE_CHECKING:
    from pathlib import Path

LATER = "2026-01-01T09:00:00+01:00"
BETWEEN = ("diff", "HEAD~4..HEAD~3")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return chronicle(tmp_path_factory.mktemp("chronicle") / "register")


@pytest.fixture(scope="module")
def expected(told: Repository) -> Outcome:
    found = run(*BETWEEN, cwd=told.folder)
    assert found.code == 0
    assert "was 0500.30, is 0500.20" in found.out
    return found


def test_a_bare_repository_a_worktree_and_a_submodule_answer_alike(
    told: Repository, tmp_path: Path, expected: Outcome
) -> None:
    bare = told.clone(tmp_path / "bare.git", "--bare")
    told.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "worktree"), "HEAD")
    whole = Repository.begin(tmp_path / "whole")
    whole.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(told.folder), "inner")
    for folder in (bare.folder, tmp_path / "worktree", whole.folder / "inner"):
        assert run(*BETWEEN, "-C", str(folder)) == expected
        for words in (["log", "0500.10"], ["why", "0500.10", "name", "--date", "2024-05-01", "--as-of", "HEAD"]):
            assert run(*words, "-C", str(folder)) == run(*words, cwd=told.folder)
    told.git("worktree", "remove", "--force", str(tmp_path / "worktree"))


def test_a_register_that_was_moved_differs_by_nothing(tmp_path: Path) -> None:
    made = chronicle(tmp_path / "register")
    made.rename("data", "city/data", "Move", LATER)
    found = run("diff", "HEAD~1..HEAD", cwd=made.folder / "city")
    assert (found.code, found.out) == (0, "nothing that the register says became different\n")
    found = run("why", "0500.10", "name", "--date", "2024-05-01", cwd=made.folder / "city")
    assert "8d5cab7 „Merge the report of the reorganisation“" in found.out


def test_a_shallow_clone_answers_as_far_as_it_reaches(told: Repository, tmp_path: Path) -> None:
    shallow = told.clone(tmp_path / "shallow", "--depth=3")
    assert run("diff", "HEAD~1..HEAD", cwd=shallow.folder).code == 0
    for beyond in ("HEAD~4..HEAD", "2024-04-09..HEAD"):
        found = run("diff", beyond, cwd=shallow.folder)
        assert (found.code, found.out) == (3, "")
        assert "git fetch --unshallow" in found.err


def test_a_partial_clone_fetches_what_it_needs_or_says_what_is_missing(
    told: Repository, tmp_path: Path, expected: Outcome
) -> None:
    told.git("config", "uploadpack.allowFilter", "true")
    partial = told.clone(tmp_path / "partial", "--filter=blob:none")
    assert run(*BETWEEN, cwd=partial.folder) == expected
    lone = told.clone(tmp_path / "lone", "--filter=blob:none")
    lone.git("config", "remote.origin.url", str(tmp_path / "nowhere"))
    for words in (BETWEEN, ("why", "sozialplanung", "code", "--date", "2024-05-01", "--as-of", "HEAD~4")):
        found = run(*words, "--no-cache", cwd=lone.folder)
        assert (found.code, found.out) == (3, "")
        assert "git does not have the bytes of " in found.err


@pytest.mark.parametrize(
    ("between", "said"),
    [
        ("nowhere..HEAD", "git knows no revision 'nowhere' here."),
        ("HEAD..nowhere", "git knows no revision 'nowhere' here."),
        ("2023-01-01..HEAD", "nothing was recorded by 2023-01-01; the register began with b453f51"),
    ],
)
def test_what_git_does_not_have_ends_with_3(told: Repository, between: str, said: str) -> None:
    found = run("diff", between, cwd=told.folder)
    assert (found.code, found.out) == (3, "")
    assert said in found.err


def test_before_the_first_commit_that_is_said(tmp_path: Path) -> None:
    made = Repository.begin(tmp_path)
    for key, text in OLD.items():
        (tmp_path / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / key).write_text(text)
    found = run("diff", "HEAD..", cwd=made.folder)
    assert (found.code, found.out) == (3, "")
    assert "no commit has been made on main yet" in found.err
    found = run("why", "0500", "name", "--date", "2024-01-01", cwd=made.folder)
    assert found.code == 0
    assert "which commit recorded it cannot be told: git knows no revision 'HEAD' here: no commit has been" in found.out
