"""The order in which units stand: as the city counts its codes, then as German is sorted."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgreg.load import load
from orgreg.query.order import code_key, name_key, standing_key
from orgreg.query.standing import standing
from tests.strategies import memory, vocabulary

if TYPE_CHECKING:
    from tests.strategies import Frozen

_A_DAY = date(2024, 3, 1)


@pytest.mark.parametrize(
    "codes",
    [
        ["I", "II", "III", "IV", "V", "VI", "IX", "X", "XL", "XC", "C", "CD", "D", "CM", "M"],
        ["2", "10", "50", "50.1", "50.2", "50.10", "50.21", "51"],
        ["0500", "0500.10", "0500.20", "0500.100", "0600"],
        ["1", "01", "2"],
        ["10a", "10b", "11a"],
        ["9" * 30, "1" + "0" * 30, "9" * 6000],
    ],
)
def test_codes_stand_as_they_are_counted(codes: list[str]) -> None:
    shuffled = list(codes)
    Random(1).shuffle(shuffled)  # noqa: S311 - the same every time, on purpose
    assert sorted(shuffled, key=code_key) in (codes, [codes[1], codes[0], *codes[2:]] if codes[0] == "1" else codes)


@pytest.mark.parametrize("text", ["IIII", "VX", "IC", "Ⅳ", "i", "٣", "²"])
def test_what_only_looks_like_a_number_is_text(text: str) -> None:
    assert code_key("5") < code_key(text)


@given(st.text(max_size=8), st.text(max_size=8))
def test_any_codes_can_be_compared_and_only_equal_ones_are_equal(one: str, other: str) -> None:
    assert (code_key(one) == code_key(other)) is (one == other)
    assert (code_key(one) < code_key(other)) is not (code_key(one) >= code_key(other))


def test_names_stand_as_in_a_german_dictionary() -> None:
    names = [
        "Amt",
        "Ämter",
        "Amtsblatt",
        "Café",
        "Caféhaus",
        "Ofen",
        "Öffentliches",
        "Ort",
        "Straße",
        "Strasser",
        "Über",
        "Ulm",
    ]
    assert sorted([*names[5:], *names[:5]], key=name_key) == names


def test_case_and_the_way_umlauts_are_written_do_not_matter() -> None:
    assert name_key("ÄMTER") == name_key("A\u0308mter") == name_key("amter")
    assert name_key("STRASSE") == name_key("Straße")


def test_siblings_stand_by_code_then_rank_then_name_and_bodies_and_outsiders_last() -> None:
    order = [
        ("a", {"kind": "Stelle", "code": "9"}),
        ("b", {"kind": "Dezernat", "code": "10"}),
        ("c", {"kind": "Dezernat", "name": "Zoo"}),
        ("d", {"kind": "Stelle", "name": "Ämter"}),
        ("e", {"kind": "Stelle", "name": "Amtsblatt"}),
        ("f", {"kind": "Stelle", "name": "Amtsblatt"}),
        ("g", {"kind": "Unbekanntes", "name": "Amt"}),
        ("h", {"kind": "Ausschuss", "code": "1"}),
        ("i", {"kind": "Verein", "code": "1"}),
    ]
    files: dict[str, str | bytes | Frozen] = {"data/registry.yaml": vocabulary(["xa"])}
    for slug, values in order:
        entry = {"from": "2020-01-01", "name": "Amt", "parent": "none", "sources": "none"} | values
        files[f"data/units/xa/{slug}.yaml"] = {"timeline": [entry]}
    registry = load(memory(files)).registry
    found = [standing(registry, unit, _A_DAY) for unit in registry.units.values()]
    standings = [one for one in found if one is not None]
    for some in list(permutations(standings))[:: 9 * 8 * 7 * 6]:
        assert [one.unit.id[-1] for one in sorted(some, key=standing_key)] == [slug for slug, _ in order]
