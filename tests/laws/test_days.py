"""Law 5: half-open spans share no day, nothing is lost between 31 December and 1 January, and values tile a life."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from orgreg.load import load
from orgreg.model.day import ALWAYS, NEVER, Span, day_after, day_before
from tests.strategies import days, memory, registers, slugs, timelines, unit_of

if TYPE_CHECKING:
    from orgreg.model.timeline import Life
    from tests.strategies import Frozen

ATTRIBUTES = ("name", "kind", "parent", "staff_of", "code", "staff", "aka")
_KNOWN = slugs(3)


@given(st.lists(days(), min_size=3, max_size=3).map(sorted), days())
def test_touching_spans_share_no_day_and_lose_none(borders: list[date], day: date) -> None:
    a, b, c = borders
    first, second, whole = Span(a, b), Span(b, c), Span(a, c)
    assert first.overlap(second) is None
    assert second.overlap(first) is None
    assert first.holds(day) + second.holds(day) == whole.holds(day)
    assert (first.days or 0) + (second.days or 0) == whole.days


@given(st.integers(1000, 2998))
def test_nothing_lies_between_the_last_and_the_first_day_of_a_year(year: int) -> None:
    last, first = date(year, 12, 31), date(year + 1, 1, 1)
    assert (day_after(last), day_before(first)) == (first, last)
    assert Span(ALWAYS, first).holds(last)
    assert not Span(ALWAYS, first).holds(first)
    assert Span(first, NEVER).holds(first)


@settings(max_examples=80)
@given(timelines(_KNOWN, max_size=6), days())
def test_the_values_of_an_attribute_tile_its_life(timeline: list[Frozen], day: date) -> None:
    for life in unit_of(timeline).timeline.lives:
        together = list(life.runs(*ATTRIBUTES))
        for attribute in ATTRIBUTES:
            _tiles(life, attribute, day)
            assert list(life.runs(attribute)) == [run for run in together if run[1].attribute == attribute]


def _tiles(life: Life, attribute: str, day: date) -> None:
    runs = list(life.runs(attribute))
    for (before, held), (after, other) in pairwise(runs):
        assert before.end <= after.start
        # A gap is there only where the attribute is not held: a parent gives way to a staff_of.
        assert before.end < after.start or held.value != other.value
    for span, held in runs:
        assert life.span.start <= span.start < span.end <= life.span.end
        assert held.since == span.start
    now = life.held(day).get(attribute) if life.span.holds(day) else None
    on_day = [held.value for span, held in runs if span.holds(day)]
    assert on_day == ([] if now is None else [now.value])


@settings(max_examples=80)
@given(timelines(_KNOWN, max_size=6), days())
def test_a_day_lies_in_at_most_one_life(timeline: list[Frozen], day: date) -> None:
    lives = unit_of(timeline).timeline.lives
    assert [life.span.start for life in lives] == sorted(life.span.start for life in lives)
    for before, after in pairwise(lives):
        assert before.span.end <= after.span.start
    assert sum(life.span.holds(day) for life in lives) <= 1


@settings(max_examples=20)
@given(registers(max_units=3))
def test_what_does_not_change_on_new_year_is_the_same_on_both_sides(files: dict[str, Frozen | str]) -> None:
    for unit in load(memory(files)).registry.units.values():
        for year in range(2010, 2031):
            new_year = date(year, 1, 1)
            before, after = (unit.timeline.life_on(day) for day in (new_year - timedelta(days=1), new_year))
            if all(entry.counts_from != new_year for entry in unit.timeline.entries):
                assert before == after
