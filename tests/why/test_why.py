"""`orgreg why`: which statement a value comes from, what stands beside it, and who recorded it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from orgreg.load import load
from orgreg.model.certainty import Certainty
from orgreg.query.labels import Labels
from orgreg.query.why import why
from orgreg.store.working_tree import WorkingTree
from tests.chronicle import chronicle
from tests.commands import ROOT, Outcome, run
from tests.strategies import memory

if TYPE_CHECKING:
    from pathlib import Path

    from orgreg.model.registry import Registry
    from orgreg.query.why import Why
    from tests.history import Repository

PLANNERS = "data/units/bs/sozialplanung.yaml"
LATER = "2026-01-01T09:00:00+01:00"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return chronicle(tmp_path_factory.mktemp("chronicle") / "register")


@pytest.fixture
def register(tmp_path: Path) -> Repository:
    """The chronicle, to be gone on with."""
    return chronicle(tmp_path / "register")


def ask(register: Repository, *words: str) -> Outcome:
    return run("why", *words, cwd=register.folder)


def only(register: Repository, *words: str) -> Any:  # noqa: ANN401 - JSON
    (reason,) = json.loads(ask(register, *words, "--format", "json").out)["reasons"]
    return reason


@pytest.fixture(scope="module")
def shipped() -> Registry:
    return load(WorkingTree(ROOT)).registry


def answer(
    registry: Registry,
    known: tuple[str, str, str | None],
    day: str,
    attribute: str | None = None,
    *,
    planned: bool = False,
) -> Why:
    return why(registry, known, Labels(registry, date.fromisoformat(day), planned=planned), attribute)


BFM = ("units", "bs/buero-fuer-migrationsfragen", None)
SUCCESSOR = ("units", "bs/integration-vielfalt-und-demokratie", None)


# ----------------------------------------------------------------------------------------- which statement


def test_a_value_comes_from_the_statement_that_began_it_and_is_confirmed_by_others(shipped: Registry) -> None:
    (code,) = answer(shipped, BFM, "2024-02-29", "code").reasons
    assert (code.value, str(code.statement.since)) == ("50.21", "2016-04-01")
    assert [str(one.since) for one in code.confirmed] == ["..2024-02-29"]
    assert code.until == date(2024, 2, 29)
    assert code.statement.inferred is not None
    assert code.because is not None


@pytest.mark.parametrize("known", [
    ("units", "bs/integration-vielfalt-und-demokratie", None),
    ("units", "bs/integration-vielfalt-und-demokratie", "stellenleitung"),
    ("units", "bs/integration-vielfalt-und-demokratie", "aktionsplan"),
    ("units", "bs/stabsstelle-vielfalt-zuwanderung-und-demokratie", None),
    ("actionplans", "bs/aktionsplan", None),
    ("decisions", "bs/25-25182-01", None),
])  # fmt: skip
@pytest.mark.parametrize("day", ["2022-06-01", "2024-03-01", "2025-06-01"])
def test_every_route_leads_to_its_line(known: tuple[str, str, str | None], day: str, shipped: Registry) -> None:
    """What stands in the file at the place that is told is the key, or the day for existence."""
    reference = known[1] if known[2] is None else f"{known[1]}#{known[2]}"
    found = run("why", reference, "--date", day, "--format", "json")
    reasons = answer(shipped, known, day).reasons
    if not reasons:
        assert found.code == 1
        return
    for reason, one in zip(reasons, json.loads(found.out)["reasons"], strict=True):
        for statement in (one["statement"], *one["confirmed"]):
            line = (ROOT / statement["path"]).read_text().splitlines()[statement["line"] - 1]
            assert str(reason.statement.route[-1]) + ":" in line


def test_without_an_attribute_it_is_what_is_mostly_asked_for(shipped: Registry) -> None:
    assert [one.attribute for one in answer(shipped, SUCCESSOR, "2024-05-01").reasons] == [
        "existence", "name", "code", "kind", "parent",
    ]  # fmt: skip
    part = answer(shipped, (*SUCCESSOR[:2], "stellenleitung"), "2024-05-01")
    assert [one.attribute for one in part.reasons] == ["existence", "title", "head", "holder"]
    assert part.reference == "bs/integration-vielfalt-und-demokratie#stellenleitung"
    assert [one.attribute for one in answer(shipped, ("actionplans", "bs/aktionsplan", None), "2025-06-01").reasons][
        :2
    ] == ["existence", "title"]


def test_what_is_there_no_more_says_how_it_ended(shipped: Registry) -> None:
    (end,) = answer(shipped, BFM, "2024-03-01").reasons
    assert (end.attribute, end.value) == ("end", "absorbed")
    assert [one.certainty for one in end.doubts] == [Certainty.DISPUTED]
    assert len(end.also) == 2, "another end, and another day; where it went is not asked"
    assert answer(shipped, BFM, "2024-03-01", "code").attributes == ("end",)


def test_what_another_source_says_of_the_name_is_not_said_of_the_code(shipped: Registry) -> None:
    name, code = (answer(shipped, SUCCESSOR, "2024-05-01", word).reasons[0] for word in ("name", "code"))
    assert len(name.also) == len(code.also) + 1
    assert all(other.decided_by is not None for other in code.also)


def test_what_is_not_yet_there_has_no_reasons(shipped: Registry) -> None:
    found = answer(shipped, SUCCESSOR, "2020-01-01")
    assert (found.reasons, found.attributes) == ((), ())


def made(unit: list[dict[str, Any]], **more: Any) -> Registry:  # noqa: ANN401 - frozen files
    files = {"data/registry.yaml": "format: 1\nmunicipalities:\n  bs:\n    name: B\n    kinds: {}\n"}
    return load(memory({**files, "data/units/bs/u.yaml": {"timeline": unit}, **more})).registry


OPENING = {"from": "2020-01-01", "name": "U", "kind": "K", "parent": "none", "sources": "none"}


@pytest.mark.parametrize("word", ["parent", "staff_of", "Staff of", "staff-of"])
def test_the_place_of_a_unit_is_asked_for_by_either_word(word: str) -> None:
    beside = {**{key: OPENING[key] for key in ("from", "name", "kind", "sources")}, "staff_of": "u"}
    registry = made([OPENING], **{"data/units/bs/v.yaml": {"timeline": [beside]}})
    found = [answer(registry, ("units", f"bs/{slug}", None), "2020-01-01", word).reasons for slug in "uv"]
    assert [one.attribute for (one,) in found] == ["parent", "staff_of"]


def test_what_is_planned_counts_where_it_is_asked_for() -> None:
    registry = made([{**OPENING, "status": "planned"}])
    assert answer(registry, ("units", "bs/u", None), "2020-01-01").reasons == ()
    planned = answer(registry, ("units", "bs/u", None), "2020-01-01", planned=True)
    assert [one.attribute for one in planned.reasons] == ["existence", "name", "kind", "parent"]


def test_an_end_that_is_simply_stated_has_no_doubt() -> None:
    registry = made([OPENING, {"from": "2021-01-01", "ended": "dissolved", "sources": "none"}])
    (alive, *_) = answer(registry, ("units", "bs/u", None), "2020-06-01").reasons
    assert (alive.attribute, alive.until) == ("existence", date(2020, 12, 31))
    (end,) = answer(registry, ("units", "bs/u", None), "2021-06-01").reasons
    assert (end.value, end.doubts) == ("dissolved", ())


def test_a_post_and_a_task_of_one_name_are_both_told() -> None:
    part = {"leitung": [{"from": "2020-01-01", "title": "Leitung", "sources": "none"}]}
    task = {"leitung": [{"from": "2020-01-01", "text": "Leiten", "topics": ["t"], "sources": "none"}]}
    files = {"data/units/bs/v.yaml": {"timeline": [OPENING], "posts": part, "tasks": task}}
    found = answer(made([OPENING], **files), ("units", "bs/v", "leitung"), "2020-06-01")
    assert [one.attribute for one in found.reasons] == ["existence", "title", "existence", "text", "topics"]


def test_a_paper_says_how_certain_it_is_of_itself() -> None:
    paper = {
        "number": "unknown",
        "kind": "Mitteilung",
        "title": "T",
        "date": "unknown",
        "author": "none",
        "inferred": {"title": "read from the subject"},
        "also": [{"kind": "Bericht", "sources": "none"}],
        "sources": "none",
    }
    found = answer(
        made([OPENING], **{"data/decisions/bs/p.yaml": paper}), ("decisions", "bs/p", None), "2020-01-01"
    ).reasons
    assert {one.attribute: [str(doubt.certainty) for doubt in one.doubts] for one in found} == {
        "number": ["unknown"],
        "kind": ["disputed"],
        "title": ["inferred"],
        "date": ["unknown"],
        "author": [],
    }


# ----------------------------------------------------------------------------------------- who recorded it


def test_the_first_commit_is_found_under_another_name_of_the_file(told: Repository) -> None:
    first = told.git("rev-list", "--max-parents=0", "HEAD")
    assert only(told, "50.21", "code", "--date", "2020-01-01")["recorded"]["commit"] == first


def test_a_day_that_became_sharper_is_the_same_statement(register: Repository) -> None:
    path = register.folder / "data/units/bs/stabsstelle.yaml"
    text = path.read_text()
    register.commit({"data/units/bs/stabsstelle.yaml": text.replace("from: 2022", "from: 2022-07-01")}, "Day", LATER)
    first = register.git("rev-list", "--max-parents=0", "HEAD")
    assert only(register, "stabsstelle", "name", "--date", "2023-01-01")["recorded"]["commit"] == first


def test_what_other_files_are_called_now_is_the_same_statement(register: Repository) -> None:
    texts = {
        path.relative_to(register.folder).as_posix(): path.read_text().replace("sozialreferat", "referat-soziales")
        for path in register.folder.glob("data/**/*.yaml")
    }
    texts["data/units/bs/referat-soziales.yaml"] = (
        texts.pop("data/units/bs/sozialreferat.yaml") + "formerly: [sozialreferat]\n"
    )
    register.commit({**texts, "data/units/bs/sozialreferat.yaml": None}, "Rename", LATER)
    merge = only(register, "0500.10", "parent", "--date", "2024-05-01")
    assert merge["value"] == "bs/referat-soziales"
    assert merge["recorded"]["subject"] == "Merge the report of the reorganisation"


def test_a_value_put_right_was_first_recorded_then_and_says_so(told: Repository) -> None:
    found = only(told, "sozialplanung", "code", "--date", "2024-06-01")
    assert found["recorded"]["subject"] == "Correct the code of the planners"
    assert [one["because"] for one in found["corrected"]] == ["read wrongly from the scan of the Mitteilung"]
    assert only(told, "sozialplanung", "name", "--date", "2024-06-01")["corrected"] == []


def test_what_is_not_committed_is_not_recorded_yet(register: Repository) -> None:
    path = register.folder / PLANNERS
    path.write_text(path.read_text().replace("Gesundheitsplanung", "Altenplanung"))
    found = only(register, "sozialplanung", "name", "--date", "2024-06-01")
    assert found["recorded"] == {"commit": None, "time": None, "author": None, "subject": None, "or_before": False}
    text = ask(register, "sozialplanung", "name", "--date", "2024-06-01").out
    assert "    recorded: not recorded in git yet\n" in text


def test_a_file_renamed_here_was_recorded_under_its_former_name(register: Repository) -> None:
    path = register.folder / PLANNERS
    path.with_name("planung.yaml").write_text(path.read_text() + "formerly: [sozialplanung]\n")
    path.unlink()
    found = only(register, "planung", "name", "--date", "2024-06-01")
    assert found["recorded"]["subject"] == "Merge the report of the reorganisation"


def test_a_version_that_cannot_be_read_is_passed_over(register: Repository) -> None:
    good = (register.folder / PLANNERS).read_bytes()
    register.commit({PLANNERS: "timeline: broken\n"}, "Break it", LATER)
    register.commit({PLANNERS: good}, "Mend it", LATER)
    found = only(register, "sozialplanung", "name", "--date", "2024-06-01")
    assert found["recorded"]["subject"] == "Merge the report of the reorganisation"


def test_a_value_that_stands_there_again_was_first_recorded_before_and_then_again(register: Repository) -> None:
    good = (register.folder / PLANNERS).read_bytes()
    register.commit({PLANNERS: good.replace(b"Gesundheitsplanung", b"Altenplanung")}, "Another", LATER)
    register.commit({PLANNERS: good}, "And back", LATER)
    found = only(register, "sozialplanung", "name", "--date", "2024-06-01")
    assert found["recorded"]["subject"] == "Merge the report of the reorganisation"
    assert found["recorded_again"]["subject"] == "And back"
    assert len(found["corrected"]) == 2
    told = ask(register, "sozialplanung", "name", "--date", "2024-06-01").out.splitlines()
    words = [one.strip().partition(":")[0].rstrip("0123456789- ") for one in told if one.startswith("    ")]
    begun = words.index("first recorded")
    assert words[begun : begun + 4] == ["first recorded", "corrected", "corrected", "recorded again"]


def test_what_was_undone_and_done_again_is_recorded_and_its_beginning_is_the_first(register: Repository) -> None:
    good = (register.folder / PLANNERS).read_bytes()
    more = good.replace(b"    name: ", b"    short_name: SGP\n    name: ", 1)
    for text, subject in ((more, "Set"), (good, "Undo: „Set“"), (more, "Undo: „Undo: „Set““")):
        register.commit({PLANNERS: text}, subject, LATER)
    told = ask(register, "sozialplanung", "short-name", "--date", "2024-06-01").out
    (first,) = [one for one in told.splitlines() if one.startswith("    first recorded: ")]
    (again,) = [one for one in told.splitlines() if one.startswith("    recorded again: ")]
    assert first.endswith(" „Set“")
    assert again.endswith(" „Undo: ‚Undo: ‚Set‘‘“")  # noqa: RUF001 - as printed


# ----------------------------------------------------------------------------------------- what is only intended

PLANNED = b"""timeline:
  - from: 2024-01-01..
    status: planned
    name: Koordination
    kind: Stelle
    parent: sozialreferat
    sources: none
