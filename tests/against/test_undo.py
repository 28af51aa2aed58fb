"""`undo` of what is merged says beforehand what a review of it will say; of what is only here it says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.change.small import SMALL
from tests.commands import run
from tests.history import Repository

if TYPE_CHECKING:
    from pathlib import Path

HINT = (
    "orgreg: main has this change already: check --against main will take its loss for an error, H001. What was wrong "
    "is put right with orgreg correct, which keeps what stood there and says why\n"
)


@pytest.fixture
def register(tmp_path: Path) -> Repository:
    """A register with a change that orgreg recorded, on the branch proposal only."""
    made = Repository.begin(tmp_path / "register")
    made.commit(SMALL, "Begin", "2024-02-01T09:00:00+01:00")
    made.branch("proposal")
    change = ("set", "50.21", "short_name", "BfM", "--date", "2024-03-01", "--source", "23-20000", "--yes")
    done = run(*change, cwd=made.folder)
    assert done.code == 0, done.err
    return made


def test_what_is_merged_is_undone_with_a_warning_and_the_review_says_the_same(register: Repository) -> None:
    register.branch("main")
    register.merge("proposal", "Merge", "2024-04-01T09:00:00+02:00")
    register.branch("another")
    (tried, done) = (run("undo", option, cwd=register.folder) for option in ("--dry-run", "--yes"))
    assert (tried.code, tried.err) == (0, HINT)
    assert (done.code, done.err) == (0, HINT)
    review = run("check", "--against", "main", cwd=register.folder)
    assert review.code == 1
    assert " H001 " in review.out


def test_what_only_this_branch_has_is_undone_without_one(register: Repository) -> None:
    done = run("undo", "--yes", cwd=register.folder)
    assert (done.code, done.err) == (0, "")
    assert run("check", "--against", "main", cwd=register.folder).code == 0


def test_this_branch_elsewhere_is_this_branch_and_another_there_is_another(
    register: Repository, tmp_path: Path
) -> None:
    clone = register.clone(tmp_path / "clone")
    assert run("undo", "--dry-run", cwd=clone.folder).err == ""
    clone.git("branch", "--quiet", "--move", "mine")
    assert run("undo", "--dry-run", cwd=clone.folder).err == HINT.replace("main", "origin/proposal")
