"""A register with a history, built commit by commit with fixed dates: the Sozialreferat, and how it became known.

The old structure; a file that gets another name; a report of the reorganisation, entered on a branch and merged; a
name that another source gives; a correction; a commit that changes nothing but the form; a plan and its progress.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.history import Repository

if TYPE_CHECKING:
    from pathlib import Path

ADA: Final = "Ada Amt <ada@example.org>"
BEA: Final = "Bea Beispiel <bea@example.org>"

REGISTRY: Final = """\
format: 1
municipalities:
  bs:
    name: Stadt Braunschweig
    time_zone: Europe/Berlin
    kinds:
      Verwaltung: {rank: 0}
      Fachbereich: {rank: 2, code: '\\d{2}'}
      Referat: {rank: 2, code: '0\\d{3}'}
      Stelle: {rank: 4, code: ['(?P<parent>\\d{2}\\.\\d)\\d', '(?P<parent>0\\d{3})\\.\\d{2}']}
      Stabsstelle: {rank: 4, line: false}
      Ausschuss: {body: true}
    numbers:
      - {from: unknown, form: '\\d{2}-\\d{5}(-\\d{2})*', year: first}
    papers:
      asks: [Anfrage]
      answers: [Stellungnahme]
    states:
      offen: open
      in Bearbeitung: active
      erledigt: done
"""
OLD: Final = {
    "data/registry.yaml": REGISTRY,
    "data/units/bs/stadtverwaltung.yaml": """\
timeline:
  - from: unknown
    name: Stadt Braunschweig
    kind: Verwaltung
    parent: none
    sources: [{paper: organisationsplan}]
""",
    "data/units/bs/sozialreferat.yaml": """\
timeline:
  - from: unknown
    name: Sozialreferat
    kind: Referat
    code: "0500"
    parent: stadtverwaltung
    sources: [{paper: organisationsplan}]
""",
    "data/units/bs/soziales-und-gesundheit.yaml": """\
timeline:
  - from: unknown
    name: Soziales und Gesundheit
    kind: Fachbereich
    code: "50"
    parent: stadtverwaltung
    sources: [{paper: organisationsplan}]
""",
    "data/units/bs/bfm.yaml": """\
timeline:
  - from: unknown
    name: Büro für Migrationsfragen
    kind: Stelle
    code: unknown
    parent: sozialreferat
    sources: [{paper: organisationsplan}]
  - from: 2016-04-01
    code: "50.21"
    parent: soziales-und-gesundheit
    sources: [{paper: organisationsplan}]
tasks:
  migration:
    - from: unknown
      text: Migrationsfragen
      topics: [migration]
      sources: [{paper: organisationsplan}]
""",
    "data/units/bs/stabsstelle.yaml": """\
timeline:
  - from: 2022
    name: Vielfalt, Zuwanderung und Demokratie
    kind: Stabsstelle
    staff_of: sozialreferat
    sources: [{paper: organisationsplan}]
""",
    "data/units/bs/ausschuss.yaml": """\
timeline:
  - from: 2021-11-17
    name: Ausschuss für Vielfalt und Integration
    kind: Ausschuss
    parent: none
    secretariat: soziales-und-gesundheit
    sources: [{paper: organisationsplan}]
""",
    "data/decisions/bs/organisationsplan.yaml": """\
number: none
kind: Organisationsplan
title: Organisationsplan 2023
date: 2023-01-01
author: [stadtverwaltung]
sources: none
""",
}
RENAMED: Final = OLD["data/units/bs/bfm.yaml"] + "formerly: [bfm]\n"

_DAY: Final = """\
  - from: 2024-03-01
    change: neugliederung-0500
"""
_BY_THE_REPORT: Final = """\
    decided_by: unknown
    sources:
      - paper: mitteilung-2024-04-02
        quote: mit Wirkung ab 1. März 2024 wie folgt neu gegliedert
"""
NEW_UNIT: Final = f"""\
timeline:
{_DAY}    name: Integration, Vielfalt und Demokratie
    kind: Stelle
    code: "0500.10"
    parent: sozialreferat
{_BY_THE_REPORT}tasks:
  migration:
    - from: 2024-03-01
      change: neugliederung-0500
      text: Aufgaben des Büros für Migrationsfragen
      topics: [migration]
      out_of: ["buero-fuer-migrationsfragen#migration"]
      decided_by: unknown
      sources: [{{paper: mitteilung-2024-04-02}}]
posts:
  leitung:
    - from: 2024-03-01
      title: Stellenleitung
      head: true
      holder: unknown
      sources: [{{paper: mitteilung-2024-04-02}}]
"""
REPORT: Final = {
    "data/decisions/bs/mitteilung-2024-04-02.yaml": """\
number: unknown
kind: Mitteilung
title: Neugliederung des Sozialreferats
date: 2024-04-02
author: [sozialreferat]
sources: none
""",
    "data/units/bs/integration-vielfalt-und-demokratie.yaml": NEW_UNIT,
    "data/units/bs/sozialplanung.yaml": f"""\
