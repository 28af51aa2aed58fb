from __future__ import annotations

import pytest

from tests.show.goldens import CASES, FOLDER, path, shown


@pytest.mark.parametrize("case", CASES)
def test_show_says_what_the_golden_file_says(case: str) -> None:
    assert shown(case) == path(case).read_text(encoding="utf-8")


def test_there_is_no_golden_file_without_a_case() -> None:
    assert sorted(FOLDER.iterdir()) == sorted(path(case) for case in CASES)


def test_the_word_of_every_value_that_is_not_known_is_printed() -> None:
    assert "secretariat  unknown   until 2024-02-29" in shown("bs/ausschuss-fuer-vielfalt-und-integration 2024-02-29")
    assert "secretariat  0500 Sozialreferat" in shown("bs/ausschuss-fuer-vielfalt-und-integration 2024-03-01")


def test_who_was_asked_for_and_not_created_is_told_with_the_reason() -> None:
    told = shown("bux/stadtverwaltung 2019-06-03")
    assert "Asked for and not created\n  post Integrationskoordinatorin" in told
    assert "because: it was asked for" in told


def test_what_is_only_planned_is_not_told_as_if_it_were_there() -> None:
    told = shown("bux/praeventionskoordination 2019-06-03")
    assert "It is not in force on 2019-06-03: planned only." in told
    assert "Frau Schulte" not in told.partition("Sources")[0]
