"""A fault that many files have alike is told in few words, and in a time that does not grow with its square."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from tests.registers import found_in, over_base

if TYPE_CHECKING:
    import pytest

    from orgreg.review.placed import Placed

_UNIT = """\
timeline:
  - {{from: unknown, name: {name}, kind: Stelle, parent: {parent}, sources: [{{paper: beschluss}}]}}
"""


def _found(files: dict[str, str], code: str) -> list[Placed]:
    return [one for one in found_in(over_base(files)) if one.finding.rule.code == code]


def test_a_name_that_many_bear_is_one_finding() -> None:
    files = {f"data/units/bs/b{n:03}.yaml": _UNIT.format(name="Büro", parent="sozialreferat") for n in range(60)}
    (found,) = _found(files, "U014")
    assert found.finding.message.endswith("; so do b002, b003, b004, b005, b006 and 53 others")
    assert [path for path, _ in found.finding.related][:2] == ["data/units/bs/b000.yaml", "data/units/bs/b002.yaml"]


def test_what_one_lost_name_may_have_meant_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []
    real = get_close_matches

    def counted(word: str, among: list[str], at_most: int, likeness: float) -> list[str]:
        looks.append(word)
        return real(word, among, at_most, likeness)

    monkeypatch.setattr("orgreg.check.rules.reference_leads_nowhere.get_close_matches", counted)
    files = {f"data/units/bs/b{n}.yaml": _UNIT.format(name=f"Büro {n}", parent="sozialrefarat") for n in range(30)}
    found = _found(files, "U001")
    assert len(found) == 30
    assert all("did you mean sozialreferat?" in one.finding.hint for one in found)
    assert looks == ["bs/sozialrefarat"]
