"""What reading refuses: each fault at its place, said once, with a remedy, and nothing that only follows from it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from orgreg.store import Obstacle, Trouble
from orgreg.store.working_tree import WorkingTree
from orgreg.text.refusals import REFUSALS
from orgreg.text.scan import MAX_BYTES
from tests.registers import READING, Case, Troubled, base, built, cases, found_in, over_base, told

if TYPE_CHECKING:
    from pathlib import Path

    from orgreg.review.placed import Placed

CASES = list(cases(READING))
UNIT = "data/units/bs/buero.yaml"


def _said(placed: Placed) -> dict[str, str]:
    finding, place = placed.finding, placed.place
    return {
        "at": f"{finding.path}:{place.line}:{place.column}",
        "code": finding.rule.code,
        "message": finding.message,
        "hint": finding.hint,
    }


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_is_refused_as_it_says(case: Case) -> None:
    assert [_said(placed) for placed in told(found_in(case.files), case.code[:4])] == case.finds


def test_every_refusal_has_a_case() -> None:
    codes = {f"{rule.code}-{rule.name}" for rule in REFUSALS if rule.code not in built()}
    assert {case.code for case in CASES} == codes
    for case in CASES:
        assert not case.finds or case.code[:4] in {found["code"] for found in case.finds}, case
    assert {case.code for case in CASES if case.finds} == codes


def _on_disk(root: Path) -> Path:
    """The base as files, with a unit under which others stand."""
    for key, text in base().items():
        (root / key).parent.mkdir(parents=True, exist_ok=True)
        (root / key).write_bytes(text)
    return root


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    root = _on_disk(tmp_path)
    (root / UNIT).symlink_to("/etc/passwd")
    assert [_said(placed) for placed in found_in(WorkingTree(root))] == [
        {
            "at": f"{UNIT}:1:1",
            "code": "R003",
            "message": "the file is a link to /etc/passwd",
            "hint": "put the file itself here; a register holds its own bytes, and a link may lead out of data/",
        }
    ]


def test_what_is_no_ordinary_file_is_not_read(tmp_path: Path) -> None:
    root = _on_disk(tmp_path)
    os.mkfifo(root / UNIT)
    assert [_said(placed) for placed in found_in(WorkingTree(root))] == [
        {
            "at": f"{UNIT}:1:1",
            "code": "R004",
            "message": "this is no ordinary file",
            "hint": "take it out of data/",
        }
    ]


def test_a_linked_folder_is_no_folder_of_the_register(tmp_path: Path) -> None:
    root = _on_disk(tmp_path)
    (root / "data/units/hannover").symlink_to(root / "data/units/bs")
    (found,) = found_in(WorkingTree(root))
    assert (found.finding.rule.code, found.finding.path) == ("R005", "data/units/hannover")


def test_a_file_that_the_system_does_not_give_is_reported() -> None:
    assert [_said(placed) for placed in found_in(built()["R001"])] == [
        {
            "at": f"{UNIT}:1:1",
            "code": "R001",
            "message": "the file cannot be read: permission denied",
            "hint": "give yourself the right to read it",
        }
    ]


def test_a_registry_that_the_system_does_not_give_leaves_the_units_readable() -> None:
    files = Troubled(base(), "data/registry.yaml", Trouble(Obstacle.UNREADABLE, "permission denied"))
    assert [placed.finding.rule.code for placed in found_in(files)] == ["R001"]


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    for size, codes in ((MAX_BYTES, ["Y010"]), (MAX_BYTES + 1, ["R002"])):
        files = over_base({UNIT: "#" * size})
        assert [placed.finding.rule.code for placed in found_in(files)] == codes
    (found,) = found_in(over_base({UNIT: "#" * (MAX_BYTES + 1)}))
    assert found.finding.message == "the file has more than 1,000,000 bytes"
    assert found.finding.hint == "split it"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("timeline: [", id="no YAML"),
        pytest.param("timelin: []", id="no key"),
        pytest.param("timeline:\n  - from: 2024-02-30\n    name: x\n    sources: none\n", id="no day"),
    ],
)
def test_nothing_that_leads_to_an_unreadable_file_is_reported(text: str) -> None:
    below = (
        "timeline: [{from: unknown, name: Team, kind: Stelle, parent: buero, agrees_with: ['buero#leitung'], "
        "sources: [{paper: beschluss}]}]"
    )
    found = found_in(over_base({UNIT: text, "data/units/bs/team.yaml": below}))
    assert {placed.finding.path for placed in found} == {UNIT}
