"""How a unit stands on a day, and what is intended over what is in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from orgreg.load import load
from orgreg.model.certainty import Certainty
from orgreg.model.timeline import Absent, Status
from orgreg.query.standing import standing
from tests.strategies import memory, vocabulary

if TYPE_CHECKING:
    from orgreg.query.standing import Standing
    from tests.strategies import Frozen

OPENING = {"from": "2020-01-01", "name": "Amt", "kind": "Stelle", "parent": "none", "sources": [{"paper": "p"}]}
PAPER = {
    "number": "unknown",
    "kind": "Mitteilung",
    "title": "Titel",
    "date": "2030-01-01",
    "author": "unknown",
    "sources": [{"note": "read"}],
}


def later(since: str, **values: Any) -> Frozen:  # noqa: ANN401
    return {"from": since, "sources": [{"paper": "p"}]} | values


def planned(since: str, **values: Any) -> Frozen:  # noqa: ANN401
    return later(since, status="planned", **values)


def how(text: str, *entries: Frozen, intended: bool = False) -> Standing | None:
    """How a unit of these entries stands on the day."""
    files: dict[str, str | bytes | Frozen] = {
        "data/registry.yaml": vocabulary(["xa"]),
        "data/decisions/xa/p.yaml": PAPER,
        "data/units/xa/amt.yaml": {"timeline": list(entries)},
    }
    loaded = load(memory(files))
    assert loaded.findings == ()
    return standing(loaded.registry, loaded.registry.units["xa/amt"], date.fromisoformat(text), planned=intended)


def stands(text: str, *entries: Frozen, intended: bool = False) -> Standing:
    found = how(text, *entries, intended=intended)
    assert found is not None
    return found


def test_what_is_in_force_holds_with_its_kind_and_without_doubt() -> None:
    found = stands("2024-03-01", OPENING | {"code": "50"})
    assert (found.name, found.code, found.label, found.kind.rank) == ("Amt", "50", "50 Amt", 4)
    assert (found.status, found.certainty, found.doubts) == (Status.IN_FORCE, Certainty.STATED, ())
    assert found.parent is Absent.NONE


def test_on_a_day_without_a_life_it_does_not_stand() -> None:
    assert how("2019-12-31", OPENING) is None
    assert how("2024-03-01", OPENING, later("2024-03-01", ended="left")) is None


def test_without_a_known_name_it_is_called_by_its_slug() -> None:
    found = stands("2024-03-01", OPENING | {"name": "unknown", "code": "none"})
    assert (found.name, found.label, found.text("name")) == ("amt", "amt", None)


def test_certainty_weighs_existence_name_and_parent_only() -> None:
    assert stands("2024-03-01", OPENING | {"inferred": {"kind": "guessed"}}).certainty is Certainty.STATED
    assert stands("2024-03-01", OPENING | {"inferred": {"name": "guessed"}}).certainty is Certainty.INFERRED
    assert stands("2024-03-01", OPENING | {"parent": "unknown"}).certainty is Certainty.UNKNOWN


def test_beside_the_line_the_unit_above_is_that_of_staff_of() -> None:
    assert stands("2024-03-01", OPENING, later("2023-01-01", staff_of="rat")).parent == "xa/rat"
    nothing = {key: value for key, value in OPENING.items() if key != "parent"}
    assert stands("2024-03-01", nothing).parent is None


def test_a_kind_that_is_not_stated_is_unknown() -> None:
    found = stands("2024-03-01", {key: value for key, value in OPENING.items() if key != "kind"})
    assert (found.kind.name, found.kind.rank) == ("unknown", None)


def test_a_vague_first_day_is_said_once_and_not_of_every_value() -> None:
    found = stands("2020-02-01", OPENING | {"from": "2020"})
    assert [doubt.attribute for doubt in found.doubts] == ["existence"]


def test_after_the_last_that_is_heard_a_later_change_is_looked_for_in_its_city() -> None:
    unheard = OPENING | {"sources": "none"}
    again = later("2022-01-01", code="50", sources="none")
    assert stands("2023-01-01", unheard, again).doubts == ()


# -------------------------------------------------------------------------------------------------------------- planned


def test_what_is_planned_counts_only_when_asked_for() -> None:
    entries = (OPENING, planned("2025-01-01", name="Büro"))
    assert stands("2025-01-01", *entries).name == "Amt"
    assert stands("2024-12-31", *entries, intended=True).name == "Amt"
    found = stands("2025-01-01", *entries, intended=True)
    assert (found.name, found.status) == ("Büro", Status.IN_FORCE)
    (doubt,) = found.doubts
    assert (doubt.attribute, doubt.certainty, doubt.because) == ("name", Certainty.INFERRED, "planned, not in force")


def test_what_comes_into_force_later_takes_the_place_of_what_was_planned_before() -> None:
    entries = (OPENING, planned("2022-01-01", name="Büro"), later("2023-01-01", name="Stelle"))
    assert stands("2024-01-01", *entries, intended=True).name == "Stelle"


def test_a_planned_place_beside_the_line_takes_the_place_of_the_parent() -> None:
    entries = (OPENING, planned("2025-01-01", staff_of="rat"))
    found = stands("2025-01-01", *entries, intended=True)
    assert found.parent == "xa/rat"
    assert "parent" not in found.held
    confirmed = (*entries, later("2026-01-01", parent="none"))
    assert stands("2026-01-01", *confirmed, intended=True).parent is Absent.NONE


def test_a_planned_end_is_an_end_when_asked_for() -> None:
    entries = (OPENING, planned("2025-01-01", ended="dissolved"))
    assert stands("2025-01-01", *entries).name == "Amt"
    assert stands("2024-12-31", *entries, intended=True).name == "Amt"
    assert how("2025-01-01", *entries, intended=True) is None


def test_after_a_planned_end_only_a_planned_new_life_follows() -> None:
    entries = (OPENING, planned("2025-01-01", ended="left"), planned("2026-01-01", name="Wieder", parent="none"))
    assert how("2025-06-01", *entries, intended=True) is None
    found = stands("2026-01-01", *entries, intended=True)
    assert (found.name, found.status, found.text("kind")) == ("Wieder", Status.PLANNED, None)


def test_what_was_planned_for_an_earlier_life_is_over() -> None:
    entries = (
        planned("2010-01-01", name="Früher", code="50"),
        planned("2012-01-01", ended="left"),
        OPENING,
    )
    found = stands("2024-01-01", *entries, intended=True)
    assert (found.name, found.code) == ("Amt", None)


@pytest.mark.parametrize("status", [Status.PLANNED, Status.PROPOSED])
def test_what_is_only_intended_stands_with_its_status(status: Status) -> None:
    only = OPENING | {"status": str(status), "parent": "unknown"}
    assert how("2024-03-01", only) is None
    found = stands("2024-03-01", only, intended=True)
    assert found.status is status
    assert found.certainty is Certainty.UNKNOWN
    assert how("2019-12-31", only, intended=True) is None


def test_what_is_planned_to_be_unknown_is_unknown() -> None:
    found = stands("2025-01-01", OPENING, planned("2025-01-01", parent="unknown"), intended=True)
    assert found.certainty is Certainty.UNKNOWN


def test_what_was_not_created_stands_on_no_day() -> None:
    refused = OPENING | {"status": "not_created"}
    assert how("2024-03-01", refused) is None
    assert how("2024-03-01", refused, intended=True) is None
