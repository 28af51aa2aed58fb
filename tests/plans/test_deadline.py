"""Deadlines in words, with the library's holidays and with made-up ones."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from orgreg.model.day import Fault
from orgreg.text.deadline import Deadline, Holidays, Unavailable, resolve, school_holidays

SUMMER = Holidays("Sommerferien", date(2025, 7, 3), date(2025, 8, 13), "a calendar")


def breaks(name: str, land: str, year: int) -> Holidays | Fault:
    known = (name, land, year) == ("Sommerferien", "Niedersachsen", 2025)
    return SUMMER if known else Fault(f"no {name} {year} in {land}", "write the day")


@pytest.mark.parametrize(
    ("wording", "day"),
    [
        ("Ende der Sommerferien 2025", "2025-08-13"),
        ("bis Ende der Sommerferien 2025", "..2025-08-13"),
        ("bis  zum Ende der\u00a0Sommerferien 2025.", "..2025-08-13"),
        ("Beginn der Sommerferien 2025", "2025-07-03"),
        ("bis zum Beginn der Sommerferien 2025", "..2025-07-03"),
        ("in den Sommerferien 2025", "2025-07-03..2025-08-13"),
        ("vor den Sommerferien 2025", "..2025-07-02"),
        ("bis zu den Sommerferien 2025", "..2025-07-02"),
        ("nach den Sommerferien 2025", "2025-08-14.."),
        ("bis nach den Sommerferien 2025", "2025-08-14.."),
        ("4. Quartal 2025", "2025-36"),
        ("im vierten Quartal 2025", "2025-36"),
        ("im letzten Quartal des Jahres 2025", "2025-36"),
        ("IV. Quartal 2025", "2025-36"),
        ("Q1/2026", "2026-33"),
        ("bis zum 3. Quartal 2025", "..2025-09-30"),
        ("im 2. Halbjahr 2026", "2026-07..2026-12"),
        ("erstes Halbjahr 2026", "2026-01..2026-06"),
        ("Anfang 2025", "2025-33"),
        ("Mitte des Jahres 2025", "2025-05..2025-08"),
        ("Ende 2025", "2025-36"),
        ("bis Jahresende 2025", "..2025-12-31"),
        ("spätestens bis Ende 2025", "..2025-12-31"),
        ("Anfang März 2025", "2025-03-01..2025-03-10"),
        ("Mitte März 2025", "2025-03-11..2025-03-20"),
        ("Ende Februar 2024", "2024-02-21..2024-02-29"),
        ("spätestens Ende des Monats Mai 2025", "..2025-05-31"),
        ("im März 2025", "2025-03"),
        ("am 15. März 2025", "2025-03-15"),
        ("bis zum 15.3.2025", "..2025-03-15"),
        ("Frühjahr 2026", "2026-03..2026-05"),
        ("im Herbst 2026", "2026-09..2026-11"),
        ("im Winter 2025/26", "2025-12..2026-02"),
        ("KW 12/2025", "2025-03-17..2025-03-23"),
        ("in der 1. Kalenderwoche 2026", "2025-12-29..2026-01-04"),
        ("im Laufe des Jahres 2025", "2025"),
        ("2025-36", "2025-36"),
        ("..2025-08-13", "..2025-08-13"),
        ("bis 2025-36", "..2025-12-31"),
        ("bis ..2025-08-13", "..2025-08-13"),
        ("unknown", "unknown"),
    ],
)
def test_words_are_read_as_days(wording: str, day: str) -> None:
    read = resolve(wording, "Niedersachsen", breaks)
    assert isinstance(read, Deadline)
    assert read.when.text == day
    assert read.wording == " ".join(wording.split())
    assert read.reading.startswith(day)


@pytest.mark.parametrize(
    ("wording", "land", "reason"),
    [
        ("Ende der Sommerferien", "Niedersachsen", "„Ende der Sommerferien“ names no year"),
        ("bis  Weihnachten 2025.", None, "„bis Weihnachten 2025“ is not understood as a day"),
        ("bald", None, "„bald“ names no year"),
        ("ab März 2025", None, "„ab März 2025“ is not understood as a day"),
        ("31.02.2025", None, "2025-02-31 does not exist: 2025-02 has 28 days"),
        ("bis 31.02.2025", None, "2025-02-31 does not exist: 2025-02 has 28 days"),
        ("KW 54 2025", None, "2025 has no week 54"),
        ("Ende der Sommerferien 2025", None, "when Sommerferien are depends on the Land, and none is recorded"),
        ("Ende der Osterferien 2025", "Niedersachsen", "no Osterferien 2025 in Niedersachsen"),
    ],
)
def test_what_is_no_deadline_is_refused_with_a_remedy(wording: str, land: str | None, reason: str) -> None:
    read = resolve(wording, land, breaks)
    assert isinstance(read, Fault)
    assert read.reason == reason
    assert read.remedy


@pytest.mark.parametrize(
    ("wording", "how"),
    [
        ("Anfang März 2026", "„Anfang“ is read as the first ten days"),
        ("Mitte März 2026", "„Mitte“ is read as the days from the 11th to the 20th"),
        ("Ende März 2026", "„Ende“ is read as the days from the 21st on"),
        ("bis Mitte März 2026", "„Mitte“ is read as the days from the 11th to the 20th"),
        ("Anfang 2025", "„Anfang“ is read as the first quarter"),
        ("Mitte des Jahres 2025", "„Mitte“ is read as the months from May to August"),
        ("Ende 2025", "„Ende“ is read as the last quarter"),
        ("Jahresende 2025", "„Ende“ is read as the last quarter"),
        ("Frühjahr 2026", "„Frühjahr“ is read as the months from March to May"),
        ("bis Sommer 2026", "„Sommer“ is read as the months from June to August"),
        ("Herbst 2026", "„Herbst“ is read as the months from September to November"),
        ("Winter 2025/26", "„Winter“ is read as the months from December to February"),
        ("bis zum 3. Quartal 2025", "„bis“ is read as up to the last day: a quarter"),
    ],
)
def test_a_convention_of_our_own_says_so(wording: str, how: str) -> None:
    read = resolve(wording, None)
    assert isinstance(read, Deadline)
    assert read.concluded
    assert read.how == how


@pytest.mark.parametrize(
    "wording",
    [
        "4. Quartal 2025",
        "2. Halbjahr 2026",
        "März 2025",
        "bis 15. März 2025",
        "KW 12/2025",
        "im Laufe des Jahres 2025",
        "bis Ende 2025",
        "bis Jahresende 2025",
        "bis Ende März 2026",
        "spätestens im März 2025",
        "bis ..2025-08-13",
    ],
)
def test_what_the_words_say_is_not_concluded(wording: str) -> None:
    read = resolve(wording, None)
    assert isinstance(read, Deadline)
    assert not read.concluded


# ------------------------------------------------------------------------------------------------ the library


def test_the_summer_of_niedersachsen_is_the_librarys() -> None:
    read = resolve("bis Ende der Sommerferien 2025", "Niedersachsen")
    assert isinstance(read, Deadline)
    assert read.when.text == "..2025-08-13"
    told = "school holidays of Niedersachsen, Sommerferien 2025 from 2025-07-03 to 2025-08-13, by the library holidays"
    assert told in read.reading
    assert read.concluded
    assert read.reading.endswith("single schools, as on islands, may differ")


@pytest.mark.parametrize(
    ("name", "land", "year", "first", "last"),
    [
        ("Osterferien", "Niedersachsen", 2025, "2025-04-07", "2025-04-19"),
        ("Weihnachtsferien", "Niedersachsen", 2025, "2025-12-22", "2026-01-05"),
        ("Sommerferien", "Bayern", 2025, "2025-08-01", "2025-09-15"),
    ],
)
def test_single_days_beside_the_holidays_do_not_count(name: str, land: str, year: int, first: str, last: str) -> None:
    found = school_holidays(name, land, year)
    assert isinstance(found, Holidays)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("name", "land", "year", "reason"),
    [
        ("Pfingstferien", "Niedersachsen", 2025, "are single days: 2025-05-30, 2025-06-10"),
        ("Sommerferien", "Niedersachsen", 2200, "are not known"),
        ("Sommerferien", "Zürich", 2025, "no school holidays are known of Zürich"),
    ],
)
def test_what_the_library_does_not_know_is_said(name: str, land: str, year: int, reason: str) -> None:
    found = school_holidays(name, land, year)
    assert isinstance(found, Fault)
    assert found.reason.endswith(reason)


def test_without_the_library_only_school_holidays_are_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    missed = resolve("Ende der Sommerferien 2025", "Niedersachsen")
    assert isinstance(missed, Unavailable)
    assert missed.remedy.startswith("pip install 'orgreg[deadlines]'")
    assert isinstance(resolve("4. Quartal 2025", "Niedersachsen"), Deadline)
