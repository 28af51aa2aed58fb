"""The calendar, read back by the parser of another library."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from ical.calendar_stream import IcsCalendarStream

from orgreg.formats.ical.calendar import calendar
from orgreg.query.agenda import Firmness, agenda
from tests.commands import run
from tests.show.goldens import shipped
from tests.show.small import paper, register

if TYPE_CHECKING:
    import pytest
    from ical.event import Event


def read(text: str) -> dict[str, Event]:
    events = IcsCalendarStream.calendar_from_ics(text).events
    found = {event.uid or "": event for event in events}
    assert len(found) == len(events)
    return found


def shipped_on(day: str) -> dict[str, Event]:
    return read(calendar(agenda(shipped(), date.fromisoformat(day)), "Register"))


def test_vague_days_are_spans_of_whole_days() -> None:
    events = shipped_on("2025-10-01")
    concept = events["bs/aktionsplan#ausgestaltung@orgreg"]
    assert (concept.dtstart, concept.dtend) == (date(2025, 10, 1), date(2026, 1, 1))
    assert concept.status == "TENTATIVE"
    week = events["bs/aktionsplan#woche-gegen-rassismus@orgreg"]
    assert (week.dtstart, week.dtend) == (date(2025, 3, 17), date(2025, 3, 31))
    interviews = events["bs/aktionsplan#expertinnen-interviews@orgreg"]
    assert (interviews.dtstart, interviews.dtend) == (date(2025, 8, 13), date(2025, 8, 14))
    assert interviews.summary == "Expert:innen-Interviews (target)"
    assert interviews.status == "CONFIRMED"
    assert interviews.description == (
        "due: by 2025-08-13, target („bis Ende der Sommerferien 2025“)\nAktionsplan (aktionsplan)\n"
        "state: in Bearbeitung\nresponsible: 0500.10 Integration, Vielfalt und Demokratie\n"
        "due inferred: the school holidays of Niedersachsen 2025 end on 13 August\n"
        "orgreg show aktionsplan#expertinnen-interviews"
    )
    consultation = events["bs/25-25182#rat@orgreg"]
    assert consultation.dtstart == date(2025, 2, 18)
    assert consultation.summary == "Rat der Stadt Braunschweig: 25-25182"
    assert all(event.transparency == "TRANSPARENT" for event in events.values())


def test_the_stamp_is_of_the_papers_or_of_the_commit() -> None:
    first = calendar(agenda(shipped(), date(2025, 10, 1)), "Register")
    assert first == calendar(agenda(shipped(), date(2025, 11, 1)), "Register")
    assert shipped_on("2025-10-01")["bs/aktionsplan#buntstadtkonferenz@orgreg"].dtstamp == datetime(
        2025, 3, 17, tzinfo=UTC
    )
    recorded = datetime.fromisoformat("2026-01-02T04:04:05+01:00")
    stamps = {one.dtstamp for one in read(calendar(agenda(shipped(), date(2025, 10, 1)), "R", recorded)).values()}
    assert stamps == {datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)}


def test_what_is_told_of_later_is_not_in_it() -> None:
    before = shipped_on("2025-02-03")
    assert not any(uid.startswith("bs/aktionsplan#") for uid in before)
    assert "bs/25-25182#rat@orgreg" not in before


PLAN = """\
timeline:
  - from: 2020-01-01
    title: "Plan; mit, Zeichen"
    responsible: unknown
    $
steps:
  a:
    - from: 2020-01-01
      status: planned
      title: "A\\nEND:VEVENT\\nBEGIN:VEVENT, x; y\\\\"
      due: {day: "2021-06-01", modality: fixed}
      sources: [{note: by heart}]
  b:
    - from: 2020-01-01
      title: B
      due: {day: 2021-06.., modality: expected}
      state: nicht umsetzbar
      $
  c:
    - from: 2020-01-01
      title: C
      due: {day: unknown, modality: target}
      $
  d:
    - from: 2020-01-01
      title: D
      due: {day: 2021~, modality: target}
      $
"""
MEETINGS = """\
consultations:
  - {body: sozialreferat, item: "5.1", date: 2021-01-01}
  - {body: sozialreferat, role: Entscheidung, result: vertagt, date: 2021-02}
  - {body: unknown, date: 2021-03-01}
  - {body: unknown, date: unknown}
  - {body: unknown}
