"""A paper with its thread: who asked, who answered, how long that took, what rests on it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from orgreg.formats.days import after, lasting
from orgreg.formats.json import paper as json
from orgreg.formats.text import paper as text
from orgreg.query.papers import Basis, Given, PaperPortrait, Wait, paper_portrait
from tests.show.goldens import shipped
from tests.show.small import register

if TYPE_CHECKING:
    from orgreg.model.registry import Registry

UNIT = """\
timeline:
  - from: 2016-04-01
    name: Amt
    kind: Referat
    parent: stadtverwaltung
    decided_by: [frage]
    also:
      - {decided_by: antwort, sources: [{paper: antwort}]}
      - {from: 2016-05-01, name: Amt am Platz, sources: [{paper: antwort}]}
    $
  - from: 2020-01-01
    ended: dissolved
    sources: [{paper: antwort}]
tasks:
  wache:
    - {from: 2016-04-01, text: Wache, sources: [{paper: antwort}]}
posts:
  leitung:
    - {from: 2016-04-01, title: Leitung, holder: vacant, status: planned, sources: [{paper: antwort}]}
  kasse:
    - {from: 2016-04-01, title: Kasse, holder: vacant, decided_by: frage, status: planned, sources: [{paper: antwort}]}
"""
PLAN = """\
timeline:
  - {from: 2016-04-01, title: Plan, mandate: [antwort], sources: [{paper: antwort}]}
dimensions:
  alter:
    - {from: 2016-04-01, values: [jung], state: proposed, sources: [{paper: antwort}]}
steps:
  eins:
    - {from: 2016-04-01, title: Eins, kind: step, sources: [{paper: antwort}]}
