"""What the register does not know on a day, most useful first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from orgreg.load import load
from orgreg.query.gaps import ATTRIBUTES, COLUMNS, gaps
from orgreg.store.working_tree import WorkingTree
from tests.commands import ROOT, write

if TYPE_CHECKING:
    from pathlib import Path

    from orgreg.query.table import Cell

REGISTRY = """\
format: 1
municipalities:
  s:
    name: Stadt
    kinds:
      Stadt: {rank: 0}
      Amt: {rank: 1, code: '\\d+'}
      Team: {rank: 2}
      Rat: {body: true}
    states: {erledigt: done, läuft: active, gestrichen: dropped}
"""
PAPER = """\
number: {number}
kind: Brief
title: {title}
date: {date}
author: {author}
sources: none
"""
KNOWN = PAPER.format(number='"1-1"', title="Ein Brief", date="2024-01-01", author="[stadt]")
STADT = """\
timeline:
  - {from: 1990-01-01, name: Stadt, kind: Stadt, parent: none, sources: [{paper: brief}]}
"""
AMT = """\
timeline:
  - from: 2000-01-01
    name: Amt
    code: "5"
    kind: Amt
    parent: stadt
    sources: [{paper: brief}]
posts:
  leitung:
    - {from: 2000-01-01, title: Leitung, head: true, holder: Frau A, sources: [{paper: brief}]}
"""
BASE = {
    "data/registry.yaml": REGISTRY,
    "data/units/s/stadt.yaml": STADT,
    "data/units/s/amt.yaml": AMT,
    "data/decisions/s/brief.yaml": KNOWN,
}
Row = dict[str, "Cell"]


def rows(root: Path, day: str = "2024-06-01", **files: str) -> list[Row]:
    named = {f"data/{name.replace('__', '/').replace('_', '-')}.yaml": text for name, text in files.items()}
    loaded = load(WorkingTree(write(root, BASE | named)))
    assert loaded.findings == ()
    table = gaps(loaded.registry, date.fromisoformat(day))
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def told(found: list[Row]) -> list[tuple[Cell, Cell]]:
    return [(row["reference"], row["attribute"]) for row in found]


def of(found: list[Row], reference: str, attribute: str) -> Row:
    (row,) = [row for row in found if (row["reference"], row["attribute"]) == (reference, attribute)]
    return row


def test_where_everything_is_known_there_is_no_gap(tmp_path: Path) -> None:
    assert rows(tmp_path) == []


def test_what_is_unknown_of_a_unit_in_force(tmp_path: Path) -> None:
    unit = """\
timeline:
  - from: unknown
    name: Büro
    code: unknown
    kind: Amt
    parent: unknown
    contact: unknown
    inferred: {parent: the letter names none}
    also:
      - {parent: amt, sources: [{paper: brief}, {note: hearsay}]}
      - {code: "7", sources: [{note: hearsay}]}
    sources: [{paper: brief}]
"""
    found = rows(tmp_path, units__s__buero=unit)
    assert told(found) == [("s/buero", attribute) for attribute in ("parent", "head", "code", "from", "contact")]
    assert found[0]["known"] == "the letter names none; brief says s/amt"
    assert of(found, "s/buero", "code")["known"] == "another source says 7"
    assert of(found, "s/buero", "head")["known"] == "no post is recorded as its head"
    assert of(found, "s/buero", "from")["known"] == "first heard of on 2024-01-01"
    assert {row["use"] for row in found} == {"alone"}


def test_what_must_be_there_and_is_not_said(tmp_path: Path) -> None:
    unit = """\
timeline:
  - from: 2020
    name: Büro
    kind: Amt
    sources: none
"""
    found = rows(tmp_path, units__s__buero=unit)
    assert told(found) == [("s/buero", attribute) for attribute in ("parent", "head", "code", "from")]
    assert of(found, "s/buero", "code")["known"] == "units of the kind Amt bear one here"


def test_a_body_has_no_head_and_its_parent_is_missed_in_no_tree(tmp_path: Path) -> None:
    body = """\
timeline:
  - {from: 2000-01-01, name: Rat, kind: Rat, parent: unknown, sources: [{paper: brief}]}
tasks:
  beschluss:
    - {from: 2000-01-01, text: beschließt, sources: [{paper: brief}]}
