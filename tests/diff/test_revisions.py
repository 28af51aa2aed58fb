"""`orgreg diff REV..REV`: what two states of the register say differently."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.chronicle import REGISTRY, chronicle
from tests.cli.transcripts import played
from tests.commands import run, write
from tests.diff.transcripts import TRANSCRIPT
from tests.docs.test_docs import agrees
from tests.history import Repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

UNIT = "data/units/bs/sozialplanung.yaml"
STANDS = "nothing that the register says became different\n"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The chronicle, which no test changes."""
    return chronicle(tmp_path_factory.mktemp("chronicle") / "register")


@pytest.fixture
def register(tmp_path: Path) -> Repository:
    """A chronicle to go on with."""
    return chronicle(tmp_path / "register")


@pytest.fixture
def small(tmp_path: Path) -> Repository:
    """A register of one unit."""
    made = Repository.begin(tmp_path / "register")
    unit = "timeline:\n  - {from: 2020-01-01, name: Rat, kind: Ausschuss, parent: none, sources: none}\n"
    made.commit({"data/registry.yaml": REGISTRY, "data/units/bs/rat.yaml": unit}, "Begin", "2024-01-01T09:00:00+01:00")
    return made


def _edit(root: Path, key: str, change: Callable[[str], str]) -> None:
    write(root, {key: change((root / key).read_text(encoding="utf-8"))})


def test_the_transcript_is_what_is_told(told: Repository) -> None:
    assert played(TRANSCRIPT, told.folder) == TRANSCRIPT.read_text(encoding="utf-8")


@pytest.mark.parametrize("revisions", ["2024-02-01..", "HEAD..report", "2024-02-01..2024-02-05"])
def test_the_document_is_as_documented(told: Repository, revisions: str) -> None:
    agrees(_answer(told, revisions), "diff", revisions)


def test_what_is_not_committed_is_told_until_the_files_as_they_lie_here(register: Repository) -> None:
    _edit(register.folder, UNIT, lambda text: text.replace("Sozial- und", "Sozial-, Pflege- und"))
    outcome = run("diff", "HEAD..", cwd=register.folder)
    assert "the name of 0500.20 since 2024-03-01 was" in outcome.out
    assert run("diff", "HEAD..HEAD", cwd=register.folder).out == STANDS


def test_a_file_that_only_moved_is_not_told_even_where_no_former_name_is_noted(register: Repository) -> None:
    (register.folder / UNIT).rename(register.folder / "data/units/bs/planung.yaml")
    outcome = run("diff", "HEAD..", cwd=register.folder)
    assert (outcome.code, outcome.out) == (0, STANDS)
    answer = json.loads(run("diff", "HEAD..", "--format", "json", cwd=register.folder).out)
    assert answer["renamed"] == [{"folder": "units", "before": "bs/sozialplanung", "after": "bs/planung"}]
    assert (answer["from"]["commit"], answer["to"]) == (register.head(), None)


def test_of_two_files_with_the_same_bytes_nobody_can_say_which_moved(small: Repository) -> None:
    text = (small.folder / "data/units/bs/rat.yaml").read_text(encoding="utf-8")
    write(small.folder, {"data/units/bs/eins.yaml": text, "data/units/bs/zwei.yaml": text})
    (small.folder / "data/units/bs/rat.yaml").unlink()
    answer = json.loads(run("diff", "HEAD..", "--format", "json", cwd=small.folder).out)
    assert answer["renamed"] == []
    assert [one["unit"] for one in answer["changes"]] == ["bs/eins", "bs/zwei"]
    assert [one["entity"] for one in answer["corrections"]] == ["bs/rat"]


def test_what_is_only_planned_is_told_when_asked_for(small: Repository) -> None:
    planned = "  - {from: 2030-01-01, status: planned, name: Großer Rat, sources: none}\n"
    _edit(small.folder, "data/units/bs/rat.yaml", lambda text: text + planned)
    outcome = run("diff", "HEAD..", cwd=small.folder)
    assert outcome.out == STANDS
    assert "only planned or proposed became different too; --planned tells it" in outcome.err
    outcome = run("diff", "HEAD..", "--planned", cwd=small.folder)
    assert "Planned: Rat is renamed Großer Rat" in outcome.out
    assert "--planned" not in outcome.err


