"""Files of a registry, looked up by name."""

from __future__ import annotations

from orgreg.diff.difference import difference
from orgreg.diff.shelves import by_key
from orgreg.diff.table import difference_table
from tests.diff.states import AMT, between, entry, files, registry


def test_a_registry_by_key_finds_everything_and_has_nothing_to_go_through() -> None:
    whole = registry(files())
    quiet = by_key(whole)
    assert quiet.units["xa/amt"] == whole.units["xa/amt"]
    assert "xa/nirgends" not in quiet.units
    assert list(quiet.units) == list(quiet.papers) == list(quiet.plans) == []
    assert len(quiet.units) == 0


def test_only_what_is_named_is_compared() -> None:
    before, after = registry(files(amt=None, p=None)), registry(files())
    found = difference(before, after, among=[("units", "xa/amt"), ("units", "xa/nirgends")])
    assert [one.units for one in found.occasions] == [("xa/amt",)]
    assert found.amendments == ()


def test_a_difference_is_true_when_anything_differs() -> None:
    assert not between(files(), files())
    assert between(files(p=None), files())
    renamed = between(files(), files({"units/xa/behoerde": {"timeline": [AMT], "formerly": ["amt"]}}, amt=None))
    assert renamed
    assert renamed.amendments == ()
    assert [one.key for one in renamed.gained] == ["formerly"]


def test_the_table_has_the_decision_of_a_change() -> None:
    after = files(
        amt={
            "timeline": [AMT, entry("2020", code="51", decided_by="unknown"), entry("2021", code="52", decided_by="p")]
        }
    )
    before, later = registry(files()), registry(after)
    rows = difference_table(before, later, difference(before, later)).rows
    assert [row[11] for row in rows] == [("unknown",), ("p",)]