"""
    found = rows(tmp_path, units__s__rat=body)
    assert told(found) == [("s/rat", "parent")]
    assert found[0]["use"] == "alone"
    paper = KNOWN + "consultations: [{body: rat, date: 2024-02-01, result: beschlossen}, {body: none, role: Kanal}]\n"
    found = rows(tmp_path, units__s__rat=body, decisions__s__brief=paper)
    assert told(found) == [("s/rat", "secretariat"), ("s/rat", "parent")]
    assert of(found, "s/rat", "secretariat")["use"] == "in use"


def test_posts_and_tasks_are_part_of_their_unit(tmp_path: Path) -> None:
    unit = (
        AMT
        + """\
  stelle:
    - {from: 2010-01-01, title: Sachbearbeitung, holder: unknown, sources: [{paper: brief}]}
  frei:
    - {from: 2010-01-01, title: Sachbearbeitung, holder: vacant, sources: [{paper: brief}]}
  weg:
    - {from: 2010-01-01, title: Sachbearbeitung, holder: unknown, sources: [{paper: brief}]}
    - {from: 2012-01-01, ended: dissolved, sources: [{paper: brief}]}
tasks:
  wahl:
    - from: 2010-01-01
      text: Wahlen
      out_of: unknown
      inferred: {out_of: somebody did it before}
      sources: [{paper: brief}]
"""
    )
    found = rows(tmp_path, units__s__amt=unit)
    assert told(found) == [("s/amt#stelle", "holder"), ("s/amt#wahl", "out_of")]
    assert found[1]["known"] == "somebody did it before"
    assert found[0]["hanging"] == 4
    assert found[0]["name"] == "Sachbearbeitung (5 Amt)"


def test_what_ended_with_a_former_life_is_no_gap_of_the_new_one(tmp_path: Path) -> None:
    unit = """\
timeline:
  - {from: 2000-01-01, name: Team, kind: Team, parent: amt, sources: [{paper: brief}]}
  - {from: 2010-01-01, ended: dissolved, sources: [{paper: brief}]}
  - {from: 2020-01-01, name: Team, kind: Team, parent: amt, sources: [{paper: brief}]}
posts:
  alt:
    - {from: 2000-01-01, title: Alt, holder: unknown, sources: [{paper: brief}]}
"""
    found = rows(tmp_path, units__s__team=unit)
    assert told(found) == [("s/team", "head")]


def test_a_unit_that_is_not_heard_of_since_a_change_or_at_all(tmp_path: Path) -> None:
    old = KNOWN.replace("2024-01-01", "2001-01-01")
    unit = """\
timeline:
  - {from: 2000-01-01, name: Team, kind: Team, parent: amt, sources: [{paper: alt}]}
posts:
  leitung:
    - {from: 2000-01-01, title: Leitung, head: true, holder: Frau B, sources: [{paper: brief}]}
"""
    moved = AMT.replace("posts:", '  - {from: 2020-01-01, code: "6", sources: [{paper: brief}]}\nposts:')
    found = rows(tmp_path, units__s__team=unit, units__s__amt=moved, decisions__s__alt=old)
    assert told(found) == [("s/team", "existence")]
    assert found[0]["known"] == "last heard of on 2001-01-01, before the change of 2020-01-01"
    assert rows(tmp_path, "2019-12-31", units__s__team=unit) == []
    unit = unit.replace("2000-01-01, name", "unknown, name").replace("[{paper: alt}]", "none")
    found = rows(tmp_path, units__s__team=unit)
    assert told(found) == [("s/team", "existence"), ("s/team", "from")]
    assert found[0]["known"] == "no dated source speaks of it"
    assert found[1]["known"] is None


def test_a_decision_that_is_missing_for_a_change_is_one_gap(tmp_path: Path) -> None:
    def unit(name: str, parent: str, more: str = "") -> str:
        return f"""\
timeline:
  - from: 2020-01-01
    change: reform
    name: {name}
    kind: Team
    parent: {parent}
    decided_by: unknown
{more}    sources: [{{paper: brief}}]
posts:
  leitung:
    - {{from: 2020-01-01, title: Leitung, head: true, holder: Frau B, sources: [{{paper: brief}}]}}
