"""What a word names: by identity, code on the day, slug, number, name, former code, former slug or part of a name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgreg.load import load
from orgreg.model.registry import PAPERS, PLANS, UNITS
from orgreg.query.names import Ambiguous, Named, Names, Nothing, number
from tests.strategies import memory, vocabulary

if TYPE_CHECKING:
    from tests.strategies import Frozen


def _entry(since: str, **values: Any) -> Frozen:  # noqa: ANN401
    return {"from": since} | values | {"sources": "none"}


def _unit(name: str, *more: Frozen, **values: Any) -> Frozen:  # noqa: ANN401
    return {"timeline": [_entry("2010-01-01", name=name, kind="Stelle", parent="none", **values), *more]}


def _paper(number_: str, title: str, **keys: Any) -> Frozen:  # noqa: ANN401
    own = {"number": number_, "kind": "Mitteilung", "title": title, "date": "2024-04-02", "author": "unknown"}
    return own | keys | {"sources": [{"note": "read"}]}


_FILES: dict[str, str | bytes | Frozen] = {
    "data/registry.yaml": vocabulary(),
    "data/units/xa/sozialreferat.yaml": _unit(
        "Sozialreferat", code="0500", short_name="SozRef", aka=["Referat 0500", "Sozialreferat"]
    )
    | {
        "posts": {"leitung": [_entry("2010-01-01", title="Leitung")]},
        "tasks": {"migration": [_entry("2010-01-01", text="Migration")]},
        "formerly": ["sozialamt"],
    },
    "data/units/xa/amt.yaml": _unit(
        "Büro für Fragen",
        _entry("2020-01-01", name="Amt für Antworten", code="50.22"),
        _entry("2024-03-01", ended="left"),
        code="50.21",
        also=[{"name": "Fragebüro", "sources": "none"}, {"name": "unknown", "sources": "none"}],
    ),
    "data/units/xa/neu.yaml": _unit("Neues", _entry("2030-01-01", code="60"), code="unknown"),
    "data/units/xa/nie.yaml": {"timeline": []},
    "data/units/xa/rat.yaml": _unit("Rat"),
    "data/units/xb/rat.yaml": _unit("Rat", code="0500"),
    "data/decisions/xa/p1.yaml": _paper("24-00001", "Neugliederung", aka=["Umbau"]),
    "data/decisions/xa/p3.yaml": _paper("24-00003", "Umbau II"),
    "data/decisions/xa/p2.yaml": _paper("none", "unknown"),
    "data/actionplans/xa/plan.yaml": {
        "timeline": [_entry("2024-01-01", title="Aktionsplan", aka=["Handlungskonzept"])],
        "steps": {"eins": [_entry("2024-01-01", title="Eins")]},
    },
    "data/actionplans/xb/plan.yaml": {"timeline": []},
}


def names(day: str = "2022-01-01", city: str | None = None) -> Names:
    loaded = load(memory(_FILES))
    assert loaded.findings == ()
    return Names(loaded.registry, date.fromisoformat(day), municipality=city)


def found(word: str, day: str = "2022-01-01", city: str | None = None) -> str:
    named = names(day, city).resolve(word)
    assert isinstance(named, Named), named
    return named.reference


def nothing(word: str, city: str | None = None) -> Nothing:
    told = names(city=city).resolve(word)
    assert isinstance(told, Nothing), told
    return told


@pytest.mark.parametrize(
    ("word", "reference"),
    [
        ("xa/amt", "xa/amt"),
        ("amt", "xa/amt"),
        ("50.22", "xa/amt"),
        ("xa:0500", "xa/sozialreferat"),
        ("xb:0500", "xb/rat"),
        ("sozialreferat", "xa/sozialreferat"),
        ("SozRef", "xa/sozialreferat"),
        ("referat  0500", "xa/sozialreferat"),
        ("sozialamt", "xa/sozialreferat"),
        ("sozialreferat#leitung", "xa/sozialreferat#leitung"),
        ("sozialreferat#migration", "xa/sozialreferat#migration"),
        ("amt für antworten", "xa/amt"),
        ("Büro für Fragen", "xa/amt"),
        ("Fragebüro", "xa/amt"),
        ("50.22 Amt", "xa/amt"),
        ("Antwort", "xa/amt"),
        ("[DS 24-00001]", "xa/p1"),
        ("Drucksache Nr. 24\u201300001", "xa/p1"),
        ("Neugliederung", "xa/p1"),
        ("umbau", "xa/p1"),
        ("Handlungskonzept", "xa/plan"),
        ("xa/plan#eins", "xa/plan#eins"),
    ],
)
def test_a_word_names_one_thing(word: str, reference: str) -> None:
    assert found(word) == reference


def test_a_city_that_is_asked_for_decides_between_two() -> None:
    assert found("rat", city="xb") == "xb/rat"
    assert found("0500", city="xa") == "xa/sozialreferat"


def test_a_code_is_looked_up_on_the_day() -> None:
    assert found("50.21", "2019-12-31") == "xa/amt"
    assert names("2019-12-31").resolve("50.21") == Named(UNITS, "xa/amt")


def test_a_code_that_nobody_bears_names_its_last_bearer_and_says_so() -> None:
    note = "nobody bears 50.22 on 2024-03-01; its last bearer did until 2024-02-29"
    assert names("2024-03-01").resolve("50.22") == Named(UNITS, "xa/amt", None, note)


def test_before_its_first_bearer_a_code_names_that() -> None:
    note = "nobody bears 60 on 2024-03-01; its first bearer does from 2030-01-01"
    assert names("2024-03-01").resolve("60") == Named(UNITS, "xa/neu", None, note)


def test_a_word_that_names_several_is_ambiguous_and_lists_them() -> None:
    assert names().resolve("rat") == Ambiguous("rat", (("xa/rat", "Rat"), ("xb/rat", "0500 Rat")))


def _candidates(word: str) -> tuple[tuple[str, str], ...]:
    told = names().resolve(word)
    return told.candidates if isinstance(told, Ambiguous) else ()


def test_candidates_are_told_by_what_they_are() -> None:
    assert _candidates("plan") == (("xa/plan", "Aktionsplan"), ("xb/plan", "plan"))
    assert _candidates("plan#eins") == (("xa/plan#eins", "Aktionsplan"), ("xb/plan#eins", "plan"))
    assert _candidates("umba") == (("xa/p1", "Mitteilung: Neugliederung"), ("xa/p3", "Mitteilung: Umbau II"))


def test_only_the_folders_asked_for_are_searched() -> None:
    assert names().resolve("neugliederung", folders=[PAPERS]) == Named(PAPERS, "xa/p1")
    assert isinstance(names().resolve("neugliederung", folders=[UNITS]), Nothing)
    assert names().resolve("aktionsplan", folders=[PLANS]) == Named(PLANS, "xa/plan")
    assert isinstance(names().resolve("0500", folders=[PLANS]), Nothing)


def test_a_unit_that_never_was_can_be_named() -> None:
    assert found("nie") == "xa/nie"
    assert names()._label(names().registry.units["xa/nie"]) == "a unit that never was"


# -------------------------------------------------------------------------------------------------------------- nothing


@pytest.mark.parametrize("word", ["", "  ", "\0", "a\x1bb"])
def test_what_cannot_be_a_name_is_said_to_be_none(word: str) -> None:
    assert nothing(word) == Nothing(word, "that is no name", impossible=True)


def test_a_city_that_is_not_in_the_register_is_said() -> None:
    told = nothing("xc:0500")
    assert (told.reason, told.impossible) == ("xc is no municipality of this register (xa, xb)", True)


def test_an_unknown_word_suggests_the_nearest() -> None:
    assert nothing("Sozialreferrat") == Nothing(
        "Sozialreferrat", "nothing is recorded under Sozialreferrat", ("sozialreferat",)
    )
    assert "amt" not in nothing("Sozialreferrat", city="xb").near


def test_an_unknown_part_suggests_the_nearest_or_what_there_is() -> None:
    assert nothing("sozialreferat#leitun").near == ("xa/sozialreferat#leitung",)
    assert nothing("sozialreferat#x") == Nothing(
        "sozialreferat#x",
        "xa/sozialreferat has no post or task x",
        ("xa/sozialreferat#leitung", "xa/sozialreferat#migration"),
    )
    assert nothing("xa/plan#zwei").reason == "xa/plan has no step or dimension zwei"
    assert nothing("xa/p1#x") == Nothing("xa/p1#x", "xa/p1 has no part x")


def test_a_number_that_is_not_recorded_suggests_the_nearest() -> None:
    assert nothing("DS 24-00002") == Nothing(
        "DS 24-00002", "no paper with the number 24-00002 is recorded", ("24-00003", "24-00001")
    )


@pytest.mark.parametrize("word", ["#", " # ", "xa:", "xa: #leitung", "#leitung"])
def test_nothing_before_a_part_or_behind_a_city_names_nothing(word: str) -> None:
    found = names().resolve(word)
    assert isinstance(found, Nothing)
    assert found.impossible
    assert found.reason == f"{' '.join(word.split())} names nothing"


def test_what_is_near_is_of_the_city_asked_for() -> None:
    found = names().resolve("xb:50.21")
    assert isinstance(found, Nothing)
    assert found.near == ()
    here = names().resolve("xa:50.20")
    assert isinstance(here, Nothing)
    assert set(here.near) == {"50.21", "50.22"}


def test_what_is_there_and_cannot_be_read_is_not_told_as_not_recorded() -> None:
    # The identity, the slug and the number of what is lost; nothing else is guessed in its place.
    files = _FILES | {
        "data/units/xa/frage.yaml": "timeline: [\n",
        "data/decisions/xa/24-00009.yaml": "number: [\n",
    }
    read = Names(load(memory(files)).registry, date(2024, 3, 1))
    for word in ("xa/frage", "frage", "xa:frage", "frage#leitung"):
        told = read.resolve(word)
        assert told == Nothing(word, "the file of xa/frage cannot be read: data/units/xa/frage.yaml", lost=True)
    paper = read.resolve("DS 24-00009")
    assert isinstance(paper, Nothing)
    assert paper.reason == "the file of xa/24-00009 cannot be read: data/decisions/xa/24-00009.yaml"
    assert not isinstance(read.resolve("frage", folders=(PAPERS,)), Named)
    other = read.resolve("frag", folders=(UNITS,))
    assert isinstance(other, Named)


def test_a_word_of_a_page_is_not_repeated_whole() -> None:
    told = nothing("x" * 5000)
    assert told.reason == f"nothing is recorded under {'x' * 99}…"
    assert len(nothing(f"xa/amt#{'x' * 5000}").reason) < 150


def test_a_number_that_the_city_does_not_give_cannot_be_one() -> None:
    told = nothing("1/2/3")
    assert (told.reason, told.impossible) == ("1/2/3 is no number of a paper here", True)


@given(st.text(max_size=12), st.sampled_from([None, "xa"]))
def test_any_word_has_an_answer(word: str, city: str | None) -> None:
    told = names(city=city).resolve(word)
    assert told == names(city=city).resolve(word)
    if isinstance(told, Nothing):
        assert told.reason


@pytest.mark.parametrize(
    "written",
    ["24-00001", "[DS 24-00001]", "DS 24\u201300001", "Drs. 24-00001", "Vorlage-Nr.: 24 - 00001", "(ds 24-00001)"],
)
def test_a_number_is_read_in_any_spelling(written: str) -> None:
    assert number(written) == "24-00001"
