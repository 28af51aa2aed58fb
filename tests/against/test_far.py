"""A review with a cache looks at other municipalities by their gist, and says what two checks of everything say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from orgreg.review import proposed
from orgreg.review.same import Same
from tests.against.editing import edits
from tests.against.known import Kept, Known
from tests.against.states import Lying, over
from tests.against.test_in_part import _same
from tests.strategies import memory, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgreg.model.finding import Finding


def _reviewed(before: Lying, after: Lying) -> list[Finding] | None:
    """What is new, and is new for two checks of everything too; None where only those can tell."""
    cache, whole = Kept(), proposed.whole(before, after)
    # The gists are made, and then kept.
    made = [proposed._in_part(Known(before, cache), Known(after, cache)) for _ in range(2)]
    for one in made:
        if one is None:
            return None
        _same(one, whole)
    return list(whole.findings.new)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits())
def test_any_edit_is_reviewed_alike_with_a_cache(states: tuple[Lying, Lying]) -> None:
    _reviewed(*states)


def _unit(name: str, since: str = "unknown", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any value
    source = {"paper": "p", "quote": name}
    return {
        "timeline": [{"from": since, "name": name, "kind": "Stelle", "parent": "none", **more, "sources": [source]}]
    }


def _paper(number: str, day: str) -> dict[str, Any]:
    kind = {"kind": "Mitteilung", "title": f"Bericht {number}", "date": day, "author": "unknown"}
    return {"number": number, **kind, "sources": [{"note": "read"}]}


BASE: dict[str, Any] = {
    "data/registry.yaml": vocabulary(("xa", "xb", "xc")),
    **{
        f"data/decisions/{city}/p.yaml": _paper(f"24-0000{place}", "2024-05-06")
        for place, city in enumerate(("xa", "xb", "xc"))
    },
    "data/units/xa/rat.yaml": _unit("Rat"),
    "data/units/xa/amt.yaml": _unit("Amt", advises=["rat"]),
    "data/units/xb/rat.yaml": _unit("Rat", advises=["xa/rat", "xa/fehlt"]),
    "data/units/xb/odd.yaml": _unit("Amt \\ Stelle", advises=["xc/amt"]),
    "data/units/xc/amt.yaml": _unit("Amt", agrees_with=["xq/fehlt", "xa/amt"]),
    "data/units/xc/spaet.yaml": _unit("Spät", "2031-01-01", because="(from: some day)"),
    "data/actionplans/xc/plan.yaml": {
        "timeline": [
            {"from": "2024-01-01", "title": "Plan", "mandate": ["p"], "responsible": ["amt"], "sources": "none"}
        ]
    },
}


@pytest.mark.parametrize(
    ("change", "finds"),
    [
        ({"data/units/xa/rat.yaml": None}, {("U001", "data/units/xa/amt.yaml"), ("U001", "data/units/xb/rat.yaml")}),
        ({"data/units/xa/fehlt.yaml": _unit("Fehlt")}, set()),
        ({"data/units/xa/amt.yaml": _unit("Amt", advises=["xq/fehlt"])}, {("U001", "data/units/xa/amt.yaml")}),
        ({"data/units/xb/rat.yaml": _unit("Rat", advises=["xa/rat"])}, set()),
        ({"data/decisions/xa/q.yaml": _paper("24-00009", "2029-05-06")}, {("P006", "data/decisions/xa/q.yaml")}),
        ({"data/decisions/xa/q.yaml": _paper("24-00009", "2024-05-05")}, {("P006", "data/decisions/xa/q.yaml")}),
        ({"data/decisions/xa/p.yaml": _paper("24-00000", "2024-05-07")}, set()),
        ({"data/units/xa/amt.yaml": None, "data/units/xb/odd.yaml": None}, {("U001", "data/units/xc/amt.yaml")}),
    ],
)
def test_what_one_municipality_changes_is_found_in_the_others(
    change: Mapping[str, Any], finds: set[tuple[str, str]]
) -> None:
    before = memory(BASE).contents
    after = over(
        before,
        {key: None if file is None else memory({key: file}).contents[key].decode() for key, file in change.items()},
    )
    found = _reviewed(Lying(before), after)
    assert found is not None
    assert finds <= {(one.rule.code, one.path) for one in found}


def test_the_files_of_a_municipality_in_which_nothing_differs_are_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    # Whom a later change of xc marks would have to be told the day of that.
    before, cache = memory({key: file for key, file in BASE.items() if "spaet" not in key}).contents, Kept()
    after = over(before, {"data/units/xa/amt.yaml": memory({"x": _unit("Amtsstelle")}).contents["x"].decode()})
    states = Known(Lying(before), cache), Known(after, cache)
    assert proposed._in_part(*states) is not None
    searched: set[str] = set()
    texts = Same.texts

    def noted(same: Same, city: str) -> Mapping[tuple[str, str], bytes]:
        searched.add(city)
        return texts(same, city)

    monkeypatch.setattr(Same, "texts", noted)
    assert proposed._in_part(*states) is not None
    assert searched == {"xa"}
