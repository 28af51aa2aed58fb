"""A report on a step, recorded by command, as the plan's page, the report and the calendar show it from then on."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest
from ical.calendar_stream import IcsCalendarStream

from tests.commands import run
from tests.history import Repository
from tests.reports import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands import Outcome

INTERVIEWS = "aktionsplan#expertinnen-interviews"
FILE = "data/actionplans/bs/aktionsplan.yaml"
REPORT = """\
    - from: 2025-09-15
      state: erledigt
      sources:
        - paper: 25-25182-01
          quote: >-
            abgeschlossen sein
"""


@pytest.fixture
def register(tmp_path: Path) -> Repository:
    """The shipped register in a repository of its own."""
    made = Repository.begin(tmp_path / "register")
    made.commit(shipped.files(), "Begin", "2025-09-01T09:00:00+02:00")
    return made


def do(register: Repository, *words: str) -> Outcome:
    return run(*words, "-C", str(register.folder))


def steps(register: Repository, day: str) -> dict[str, dict[str, object]]:
    made = json.loads(do(register, "report", "steps", "--date", day, "--format", "json").out)
    return {row["reference"]: row for row in made["rows"]}


def test_a_report_is_recorded_and_shown_from_its_day_on(register: Repository) -> None:
    words = ("set", INTERVIEWS, "state", "erledigt", "--date", "2025-09-15", "--source", "25-25182-01")
    done = do(register, *words, "--quote", "abgeschlossen sein", "--yes")
    assert done.code == 0, done.err
    assert register.git("log", "-1", "--format=%s").strip() == f"{INTERVIEWS}: state erledigt"
    assert REPORT in (register.folder / FILE).read_text("utf-8")

    # the plan's page
    page = do(register, "show", "aktionsplan", "--date", "2025-10-01").out
    there = page[page.index("#expertinnen-interviews") : page.index("#buntstadtkonferenz")]
    assert "    state        erledigt (done)   since 2025-09-15 [" in there
    assert "overdue" not in page
    before = do(register, "show", "aktionsplan", "--date", "2025-09-14").out
    assert "overdue by 32 days: no evidence that it is done" in before

    # report steps
    row = steps(register, "2025-10-01")[f"bs/{INTERVIEWS}"]
    assert (row["words"], row["state"], row["since"], row["papers"]) == (
        "done", "erledigt", "2025-09-15", ["bs/25-25182-01"]
    )  # fmt: skip
    assert steps(register, "2025-09-14")[f"bs/{INTERVIEWS}"]["days"] == 32
    assert do(register, "report", "steps", "--overdue", "--date", "2025-10-01").out == "no step is overdue\n"

    # the calendar
    events = IcsCalendarStream.calendar_from_ics(do(register, "report", "calendar", "--date", "2025-10-01").out).events
    (event,) = (one for one in events if one.uid == f"bs/{INTERVIEWS}@orgreg")
    assert "state: erledigt" in (event.description or "")

    # and once only
    again = do(register, *words, "--yes")
    assert (again.code, again.out) == (0, f"already recorded: state of {INTERVIEWS} is erledigt\n")


def test_a_state_that_no_vocabulary_knows_is_refused(register: Repository) -> None:
    old = (register.folder / FILE).read_bytes()
    done = do(register, "set", INTERVIEWS, "state", "grün", "--date", "2025-09-15", "--yes")
    assert done.code == 1
    assert "grün is no state of Stadt Braunschweig" in done.err
    assert (register.folder / FILE).read_bytes() == old


def test_a_deadline_in_words_is_shown_stored_and_due(register: Repository) -> None:
    words = ("create", "step", "aktionsplan#auswertung", "title=Auswertung", "--due", "Ende der Sommerferien 2025")
    given = ("--modality", "target", "--date", "2025-03-15", "--source", "25-25182-01")
    shown = do(register, *words, *given, "--dry-run")
    assert shown.code == 0, shown.err
    first, *rest = shown.out.splitlines()
    assert first == (
        "aktionsplan#auswertung: title Auswertung; "
        "due 2025-08-13 or before, target, from the words „Ende der Sommerferien 2025“"
    )
    assert any(
        line.startswith(
            "  note: „Ende der Sommerferien 2025“ is read as ..2025-08-13: school holidays of Niedersachsen, "
            "Sommerferien 2025 from 2025-07-03 to 2025-08-13, by the library holidays"
        )
        for line in rest
    )
    assert "auswertung" not in (register.folder / FILE).read_text("utf-8")

    assert do(register, *words, *given, "--yes").code == 0
    text = (register.folder / FILE).read_text("utf-8")
    assert "      due: {day: ..2025-08-13, wording: Ende der Sommerferien 2025, modality: target}\n" in text
    assert "        due: school holidays of Niedersachsen, Sommerferien 2025" in text
    row = steps(register, "2025-10-01")["bs/aktionsplan#auswertung"]
    assert (row["words"], row["due"], row["wording"]) == (
        "overdue by 49 days", "..2025-08-13", "Ende der Sommerferien 2025"
    )  # fmt: skip

    # what was said in other words later is another deadline, and keeps how firmly it is meant
    later = ("set", "aktionsplan#auswertung", "due", "4. Quartal 2025", "--date", "2025-09-01", "--source", "25-25182")
    assert do(register, *later, "--modality", "expected", "--yes").code == 0
    assert "      due: {day: 2025-36, wording: 4. Quartal 2025, modality: expected}\n" in (
        register.folder / FILE
    ).read_text("utf-8")
    assert steps(register, "2025-10-01")["bs/aktionsplan#auswertung"]["words"] == "window open until 2025-12-31"
    assert do(register, "check", "--least", "warning").code == 0
    assert do(register, "fmt", "--check").code == 0


LAST = ("create", "step", "aktionsplan#auswertung", "title=Auswertung", "--due", "Ende der Sommerferien 2025")


def test_the_holidays_are_those_of_the_land_in_the_registry(register: Repository) -> None:
    registry = register.folder / "data/registry.yaml"
    text = registry.read_text("utf-8")
    registry.write_text(text.replace("land: Niedersachsen ", "land: Bayern "), "utf-8")
    shown = do(register, *LAST, "--dry-run")
    assert "due 2025-09-15 or before, target, from the words" in shown.out
    assert "school holidays of Bayern" in shown.out
    registry.write_text(text.replace("land: Niedersachsen ", ""), "utf-8")
    refused = do(register, *LAST, "--dry-run")
    assert (refused.code, refused.out) == (1, "")
    assert (
        "when Sommerferien are depends on the Land, and none is recorded; add land: to the municipality" in refused.err
    )


def test_without_the_extra_it_says_what_to_install(register: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    refused = do(register, *LAST, "--dry-run")
    assert (refused.code, refused.out) == (1, "")
    assert "pip install 'orgreg[deadlines]', or write the day yourself" in refused.err
    assert do(register, *LAST[:-1], "4. Quartal 2025", "--dry-run").code == 0


@pytest.mark.parametrize("given", [("due=2025", "--due", "2026"), ("modality=fixed", "--modality", "target")])
def test_what_is_given_twice_is_asked_back(register: Repository, given: tuple[str, ...]) -> None:
    refused = do(register, *LAST[:-2], *given, "--dry-run")
    assert refused.code == 2
    assert f"{given[0].partition('=')[0]} is given twice" in refused.err
