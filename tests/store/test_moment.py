"""A time as it is typed: what is one, what only looks like one, and which second it is."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from orgreg.store.moment import Moment, NoMoment, moment

BERLIN = ZoneInfo("Europe/Berlin")


def second(written: str) -> int:
    return int(datetime.fromisoformat(written).timestamp())


@pytest.mark.parametrize(
    ("word", "is_day", "needs_zone", "meant"),
    [
        ("2024-04-09", True, True, "2024-04-09T23:59:59+02:00"),
        ("2024-01-31", True, True, "2024-01-31T23:59:59+01:00"),
        ("2024-04-09T10:00", False, True, "2024-04-09T10:00:00+02:00"),
        ("2024-04-09 10:00:30", False, True, "2024-04-09T10:00:30+02:00"),
        ("2024-04-09T10:00:30.9", False, True, "2024-04-09T10:00:30+02:00"),
        ("2024-04-09T10:00Z", False, False, "2024-04-09T10:00:00+00:00"),
        ("2024-04-09t10:00z", False, False, "2024-04-09T10:00:00+00:00"),
        ("2024-04-09T10:00-0330", False, False, "2024-04-09T10:00:00-03:30"),
        ("2024-04-09T10:00:00+05", False, False, "2024-04-09T10:00:00+05:00"),
        # The hour that the clock shows twice, and the one that it leaves out.
        ("2024-10-27T02:30", False, True, "2024-10-27T02:30:00+01:00"),
        ("2024-03-31T02:30", False, True, "2024-03-31T02:30:00+02:00"),
        ("9999-12-31", True, True, "9999-12-31T23:59:59+01:00"),
        ("0001-01-01", True, True, "0001-01-01T23:59:59+00:53:28"),
    ],
)
def test_a_time_is_a_second(word: str, is_day: bool, needs_zone: bool, meant: str) -> None:  # noqa: FBT001
    found = moment(word)
    assert isinstance(found, Moment)
    assert (found.is_day, found.needs_zone) == (is_day, needs_zone)
    assert found.second(BERLIN) == second(meant)


def test_a_time_with_an_offset_asks_for_no_zone() -> None:
    found = moment("2024-04-09T10:00+02:00")
    assert isinstance(found, Moment)
    assert found.second() == found.second(BERLIN) == found.second(UTC)


@pytest.mark.parametrize(
    "word", ["HEAD", "", "2024", "2024-04", "20240409", "2024-04-09T10", "2024-04-09-2", "v2024-04-09", "٢٠٢٤-٠٤-٠٩"]
)
def test_what_does_not_look_like_a_time_is_for_git(word: str) -> None:
    assert moment(word) is None


@pytest.mark.parametrize("word", ["2024-02-30", "0000-01-01", "2024-04-09T24:01", "2024-04-09T10:00+99:00"])
def test_what_looks_like_a_time_and_is_none_is_said(word: str) -> None:
    found = moment(word)
    assert isinstance(found, NoMoment)
    assert found.reason.startswith(f"there is no time {word}: ")
