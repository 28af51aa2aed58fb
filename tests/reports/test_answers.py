"""What the shipped register answers to those who ask: council members, journalists, the council office."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.commands import run


def told(*words: str) -> str:
    outcome = run(*words)
    assert outcome.code == 0, outcome.err
    return outcome.out


def made(*words: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads(told(*words, "--format", "json"))


# ------------------------------------------------------------------------------------------------ who was responsible


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        (
            "2016-03-31",
            [
                "Büro für Migrationsfragen   (code unknown)",
                "  line         0500 Sozialreferat (Referat, parent inferred) → V Dezernat V",
                "  there        beginning unknown, until 2016-03-31 [1a]",
                "  responsible  beginning unknown, until 2024-02-29 [2a]",
                "  before       nobody recorded",
            ],
        ),
        (
            "2017-05-01",
            [
                "50.21 Büro für Migrationsfragen   (code inferred)",
                "  there        2016-04-01 until 2024-02-29 [1a, 2a]",
                "  before       Büro für Migrationsfragen, in 0500 Sozialreferat, until 2016-03-31   the same unit",
            ],
        ),
        (
            "2024-02-29",
            [
                "50.21 Büro für Migrationsfragen",
                "  responsible  beginning unknown, until 2024-02-29 [2b]",
                "  after        0500.10 Integration, Vielfalt und Demokratie, in 0500 Sozialreferat, from 2024-03-01   [2c, 3a]   (inferred)",  # noqa: E501
            ],
        ),
        (
            "2024-03-01",
            [
                "0500.10 Integration, Vielfalt und Demokratie   (name disputed)",
                "  line         0500 Sozialreferat (Referat) → V Dezernat V",
                "  responsible  since 2024-03-01 or before [1c, 3a]",
                "  before       50.21 Büro für Migrationsfragen, in 50.2 Migrationsfragen und Integration, until 2024-02-29   [1c, 3a]   (inferred)",  # noqa: E501
            ],
        ),
    ],
)
def test_who_was_responsible_for_migration(day: str, lines: list[str]) -> None:
    found = told("who", "migration", "--date", day).splitlines()
    assert [line for line in lines if line not in found] == []
    assert "  basis        no decision recorded" in found


# ------------------------------------------------------------------------------------------------ units and bodies


@pytest.mark.parametrize(("day", "secretariat"), [("2024-02-29", "not recorded"), ("2024-03-01", "0500 Sozialreferat")])
def test_the_secretariat_of_the_ausschuss_is_told_by_the_report_and_by_the_unit(day: str, secretariat: str) -> None:
    ausschuss = "bs/ausschuss-fuer-vielfalt-und-integration"
    rows = {row["reference"]: row for row in made("report", "bodies", "--date", day)["rows"]}
    assert rows[ausschuss]["secretariat"] == secretariat
    (line,) = (line for line in told("show", ausschuss, "--date", day).splitlines() if line.startswith("  secretariat"))
    assert ("0500 Sozialreferat" in line, "unknown" in line) == (secretariat != "not recorded", day == "2024-02-29")


def test_members_by_rule_stand_in_the_words_of_the_source() -> None:
    shown = told("show", "steuerungsgruppe", "--planned", "--date", "2019-06-03")
    assert "  members  „Fachgruppenleitungen des Fachbereichs 2“ (by rule)" in shown


@pytest.mark.parametrize(
    ("day", "marked"), [("2018-01-01", True), ("2020-11-12", False), ("2020-11-13", True), ("2024-02-29", True)]
)
def test_a_contact_is_marked_on_a_day_of_which_its_source_does_not_speak(day: str, marked: bool) -> None:  # noqa: FBT001 - a case
    shown = told("show", "buero-fuer-migrationsfragen", "--date", day)
    (line,) = (line for line in shown.splitlines() if line.startswith("  contact"))
    assert line.endswith("(not of this day)") is marked


@pytest.mark.parametrize(("day", "lines"), [("2024-03-01", 0), ("2024-04-08", 1), ("2025-06-01", 1)])
def test_staff_is_told_from_the_day_on_which_it_is_heard_of(day: str, lines: int) -> None:
    shown = told("show", "integration-vielfalt-und-demokratie", "--date", day)
    assert shown.count("\n  staff   3   since 2024-04-08 or before [") == lines


# ------------------------------------------------------------------------------------------------ beside the line


def test_coordination_that_crosses_the_line_stands_beside_it() -> None:
    words = ("tree", "--relations", "--planned", "--date", "2019-06-03", "-m", "bux")
    lines = told(*words).splitlines()
    at = next(place for place, line in enumerate(lines) if "Präventionskoordination" in line)
    beside = [line.strip() for line in lines[at + 1 : at + 7]]
    assert beside == [
        "⇢ steers bestehende Arbeitskreise",
        "⇢ involves Fachgruppe Soziales, Wohnen und Senioren",
        "⇢ involves VHS",
        "⇢ involves Fachgruppe Kultur und Tourismus",
        "⇢ involves Klimamanagerin (Fachgruppe Stadtplanung)",
        "⇢ agrees with Steuerungsgruppe",
    ]
    drawn = told(*words, "--format", "mermaid")
    assert drawn.count('-. "') == len(beside)  # beside the line a dotted arrow …
    assert drawn.count(" --- ") >= len(beside)  # … and in the line a line
    assert '-. "' not in told(*(word for word in words if word != "--relations"), "--format", "mermaid")


# ------------------------------------------------------------------------------------------------ reports


@pytest.mark.parametrize("until", ["2016-12-31", "2026-11-22"])
def test_the_report_of_changes_tells_what_the_difference_tells(until: str) -> None:
    rows = made("report", "changes", "--date", until)["rows"]
    changes = made("diff", "1000-01-01", until)["changes"]
    known = {(row["on"], row["unit"], row["verb"], row["sentence"]) for row in rows}
    assert {(one["on"], one["unit"], one["verb"], one["sentence"]) for one in changes} == known
    assert changes


def test_open_inquiries_say_since_how_many_days() -> None:
    def row(paper: str, day: str) -> Any:  # noqa: ANN401 - JSON
        return {row["reference"]: row for row in made("report", "papers", "--date", day)["rows"]}.get(paper)

    assert row("bs/25-25182", "2025-02-03") is None
    assert row("bs/25-25182", "2025-10-01")["open_days"] is None
    assert row("bs/22-18142", "2024-03-01")["open_days"] == "722.."
    assert "  open      no answer recorded on 2024-03-01, since at least 722 days\n" in told(
        "show", "22-18142", "--date", "2024-03-01"
    )


@pytest.mark.parametrize(
    ("post", "day", "state"),
    [
        ("bux/fachbereich-2#leitung", "2019-06-03", "vacant"),
        ("bux/stadtverwaltung#buergermeisterin", "2019-06-03", "filled"),
        ("bs/sozialreferat#referatsleitung", "2025-06-01", "unnamed"),
        ("bs/integration-vielfalt-und-demokratie#stellenleitung", "2024-12-31", "vacant"),
    ],
)
def test_posts_are_vacant_filled_or_unnamed(post: str, day: str, state: str) -> None:
    rows = {row["reference"]: row["state"] for row in made("report", "posts", "--date", day)["rows"]}
    assert rows[post] == state
