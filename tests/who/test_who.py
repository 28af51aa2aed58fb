"""Who is responsible for a topic on a day, since when, on what basis, and who before and after."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from orgreg.formats.json import who as json
from orgreg.formats.text import who as text
from orgreg.query.responsibility import By, Who, who
from tests.registers import base, over_base
from tests.show.goldens import shipped
from tests.show.small import register

if TYPE_CHECKING:
    from orgreg.model.registry import Registry
    from orgreg.query.responsibility import Neighbour

OVER = """\
timeline:
  - {from: 2000-01-01, name: Oberamt, kind: Fachbereich, parent: stadtverwaltung, sources: [{paper: beschluss}]}
"""
OLD = """\
timeline:
  - {from: 2000-01-01, name: Altes Amt, kind: Referat, parent: unknown, sources: [{paper: beschluss}]}
  - {from: 2005-01-01, parent: oberamt, sources: [{paper: beschluss}]}
  - {from: 2010-01-01, ended: absorbed, into: [neu], sources: [{paper: beschluss}]}
tasks:
  strom:
    - {from: 2000-01-01, text: Strom und Gas, topics: [energie], sources: [{paper: beschluss}]}
"""
NEW = """\
timeline:
  - from: 2010-01-01
    name: Neues Amt
    kind: Referat
    parent: oberamt
    decided_by: beschluss
    sources: [{paper: beschluss}]
  - {from: 2016-01-01, staff_of: oberamt, sources: [{paper: beschluss}]}
  - {from: 2018-01-01, parent: stadtverwaltung, status: planned, sources: [{paper: beschluss}]}
tasks:
  energie:
    - {from: 2010-01-01, topics: [energie], sources: [{paper: beschluss}]}
    - {from: 2014-01-01, ended: transferred, into: [werk], sources: [{paper: beschluss}]}
  licht:
    - {from: 2012-01-01, text: Licht, topics: none, sources: [{paper: beschluss}]}
"""
WORKS = """\
timeline:
  - {from: 2012-01-01, name: Energiewerk, kind: Referat, parent: verloren, sources: [{paper: beschluss}]}
tasks:
  wind:
    - {from: 2012-01-01, text: Wind, topics: [wind], sources: [{paper: beschluss}]}
  energie:
    - {from: 2014-01-01, text: Energie, topics: [energie], sources: [{paper: beschluss}]}
    - {from: 2030-01-01, text: Energie, topics: [energie], sources: [{paper: beschluss}]}
  rest:
    - {from: 2014-01-01, text: Rest, topics: [rest], out_of: [neu], sources: [{paper: beschluss}]}
