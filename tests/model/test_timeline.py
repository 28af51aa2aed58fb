"""Timelines: entries in any order, values that carry on, lives that end before the day of their end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from orgreg.model.day import ALWAYS, NEVER, Span, exactly
from orgreg.model.timeline import Absent, Annulment, Contact, Due, Entry, Life, Membership, Status, Timeline
from orgreg.text.thaw import day

if TYPE_CHECKING:
    from orgreg.model.timeline import Value


def entry(since: str, status: Status = Status.IN_FORCE, **values: Value) -> Entry:
    return Entry(since=day(since), values=values, status=status)


def lives(*entries: Entry) -> tuple[Life, ...]:
    """The lives, which the order of the entries must not change."""
    found = Timeline(entries).lives
    assert Timeline(tuple(reversed(entries))).lives == found
    return found


def life(*entries: Entry) -> Life:
    (only,) = lives(*entries)
    return only


def on(text: str) -> date:
    return date.fromisoformat(text)


def values(of: Life, text: str) -> dict[str, Any]:
    return {attribute: held.value for attribute, held in of.held(on(text)).items()}


BORN = entry("2020-01-01", name="Amt", kind="Stelle", parent="bs/rat")


# ------------------------------------------------------------------------------------------------------ what carries on


def test_a_value_carries_on_until_stated_again() -> None:
    renamed = life(BORN, entry("2022-01-01", name="Büro"))
    assert values(renamed, "2021-12-31") == {"name": "Amt", "kind": "Stelle", "parent": "bs/rat"}
    assert values(renamed, "2022-01-01") == {"name": "Büro", "kind": "Stelle", "parent": "bs/rat"}


def test_before_the_first_day_nothing_holds() -> None:
    assert life(BORN).held(on("2019-12-31")) == {}
    assert Timeline((BORN,)).life_on(on("2019-12-31")) is None
    assert Timeline(()).life_on(on("2019-12-31")) is None


def test_a_value_repeated_is_confirmed_not_changed() -> None:
    again = entry("2022-01-01", name="Amt")
    confirmed = life(BORN, again)
    held = confirmed.held(on("2023-01-01"))["name"]
    assert (held.since, held.begun_by, held.entry) == (on("2020-01-01"), BORN, again)
    assert [(span, held.value) for span, held in confirmed.runs("name")] == [(Span(on("2020-01-01"), NEVER), "Amt")]
    assert list(confirmed.turns({"name"})) == [BORN]


def test_a_value_that_comes_back_is_held_since_it_came_back() -> None:
    back = life(BORN, entry("2021-01-01", name="Büro"), entry("2022-01-01", name="Amt"))
    assert back.held(on("2022-01-01"))["name"].since == on("2022-01-01")
    assert [held.value for _, held in back.runs("name")] == ["Amt", "Büro", "Amt"]


def test_runs_tile_the_life() -> None:
    ended = life(BORN, entry("2022-01-01", name="Büro", code="50"), entry("2024-03-01", ended="dissolved"))
    a, b, c = on("2020-01-01"), on("2022-01-01"), on("2024-03-01")
    assert [span for span, _ in ended.runs("name")] == [Span(a, b), Span(b, c)]
    assert [span for span, _ in ended.runs("code")] == [Span(b, c)]
    assert list(ended.runs("staff")) == []


def test_of_two_values_of_one_day_only_one_is_a_run() -> None:
    twice = life(entry("..2020-01-01", name="Büro"), BORN)
    assert [held.value for _, held in twice.runs("name")] == ["Amt"]


def test_a_parent_that_gives_way_on_its_own_day_is_no_run() -> None:
    moved = life(entry("..2020-01-01", name="Amt", parent="bs/rat"), entry("2020-01-01", staff_of="bs/rat"))
    assert list(moved.runs("parent")) == []
    assert [held.value for _, held in moved.runs("parent", "staff_of")] == ["bs/rat"]


def test_ended_into_and_out_of_speak_for_their_entry_only() -> None:
    born = entry("2020-01-01", name="Amt", out_of=("bs/rat",))
    assert values(life(born), "2020-01-01") == {"name": "Amt"}
    assert [held.attribute for _, held in life(born).runs("out_of", "name")] == ["name"]


def test_unknown_and_none_are_values() -> None:
    told = life(entry("unknown", name="Amt", parent=Absent.UNKNOWN, code=Absent.NONE))
    assert told.span == Span(ALWAYS, NEVER)
    assert values(told, "1900-01-01")["parent"] is Absent.UNKNOWN


# ---------------------------------------------------------------------------------------------------- parent, staff_of


def test_staff_of_takes_the_place_of_parent_and_back() -> None:
    staff = life(BORN, entry("2021-01-01", staff_of="bs/rat"), entry("2022-01-01", parent="bs/rat"))
    assert "parent" not in values(staff, "2021-06-01")
    assert "staff_of" not in values(staff, "2022-06-01")
    a, b, c = (on(f"{year}-01-01") for year in (2020, 2021, 2022))
    assert [span for span, _ in staff.runs("parent")] == [Span(a, b), Span(c, NEVER)]
    assert [span for span, _ in staff.runs("staff_of")] == [Span(b, c)]


@pytest.mark.parametrize("keys", [("parent", "staff_of"), ("staff_of", "parent")])
def test_of_both_in_one_entry_staff_of_holds_whatever_their_order(keys: tuple[str, str]) -> None:
    both = life(Entry(since=day("2020-01-01"), values=dict.fromkeys(keys, "bs/rat")))
    assert set(values(both, "2020-01-01")) == {"staff_of"}
    assert list(both.turns({"parent", "staff_of"})) == list(both.entries)


# ---------------------------------------------------------------------------------------------------------------- lives


def test_an_end_is_the_first_day_without() -> None:
    end = entry("2024-03-01", ended="absorbed", into=("bs/rat",))
    timeline = Timeline((BORN, end))
    assert timeline.lives[0].closing is end
    assert timeline.life_on(on("2024-02-29")) is timeline.lives[0]
    assert timeline.life_on(on("2024-03-01")) is None
    assert list(timeline.lives[0].turns({"code"})) == [end]


def test_a_life_that_goes_on_has_no_closing() -> None:
    assert life(BORN).closing is None


def test_an_end_comes_before_a_new_life_of_the_same_day() -> None:
    end, again = entry("2024-03-01", ended="left"), entry("2024-03-01", name="Wieder", kind="Stelle", parent="bs/rat")
    first, second = lives(BORN, end, again)
    assert (first.span.end, second.span) == (on("2024-03-01"), Span(on("2024-03-01"), NEVER))
    assert first.entries == (BORN, end)
    assert second.entries == (again,)


def test_on_new_year_one_life_follows_the_other_without_a_day_between() -> None:
    first, second = lives(BORN, entry("2024-01-01", ended="left"), entry("2024-01-01", name="Wieder"))
    assert first.span.holds(on("2023-12-31"))
    assert not first.span.holds(on("2024-01-01"))
    assert second.span.holds(on("2024-01-01"))
    assert not second.span.holds(on("2023-12-31"))


def test_a_new_life_carries_nothing_over() -> None:
    second = lives(BORN, entry("2021-01-01", ended="left"), entry("2022-01-01", name="Wieder"))[1]
    assert values(second, "2022-01-01") == {"name": "Wieder"}


def test_successors_of_other_sources_stand_in_an_entry_of_their_own() -> None:
    end, into = entry("2024-03-01", ended="split"), entry("2024-03-01", into=("bs/rat",))
    ended = life(BORN, into, end)
    assert ended.entries == (BORN, into, end)
    assert ended.closing is end


def test_what_begins_and_ends_within_one_vague_day_is_one_life_without_days() -> None:
    born, end = entry("2022", name="Amt"), entry("2022", ended="left")
    assert life(born, end).span == Span(on("2022-01-01"), on("2022-01-01"))
    assert life(born, end).entries == (born, end)


def test_an_end_of_nothing_is_a_life_without_days() -> None:
    end = entry("2022-01-01", ended="left")
    assert [one.entries for one in lives(end)] == [(end,)]
    assert Timeline((end,)).life_on(on("2022-01-01")) is None


def test_all_entries_of_the_first_day_open_a_life() -> None:
    code = entry("2020-01-01", code="50")
    assert life(BORN, entry("2021-01-01", code="51"), code).opening == (code, BORN)


def test_entries_count_from_their_days_in_any_order() -> None:
    renamed = entry("2021", name="Büro")
    assert life(renamed, BORN).entries == (BORN, renamed)
    assert renamed.counts_from == on("2021-01-01")


# --------------------------------------------------------------------------------------------------------------- status


def test_what_is_planned_or_proposed_is_no_life_in_force() -> None:
    planned = entry("2025-01-01", Status.PLANNED, name="Neu")
    proposed = entry("2026-01-01", Status.PROPOSED, code="51")
    timeline = Timeline((BORN, proposed, planned))
    assert timeline.lives == (life(BORN),)
    assert timeline.life_on(on("2025-01-01")) == life(BORN)
    assert [one.entries for one in timeline.intended] == [(planned, proposed)]
    assert timeline.intended_on(on("2024-12-31")) is None
    assert timeline.intended_on(on("2025-01-01")) is timeline.intended[0]


def test_an_entry_in_force_takes_nothing_from_what_is_planned() -> None:
    timeline = Timeline((BORN, entry("2021-01-01", Status.PLANNED, code="51"), entry("2022-01-01", staff=3)))
    assert "code" not in values(timeline.lives[0], "2023-01-01")


def test_what_was_refused_is_told_of_and_lives_on_no_day() -> None:
    later, refused = (entry(text, Status.NOT_CREATED, name="Nie") for text in ("2020-01-01", "2019-06-03"))
    timeline = Timeline((later, refused))
    assert timeline.refused == (refused, later)
    assert timeline.lives == timeline.intended == ()


def test_what_was_annulled_counts_on_no_day() -> None:
    gone = Entry(
        since=day("2025-01-01"),
        values={"name": "Neu"},
        annulled=Annulment(exactly(on("2024-12-01")), None, None),
    )
    assert lives(BORN, gone) == (life(BORN),)


# ---------------------------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Absent.UNKNOWN, "unknown"),
        (Absent.NONE, "none"),
        (Status.IN_FORCE, "in force"),
        (Membership("je Fraktion ein Mitglied"), "je Fraktion ein Mitglied"),
        (Contact((("phone", "0531 1"), ("fax", "0531 2"))), "phone: 0531 1; fax: 0531 2"),
        (Due(day("2025-36"), "im vierten Quartal", "target"), "2025-36"),
    ],
)
def test_a_value_is_shown_in_its_words(value: object, text: str) -> None:
    assert str(value) == text