"""


def written(day: str, kind: str = "Anfrage", **keys: str) -> str:
    own = {"number": "unknown", "kind": kind, "title": "Brief", "date": day, "author": "unknown"} | keys
    return "".join(f"{key}: {value}\n" for key, value in own.items()) + "sources: [{note: made up}]\n"


def thread(asked: str, answered: str | None, day: str, **keys: str) -> PaperPortrait:
    files = {"decisions_frage": written(asked)}
    if answered is not None:
        files["decisions_antwort"] = written(answered, "Stellungnahme", relations="{answers: [frage]}", **keys)
    registry = register(**files)
    return paper_portrait(registry, registry.papers["bs/frage"], date.fromisoformat(day))


def told(one: PaperPortrait) -> str:
    return "\n".join(map(str, text.paper(one)))


@pytest.mark.parametrize(
    ("asked", "answered", "wait", "words"),
    [
        ("2020-01-01", "2020-01-15", Wait(14, 14), "after 14 days"),
        ("2020-01-01", "2020-01-02", Wait(1, 1), "after 1 day"),
        ("2020-01-01", "2020-01-01", Wait(0, 0), "on the same day"),
        ("2020-01-10", "2020-01", Wait(0, 21), "after 0 to 21 days"),
        ("2020-01-01", "2020-02..", Wait(31, None), "after at least 31 days"),
        ("..2020-01-01", "2020-01-31", Wait(30, None), "after at least 30 days"),
        ("2020-01-01..", "2020-01-31", Wait(None, 30), "after at most 30 days"),
        ("2020-01-31", "2020-01-01", Wait(-30, -30), "30 days before"),
        ("2020-01", "2019", Wait(-395, -1), "1 to 395 days before"),
        ("2020-01-01..", "2019-12-31", Wait(None, -1), "at least 1 day before"),
        ("unknown", "2020-01-01", Wait(None, None), ""),
        ("2020-01-01", "unknown", Wait(None, None), ""),
    ],
)
def test_the_days_from_question_to_answer(asked: str, answered: str, wait: Wait, words: str) -> None:
    one = thread(asked, answered, "2021-01-01")
    assert one.question is not None
    [answer] = one.question.answers
    assert (answer.wait, answer.given, one.question.open_for) == (wait, Given.YES, None)
    [line] = [line for line in told(one).splitlines() if line.startswith("  answered  ")]
    assert line.endswith(words or "(antwort)")


def test_nothing_is_known_of_some_waits() -> None:
    assert lasting(Wait(None, None)) == "an unknown number of days"
    assert after(Wait(0, 3)) == "after 0 to 3 days"


@pytest.mark.parametrize(
    ("day", "given", "waited", "words"),
    [
        ("2019-12-31", Given.LATER, None, "asked     2020-01-01   (after 2019-12-31)"),
        ("2020-01-05", Given.LATER, Wait(4, 4), "open      no answer recorded on 2020-01-05, since 4 days"),
        ("2020-01-05", Given.LATER, Wait(4, 4), "(after 2020-01-05)"),
        ("2020-02-05", Given.PERHAPS, None, "(perhaps not yet on 2020-02-05)"),
        ("2020-03-01", Given.YES, None, "answered  2020-02"),
    ],
)
def test_a_question_is_open_until_it_is_answered(day: str, given: Given, waited: Wait | None, words: str) -> None:
    one = thread("2020-01-01", "2020-02", day)
    assert one.question is not None
    assert (one.question.answers[0].given, one.question.open_for) == (given, waited)
    assert words in told(one)
    assert json.paper(one)["question"]["open"] is (waited is not None)


@pytest.mark.parametrize(
    ("asked", "day", "waited", "words"),
    [
        ("2020-01-01", "2020-01-02", Wait(1, 1), "since 1 day"),
        ("2020-01", "2020-01-11", Wait(0, 10), "since 0 to 10 days"),
        ("..2020-01-01", "2020-01-11", Wait(10, None), "since at least 10 days"),
        ("unknown", "2020-01-11", Wait(None, None), "since an unknown day"),
    ],
)
def test_a_question_without_an_answer_is_open(asked: str, day: str, waited: Wait, words: str) -> None:
    one = thread(asked, None, day)
    assert one.question is not None
    assert one.question.open_for == waited
    assert words in told(one)


def test_what_is_of_no_kind_that_asks_waits_for_nothing() -> None:
    registry = register(decisions_frage=written("2020-01-01", "Mitteilung"), decisions_bux=written("2020-01-01"))
    for slug in ("frage", "beschluss"):
        assert paper_portrait(registry, registry.papers[f"bs/{slug}"], date(2021, 1, 1)).question is None
    assert not registry.asks(registry.papers["bs/frage"])


def test_what_answers_is_asked_from_its_side_too_whatever_kind_it_answers() -> None:
    frage, antwort = written("2020-01-01", "Antrag"), written("2020-01-03", relations="{answers: [frage, verloren]}")
    registry = register(decisions_frage=frage, decisions_antwort=antwort)
    asked = paper_portrait(registry, registry.papers["bs/frage"], date(2021, 1, 1))
    assert asked.question is not None
    one = paper_portrait(registry, registry.papers["bs/antwort"], date(2021, 1, 1))
    assert [(answer.question.id, answer.wait) for answer in one.answering] == [("bs/frage", Wait(2, 2))]
    # An Anfrage that answers is itself still open.
    assert "  asked     2020-01-01: Antrag: Brief (frage)\n  answered  2020-01-03, after 2 days" in told(one)
    assert "no answer recorded on 2021-01-01, since 364 days" in told(one)


def test_other_days_of_an_answer_are_told() -> None:
    days = "{date: 2020-01-15, because: a page says so, sources: none}, {date: unknown, sources: none}"
    also = f"[{days}, {{kind: Brief, sources: none}}]"
    one = thread("2020-01-01", "2020", "2021-01-01", also=also)
    assert one.question is not None
    assert [(str(when), wait) for _, when, wait in one.question.answers[0].others] == [("2020-01-15", Wait(14, 14))]
    assert "another source says: 2020-01-15, after 14 days [no source]" in told(one)


def laid() -> Registry:
    answer = written("2016-03-20", "Stellungnahme", relations="{answers: [frage], cites: unknown}")
    files = {"decisions_frage": written("2016-03-10"), "decisions_antwort": answer}
    return register(amt=UNIT, actionplans_plan=PLAN, **files)


def test_what_rests_on_a_paper_and_on_its_answer() -> None:
    registry = laid()
    asked = paper_portrait(registry, registry.papers["bs/frage"], date(2021, 1, 1))
    assert [(one.identity, one.basis) for one in asked.resting] == [
        ("bs/amt", Basis.DECISION), ("bs/amt#kasse", Basis.DECISION)
    ]  # fmt: skip
    [(answer, found)] = asked.through
    assert answer.id == "bs/antwort"
    assert [(one.identity, str(one.basis), one.attributes, one.instead) for one in found] == [
        ("bs/plan", "mandate", ("mandate",), False),
        ("bs/amt", "decision", ("name", "kind", "parent"), True),
        ("bs/amt", "source", ("decided_by",), True),
        ("bs/amt", "source", ("name", "from"), True),
        ("bs/amt#kasse", "source", ("title", "holder"), False),
        ("bs/amt#leitung", "source", ("title", "holder"), False),
        ("bs/amt#wache", "source", ("text",), False),
        ("bs/plan", "source", ("title", "mandate"), False),
        ("bs/plan#alter", "source", ("values", "state"), False),
        ("bs/plan#eins", "source", ("title", "kind"), False),
        ("bs/amt", "source", ("ended",), False),
    ]
    assert [str(line) for line in text.paper(asked)][-21:] == [
        "",
        "Question and answer",
        "  asked     2016-03-10",
        "  answered  2016-03-20: Stellungnahme: Brief (antwort), after 10 days",
        "",
        "Relations",
        "  answered by  Stellungnahme: Brief (antwort), 2016-03-20",
        "",
        "What rests on it",
        "  Amt (amt)   since 2016-04-01: name, kind, parent",
        "  Kasse (Amt) (amt#kasse)   since 2016-04-01: title, holder   (planned)",
        "",
        "What is known from its answer, Stellungnahme: Brief (antwort)",
        "  plan Plan (plan)   since 2016-04-01: mandate, title",
        "    dimension #alter",
        "    step #eins",
        "  Amt (amt)   since 2016-04-01: otherwise name, kind, parent, decision, day; last day 2019-12-31: end",
        "    task #wache",
        "    posts #kasse, #leitung",
        "",
        "Sources",
        "  [1] this paper itself",
        "      a made up",
    ][-21:]


def test_what_is_only_planned_or_said_otherwise_is_marked() -> None:
    registry = laid()
    answer = told(paper_portrait(registry, registry.papers["bs/antwort"], date(2021, 1, 1)))
    assert "What rests on it\n  plan Plan (plan)\n  Amt (amt)   since 2016-04-01: name, kind, parent" in answer
    assert "name, kind, parent   (as another source says)\n" in answer
    only_planned = UNIT.partition("    $")[0] + "    $\nposts" + UNIT.partition("posts")[2]
    planned = register(
        amt=only_planned.replace("decided_by: antwort, ", "name: Haus, ").replace(
            "paper: antwort", "paper: beschluss", 2
        ),
        decisions_frage=written("2016-03-10"),
        decisions_antwort=written("2016-03-20"),
    )
    assert "  Amt (amt)   (planned)\n    posts #kasse, #leitung" in told(
        paper_portrait(planned, planned.papers["bs/antwort"], date(2021, 1, 1))
    )


def test_a_step_is_named_by_its_title() -> None:
    step = PLAN.replace("kind: step, sources", "kind: step, decided_by: antwort, sources")
    registry = register(actionplans_plan=step, decisions_antwort=written("2016-03-20"))
    one = told(paper_portrait(registry, registry.papers["bs/antwort"], date(2021, 1, 1)))
    assert "  Eins (#eins)   since 2016-04-01: title, kind" in one


def test_the_inquiry_of_the_shipped_register_leads_to_the_answer_the_plan_and_the_unit() -> None:
    registry = shipped()
    one = json.paper(paper_portrait(registry, registry.papers["bs/25-25182"], date(2025, 10, 1)))
    assert [answer["paper"] for answer in one["question"]["answers"]] == ["bs/25-25182-01"]
    assert one["question"]["answers"][0]["days"] == {"least": 0, "most": 39}
    assert one["question"]["open_days"] is None
    led = {resting["reference"] for resting in one["resting"] if resting["on"] == "bs/25-25182-01"}
    assert {"bs/aktionsplan", "bs/integration-vielfalt-und-demokratie"} <= led
