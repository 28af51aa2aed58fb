"""Days, spans and faults: EDTF's small part, with the edtf library as a second opinion."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import edtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgreg.model.day import (
    ALWAYS,
    NEVER,
    UNKNOWN_DAY,
    Fault,
    Nature,
    Span,
    When,
    day_after,
    day_before,
    exactly,
    parse,
)
from tests.strategies import days, points

if TYPE_CHECKING:
    from time import struct_time


def day(text: str) -> When:
    read = parse(text)
    assert isinstance(read, When), read
    return read


def fault(text: str) -> Fault:
    read = parse(text)
    assert isinstance(read, Fault), read
    return read


# ---------------------------------------------------------------------------------------------------------- the oracle


def _as_day(told: struct_time) -> date:
    return date(*told[:3])


def _agrees(text: str, in_edtf: str) -> None:
    other = edtf.parse_edtf(in_edtf)
    read = day(text)
    assert (read.earliest, read.latest) == (_as_day(other.lower_strict()), _as_day(other.upper_strict()))


_NO_QUARTERS = points().filter(lambda text: "-3" not in text[4:7])  # the library has no intervals of quarters


@settings(max_examples=80)
@given(points())
def test_a_point_means_what_edtf_means(text: str) -> None:
    _agrees(text, text)


@settings(max_examples=50)
@given(_NO_QUARTERS, _NO_QUARTERS)
def test_an_interval_means_what_edtf_means(one: str, other: str) -> None:
    first, last = sorted((one, other), key=lambda text: day(text).earliest)
    text = f"{first}/{last}"
    if day(first).earliest <= day(last).latest:
        _agrees(text, text)
        assert day(text).nature is Nature.THROUGHOUT


@settings(max_examples=50)
@given(st.lists(days(), min_size=2, max_size=2, unique=True).map(sorted), st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"]))
def test_a_set_means_what_edtf_means_by_it_in_brackets(borders: list[date], form: str) -> None:
    first, last = (border.strftime(form) for border in borders)
    _agrees(f"{first}..{last}", f"[{first}..{last}]")
    assert day(f"{first}..{last}").nature is Nature.SOME


@pytest.mark.parametrize("text", ["2024-13", "2024-00", "2024-04-31", "2024-3-1", "01.03.2024", "x", ""])
def test_what_edtf_refuses_is_refused(text: str) -> None:
    with pytest.raises((edtf.EDTFParseException, ValueError)):
        edtf.parse_edtf(text).lower_strict()
    fault(text)


# --------------------------------------------------------------------------------------------------------- what counts


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024-03-01", "2024-03-01", "2024-03-01"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2025-33", "2025-01-01", "2025-03-31"),
        ("2025-34", "2025-04-01", "2025-06-30"),
        ("2025-35", "2025-07-01", "2025-09-30"),
        ("2025-36", "2025-10-01", "2025-12-31"),
        ("2016-05-09..2016-06", "2016-05-09", "2016-06-30"),
        ("2015/2016-03", "2015-01-01", "2016-03-31"),
        ("2025-36..2026-33", "2025-10-01", "2026-03-31"),
    ],
)
def test_a_vague_day_has_an_earliest_and_a_latest_both_included(text: str, earliest: str, latest: str) -> None:
    read = day(text)
    assert (read.earliest.isoformat(), read.latest.isoformat()) == (earliest, latest)
    assert str(read) == text


@pytest.mark.parametrize("text", ["2024-03-01", "2024-03", "2024", "2016~", "2025-36", "2016..2017", "2016-05-09.."])
def test_an_entry_counts_from_its_earliest_day(text: str) -> None:
    assert day(text).counts_from == day(text).earliest


def test_an_open_beginning_counts_from_its_end() -> None:
    assert day("..2024-03").counts_from == date(2024, 3, 31)
    assert day("..2024-03").earliest == ALWAYS


def test_an_open_end_counts_from_its_beginning_and_is_never_settled() -> None:
    assert (day("2019-06-03..").counts_from, day("2019-06-03..").settled) == (date(2019, 6, 3), NEVER)


@pytest.mark.parametrize(
    ("text", "settled"), [("2024-03-01", "2024-03-01"), ("2016~", "2016-12-31"), ("..2020", "2020-12-31")]
)
def test_it_has_certainly_come_on_its_latest_day(text: str, settled: str) -> None:
    assert day(text).settled.isoformat() == settled


def test_unknown_reaches_back_without_end() -> None:
    assert day("unknown") is UNKNOWN_DAY
    assert (UNKNOWN_DAY.counts_from, UNKNOWN_DAY.settled) == (ALWAYS, ALWAYS)
    assert not UNKNOWN_DAY.known
    assert not UNKNOWN_DAY.exact


@pytest.mark.parametrize(
    ("text", "exact"),
    [("2024-03-01", True), ("2024-03-01..2024-03-01", True), ("2024-03-01~", False), ("2024-03", False)],
)
def test_exact_is_one_certain_day(text: str, exact: bool) -> None:  # noqa: FBT001 - a column of the table
    assert day(text).exact is exact
    assert day(text).known


@pytest.mark.parametrize("text", ["2016~", "2016-04?", "2016-04-01%", "2016~..2017", "2016/2017~"])
def test_a_mark_makes_it_approximate(text: str) -> None:
    assert day(text).approximate


def test_one_certain_day_can_be_made() -> None:
    assert exactly(date(2024, 2, 29)) == day("2024-02-29")


def test_open_sides_of_an_interval_are_two_dots() -> None:
    assert (day("2016-04-01/..").latest, day("../2016-04-01").earliest) == (NEVER, ALWAYS)


# ---------------------------------------------------------------------------------------------------------------- spans


@given(st.dates(date(1000, 1, 1), date(2999, 12, 30)))
def test_days_follow_each_other(one: date) -> None:
    assert day_after(one) == one + timedelta(days=1)
    assert day_before(day_after(one)) == one


def test_open_sides_have_no_neighbours() -> None:
    assert (day_before(ALWAYS), day_after(ALWAYS), day_before(NEVER), day_after(NEVER)) == (
        ALWAYS,
        ALWAYS,
        NEVER,
        NEVER,
    )


def test_the_last_day_of_february_is_followed_by_the_29th_in_leap_years_only() -> None:
    assert day_after(date(2024, 2, 28)) == date(2024, 2, 29)
    assert day_after(date(2023, 2, 28)) == date(2023, 3, 1)


def test_a_span_holds_its_first_day_and_not_its_last() -> None:
    span = Span(date(2024, 1, 1), date(2024, 3, 1))
    assert span.holds(date(2024, 1, 1))
    assert span.holds(date(2024, 2, 29))
    assert not span.holds(date(2024, 3, 1))
    assert not span.holds(date(2023, 12, 31))
    assert span.days == 60


def test_a_span_with_an_open_side_has_no_length() -> None:
    assert Span(ALWAYS, date(2024, 1, 1)).days is None
    assert Span(date(2024, 1, 1), NEVER).days is None
    assert Span(date(2024, 1, 2), date(2024, 1, 1)).days == 0


def test_spans_overlap_in_the_days_that_both_have() -> None:
    a, b, c = date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)
    assert Span(a, c).overlap(Span(b, NEVER)) == Span(b, c)
    assert Span(a, b).overlap(Span(b, c)) is None


# --------------------------------------------------------------------------------------------------------------- faults

FORMS = "write a day 2024-03-01, a month 2024-03, a year 2024, a quarter 2025-36 or days between as a..b"
NOT_SPOKEN_OF = "an open end is not written at all; a day that is not known is written unknown"
UNWRITTEN = "is not written as the register writes days"


@pytest.mark.parametrize(
    ("text", "reason", "remedy"),
    [
        ("2023-02-29", "2023-02-29 does not exist: 2023-02 has 28 days", "correct the day"),
        ("2024-04-31", "2024-04-31 does not exist: 2024-04 has 30 days", "correct the day"),
        ("2024-03-00", "2024-03-00 does not exist: 2024-03 has 31 days", "correct the day"),
        ("2024-13", "2024-13 does not exist: there is no month 13", "months are 01 to 12, quarters 33 to 36"),
        ("2024-33-01", "2024-33-01 does not exist: there is no month 33", "months are 01 to 12, quarters 33 to 36"),
        ("2024-21-01", "2024-21-01 does not exist: there is no month 21", "months are 01 to 12, quarters 33 to 36"),
        ("01.03.2024", f"01.03.2024 {UNWRITTEN}", "write 2024-03-01"),
        ("1. 3. 2024", f"1. 3. 2024 {UNWRITTEN}", "write 2024-03-01"),
        ("1.3.2024 oder so", f"1.3.2024 oder so {UNWRITTEN}", "write 2024-03-01 and nothing after it"),
        ("31.02.2024", "31.02.2024 does not exist: 2024-02 has 29 days", "correct the day"),
        ("2024-3-1", f"2024-3-1 {UNWRITTEN}", "write 2024-03-01"),
        ("2024/03/01", f"2024/03/01 {UNWRITTEN}", "write 2024-03-01"),
        ("2024.03.01", f"2024.03.01 {UNWRITTEN}", "write 2024-03-01"),
        ("2024-03-01T10:00", "2024-03-01T10:00 has a time of day", "write 2024-03-01"),
        ("2024-03-01 10:00:00", "2024-03-01 10:00:00 has a time of day", "write 2024-03-01"),
        ("2024-3-1T10:00", f"2024-3-1T10:00 {UNWRITTEN}", "write 2024-03-01 and nothing after it"),
        ("9999-12-31", "9999-12-31 is no day that a register speaks of", NOT_SPOKEN_OF),
        ("0000", "0000 is no day that a register speaks of", NOT_SPOKEN_OF),
        (
            "2025-21",
            "2025-21 is a season",
            "write its months, 2025-03..2025-05, and the source's words in wording:",
        ),
        (
            "2025-24",
            "2025-24 is a season",
            "write its months, 2025-12..2026-02, and the source's words in wording:",
        ),
        ("[2024..2025]", "[2024..2025] stands in brackets", "write 2024..2025"),
        ("[a..b]", "[a..b] stands in brackets", FORMS),
        ("2024/", "2024/ leaves a side of the interval empty", "write .. for an open side: 2016-04-01/.."),
        ("/2024", "/2024 leaves a side of the interval empty", "write .. for an open side: 2016-04-01/.."),
        ("2025..2024", "2025..2024 ends before it begins", "write the earlier day first"),
        ("2025/2024", "2025/2024 ends before it begins", "write the earlier day first"),
        ("..", ".. names no day", "write unknown"),
        ("../..", "../.. names no day", "write unknown"),
        ("", "an empty text is no day", FORMS),
        ("März 2024", "März 2024 is no day", FORMS),
        ("2024..x", "x is no day", FORMS),
        ("x..2024", "x is no day", FORMS),
        ("٢٠٢٤", "٢٠٢٤ is no day", FORMS),
    ],
)
def test_a_fault_says_what_is_wrong_and_what_to_write(text: str, reason: str, remedy: str) -> None:
    assert fault(text) == Fault(reason, remedy)


_DAYLIKE = st.one_of(
    st.text(alphabet="0123456789-./~? TZ:[]u", max_size=16),
    st.tuples(points(), st.text(alphabet="-./~?T:0[]", max_size=3), points()).map("".join),
    st.text(max_size=10),
)


@given(_DAYLIKE)
def test_any_text_is_a_day_or_a_fault_with_a_remedy(text: str) -> None:
    read = parse(text)
    if isinstance(read, When):
        assert read.earliest <= read.latest
        assert read.earliest <= read.counts_from <= read.latest
    else:
        assert read.reason
        assert read.remedy


@given(_DAYLIKE)
def test_what_a_remedy_tells_to_write_is_a_day(text: str) -> None:
    read = parse(text)
    if isinstance(read, Fault) and read.remedy.startswith("write ") and read.remedy != FORMS:
        told = read.remedy.removeprefix("write ").removeprefix("its months, ").partition(" ")[0].rstrip(",")
        if told not in {"..", "the"}:
            assert isinstance(parse(told), When)
