"""Plans and steps as people, programs and tables get them."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from orgreg.formats.json import document
from orgreg.formats.json import plan as plan_json
from orgreg.formats.text import plan as plan_text
from orgreg.query.plan_tables import plans, steps
from orgreg.query.plans import PlanPortrait, part_portrait, plan_portrait
from tests.commands import run
from tests.show.goldens import shipped
from tests.show.small import paper, register

AKTIONSPLAN = "bs/aktionsplan"
PRAEVENTION = "bux/weiterentwicklung-der-praeventionsarbeit"


def seen(identity: str, day: str) -> PlanPortrait:
    return plan_portrait(shipped(), shipped().plans[identity], date.fromisoformat(day))


def told(identity: str, day: str) -> list[str]:
    return [str(line) for line in plan_text.plan(seen(identity, day))]


# ------------------------------------------------------------------------------------------------ who asked about it


def test_the_inquiry_and_its_answer_are_found_from_the_plan() -> None:
    (asked,) = seen(AKTIONSPLAN, "2025-10-01").asked
    assert (asked.paper.id, [one.paper.id for one in asked.question.answers]) == ("bs/25-25182", ["bs/25-25182-01"])
    lines = told(AKTIONSPLAN, "2025-10-01")
    assert "  Anfrage 25-25182, 2025-02-04, by Gruppe Die FRAKTION.BS (die-fraktion-bs)" in lines
    assert "    in: Rat der Stadt Braunschweig (rat), 2025-02-18, zur Beantwortung" in lines
    assert "    answered by Stellungnahme 25-25182-01, some day from 2025-02-04 to 2025-03-15" in lines
    assert "      informs: Stand des Aktionsplans, Ort des Themas, weitere Schritte" in lines


def test_before_it_was_asked_nothing_is_told_of_it() -> None:
    assert seen(AKTIONSPLAN, "2025-02-03").asked == ()
    assert "Asked about it" not in told(AKTIONSPLAN, "2025-02-03")
    (line,) = (one for one in told(AKTIONSPLAN, "2025-02-04") if "answered by" in one)
    assert line.endswith("(perhaps only after this day)")


QUESTION = paper("2021-01-01", "Frage", "Anfrage")
ABOUT = QUESTION.replace("sources:", "relations: {cites: [beschluss, verloren]}\nsources:")
PLAN = """\
timeline:
  - from: 2020-01-01
    title: Plan
    mandate: [beschluss]
    responsible: unknown
    sources: [{paper: nirgends}]
dimensions:
  d:
    - from: 2020-01-01
      values: [x]
      $
"""


def test_a_question_about_the_mandate_stays_open_until_it_is_answered() -> None:
    answer = paper("2021-02-01", "Antwort", "Stellungnahme").replace(
        "sources:", "relations: {answers: [frage]}\nsources:"
    )
    where = "consultations: [{body: sozialreferat, role: unknown}, {body: unknown, role: x}]\nsources:"
    files = {"actionplans_plan": PLAN, "decisions_frage": ABOUT.replace("sources:", where), "decisions_antwort": answer}
    registry = register(**files, decisions_andere=QUESTION)
    plan = registry.plans["bs/plan"]
    lines = [str(line) for line in plan_text.plan(plan_portrait(registry, plan, date(2021, 1, 31)))]
    start = lines.index("Asked about it")
    assert lines[start + 1 : start + 5] == [
        "  Anfrage: Frage (frage), 2021-01-01",
        "    in: 0500 Sozialreferat",
        "    no answer is recorded by this day",
        "",
    ]
    later = [str(line) for line in plan_text.plan(plan_portrait(registry, plan, date(2021, 2, 1)))]
    assert "    answered by Stellungnahme: Antwort (antwort), 2021-02-01" in later


# ------------------------------------------------------------------------------------------------ Buxtehude


def test_nothing_of_a_proposal_counts_as_decided() -> None:
    lines = told(PRAEVENTION, "2025-10-01")
    assert "It is only proposed: nothing of it counts as decided." in lines
    text = "\n".join(lines)
    for word in (
        "goals        - soziale,",
        "    state        objected   since 2019-03-18",
        "by           Präventionsrat",
    ):
        assert word in text
    assert "note: the position of Frau Oldenburg-Schmidt, no decision" in text
    follows = {step.slug: str(step.progress.follows) for step in seen(PRAEVENTION, "2025-10-01").steps}
    assert follows == {
        "vernetzungsstrukturen": "intended",
        "beispiel-gewaltpraevention": "done",
        "arbeitskreise-haeufiger": "intended",
        "entlastung": "intended",
    }


# ------------------------------------------------------------------------------------------------ a step alone

STEP = """\
timeline:
  - from: 2020-01-01
    title: Plan
    responsible: unknown
    $
