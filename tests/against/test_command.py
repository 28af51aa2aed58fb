"""`orgreg check --against REV`: what is new since the branch began, in every format; and what git must have for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commands import ROOT, run, write
from tests.history import Repository
from tests.registers import base

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-11-22T10:00:00+01:00"
OLD_FAULT = "data/units/bs/alt.yaml"
FAULTY = """\
timeline:
  - {from: unknown, name: Alt, kind: Stelle, parent: nirgends, sources: [{paper: beschluss}]}
"""
UNIT = """\
timeline:
  - from: unknown
    name: Ordnungsreferat
    kind: Referat
    code: "0300"
    parent: stadtverwaltung
    sources: [{paper: beschluss}]
"""
RENAMED = (
    UNIT
    + """\
  - from: 2021-03-01
    name: Referat <b>Ordnung</b>
    sources: [{paper: beschluss}]
"""
)


@pytest.fixture
def history(tmp_path: Path) -> Repository:
    """A register with an old fault on main, and a branch that begins there."""
    made = Repository.begin(tmp_path / "register")
    made.commit({**base(), OLD_FAULT: FAULTY, "data/units/bs/ordnung.yaml": UNIT}, "Begin", DAY)
    made.branch("proposal")
    return made


def _code(history: Repository, *arguments: str) -> int:
    return run("check", "--against", "main", *arguments, cwd=history.folder).code


def test_an_old_fault_elsewhere_does_not_fail_and_a_change_is_no_loss(history: Repository) -> None:
    history.commit({"data/units/bs/ordnung.yaml": RENAMED}, "Report", DAY)
    assert run("check", cwd=history.folder).code == 1
    outcome = run("check", "--against", "main", cwd=history.folder)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith("new: nothing; there before in these files: 0; fixed: 0\n")


def test_main_may_have_gone_on(history: Repository) -> None:
    history.commit({"data/units/bs/ordnung.yaml": RENAMED}, "Report", DAY)
    history.branch("main")
    history.commit({"data/units/bs/neu.yaml": UNIT.replace("0300", "0301")}, "Go on", DAY)
    history.branch("proposal")
    assert _code(history) == 0


def test_what_is_not_committed_counts_too(history: Repository) -> None:
    write(history.folder, {"data/units/bs/ordnung.yaml": UNIT.replace("0300", "0301")})
    outcome = run("check", "--against", "main", cwd=history.folder)
    assert outcome.code == 1
    assert "data/units/bs/ordnung.yaml:5:11: H001" in outcome.out
    assert "U001" not in outcome.out


def test_a_new_fault_in_a_file_that_was_not_touched_fails(history: Repository) -> None:
    history.commit({"data/units/bs/zweite.yaml": UNIT.replace("Ordnung", "Zweit")}, "Enter", DAY)
    outcome = run("check", "--against", "main", cwd=history.folder)
    assert outcome.code == 1
    assert " U003 " in outcome.out


def test_strict_fails_on_a_new_warning_only(history: Repository) -> None:
    sourceless = RENAMED.replace("</b>\n    sources: [{paper: beschluss}]", "</b>\n    sources: none")
    history.commit({"data/units/bs/ordnung.yaml": sourceless}, "Report", DAY)
    assert (_code(history), _code(history, "--strict")) == (0, 1)
    history.branch("main")
    history.merge("proposal", "Merge", DAY)
    assert _code(history, "--strict") == 0


def test_all_shows_under_headings_what_was_there_and_what_is_fixed(history: Repository) -> None:
    mended = FAULTY.replace("nirgends", "stadtverwaltung").replace("Alt", "Ältere")
    history.commit({OLD_FAULT: mended + "note: gelesen\n"}, "Put right", DAY)
    shown = run("check", "--against", "main", "--all", cwd=history.folder).out
    assert "\nFixed\n\ndata/units/bs/alt.yaml:2:" in shown
    assert "New\n\ndata/units/bs/alt.yaml:2:27: H001 " in shown
    findings = json.loads(run("check", "--against", "main", "--format", "json", cwd=history.folder).out)["findings"]
    assert {(one["code"], one["state"]) for one in findings} == {("H001", "new"), ("U001", "fixed")}


def test_an_entry_that_was_moved_and_a_file_that_was_renamed_keep_their_findings(history: Repository) -> None:
    two = FAULTY + "  - {from: 2020-01-01, parent: nirgends, sources: none}\n"
    history.branch("main")
    history.commit({OLD_FAULT: two}, "More", DAY)
    history.branch("later")
    lines = two.splitlines(keepends=True)
    moved = "".join([lines[0], "  - {from: 2010-01-01, aka: [A], sources: none}\n", lines[2], lines[1]])
    history.commit({OLD_FAULT: None, "data/units/bs/neu.yaml": "formerly: [alt]\n" + moved}, "Rename", DAY)
    found = json.loads(run("check", "--against", "main", "--format", "json", cwd=history.folder).out)["findings"]
    grave = [(one["code"], one["state"]) for one in found if one["severity"] != "note"]
    assert sorted(grave) == [("S001", "inherited"), ("S001", "new"), ("U001", "inherited")]


def test_forges_are_told_what_they_ask_for(history: Repository) -> None:
    broken = FAULTY + "note: gelesen\n"
    history.commit({OLD_FAULT: broken, "data/units/bs/ordnung.yaml": UNIT.replace("0300", "9")}, "Alter", DAY)

    def told(format_: str) -> str:
        return run("check", "--against", "main", "--format", format_, cwd=history.folder).out

    annotations = [line for line in told("github").splitlines() if line.startswith("::error")]
    assert all("file=data/units/bs/ordnung.yaml,line=5," in line for line in annotations)
    assert len(annotations) == 2
    assert told("github").endswith("new: 2 errors; there before in these files: 1; fixed: 0\n")
    assert {one["check_name"][:4] for one in json.loads(told("gitlab"))} == {"U001", "V002", "H001"}
    results = json.loads(told("sarif"))["runs"][0]["results"]
    assert {(one["ruleId"], one["baselineState"]) for one in results} == {
        ("U001", "unchanged"),
        ("V002", "new"),
        ("H001", "new"),
    }


# -------------------------------------------------------------------------------------------------------- the comment


def test_the_comment_tells_what_changes_and_shows_the_tree_around_it(history: Repository) -> None:
    history.commit({"data/units/bs/ordnung.yaml": RENAMED}, "Report", DAY)
    told = run("check", "--against", "main", "--format", "markdown", cwd=history.folder).out
    assert told.startswith("## Review of the register\n\nNo new findings.\n\n### What changes in the city\n\n")
    assert "<b>" not in told
    assert "Referat \\<b\\>Ordnung\\</b\\>" in told
    assert "<summary>2021-02-28 and 2021-03-01</summary>" in told
    tree = told.partition("<details>")[2]
    assert "- Stadt Braunschweig" not in tree.partition("**Before**")[0]
    assert "Sozialreferat" not in tree
    assert tree.index("**0300** Ordnungsreferat") < tree.index("**After**") < tree.index("**0300** Referat \\<b")


def test_the_comment_says_plainly_that_nothing_changes(history: Repository) -> None:
    turned = UNIT.replace(
        '    code: "0300"\n    parent: stadtverwaltung\n', '    parent: stadtverwaltung\n    code: "0300"\n'
    )
    history.commit({"data/units/bs/ordnung.yaml": f"# read again\n{turned}"}, "Reformat", DAY)
    told = run("check", "--against", "main", "--format", "markdown", cwd=history.folder)
    assert told.code == 0
    assert (
        told.out == "## Review of the register\n\nNothing that the register says becomes different. No new findings.\n"
    )


def test_the_comment_tells_what_is_corrected_known_renamed_and_wrong(history: Repository) -> None:
    altered = UNIT.replace("0300", "0301") + "    also:\n      - {code: '0302', sources: [{paper: beschluss}]}\n"
    files = {
        "data/units/bs/ordnung.yaml": None,
        "data/units/bs/ordnungsreferat.yaml": "formerly: [ordnung]\n" + altered,
        "data/units/bs/sozialreferat.yaml": "timeline: 1\n",
        OLD_FAULT: FAULTY.replace("nirgends", "stadtverwaltung"),
    }
    history.commit(files, "Much", DAY)
    outcome = run("check", "--against", "main", "--format", "markdown", cwd=history.folder)
    assert outcome.code == 1
    told = outcome.out
    assert "**3 new errors" in told
    assert "Not compared, since it cannot be read: 1 file." in told
    assert "Fixed: 1 finding." in told
    assert "- The file bs/ordnung is called bs/ordnungsreferat now." in told
    assert "\n### What is corrected\n\n- " in told
    assert "<summary>As it was and as it is told" in told
    assert "- data/units/bs/sozialreferat.yaml:1 **error G005** wrong-shape: " in told


def test_the_comment_is_no_longer_than_a_forge_takes(history: Repository) -> None:
    long = "ü" * 60
    many = {f"data/units/bs/u{n}.yaml": UNIT.replace("Ordnungsreferat", f"Ämtchen {n} {long}") for n in range(400)}
    history.commit(many, "Enter many", DAY)
    told = run("check", "--against", "main", "--format", "markdown", cwd=history.folder).out
    assert len(told.encode()) < 65_536
    assert " more are left out here: see `orgreg check --against` and `orgreg diff`.*" in told


# ------------------------------------------------------------------------------------------------ what git must have


def test_a_register_that_has_just_begun_is_new_as_a_whole(tmp_path: Path) -> None:
    made = Repository.begin(tmp_path / "register")
    made.commit({"README.md": "hello\n"}, "Begin", DAY)
    made.branch("register")
    made.commit({**base(), OLD_FAULT: FAULTY}, "Enter", DAY)
    outcome = run("check", "--against", "main", cwd=made.folder)
    assert outcome.code == 1
    assert "has no register yet: all is new" in outcome.err
    assert "U001" in outcome.out


def test_histories_without_a_common_commit_are_not_compared(history: Repository) -> None:
    history.git("checkout", "--quiet", "--orphan", "other")
    history.record("Begin again", DAY)
    outcome = run("check", "--against", "main", cwd=history.folder)
    assert (outcome.code, outcome.out) == (3, "")
    assert "HEAD and main have no commit in common" in outcome.err


def test_crosswise_merges_leave_several_places_to_begin(history: Repository) -> None:
    history.commit({"data/units/bs/a.yaml": UNIT.replace("0300", "0310")}, "A", DAY)
    first = history.head()
    history.branch("main")
    history.commit({"data/units/bs/b.yaml": UNIT.replace("0300", "0320")}, "B", DAY)
    second = history.head()
    history.merge(first, "Merge A", DAY)
    history.branch("proposal")
    history.merge(second, "Merge B", DAY)
    outcome = run("check", "--against", "main", cwd=history.folder)
    assert outcome.code == 3
    assert "merged crosswise" in outcome.err


def test_a_shallow_clone_says_what_it_lacks(history: Repository, tmp_path: Path) -> None:
    history.commit({"data/units/bs/a.yaml": UNIT.replace("0300", "0310")}, "A", DAY)
    history.commit({"data/units/bs/b.yaml": UNIT.replace("0300", "0320")}, "B", DAY)
    clone = history.clone(tmp_path / "clone", "--depth", "1", "--no-single-branch")
    outcome = run("check", "--against", "origin/main", cwd=clone.folder)
    assert (outcome.code, outcome.out) == (3, "")
    assert "fetch-depth: 0" in outcome.err
    deep = history.clone(tmp_path / "deep", "--depth", "3", "--no-single-branch")
    assert run("check", "--against", "origin/main", cwd=deep.folder).code == 0


def test_an_unknown_revision_and_a_folder_without_git(history: Repository, tmp_path: Path) -> None:
    outcome = run("check", "--against", "nowhere", cwd=history.folder)
    assert outcome.code == 3
    assert "git knows no revision 'nowhere'" in outcome.err
    day = run("check", "--against", "2024-01-01", cwd=history.folder)
    assert (day.code, day.out) == (3, "")
    told = "git knows no revision '2024-01-01' here. Name a commit, a branch or a tag; git log shows the commits."
    assert day.err == f"orgreg: {told}\n"
    write(tmp_path / "plain", base())
    assert run("check", "--against", "main", cwd=tmp_path / "plain").code == 3


@pytest.mark.parametrize("arguments", [("--all",), ("--format", "markdown")])
def test_what_only_a_comparison_can_tell_asks_for_one(arguments: tuple[str, ...]) -> None:
    outcome = run("check", *arguments, cwd=ROOT)
    assert outcome.code == 2
    assert "--against" in outcome.err


# ------------------------------------------------------------------------------------- what a comparison may conclude


def _told(history: Repository, files: dict[str, str | None]) -> str:
    history.commit(files, "Propose", DAY)
    return run("check", "--against", "main", cwd=history.folder).out


def test_a_register_of_a_format_that_is_not_known_is_that_alone(history: Repository) -> None:
    words = base()["data/registry.yaml"].decode().replace("format: 1", "format: 2")
    told = _told(history, {"data/registry.yaml": words})
    assert " G011 " in told
    assert told.endswith("\n\nnew: 1 error; there before in these files: 0; fixed: 0\n")
    comment = run("check", "--against", "main", "--format", "markdown", cwd=history.folder).out
    assert "Not compared, since it cannot be read: 5 files." in comment
    assert "What is corrected" not in comment


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (OLD_FAULT, FAULTY.replace("name: Alt", 'name: "Alt')),
        (OLD_FAULT, None),
        ("data/registry.yaml", "format: 1\nmunicipalities: 3\n"),
        ("data/units/bs/ordnung.yaml", "timeline: 1\n"),
    ],
)
def test_what_cannot_be_read_or_is_gone_fixes_nothing(history: Repository, file: str, text: str | None) -> None:
    history.branch("main")
    second = UNIT.replace("Ordnung", "Zweit").replace("kind: Referat", "kind: Amt")
    history.commit({"data/units/bs/zweite.yaml": second}, "Twice one code, and a kind that no vocabulary knows", DAY)
    history.branch("later")
    told = _told(history, {file: text})
    assert told.endswith("fixed: 0\n")
    assert "new: nothing" not in told


def test_what_could_be_read_is_fixed_beside_a_file_that_cannot(history: Repository) -> None:
    mended = FAULTY.replace("nirgends", "stadtverwaltung")
    told = _told(history, {OLD_FAULT: mended, "data/units/bs/ordnung.yaml": "timeline: 1\n"})
    assert told.endswith("fixed: 1\n")


DISPUTED = """\
timeline:
  - from: unknown
    name: Amt
    kind: Referat
    parent: stadtverwaltung
    decided_by: unknown
    also:
      - {name: Ämtchen, sources: [{paper: beschluss}]}
      - {from: '2019', sources: [{paper: beschluss}]}
    sources: [{paper: beschluss}]
