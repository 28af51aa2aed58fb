"""What holds of every difference between two states of any register."""

from __future__ import annotations

import json
from json import dumps
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from orgreg.diff.alike import Called
from orgreg.diff.amendment import Aspect, Sort
from orgreg.diff.difference import difference
from orgreg.diff.in_force import in_force
from orgreg.diff.keeping import is_kept
from orgreg.diff.renaming import Names, names_between
from orgreg.diff.sentence import amended, sentence
from orgreg.diff.shelves import shelf
from orgreg.diff.statements import CORRECTIONS, statements_of
from orgreg.diff.table import difference_table
from orgreg.formats.json import document
from orgreg.formats.json.diff import difference as as_json
from orgreg.formats.markdown.diff import difference as as_markdown
from orgreg.formats.text.diff import difference as as_text
from orgreg.load import FOLDERS, load, shelved
from orgreg.model.timeline import Status
from tests.changes.test_laws import full_registers
from tests.diff.histories import histories
from tests.strategies import memory

if TYPE_CHECKING:
    from random import Random

    from orgreg.diff.amendment import Difference
    from orgreg.diff.statements import Statement
    from orgreg.model.registry import Registry
    from tests.diff.histories import State
    from tests.strategies import Frozen


def _registry(state: State) -> Registry:
    return load(memory(state)).registry


def _said(before: Registry, after: Registry, found: Difference) -> tuple[set[Statement], set[Statement]]:
    """What the two states say of what can be read in both, with the names of the later one."""
    renamed = {(one.folder, one.before): one.after for one in found.renamed}
    parts: dict[tuple[str, str], list[Called]] = {}
    for one in found.corrections:
        if one.aspect is Aspect.SLUG:
            called = Called(str(one.before), str(one.after), one.inferred is None)
            parts.setdefault((one.folder, one.identity), []).append(called)
    said: tuple[set[Statement], set[Statement]] = (set(), set())
    for folder in FOLDERS:
        earlier = dict(shelf(before, folder))
        today = {identity: renamed.get((folder, identity), identity) for identity in earlier}
        for identity in {*today.values(), *shelf(after, folder)}:
            former = [thing for name, thing in earlier.items() if today[name] == identity]
            later = shelf(after, folder).get(identity)
            if (folder, identity) not in found.uncompared:
                names = Names() if later is None else names_between(after, renamed, former, later, parts)
                for side, things in zip(said, (former, [] if later is None else [later]), strict=True):
                    side.update(one for thing in things for one in statements_of(names.thing(folder, thing)))
    return said


@settings(max_examples=60, deadline=None)
@given(histories())
def test_what_was_said_less_what_is_lost_with_what_is_gained_is_what_is_said(states: list[State]) -> None:
    before, after = _registry(states[0]), _registry(states[-1])
    found = difference(before, after)
    was, now = _said(before, after, found)
    lost, gained = set(found.lost), set(found.gained)
    assert len(lost) == len(found.lost), "a statement is lost for one reason only"
    assert len(gained) == len(found.gained), "a statement is gained for one reason only"
    assert lost <= was
    assert gained.isdisjoint(was)
    assert was - lost | gained == now


@settings(max_examples=20, deadline=None)
@given(histories())
def test_what_an_amendment_says_is_what_its_statements_say(states: list[State]) -> None:
    before, after = _registry(states[0]), _registry(states[-1])
    found = difference(before, after)
    for one in found.amendments:
        assert one.sort is (Sort.CORRECTED if one in found.corrections else Sort.KNOWN)
        said = [statement for statement in one.gained if statement.key != CORRECTIONS]
        if one.aspect is Aspect.DAY:
            assert {each.day for each in one.lost} == {one.before}
            assert {each.day for each in said} == {one.after} == {one.on}
        elif one.attribute is not None:
            assert {each.key for each in (*one.lost, *said)} == {one.attribute}
            assert {one.before} >= {each.value for each in one.lost} - {one.after}
            assert {one.after} >= {each.value for each in said} - {one.before}
        if one.aspect is Aspect.RECORDED:
            assert not one.lost
        if one.aspect is Aspect.WITHDRAWN:
            assert one.sort is Sort.CORRECTED
            assert not said
        if one.sort is Sort.KNOWN and one.aspect is Aspect.VALUE:
            assert all(is_kept(was.value, now.value) for was, now in zip(one.lost, said, strict=True))


