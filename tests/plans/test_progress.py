"""What follows for a step: what is said on which day, and never that something was not done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from orgreg.query.plans import Step, part_portrait, steps_on
from orgreg.query.progress import NO_EVIDENCE, Follows, sentence, words
from tests.show.goldens import shipped
from tests.show.small import register

PLAN = """\
timeline:
  - from: 2020-01-01
    title: Plan
    responsible: unknown
    $
steps:
  s:
    - from: 2020-01-01
      title: S
      kind: {kind}
      due: {due}
      $
{more}"""


def said(due: str, day: str, kind: str = "step", more: str = "") -> str:
    registry = register(actionplans_plan=PLAN.format(kind=kind, due=due, more=more))
    (step,) = steps_on(registry, registry.plans["bs/plan"], date.fromisoformat(day))
    return sentence(step.progress)


def day(text: str, modality: str = "target") -> str:
    return f"{{day: {text}, modality: {modality}}}"


@pytest.mark.parametrize(
    ("on", "interviews", "concept"),
    [
        ("2025-08-12", "due in 1 day", "expected window opens in 50 days"),
        ("2025-08-13", "due on this day", "expected window opens in 49 days"),
        ("2025-08-14", "overdue by 1 day: no evidence that it is done", "expected window opens in 48 days"),
        ("2025-10-01", "overdue by 49 days: no evidence that it is done", "window open until 2025-12-31"),
        ("2025-12-31", "overdue by 140 days: no evidence that it is done", "window open until 2025-12-31"),
        (
            "2026-01-01",
            "overdue by 141 days: no evidence that it is done",
            "past its expected window by 1 day: no evidence that it is done",
        ),
        (
            "2026-11-22",
            "overdue by 466 days: no evidence that it is done",
            "past its expected window by 326 days: no evidence that it is done",
        ),
    ],
)
def test_the_aktionsplan_on_its_days(on: str, interviews: str, concept: str) -> None:
    registry = shipped()
    steps = {one.slug: one for one in steps_on(registry, registry.plans["bs/aktionsplan"], date.fromisoformat(on))}
    assert sentence(steps["expertinnen-interviews"].progress) == interviews
    assert sentence(steps["ausgestaltung"].progress) == concept


def test_no_evidence_is_said_of_what_no_source_tells() -> None:
    registry = shipped()
    steps = {one.slug: one for one in steps_on(registry, registry.plans["bs/aktionsplan"], date(2025, 10, 1))}
    assert (steps["ziele"].progress.word, steps["ziele"].progress.since) == (None, None)
    # Recorded as unknown: who says so is told, and it is no evidence all the same.
    conference = steps["buntstadtkonferenz"].progress
    assert (conference.word, conference.since, conference.papers) == (None, None, ("bs/okerwelle-2025-03-17",))
    done = steps["beginn-der-planung"].progress
    assert (done.follows, done.word, done.meaning, str(done.since)) == (Follows.DONE, "erledigt", "done", "2025-01")
    assert done.papers == ("bs/25-25182-01",)
    told = {sentence(one.progress) for one in steps.values()} | {NO_EVIDENCE}
    assert not any("not done" in one for one in told)


@pytest.mark.parametrize(
    ("due", "kind", "on", "wanted"),
    [
        ("none", "step", "2021-01-01", "no due day"),
        ("unknown", "step", "2021-01-01", "due day not known"),
        (day("unknown"), "step", "2021-01-01", "due day not known"),
        # A target and a fixed day
        (day("2021"), "step", "2020-12-01", "due in 395 days"),
        (day("2021"), "step", "2021-12-31", "due on this day"),
        (
            day("2021", "fixed"),
            "measure",
            "2022-01-01",
            "overdue by 1 day, the day was fixed: no evidence that it is done",
        ),
        (day("2021~"), "step", "2022-01-02", "overdue by about 2 days: no evidence that it is done"),
        (day("2021.."), "step", "2020-06-01", "window open, without an end"),
        # An expectation
        (day("2021-06-01", "expected"), "step", "2021-05-30", "expected in 2 days"),
        (day("2021-06-01", "expected"), "step", "2021-06-01", "window open until 2021-06-01"),
        (day("2021..", "expected"), "step", "2020-12-31", "expected window opens in 1 day"),
        (day("2021..", "expected"), "step", "2025-12-31", "window open, without an end"),
        (day("..2021-06-01", "expected"), "step", "2020-12-31", "window open until 2021-06-01"),
        # An event
        (day("2021-06-01", "fixed"), "event", "2021-05-31", "in 1 day"),
        (day("2021-06-01", "fixed"), "event", "2021-06-01", "set for this day"),
        (day("2021-06-01", "fixed"), "event", "2021-06-02", "outcome not recorded, 1 day after its day"),
        (day("2021-06-01/2021-06-03", "fixed"), "event", "2021-05-30", "in 2 days"),
        (day("2021-06-01/2021-06-03", "fixed"), "event", "2021-06-02", "set for these days, until 2021-06-03"),
        (day("../2021-06-03", "fixed"), "event", "2021-06-02", "window open until 2021-06-03"),
        (day("2021-06", "expected"), "event", "2021-05-30", "in 2 days or later"),
        (day("2021-06", "target"), "event", "2021-06-30", "window open until 2021-06-30"),
        (day("2021-06", "expected"), "event", "2021-07-02", "outcome not recorded, 2 days after its day"),
    ],
)
def test_what_follows_is_said_by_kind_modality_and_day(due: str, kind: str, on: str, wanted: str) -> None:
    assert said(due, on, kind) == wanted


def report(state: str, rest: str = "") -> str:
    return f"    - from: 2021-01-01\n      state: {state}\n{rest}      $\n"


@pytest.mark.parametrize(
    ("state", "before", "after"),
    [
        ("erledigt", "overdue by 184 days: no evidence that it is done", "done"),
        ("nicht umsetzbar", "overdue by 184 days: no evidence that it is done", "dropped"),
        (
            "in Bearbeitung",
            "overdue by 184 days: no evidence that it is done",
            "overdue by 185 days: no evidence that it is done",
        ),
        ("grün", "overdue by 184 days: no evidence that it is done", "what „grün“ means is not in the vocabulary"),
    ],
)
def test_a_report_counts_from_its_day(state: str, before: str, after: str) -> None:
    due = day("2020-06-30")
    assert said(due, "2020-12-31", more=report(state)) == before
    assert said(due, "2021-01-01", more=report(state)) == after


def test_what_is_only_proposed_binds_nobody_unless_it_was_done() -> None:
    plan = PLAN.replace("      title: S\n", "      status: {status}\n      title: S\n").replace("  s:\n", "  s:\n", 1)
    for status in ("proposed", "planned"):
        text = plan.format(kind="step", due=day("2020-06-30"), more="", status=status)
        registry = register(actionplans_plan=text)
        (step,) = steps_on(registry, registry.plans["bs/plan"], date(2022, 1, 1))
        assert words(step.progress) == f"only {status}"
        assert step.progress.follows is Follows.INTENDED


def test_without_a_vocabulary_nothing_is_said_of_a_word() -> None:
    registry = register(actionplans_plan=PLAN.format(kind="step", due="none", more=report("erledigt")))
    lost = replace(registry, municipalities={})
    step = part_portrait(lost, lost.plans["bs/plan"], "s", date(2022, 1, 1)).on_day
    assert isinstance(step, Step)
    assert (step.progress.meaning, step.progress.follows) == (None, Follows.UNCLEAR)