steps:
  s:
    - from: 2020-01-01
      title: Schritt
      due: {day: 2020-12-31, modality: fixed}
      inferred: {due: so it seems}
      also:
        - state: offen
          sources: [{paper: beschluss}]
        - title: Der Schritt
          sources: [{paper: beschluss}]
      $
    - from: 2020-06-01
      state: in Bearbeitung
      note: half of it
      $
    - from: 2021-01-01
      annulled: {day: 2020-12-01}
      title: Anders
      $
    - from: 2022-01-01
      status: planned
      state: erledigt
      $
"""


def test_a_step_is_told_alone_with_its_reports() -> None:
    registry = register(actionplans_plan=STEP)
    plan = registry.plans["bs/plan"]
    lines = [str(line) for line in plan_text.part(part_portrait(registry, plan, "s", date(2021, 1, 1)))]
    assert lines[:3] == ["Schritt", "Step of Plan (plan), on 2021-01-01   bs/plan#s", ""]
    assert "    overdue by 1 day, the day was fixed: no evidence that it is done" in lines
    start = lines.index("Reports")
    assert lines[start:-3] == [
        "Reports",
        "  since 2020-01-01 [1]",
        "    title: Schritt",
        "      another source says: Der Schritt [1]",
        "    due: 2020-12-31, fixed",
        "      inferred: so it seems",
        "  since 2020-06-01 [1]",
        "    state: in Bearbeitung",
        "    note: half of it",
        "  since 2021-01-01 [1]   (withdrawn)",
        "    title: Anders",
        "  since 2022-01-01 [1]   (planned)",
        "    state: erledigt",
    ]
    before = [str(line) for line in plan_text.part(part_portrait(registry, plan, "s", date(2019, 1, 1)))]
    assert "Nothing is told of it on 2019-01-01." in before


def test_a_step_as_json() -> None:
    registry = register(actionplans_plan=STEP)
    one = part_portrait(registry, registry.plans["bs/plan"], "s", date(2021, 1, 1))
    made: dict[str, Any] = json.loads(document(plan_json.part(one)))
    assert list(made) == ["format", "id", "plan", "date", "as_of", "on_day", "timeline"]
    assert made["on_day"]["progress"] == {
        "follows": "overdue",
        "days": 1,
        "until": "2020-12-31",
        "approximate": False,
        "words": "overdue by 1 day, the day was fixed: no evidence that it is done",
        "evidence": True,
        "state": "in Bearbeitung",
        "meaning": "active",
        "since": "2020-06-01",
        "papers": ["bs/beschluss"],
    }
    due = next(fact["value"] for fact in made["on_day"]["values"] if fact["attribute"] == "due")
    assert due == {"day": "2020-12-31", "wording": None, "modality": "fixed"}
    assert len(made["timeline"]) == 4
    assert plan_json.part(part_portrait(registry, registry.plans["bs/plan"], "s", date(2019, 1, 1)))["on_day"] is None


def test_a_plan_before_its_first_day_as_json() -> None:
    made = plan_json.plan(plan_portrait(shipped(), shipped().plans[AKTIONSPLAN], date(2010, 1, 1)))
    assert (made["on_day"], made["steps"], made["later"]) == (None, [], 11)


# ------------------------------------------------------------------------------------------------ reports


def overdue(day: str) -> list[tuple[object, ...]]:
    table = steps(shipped(), date.fromisoformat(day), overdue=True)
    wanted = [
        next(place for place, column in enumerate(table.columns) if column.name == name)
        for name in ("reference", "days", "words")
    ]
    return [tuple(row[place] for place in wanted) for row in table.rows]


@pytest.mark.parametrize(
    ("day", "rows"),
    [
        ("2025-08-13", []),
        ("2025-08-14", [("bs/aktionsplan#expertinnen-interviews", 1, "overdue by 1 day")]),
        ("2025-10-01", [("bs/aktionsplan#expertinnen-interviews", 49, "overdue by 49 days")]),
        (
            "2026-11-22",
            [
                ("bs/aktionsplan#expertinnen-interviews", 466, "overdue by 466 days"),
                ("bs/aktionsplan#ausgestaltung", 326, "past its expected window by 326 days"),
            ],
        ),
    ],
)
def test_overdue_steps(day: str, rows: list[tuple[object, ...]]) -> None:
    assert overdue(day) == rows


def test_steps_stand_by_what_presses_most() -> None:
    table = steps(shipped(), date(2025, 10, 1))
    first = [row[2] for row in table.rows if row[0] == AKTIONSPLAN]
    assert first[:4] == [
        "overdue by 49 days",
        "outcome not recorded, 200 days after its day",
        "outcome not recorded, 185 days after its day",
        "window open until 2025-12-31",
    ]
    assert first[-1] == "done"


def test_plans_are_counted() -> None:
    table = plans(shipped(), date(2025, 10, 1))
    rows = {row[0]: row for row in table.rows}
    assert rows[AKTIONSPLAN][4:10] == (11, 2, 1, 0, 2, 7)
    assert rows[AKTIONSPLAN][10] == (
        "0500.10 Integration, Vielfalt und Demokratie (integration-vielfalt-und-demokratie)",
    )
    assert rows[PRAEVENTION][2] == "proposed"
    assert rows[PRAEVENTION][11] == ("unknown",)
    assert plans(shipped(), date(2010, 1, 1)).rows == ()


def test_a_table_of_steps_that_say_little() -> None:
    registry = register(
        actionplans_plan="""\