@settings(max_examples=20, deadline=None)
@given(histories())
def test_every_difference_can_be_told_in_every_format(states: list[State]) -> None:
    before, after = _registry(states[0]), _registry(states[-1])
    found = difference(before, after)
    for one in found.amendments:
        told = amended(before, after, one)
        assert told == " ".join(told.split())
        assert "None" not in told
        assert "Absent." not in told
        assert "xa/" not in told
        assert " of  " not in told
        assert sentence(before, after, one).endswith(told)
    told_as_text = [str(line) for line in as_text(before, after, found)]
    changes = [change for occasion in found.occasions for change in occasion.changes]
    assert len(told_as_text) > len(changes) + len(found.amendments) or not (changes or found.amendments)
    assert list(as_markdown(before, after, found))
    assert json.loads(document(as_json(before, after, found, (None, None))))["renamed"] is not None
    assert len(difference_table(before, after, found).rows) == len(changes) + len(found.amendments)


@settings(max_examples=20, deadline=None)
@given(histories())
def test_what_is_in_force_is_told_without_what_is_planned_and_nothing_else_is_lost(states: list[State]) -> None:
    found = difference(_registry(states[0]), _registry(states[-1]))
    kept = in_force(found)
    assert set(kept.amendments) <= set(found.amendments)
    assert all(change.status is Status.IN_FORCE for occasion in kept.occasions for change in occasion.changes)
    left = set(found.amendments) - set(kept.amendments)
    # An entry of `corrections:` goes with what it explains.
    said = [each for one in left for each in (*one.lost, *one.gained) if each.key != CORRECTIONS]
    assert all(each.status != "in force" for each in said)


@settings(max_examples=20, deadline=None)
@given(files=full_registers(), chance=st.randoms(use_true_random=False))
def test_order_and_form_never_matter(files: dict[str, Frozen | str], chance: Random) -> None:
    keys = list(files)
    chance.shuffle(keys)
    other = {
        key: dumps(_shuffled(content, chance)) if isinstance(content := files[key], dict) else content for key in keys
    }
    found = difference(_registry(files), _registry(other))
    assert not found
    assert found.lost == found.gained == ()


def _shuffled(content: Any, chance: Random) -> Any:  # noqa: ANN401 - texts, lists and mappings
    if isinstance(content, dict):
        keys = list(content)
        chance.shuffle(keys)
        return {
            key: _entries(content[key], chance) if key == "timeline" else _shuffled(content[key], chance)
            for key in keys
        }
    return content


def _entries(timeline: list[Any], chance: Random) -> list[Any]:
    return chance.sample([_shuffled(entry, chance) for entry in timeline], len(timeline))


@settings(max_examples=20, deadline=None)
@given(histories())
def test_files_that_are_read_when_asked_for_are_compared_alike(states: list[State]) -> None:
    among = {
        (key.split("/")[1], "/".join(key.split("/")[2:]).removesuffix(".yaml"))
        for key in {*states[0], *states[-1]}
        if states[0].get(key) != states[-1].get(key)
    }
    lazily = difference(*(shelved(memory(state), through=()) for state in (states[0], states[-1])), among=among)
    assert lazily == difference(_registry(states[0]), _registry(states[-1]))


@settings(max_examples=20, deadline=None)
@given(histories())
def test_who_knows_which_files_differ_gets_the_same_answer(states: list[State]) -> None:
    before, after = _registry(states[0]), _registry(states[-1])
    among = {
        (key.split("/")[1], "/".join(key.split("/")[2:]).removesuffix(".yaml"))
        for key in {*states[0], *states[-1]}
        if states[0].get(key) != states[-1].get(key)
    }
    assert difference(before, after, among=among) == difference(before, after)
