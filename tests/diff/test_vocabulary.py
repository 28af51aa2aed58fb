"""What registry.yaml says otherwise is told, key by key, in every format; only how it is written is not."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from orgreg.diff.vocabulary import Worded, vocabulary
from orgreg.load import load
from orgreg.model.registry import Registry
from tests.commands import run, write
from tests.docs.test_docs import agrees
from tests.history import Repository
from tests.registers import base, over_base

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-11-22T10:00:00+01:00"
KEY = "data/registry.yaml"
WAS = base()[KEY].decode()
CITY = "Stadt Braunschweig: "


def _told(old: str, new: str) -> list[str]:
    assert old in WAS
    now = WAS.replace(old, new, 1)
    states = [load(over_base({KEY: text})) for text in (WAS, now)]
    assert [one for state in states for one in state.findings if one.path == KEY] == []
    return [one.sentence for one in vocabulary(states[0].registry, states[1].registry)]


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        ("erledigt: done", "erledigt: open", [f"{CITY}the state „erledigt“: open (was done)"]),
        ("      erledigt: done\n", "", [f"{CITY}the state „erledigt“: recorded no more (was done)"]),
        (
            "name: Stadt Br",
            "name: Löwenstadt Br",
            ["Löwenstadt Braunschweig: its name: Löwenstadt Braunschweig (was Stadt Braunschweig)"],
        ),
        (
            "    kinds:\n      Verw",
            "    land: Niedersachsen\n    time_zone: Europe/Berlin\n    ags: '03101000'\n    kinds:\n      Verw",
            [
                f"{CITY}its Land: Niedersachsen",
                f"{CITY}its time zone: Europe/Berlin",
                f"{CITY}its official key: 03101000",
            ],
        ),
        (
            "rank: 3, code",
            "rank: 2, code",
            [
                (
                    f"{CITY}the kind „Abteilung“: rank 2, codes (?P<parent>\\d{{2}})\\.\\d "
                    r"(was rank 3, codes (?P<parent>\d{2})\.\d)"
                )
            ],
        ),
        (
            "{rank: 4, line: false}",
            "{rank: 4}",
            [f"{CITY}the kind „Stabsstelle“: rank 4 (was rank 4, beside the line)"],
        ),
        (
            "Rat: {body: true}",
            "Rat: {outside: true}",
            [f"{CITY}the kind „Rat“: without rank, outside the city (was without rank, a body)"],
        ),
        ("asks: [Anfrage]", "asks: []", [f"{CITY}the kinds of papers that ask: recorded no more (was Anfrage)"]),
        (
            ", year: last}",
            "}",
            [
                (
                    f"{CITY}the numbers of papers from unknown on: \\d{{4,5}}/\\d{{2}} "
                    r"(was \d{4,5}/\d{2}, the year last)"
                )
            ],
        ),
        (
            "    states:\n",
            "    topics: {Migration: [Flucht, Asyl], Teilhabe: []}\n    states:\n",
            [f"{CITY}the topic „Migration“: Flucht, Asyl", f"{CITY}the topic „Teilhabe“: no other word"],
        ),
        (
            "format: 1\n",
            "format: 1\nuri: https://example.org/r\n",
            ["The register: where the register is at home: https://example.org/r"],
        ),
        (
            "      offen: open\n      in Bearbeitung: active\n",
            "      # read\n      in Bearbeitung: active\n      offen: open\n",
            [],
        ),
    ],
)
def test_each_key_that_says_otherwise_is_told(old: str, new: str, sentences: list[str]) -> None:
    assert _told(old, new) == sentences


def test_a_city_that_comes_or_goes_is_told_as_one() -> None:
    there = load(over_base({})).registry
    without = replace(there, municipalities={"bs": there.municipalities["bs"]})
    (come,), (gone,) = vocabulary(without, there), vocabulary(there, without)
    assert come == Worded("bux", "Hansestadt Buxtehude", None, None, "Hansestadt Buxtehude")
    assert come.sentence == "Hansestadt Buxtehude: its words are recorded"
    assert gone.sentence == "Hansestadt Buxtehude: its words are recorded no more"


def test_nothing_is_concluded_from_words_that_cannot_be_read() -> None:
    there, lost = load(over_base({})).registry, Registry(vocabulary_read=False)
    assert vocabulary(there, lost) == vocabulary(lost, there) == ()


@pytest.fixture
def turned(tmp_path: Path) -> Repository:
    """A register in which „erledigt“ has come to mean that something is open."""
    made = Repository.begin(tmp_path / "register")
    made.commit(base(), "Begin", DAY)
    made.branch("proposal")
    made.commit({KEY: WAS.replace("erledigt: done", "erledigt: open")}, "Turn", DAY)
    return made


def test_diff_tells_it_in_every_format(turned: Repository) -> None:
    def told(*more: str) -> str:
        outcome = run("diff", "main..", *more, cwd=turned.folder)
        assert outcome.code == 0
        return outcome.out

    sentence = "Stadt Braunschweig: the state „erledigt“: open (was done)"
    assert told() == f"What registry.yaml says otherwise\n  {sentence}\n"
    assert told("--format", "markdown") == f"## What registry.yaml says otherwise\n\n- {sentence}\n"
    (row,) = csv.DictReader(io.StringIO(told("--format", "csv").removeprefix("\ufeff")))
    assert (row["sort"], row["entity"], row["attribute"]) == ("vocabulary", "bs", "states/erledigt")
    answer = json.loads(told("--format", "json"))
    agrees(answer, "diff", "vocabulary")
    assert answer["vocabulary"] == [
        {"municipality": "bs", "key": "states/erledigt", "before": "done", "after": "open", "sentence": sentence}
    ]
    assert told("-m", "bux") == "nothing that the register says became different\n"


def test_the_review_says_it(turned: Repository) -> None:
    outcome = run("check", "--against", "main", cwd=turned.folder)
    said = "orgreg: registry.yaml says otherwise: Stadt Braunschweig: the state „erledigt“: open (was done)"
    assert (outcome.code, outcome.err) == (0, f"{said}\n")
    words = WAS.replace("erledigt: done", "erledigt: open").replace("asks: [Anfrage]", "asks: [Frage]")
    write(turned.folder, {KEY: words})
    assert "; and 1 more, see orgreg diff\n" in run("check", "--against", "main", cwd=turned.folder).err
    write(turned.folder, {KEY: WAS.replace("erledigt: done", "erledigt: open")})
    outcome = run("check", "--against", "main", "--format", "markdown", cwd=turned.folder)
    assert (outcome.code, outcome.err) == (0, "")
    assert "Nothing that the register says becomes different" not in outcome.out
    assert "### What registry.yaml says otherwise\n\n- Stadt Braunschweig: the state „erledigt“: open (was done)\n" in (
        outcome.out
    )
