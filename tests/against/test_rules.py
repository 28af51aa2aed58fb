"""Every rule over two states finds what its cases say, no more and no less, and its page shows wrong and right."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
import yaml

from orgreg.check import all_rules, between_rules
from orgreg.load import load
from orgreg.model.finding import Severity
from tests.against.states import Case, Lying, cases, found_new, of_code, over
from tests.registers import over_base

if TYPE_CHECKING:
    from orgreg.check import BetweenModule
    from orgreg.review.placed import Placed

ALL = between_rules()
CASES = list(cases())


def _said(placed: Placed) -> str:
    finding, place = placed.finding, placed.place
    return f"{finding.path}:{place.line}:{place.column}: {finding.rule.code} {finding.message}"


def _grave(found: list[Placed]) -> list[Placed]:
    return [one for one in found if one.finding.rule.severity is not Severity.NOTE]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_finds_what_it_says(case: Case) -> None:
    assert load(case.merged).findings == ()
    found = [_said(placed) for placed in _grave(found_new(case.merged, case.now))]
    assert len(found) == len(case.finds), found
    for said, wanted in zip(found, case.finds, strict=True):
        assert said.startswith(wanted)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_proposed_finds_nothing_against_itself(case: Case) -> None:
    assert found_new(case.now, case.now) == []


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.RULE.code)
def test_a_rule_has_a_case_that_is_wrong_and_two_that_are_right(rule: BetweenModule) -> None:
    mine = [case for case in CASES if case.code == f"{rule.RULE.code}-{rule.RULE.name}"]
    assert any(f" {rule.RULE.code} " in found for case in mine for found in case.finds)
    assert sum(not any(f" {rule.RULE.code} " in found for found in case.finds) for case in mine) >= 2


def test_every_case_file_is_of_a_rule() -> None:
    assert {case.code for case in CASES} == {f"{rule.RULE.code}-{rule.RULE.name}" for rule in ALL}


def test_codes_and_names_are_those_of_no_other_rule() -> None:
    for rule in ALL:
        assert re.fullmatch("H[0-9]{3}", rule.RULE.code)
        assert rule.RULE.code not in {other.RULE.code for other in all_rules()}
        assert rule.RULE.name not in {other.RULE.name for other in all_rules()}
        assert vars(rule)["__name__"].rpartition(".")[2] == rule.RULE.name.replace("-", "_")


def test_the_folder_of_rules_is_the_list() -> None:
    folder = Path(__file__).parents[2] / "src/orgreg/check/between"
    assert len(ALL) == len([path for path in folder.glob("*.py") if path.stem != "__init__"])


# ------------------------------------------------------------------------------------------------------- manual pages


def _examples(rule: BetweenModule) -> tuple[str, str]:
    page = rule.__doc__ or ""
    wrong = re.search(r"^Wrong:\n\n(.*?)\n\nRight:\n\n", page, re.DOTALL | re.MULTILINE)
    assert wrong, f"{rule.RULE.code} shows nothing wrong"
    return dedent(wrong[1]), dedent(page[wrong.end() :])


def _states(example: str) -> tuple[Lying, Lying]:
    """Both states of an example: a file that is shown as merged only is gone now."""
    _, *parts = re.split(r"^# (data/\S+), (merged|now)\n", example, flags=re.MULTILINE)
    told = list(zip(parts[::3], parts[1::3], (_sourced(text) for text in parts[2::3]), strict=True))
    merged = over(over_base({}).files, {path: text for path, when, text in told if when == "merged"})
    gone = {path: None for path, when, _ in told if when == "merged"}
    now = {path: text for path, when, text in told if when == "now"}
    return merged, over(merged.files, {**gone, **now})


def _sourced(text: str) -> str:
    """A page leaves sources out that it does not speak of."""
    tree = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - makes texts only
    for entry in tree.get("timeline", ()):
        entry.setdefault("sources", [{"paper": "bs/beschluss"}])
    if "number" in tree:
        tree.setdefault("sources", [{"note": "the paper itself"}])
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.RULE.code)
def test_the_examples_of_a_manual_page_are_wrong_and_right(rule: BetweenModule) -> None:
    wrong, right = _examples(rule)
    code = rule.RULE.code
    assert [one.finding.rule.code for one in _grave(found_new(*_states(wrong)))] == [code]
    assert of_code(found_new(*_states(right)), code) == []
    assert _grave(found_new(*_states(right))) == []
