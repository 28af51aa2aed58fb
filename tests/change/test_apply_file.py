"""The file of changes that the document shows, applied to the register as it was before."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.change.before import before
from tests.commands import ROOT, run, write
from tests.history import Repository

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = re.compile(r"^```yaml apply\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def shown() -> str:
    (found,) = SHOWN.findall((ROOT / "docs/data-format.md").read_text("utf-8"))
    return str(found)


@pytest.fixture
def register(tmp_path: Path) -> Repository:
    made = Repository.begin(tmp_path / "register")
    made.commit(before(created=False), "The register before", "2024-02-01T09:00:00+01:00")
    return made


def codes(folder: Path, day: str) -> dict[str, tuple[Any, Any]]:
    made = json.loads(run("report", "units", "--date", day, "--format", "json", "-C", str(folder)).out)
    return {row["reference"]: (row["code"], row["parent"]) for row in made["rows"]}


def test_the_file_that_is_shown_records_the_reorganisation_in_one_commit(register: Repository, tmp_path: Path) -> None:
    file = write(tmp_path, {"neugliederung-0500.yaml": shown()}) / "neugliederung-0500.yaml"
    done = run("apply", str(file), "--yes", "-C", str(register.folder))
    assert done.code == 0, done.err
    assert register.git("rev-list", "--count", "HEAD") == "2"
    for day in ("2024-02-29", "2024-03-01"):
        assert codes(register.folder, day) == codes(ROOT, day)
    again = run("apply", str(file), "--yes", "-C", str(register.folder))
    assert (again.code, register.git("rev-list", "--count", "HEAD")) == (0, "2")
    assert again.err.count("already recorded: ") == 5


def test_where_one_of_the_changes_cannot_be_nothing_is_written(register: Repository, tmp_path: Path) -> None:
    wrong = shown().replace('secretariat, "0500"', 'secretariat, "0599"')
    file = write(tmp_path, {"wrong.yaml": wrong}) / "wrong.yaml"
    done = run("apply", str(file), "--yes", "-C", str(register.folder))
    assert done.code == 1
    assert "nothing is recorded under 0599" in done.err
    assert register.git("status", "--porcelain") == ""
    assert register.git("rev-list", "--count", "HEAD") == "1"


DEADLINE = """\
changes:
  - create: [step, aktionsplan#auswertung]
    with: {title: Auswertung, due: Ende der Sommerferien 2025, modality: fixed, depends_on: aktionsplan#ziele}
  - set: [aktionsplan#ziele, due, 4. Quartal 2025]
    modality: expected
"""


def test_a_deadline_in_words_goes_into_the_file_and_out_of_it(tmp_path: Path) -> None:
    file = write(tmp_path, {"steps.yaml": DEADLINE}) / "steps.yaml"
    words = ("apply", str(file), "--date", "2025-09-01", "--source", "25-25182-01", "--dry-run")
    told = run(*words).out.splitlines()
    assert told[:2] == [
        (
            "aktionsplan#auswertung: title Auswertung; due 2025-08-13, fixed, from the words „Ende der Sommerferien "
            "2025“; depends_on bs/aktionsplan#ziele"
        ),
        "aktionsplan#ziele: due the 4th quarter of 2025, expected, from the words „4. Quartal 2025“",
    ]
    written = run(*words, "--format", "yaml").out
    again = write(tmp_path, {"again.yaml": written}) / "again.yaml"
    assert run("apply", str(again), "--dry-run").out.splitlines() == told