posts:
  leitung:
    - {from: 2024-01-01, status: proposed, title: Leitung, holder: Ada, sources: none}
"""


def test_what_is_only_planned_is_told_so(register: Repository) -> None:
    register.commit({"data/units/bs/koordination.yaml": PLANNED}, "A plan", LATER)
    words = ("koordination", "--date", "2024-06-01")
    refused = ask(register, *words)
    assert (refused.code, refused.out) == (1, "")
    assert "bs/koordination is only planned or proposed on 2024-06-01; --planned tells why" in refused.err
    told = ask(register, *words, "--planned")
    assert "existence: it is only planned   since 2024-01-01 or later   inferred\n" in told.out
    assert "\nname: Koordination (planned)   since 2024-01-01 or later   " in told.out
    assert "it is there" not in told.out
    post = ask(register, "bs/koordination#leitung", "--date", "2024-06-01", "--planned")
    assert "existence: it is only proposed   since 2024-01-01   " in post.out
    assert only(register, "koordination", "name", "--date", "2024-06-01", "--planned")["status"] == "planned"


def test_what_is_in_force_is_told_so(told: Repository) -> None:
    assert only(told, "sozialplanung", "name", "--date", "2024-06-01")["status"] == "in force"


# ----------------------------------------------------------------------------------------- what a paper says at length


def test_the_stations_and_effects_of_a_paper_are_told_where_they_are_asked_for(register: Repository) -> None:
    paper = """number: unknown
