"""What the sources say differently, side by side."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from orgreg.load import load
from orgreg.query.disputes import disputes
from orgreg.store.working_tree import WorkingTree
from tests.commands import ROOT, write

if TYPE_CHECKING:
    from pathlib import Path

    from orgreg.query.table import Cell

Row = dict[str, "Cell"]
TODAY = date(2024, 6, 1)
FILES = {
    "data/registry.yaml": """\
format: 1
municipalities:
  s:
    name: Stadt
    kinds:
      Amt: {rank: 1}
""",
    "data/decisions/s/brief.yaml": """\
number: "1-1"
kind: Brief
title: Ein Brief
date: 2024-01-01
author: [amt]
also:
  - {title: Ein Schreiben, number: unknown, because: misprint, sources: [{quote: Ein   Schreiben}]}
sources: [{quote: Ein Brief}]
""",
    "data/decisions/s/akte.yaml": """\
number: none
kind: unknown
title: unknown
date: 2030
author: unknown
also: [{title: Akte, sources: [{paper: brief}]}]
sources: none
""",
    "data/units/s/amt.yaml": """\
timeline:
  - from: 2000-01-01
    name: Amt
    kind: Amt
    parent: none
    also:
      - {name: Behörde, from: 1999, because: the letter is older, sources: [{paper: brief, quote: die Behörde}]}
      - {parent: oben, decided_by: brief, sources: [{paper: brief}, {paper: brief}]}
    sources: [{paper: brief, quote: das Amt}, {paper: fehlt}]
  - from: 2010-01-01
    name: Amt
    sources: none
  - from: 2015-01-01
    name: Neues Amt
    sources: none
  - from: 2020-01-01
    ended: absorbed
    into: [oben]
    also: [{into: [neben, oben], sources: [{note: hearsay}]}, {ended: unknown, sources: none}]
    sources: none
  - from: 2031-01-01
    annulled: {day: 2030-01-01}
    name: Nie
    also: [{name: Niemals, sources: none}]
    sources: none
tasks:
  wahl:
    - {from: 2000-01-01, text: Wahl, also: [{text: Wahlen, sources: none}], sources: none}
""",
    "data/units/s/oben.yaml": """\
timeline:
  - {from: 2000-01-01, name: Oben, kind: Amt, parent: none, sources: none}
""",
    "data/actionplans/s/plan.yaml": """\
timeline:
  - {from: 2022, title: Plan, also: [{title: Programm, sources: none}], sources: none}
steps:
  anfang:
    - {from: 2022, title: Anfang, kind: step, also: [{title: Beginn, sources: none}], sources: none}
dimensions:
  raum: [{from: 2022, values: [Stadt], also: [{values: [Land, Luft], sources: none}], sources: none}]
""",
}


def rows(root: Path, day: str | None = None) -> list[Row]:
    loaded = load(WorkingTree(write(root, FILES)))
    assert loaded.findings == ()
    table = disputes(loaded.registry, None if day is None else date.fromisoformat(day), TODAY)
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def told(found: list[Row]) -> list[tuple[Cell, Cell, Cell, Cell]]:
    return [(row["reference"], row["attribute"], row["value"], row["other_value"]) for row in found]


def test_every_dispute_is_told_with_both_values(tmp_path: Path) -> None:
    assert told(rows(tmp_path)) == [
        ("s/akte", "title", "unknown", "Akte"),
        ("s/amt", "decided_by", "nothing", "Brief 1-1 (brief)"),
        ("s/amt", "ended", "absorbed", "unknown"),
        ("s/amt", "from", "2000-01-01", "1999"),
        ("s/amt", "into", "Oben (oben)", "s/neben; Oben (oben)"),
        ("s/amt", "name", "Amt", "Behörde"),
        ("s/amt", "parent", "none", "Oben (oben)"),
        ("s/amt#wahl", "text", "Wahl", "Wahlen"),
        ("s/brief", "number", "1-1", "unknown"),
        ("s/brief", "title", "Ein Brief", "Ein Schreiben"),
        ("s/plan", "title", "Plan", "Programm"),
        ("s/plan#anfang", "title", "Anfang", "Beginn"),
        ("s/plan#raum", "values", "Stadt", "Land; Luft"),
    ]


def test_papers_quotes_and_what_is_preferred_stand_side_by_side(tmp_path: Path) -> None:
    found = {(row["reference"], row["attribute"]): row for row in rows(tmp_path)}
    assert found["s/amt", "name"] == {
        "reference": "s/amt",
        "name": "Neues Amt",
        "attribute": "name",
        "since": "2000-01-01",
        "value": "Amt",
        "papers": ("s/brief", "s/fehlt"),
        "quotes": ("brief: „das Amt“",),
        "other_value": "Behörde",
        "other_papers": ("s/brief",),
        "other_quotes": ("brief: „die Behörde“",),
        "preferred": "Amt",
        "because": "the letter is older",
    }
    undecided = found["s/amt", "parent"]
    assert (undecided["preferred"], undecided["because"]) == ("none: no reason is given", None)
    paper = found["s/brief", "title"]
    assert (paper["papers"], paper["other_quotes"]) == (("s/brief",), ("brief: „Ein Schreiben“",))
    assert paper["name"] == "Brief 1-1"
    assert found["s/akte", "title"]["name"] == "akte"
    assert found["s/plan", "title"]["name"] == "plan"
    assert found["s/plan#anfang", "title"]["name"] == "Anfang"


def test_on_a_day_only_what_is_disputed_of_it(tmp_path: Path) -> None:
    def on(day: str) -> list[tuple[Cell, Cell]]:
        return [(row["reference"], row["attribute"]) for row in rows(tmp_path, day)]

    assert on("1999-12-31") == []
    early = [("s/amt", attribute) for attribute in ("decided_by", "from", "name", "parent")] + [("s/amt#wahl", "text")]
    assert on("2000-01-01") == early
    assert on("2014-12-31") == early  # the name was confirmed meanwhile
    assert on("2015-01-01") == [one for one in early if one[1] != "name"]
    later = on("2024-01-01")
    assert ("s/amt", "into") in later
    assert ("s/amt", "parent") not in later
    assert ("s/brief", "title") in later
    assert ("s/akte", "title") not in later


def test_on_the_shipped_data_the_names_of_the_stelle_are_disputed() -> None:
    table = disputes(load(WorkingTree(ROOT)).registry, None, TODAY)
    (row,) = [row for row in table.rows if row[0] == "bs/integration-vielfalt-und-demokratie" and row[2] == "name"]
    assert (row[4], row[7]) == ("Integration, Vielfalt und Demokratie", "Vielfalt, Zuwanderung und Demokratie")
    assert row[10] == row[4]
    assert isinstance(row[9], tuple)
    assert all(str(quote).startswith("pressemitteilung-2024-04-08: „") for quote in row[9])