sources:"""


def test_text_of_files_is_escaped_and_ids_are_stable() -> None:
    registry = register(actionplans_plan=PLAN, decisions_brief=paper("unknown").replace("sources:", MEETINGS))
    events = read(calendar(agenda(registry, date(2020, 6, 1)), "A\r\nEND:VCALENDAR"))
    assert list(events) == [
        "bs/brief#sozialreferat@orgreg",
        "bs/plan#d@orgreg",
        "bs/brief#sozialreferat-2@orgreg",
        "bs/brief#unknown@orgreg",
        "bs/plan#a@orgreg",
        "bs/plan#b@orgreg",
    ]
    odd = events["bs/plan#a@orgreg"]
    assert odd.summary == "A END:VEVENT BEGIN:VEVENT, x; y\\ (fixed)"
    assert "Plan; mit, Zeichen (plan)" in (odd.description or "")
    assert "only planned, nothing decided" in (odd.description or "")
    assert (odd.status, odd.dtstamp) == ("TENTATIVE", datetime(1970, 1, 1, tzinfo=UTC))
    dropped = events["bs/plan#b@orgreg"]
    assert (dropped.status, dropped.dtstart, dropped.end - dropped.start) == (
        "CANCELLED", date(2021, 6, 1), timedelta(days=1)
    )  # fmt: skip
    assert events["bs/plan#d@orgreg"].status == "TENTATIVE"
    second = events["bs/brief#sozialreferat-2@orgreg"]
    assert (second.dtstart, second.dtend, second.status) == (date(2021, 2, 1), date(2021, 3, 1), "TENTATIVE")
    assert (events["bs/brief#unknown@orgreg"].summary or "").startswith("body not known: ")
    assert "item: 5.1" in (events["bs/brief#sozialreferat@orgreg"].description or "")


def test_lines_are_folded_and_end_as_the_standard_wants() -> None:
    text = calendar(agenda(shipped(), date(2025, 10, 1)), "Register")
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")


def test_dropped_things_are_told_as_such() -> None:
    registry = register(actionplans_plan=PLAN)
    assert {one.identity: one.firmness for one in agenda(registry, date(2020, 6, 1))}["bs/plan#b"] is Firmness.DROPPED


# ------------------------------------------------------------------------------------------------ the command


def test_the_command_writes_the_calendar() -> None:
    outcome = run("report", "calendar", "--date", "2025-10-01", "-m", "bs")
    assert outcome.code == 0
    assert outcome.out.startswith("BEGIN:VCALENDAR\r\n")
    assert "bs/aktionsplan#ausgestaltung@orgreg" in read(outcome.out)


def test_a_body_is_called_as_on_the_day_of_its_meeting() -> None:
    events = shipped_on("2025-10-01")
    told = {uid: event.summary for uid, event in events.items() if uid.startswith("bs/16-01642-01#")}
    assert told["bs/16-01642-01#ausschuss-fuer-vielfalt-und-integration@orgreg"] == (
        "Ausschuss für Integrationsfragen: 16-01642-01"
    )


def test_as_a_table_it_is_written_in_every_form() -> None:
    asked = ("report", "calendar", "--date", "2025-10-01", "-m", "bs", "--format")
    assert run(*asked, "ical").out == run(*asked[:-1]).out
    made = json.loads(run(*asked, "json").out)
    assert len(made["rows"]) == len(read(run(*asked, "ical").out))
    rows = {row["reference"]: row for row in made["rows"]}
    interviews = rows["bs/aktionsplan#expertinnen-interviews"]
    assert (interviews["first"], interviews["last"], interviews["due"], interviews["wording"]) == (
        "2025-08-13", "2025-08-13", "..2025-08-13", "bis Ende der Sommerferien 2025"
    )  # fmt: skip
    assert rows["bs/25-25182"]["title"] == "Rat der Stadt Braunschweig: 25-25182"
    for form in ("text", "csv", "markdown"):
        outcome = run(*asked, form)
        assert outcome.code == 0
        assert "Expert:innen-Interviews (target)" in outcome.out


def test_other_reports_are_no_calendar_and_not_overdue() -> None:
    outcome = run("report", "plans", "--format", "ical")
    assert (outcome.code, outcome.err) == (2, "orgreg: --format ical is of report calendar\n")
    assert run("report", "plans", "--overdue").code == 2


def test_without_the_library_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    monkeypatch.delitem(sys.modules, "orgreg.formats.ical.calendar")
    outcome = run("report", "calendar")
    assert outcome.code == 3
    assert "pip install 'orgreg[calendar]'" in outcome.err
