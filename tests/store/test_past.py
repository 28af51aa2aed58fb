"""Which commit a time means, and when a register began."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from orgreg.store import Missing, Recorded
from orgreg.store.past import Past
from tests.history import Repository, counted

if TYPE_CHECKING:
    from pathlib import Path

REGISTRY = "data/registry.yaml"
RAT = "data/units/bs/rat.yaml"


def by(past: Past, time: str) -> Recorded:
    return past.by(int(datetime.fromisoformat(time).timestamp()), time)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Begun on 1 March, a line from there, and a branch that is merged later than it was committed."""
    made = Repository.begin(tmp_path / "register")
    made.commit({"README": ""}, "before the register", "2024-02-01T09:00:00+01:00")
    made.commit({REGISTRY: "format: 1\n", RAT: "one"}, "begin", "2024-03-01T09:00:00+01:00")
    made.branch("report")
    made.commit({"data/units/bs/new.yaml": "new"}, "report", "2024-03-10T09:00:00+01:00")
    made.branch("main")
    made.commit({RAT: "two"}, "two", "2024-03-05T09:00:00+01:00")
    made.merge("report", "merge", "2024-03-20T09:00:00+01:00")
    made.commit({RAT: "three"}, "three", "2024-04-09T10:00:00+02:00")
    return made


@pytest.mark.parametrize(
    ("time", "word"),
    [
        ("2024-04-09T10:00:00+02:00", "HEAD"),
        ("2030-01-01T00:00:00+00:00", "HEAD"),
        ("9999-12-31T23:59:59+00:00", "HEAD"),
        ("2024-04-09T09:59:59+02:00", "HEAD~1"),
        ("2024-04-09T08:00:00+00:00", "HEAD"),
        ("2024-03-15T00:00:00+01:00", "HEAD~2"),  # the branch had not been merged
        ("2024-03-01T09:00:00+01:00", "HEAD~3"),
        ("2024-02-10T09:00:00+01:00", "HEAD~4"),
    ],
)
def test_a_time_is_the_newest_commit_of_the_line(repository: Repository, time: str, word: str) -> None:
    past = Past(repository.folder)
    assert by(past, time).commit == past.at(word).commit == repository.git("rev-parse", word)


def test_a_time_takes_few_processes(repository: Repository, tmp_path: Path) -> None:
    with counted(tmp_path) as log:
        past = Past(repository.folder)
        past.names_like("2024-03-15")
        assert past.files(by(past, "2024-03-15T00:00:00+01:00")).read(RAT, 9) == b"two"
    assert log.read_text().split() == [
        *("rev-parse", "for-each-ref", "rev-list", "rev-parse", "cat-file", "ls-tree", "cat-file")
    ]


def test_what_was_recorded_when_is_the_committers_time(repository: Repository) -> None:
    repository.git(
        *("commit", "--allow-empty", "--quiet", "-m", "rebased", "--date=2024-04-20T10:00:00+0200"),
        date="2024-06-01T10:00:00+02:00",
    )
    past = Past(repository.folder)
    assert by(past, "2024-05-01T00:00:00+00:00") == past.at("HEAD~1")
    assert past.at("HEAD~1").time.isoformat() == "2024-04-09T10:00:00+02:00"
    assert past.at("HEAD").time.isoformat() == "2024-06-01T10:00:00+02:00"


def test_a_commit_that_says_an_earlier_time_than_its_parent_is_believed(repository: Repository) -> None:
    late = repository.commit({RAT: "four"}, "its clock was late", "2024-04-01T10:00:00+02:00")
    past = Past(repository.folder)
    assert by(past, "2024-04-02T00:00:00+02:00").commit == late
    assert by(past, "2024-03-31T00:00:00+02:00").commit == repository.git("rev-parse", "HEAD~2")


@pytest.mark.parametrize(
    "time", ["2024-01-01T00:00:00+00:00", "1950-01-01T00:00:00+00:00", "0001-01-02T00:00:00+00:00"]
)
def test_a_time_before_the_register_is_told_when_it_began(repository: Repository, time: str) -> None:
    with pytest.raises(Missing) as raised:
        by(Past(repository.folder), time)
    name = repository.git("rev-parse", "HEAD~3")[:7]
    began = f"the register began with {name}, recorded 2024-03-01T09:00:00+01:00."
    assert str(raised.value) == f"nothing was recorded by {time}; {began}"


def test_so_is_a_time_when_the_repository_had_no_register(repository: Repository) -> None:
    past = Past(repository.folder)
    first, began = (repository.git("rev-parse", word)[:7] for word in ("HEAD~4", "HEAD~3"))
    with pytest.raises(Missing) as raised:
        past.files(by(past, "2024-02-10T00:00:00+01:00"))
    assert str(raised.value) == (
        f"there is no register in {first}, recorded 2024-02-01T09:00:00+01:00: no data/registry.yaml in its tree; "
        f"the register began with {began}, recorded 2024-03-01T09:00:00+01:00."
    )


