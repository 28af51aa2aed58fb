"""Certainty is computed: from unknown values, other sources, inferences, vague days and what was last heard of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from orgreg.model.certainty import (
    Attestation,
    Certainty,
    Doubt,
    attestation,
    day_doubt,
    doubt,
    existence,
    weakest,
)
from orgreg.model.timeline import Absent, Alternative, Entry, Source, Timeline
from orgreg.text.thaw import day

if TYPE_CHECKING:
    from orgreg.model.day import When

PAPERS = {"bs/a": "2016-04-01", "bs/b": "2024-04-08", "bs/month": "2020-06", "bs/undated": "unknown"}


def dated(paper: str) -> When | None:
    return day(PAPERS[paper]) if paper in PAPERS else None


def on(text: str) -> date:
    return date.fromisoformat(text)


def entry(since: str, *papers: str, values: dict[str, Any] | None = None, **remarks: Any) -> Entry:  # noqa: ANN401
    sources = tuple(Source(f"bs/{paper}") for paper in papers)
    return Entry(since=day(since), values=values or {"name": "Amt"}, sources=sources, **remarks)


def alternative(since: str | None = None, *papers: str, **values: Any) -> Alternative:  # noqa: ANN401
    return Alternative(values, None if since is None else day(since), tuple(Source(f"bs/{one}") for one in papers))


def doubt_of(attribute: str, text: str, *entries: Entry) -> Doubt | None:
    (life,) = Timeline(entries).lives
    return doubt(life.held(on(text))[attribute], on(text), dated)


# ---------------------------------------------------------------------------------------------------------------- order


def test_from_stated_through_inferred_and_disputed_to_unknown() -> None:
    assert [str(one) for one in Certainty] == ["stated", "inferred", "disputed", "unknown"]
    for number, one in enumerate(Certainty):
        assert weakest(list(Certainty)[: number + 1]) is one
    assert weakest([]) is Certainty.STATED


# ---------------------------------------------------------------------------------------------------------- attestation


def test_it_is_heard_of_from_its_first_day_to_its_papers_date() -> None:
    assert attestation([entry("2016-04-01", "b")], dated) == Attestation(on("2016-04-01"), on("2024-04-08"))


def test_where_a_source_attests_another_day_the_date_of_its_paper_says_nothing() -> None:
    attesting = Entry(since=day("unknown"), values={}, sources=(Source("bs/b", attests=day("2016-03-31")),))
    assert attestation([attesting], dated) == Attestation(on("2016-03-31"), on("2016-03-31"))


def test_the_sources_of_an_end_speak_of_a_past_that_lasted_until_the_day_before() -> None:
    end = entry("2024-03-01", "a", "b", values={"ended": "left"})
    assert attestation([end], dated) == Attestation(on("2024-02-29"), on("2024-02-29"))


@pytest.mark.parametrize("paper", ["undated", "lost"])
def test_without_a_day_nothing_is_attested(paper: str) -> None:
    assert attestation([entry("unknown", paper)], dated) is None
    assert attestation([], dated) is None


def test_a_source_without_a_paper_attests_nothing() -> None:
    nobody = Entry(since=day("unknown"), values={}, sources=(Source(None, note="told"),))
    assert attestation([nobody], dated) is None


def test_vague_days_attest_from_their_earliest_to_their_latest() -> None:
    assert attestation([entry("2016", "month")], dated) == Attestation(on("2016-01-01"), on("2020-06-30"))


# -------------------------------------------------------------------------------------------------------------- values


def test_what_a_source_says_without_more_is_stated() -> None:
    assert doubt_of("name", "2020-01-01", entry("2016-04-01", "a")) is None


def test_unknown_is_a_value_and_says_why() -> None:
    unknown = entry("2016-04-01", values={"code": Absent.UNKNOWN})
    assert doubt_of("code", "2016-04-01", unknown) == Doubt("code", Certainty.UNKNOWN, "no source gives it")
    because = entry("2016-04-01", values={"code": Absent.UNKNOWN}, inferred={"code": "the page is lost"})
    assert doubt_of("code", "2016-04-01", because) == Doubt("code", Certainty.UNKNOWN, "the page is lost")


def test_what_another_source_says_makes_it_disputed() -> None:
    one = alternative(None, "b", "b", name="Büro")
    other = alternative(None, name=("A", "B"))
    told = "b says Büro; another source says A, B"
    disputed = entry("2016-04-01", "a", also=(one, other))
    assert doubt_of("name", "2016-04-01", disputed) == Doubt("name", Certainty.DISPUTED, told)


def test_what_another_source_says_of_another_attribute_does_not() -> None:
    assert doubt_of("name", "2016-04-01", entry("2016-04-01", "a", also=(alternative(code="50"),))) is None


def test_what_is_concluded_is_inferred() -> None:
    inferred = entry("2016-04-01", "a", inferred={"name": "read from the code"})
    assert doubt_of("name", "2016-04-01", inferred) == Doubt("name", Certainty.INFERRED, "read from the code")


# ----------------------------------------------------------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("since", "inferred_until"),
    [("2016", "2016-12-30"), ("2016-04", "2016-04-29"), ("..2016-04-01", None), ("2016~", "2016-12-31")],
)
def test_a_vague_day_is_inferred_until_its_latest(since: str, inferred_until: str | None) -> None:
    vague = entry(since, "a")
    found = [
        text
        for text in ("2016-04-01", "2016-04-29", "2016-04-30", "2016-12-30", "2016-12-31", "2017-01-01")
        if day_doubt(vague, "name", on(text), dated) is not None
    ]
    assert (found[-1] if found else None) == inferred_until


def test_an_open_end_stays_inferred() -> None:
    found = day_doubt(entry("2019-06-03..", "b", wording="vorgesehen"), "existence", on("2029-01-01"), dated)
    because = "the day is only known as 2019-06-03.., „vorgesehen“"
    assert found == Doubt("existence", Certainty.INFERRED, because, day=day("2019-06-03.."))


def test_a_value_of_a_vague_day_says_how_vague() -> None:
    found = day_doubt(entry("2016", "a"), "name", on("2016-06-01"), dated)
    assert found == Doubt("name", Certainty.INFERRED, "the day is only known as 2016", day=day("2016"))


def test_a_later_day_of_another_source_is_disputed_until_it() -> None:
    disputed = entry("2024-03-01", "b", also=(alternative("2024-06-01", "a"), alternative("2024-01-01")))
    found = day_doubt(disputed, "name", on("2024-05-31"), dated)
    assert found == Doubt("name", Certainty.DISPUTED, "another source gives 2024-06-01 as the day")
    assert day_doubt(disputed, "name", on("2024-06-01"), dated) is None


def test_an_inferred_day_is_in_doubt_until_a_paper_speaks_of_it() -> None:
    inferred = entry("2022-01-01", "b", inferred={"from": "the year of the Stellenplan"})
    found = day_doubt(inferred, "existence", on("2024-04-07"), dated)
    assert found == Doubt("existence", Certainty.INFERRED, "the year of the Stellenplan", day=inferred.since)
    assert day_doubt(inferred, "existence", on("2024-04-08"), dated) is None
    nobody = entry("2022-01-01", inferred={"from": "guessed"})
    assert day_doubt(nobody, "name", on("2029-01-01"), dated) == Doubt(
        "name", Certainty.INFERRED, "guessed", day=nobody.since
    )


def test_what_only_confirms_takes_nothing_from_what_was_said_before() -> None:
    sure, again = entry("2016-04-01", "a"), entry("2020", "month")
    assert doubt_of("name", "2020-02-01", sure, again) is None
    vague = entry("2018..", "a")
    assert doubt_of("name", "2020-02-01", vague, again) == day_doubt(vague, "name", on("2020-02-01"), dated)
    changed = entry("2020", "month", values={"name": "Büro"})
    assert doubt_of("name", "2020-02-01", sure, changed) is not None


# ------------------------------------------------------------------------------------------------------------ existence


def _exists(text: str, *opening: Entry, change: str | None = None) -> Doubt | None:
    def later_change(after: date, until: date) -> date | None:
        return on(change) if change is not None and after < on(change) <= until else None

    return existence(opening, attestation(opening, dated), on(text), later_change, dated)


def test_what_a_dated_paper_speaks_of_exists() -> None:
    assert _exists("2020-01-01", entry("2016-04-01", "b")) is None


def test_before_the_first_that_is_heard_it_is_not_attested() -> None:
    words = "not attested before 2016-04-01"
    assert _exists("2016-03-31", entry("unknown", "a")) == Doubt("existence", Certainty.INFERRED, words, words)
    assert _exists("2016-04-01", entry("unknown", "a")) is None


def test_after_the_last_that_is_heard_it_is_marked_once_a_change_is_recorded() -> None:
    opening = entry("unknown", "a")
    assert _exists("2024-03-01", opening) is None
    assert _exists("2021-08-31", opening, change="2021-09-01") is None
    found = _exists("2021-09-01", opening, change="2021-09-01")
    words = "last heard of on 2016-04-01"
    assert found == Doubt("existence", Certainty.INFERRED, f"{words}, before the change of 2021-09-01", words)


def test_what_no_dated_source_speaks_of_is_not_dated() -> None:
    because = "no dated source speaks of it"
    assert _exists("2020-01-01", entry("unknown")) == Doubt("existence", Certainty.INFERRED, because, "not dated")


def test_a_vague_first_day_makes_the_existence_inferred() -> None:
    found = _exists("2016-06-01", entry("2016", "b"))
    assert found == Doubt("existence", Certainty.INFERRED, "the day is only known as 2016", day=day("2016"))


def test_one_entry_whose_day_is_certain_is_enough() -> None:
    assert _exists("2016-06-01", entry("2016", "b"), entry("2016-01-01", "a")) is None