def test_nothing_is_concluded_from_a_file_that_cannot_be_read(small: Repository) -> None:
    write(small.folder, {"data/units/bs/rat.yaml": "timeline: 1\n"})
    outcome = run("diff", "HEAD..", cwd=small.folder)
    compared = f"{STANDS.strip()} in what could be compared"
    assert (outcome.code, outcome.out) == (0, f"{compared}\n")
    assert "cannot be read in one of the two states: data/units/bs/rat.yaml" in outcome.err
    outcome = run("diff", "HEAD..", "--format", "markdown", cwd=small.folder)
    assert outcome.out == f"*{compared.capitalize()}.*\n"
    answer = json.loads(run("diff", "HEAD..", "--format", "json", cwd=small.folder).out)
    assert answer["uncompared"] == ["data/units/bs/rat.yaml"]


def test_a_state_of_another_format_is_not_taken_for_an_empty_one(small: Repository) -> None:
    _edit(small.folder, "data/registry.yaml", lambda text: text.replace("format: 1", "format: 2"))
    outcome = run("diff", "HEAD..", cwd=small.folder)
    assert (outcome.code, outcome.out) == (3, "")
    assert "here, the register is of format 2; this orgreg reads 1" in outcome.err
    small.record("Another format", "2024-02-01T09:00:00+01:00")
    assert f"at {small.head()[:7]}, the register" in run("diff", "HEAD~1..HEAD", cwd=small.folder).err


def test_one_municipality_alone(small: Repository) -> None:
    text = (small.folder / "data/units/bs/rat.yaml").read_text(encoding="utf-8")
    registry = REGISTRY + REGISTRY.partition("municipalities:\n")[2].replace("  bs:", "  bux:", 1)
    write(small.folder, {"data/registry.yaml": registry, "data/units/bux/rat.yaml": text})
    assert run("diff", "HEAD..", "-m", "bs", cwd=small.folder).out == STANDS
    assert "Rat is created" in run("diff", "HEAD..", "-m", "bux", cwd=small.folder).out
    assert "2020-01-01\n" in run("diff", "HEAD..", cwd=small.folder).out


def test_a_bare_repository_is_asked_with_both_revisions(told: Repository, tmp_path: Path) -> None:
    bare = told.clone(tmp_path / "register.git", "--bare")
    assert "interviews" not in run("diff", "HEAD~1..HEAD", cwd=bare.folder).err
    assert "erledigt since 2025-08-13" in run("diff", "HEAD~1..HEAD", cwd=bare.folder).out
    assert run("diff", "HEAD~1..", cwd=bare.folder).code == 3


def test_without_git_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    write(tmp_path, {"data/registry.yaml": REGISTRY})
    outcome = run("diff", "HEAD..", cwd=tmp_path)
    assert outcome.code == 3
    assert "has no history" in outcome.err


def test_a_shallow_clone_says_what_is_missing(told: Repository, tmp_path: Path) -> None:
    shallow = told.clone(tmp_path / "shallow", "--depth", "2")
    assert "erledigt" in run("diff", "HEAD~1..HEAD", cwd=shallow.folder).out
    outcome = run("diff", "HEAD~3..HEAD", cwd=shallow.folder)
    assert outcome.code == 3
    assert "fetch-depth: 0" in outcome.err


def test_the_steps_of_the_chronicle_tell_the_changes_that_all_of_it_tells_at_once(told: Repository) -> None:
    commits = told.git("rev-list", "--first-parent", "--reverse", "HEAD").split()
    steps = [_answer(told, f"{before}..{after}") for before, after in pairwise(commits)]
    whole = _answer(told, f"{commits[0]}..{commits[-1]}")
    assert {(one["verb"], one["unit"], one["on"]) for one in whole["changes"]} == {
        (one["verb"], one["unit"], one["on"]) for step in steps for one in step["changes"]
    }


def _answer(told: Repository, revisions: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run("diff", revisions, "--format", "json", cwd=told.folder).out)
    return answer
