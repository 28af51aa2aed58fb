"""The tables of what there is on a day: units, posts, bodies, contacts, papers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from orgreg.load import load
from orgreg.query.listing import bodies, contacts, papers, posts, units
from tests.registers import over_base
from tests.show.goldens import shipped
from tests.show.small import paper, register

if TYPE_CHECKING:
    from orgreg.query.table import Cell, Table

AMT = """\
timeline:
  - {from: 2010-01-01, name: Amt, kind: Referat, staff_of: sozialreferat, sources: [{paper: beschluss}]}
  - {from: 2012-01-01, contact: {visit: Platz 1, phone: "123"}, sources: [{paper: beschluss, attests: 2013-01-01}]}
posts:
  kasse:
    - {from: 2010-01-01, head: false, holder: Frau Ober, sources: [{paper: beschluss}]}
  pforte:
    - {from: 2010-01-01, title: Pforte, sources: [{paper: beschluss}]}
  leitung:
    - {from: 2010-01-01, title: Leitung, head: true, holder: vacant, sources: [{paper: beschluss}]}
    - {from: 2015-01-01, holder: unknown, sources: [{paper: beschluss}]}
"""
BODY = """\
timeline:
  - from: 2010-01-01
    name: Beirat
    kind: Beirat
    parent: unknown
    secretariat: sozialreferat
    members: [sozialreferat, {rule: alle}]
    also:
      - {secretariat: stadtverwaltung, sources: [{paper: beschluss}]}
      - {secretariat: unknown, sources: [{paper: beschluss}]}
      - {name: Rat, sources: [{paper: beschluss}]}
    sources: [{paper: beschluss}]
  - {from: 2012-01-01, secretariat: none, members: unknown, sources: [{paper: beschluss}]}
  - {from: 2013-01-01, secretariat: verloren, sources: [{paper: beschluss}]}
"""
LOST = """\
timeline:
  - {from: 2010-01-01, name: Amt, kind: Amt, sources: [{paper: beschluss}]}
