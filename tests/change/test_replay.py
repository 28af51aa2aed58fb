"""The reorganisation of 1 March 2024, recorded by commands on the register as it was before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.change.before import BUILDS_ON_IT, CREATED, before
from tests.commands import ROOT, Outcome, run, write
from tests.history import Repository
from tests.registers import Kept, found_in, told

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--date", "2024-03-01", "--source", "mitteilung-2024-04-02", "--by", "unknown", "--change", "neugliederung-0500")
REPLAY = [
    (
        "create", "unit", "bs/integration-vielfalt-und-demokratie", "name=Integration, Vielfalt und Demokratie",
        "kind=Stelle", "code=0500.10", "parent=0500", *DAY,
        "--quote", "die Stelle 0500.10 Integration, Vielfalt und Demokratie",
    ),
    ("set", "Sozial- und Gesundheitsplanung", "code", "0500.20", *DAY),
    ("move", "Stabsstelle Vielfalt", "--into", "0500.10", *DAY),
    ("move", "50.21", "0500.10", *DAY),
    ("set", "ausschuss-fuer-vielfalt-und-integration", "secretariat", "0500", *DAY),
]  # fmt: skip


def _tree(folder: Path, date: str) -> Any:  # noqa: ANN401 - JSON
    found = run("tree", "--bodies", "--date", date, "--format", "json", "-C", str(folder))
    return [
        _plain(node) for city in json.loads(found.out)["municipalities"] for node in (*city["roots"], *city["unplaced"])
    ]


def _plain(node: Any) -> Any:  # noqa: ANN401 - JSON
    return node["id"], node["code"], node["name"], node["kind"], [_plain(child) for child in node["children"]]


@pytest.fixture
def register(tmp_path: Path) -> Repository:
    made = Repository.begin(tmp_path / "register")
    made.commit(before(created=False), "The register before", "2024-02-01T09:00:00+01:00")
    return made


def _told(outcome: Outcome) -> str:
    return f"{outcome.out}\n{outcome.err}"


@pytest.mark.parametrize("created", [True, False])
def test_the_state_before_has_no_errors_of_its_own(*, created: bool) -> None:
    errors = [
        one for one in told(found_in(Kept(before(created=created))), "") if one.finding.rule.severity.value == "error"
    ]
    assert errors == []
    assert (CREATED in before(created=created)) is created
    assert (BUILDS_ON_IT in before(created=created)) is created


def test_replayed_by_commands_the_register_answers_as_the_shipped_one(register: Repository) -> None:
    folder = register.folder
    assert _tree(folder, "2024-03-01") != _tree(ROOT, "2024-03-01")
    for words in REPLAY:
        done = run(*words, "--yes", "-C", str(folder))
        assert done.code == 0, _told(done)
    assert _tree(folder, "2024-03-01") == _tree(ROOT, "2024-03-01")
    assert _tree(folder, "2024-02-29") == _tree(ROOT, "2024-02-29")
    assert register.git("rev-list", "--count", "HEAD") == str(1 + len(REPLAY))
    assert register.git("status", "--porcelain") == ""
    for words in REPLAY:
        again = run(*words, "--yes", "-C", str(folder))
        assert (again.code, again.out[:16]) == (0, "already recorded"), _told(again)
    assert register.git("rev-list", "--count", "HEAD") == str(1 + len(REPLAY))


def test_the_file_of_rehearsed_changes_comes_to_the_same_in_one_commit(register: Repository, tmp_path: Path) -> None:
    # Each command is rehearsed as a file; sent to a colleague and put together, they are one commit.
    folder, lines = register.folder, ["changes:"]
    for words in REPLAY:
        # What builds on the first command cannot be rehearsed without it.
        shown = run(*words, "--dry-run", "--format", "yaml", "-C", str(folder))
        if shown.code == 0:
            lines += shown.out.splitlines()[2:]
        else:
            assert "nothing is recorded under 0500.10" in shown.err
            lines += [f"  - move: [{words[1]!r}]", "    into: '0500.10'", "    date: 2024-03-01", "    by: unknown"]
            lines += ["    source: mitteilung-2024-04-02", "    change: neugliederung-0500"]
    file = write(tmp_path, {"changes.yaml": "\n".join(lines) + "\n"}) / "changes.yaml"
    done = run("apply", str(file), "--yes", "-C", str(folder))
    assert done.code == 0, _told(done)
    one = {path.name: path.read_bytes() for path in folder.rglob("data/**/*.yaml")}
    assert register.git("rev-list", "--count", "HEAD") == "2"
    register.git("reset", "--quiet", "--hard", "HEAD~1")
    for words in REPLAY:
        assert run(*words, "--yes", "-C", str(folder)).code == 0
    assert {path.name: path.read_bytes() for path in folder.rglob("data/**/*.yaml")} == one