"""

    other = (
        "    also: [{decided_by: brief, sources: [{paper: brief}]}, {name: X, because: x, sources: [{paper: brief}]}]\n"
    )
    found = rows(tmp_path, units__s__eins=unit("Eins", "amt", other), units__s__zwei=unit("Zwei", "eins"))
    assert told(found) == [("s/eins", "decided_by")]
    assert found[0]["known"] == "2 statements of the change reform about 2 units; brief names brief"
    assert rows(tmp_path, "2019-12-31", units__s__eins=unit("Eins", "amt")) == []
    alone = unit("Eins", "amt").replace("    change: reform\n", "").replace("title:", "decided_by: unknown, title:")
    (row,) = rows(tmp_path / "alone", units__s__eins=alone)
    assert (row["reference"], row["known"]) == ("s/eins", "2 statements of this day")


def test_a_single_decision_that_is_missing(tmp_path: Path) -> None:
    unit = AMT.replace("    sources: [{paper: brief}]\nposts", "    decided_by: unknown\n    sources: none\nposts")
    (row,) = rows(tmp_path, units__s__amt=unit)
    assert (row["attribute"], row["known"], row["use"]) == ("decided_by", None, "in use")


def test_an_end_that_is_unknown_or_concluded(tmp_path: Path) -> None:
    def ended(*lines: str) -> str:
        last = "".join(f"    {line}\n" for line in ("ended: absorbed", "into: [amt]", *lines))
        return f"""\
timeline:
  - {{from: 2000-01-01, name: Team, kind: Team, parent: amt, sources: [{{paper: brief}}]}}
  - from: 2010-01-01
{last}    sources: [{{paper: brief}}]
"""

    assert rows(tmp_path, units__s__team=ended()) == []
    found = rows(tmp_path, units__s__team=ended("inferred: {ended: no source, into: read from it, from: a guess}"))
    assert told(found) == [("s/team", "ended"), ("s/team", "ended"), ("s/team", "into")]
    assert [row["known"] for row in found] == [
        "concluded: no source",
        "the day of the end is concluded: a guess",
        "concluded: read from it",
    ]
    assert {row["use"] for row in found} == {"past"}
    unknown = ended().replace("absorbed", "unknown").replace("[amt]", "unknown")
    assert told(rows(tmp_path, units__s__team=unknown)) == [("s/team", "ended"), ("s/team", "into")]
    assert told(rows(tmp_path, "2009-12-31", units__s__team=unknown)) == [("s/team", "head")]


def test_what_is_unknown_of_a_plan_and_its_steps(tmp_path: Path) -> None:
    def step(name: str, more: str) -> str:
        return f"""\
  {name}:
    - {{from: 2023-01-01, title: {name}, kind: step, {more}, sources: [{{paper: brief}}]}}
"""

    due = "due: {day: 2023-06-30, wording: bis Juni, modality: target}"
    plan = """\
timeline:
  - from: 2023-01-01
    title: Plan
    mandate: [brief]
    responsible: unknown
    sources: [{paper: brief}]
dimensions:
  raum: [{from: 2023-01-01, values: [Stadt], sources: [{paper: brief}]}]
steps:
""" + "".join(
        step(name, more)
        for name, more in {
            "ohne": due,
            "unbekannt": f"state: unknown, {due}",
            "laeuft": f"state: läuft, {due}, responsible: [amt], depends_on: [ohne]",
            "fertig": f"state: erledigt, {due}",
            "gestrichen": f"state: gestrichen, {due}",
            "spaeter": "due: {day: 2030, wording: später, modality: target}",
            "offen": "due: none",
            "niemand": "responsible: unknown",
        }.items()
    )
    plan += step("dann", due).replace("from: 2023", "from: 2030")
    found = rows(tmp_path, actionplans__s__plan=plan)
    assert told(found) == [
        ("s/plan", "responsible"),
        ("s/plan#niemand", "responsible"),
        ("s/plan#laeuft", "state"),
        ("s/plan#unbekannt", "state"),
        ("s/plan#ohne", "state"),
    ]
    assert found[0]["name"] == "Plan"
    assert found[1]["name"] == "niemand"
    assert [row["known"] for row in found[2:]] == [
        "last heard: läuft; it was due by 2023-06-30",
        "no evidence; it was due by 2023-06-30",
        "no evidence; it was due by 2023-06-30",
    ]
    assert rows(tmp_path, "2022-12-31", actionplans__s__plan=plan) == []
    untitled = plan.replace("title: Plan", "title: unknown").replace(
        "  - from: 2023-01-01\n    title", "  - from: 2023-02-01\n    title"
    )
    assert of(rows(tmp_path, actionplans__s__plan=untitled), "s/plan", "title")["name"] == "plan"


def test_what_is_unknown_of_a_paper(tmp_path: Path) -> None:
    paper = (
        PAPER.format(number="unknown", title="unknown", date="unknown", author="unknown")
        + """\
