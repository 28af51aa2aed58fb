"""The register as a value: kinds, papers' dates, what could not be read, and the days of recorded changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from orgreg.model.finding import SEVERITIES, Severity
from orgreg.model.paper import Paper
from orgreg.model.plan import Plan
from orgreg.model.registry import PAPERS, UNITS, Kind, Municipality, Registry, path_of
from orgreg.model.timeline import Absent, Entry, Timeline
from orgreg.model.unit import Unit, municipality_of, slug_of, whole_of
from orgreg.text.thaw import day

KINDS = {
    "Stelle": Kind("Stelle", 4, ("(?P<parent>\\d{2}\\.\\d)\\d", "0\\d{3}\\.\\d{2}")),
    "Verein": Kind("Verein", outside=True),
    "Ausschuss": Kind("Ausschuss", body=True),
}


def unit(slug: str, *entries: tuple[str, dict[str, Any]]) -> Unit:
    timeline = Timeline(tuple(Entry(since=day(since), values=values) for since, values in entries))
    return Unit(f"bs/{slug}", timeline)


def registry(*units: Unit) -> Registry:
    city = Municipality("bs", "Stadt", kinds=KINDS)
    return Registry(municipalities={"bs": city}, units={one.id: one for one in units})


def change_after(of: Registry, after: str, until: str) -> str | None:
    found = of.change_after("bs", date.fromisoformat(after), date.fromisoformat(until))
    return None if found is None else found.isoformat()


def test_an_identity_is_municipality_and_slug_with_a_part_perhaps() -> None:
    assert municipality_of("bs/rat#vorsitz") == "bs"
    assert slug_of("bs/rat") == "rat"
    assert whole_of("bs/rat#vorsitz") == "bs/rat"
    assert path_of(UNITS, "bs/rat#vorsitz") == "data/units/bs/rat.yaml"


def test_units_papers_and_plans_know_their_municipality() -> None:
    paper = Paper("bs/x", Absent.NONE, Absent.UNKNOWN, "Titel", day("2024-04-08"), Absent.UNKNOWN, ())
    plan = Plan("bux/x", Timeline(()))
    assert [one.municipality for one in (unit("x"), paper, plan)] == ["bs", "bs", "bux"]


def test_a_paper_has_its_date_and_one_that_is_not_recorded_has_none() -> None:
    paper = Paper("bs/x", Absent.NONE, Absent.UNKNOWN, "Titel", day("2024-04-08"), Absent.UNKNOWN, ())
    assert Registry(papers={"bs/x": paper}).paper_date("bs/x") == day("2024-04-08")
    assert Registry().paper_date("bs/x") is None


def test_a_body_and_what_is_outside_stand_beside_the_line() -> None:
    assert [kind.in_line for kind in KINDS.values()] == [True, False, False]


@pytest.mark.parametrize("city", ["bs", "bux"])
def test_a_kind_that_no_vocabulary_knows_stands_in_the_line_without_a_rank(city: str) -> None:
    assert registry().kind(city, "Amt") == Kind("Amt")
    assert registry().kind("bs", "Verein").outside


def test_a_code_fits_the_first_pattern_that_takes_the_whole_of_it() -> None:
    found = KINDS["Stelle"].fits("50.21")
    assert found is not None
    assert found["parent"] == "50.2"
    assert KINDS["Stelle"].fits("0500.10") is not None
    assert KINDS["Stelle"].fits("50.211") is None
    assert KINDS["Ausschuss"].fits("1") is None


def test_what_could_not_be_read_is_lost_not_absent() -> None:
    lost = Registry(unreadable=frozenset({(UNITS, "bs/rat")}))
    assert lost.is_lost(UNITS, "bs/rat")
    assert not lost.is_lost(PAPERS, "bs/rat")


def test_severities_go_from_grave_to_slight() -> None:
    assert [str(one) for one in SEVERITIES] == ["error", "warning", "note"]
    assert SEVERITIES[0] is Severity.ERROR


# -------------------------------------------------------------------------------------------------------------- changes

OPENING = {"name": "Amt", "kind": "Stelle", "parent": "bs/rat"}


def test_a_change_counts_after_one_day_and_until_another_included() -> None:
    changed = registry(unit("amt", ("2020-01-01", OPENING), ("2024-03-01", {"code": "50.21"})))
    assert change_after(changed, "2019-12-31", "2024-03-01") == "2020-01-01"
    assert change_after(changed, "2020-01-01", "2024-03-01") == "2024-03-01"
    assert change_after(changed, "2020-01-01", "2024-02-29") is None
    assert change_after(changed, "2024-03-01", "2029-01-01") is None
    assert changed.change_after("bux", date.min, date.max) is None


def test_an_end_is_a_change() -> None:
    ended = registry(unit("amt", ("2020-01-01", OPENING), ("2024-03-01", {"ended": "left"})))
    assert change_after(ended, "2020-01-01", "2024-03-01") == "2024-03-01"


@pytest.mark.parametrize("values", [{"name": "Amt"}, {"staff": 3}, {"aka": ("Alt",)}])
def test_what_only_confirms_or_changes_no_structure_is_none(values: dict[str, Any]) -> None:
    confirmed = registry(unit("amt", ("2020-01-01", OPENING), ("2024-03-01", values)))
    assert change_after(confirmed, "2020-01-01", "2029-01-01") is None


@pytest.mark.parametrize("since", ["unknown", "..2024-03-01"])
def test_what_is_only_heard_of_by_a_day_happened_on_none(since: str) -> None:
    assert change_after(registry(unit("amt", (since, OPENING))), "1000-01-01", "2029-01-01") is None


def test_what_happens_outside_the_city_is_no_change_in_it() -> None:
    assert (
        change_after(registry(unit("v", ("2020-01-01", OPENING | {"kind": "Verein"}))), "2000-01-01", "2029-01-01")
        is None
    )
    nameless = registry(unit("v", ("2020-01-01", {"name": "Amt"})))
    assert change_after(nameless, "2000-01-01", "2029-01-01") == "2020-01-01"


def test_a_unit_with_parent_and_staff_of_at_once_is_a_change_like_any_other() -> None:
    both = registry(unit("amt", ("2020-01-01", OPENING), ("2024-03-01", {"parent": "bs/a", "staff_of": "bs/b"})))
    assert change_after(both, "2020-01-01", "2024-03-01") == "2024-03-01"