timeline:
{_DAY}    name: Sozial- und Gesundheitsplanung
    kind: Stelle
    code: "0500.30"
    parent: sozialreferat
{_BY_THE_REPORT}""",
    "data/units/bs/buero-fuer-migrationsfragen.yaml": RENAMED.replace(
        "tasks:\n",
        f"""\
{_DAY}    ended: absorbed
    into: [integration-vielfalt-und-demokratie]
    inferred:
      ended: no source says that it was dissolved
{_BY_THE_REPORT}tasks:
""",
    ),
    "data/units/bs/stabsstelle.yaml": OLD["data/units/bs/stabsstelle.yaml"]
    + f"""\
{_DAY}    ended: absorbed
    into: [integration-vielfalt-und-demokratie]
    inferred:
      ended: the press calls its name that of the new Stelle
{_BY_THE_REPORT}""",
    "data/units/bs/ausschuss.yaml": OLD["data/units/bs/ausschuss.yaml"]
    + f"""\
{_DAY}    secretariat: sozialreferat
{_BY_THE_REPORT}""",
}
PRESS: Final = {
    "data/decisions/bs/pressemitteilung-2024-04-08.yaml": """\
number: none
kind: Pressemitteilung
title: Stelle schafft Synergien
date: 2024-04-08
author: [stadtverwaltung]
sources: none
""",
    "data/units/bs/integration-vielfalt-und-demokratie.yaml": NEW_UNIT.replace(
        "    decided_by: unknown\n",
        """\
    also:
      - name: Vielfalt, Zuwanderung und Demokratie
        because: the council papers agree; the press uses the name of the former Stabsstelle
        sources: [{paper: pressemitteilung-2024-04-08}]
    decided_by: unknown
""",
        1,
    ),
}
CORRECTED: Final = {
    "data/units/bs/sozialplanung.yaml": REPORT["data/units/bs/sozialplanung.yaml"].replace("0500.30", "0500.20")
    + """\
corrections:
  - day: 2024-05-02
    of: timeline, code
    was: |-
      code: "0500.30"
    because: read wrongly from the scan of the Mitteilung
    sources: [{paper: mitteilung-2024-04-02}]
"""
}
REFORMATTED: Final = {
    "data/units/bs/stadtverwaltung.yaml": """\
# The administration as a whole.
timeline:
  - from: unknown
    kind: Verwaltung
    name: "Stadt Braunschweig"
    parent: none
    sources:
      - paper: organisationsplan
""",
}
PLAN: Final = """\
timeline:
  - from: 2024-06-11
    title: Aktionsplan gegen Rassismus
    responsible: [integration-vielfalt-und-demokratie]
    sources: [{paper: 25-25182-01}]
steps:
  interviews:
    - from: 2024-06-11
      title: Expert:innen-Interviews
      state: in Bearbeitung
      responsible: [integration-vielfalt-und-demokratie]
      sources: [{paper: 25-25182-01}]
"""
ANSWERED: Final = {
    "data/decisions/bs/25-25182.yaml": """\
number: "25-25182"
kind: Anfrage
title: Sachstand Aktionsplan
date: 2025-02-04
author: unknown
sources: none
""",
    "data/decisions/bs/25-25182-01.yaml": """\
number: "25-25182-01"
kind: Stellungnahme
title: unknown
date: 2025-03-15
author: [sozialreferat]
relations:
  answers: ["25-25182"]
sources: none
""",
    "data/actionplans/bs/aktionsplan.yaml": PLAN,
    "data/units/bs/integration-vielfalt-und-demokratie.yaml": PRESS[
        "data/units/bs/integration-vielfalt-und-demokratie.yaml"
    ]
    + """\
    - from: 2025-01-01
      holder: Erika Mustermann
      sources: [{paper: 25-25182-01}]
""",
}
DONE: Final = {
    "data/actionplans/bs/aktionsplan.yaml": PLAN
    + """\
    - from: 2025-08-13
      state: erledigt
      sources: [{paper: 25-25182-01}]
""",
}


def chronicle(folder: Path) -> Repository:
    """The whole history, at its end."""
    made = Repository.begin(folder)
    made.commit(OLD, "Enter the old structure", "2024-02-01T09:00:00+01:00", ADA)
    made.commit(
        {"data/units/bs/bfm.yaml": None, "data/units/bs/buero-fuer-migrationsfragen.yaml": RENAMED},
        "Call the file of the Büro by its name",
        "2024-02-05T11:20:00+01:00",
        ADA,
    )
    made.branch("report")
    made.commit(REPORT, "Enter the Mitteilung", "2024-04-08T16:05:00+02:00", BEA)
    made.branch("main")
    made.merge("report", "Merge the report of the reorganisation", "2024-04-09T10:00:00+02:00", ADA)
    made.commit(PRESS, "Add the name that the press uses", "2024-04-12T08:30:00+02:00", BEA)
    made.commit(CORRECTED, "Correct the code of the planners", "2024-05-02T14:00:00+02:00", ADA)
    made.commit(REFORMATTED, "House style", "2024-05-03T09:00:00+02:00", ADA)
    made.commit(ANSWERED, "Enter the Stellungnahme and the plan", "2025-03-20T10:15:00+01:00", ADA)
    made.commit(DONE, "Record that the interviews are done", "2025-08-20T09:45:00+02:00", BEA)
    return made