"""


def column(table: Table, name: str) -> list[Cell]:
    place = [one.name for one in table.columns].index(name)
    return [row[place] for row in table.rows]


def rows(table: Table) -> list[dict[str, Cell]]:
    names = [one.name for one in table.columns]
    return [dict(zip(names, cells, strict=True)) for cells in table.rows]


def row(table: Table, reference: str) -> dict[str, Cell]:
    return next(one for one in rows(table) if one["reference"] == reference)


def on(day: str) -> date:
    return date.fromisoformat(day)


def test_units_stand_without_bodies_and_say_under_what() -> None:
    made = units(register(amt=AMT, beirat=BODY), on("2020-01-01"))
    assert column(made, "reference") == ["bs/sozialreferat", "bs/stadtverwaltung", "bs/amt"]
    assert column(made, "parent") == ["Stadt Braunschweig", None, "0500 Sozialreferat"]
    assert row(units(shipped(), on("2024-03-01")), "bs/soziales-und-gesundheit")["parent"] == "not recorded"


def test_a_city_that_no_vocabulary_knows_is_named_by_its_folder() -> None:
    registry = load(over_base({"data/units/xx/amt.yaml": LOST})).registry
    assert row(units(registry, on("2020-01-01")), "xx/amt")["municipality"] == "xx"
    assert row(units(registry, on("2020-01-01")), "xx/amt")["parent"] is None


@pytest.mark.parametrize(
    ("post", "day", "told"),
    [
        ("kasse", "2014-01-01", ("filled", "Frau Ober", None, "kasse")),
        ("pforte", "2014-01-01", ("not recorded", None, None, "Pforte")),
        ("leitung", "2014-01-01", ("vacant", None, "head", "Leitung")),
        ("leitung", "2015-01-01", ("unnamed", None, "head", "Leitung")),
    ],
)
def test_posts_are_vacant_filled_or_unnamed(post: str, day: str, told: tuple[Cell, ...]) -> None:
    found = row(posts(register(amt=AMT), on(day)), f"bs/amt#{post}")
    assert (found["state"], found["holder"], found["head"], found["title"]) == told


@pytest.mark.parametrize(
    ("day", "secretariat", "otherwise", "members"),
    [
        ("2010-01-01", "0500 Sozialreferat", ("Stadt Braunschweig",), ("0500 Sozialreferat", "„alle“")),
        ("2012-01-01", "none", None, None),
        ("2013-01-01", "bs/verloren", None, None),
    ],
)
def test_bodies_stand_with_their_secretariat(day: str, secretariat: str, otherwise: Cell, members: Cell) -> None:
    told = row(bodies(register(beirat=BODY), on(day)), "bs/beirat")
    assert (told["secretariat"], told["otherwise"], told["members"]) == (secretariat, otherwise, members)


def test_a_body_is_as_certain_as_its_name_its_secretariat_and_its_members() -> None:
    told = row(bodies(register(beirat=BODY), on("2010-01-01")), "bs/beirat")
    assert told["certainty"] == "disputed"
    assert told["because"] == (
        "name disputed: beschluss says Rat",
        "secretariat disputed: beschluss says bs/stadtverwaltung; beschluss says unknown",
    )
    told = row(bodies(register(beirat=BODY), on("2012-01-01")), "bs/beirat")
    assert told["certainty"] == "unknown"
    assert told["because"] == ("name disputed: beschluss says Rat", "members unknown: no source gives it")


@pytest.mark.parametrize(
    ("day", "secretariat", "certainty"),
    [("2024-02-29", "not recorded", "unknown"), ("2024-03-01", "0500 Sozialreferat", "inferred")],
)
def test_the_secretariat_of_the_ausschuss_changes_hands(day: str, secretariat: str, certainty: str) -> None:
    told = row(bodies(shipped(), on(day)), "bs/ausschuss-fuer-vielfalt-und-integration")
    assert (told["secretariat"], told["certainty"]) == (secretariat, certainty)


def test_a_body_of_which_nothing_is_said_has_no_secretariat_recorded() -> None:
    told = row(bodies(shipped(), on("2024-03-01")), "bs/rat")
    assert (told["secretariat"], told["since"], told["certainty"]) == ("not recorded", None, "unknown")


def test_a_contact_is_marked_on_a_day_of_which_its_source_does_not_speak() -> None:
    registry = register(amt=AMT)
    assert column(contacts(registry, on("2012-06-01")), "where") == ["Platz 1", "123"]
    assert column(contacts(registry, on("2012-06-01")), "because") == [None, None]
    assert (
        column(contacts(registry, on("2014-01-01")), "because") == ["its sources speak of 2012-01-01 to 2013-01-01"] * 2
    )
    assert column(contacts(registry, on("2014-01-01")), "certainty") == ["inferred"] * 2
    assert contacts(registry, on("2011-01-01")).rows == ()


def test_papers_say_who_answered_and_what_is_open() -> None:
    asked = paper("2020-01-01", kind="Anfrage")
    answer = paper("2020-01", kind="Stellungnahme").replace("author", "relations: {answers: [frage]}\nauthor")
    files = {"decisions_frage": asked, "decisions_antwort": answer}
    files["decisions_offen"] = paper("..2020-01-05", kind="Anfrage", title="unknown").replace(
        "author: unknown", "author: [sozialreferat]\naka: [Titel]"
    )
    files["decisions_undatiert"] = paper("unknown", kind="unknown", title="unknown").replace(
        "sources", "also: [{number: '1', sources: none}, {title: Anders, sources: none}]\nsources"
    )
    files["decisions_leer"] = paper("unknown", kind="Anfrage", title="unknown")
    registry = register(**files)
    made = papers(registry, on("2020-03-01"))
    assert column(made, "reference") == [
        "bs/leer", "bs/undatiert", "bs/beschluss", "bs/antwort", "bs/frage", "bs/offen"
    ] or column(made, "reference")[-3:] == ["bs/antwort", "bs/frage", "bs/offen"]  # fmt: skip
    told = row(made, "bs/frage")
    assert (told["answered_on"], told["days"], told["open_days"]) == ("2020-01", "0..30", None)
    assert told["answered_by"] == ("bs/antwort",)
    told = row(made, "bs/offen")
    assert (told["open_days"], told["title"], told["author"]) == ("56..", "Titel", ("0500 Sozialreferat",))
    assert row(made, "bs/undatiert")["title"] == "Anders"
    assert (row(made, "bs/leer")["title"], row(made, "bs/leer")["open_days"]) == (None, None)
    before = papers(registry, on("2020-01-01"))
    assert "bs/offen" not in column(before, "reference")
    earlier = row(papers(registry, on("2020-01-02")), "bs/frage")
    assert earlier["answered_on"] == "2020-01"


def test_papers_say_what_is_not_simply_stated_of_them() -> None:
    known = paper("2020-01-01").replace("number: unknown", "number: none").replace(": unknown", ": [sozialreferat]")
    also = "also: [{title: Anders, sources: [{paper: beschluss}]}]\n"
    inferred = "inferred: {date: read from the file}\n"
    registry = register(
        decisions_klar=known,
        decisions_anders=known.replace("sources", f"{also}sources"),
        decisions_gelesen=known.replace("sources", f"{inferred}sources"),
        decisions_offen=paper("unknown", title="unknown").replace("sources", f"{also}{inferred}sources"),
    )
    made = papers(registry, on("2021-01-01"))
    told = {str(one["reference"]): (one["certainty"], one["because"]) for one in rows(made)}
    assert told["bs/klar"] == ("stated", None)
    assert told["bs/anders"] == ("disputed", ("title disputed: beschluss says Anders",))
    assert told["bs/gelesen"] == ("inferred", ("date inferred: read from the file",))
    assert told["bs/offen"] == (
        "unknown",
        (
            "date unknown: read from the file",
            "number unknown: no source gives it",
            "title unknown: beschluss says Anders",
        ),
    )


def test_an_answer_after_the_day_leaves_it_open() -> None:
    answer = paper("2020-02-01", kind="Stellungnahme").replace("author", "relations: {answers: [frage]}\nauthor")
    registry = register(decisions_frage=paper("2020-01-01", kind="Anfrage"), decisions_antwort=answer)
    told = row(papers(registry, on("2020-01-11")), "bs/frage")
    assert (told["answered_by"], told["open_days"]) == (None, "10")
