"""The days on which a unit stands alike are those on which it stands so."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from orgreg.load import load
from orgreg.model.day import NEVER, day_after, day_before
from orgreg.query.row import Row, on
from orgreg.query.runs import runs
from orgreg.query.standing import standing
from orgreg.store.working_tree import WorkingTree
from tests.commands import ROOT
from tests.strategies import days, memory, registers

if TYPE_CHECKING:
    from orgreg.model.registry import Registry
    from orgreg.model.unit import Unit
    from tests.strategies import Frozen


def _row(registry: Registry, unit: Unit, day: date, *, planned: bool) -> Row | None:
    """The row of a day, from the runs."""
    unchanged = replace(registry, units={})
    found = [run.row for run in runs(unchanged, unit) if run.span.holds(day) and run.planned in {None, planned}]
    assert len(found) <= 1

    def change_after(after: date, until: date) -> date | None:
        return registry.change_after(unit.municipality, after, until)

    return on(found[0], day, change_after) if found else None


def _holds(registry: Registry, day: date, *, planned: bool) -> None:
    for unit in registry.units.values():
        found = standing(registry, unit, day, planned=planned)
        assert _row(registry, unit, day, planned=planned) == (None if found is None else found.row)


@settings(max_examples=60)
@given(files=registers(), day=days(), planned=st.booleans())
def test_on_any_day(files: dict[str, Frozen | str], day: date, *, planned: bool) -> None:
    _holds(load(memory(files)).registry, day, planned=planned)


@settings(max_examples=40)
@given(files=registers(max_units=4), planned=st.booleans())
def test_on_every_day_on_which_something_turns_and_beside_it(files: dict[str, Frozen | str], *, planned: bool) -> None:
    registry = load(memory(files)).registry
    turns = {day for unit in registry.units.values() for run in runs(registry, unit) for day in run.span} - {NEVER}
    for day in sorted({beside for turn in turns for beside in (day_before(turn), turn, day_after(turn))}):
        _holds(registry, day, planned=planned)


def test_runs_follow_each_other_and_differ() -> None:
    registry = load(WorkingTree(ROOT)).registry
    for unit in registry.units.values():
        found = list(runs(replace(registry, units={}), unit))
        for before, after in itertools.pairwise(found):
            if before.planned == after.planned:
                assert before.span.end <= after.span.start
                assert before.span.end < after.span.start or before.row != after.row


def test_a_row_says_what_its_standing_says() -> None:
    registry = load(WorkingTree(ROOT)).registry
    for unit in registry.units.values():
        found = standing(registry, unit, date(2024, 3, 1))
        if found is not None:
            row = found.row
            assert (row.name, row.label, row.certainty) == (found.name, found.label, found.certainty)
            assert (found.identity, found.known_name, found.known_kind) == (
                row.identity,
                row.known_name,
                row.known_kind,
            )