posts:
  leitung:
    - from: '2020'
      title: Leitung
      holder: unknown
      also:
        - {holder: A, sources: [{paper: beschluss}]}
      sources: [{paper: beschluss}]
"""
"""Three notes that something is disputed, and one that a decision is not recorded."""


GONE = {
    "another source's name": "      - {name: Ämtchen, sources: [{paper: beschluss}]}\n",
    "another source's day": "      - {from: '2019', sources: [{paper: beschluss}]}\n",
    "that nobody knows the decision": "    decided_by: unknown\n",
    "another source's holder": "      also:\n        - {holder: A, sources: [{paper: beschluss}]}\n",
    "a post": DISPUTED[DISPUTED.index("posts:") :],
}


@pytest.fixture
def disputed(history: Repository) -> Repository:
    """A register with these notes on main, and a branch that begins there."""
    history.branch("main")
    history.commit({"data/units/bs/amt.yaml": DISPUTED}, "Disputed", DAY)
    history.branch("later")
    return history


@pytest.mark.parametrize("gone", GONE)
def test_what_is_lost_without_a_word_fixes_nothing(disputed: Repository, gone: str) -> None:
    told = _told(disputed, {"data/units/bs/amt.yaml": DISPUTED.replace(GONE[gone], "")})
    assert " H001 " in told
    assert told.endswith("fixed: 0\n")


def test_what_is_taken_out_with_its_reason_fixes_what_was_found_of_it(disputed: Repository) -> None:
    reason = (
        "corrections:\n  - {day: 2026-11-22, of: posts leitung also, was: 'holder: A', because: another post is meant, "
        "sources: [{paper: beschluss}]}\n"
    )
    held = DISPUTED.replace(GONE["another source's holder"], "") + reason
    told = _told(disputed, {"data/units/bs/amt.yaml": held})
    assert " H001 " not in told
    assert told.endswith("fixed: 1\n")


def test_a_fault_is_fixed_beside_what_is_lost_elsewhere_in_the_file(disputed: Repository) -> None:
    text = DISPUTED.replace("title: Leitung\n      holder: unknown", "title: Leitung\n      holder: vacant")
    disputed.git("checkout", "--quiet", "main")
    disputed.commit(
        {"data/units/bs/amt.yaml": text.replace("sources: [{paper: beschluss}]\nposts", "sources: none\nposts")},
        "None",
        DAY,
    )
    disputed.git("checkout", "--quiet", "-B", "again")
    told = _told(disputed, {"data/units/bs/amt.yaml": text.replace(GONE["another source's holder"], "")})
    assert " H001 " in told
    assert told.endswith("fixed: 1\n")


def test_what_is_found_in_a_part_goes_along_under_its_new_slug(disputed: Repository) -> None:
    told = _told(disputed, {"data/units/bs/amt.yaml": DISPUTED.replace("leitung:", "leiter:")})
    assert " H001 lost-without-correction: the slug of the post „Leitung“ of Amt was leitung, is leiter" in told
    assert told.endswith("new: 1 error; there before in these files: 5; fixed: 0\n")


def test_what_is_lost_in_a_part_under_its_new_slug_fixes_nothing(disputed: Repository) -> None:
    text = DISPUTED.replace("leitung:", "leiter:").replace(GONE["another source's holder"], "")
    told = _told(disputed, {"data/units/bs/amt.yaml": text})
    assert told.count(" H001 ") == 2
    assert told.endswith("new: 2 errors; there before in these files: 4; fixed: 0\n")


def test_a_day_that_becomes_sharper_or_vaguer_makes_no_old_finding_new(history: Repository) -> None:
    child = (
        "timeline:\n"
        "  - from: 2016~\n    name: Büro\n    kind: Stelle\n    parent: unknown\n    sources: [{paper: beschluss}]\n"
        "  - from: 2020-05-01\n    parent: stadtverwaltung\n    decided_by: [beschluss]\n"
        "    sources: [{paper: beschluss}]\n"
    )
    history.branch("main")
    history.commit({"data/units/bs/kind.yaml": child}, "Enter", DAY)
    history.branch("later")
    assert {"D001", "D004"} <= {
        one["code"] for one in json.loads(run("check", "--format", "json", cwd=history.folder).out)["findings"]
    }
    sharper = child.replace("2016~", "2016-03-16").replace("2020-05-01", "2020-05")
    history.commit({"data/units/bs/kind.yaml": sharper}, "Read again", DAY)
    found = json.loads(run("check", "--against", "main", "--format", "json", cwd=history.folder).out)["findings"]
    assert {one["state"] for one in found if one["code"] in {"D001", "D004"}} == {"inherited"}
    assert not any(one["state"] == "fixed" for one in found)
    assert [one["code"] for one in found if one["state"] == "new"] == ["H001"]
