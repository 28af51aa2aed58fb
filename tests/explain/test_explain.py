"""Every rule and refusal has a manual page, whose examples are wrong and right."""

from __future__ import annotations

import json
import re
from collections import Counter
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from orgreg.check.manual import Block, Page, page, pages
from orgreg.formats.markdown import manual as markdown
from orgreg.load import load
from orgreg.model.finding import Rule
from orgreg.store.working_tree import WorkingTree
from orgreg.text.manual import PAGES
from tests.commands import run, write

if TYPE_CHECKING:
    from pathlib import Path

REGISTRY = """\
format: 1
municipalities:
  s:
    name: Stadt
    kinds:
      Amt: {rank: 1}
"""
ALL = pages()
REFUSED = {rule.code: text for rule, text in PAGES}
IN_YAML = [
    code for code, text in REFUSED.items() if "    # data/" in text.partition("Wrong:")[2].partition("Right:")[0]
]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.rule.code)
def test_a_page_says_what_why_what_to_do_and_shows_wrong_and_right(one: Page) -> None:
    assert one.summary.endswith(".")
    said, wrong, right = re.split(r"^(?:Wrong|Right):\n\n", one.text, flags=re.MULTILINE)
    assert len(said.strip().split("\n\n")) >= 3
    assert all(line.startswith("    ") or not line for line in (wrong + right).rstrip().splitlines())
    assert max(map(len, one.text.splitlines())) <= 120
    assert re.findall(r"^.*[ \t]$", one.text, re.MULTILINE) == []


def test_pages_stand_by_code_and_each_once() -> None:
    codes = [one.rule.code for one in ALL]
    assert codes == sorted(codes)
    assert max(Counter(codes).values()) == 1


def _files(text: str) -> dict[str, str]:
    _, *parts = re.split(r"^# (data/\S+)\n", dedent(text), flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("code", IN_YAML)
def test_the_examples_of_a_refusal_are_refused_and_read(tmp_path: Path, code: str) -> None:
    wrong, right = re.split(r"^(?:Wrong|Right):\n\n", REFUSED[code], flags=re.MULTILINE)[1:]
    for name, text in (("wrong", wrong), ("right", right)):
        root = write(tmp_path / name, {"data/registry.yaml": REGISTRY, **_files(text)})
        found = {finding.rule.code for finding in load(WorkingTree(root)).findings}
        assert found == ({code} if name == "wrong" else set())


def test_most_refusals_are_shown_in_yaml() -> None:
    assert set(REFUSED) - set(IN_YAML) == {"R001", "R002", "R003", "R004", "R005", "R006", "R007", "Y001", "Y003"}


@pytest.mark.parametrize("word", ["U003", "u003", " U003 ", "overlapping-codes", "Overlapping-Codes"])
def test_a_rule_is_named_by_code_or_name_in_any_case(word: str) -> None:
    found = page(word)
    assert isinstance(found, Page)
    assert found.rule.code == "U003"


def test_what_is_no_rule_is_a_word_that_cannot_be_a_name_here() -> None:
    assert page("overlaping-code") == ("U003 (overlapping-codes)",)
    assert page("ganz etwas anderes") == ()
    outcome = run("explain", "overlaping-code")
    assert (outcome.code, outcome.out) == (2, "")
    assert "Did you mean U003 (overlapping-codes)?" in outcome.err
    assert "Did you mean" not in run("explain", "ganz etwas anderes").err


def test_no_register_is_needed(tmp_path: Path) -> None:
    assert run("explain", "U003", cwd=tmp_path).code == 0


def test_a_page_shows_its_examples_with_their_blanks() -> None:
    shown = run("explain", "G003").out
    assert "\n    timeline:\n      - from: unknown\n        name: Büro\n        code: 50.20\n" in shown
    assert shown.startswith("G003 quote-it (error)\n\nA text looks like a number")


def test_the_list_has_every_rule_with_its_first_sentence() -> None:
    lines = run("explain").out.splitlines()
    assert [line.split()[0] for line in lines] == [one.rule.code for one in ALL]
    assert all(line.endswith(one.summary) for line, one in zip(lines, ALL, strict=True))


def test_json_and_markdown() -> None:
    every = json.loads(run("explain", "--format", "json").out)
    assert every["format"] == "orgreg/rules/1"
    assert [one["code"] for one in every["rules"]] == [one.rule.code for one in ALL]
    single = json.loads(run("explain", "s001", "--format", "json").out)
    assert single["rules"] == [one for one in every["rules"] if one["code"] == "S001"]
    assert single["rules"][0]["severity"] == "warning"
    shown = run("explain", "U003", "--format", "markdown").out
    assert shown.startswith("# U003 overlapping-codes\n\n*error*\n\n")
    assert "\n## Wrong\n\n```yaml\n# data/units/bs/sozialreferat.yaml\ntimeline:\n" in shown
    index = run("explain", "--format", "markdown").out
    assert "\n| [U003](U003-overlapping-codes.md) | overlapping-codes | error | " in index
    assert index.count("](") == len(ALL)


def test_an_example_may_have_empty_lines_and_a_paragraph_may_follow_it() -> None:
    one = Page(Rule("X001", "x"), "A.\n\nWrong:\n\n    a:\n\n      b\n\nNot so.")
    assert list(one.blocks()) == [
        Block("A."),
        Block("Wrong", heading=True),
        Block("a:\n\n  b", example=True),
        Block("Not so."),
    ]
    assert "```text\na:\n\n  b\n```" in "\n".join(markdown.page(one))


def test_completion_offers_codes_and_names() -> None:
    environment = {"_ORGREG_COMPLETE": "complete_bash", "COMP_WORDS": "orgreg explain over", "COMP_CWORD": "2"}
    assert "overlapping-codes" in run(environment=environment).out.split()
