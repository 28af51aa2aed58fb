"""A check that knows the last one says what a check of everything says, whatever was edited, broken or lost between."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgreg.review import checked as flow
from orgreg.review.again import again
from orgreg.review.checked import checked
from orgreg.review.seen import Seen
from orgreg.store.cache import Cache
from orgreg.store.working_tree import WorkingTree
from tests.against.editing import sequences
from tests.cache.registers import TODAY, kept, later, put
from tests.checked.turning import made_up, turned
from tests.commands import run, write
from tests.registers import RULES, base, cases
from tests.test_mutations import SLIPS, Slip, _slipped, shipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgreg.store import Trouble
    from tests.registers import Case
    from tests.strategies import Frozen

_REGISTRY = "data/registry.yaml"
_UNIT = "data/units/bs/sozialreferat.yaml"


def _agree(states: Sequence[Mapping[str, str | bytes | Frozen]], folder: Path) -> None:
    for files in states:
        root = put(folder / "register", files)
        assert checked(kept(root, folder / "home")) == checked(WorkingTree(root))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(sequences())
def test_any_edits_one_after_the_other_are_checked_alike(states: list[Mapping[str, str | bytes | Frozen]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _agree(states, Path(folder))


@pytest.mark.parametrize("slip", SLIPS[::3], ids=str)
def test_a_slip_in_the_shipped_data_comes_and_goes(slip: Slip, tmp_path: Path) -> None:
    _agree([shipped(), _slipped(slip).files, shipped()], tmp_path)


@pytest.mark.parametrize("case", list(cases(RULES))[::2], ids=str)
def test_what_a_rule_finds_comes_and_goes(case: Case, tmp_path: Path) -> None:
    _agree([base(), case.files.files, base()], tmp_path)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_edits_in_a_sound_city_are_checked_alike(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        states = [made_up()]
        for _ in range(data.draw(st.integers(1, 3))):
            states.append(data.draw(turned(states[-1])))
        _agree(states, Path(folder))


# ---------------------------------------------------------------------------------------------------- what is not read


class _Unread(WorkingTree):
    def read(self, key: str, at_most: int) -> bytes:
        raise AssertionError((key, at_most))


def _unread(root: Path, home: Path) -> WorkingTree:
    return _Unread(root, Cache(home, TODAY), later)


def _faulty(root: Path) -> Path:
    return put(root, {**base(), "data/units/bs/zz.yaml": "timeline: 1\n"})


def test_an_unchanged_register_is_answered_without_reading_and_without_a_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _faulty(tmp_path / "register")
    found = checked(kept(root, tmp_path / "home"))
    assert found
    monkeypatch.setattr(flow, "_wholly", None)
    monkeypatch.setattr(flow, "_again", None)
    assert checked(_unread(root, tmp_path / "home")) == found


def test_after_an_edit_only_that_file_is_read_and_not_all_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = put(tmp_path / "register", base())
    checked(kept(root, tmp_path / "home"))
    edited = {**base(), _UNIT: base()[_UNIT] + b"# read again\n"}
    expected = checked(WorkingTree(put(root, edited)))
    monkeypatch.setattr(flow, "_wholly", None)
    read: set[str] = set()

    class Reading(WorkingTree):
        def read(self, key: str, at_most: int) -> bytes | Trouble:
            read.add(key)
            return super().read(key, at_most)

    found = checked(Reading(root, Cache(tmp_path / "home", TODAY), later))
    assert {one.finding.path for one in found} | {_UNIT} >= read
    assert found == expected


def test_a_register_goes_back_and_forth_between_kept_states(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = base(), {**base(), _UNIT: base()[_UNIT] + b"note: read\n"}
    root, home = tmp_path / "register", tmp_path / "home"
    found = [checked(kept(put(root, files), home)) for files in (one, other)]
    checked(kept(root, home))  # the bytes of both states have names now
    monkeypatch.setattr(flow, "_wholly", None)
    monkeypatch.setattr(flow, "_again", None)
    assert [checked(kept(put(root, files), home)) for files in (one, other)] == found


def test_another_vocabulary_and_a_link_are_checked_wholly(tmp_path: Path) -> None:
    root, home = put(tmp_path / "register", base()), tmp_path / "home"
    checked(kept(root, home))
    put(root, {**base(), _REGISTRY: base()[_REGISTRY] + b"# other words\n"})
    assert checked(kept(root, home)) == checked(WorkingTree(root))
    (root / "data/units/bs/zz.yaml").symlink_to(root / _UNIT)
    for _ in range(2):
        assert checked(kept(root, home)) == checked(WorkingTree(root))


def test_what_was_read_otherwise_than_it_was_seen_is_not_kept(tmp_path: Path) -> None:
    root, home = put(tmp_path / "register", base()), tmp_path / "home"
    list(kept(root, home).objects())

    class Hasty(WorkingTree):
        """Somebody saves a file after its names were looked up."""

        def named(self, municipality: str | None = None) -> dict[str, str | None]:
            names = super().named(municipality)
            (root / _UNIT).write_bytes(b"timeline: 1\n")
            return names

    checked(Hasty(root, Cache(home, TODAY), later))
    put(root, base())
    assert checked(kept(root, home)) == checked(WorkingTree(root))


def test_a_broken_file_that_is_broken_otherwise_leads_to_a_check_of_everything(tmp_path: Path) -> None:
    root, home = _faulty(tmp_path / "register"), tmp_path / "home"
    checked(kept(root, home))
    put(root, {**base(), "data/units/bs/zz.yaml": "timeline: 2\n"})
    assert checked(kept(root, home)) == checked(WorkingTree(root))


def test_findings_that_are_not_those_of_the_earlier_files_are_not_built_upon(tmp_path: Path) -> None:
    lacking = "timeline: [{from: unknown, name: Z, kind: Stelle, parent: stadtverwaltung, sources: none}]\n"
    root, home = put(tmp_path / "register", {**base(), "data/units/bs/zz.yaml": lacking}), tmp_path / "home"
    there = Seen(kept(root, home)).names
    found = [one.finding for one in checked(kept(root, home))]
    now = Seen(kept(put(root, base()), home))
    made = again(there, found, now)
    assert made is not None
    assert made.differing == {"data/units/bs/zz.yaml"}
    assert {one.path for one in made.gone} == {"data/units/bs/zz.yaml"}
    assert again(there, [], now) is None


def test_the_command_says_the_same_with_a_cache_in_every_format(tmp_path: Path) -> None:
    root = write(tmp_path / "register", {**base(), "data/units/bs/zz.yaml": "timeline: 1\n"})
    environment = {"XDG_CACHE_HOME": str(tmp_path / "home")}
    for format_ in ("text", "json", "github", "gitlab", "sarif"):
        expected = run("check", "--format", format_, "--no-cache", cwd=root, environment=environment)
        for _ in range(2):
            assert run("check", "--format", format_, cwd=root, environment=environment) == expected
