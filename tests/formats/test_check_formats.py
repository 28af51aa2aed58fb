"""Findings for sarif, gitlab and github: whole, in order, the same in the next run, and inert."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from orgreg.check.manual import pages
from orgreg.formats.fingerprint import fingerprints
from orgreg.formats.github.findings import findings as github
from orgreg.formats.gitlab.findings import findings as gitlab
from orgreg.formats.sarif.findings import findings as sarif
from orgreg.model.finding import Finding, Place, Rule, Severity
from orgreg.review.placed import Placed, Related
from tests.commands import run, write

if TYPE_CHECKING:
    from pathlib import Path

REGISTRY = """\
format: 1
municipalities:
  s:
    name: Stadt
    kinds:
      Amt: {rank: 1, code: '\\d{2}'}
"""
UNIT = """\
timeline:
  - from: unknown
    name: Amt
    code: "50"
    kind: Amt
    parent: none
    sources: none
"""


@pytest.fixture
def register(tmp_path: Path) -> Path:
    files = {
        "data/registry.yaml": REGISTRY,
        "data/units/s/amt.yaml": UNIT,
        "data/units/s/zweites.yaml": UNIT,
        "data/units/s/drittes.yaml": UNIT.replace('"50"', "50.20"),
        "data/units/s/Böse, 100%.yaml": UNIT,
    }
    return write(tmp_path, files)


def log(root: Path) -> dict[str, Any]:
    outcome = run("check", "--format", "sarif", cwd=root)
    assert outcome.code == 1
    read: dict[str, Any] = json.loads(outcome.out)
    return read


def test_sarif_names_tool_rules_and_results(register: Path) -> None:
    document = log(register)
    assert (document["version"], len(document["runs"])) == ("2.1.0", 1)
    (one,) = document["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [page.rule.code for page in pages()]
    for rule in rules:
        assert set(rule) == {"id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration"}
        assert rule["help"]["text"].count("Wrong:") == 1
        assert rule["help"]["markdown"].startswith(f"# {rule['id']} ")
    assert {result["ruleId"] for result in one["results"]} == {"R006", "G003", "S001", "U003"}
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == rules[result["ruleIndex"]]["defaultConfiguration"]["level"]
        assert re.search(r"\w\. \w", result["message"]["text"])


def test_sarif_points_to_regions_and_to_other_places(register: Path) -> None:
    results = {result["ruleId"]: result for result in log(register)["runs"][0]["results"]}
    place = results["U003"]["locations"][0]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "data/units/s/zweites.yaml", "uriBaseId": "REGISTER"},
        "region": {"startLine": 4, "startColumn": 11, "endColumn": 15},
    }
    assert place["logicalLocations"] == [{"fullyQualifiedName": "s/zweites"}]
    (other,) = results["U003"]["relatedLocations"]
    assert other["physicalLocation"]["artifactLocation"]["uri"] == "data/units/s/amt.yaml"
    # A path is a URI: what is no part of one is escaped.
    location = results["R006"]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "data/units/s/B%C3%B6se%2C%20100%25.yaml"
    assert "relatedLocations" not in results["R006"]
    assert "logicalLocations" not in results["R006"]["locations"][0]


def test_sarif_of_nothing_is_whole(tmp_path: Path) -> None:
    write(tmp_path, {"data/registry.yaml": "format: 1\nmunicipalities: {}\n"})
    outcome = run("check", "--format", "sarif", cwd=tmp_path)
    assert (outcome.code, json.loads(outcome.out)["runs"][0]["results"]) == (0, [])


def test_gitlab_has_what_its_report_needs(register: Path) -> None:
    outcome = run("check", "--format", "gitlab", cwd=register)
    assert outcome.code == 1
    report = json.loads(outcome.out)
    assert all(set(one) == {"description", "check_name", "fingerprint", "severity", "location"} for one in report)
    found = next(one for one in report if one["check_name"] == "U003-overlapping-codes")
    assert found["severity"] == "major"
    assert found["location"] == {"path": "data/units/s/zweites.yaml", "lines": {"begin": 4}}
    assert found["description"].startswith("U003 overlapping-codes: 50 is borne by two units")
    assert {one["severity"] for one in report} == {"major", "minor"}


def marks(root: Path) -> list[str]:
    report = json.loads(run("check", "--format", "gitlab", cwd=root).out)
    sarif_marks = [result["partialFingerprints"]["orgreg/v1"] for result in log(root)["runs"][0]["results"]]
    assert sarif_marks == [one["fingerprint"] for one in report]
    return sarif_marks


def test_fingerprints_are_all_different_and_stay_when_lines_move(register: Path) -> None:
    before = marks(register)
    assert max(Counter(before).values()) == 1
    for name in ("amt", "zweites", "drittes"):
        path = register / "data" / "units" / "s" / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(f"# a line above\n\n{text}", encoding="utf-8")
    assert sorted(marks(register)) == sorted(before)


def test_fingerprints_stay_when_an_entry_is_written_above(register: Path) -> None:
    before = set(marks(register))
    above = "timeline:\n  - from: 2030-01-01\n    staff: 3\n    sources: [{note: the plan}]\n"
    path = register / "data" / "units" / "s" / "zweites.yaml"
    path.write_text(UNIT.replace("timeline:\n", above), encoding="utf-8")
    assert before <= set(marks(register))


def made(code: str, message: str, severity: Severity = Severity.ERROR, line: int = 1, **more: Any) -> Placed:  # noqa: ANN401 - any part of a finding
    rule = Rule(code, "x", severity)
    return Placed(Finding(rule, "data/units/s/a.yaml", message, "do it", **more), Place(line, 1))


def test_a_line_that_a_message_speaks_of_is_no_part_of_it() -> None:
    one, other = made("Y004", "opened in line 3"), made("Y004", "opened in line 30")
    assert fingerprints([one]) == fingerprints([other])
    assert fingerprints([one]) != fingerprints([made("Y004", "opened in 2023")])
    assert fingerprints([made("U001", "x", route=("timeline", 0))]) == fingerprints(
        [made("U001", "x", route=("timeline", 4))]
    )
    assert fingerprints([made("U001", "\ud800")])


def test_github_has_errors_first_and_everything_in_the_log() -> None:
    found = [
        made("N001", "a note", Severity.NOTE, 1),
        made("W001", "a warning", Severity.WARNING, 2),
        made("E001", "50%: an error, bad", Severity.ERROR, 3),
    ]
    lines = list(github(found))
    assert lines[:3] == [
        "::error file=data/units/s/a.yaml,line=3,col=1,endColumn=2,title=E001 x::50%25: an error, bad. do it",
        "::warning file=data/units/s/a.yaml,line=2,col=1,endColumn=2,title=W001 x::a warning. do it",
        "::notice file=data/units/s/a.yaml,line=1,col=1,endColumn=2,title=N001 x::a note. do it",
    ]
    assert lines[3].startswith("::group::")
    assert "data/units/s/a.yaml:2:1: warning W001 x: a warning" in lines
    assert "  Do it. More: orgreg explain W001" in lines
    assert lines[-2:] == ["::endgroup::", "1 error, 1 warning, 1 note"]
    assert list(github([])) == ["no findings"]


@pytest.mark.parametrize("nasty", ["::error::x", "##[error]x", "a\n::set-env name=PATH::x", "\x1b[2J", "%0A::x"])
def test_no_text_of_a_file_becomes_a_command_of_the_runner(nasty: str) -> None:
    placed = Placed(
        Finding(Rule("E001", "x"), nasty, nasty, nasty, entity=nasty),
        Place(1, 1),
        nasty,
        (Related(nasty, Place(1, 1)),),
    )
    commands = [line for line in github([placed]) if line.lstrip().startswith(("::", "##["))]
    assert len(commands) == 3
    assert [command.split("::")[1].split(" ")[0] for command in commands] == ["error", "group", "endgroup"]
    assert "\n" not in "".join(github([placed]))
    assert "\x1b" not in "".join(line for line in github([placed]) if line not in commands)


def test_every_format_is_json_whatever_a_file_says() -> None:
    placed = Placed(Finding(Rule("U003", "x"), "a\ud800", '"\x00', "</script>"), Place(1, 1))
    assert json.dumps(gitlab([placed]))
    assert json.dumps(sarif([placed], pages(), "1"))
