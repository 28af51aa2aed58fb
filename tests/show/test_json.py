from __future__ import annotations

import json
from datetime import date
from typing import Any

from orgreg.formats.json import document, unit
from orgreg.formats.text import unit as text
from orgreg.query.portrait import part_portraits, portrait
from tests.show.goldens import shipped
from tests.show.small import register, seen
from tests.show.test_text import AMT, HAUS, HOF

UNIT_KEYS = [
    "format", "id", "municipality", "date", "as_of", "on_day", "away", "values", "tasks", "posts", "relations", "end",
    "predecessors", "successors", "names", "codes", "refused", "withdrawn", "corrections", "attested", "formerly",
    "same_as", "note",
]  # fmt: skip
FACT_KEYS = [
    "attribute", "value", "since", "until", "certainty", "because", "sources", "also", "decided_by", "remarks"
]  # fmt: skip
ENTRY_KEYS = [
    "since", "status", "values", "inferred", "also", "decided_by", "change", "wording", "because", "note", "annulled",
    "sources",
]  # fmt: skip


def read(slug: str, day: str) -> dict[str, Any]:
    registry = register(amt=AMT, haus=HAUS, hof=HOF)
    told: dict[str, Any] = json.loads(document(unit.portrait(seen(registry, slug, day))))
    return told


def test_a_unit_has_the_keys_that_are_documented() -> None:
    told = read("amt", "2013-06-01")
    assert list(told) == UNIT_KEYS
    assert (told["format"], told["id"], told["municipality"], told["date"], told["as_of"]) == (
        "orgreg/unit/1", "bs/amt", "bs", "2013-06-01", None
    )  # fmt: skip
    assert told["on_day"]["name"] == "Amt"
    assert told["away"] is None
    for fact in (*told["values"], *told["names"], *told["codes"]):
        assert list(fact) == FACT_KEYS
    assert list(told["withdrawn"][0]) == ["sort", "part", *ENTRY_KEYS]
    assert told["withdrawn"][0]["annulled"] == {"date": "2015-12-01", "by": "bs/beschluss", "because": "no money"}
    assert list(told["corrections"][0]) == ["date", "of", "was", "because", "sources"]
    assert told["attested"] == {"first": "2010-01-01", "last": "2022-03-15"}
    for key in UNIT_KEYS:
        assert f"`{key}`" in (unit.__doc__ or "")


def test_values_are_what_the_register_says() -> None:
    told = {fact["attribute"]: fact for fact in read("amt", "2013-06-01")["values"]}
    assert told["contact"]["value"] == {"visit": "Platz 1", "phone": "123"}
    assert told["members"]["value"] == [{"rule": "alle"}, "bs/sozialreferat", "bs/verloren"]
    assert (told["name"]["since"], told["name"]["until"]) == ("2010-01-01", "2013-12-31")
    assert told["name"]["decided_by"] == ["bs/beschluss", "bs/verloren"]
    assert told["name"]["remarks"]["change"] == "umbau"
    source = {"paper": "bs/beschluss", "date": "2022-03-15", "quote": None, "attests": None, "note": None}
    assert told["name"]["sources"] == [source]
    assert told["kind"]["also"] == [{"value": "Stelle", "since": None, "because": None, "sources": [source]}]
    assert read("amt", "2015-01-01")["values"][0]["decided_by"] == "none"


def test_an_end_and_what_came_of_it() -> None:
    told = read("amt", "2021-01-01")
    assert (told["on_day"], told["values"], told["tasks"]) == (None, [], [])
    assert (told["away"]["why"], told["away"]["since"]) == ("ended", "2020")
    assert told["away"]["nearest"]["date"] == "2019-12-31"
    assert told["away"]["nearest"]["unit"]["name"] == "Amt am Platz"
    assert (told["end"]["ended"], told["end"]["into"]) == ("split", ["bs/haus", "bs/hof"])
    assert [(one["unit"], one["verb"], one["part"], one["alternative"]) for one in told["successors"]] == [
        ("bs/haus", "transferred", "bs/amt#leitung", False),
        ("bs/haus", "out_of", "bs/haus#post", False),
        ("bs/haus", "out_of", "bs/haus#wache", False),
        ("bs/haus", "split", None, False),
        ("bs/hof", "split", None, False),
        ("bs/sozialreferat", "split", None, True),
    ]
    assert len(told["successors"][3]["also"]) == 2


def test_parts_say_where_they_came_from() -> None:
    told = read("haus", "2021-01-01")
    post, unclear = told["tasks"]
    assert [(one["units"], one["certainty"]) for one in post["out_of"]] == [(["bs/amt"], "inferred")]
    assert [(one["units"], one["certainty"]) for one in unclear["out_of"]] == [("unknown", "unknown")]
    assert [one["certainty"] for one in told["posts"][0]["out_of"]] == ["stated"]
    assert list(post) == ["id", "status", "since", "until", "doubts", "values", "out_of"]
    beside = read("sozialreferat", "2013-06-01")["relations"]
    assert [(one["unit"], one["to"], one["attribute"]) for one in beside] == [
        ("bs/amt", "bs/sozialreferat", "staff_of"), ("bs/amt", "bs/sozialreferat", "members")
    ]  # fmt: skip


def test_a_part_alone() -> None:
    registry = register(amt=AMT, haus=HAUS, hof=HOF)
    [post] = part_portraits(registry, registry.units["bs/amt"], "leitung", date(2011, 1, 1))
    told = unit.part(post)
    assert list(told) == ["format", "id", "sort", "date", "as_of", "on_day", "timeline", "attested"]
    assert (told["format"], told["id"], told["sort"]) == ("orgreg/part/1", "bs/amt#leitung", "post")
    assert [list(entry) for entry in told["timeline"]] == [ENTRY_KEYS] * 3
    [gone] = part_portraits(registry, registry.units["bs/amt"], "leitung", date(2021, 1, 1))
    assert unit.part(gone)["on_day"] is None


def test_every_unit_of_the_shipped_register_is_written_and_told_on_any_day() -> None:
    registry = shipped()
    for day in ("1999-01-01", "2016-04-01", "2024-03-01"):
        for slug in registry.units:
            for planned in (False, True):
                one = portrait(registry, registry.units[slug], date.fromisoformat(day), planned=planned)
                assert json.loads(document(unit.portrait(one)))["id"] == slug
                assert all(str(line) == str(line).rstrip() for line in text.portrait(one))
