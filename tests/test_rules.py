"""Every rule finds what its cases say, no more and no less, whatever the order of files and entries."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from orgreg.check import all_rules, check
from orgreg.load import load
from orgreg.model.day import UNKNOWN_DAY
from orgreg.model.finding import Severity
from orgreg.model.registry import Registry
from orgreg.model.timeline import Entry, Source, Timeline
from orgreg.model.unit import Unit
from orgreg.store.working_tree import WorkingTree
from orgreg.text.refusals import REFUSALS
from tests.registers import RULES, TESTS, Case, Kept, base, cases, found_in, over_base, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check import RuleModule
    from orgreg.review.placed import Placed

ALL = all_rules()
CASES = list(cases(RULES))


def _said(placed: Placed) -> str:
    finding, place = placed.finding, placed.place
    return f"{finding.path}:{place.line}:{place.column}: {finding.rule.code} {finding.message}"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_finds_what_it_says(case: Case) -> None:
    found = [_said(placed) for placed in told(found_in(case.files), case.code[:4])]
    assert len(found) == len(case.finds), found
    for said, wanted in zip(found, case.finds, strict=True):
        assert said.startswith(wanted)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.RULE.code)
def test_a_rule_has_a_case_that_is_wrong_and_two_that_are_right(rule: RuleModule) -> None:
    mine = [case for case in CASES if case.code == f"{rule.RULE.code}-{rule.RULE.name}"]
    assert any(f" {rule.RULE.code} " in found for case in mine for found in case.finds)
    assert sum(not any(f" {rule.RULE.code} " in found for found in case.finds) for case in mine) >= 2


def test_every_case_file_is_of_a_rule() -> None:
    assert {case.code for case in CASES} == {f"{rule.RULE.code}-{rule.RULE.name}" for rule in ALL}


def test_codes_and_names_are_given_once() -> None:
    rules = [*REFUSALS, *(rule.RULE for rule in ALL)]
    assert max(Counter(rule.code for rule in rules).values()) == 1
    assert max(Counter(rule.name for rule in rules).values()) == 1
    assert all(re.fullmatch("[A-Z][0-9]{3}", rule.code) for rule in rules)


def test_the_name_of_a_rule_is_the_name_of_its_module() -> None:
    for rule in ALL:
        assert vars(rule)["__name__"].rpartition(".")[2] == rule.RULE.name.replace("-", "_")


# ------------------------------------------------------------------------------------------------------- manual pages


def _examples(rule: RuleModule) -> tuple[str, str]:
    page = rule.__doc__ or ""
    wrong = re.search(r"^Wrong:\n\n(.*?)\n\nRight:\n\n", page, re.DOTALL | re.MULTILINE)
    assert wrong, f"{rule.RULE.code} shows nothing wrong"
    return dedent(wrong[1]), dedent(page[wrong.end() :])


def _register(example: str) -> Kept:
    """The files of an example, each after a line with its path; a page leaves sources out that it does not speak of."""
    _, *parts = re.split(r"^# (data/\S+)\n", example, flags=re.MULTILINE)
    files = {path: _sourced(text) for path, text in zip(parts[::2], parts[1::2], strict=True)}
    return over_base(dict(files))


def _sourced(text: str) -> str:
    tree = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - makes texts only
    groups = [tree.get(key) or {} for key in ("tasks", "posts", "steps", "dimensions")]
    timelines = [tree.get("timeline", ()), *(timeline for group in groups for timeline in group.values())]
    for entry in (entry for timeline in timelines for entry in timeline):
        entry.setdefault("sources", [{"paper": "bs/beschluss"}])
        _counted(entry)
    if "number" in tree:
        tree.setdefault("sources", [{"note": "the paper itself"}])
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)


def _counted(entry: dict[str, Any]) -> None:
    """What stands without quotes in a file, and is no text."""
    if entry.get("staff", "unknown") != "unknown":
        entry["staff"] = int(entry["staff"])
    if "head" in entry:
        entry["head"] = entry["head"] == "true"


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.RULE.code)
def test_the_examples_of_a_manual_page_are_wrong_and_right(rule: RuleModule) -> None:
    wrong, right = _examples(rule)
    code = rule.RULE.code
    assert {placed.finding.rule.code for placed in told(found_in(_register(wrong)), code)} == {code}
    assert told(found_in(_register(right)), code) == []


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.RULE.code)
def test_a_manual_page_begins_with_a_sentence_and_says_what_to_do(rule: RuleModule) -> None:
    page = rule.__doc__ or ""
    assert page.split("\n\n")[0].endswith(".")
    assert len(page.split("Wrong:")[0].strip().split("\n\n")) >= 3


# --------------------------------------------------------------------------------------------------- order and shape


class _Backwards(Kept):
    def keys(self) -> list[str]:
        return sorted(self.files, reverse=True)


def _reversed(text: bytes) -> bytes:
    """The same file with the entries of each timeline the other way round."""
    tree = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - makes texts only
    groups = [tree.get(key) or {} for key in ("tasks", "posts", "steps", "dimensions")]
    for timeline in [tree.get("timeline", []), *(timeline for group in groups for timeline in group.values())]:
        timeline.reverse()
        for entry in timeline:
            _counted(entry)
    for group in groups:
        for key in reversed(list(group)):
            group[key] = group.pop(key)
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode()


def _readable(case: Case) -> bool:
    return not load(case.files).findings


@pytest.mark.parametrize("case", [case for case in CASES if _readable(case)], ids=str)
def test_the_order_of_files_and_entries_does_not_matter(case: Case) -> None:
    turned = {
        path: text if path == "data/registry.yaml" else _reversed(text)
        for path, text in reversed(list(case.files.files.items()))
    }
    assert list(_essence(_Backwards(turned))) == list(_essence(case.files))


def _essence(files: Kept) -> Iterator[tuple[object, ...]]:
    found = (placed.finding for placed in found_in(files))
    yield from sorted(
        (
            finding.rule.code,
            finding.path,
            finding.message,
            finding.hint,
            finding.entity,
            [path for path, _ in finding.related],
        )
        for finding in found
    )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_finding_is_a_clause_with_a_remedy_and_leads_to_its_place(case: Case) -> None:
    for placed in found_in(case.files):
        finding = placed.finding
        for text in (finding.message, finding.hint):
            assert text
            assert not text.endswith(".")
            assert "\n" not in text
        assert finding.hint[0].islower() or finding.hint[0].isdigit()
        assert finding.rule.name == finding.rule.name.lower()
        assert finding.path in case.files.files


def test_two_checks_of_one_registry_find_the_same() -> None:
    registry = load(Kept(base())).registry
    assert list(check(registry)) == list(check(registry)) == []


def test_an_empty_registry_has_no_findings() -> None:
    assert list(check(Registry())) == []


# -------------------------------------------------------------------------------------------------- whole registers


def test_the_shipped_register_has_no_errors_and_one_warning() -> None:
    """The warning says what no document says: B21 of the sources' contradictions."""
    unit, found = "data/units/bs/integration-vielfalt-und-demokratie.yaml", found_in(WorkingTree(TESTS.parent))
    assert [_said(placed) for placed in found if placed.finding.rule.severity is not Severity.NOTE] == [
        (
            f"{unit}:18:21: D001 0500.10 is told as carrying out a resolution that came 102 days later "
            "(2024-03-01 → 2024-06-11)"
        )
    ]


