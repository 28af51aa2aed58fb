"""A small register for changes, and short ways to ask for one: in memory, without a command line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from orgreg.change.account import account
from orgreg.change.orders import Office, Order, propose
from orgreg.change.proposal import Objection, Proposal, Recorded
from orgreg.change.rehearsal import Rehearsal
from orgreg.load import load
from tests.strategies import memory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgreg.change.account import Account
    from orgreg.change.proposal import Answer
    from orgreg.change.rehearsal import Rehearsed

TODAY = date(2024, 3, 1)

REGISTRY = """\
format: 1
municipalities:
  bs:
    name: Stadt Braunschweig
    kinds:
      Verwaltung: {rank: 0}
      Dezernat: {rank: 1, code: '[IVX]+'}
      Fachbereich: {rank: 2, code: '\\d{2}'}
      Referat: {rank: 2, code: '0\\d{3}'}
      Abteilung: {rank: 3, code: '(?P<parent>\\d{2})\\.\\d'}
      Stelle: {rank: 4, code: ['(?P<parent>\\d{2}\\.\\d)\\d', '(?P<parent>0\\d{3})\\.\\d{2}']}
      Stabsstelle: {rank: 4, line: false}
      Ausschuss: {body: true}
    numbers:
      - {from: unknown, form: '\\d{4,5}/\\d{2}', year: last}
      - {from: 2015-01-01, form: '\\d{2}-\\d{5}(-\\d{2})*', year: first}
    states: {offen: open, erledigt: done}
  bux:
    name: Hansestadt Buxtehude
    kinds:
      Verwaltung: {rank: 0}
      Fachgruppe: {rank: 2}
"""


def unit(
    name: str, kind: str, parent: str, code: str | None = None, more: str = "", *, since: str = "2020-01-01"
) -> str:
    """The file of a unit that began in 2020."""
    told = "" if code is None else f'\n    code: "{code}"'
    return f"""\
timeline:
  - from: {since}
    name: {name}
    kind: {kind}{told}
    parent: {parent}
    sources:
      - paper: 19-10000
{more}"""


PARTS = """\
tasks:
  asyl:
    - from: 2020-01-01
      text: Asyl
      sources: none
posts:
  leitung:
    - from: 2020-01-01
      title: Leitung
      head: true
      holder: vacant
      sources: none
"""

SMALL: Mapping[str, str] = {
    "data/registry.yaml": REGISTRY,
    "data/units/bs/stadt.yaml": unit("Stadtverwaltung", "Verwaltung", "none"),
    "data/units/bs/dezernat.yaml": unit("Soziales", "Dezernat", "stadt", "V"),
    "data/units/bs/referat.yaml": unit("Sozialreferat", "Referat", "dezernat", "0500"),
    "data/units/bs/planung.yaml": unit("Planung", "Stelle", "referat", "0500.10", PARTS),
    "data/units/bs/fachbereich.yaml": unit("Soziales und Gesundheit", "Fachbereich", "dezernat", "50"),
    "data/units/bs/abteilung.yaml": unit("Migration", "Abteilung", "fachbereich", "50.2"),
    "data/units/bs/buero.yaml": unit("Büro für Migrationsfragen", "Stelle", "abteilung", "50.21", PARTS),
    "data/units/bs/stab.yaml": unit("Stab", "Stabsstelle", "unknown"),
    "data/units/bs/ausschuss.yaml": unit("Ausschuss für Soziales", "Ausschuss", "none").replace(
        "    sources:", "    secretariat: buero\n    members: [planung, buero]\n    sources:"
    ),
    "data/units/bs/alt.yaml": unit("Altes Amt", "Stelle", "referat", "0500.90")
    + "  - from: 2022-01-01\n    ended: dissolved\n    sources: none\n",
    "data/units/bs/neu.yaml": unit("Neues Amt", "Stelle", "referat", "0500.80", since="2030-01-01"),
    "data/units/bs/plan.yaml": unit("Geplantes Amt", "Stelle", "referat", "0500.70").replace(
        "    name:", "    status: planned\n    name:"
    ),
    "data/units/bs/ende.yaml": unit("Endamt", "Stelle", "referat", "0500.60")
    + "tasks:\n  asyl:\n    - from: 2020-01-01\n      text: Asyl\n      sources: none\n"
    + "    - from: 2021-01-01\n      ended: dissolved\n      sources: none\n",
    "data/units/bux/vhs.yaml": unit("VHS", "Fachgruppe", "unknown").replace("\n      - paper: 19-10000", " none"),
    "data/decisions/bs/19-10000.yaml": """\
number: "19-10000"
kind: Vorlage
title: Organisation
date: 2019-12-01
author: [referat]
sources:
  - note: read
""",
    "data/decisions/bs/23-20000.yaml": """\
number: "23-20000"
kind: Vorlage
title: Neugliederung
date: 2023-12-01
author: [referat]
sources:
  - note: read
""",
    "data/actionplans/bs/aktionsplan.yaml": """\
timeline:
  - from: 2023-01-01
    title: Aktionsplan
    responsible: [referat]
    sources: none
steps:
  bericht:
    - from: 2023-01-01
      title: Bericht
      responsible: [buero]
      state: offen
      sources: none
""",
}


def ordered(verb: str, *words: str, given: Mapping[str, str] | None = None, **options: str) -> Order:
    """An order; `children_to` is the option children-to."""
    return Order(verb, words, given or {}, {name.replace("_", "-"): text for name, text in options.items()})


def asked(
    order: Order, files: Mapping[str, str | bytes] = SMALL, city: str | None = None, today: date = TODAY
) -> Answer:
    """What an order comes to."""
    return propose(Office(load(memory(files)).registry, city, today), order)


def rehearsed(
    *orders: Order, files: Mapping[str, str | bytes] = SMALL, city: str | None = None
) -> tuple[Rehearsed, Account]:
    """What orders come to together, all of them accepted or recorded already."""
    found = attempt(*orders, files=files, city=city)
    assert not isinstance(found, Objection), found
    return found


def attempt(
    *orders: Order, files: Mapping[str, str | bytes] = SMALL, city: str | None = None
) -> tuple[Rehearsed, Account] | Objection:
    """What orders come to together, or the first objection."""
    rehearsal = Rehearsal(memory(files))
    proposals: list[Proposal] = []
    for order in orders:
        answer = propose(Office(rehearsal.intended, city, TODAY), order)
        objection = rehearsal.write(answer) if isinstance(answer, Proposal) else answer
        if isinstance(objection, Objection):
            return objection
        proposals += [answer] if isinstance(answer, Proposal) else []
    end = rehearsal.end()
    return end if isinstance(end, Objection) else (end, account(end, proposals))


def done(*orders: Order, files: Mapping[str, str | bytes] = SMALL, city: str | None = None) -> dict[str, str | bytes]:
    """The files after the orders."""
    made, _ = rehearsed(*orders, files=files, city=city)
    return {**files, **{key: after for key, (_, after) in made.files.items()}}


def told(*orders: Order, files: Mapping[str, str | bytes] = SMALL) -> str:
    """The sentences of orders."""
    return "\n".join(rehearsed(*orders, files=files)[1].sentences)


def is_recorded(order: Order, files: Mapping[str, str | bytes] = SMALL) -> bool:
    """Whether the register says so already."""
    return isinstance(asked(order, files), Recorded)
