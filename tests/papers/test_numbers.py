"""Numbers of papers, by the grammar of their time."""

from __future__ import annotations

from datetime import date

import pytest

from orgreg.query.names import Named, Names, Nothing
from tests.commands import run
from tests.show.goldens import shipped
from tests.show.small import register
from tests.strategies import memory


@pytest.mark.parametrize(
    "word",
    [
        "25-25182",
        "[DS 25-25182]",
        "25\u201325182",
        "DS 25-25182",
        "DS-Nr. 25-25182",
        "Drs. 25-25182",
        "(25-25182)",
        "25\u201125182",
        "Nr. 25-25182",
        "DS-25-25182",
        "DS-Nr.: 25 - 25182.",
        "»25-25182«",
        "Drucksachen-Nr. 25-25182",
        "Drucksachennummer 25-25182",
        "Anfrage 25-25182",
        "Beschlussvorlage - 25-25182",
        "ds25-25182",
    ],
)
def test_any_spelling_of_a_number_names_its_paper(word: str) -> None:
    found = Names(shipped(), date(2025, 10, 1)).resolve(word)
    if word == "ds25-25182":  # that is none
        assert isinstance(found, Nothing)
    else:
        assert isinstance(found, Named)
        assert found.identity == "bs/25-25182"


@pytest.mark.parametrize(
    "word", ["25-25182-01", "DS-Nr. 25-25182-01", "Stellungnahme 25-25182-01", "[DS 25-25182 -01]"]
)
def test_an_answer_goes_by_its_own_number(word: str) -> None:
    found = Names(shipped(), date(2025, 10, 1)).resolve(word)
    assert isinstance(found, Named)
    assert found.identity == "bs/25-25182-01"


@pytest.mark.parametrize(
    ("word", "code"), [("25-25182", 0), ("25-99999", 1), ("1664/99", 1), ("25-2518", 2), ("1664/24", 2)]
)
def test_what_is_not_recorded_ends_with_1_and_what_is_no_number_here_with_2(word: str, code: int) -> None:
    for written in (word, f"[DS {word}]", f"DS-Nr. {word}", word.replace("-", "\u2013")):
        outcome = run("show", written, "--date", "2025-10-01")
        assert (outcome.code, outcome.out == "") == (code, code != 0)


@pytest.mark.parametrize(
    ("word", "reason", "impossible"),
    [
        ("1664/99", "no paper with the number 1664/99 is recorded", False),
        ("25-99999", "no paper with the number 25-99999 is recorded", False),
        ("25-2518", "25-2518 is no number of a paper here", True),
        ("1664/24", "1664/24 is no number of a paper here: numbers like it were given until 2014-12-31", True),
        ("14-25182", "14-25182 is no number of a paper here: numbers like it were given from 2015-01-01 on", True),
    ],
)
@pytest.mark.parametrize("day", ["1990-01-01", "2025-10-01"])
def test_a_number_fits_the_grammar_of_the_year_that_it_names(
    word: str, reason: str, day: str, *, impossible: bool
) -> None:
    found = Names(shipped(), date.fromisoformat(day)).resolve(word)
    assert isinstance(found, Nothing)
    assert (found.reason, found.impossible) == (reason, impossible)


def test_a_city_without_a_grammar_takes_any_number() -> None:
    found = Names(shipped(), date(2025, 10, 1), municipality="bux").resolve("25-2518")
    assert found == Nothing("25-2518", "no paper with the number 25-2518 is recorded")


def test_a_grammar_that_names_no_year_takes_any() -> None:
    city = {
        "name": "Stadt",
        "kinds": {},
        "numbers": [{"from": "2010", "form": r"\d{4}-\d"}, {"from": "2020", "form": r"[A-Z]-\d+/\d", "year": "last"}],
    }
    from orgreg.load import load

    registry = load(memory({"data/registry.yaml": {"format": "1", "municipalities": {"xa": city}}})).registry
    found = Names(registry, date(1990, 1, 1)).resolve("1234-5")
    assert isinstance(found, Nothing)
    assert not found.impossible
    assert register().municipalities["bs"].span_of(register().municipalities["bs"].numbers[0]).end == date(2015, 1, 2)