def _chain(length: int, top: str) -> Registry:
    """Units each of which stands under the next."""

    def unit(number: int) -> Unit:
        above = f"bs/u{number + 1}" if number + 1 < length else top
        values = {"name": f"U{number}", "kind": "Stelle", "parent": above}
        source = Source("bs/beschluss")
        return Unit(f"bs/u{number}", Timeline((Entry(since=UNKNOWN_DAY, values=values, sources=(source,)),)))

    units = {one.id: one for one in map(unit, range(length))}
    registry = load(Kept(base())).registry
    return replace(registry, units={**registry.units, **units})


def test_many_units_in_a_row_are_no_circle_and_one_more_step_makes_one() -> None:
    """A chain as deep as a register is large is followed without recursion and without going through it twice."""
    assert list(check(_chain(2000, "bs/sozialreferat"))) == []
    (circle,) = check(_chain(2000, "bs/u0"))
    assert circle.rule.code == "U002"
    assert circle.message.endswith("and so on, 2000 units")
    assert len(circle.related) == 5


def test_a_lost_name_is_guessed_for_few_and_reported_for_all() -> None:
    """Guessing goes through all names; a register whose papers are gone must not take minutes to say so."""
    sources = ", ".join(f"{{paper: besluss-{number:03}}}" for number in range(100))
    text = f"timeline: [{{from: unknown, name: A, kind: Stelle, parent: none, sources: [{sources}]}}]"
    found = found_in(over_base({"data/units/bs/a.yaml": text}))
    assert len(found) == 100
    assert sum("did you mean" in placed.finding.hint for placed in found) == 20


def test_the_folder_of_rules_is_the_list() -> None:
    folder = Path(__file__).parent.parent / "src/orgreg/check/rules"
    assert len(ALL) == len([path for path in folder.glob("*.py") if path.stem != "__init__"])