kind: Beschluss
title: Neugliederung
date: 2024-01-10
author: [stadtverwaltung]
consultations: [{body: sozialreferat, date: 2024-02-01, result: unknown}]
effects: [{orders: einen Bericht, quote: berichtet}]
sources: [{note: read}]
"""
    register.commit({"data/decisions/bs/umbau.yaml": paper.encode()}, "A paper", LATER)
    stations = ask(register, "bs/umbau", "consultations")
    assert stations.code == 0
    assert "\nconsultations: 0500 Sozialreferat, on 2024-02-01, result unknown   stated\n" in stations.out
    assert "data/decisions/bs/umbau.yaml:6" in stations.out
    (told,) = only(register, "bs/umbau", "consultations")["value"]
    assert told == {"body": "bs/sozialreferat", "date": "2024-02-01", "result": "unknown"}
    assert "\neffects: orders: einen Bericht   stated\n" in ask(register, "bs/umbau", "effects").out
    usual = json.loads(ask(register, "bs/umbau", "--format", "json").out)["reasons"]
    assert [one["attribute"] for one in usual] == ["number", "kind", "title", "date", "author"]


def test_a_shallow_clone_says_that_it_may_have_been_before(told: Repository, tmp_path: Path) -> None:
    shallow = told.clone(tmp_path / "shallow", "--depth=3")
    found = ask(shallow, "0500", "name", "--date", "2024-05-01")
    assert found.code == 0
    assert "; or before: the clone is shallow and has no older commits\n" in found.out
    assert only(shallow, "0500", "name", "--date", "2024-05-01")["recorded"]["or_before"] is True
    assert only(shallow, "aktionsplan", "title", "--date", "2025-05-01")["recorded"]["or_before"] is False


def test_without_git_everything_but_the_commit_is_told(told: Repository, tmp_path: Path) -> None:
    words = ("why", "0500.10", "name", "--date", "2024-05-01")
    found = run(*words, cwd=told.folder, environment={"PATH": str(tmp_path)})
    assert found.code == 0
    assert "    stated in: data/units/bs/integration-vielfalt-und-demokratie.yaml:4, from 2024-03-01\n" in found.out
    assert "first recorded" not in found.out
    assert "\nwhich commit recorded it cannot be told: git is not installed, " in found.out
    found = run(*words, "--format", "json", cwd=told.folder, environment={"PATH": str(tmp_path)})
    assert json.loads(found.out)["reasons"][0]["recorded"] is None
    assert json.loads(found.out)["without_git"].startswith("git is not installed, ")


@pytest.mark.parametrize("words", [["0500.10"], ["0500.10", "name"], ["25-25182-01"], ["aktionsplan#interviews"]])
def test_with_and_without_a_cache_it_is_the_same(told: Repository, words: list[str]) -> None:
    answers = [ask(told, *words, "--date", "2025-09-01", *more) for more in (["--no-cache"], [], [])]
    assert answers[0].code == 0
    assert answers[0] == answers[1] == answers[2]


def test_head_answers_as_the_files_do(told: Repository) -> None:
    now, head = (ask(told, "0500.10", "--date", "2025-09-01", *more).out for more in ((), ("--as-of", "HEAD")))
    assert now == head


def test_a_bare_repository_answers_of_the_past(told: Repository, tmp_path: Path) -> None:
    bare = told.clone(tmp_path / "bare.git", "--bare")
    words = ("why", "0500.10", "--date", "2025-09-01", "--as-of", "main")
    assert run(*words, "-C", str(bare.folder)) == run(*words, cwd=told.folder)
