"""What holds of every difference between two days, whatever the register says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from orgreg.formats.csv.table import table as as_csv
from orgreg.formats.json import document
from orgreg.formats.json.diff import diff as as_json
from orgreg.formats.json.history import history as history_as_json
from orgreg.formats.markdown.diff import diff as as_markdown
from orgreg.formats.mermaid.history import history as history_as_mermaid
from orgreg.formats.text.diff import diff as as_text
from orgreg.formats.text.history import history as history_as_text
from orgreg.load import load
from orgreg.model.change import BEGINNINGS, ENDS, Verb
from orgreg.model.timeline import Status
from orgreg.query.change_table import changes_table
from orgreg.query.changes import VERBS, occasions, occasions_of
from orgreg.query.history import history
from orgreg.query.sentence import sentence
from tests.strategies import days, first_days, memory, registers

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from orgreg.model.change import Change, Occasion
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Value
    from tests.strategies import Frozen

PLACE = {"parent": "staff_of", "staff_of": "parent"}


@st.composite
def _parts(draw: st.DrawFn, known: list[str], values: dict[str, st.SearchStrategy[Any]]) -> list[Frozen]:
    going = {
        "ended": st.sampled_from(["transferred", "dissolved", "absorbed", "unknown"]),
        "into": st.lists(st.sampled_from([f"{one}#eins" for one in known]), min_size=1, max_size=2),
    }
    coming = {"out_of": st.lists(st.sampled_from([*known, f"{known[0]}#eins"]), min_size=1, max_size=2)}
    entries = []
    for _ in range(draw(st.integers(1, 3))):
        said = draw(
            st.one_of(
                st.fixed_dictionaries({}, optional=values | coming),
                st.fixed_dictionaries({}, optional=values),
                st.fixed_dictionaries({}, optional=going),
            )
        ) or {next(iter(values)): "etwas"}
        remarks: list[Frozen] = [{}, {}, {}, {"status": "planned"}, {"annulled": {"day": "2020-05-05"}}]
        more = draw(st.sampled_from(remarks))
        entries.append({"from": draw(first_days()), **said, **more, "sources": "none"})
    seen: set[tuple[str, str]] = set()
    kept = []
    for entry in entries:
        keys = {(entry["from"], key) for key in entry if key not in {"from", "sources", "status", "annulled"}}
        if not keys & seen:
            seen |= keys
            kept.append(entry)
    return kept


@st.composite
def full_registers(draw: st.DrawFn) -> dict[str, Frozen | str]:
    """Registers whose units have tasks and posts too, that move and end."""
    files = draw(registers(max_units=4))
    units = [key for key in files if key.startswith("data/units/")]
    known = [key.rpartition("/")[2].removesuffix(".yaml") for key in units]
    task: dict[str, st.SearchStrategy[Any]] = {"text": st.sampled_from(["Aufgabe", "unknown", "Zwei\nZeilen"])}
    post: dict[str, st.SearchStrategy[Any]] = {
        "title": st.sampled_from(["Leitung", "unknown"]),
        "head": st.booleans(),
        "holder": st.sampled_from(["vacant", "unknown", "Frau A", "Herr B"]),
    }
    for key in units:
        content = files[key]
        assert isinstance(content, dict)
        if draw(st.booleans()):
            content["tasks"] = {"eins": draw(_parts(known, task))}
        if draw(st.booleans()):
            content["posts"] = {"leitung": draw(_parts(known, post))}
    return files


def _registry(files: dict[str, Frozen | str]) -> Registry:
    return load(memory(files)).registry


def _ordered(one: date, other: date) -> tuple[date, date]:
    return (one, other) if one <= other else (other, one)


@settings(max_examples=15)
@given(files=full_registers(), day=days(), planned=st.booleans())
def test_nothing_changes_between_a_day_and_itself(files: dict[str, Frozen | str], day: date, *, planned: bool) -> None:
    assert occasions(_registry(files), day, day, planned=planned) == ()


@settings(max_examples=20)
@given(files=full_registers(), some=st.tuples(days(), days(), days()), planned=st.booleans())
def test_what_changes_until_a_day_and_after_it_is_what_changes_in_all(
    files: dict[str, Frozen | str], some: tuple[date, date, date], *, planned: bool
) -> None:
    registry = _registry(files)
    first, middle, last = sorted(some)
    parts = (*_told(registry, first, middle, planned=planned), *_told(registry, middle, last, planned=planned))
    assert parts == _told(registry, first, last, planned=planned)


def _told(registry: Registry, after: date, until: date, *, planned: bool) -> tuple[tuple[Occasion, Any], ...]:
    found = occasions(registry, after, until, planned=planned)
    return tuple((one, [(change.before, change.label, change.doubts) for change in one.changes]) for one in found)


def _standing(registry: Registry, day: date) -> dict[str, dict[str, Value]]:
    """What every unit in force is on a day."""
    lives = {unit.id: unit.timeline.life_on(day) for unit in registry.units.values()}
    return {
        identity: {key: held.value for key, held in life.held(day).items() if key in VERBS}
        for identity, life in lives.items()
        if life is not None
    }


def _applied(state: dict[str, dict[str, Value]], change: Change) -> None:
    if change.verb in ENDS:
        del state[change.unit]
        return
    if change.verb in BEGINNINGS and change.unit not in state:
        state[change.unit] = {}
    for key, value in change.after:
        state[change.unit].pop(PLACE.get(key, ""), None)
        state[change.unit][key] = value


@settings(max_examples=60)
@given(files=full_registers(), one=days(), other=days())
def test_the_changes_after_a_day_applied_to_what_was_then_give_what_is_later(
    files: dict[str, Frozen | str], one: date, other: date
) -> None:
    registry = _registry(files)
    first, last = _ordered(one, other)
    state = _standing(registry, first)
    changes = [
        change
        for occasion in occasions(registry, first, last)
        for change in occasion.changes
        if "#" not in change.unit and change.verb is not Verb.ANNULLED
    ]
    assert all(change.status is Status.IN_FORCE for change in changes)
    # On one day what ends comes before what begins anew.
    for change in sorted(changes, key=lambda change: (change.day, change.verb not in ENDS)):
        _applied(state, change)
    assert state == _standing(registry, last)


@settings(max_examples=15)
@given(files=full_registers(), some=st.tuples(days(), days()), chance=st.randoms(use_true_random=False))
def test_the_order_of_files_and_entries_does_not_matter(
    files: dict[str, Frozen | str], some: tuple[date, date], chance: Random
) -> None:
    keys = list(files)
    chance.shuffle(keys)
    shuffled = {key: _shuffled(files[key], chance) for key in keys}
    first, last = _ordered(*some)
    one, other = _registry(files), _registry(shuffled)
    assert _json(one, first, last) == _json(other, first, last)
    for identity, unit in one.units.items():
        told, again = history(one, unit, last, planned=True), history(other, other.units[identity], last, planned=True)
        assert document(history_as_json(told)) == document(history_as_json(again))


def _json(registry: Registry, first: date, last: date) -> str:
    return document(as_json(registry, occasions(registry, first, last, planned=True), first, last))


def _shuffled(content: Frozen | str, chance: Random) -> Frozen | str:
    if isinstance(content, str) or "timeline" not in content:
        return content
    entries = list(content["timeline"])
    chance.shuffle(entries)
    return content | {"timeline": [{key: entry[key] for key in reversed(entry)} for entry in entries]}


@settings(max_examples=15)
@given(files=full_registers(), some=st.tuples(days(), days()))
def test_every_sentence_is_one_line_that_says_something(
    files: dict[str, Frozen | str], some: tuple[date, date]
) -> None:
    registry = _registry(files)
    first, last = _ordered(*some)
    found = occasions(registry, first, last, planned=True)
    lives = [one for unit in registry.units.values() for one in occasions_of(registry, unit, planned=True)]
    for occasion in (*found, *lives):
        assert occasion.changes
        for change in occasion.changes:
            told = sentence(registry, change)
            assert told == told.strip()
            assert len(told.splitlines()) == 1
            assert "None" not in told
            assert "Absent." not in told
            assert "xa/" not in told
    assert len(list(as_text(registry, found, first, last))) >= len(found)
    assert list(as_markdown(registry, found, first, last))
    assert as_csv(changes_table(registry, found, "x")).count("\r\n") == 1 + sum(len(one.changes) for one in found)


@settings(max_examples=15)
@given(files=full_registers(), day=days(), planned=st.booleans())
def test_every_unit_has_a_history(files: dict[str, Frozen | str], day: date, *, planned: bool) -> None:
    registry = _registry(files)
    for unit in registry.units.values():
        one = history(registry, unit, day, planned=planned)
        told = [stretch.unit.id for stretch in one.stretches]
        assert unit.id in told
        assert len(told) == len(set(told))
        assert list(history_as_text(one))
        assert next(history_as_mermaid(one)) == "flowchart LR"
        for succession in one.successions:
            # What leads from one to the other leads back as well.
            assert succession.older is not None
            back = history(registry, registry.units[succession.older], day, planned=planned)
            assert succession.newer in {stretch.unit.id for stretch in back.stretches}