timeline:
  - from: 2020-01-01
    aka: [x]
    $
steps:
  a:
    - from: 2020-01-01
      responsible: [verloren, "stadtverwaltung#x"]
      $
"""
    )
    (row,) = steps(registry, date(2020, 1, 1)).rows
    assert row[2:] == (
        "due day not known", "bs/plan#a", None, None, None, "no evidence", None, None, None, "a", None,
        ("bs/verloren", "x (Stadt Braunschweig) (stadtverwaltung#x)"), (), "stated", None,
    )  # fmt: skip
    (plan,) = plans(registry, date(2020, 1, 1)).rows
    assert plan[10:] == ((), (), "stated", None)


def test_the_tables_tell_what_is_not_simply_stated_of_plans_and_steps() -> None:
    registry = register(
        actionplans_plan="""\
timeline:
  - from: 2020-01-01
    title: Plan
    responsible: unknown
    inferred:
      title: read from the heading
    $
steps:
  a:
    - from: 2020-01-01
      title: Schritt
      due: {day: 2020-05-01, modality: fixed}
      inferred:
        due: read from „im Mai“
      $
"""
    )
    (plan,) = plans(registry, date(2020, 1, 1)).rows
    assert plan[-2:] == (
        "unknown",
        ("title inferred: read from the heading", "responsible unknown: no source gives it"),
    )
    (step,) = steps(registry, date(2020, 1, 1)).rows
    assert step[-2:] == ("inferred", ("due inferred: read from „im Mai“",))


@pytest.mark.parametrize("form", ["text", "csv", "json", "markdown"])
@pytest.mark.parametrize("name", ["plans", "steps"])
def test_reports_are_written_in_every_form(name: str, form: str) -> None:
    outcome = run("report", name, "--date", "2025-10-01", "--format", form)
    assert outcome.code == 0
    assert "aktionsplan" in outcome.out


@pytest.mark.parametrize("asked", ["show aktionsplan", "show aktionsplan#ausgestaltung", "report steps --overdue"])
def test_the_words_carry_the_meaning_and_colour_only_repeats_it(asked: str) -> None:
    words = (*asked.split(), "--date", "2026-11-22")
    plain = run(*words).out
    coloured = run(*words, terminal=True, environment={"TERM": "xterm-256color", "COLUMNS": "200"}).out
    assert ("\x1b[" in coloured, "\x1b[" in plain) == (True, False)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == plain.split()
    assert "overdue by 466 days" in plain or "past its expected window by 326 days" in plain
