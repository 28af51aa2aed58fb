"""The life and lineage of a unit: what it bore when, what it came from, what it became."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from orgreg.formats.mermaid.history import history as mermaid
from orgreg.load import load
from orgreg.query.history import Bearing, Role, history
from orgreg.store.working_tree import WorkingTree
from tests.commands import ROOT, run
from tests.show.small import register

if TYPE_CHECKING:
    from orgreg.model.registry import Registry
    from orgreg.query.history import History

DAY = date(2025, 1, 1)
BUERO, STELLE = "bs/buero-fuer-migrationsfragen", "bs/integration-vielfalt-und-demokratie"


@pytest.fixture(scope="module")
def shipped() -> Registry:
    return load(WorkingTree(ROOT)).registry


def of(registry: Registry, identity: str, *, planned: bool = False) -> History:
    return history(registry, registry.units[identity], DAY, planned=planned)


def unit(name: str, *lines: str, since: str = "2010-01-01", ended: str = "", until: str = "2020-01-01") -> str:
    more = "".join(f"    {line}\n" for line in lines)
    end = f"  - from: {until}\n    {ended}\n    $\n" if ended else ""
    first = f"  - from: {since}\n    name: {name}\n    kind: Referat\n    parent: stadtverwaltung\n"
    return f"timeline:\n{first}{more}    $\n{end}"


def roles(one: History) -> list[tuple[str, Role]]:
    return [(stretch.unit.id.removeprefix("bs/"), stretch.role) for stretch in one.stretches]


@pytest.mark.parametrize("word", ["50.21", "buero-fuer-migrationsfragen", "0500.10"])
def test_the_code_the_slug_and_the_successor_lead_into_one_lineage(word: str) -> None:
    outcome = run("history", word, "--date", "2024-02-29" if word == "50.21" else "2024-03-01", "--format", "json")
    answer = json.loads(outcome.out)
    assert {BUERO, STELLE} <= {stretch["id"] for stretch in answer["lineage"]}
    [link] = [one for one in answer["successions"] if (one["older"], one["newer"]) == (BUERO, STELLE)]
    assert (link["verb"], link["since"], link["certainty"]) == ("absorbed", "2024-03-01", "disputed")
    codes = [
        (value["value"], value["since"], value["until"])
        for stretch in answer["lineage"]
        for value in stretch["values"]
        if value["attribute"] == "code" and stretch["id"] in {BUERO, STELLE}
    ]
    assert codes == [
        ("unknown", "unknown", "2016-03-31"),
        ("50.21", "2016-04-01", "2024-02-29"),
        ("0500.10", "2024-03-01", None),
    ]


def test_every_unit_of_the_lineage_has_its_own_stretch(shipped: Registry) -> None:
    one = of(shipped, STELLE)
    stabsstelle = "stabsstelle-vielfalt-zuwanderung-und-demokratie"
    assert roles(one) == [
        ("buero-fuer-migrationsfragen", Role.PREDECESSOR),
        (stabsstelle, Role.PREDECESSOR),
        ("integration-vielfalt-und-demokratie", Role.ITSELF),
    ]
    assert [(bearing.label, str(bearing.since), bearing.until) for bearing in one.stretches[0].bearings] == [
        ("Büro für Migrationsfragen", "unknown", date(2016, 3, 31)),
        ("50.21 Büro für Migrationsfragen", "2016-04-01", date(2024, 2, 29)),
    ]
    assert [one.stretches[0].bearing(day) for day in (date(2016, 3, 31), date(2016, 4, 1), DAY)] == [0, 1, 1]
    assert len(one.successions) == 2
    assert [told.part for told in one.passed] == [f"{STELLE}#migrationsfragen"]
    assert str(Role.ITSELF) == "itself"


def test_what_another_source_says_and_what_is_not_known_does_not_lead_on(shipped: Registry) -> None:
    one = of(shipped, "bs/sozialreferat")
    assert roles(one) == [("sozialreferat", Role.ITSELF)]
    assert [told.rival is not None for told in one.passed] == [True]
    lost = register(alt=unit("Alt", ended="ended: split\n    into: unknown"))
    assert [told.newer for told in of(lost, "bs/alt").passed] == [None]
    assert of(lost, "bs/alt").successions == ()


def test_a_lineage_goes_to_both_ends_and_not_down_its_side_branches() -> None:
    registry = register(
        eins=unit("Eins", ended="ended: absorbed\n    into: [zwei]", until="2012-01-01"),
        zwei=unit("Zwei", ended="ended: split\n    into: [drei, vier]", until="2014-01-01"),
        drei=unit("Drei", ended="ended: merged\n    into: [fünf]".replace("ü", "ue"), since="2014-01-01"),
        vier=unit("Vier", since="2014-01-01"),
        fuenf=unit("Fünf", since="2020-01-01"),
        neben=unit("Neben", ended="ended: merged\n    into: [fuenf]"),
    )
    one = of(registry, "bs/zwei")
    assert roles(one) == [
        ("eins", Role.PREDECESSOR),
        ("zwei", Role.ITSELF),
        ("drei", Role.SUCCESSOR),
        ("vier", Role.SUCCESSOR),
        ("fuenf", Role.SUCCESSOR),
    ]
    assert [(told.older, told.newer) for told in one.successions] == [
        ("bs/eins", "bs/zwei"),
        ("bs/zwei", "bs/drei"),
        ("bs/zwei", "bs/vier"),
        ("bs/drei", "bs/fuenf"),
    ]
    assert {slug for slug, _ in roles(of(registry, "bs/fuenf"))} == {"eins", "zwei", "drei", "fuenf", "neben"}


def test_circles_end_where_they_began() -> None:
    registry = register(
        eins=unit("Eins", ended="ended: absorbed\n    into: [zwei]"),
        zwei=unit("Zwei", "out_of: [eins]", ended="ended: absorbed\n    into: [eins]"),
    )
    assert roles(of(registry, "bs/eins")) == [("eins", Role.ITSELF), ("zwei", Role.PREDECESSOR)][::-1]


def test_a_unit_that_is_only_intended_has_a_history_and_one_that_never_was_too() -> None:
    registry = register(neu=unit("Neu", "status: planned"), nie="timeline: []\n")
    assert [(one.label, one.bearings) for one in of(registry, "bs/neu", planned=True).stretches] == [("Neu", ())]
    assert [(one.label, one.bearings, one.bearing(DAY)) for one in of(registry, "bs/nie").stretches] == [("nie", (), 0)]
    for word, format_ in (("neu", "text"), ("neu", "mermaid")):
        assert run("history", word, "--format", format_).code == 1


def test_names_that_change_on_vague_days_and_back_are_told_once_each() -> None:
    renamed = unit("Eins") + "  - from: 2012\n    name: Zwei\n    $\n  - from: 2012-01-01\n    code: '0600'\n    $\n"
    # A code that becomes unknown is a turn, and nothing that is seen in what the unit is called.
    renamed = (
        renamed.replace("    name: Eins", "    name: Eins\n    code: none")
        + "  - from: 2011-01-01\n    code: unknown\n    $\n"
    )
    again = renamed + "  - from: 2013-01-01\n    name: Zwei\n    staff: 3\n    $\n"
    [stretch] = of(register(eins=again), "bs/eins").stretches
    assert [(bearing.label, str(bearing.since)) for bearing in stretch.bearings] == [
        ("Eins", "2010-01-01"),
        ("0600 Zwei", "2012-01-01"),
    ]
    assert isinstance(stretch.bearings[0], Bearing)


def test_a_diagram_marks_what_is_not_simply_stated_on_the_days_on_which_it_is_so() -> None:
    inferred = "    inferred:\n      code: read from the plan\n    $\n"
    told = unit("Eins") + f"  - from: 2012-01-01\n    name: Zwei\n    code: '0600'\n{inferred}"
    made = [*mermaid(of(register(eins=told + "  - from: 2014-01-01\n    name: Drei\n    $\n"), "bs/eins"))]
    boxes = [line.strip() for line in made if "[" in line]
    assert made[:2] == ["flowchart LR", "  classDef doubtful stroke-dasharray: 4 3"]
    assert boxes == [
        'n1["Eins<br/>2010-01-01 until 2011-12-31"]',
        'n2["0600 Zwei<br/>2012-01-01 until 2013-12-31<br/>code inferred"]:::doubtful',
        'n3["0600 Drei<br/>since 2014-01-01<br/>code inferred"]:::doubtful',
    ]


@pytest.mark.parametrize("format_", ["text", "json", "mermaid"])
@pytest.mark.parametrize("word", ["0500", "präventionsrat", "cdu-fraktion", "praeventionskoordination", "stadtforum"])
def test_the_command_writes_every_format(word: str, format_: str) -> None:
    assert run("history", word, "--format", format_, "--planned").code == 0


def test_what_is_only_planned_is_hinted_at() -> None:
    told = run("history", "bux/praeventionskoordination")
    assert told.code == 0
    assert told.out.endswith("\n  in force on no day\n")
    assert told.err == "orgreg: what is only planned or proposed is not told; --planned tells it\n"
    planned = run("history", "bux/praeventionskoordination", "--planned")
    assert planned.err == ""
    assert "in force on no day" not in planned.out


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("aktionsplan", "aktionsplan names a plan, bs/aktionsplan; see orgreg show bs/aktionsplan"),
        ("25-25182", "25-25182 names a paper, bs/25-25182; see orgreg show bs/25-25182"),
    ],
)
def test_what_is_no_unit_is_told_what_it_is(word: str, told: str) -> None:
    outcome = run("history", word)
    assert (outcome.code, outcome.out, outcome.err) == (1, "", f"orgreg: {told}\n")


def test_a_part_of_a_unit_has_no_history_of_its_own() -> None:
    outcome = run("history", "sozialreferat#referatsleitung")
    assert outcome.code == 1
    assert "orgreg show bs/sozialreferat#referatsleitung" in outcome.err


def certainties(registry: Registry, identity: str, attribute: str) -> list[tuple[str, str]]:
    [stretch] = of(registry, identity).stretches
    return [(str(fact.value), str(fact.certainty)) for fact in stretch.runs if fact.attribute == attribute]


def test_a_stretch_is_as_certain_as_on_its_least_certain_day(shipped: Registry) -> None:
    # In 2020 the tree marks the parent as inferred; that it is stated from 2024 takes nothing from that.
    assert certainties(shipped, "bs/sozialreferat", "parent") == [("bs/dezernat-v", "inferred")]
    assert certainties(shipped, "bs/sozialreferat", "name") == [("Sozialreferat", "stated")]
    told = run("history", "0500").out
    assert "  parent  V Dezernat V   beginning unknown   (inferred)\n" in told
    [values] = [one["values"] for one in json.loads(run("history", "0500", "--format", "json").out)["lineage"]]
    [parent] = [value for value in values if value["attribute"] == "parent"]
    assert parent["certainty"] == "inferred"
    assert parent["because"] == "attested from 1 March 2024 only; no source names an earlier parent or a move"
    assert "  50.21   2016-04-01 until 2024-02-29 [2de, 3b, 4a]   (inferred)" in run("show", "50.21").out


@pytest.mark.parametrize(
    ("lines", "since", "told"),
    [
        # The day that is told is vague or unknown, which says enough.
        ((), "2010", "stated"),
        ((), "2010~", "stated"),
        ((), "2010..", "stated"),
        (("also:", "  - from: 2012-01-01", "    sources: none"), "unknown", "stated"),
        # The day that is told looks certain, and is not.
        (("also:", "  - from: 2012-01-01", "    sources: none"), "2010-01-01", "disputed"),
        (("inferred:", "  from: it seems so"), "2010-01-01", "inferred"),
        (("inferred:", "  name: it seems so"), "2010", "inferred"),
    ],
)
def test_a_beginning_that_is_told_as_vague_makes_no_stretch_uncertain(
    lines: tuple[str, ...], since: str, told: str
) -> None:
    registry = register(eins=unit("Eins", *lines, since=since))
    assert certainties(registry, "bs/eins", "name") == [("Eins", told)]


def test_what_a_later_source_doubts_is_doubted_of_the_whole_stretch_until_it_ends() -> None:
    doubted = "  - from: 2012-01-01\n    name: Eins\n    inferred:\n      name: read from a sign\n    $\n"
    vague = "  - from: 2014~\n    name: Zwei\n    $\n  - from: 2014-06-01\n    name: Drei\n    $\n"
    registry = register(eins=unit("Eins") + doubted + vague)
    # It was over before its vague day had certainly come.
    assert certainties(registry, "bs/eins", "name") == [("Eins", "inferred"), ("Zwei", "inferred"), ("Drei", "stated")]
