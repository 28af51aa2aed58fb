"""What one registry states and another does not, statement by statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from orgreg.diff.statements import WHOLE, Said, diff_statements, statements
from orgreg.load import load
from orgreg.model.timeline import Absent, Source
from tests.strategies import memory, vocabulary

if TYPE_CHECKING:
    from orgreg.diff.statements import Statement
    from orgreg.model.registry import Registry
    from tests.strategies import Frozen

OPENING = {"from": "2020-01-01", "name": "Amt", "kind": "Stelle", "parent": "none", "sources": [{"paper": "p"}]}
RENAMED = {"from": "2024-03-01", "name": "Büro", "sources": [{"paper": "p", "quote": "Büro"}]}
PAPER = {
    "number": "24-00001",
    "kind": "Mitteilung",
    "title": "Titel",
    "date": "2024-03-01",
    "author": ["amt"],
    "relations": {"answers": ["q"]},
    "sources": [{"note": "read"}],
}
PLAN = {
    "timeline": [{"from": "2024-03-01", "title": "Plan", "sources": "none"}],
    "steps": {
        "eins": [
            {
                "from": "2024-03-01",
                "title": "Schritt",
                "due": {"day": "2025-36", "modality": "target"},
                "sources": "none",
            }
        ]
    },
}


def registry(unit: Frozen | None = None, paper: Frozen | None = None, plan: Frozen | None = None) -> Registry:
    files: dict[str, str | bytes | Frozen] = {
        "data/registry.yaml": vocabulary(["xa"]),
        "data/units/xa/amt.yaml": unit or {"timeline": [OPENING]},
        "data/decisions/xa/p.yaml": paper or PAPER,
        "data/actionplans/xa/plan.yaml": plan or PLAN,
    }
    loaded = load(memory(files))
    assert loaded.findings == ()
    return loaded.registry


def places(found: tuple[Statement, ...]) -> list[tuple[str, str, str]]:
    return [(one.timeline, one.since, one.key) for one in found]


def test_a_statement_is_a_key_of_an_entry_with_all_that_is_said_of_it() -> None:
    lost, gained = diff_statements(registry(), registry({"timeline": [OPENING, RENAMED | {"change": "neu"}]}))
    assert lost == ()
    (one,) = gained
    assert one.place == ("units", "xa/amt", "timeline", "2024-03-01", "name")
    assert (one.value, one.sources) == ("Büro", (Source("xa/p", "Büro"),))
    assert one.said == Said("in force", change="neu")


def test_an_empty_register_states_nothing() -> None:
    empty = load(memory({"data/registry.yaml": vocabulary()})).registry
    assert list(statements(empty)) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"from": "2024-03-02"},
        {"name": "Anderes"},
        {"sources": "none"},
        {"sources": [{"paper": "p", "quote": "Das Büro"}]},
        {"status": "planned"},
        {"inferred": {"name": "read"}},
        {"also": [{"name": "Amt", "sources": "none"}]},
        {"decided_by": "p"},
        {"because": "so"},
        {"note": "so"},
        {"wording": "zum März"},
        {"annulled": {"day": "2024-02-01"}},
    ],
)
def test_whatever_differs_of_a_statement_it_is_lost_and_another_is_gained(changed: dict[str, Any]) -> None:
    before = registry({"timeline": [OPENING, RENAMED]})
    lost, gained = diff_statements(before, registry({"timeline": [OPENING, RENAMED | changed]}))
    assert [one.key for one in (*lost, *gained)] == ["name", "name"]
    assert diff_statements(before, before) == ((), ())


@pytest.mark.parametrize(
    "changed",
    [
        {"inferred": {"from": "read"}},
        {"also": [{"from": "2024-04-01", "sources": "none"}]},
        {"also": [{"decided_by": "p", "sources": "none"}]},
    ],
)
def test_a_day_that_is_doubted_is_a_statement_of_its_own(changed: dict[str, Any]) -> None:
    before = registry({"timeline": [OPENING, RENAMED]})
    lost, gained = diff_statements(before, registry({"timeline": [OPENING, RENAMED | changed]}))
    assert lost == ()
    assert places(gained) == [("timeline", "2024-03-01", "from")]


def test_tasks_posts_and_steps_are_timelines_of_their_own() -> None:
    unit = {
        "timeline": [OPENING],
        "tasks": {"migration": [{"from": "2020-01-01", "text": "Migration", "sources": "none"}]},
        "posts": {"leitung": [{"from": "2020-01-01", "title": "Leitung", "head": True, "sources": "none"}]},
    }
    lost, gained = diff_statements(registry(), registry(unit, plan=PLAN | {"steps": {}}))
    assert places(gained) == [
        ("posts/leitung", "2020-01-01", "head"),
        ("posts/leitung", "2020-01-01", "title"),
        ("tasks/migration", "2020-01-01", "text"),
    ]
    assert places(lost) == [("steps/eins", "2024-03-01", "due"), ("steps/eins", "2024-03-01", "title")]


def test_what_is_said_of_a_whole_file_is_a_statement_without_a_day() -> None:
    correction = {"day": "2024-03-01", "of": "name", "was": "name: Amtt", "because": "a slip", "sources": "none"}
    unit = {"timeline": [OPENING], "formerly": ["alt"], "note": "so", "corrections": [correction]}
    _, gained = diff_statements(registry(), registry(unit))
    assert places(gained) == [(WHOLE, "", "corrections"), (WHOLE, "", "formerly"), (WHOLE, "", "note")]


def test_a_paper_states_its_own_keys_and_relations() -> None:
    other = PAPER | {"title": "Anderer", "relations": {"cites": ["q"]}, "inferred": {"title": "read"}}
    lost, gained = diff_statements(registry(), registry(paper=other))
    assert [(one.key, one.value) for one in lost] == [("relations/answers", ("xa/q",)), ("title", "Titel")]
    assert [(one.key, one.value, one.inferred) for one in gained] == [
        ("relations/cites", ("xa/q",), None),
        ("title", "Anderer", "read"),
    ]


def test_what_a_paper_does_not_know_is_a_statement_too() -> None:
    other = PAPER | {"lead": "unknown", "relations": {"answers": "none"}, "also": [{"date": "2024", "sources": "none"}]}
    _, gained = diff_statements(registry(), registry(paper=other))
    said = {one.key: one for one in gained}
    assert said["lead"].value is Absent.UNKNOWN
    assert said["relations/answers"].value is Absent.NONE
    assert [str(one.value) for one in said["date"].also] == ["2024"]