"""


def city(**files: str) -> Registry:
    registry_ = base()["data/registry.yaml"].decode()
    topics = "    topics:\n      energie: [Versorgung, Energiewende]\n      wind: []\n      leer: []\n"
    written = registry_.replace("    numbers:\n", topics + "    numbers:\n", 1)
    from orgreg.load import load

    laid = {f"data/units/bs/{name}.yaml": content for name, content in files.items()}
    loaded = load(over_base({"data/registry.yaml": written, **laid}))
    assert [finding.message for finding in loaded.findings] == []
    return loaded.registry


@pytest.fixture(scope="module")
def registry() -> Registry:
    return city(oberamt=OVER, alt=OLD, neu=NEW, werk=WORKS)


def answer(registry: Registry, asked: str, day: str, municipality: str | None = None) -> Who:
    return who(registry, asked, date.fromisoformat(day), municipality=municipality)


def told(one: Who) -> str:
    return "\n".join(map(str, text.who(one)))


def near(found: tuple[Neighbour, ...]) -> list[tuple[str, str | None, str, bool]]:
    return [
        (one.standing.name, None if one.above is None else one.above.name, one.day.isoformat(), one.succession is None)
        for one in found
    ]


@pytest.mark.parametrize(
    ("day", "unit", "line", "before", "after"),
    [
        ("2016-03-31", "Büro für Migrationsfragen", ["0500", "V"], [], ["50.21"]),
        ("2017-05-01", "50.21 Büro für Migrationsfragen", ["50.2", "50"], [None], ["0500.10"]),
        ("2024-02-29", "50.21 Büro für Migrationsfragen", ["50.2", "50"], [None], ["0500.10"]),
        ("2024-03-01", "0500.10 Integration, Vielfalt und Demokratie", ["0500", "V"], ["50.21"], []),
    ],
)
def test_migration_in_braunschweig(
    day: str, unit: str, line: list[str], before: list[str | None], after: list[str | None]
) -> None:
    [one] = answer(shipped(), "migration", day).responsible
    assert one.standing.label == unit
    assert [above.code for above in one.line] == line
    assert [each.standing.code for each in one.before] == before
    assert [each.standing.code for each in one.after] == after
    assert one.decisions == ()


def test_a_task_that_ends_with_its_unit_goes_on_in_what_absorbed_it(registry: Registry) -> None:
    [one] = answer(registry, "energie", "2009-12-31").responsible
    assert (one.standing.name, one.until) == ("Altes Amt", date(2009, 12, 31))
    assert near(one.before) == [("Altes Amt", None, "2004-12-31", True)]
    assert near(one.after) == [("Neues Amt", "Oberamt", "2010-01-01", False)]
    assert not one.is_whole or one.line


def test_the_unit_itself_is_told_where_it_only_moves(registry: Registry) -> None:
    [one] = answer(registry, "energie", "2004-12-31").responsible
    assert (one.line, one.is_whole, one.before) == ((), False, ())
    assert near(one.after) == [("Altes Amt", "Oberamt", "2005-01-01", True)]
    assert "  line         parent not recorded" in told(answer(registry, "energie", "2004-12-31"))


def test_what_was_absorbed_was_responsible_before(registry: Registry) -> None:
    [one] = answer(registry, "Energie", "2013-12-31").responsible
    assert one.standing.name == "Neues Amt"
    assert near(one.before) == [("Altes Amt", "Oberamt", "2009-12-31", False)]
    assert near(one.after) == [("Energiewerk", None, "2014-01-01", False)]
    assert one.decisions == ("bs/beschluss",)
    shown = told(answer(registry, "Energie", "2013-12-31"))
    assert "basis        decided by Beschluss" in shown
    assert "  task         energie   #energie" in shown


def test_a_task_that_was_handed_over_was_elsewhere_before(registry: Registry) -> None:
    [one] = answer(registry, "energie", "2020-01-01").responsible
    assert (one.standing.name, one.is_whole) == ("Energiewerk", False)
    assert near(one.before) == [("Neues Amt", "Oberamt", "2013-12-31", False)]
    assert near(one.after) == []


def test_what_only_came_out_of_a_unit_brought_other_topics(registry: Registry) -> None:
    [one] = answer(registry, "rest", "2020-01-01").responsible
    assert near(one.before) == [("Neues Amt", "Oberamt", "2013-12-31", False)]
    [one] = answer(registry, "wind", "2013-01-01").responsible
    assert near(one.before) == []


@pytest.mark.parametrize("asked", ["energie", "ENERGIE", "Versorgung", "bs:Energie", "  energie ", "versorg"])
def test_a_topic_answers_to_its_synonyms_and_parts(registry: Registry, asked: str) -> None:
    found = answer(registry, asked, "2013-12-31")
    assert [one.standing.name for one in found.responsible] == ["Neues Amt"]
    assert [(topic.municipality, topic.name) for topic in found.topics] == [("bs", "energie")]


def test_names_and_texts_are_weaker_and_told_apart(registry: Registry) -> None:
    found = answer(registry, "energie", "2013-12-31")
    assert [(one.standing.name, one.by, one.task) for one in found.named] == [("Energiewerk", By.NAME, None)]
    assert found.named[0].sources == ()
    gas = answer(registry, "gas", "2001-01-01")
    assert [(one.standing.name, one.by) for one in gas.named] == [("Altes Amt", By.TASK)]
    assert "Nobody is recorded as responsible on 2001-01-01." in told(gas)
    assert "  Altes Amt (alt): Strom und Gas   by the text of a task, Referat, Stadt Braunschweig" in told(gas)
    assert json.who(found)["named"][0]["task"] is None


def test_a_short_word_is_no_part_of_another(registry: Registry) -> None:
    assert not answer(registry, "ga", "2001-01-01").known


def test_what_is_planned_stands_apart() -> None:
    planned = NEW.replace("{from: 2010-01-01, topics", "{from: 2010-01-01, status: planned, topics").replace(
        "{from: 2014-01-01, ended", "{from: 2014-01-01, status: planned, ended"
    )
    moved = city(oberamt=OVER, neu=planned, werk=WORKS)
    found = answer(moved, "energie", "2013-01-01")
    assert [one.standing.name for one in found.planned] == ["Neues Amt"]
    assert found.responsible == ()
    assert near(found.first) == [("Energiewerk", None, "2014-01-01", True)]
    assert "  task         energie   #energie   (planned)" in told(found)
    intended = city(amt=OLD.replace("from:", "status: planned, from:"))
    [one] = answer(intended, "energie", "2003-01-01").planned
    assert (one.before, one.after) == ((), ())
    assert answer(intended, "energie", "2003-01-01").planned[0].standing.name == "Altes Amt"


def test_who_was_last_is_told_where_nobody_is() -> None:
    gone = city(oberamt=OVER, alt=OLD.replace(", into: [neu]", ""))
    found = answer(gone, "energie", "2015-01-01")
    assert near(found.last) == [("Altes Amt", "Oberamt", "2009-12-31", True)]
    assert "  last before  Altes Amt, in Oberamt, until 2009-12-31" in told(found)
    assert near(answer(gone, "energie", "1999-01-01").first) == [("Altes Amt", None, "2000-01-01", True)]
    lost = city(alt=OLD)
    [one] = answer(lost, "energie", "2009-01-01").responsible
    assert one.after == ()


def test_a_topic_without_a_task_is_known_and_nobody_answers(registry: Registry) -> None:
    found = answer(registry, "leer", "2013-01-01")
    assert found.known
    assert (found.responsible, found.last, found.first) == ((), (), ())


def test_an_unknown_topic_suggests_near_ones(registry: Registry) -> None:
    found = answer(registry, "enrgie", "2013-01-01")
    assert not found.known
    assert found.near[0] == "energie"
    assert text.nothing(found).startswith("no topic, unit or task is recorded under enrgie. Did you mean energie")
    assert text.nothing(answer(registry, "xyzzy", "2013-01-01")).endswith("under xyzzy")
    assert answer(registry, "energie", "2013-01-01", "bux").known is False


def test_a_line_that_leads_back_to_itself_ends() -> None:
    one = OVER.replace("stadtverwaltung", "zwei")
    two = OVER.replace("Oberamt", "Zwei").replace("stadtverwaltung", "oberamt")
    tasks = "tasks:\n  strom:\n    - {from: 2000-01-01, text: Strom, topics: [energie], sources: none}\n"
    ring = city(oberamt=one, zwei=two + tasks)
    [found] = answer(ring, "energie", "2013-01-01").responsible
    assert ([above.name for above in found.line], found.is_whole) == (["Oberamt"], False)


def test_a_unit_right_below_the_administration_says_so_and_one_above_all_too() -> None:
    tasks = "tasks:\n  strom:\n    - {from: 2000-01-01, text: Strom, topics: [energie], sources: none}\n"
    found = answer(city(oberamt=OVER + tasks), "energie", "2013-01-01")
    assert "  line         directly under the administration" in told(found)
    root = answer(city(oberamt=OVER.replace("stadtverwaltung", "none") + tasks), "energie", "2013-01-01")
    assert (root.responsible[0].line, root.responsible[0].is_whole) == ((), True)
    homeless = OVER.replace(", parent: stadtverwaltung", "")
    assert answer(city(oberamt=homeless + tasks), "energie", "2013-01-01").responsible[0].place is None
    assert "there" not in told(answer(city(oberamt=homeless + tasks), "energie", "2013-01-01"))


def test_a_city_that_no_vocabulary_knows_is_named_by_its_folder() -> None:
    tasks = "tasks:\n  strom:\n    - {from: 2000-01-01, text: Strom, topics: [energie], sources: none}\n"
    from orgreg.load import load

    loaded = load(over_base({"data/units/xx/amt.yaml": OVER.replace("stadtverwaltung", "unknown") + tasks}))
    found = answer(loaded.registry, "energie", "2013-01-01")
    assert "  Fachbereich, xx   xx/amt" in told(found)


def test_every_reason_is_told_once() -> None:
    assert register().units  # the base
    shown = told(answer(shipped(), "migration", "2016-03-31"))
    assert "  certainty    inferred\n               task inferred: not attested before" in shown
    assert "               code unknown: no source gives it" in shown
