"""What is refused: each with the reason and a way out."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from orgreg.change.orders import Office, propose
from orgreg.change.proposal import Objection, Proposal
from orgreg.load import load
from tests.change.small import REGISTRY, SMALL, TODAY, asked, attempt, done, ordered, unit
from tests.strategies import memory

if TYPE_CHECKING:
    from orgreg.change.orders import Order

UNIT = {"name": "X", "kind": "Stelle", "parent": "referat"}

REFUSED: list[tuple[Order, str, str]] = [
    # no order at all
    (ordered("rename", "buero"), "rename is no change", "write one of: create"),
    (ordered("set", "buero", "name"), "set does not fit its words: buero name", "REF ATTRIBUTE VALUE"),
    (ordered("split", "buero", "stab"), "split does not fit its words", "UNIT INTO"),
    (ordered("set", "buero", "name", "X", under="stab"), "set takes no under", "leave it out"),
    (ordered("move", "buero", "stab", given={"a": "b"}), "move takes no with", "leave it out"),
    (ordered("move", "buero"), "move wants one unit and one target", "move UNIT TARGET"),
    (ordered("move", "buero", "stab", into="planung"), "move wants one unit", "--into UNIT"),
    # what it stands on
    (ordered("set", "buero", "name", "X", date="neulich"), "neulich", ""),
    (ordered("set", "buero", "name", "X", quote="so"), "a quote stands in a paper", "--source"),
    (ordered("create", "unit", "bs/x", given=UNIT, quote="so"), "a quote stands in a paper", "--source"),
    (ordered("set", "buero", "name", "X", by="24-12345"), "no paper is recorded as 24-12345", "number=24-12345"),
    (ordered("set", "buero", "name", "X", source="Ein Brief"), "no paper is recorded as Ein Brief", "title=Ein Brief"),
    (ordered("set", "buero", "name", "X", source=" "), "that is no name", "orgreg find"),
    (ordered("set", "buero", "name", "X", source="n"), "n names several papers", "name one of them"),
    # steps
    (
        ordered("create", "step", "aktionsplan#s", given={"title": "S", "depends_on": "bericht, umfrage"}),
        "aktionsplan has no step umfrage",
        "plan#step",
    ),
    (
        ordered("create", "step", "aktionsplan#s", given={"title": "S", "depends_on": "nosuch#bericht"}),
        "nothing is recorded under nosuch",
        "",
    ),
    (ordered("create", "step", "aktionsplan#s", given={"title": "S", "depends_on": " "}), "has no value", "write it"),
    (
        ordered("create", "step", "aktionsplan#s", given={"title": "S", "depends_on": "none", "modality": "fixed"}),
        "only a due day has a modality",
        "",
    ),
    # names
    (ordered("move", "igration", "stab"), "igration names several: bs/", "name one of them"),
    (ordered("move", "buro-x", "stab"), "nothing is recorded under buro-x", "did you mean"),
    (ordered("move", "qqqqqqqq", "stab"), "nothing is recorded under qqqqqqqq", "orgreg find"),
    (ordered("move", "buero", "qqqqqqqq"), "nothing is recorded under qqqqqqqq", "orgreg find"),
    (ordered("move", "buero", "stab", children_to="qqqq"), "nothing is recorded under qqqq", ""),
    (ordered("set", "qqqqqqqq", "name", "X"), "nothing is recorded under qqqqqqqq", ""),
    (ordered("correct", "qqqqqqqq", "name", "X"), "nothing is recorded under qqqqqqqq", ""),
    (ordered("merge", "qqqqqqqq", "buero"), "nothing is recorded under qqqqqqqq", ""),
    (ordered("merge", "buero", "stab", children_to="qqqq"), "nothing is recorded under qqqq", ""),
    (ordered("split", "qqqqqqqq", "buero", "stab"), "nothing is recorded under qqqqqqqq", ""),
    (ordered("split", "buero", "stab", "planung", tasks_to="qqqq"), "nothing is recorded under qqqq", ""),
    (ordered("dissolve", "qqqqqqqq"), "nothing is recorded under qqqqqqqq", ""),
    (ordered("dissolve", "buero", posts_to="qqqq"), "nothing is recorded under qqqq", ""),
    (ordered("transfer", "qqqqqqqq#asyl", "stab"), "nothing is recorded under qqqqqqqq", ""),
    (ordered("transfer", "buero#asyl", "qqqqqqqq"), "nothing is recorded under qqqqqqqq", ""),
    (ordered("transfer", "buero", "stab"), "buero is a whole unit", "UNIT#slug"),
    # move
    (ordered("move", "referat", "planung", into="planung"), "move wants one unit", ""),
    (ordered("move", "referat", under="planung"), "planung stands under referat (planung under referat)", "first"),
    (ordered("move", "dezernat", under="planung"), "(planung under referat under dezernat)", "move that one out"),
    (ordered("move", "referat", under="referat"), "referat cannot stand under itself", "another unit"),
    (ordered("move", "referat", into="referat"), "referat cannot go into itself", "another unit"),
    (
        ordered("move", "alt", "planung"),
        "alt does not live on 2024-03-01; its last day was 2021-12-31",
        "until 2021-12",
    ),
    (ordered("move", "planung", "alt"), "alt does not live on 2024-03-01", "--date until"),
    (ordered("move", "alt", under="referat"), "alt does not live", "--date until"),
    (ordered("move", "planung", under="alt"), "alt does not live", "--date until"),
    (ordered("move", "alt", "0500.33"), "alt does not live", "--date until"),
    (ordered("move", "neu", "planung"), "neu does not live on 2024-03-01; its first day is 2030-01-01", "from 2030"),
    (ordered("move", "plan", "planung"), "plan is not in force on 2024-03-01", "orgreg show bs/plan --planned"),
    (ordered("move", "buero", "vhs"), "units of different municipalities", "create it in bux"),
    (ordered("move", "buero", under="vhs"), "units of different municipalities", "create it in bux"),
    (ordered("move", "buero", "0500.80"), "0500.80 is borne by neu from 2030-01-01", "another code first"),
    (ordered("move", "stab", "0500.33"), "0500.33 names no unit, and is no code of a Stabsstelle", "registry.yaml"),
    (ordered("move", "buero", "0400.33"), "0400.33 belongs under 0400, which nobody bears", "create the unit with"),
    (
        ordered("move", "abteilung", into="referat"),
        "abteilung still has children: buero",
        "--children-to UNIT, or move",
    ),
    (ordered("move", "abteilung", into="referat", children_to="buero"), "buero cannot stand under itself", ""),
    (ordered("move", "abteilung", "referat", children_to="stab"), "goes along with it", "leave --children-to out"),
    (ordered("move", "buero", "0500.33", children_to="stab"), "goes along with it", "leave --children-to out"),
    (ordered("move", "buero", "planung", date="2019-01-01"), "buero does not live on 2019-01-01", "from 2020-01-01"),
    # ends
    (ordered("dissolve", "abteilung"), "abteilung still has children: buero", "--children-to UNIT, or move them first"),
    (ordered("dissolve", "abteilung", children_to="none"), "nothing is recorded under none", ""),
    (ordered("dissolve", "buero"), "buero still has tasks: asyl", "--tasks-to UNIT, or --tasks-to none"),
    (ordered("dissolve", "buero", tasks_to="none"), "buero still has posts: leitung", "--posts-to none"),
    (ordered("dissolve", "buero", tasks_to="buero", posts_to="none"), "buero cannot go into itself", ""),
    (ordered("dissolve", "buero", tasks_to="alt", posts_to="none"), "alt does not live", ""),
    (ordered("dissolve", "buero", tasks_to="vhs", posts_to="none"), "different municipalities", ""),
    (ordered("split", "buero", "stab", "planung"), "buero still has tasks: asyl", "--tasks-to"),
    (ordered("split", "buero", "stab", "buero"), "buero cannot go into itself", ""),
    (ordered("merge", "buero", "stab", "buero"), "buero cannot go into itself", ""),
    (ordered("merge", "buero", "alt"), "alt does not live", ""),
    (ordered("merge", "abteilung", "referat"), "abteilung still has children: buero", ""),
    (ordered("merge", "alt", "referat"), "alt does not live", ""),
    # parts
    (ordered("transfer", "ende#asyl", "stab"), "ende#asyl is not there on 2024-03-01", "orgreg show bs/ende#asyl"),
    (ordered("transfer", "buero#asyl", "buero"), "buero cannot go into itself", ""),
    (ordered("transfer", "buero#asyl", "alt"), "alt does not live", ""),
    (ordered("transfer", "buero#asyl", "vhs"), "different municipalities", ""),
    (ordered("transfer", "buero#fehlt", "stab"), "bs/buero has no post or task fehlt", "did you mean"),
    # set
    (ordered("set", "buero", "farbe", "rot"), "farbe cannot be set here", "name one of: "),
    (ordered("set", "19-10000", "title", "X"), "19-10000 is a paper, and what it says does not", "orgreg correct 19-1"),
    (ordered("set", "buero", "name", " "), "name has no value", "unknown, or none"),
    (ordered("set", "buero", "staff", "viele"), "viele is no whole number", "staff 3"),
    (ordered("set", "buero#leitung", "head", "ja"), "ja is neither true nor false", "write true or false"),
    (ordered("set", "aktionsplan#bericht", "due", "bald"), "„bald“ names no year", "Ende der Sommerferien 2025"),
    (ordered("set", "aktionsplan#bericht", "due", "ab März 2025"), "is not understood as a day", "2025-36 (the fourth"),
    (ordered("set", "aktionsplan#bericht", "due", "2025-02-30"), "2025-02-30 does not exist", "correct the day"),
    (ordered("set", "aktionsplan#bericht", "due", " "), "due has no value", "unknown, or none"),
    (
        ordered("set", "aktionsplan#bericht", "due", "Ende der Sommerferien 2025"),
        "when Sommerferien are depends on the Land, and none is recorded",
        "add land: to the municipality in data/registry.yaml",
    ),
    (
        ordered("set", "aktionsplan#bericht", "due", "2025", modality="hard"),
        "hard is no modality",
        "fixed, target, exp",
    ),
    (ordered("set", "aktionsplan#bericht", "due", "none", modality="fixed"), "only a due day has a modality", "leave"),
    (ordered("set", "aktionsplan#bericht", "title", "T", modality="fixed"), "only a due day has a modality", "leave"),
    (ordered("move", "buero", "stab", modality="fixed"), "move takes no modality", "leave it out"),
    (ordered("set", "buero", "contact", "Platz 1"), "„Platz 1“ does not say how the unit is reached", '"phone: '),
    (ordered("set", "buero", "contact", "phone: ; visit: Platz 1"), "does not say how the unit is reached", "visit"),
    (ordered("set", "buero", "contact", "x phone: 1"), "does not say how the unit is reached", "visit"),
    (ordered("set", "buero", "contact", "phone: 1; phone: 2"), "one way stands twice in the contact", "once"),
    (ordered("set", "buero", "parent", "igration"), "igration names several", "name one of them"),
    (ordered("set", "buero", "parent", "qqqqqqqq"), "nothing is recorded under qqqqqqqq", "create it first"),
    (ordered("set", "buero", "parent", "buro-x"), "nothing is recorded under buro-x", "did you mean"),
    (ordered("set", "ausschuss", "members", "stab, qqqqqqqq"), "nothing is recorded under qqqqqqqq", ""),
    (ordered("set", "buero", "parent", "alt"), "alt does not live", ""),
    (ordered("set", "abteilung", "staff_of", "buero"), "buero stands under abteilung", ""),
    (ordered("set", "buero", "code", "0500.10"), "0500.10 is borne by planung", ""),
    (ordered("set", "alt", "name", "X"), "alt does not live", ""),
    (ordered("set", "alt", "status", "planned"), "status cannot become planned", "name the source"),
    (ordered("set", "alt", "status", "in force"), "nothing is planned of alt on 2024-03-01", "--planned"),
    (
        ordered("set", "plan", "status", "in force", date="2020-01-01"),
        "was meant to begin on this very day",
        "take the line status: out of data/units/bs/plan.yaml, and name the source that says that it came",
    ),
    (ordered("set", "aktionsplan", "title", "X", date="2022-01-01"), "aktionsplan is not there on 2022-01-01", "show"),
    # create
    (ordered("create", "haus", "bs/x"), "haus cannot be created", "write unit, paper"),
    (ordered("create", "unit", "x", given=UNIT), "x could be of bs or bux", "write bs/x"),
    (ordered("create", "unit", "xx/x", given=UNIT), "xx is no municipality", "name one of: bs, bux"),
    (ordered("create", "unit", "bs/Ü", given=UNIT), "Ü is no slug", "ae"),
    (ordered("create", "unit", "bs/buero", given=UNIT), "bs/buero is there already", "choose another slug"),
    (ordered("create", "unit", "bs/buero"), "bs/buero is there already", ""),
    (ordered("create", "unit", "bs/x", given=UNIT | {"farbe": "rot"}), "farbe cannot be given here", "give some of"),
    (
        ordered("create", "unit", "bs/x", given={"name": "X"}),
        "a unit begins with name, kind, parent",
        "kind=… parent=…",
    ),
    (ordered("create", "unit", "bs/x", given=UNIT | {"code": "0500.10"}), "0500.10 is borne by planung", ""),
    (ordered("create", "unit", "bs/x", given=UNIT | {"code": "0500.80"}), "0500.80 is borne by neu from", ""),
    (ordered("create", "unit", "bs/x", given=UNIT | {"parent": "alt"}), "alt does not live", ""),
    (ordered("create", "unit", "bs/x", given=UNIT | {"parent": "bux:vhs"}), "different municipalities", ""),
    (ordered("create", "unit", "bs/x", given=UNIT | {"parent": "qqqqqqqq"}), "nothing is recorded", ""),
    (ordered("create", "unit", "bs/x", given=UNIT | {"status": "da"}), "da is no status", "planned or proposed"),
    (ordered("create", "task", "buero"), "a task belongs to a unit", "write buero#its-slug"),
    (
        ordered("create", "step", "aktionsplan#s", given={"title": "S", "modality": "fixed"}),
        "only a due day has a modality",
        "say a day",
    ),
    (ordered("create", "step", "aktionsplan#s", given={"title": "S", "due": "bald"}), "„bald“ names no year", "2025"),
    (ordered("create", "task", "buero#x", given={"text": "X", "due": "2025"}), "due cannot be given here", "text"),
    (ordered("create", "step", "aktionsplan"), "a step belongs to a plan", "write aktionsplan#its-slug"),
    (ordered("create", "task", "qqqqqqqq#x"), "nothing is recorded under qqqqqqqq", ""),
    (ordered("create", "task", "buero#Ü", given={"text": "X"}), "Ü is no slug", ""),
    (ordered("create", "task", "buero#x", given={"titel": "X"}), "titel cannot be given here", ""),
    (ordered("create", "task", "buero#x"), "a task begins with its text", "add text=…"),
    (ordered("create", "task", "buero#asyl", given={"text": "X"}), "buero#asyl is there already", ""),
    (ordered("create", "task", "alt#x", given={"text": "X"}), "alt does not live", ""),
    (ordered("create", "step", "aktionsplan#x", given={"title": "X", "due": "bald"}), "bald", ""),
    (ordered("create", "plan", "bs/x"), "a plan begins with its title", "add title=…"),
    (ordered("create", "plan", "bs/x", given={"farbe": "rot"}), "farbe cannot be given here", ""),
    (ordered("create", "plan", "bs/x", given={"title": "X", "mandate": "qq"}), "nothing is recorded under qq", ""),
    (ordered("create", "plan", "bs/aktionsplan", given={"title": "X"}), "bs/aktionsplan is there already", ""),
    (ordered("create", "paper", "bs/x", given={"farbe": "rot"}), "farbe cannot be given here", "author"),
    (ordered("create", "paper", "bs/x", given={"date": "bald"}), "bald", ""),
    (ordered("create", "paper", "bs/x", given={"author": "qqqqqqqq"}), "nothing is recorded under qqqqqqqq", ""),
    (ordered("create", "paper", "bs/19-10000"), "bs/19-10000 is there already", ""),
    # correct
    (ordered("correct", "buero", "name", "X"), "a correction needs its reason", "--because"),
    (ordered("correct", "buero", "farbe", "X", because="x"), "farbe cannot be corrected here", "name one of"),
    (ordered("correct", "19-10000", "links", "X", because="x"), "links cannot be corrected here", "title"),
    (ordered("correct", "19-10000", "title", "X"), "a correction needs its reason", "--because"),
    (ordered("correct", "19-10000", "title", " ", because="x"), "title has no value", "unknown, or none"),
    (ordered("correct", "19-10000", "date", "2019-02-30", because="x"), "2019-02-30 does not exist", "correct the day"),
    (ordered("correct", "19-10000", "author", "qqqqqqqq", because="x"), "nothing is recorded under qqqqqqqq", ""),
    (ordered("correct", "19-10000", "number", "19-1", because="x"), "this would leave an error", "number"),
    (ordered("correct", "19-10000", "number", "23-20000", because="x"), "this would leave an error", ""),
    (ordered("correct", "19-10000", "signed", "X", because="x"), "nothing is recorded as signed of 19-10000", "file"),
    (ordered("correct", "buero", "staff", "X", because="x"), "X is no whole number", ""),
    (
        ordered("correct", "buero", "staff", "3", because="x"),
        "nothing is recorded as staff of buero",
        "… --source PAPER",
    ),
    (ordered("correct", "alt", "name", "X", because="x"), "nothing is recorded as name of alt on 2024", ""),
    # only the register itself would notice
    (ordered("set", "buero", "kind", "Haus"), "this would leave an error", ""),
]


@pytest.mark.parametrize(("order", "reason", "remedy"), REFUSED, ids=str)
def test_it_is_refused_with_the_reason_and_a_way_out(order: Order, reason: str, remedy: str) -> None:
    found = attempt(order)
    assert isinstance(found, Objection)
    assert reason in found.reason
    assert remedy in found.remedy
    assert found.remedy


LATER = {
    **SMALL,
    "data/units/bs/buero.yaml": SMALL["data/units/bs/buero.yaml"].replace(
        "posts:", "    - from: 2025-01-01\n      text: Asyl und mehr\n      sources: none\nposts:"
    ),
    "data/units/bs/abteilung.yaml": SMALL["data/units/bs/abteilung.yaml"]
    + "  - from: 2025-01-01\n    name: Migration und mehr\n    sources: none\n",
}


@pytest.mark.parametrize(
    "order",
    [
        ordered("move", "abteilung", "referat"),
        ordered("move", "abteilung", "02.5"),
        ordered("move", "abteilung", into="referat", children_to="referat"),
        ordered("set", "abteilung", "name", "X"),
        ordered("set", "buero#asyl", "text", "X"),
        ordered("dissolve", "abteilung", children_to="fachbereich"),
        ordered("dissolve", "buero", tasks_to="planung", posts_to="none"),
        ordered("move", "buero", "planung"),
        ordered("transfer", "buero#asyl", "stab"),
        ordered("dissolve", "fachbereich", children_to="dezernat"),
    ],
    ids=str,
)
def test_a_day_before_what_is_recorded_needs_a_reason(order: Order) -> None:
    files = LATER
    if order.words[1:] == ("02.5",):
        files = {**LATER, "data/units/bs/zwei.yaml": unit("Zwei", "Fachbereich", "dezernat", "02")}
    found = attempt(order, files=files)
    assert isinstance(found, Objection)
    assert "has an entry of 2025-01-01, later than 2024-03-01" in found.reason
    assert "--because" in found.remedy


def test_with_a_reason_it_comes_before_what_is_recorded_and_that_is_said() -> None:
    found = attempt(ordered("set", "abteilung", "name", "X", because="found late"), files=LATER)
    assert not isinstance(found, Objection)
    assert "abteilung has an entry of 2025-01-01, which comes after this" in found[1].remarks


@pytest.mark.parametrize(
    "word", ["24-12345", "1664/99", "[DS 24\u201312345-01]", "Ein Brief", "Straße & Öl", "???", "it's"]
)
def test_the_line_that_records_a_missing_paper_is_a_command_that_works(word: str) -> None:
    refused = asked(ordered("set", "buero", "name", "X", source=word))
    assert isinstance(refused, Objection)
    _, _, line = refused.remedy.partition(": ")
    program, verb, *words = shlex.split(line)
    assert (program, verb) == ("orgreg", "create")
    given = dict(one.split("=", 1) for one in words[2:])
    files = done(ordered("create", *words[:2], given=given))
    assert isinstance(asked(ordered("set", "buero", "name", "X", source=word), files), Proposal)


def test_the_line_is_of_the_city_that_is_spoken_of() -> None:
    missing = "Ein Brief"
    by_unit = asked(ordered("set", "vhs", "name", "X", source=missing))
    by_city = asked(ordered("create", "unit", "x", source=missing), city="bux")
    by_identity = asked(ordered("create", "unit", "bux/x", source=missing))
    by_nothing = asked(ordered("create", "unit", "x", source=missing))
    for found, city in ((by_unit, "bux"), (by_city, "bux"), (by_identity, "bux"), (by_nothing, "bs")):
        assert isinstance(found, Objection)
        assert f" {city}/ein-brief " in found.remedy


def test_a_register_without_a_municipality_takes_no_order() -> None:
    found = asked(ordered("set", "buero", "name", "X"), {"data/registry.yaml": "format: 1\nmunicipalities: {}\n"})
    assert isinstance(found, Objection)
    assert "names no municipality" in found.reason


def test_a_unit_whose_city_is_not_in_the_registry_takes_no_code() -> None:
    alone = REGISTRY.partition("  bux:")[0]
    files = {"data/registry.yaml": alone, "data/units/xx/a.yaml": unit("A", "Amt", "none")}
    office = Office(load(memory(files)).registry, None, TODAY)
    found = propose(office, ordered("move", "xx/a", "0500.10"))
    assert isinstance(found, Objection)


def test_a_file_that_cannot_be_read_is_not_written_over() -> None:
    broken = {**SMALL, "data/units/bs/buero.yaml": "timeline: [\n"}
    found = attempt(ordered("create", "unit", "bs/buero", given=UNIT), files=broken)
    assert isinstance(found, Objection)
    assert "is there already" in found.reason


@pytest.mark.parametrize(
    "order",
    [
        ordered("set", "bs/buero", "name", "X"),
        ordered("set", "buero", "name", "X"),
        ordered("move", "stab", "buero"),
        ordered("create", "unit", "bs/neu", given={"name": "Neu", "kind": "Stelle", "parent": "buero"}),
    ],
)
def test_what_cannot_be_read_is_to_be_put_right_first_and_not_to_be_created(order: Order) -> None:
    files: dict[str, str | bytes] = {**SMALL, "data/units/bs/buero.yaml": "timeline: [\n"}
    answer = attempt(order, files=files)
    assert isinstance(answer, Objection)
    assert answer.reason == "the file of bs/buero cannot be read: data/units/bs/buero.yaml"
    assert answer.remedy == "see orgreg check, and put it right first"


def test_a_paper_that_cannot_be_read_is_not_to_be_recorded_again() -> None:
    files: dict[str, str | bytes] = {**SMALL, "data/decisions/bs/19-10000.yaml": "number: [\n"}
    answer = attempt(ordered("set", "stab", "name", "X", source="19-10000"), files=files)
    assert isinstance(answer, Objection)
    assert answer.reason == "the file of bs/19-10000 cannot be read: data/decisions/bs/19-10000.yaml"
    assert answer.remedy == "see orgreg check, and put it right first"