inferred: {author: by its style}
consultations:
  - {body: unknown, role: Vorberatung, date: 2024-02-01, result: unknown}
  - {body: unknown, role: unknown, date: 2024-03-01}
  - {body: stadt, date: unknown, result: beschlossen}
  - {body: stadt, result: unknown}
relations: {answers: unknown, cites: [brief]}
"""
    )
    found = rows(tmp_path, decisions__s__zwei=paper)
    assert told(found) == [
        ("s/zwei", attribute)
        for attribute in ("number", "date", "body", "body", "consultation", "result", "result", "title", "author")
    ]
    assert of(found, "s/zwei", "author")["known"] == "by its style"
    assert [row["known"] for row in found if row["attribute"] == "body"] == ["Vorberatung", None]
    assert of(found, "s/zwei", "consultation")["known"] == "Stadt"
    assert of(found, "s/zwei", "number")["name"] == "Brief"
    later = PAPER.format(number="unknown", title="Dann", date="2025-01-01", author="unknown").replace(
        "Brief", "unknown"
    )
    assert rows(tmp_path, "2024-12-31", decisions__s__zwei=later) == []
    found = rows(tmp_path, "2025-01-01", decisions__s__zwei=later)
    assert told(found) == [("s/zwei", "number"), ("s/zwei", "author")]
    assert (found[0]["name"], found[0]["known"]) == ("zwei", "Dann")


def test_what_is_planned_or_refused_has_no_gaps(tmp_path: Path) -> None:
    unit = """\
timeline:
  - {from: 2000-01-01, status: planned, name: Team, kind: Team, parent: unknown, sources: none}
"""
    assert rows(tmp_path, units__s__team=unit) == []


def test_what_is_used_most_comes_first(tmp_path: Path) -> None:
    def unit(name: str, parent: str) -> str:
        entry = f"{{from: 2000-01-01, name: {name}, kind: Team, parent: {parent}, sources: [{{paper: brief}}]}}"
        return f"timeline:\n  - {entry}\n"

    found = rows(
        tmp_path,
        units__s__oben=unit("Oben", "unknown"),
        units__s__mitte=unit("Mitte", "unknown"),
        units__s__unten=unit("Unten", "mitte"),
        units__s__ganz_unten=unit("Ganz unten", "mitte"),
        units__s__auch_unten=unit("Auch unten", "oben"),
        units__s__allein=unit("Allein", "unknown"),
    )
    assert [(row["use"], row["reference"], row["attribute"]) for row in found] == [
        ("in use", "s/mitte", "parent"),
        ("in use", "s/oben", "parent"),
        ("in use", "s/mitte", "head"),
        ("in use", "s/oben", "head"),
        ("alone", "s/allein", "parent"),
        ("alone", "s/allein", "head"),
        ("alone", "s/auch-unten", "head"),
        ("alone", "s/ganz-unten", "head"),
        ("alone", "s/unten", "head"),
    ]


def test_on_the_shipped_data_every_gap_says_why_it_matters() -> None:
    registry = load(WorkingTree(ROOT)).registry
    table = gaps(registry, date(2025, 8, 14))
    assert len(table.rows) > 50
    names = [column.name for column in COLUMNS]
    for row in (dict(zip(names, row, strict=True)) for row in table.rows):
        assert row["attribute"] in ATTRIBUTES or row["matters"] == "it is recorded as unknown"
        assert row["matters"]
        assert row["fills"]
        assert row["name"]
    assert len(set(table.rows)) == len(table.rows)