def test_a_register_that_moved_began_where_it_lay(repository: Repository) -> None:
    repository.rename("data", "city/data", "move", "2024-05-01T09:00:00+02:00")
    with pytest.raises(Missing, match=r"the register began with \w{7}, recorded 2024-03-01T09:00:00\+01:00\.$"):
        by(Past(repository.folder / "city"), "2024-01-01T00:00:00+00:00")


def test_a_line_without_a_register_has_no_beginning(tmp_path: Path) -> None:
    made = Repository.begin(tmp_path)
    made.commit({"README": ""}, "nothing", "2024-02-01T09:00:00+01:00")
    past = Past(tmp_path)
    with pytest.raises(Missing, match=r"in its tree, and no commit that leads to HEAD brought one\.$"):
        past.files(past.at("HEAD"))


def test_without_a_commit_there_is_no_line(tmp_path: Path) -> None:
    Repository.begin(tmp_path)
    said = "no commit has been made on main yet. Record the files first, with git add and git commit."
    with pytest.raises(Missing, match=f"^nothing was recorded by 2024-01-01T00:00:00.00:00: {said}$"):
        by(Past(tmp_path), "2024-01-01T00:00:00+00:00")
    with pytest.raises(Missing, match=f"^git knows no revision 'HEAD' here: {said}$"):
        Past(tmp_path).at("HEAD")


def test_a_broken_line_is_no_beginning(repository: Repository) -> None:
    name = repository.git("rev-parse", "HEAD~2")
    (repository.folder / ".git/objects" / name[:2] / name[2:]).unlink()
    past = Past(repository.folder)
    assert by(past, "2024-05-01T00:00:00+00:00").commit == repository.head()
    with pytest.raises(Missing, match="or one is missing"):
        by(past, "2024-01-01T00:00:00+00:00")


# ----------------------------------------------------------------------------------------- shallow clones


def test_a_shallow_clone_answers_as_far_as_it_reaches(repository: Repository, tmp_path: Path) -> None:
    past = Past(repository.clone(tmp_path / "clone", "--depth=2").folder)
    assert by(past, "2024-04-01T00:00:00+02:00").commit == repository.git("rev-parse", "HEAD~1")
    with pytest.raises(Missing) as raised:
        by(past, "2024-03-15T00:00:00+01:00")
    assert str(raised.value) == (
        "git does not have what was recorded by 2024-03-15T00:00:00+01:00 here. "
        "The clone is shallow and has only the newest commits: git fetch --unshallow, in CI fetch-depth: 0."
    )


def test_a_line_that_is_whole_has_a_beginning_also_in_a_shallow_clone(repository: Repository, tmp_path: Path) -> None:
    clone = repository.clone(tmp_path / "clone")
    (clone.folder / ".git/shallow").write_text(repository.git("rev-parse", "HEAD~1^2") + "\n")
    with pytest.raises(Missing, match=r"^nothing was recorded by 2024-01-01"):
        by(Past(clone.folder), "2024-01-01T00:00:00+01:00")


# ----------------------------------------------------------------------------------------- odd committers


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("A <a@b> 1712649600 +0200", "2024-04-09T10:00:00+02:00"),
        ("A > 1 +0000 <a@b> 1712649600 -0330", "2024-04-09T04:30:00-03:30"),
        ("A <a@b> 1712649600 +9900", "2024-04-09T08:00:00+00:00"),
        ("A <a@b> 99999999999999999 +0200", "9999-01-01T02:00:00+02:00"),
        ("A <a@b> 9999999999999999999999999999999999999999 +0200", "1970-01-01T00:00:00+00:00"),
        ("A <a@b> -86400 +0000", "1970-01-01T00:00:00+00:00"),
        ("A <a@b>", "1970-01-01T00:00:00+00:00"),
    ],
)
def test_a_committer_may_say_anything(repository: Repository, written: str, told: str) -> None:
    tree = repository.git("rev-parse", "HEAD^{tree}")
    (repository.folder / "odd").write_text(f"tree {tree}\nauthor A <a@b> 1 +0000\ncommitter {written}\n\nodd\n")
    name = repository.git("hash-object", "-t", "commit", "-w", "--literally", "odd")
    assert Past(repository.folder).at(name).time.isoformat().startswith(told)


# ----------------------------------------------------------------------------------------- names


def test_branches_and_tags_of_a_name_are_told(repository: Repository) -> None:
    past = Past(repository.folder)
    assert past.names_like("2024-04-09") == []
    repository.git("branch", "2024-04-09/deeper")
    repository.git("tag", "2024-04-09")
    assert past.names_like("2024-04-09") == ["refs/tags/2024-04-09"]
    assert past.names_like("report") == ["refs/heads/report"]
