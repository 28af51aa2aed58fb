from __future__ import annotations

from datetime import date

import pytest

from orgreg.formats.days import from_to, last_day, since
from orgreg.formats.text import paper as paper_text
from orgreg.formats.text import plan as plan_text
from orgreg.formats.text import unit as unit_text
from orgreg.formats.text.sources import Notes
from orgreg.model.day import When, parse
from orgreg.model.timeline import Absent, Entry, Source, Timeline
from orgreg.model.unit import Unit
from orgreg.query.labels import Labels
from orgreg.query.papers import paper_portrait
from orgreg.query.plans import plan_portrait
from orgreg.query.portrait import part_portraits
from orgreg.query.portrait import portrait as portrait_of
from orgreg.query.wording import moment
from tests.show.small import paper, register, seen


def when(text: str) -> When:
    read = parse(text)
    assert isinstance(read, When)
    return read


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2024-03-01", "2024-03-01"),
        ("2024", "2024"),
        ("2016~", "about 2016"),
        ("2016?", "perhaps 2016"),
        ("2016-05%", "perhaps about 2016-05"),
        ("2025-36", "the 4th quarter of 2025"),
        ("..2024-04-08", "2024-04-08 or before"),
        ("2019-06-03..", "2019-06-03 or later"),
        ("2021-09..2021-11", "some day from 2021-09 to 2021-11"),
        ("2025-03-17/2025-03-30", "2025-03-17 to 2025-03-30"),
        ("2025-03-17/..", "2025-03-17 or later"),
        ("unknown", "an unknown day"),
    ],
)
def test_days_are_told_in_words(written: str, told: str) -> None:
    assert moment(when(written)) == told


def test_ends_are_told_as_last_days() -> None:
    assert last_day(when("2024-03-01")) == "last day 2024-02-29"
    assert last_day(when("..2024-03-01")) == "first day without it: 2024-03-01 or before"
    assert from_to(when("unknown"), date(2024, 2, 29)) == "until 2024-02-29"
    assert from_to(when("2016"), date(2024, 2, 29)) == "2016 until 2024-02-29"
    assert from_to(when("unknown"), None) == since(when("unknown")) == "beginning unknown"


def test_sources_are_lettered_and_told_once() -> None:
    notes = Notes(Labels(register(), date(2020, 1, 1)))
    quotes = [Source("bs/beschluss", f"{number}") for number in range(28)]
    assert notes.refer(quotes[:2]) == "[1ab]"
    assert notes.refer([Source("bs/nichts"), quotes[1], quotes[1]]) == "[1b, 2]"
    assert notes.refer([*quotes[2:], Source(None, note="by heart")]).endswith("x-y-z-aa-ab, 3a]")
    assert notes.refer([]) == "[no source]"
    told = [str(line) for line in notes.lines()]
    assert told[2:4] == ["  [1] Beschluss: Neugliederung (beschluss), 2022-03-15", "      a „0“"]
    assert told[-3:] == ["  [2] nichts   (paper not recorded)", "  [3] no paper named", "      a by heart"]


AMT = """\
note: the file as a whole
formerly: [alt]
same_as: ["https://example.org/amt"]
timeline:
  - from: 2010-01-01
    change: umbau
    name: Amt
    kind: Referat
    code: "0600"
    staff_of: sozialreferat
    decided_by: [beschluss, verloren]
    inferred: {kind: read from the code}
    also:
      - {from: 2009, because: a slip, sources: [{paper: beschluss}]}
      - {kind: Stelle, sources: [{paper: beschluss}]}
    $
  - from: 2012-01-01
    kind: Referat
    contact: {visit: Platz 1, phone: "123"}
    members: [{rule: alle}, sozialreferat, verloren]
    $
  - from: 2014-01-01
    name: Amt am Platz
    decided_by: none
    $
  - from: 2016-01-01
    name: Amt am Markt
    annulled: {day: 2015-12-01, by: beschluss, because: no money}
    $
  - from: 2018-01-01
    name: Amt am Tor
    annulled: {day: 2017-12-01}
    $
  - from: 2020
    ended: split
    into: [haus, hof]
    also:
      - {ended: unknown, sources: [{paper: beschluss}]}
      - {into: [sozialreferat], sources: [{paper: beschluss}]}
    $
  - from: 2022-01-01
    name: Amt
    kind: Referat
    parent: none
    $
posts:
  leitung:
    - from: 2010-01-01
      title: Leitung
      head: true
      holder: vacant
      inferred: {head: read from the title}
      $
    - from: 2013-01-01
      holder: unknown
      $
    - from: 2015-01-01
      ended: transferred
      into: [haus]
      note: went along
      $
  stumm:
    - from: 2010-01-01
      holder: none
      $
tasks:
  post:
    - from: 2010-01-01
      text: Posteingang
      topics: [post]
      $
corrections:
  - day: 2021-01-01
    of: timeline
    was: "name: Ampt"
    because: a slip of the pen
    sources: [{paper: beschluss}]
"""

HAUS = """\
timeline:
  - from: 2020
    name: Haus
    kind: Stelle
    parent: unknown
    out_of: [sozialreferat]
    inferred: {from: the year of the plan}
    $
tasks:
  post:
    - from: 2019-06-01
      text: Posteingang
      out_of: [amt]
      inferred: {out_of: no one says so}
      $
  unklar:
    - from: 2020
      text: Unklares
      out_of: unknown
      $
posts:
  wache:
    - from: 2019-06-01
      title: Wache
      out_of: [amt]
      $
"""
HOF = HAUS.partition("tasks:")[0].replace("Haus", "Hof").replace("[sozialreferat]", "unknown")


def told(slug: str, day: str, *, planned: bool = False) -> str:
    registry = register(amt=AMT, haus=HAUS, hof=HOF)
    lines = unit_text.portrait(seen(registry, slug, day, planned=planned))
    return "".join(f"{line}\n" for line in lines)


def test_a_unit_is_told_whole() -> None:
    assert told("amt", "2013-06-01") == (
        """\
0600 Amt
Referat, Stadt Braunschweig, on 2013-06-01   bs/amt
since 2010-01-01; heard of from 2010-01-01 to 2022-03-15
formerly filed as alt
same as https://example.org/amt
note: the file as a whole

  name     Amt   2010-01-01 until 2013-12-31 [1]
  code     0600   since 2010-01-01 [1]
  kind     Referat   since 2010-01-01 [1]
           before 2012-01-01 inferred: read from the code
           another source says: Stelle [1]
  beside   0500 Sozialreferat   since 2010-01-01 [1]
  contact  visit Platz 1   since 2012-01-01 [1]
           phone 123
  members  „alle“ (by rule), 0500 Sozialreferat, verloren (not recorded)   since 2012-01-01 [1]

  2010-01-01 (name, code, kind, beside)
    another source gives as the day: 2009 [1]; not preferred: a slip
    decided by: Beschluss: Neugliederung (beschluss), 2022-03-15; verloren (not recorded); change: umbau

End
  first day without it: 2020, split into Haus (haus), Hof (hof) [1]
    another source says: how it ended is unknown [1]
    another source says: into 0500 Sozialreferat [1]

Tasks
  Posteingang   #post   since 2010-01-01 [1]
    topics  post

Posts
  Leitung (head)   #leitung   2010-01-01 until 2014-12-31 [1]
    head inferred: read from the title
    holder  unnamed   2013-01-01 until 2014-12-31 [1]
  stumm   #stumm
    holder  none   since 2010-01-01 [1]

Decided and withdrawn
  Amt am Markt   since 2016-01-01 [1]
    withdrawn on 2015-12-01 by Beschluss: Neugliederung (beschluss), 2022-03-15: no money
  Amt am Tor   since 2018-01-01 [1]
    withdrawn on 2017-12-01

What went on elsewhere
  post „Leitung“ to Haus (haus)   from 2015-01-01, transferred [1]
  task „Posteingang“ to Haus (haus)   from 2019-06-01 [1]   (inferred)
    origin inferred: no one says so
  post „Wache“ to Haus (haus)   from 2019-06-01 [1]

Names
  Amt   2010-01-01 until 2013-12-31 [1]
  Amt am Platz   2014-01-01 until 2019-12-31 [1]
  Amt   since 2022-01-01 [1]

Put right in the register
  2021-01-01, timeline: a slip of the pen [1]
    was: name: Ampt

Sources
  [1] Beschluss: Neugliederung (beschluss), 2022-03-15
"""
    )


def test_what_returns_after_an_end_is_announced() -> None:
    text = told("amt", "2021-06-01")
    assert "It no longer exists on 2021-06-01." in text
    assert "It begins again: 2022-01-01" in text
    assert "As it last stood, on 2019-12-31: 0600 Amt am Platz, Referat, under 0500 Sozialreferat" in text


def test_where_it_will_stand_is_told_before_it_begins() -> None:
    text = told("haus", "2019-12-31")
    assert "First day: 2020 [1]" in text
    assert "As it will stand, on 2020-01-01: Haus, Stelle, parent not recorded" in text


def test_predecessors_that_live_on_and_unknown_ones_are_told() -> None:
    haus = told("haus", "2021-01-01")
    assert "  0500 Sozialreferat   lives on, from 2020 [1]   (inferred)" in haus
    assert "  0600 Amt am Platz   split, from 2020 [1]   (disputed)" in haus
    assert "    origin  unknown" in haus
    hof = told("hof", "2021-01-01")
    assert "  unknown   lives on, from 2020 [1]   (unknown)" in hof
    sozialreferat = told("sozialreferat", "2021-01-01")
    assert "  Haus (haus)   from 2020 [1]   (inferred)\n    day inferred: the year of the plan" in sozialreferat
    assert "  0600 Amt am Platz   split, from 2020 [1]   (another source)" in sozialreferat
    assert "not preferred" not in sozialreferat


def test_an_unknown_successor_is_told() -> None:
    amt = AMT.replace("into: [haus, hof]", "into: unknown")
    registry = register(amt=amt, haus=HAUS, hof=HOF)
    text = "\n".join(map(str, unit_text.portrait(seen(registry, "amt", "2023-01-01"))))
    assert "unknown   from 2020, split [1]" in text


def test_a_root_and_a_unit_that_never_was_say_so() -> None:
    registry = register(nie="timeline: []\n", amt=AMT.replace("staff_of: sozialreferat", "parent: none"))
    never = "\n".join(map(str, unit_text.portrait(seen(registry, "nie", "2020-01-01"))))
    assert never.splitlines()[0] == "nie"
    assert "It never was: nothing in force or planned is recorded of it." in never
    before = "\n".join(map(str, unit_text.portrait(seen(registry, "amt", "2000-01-01"))))
    assert "with no unit above it" in before


def test_a_planned_end_says_that_it_is_planned() -> None:
    amt = """\
timeline:
  - from: unknown
    name: Amt
    kind: Stabsstelle
    parent: unknown
    sources: none
  - from: 2020-01-01
    status: planned
    ended: dissolved
    sources: none
"""
    registry = register(amt=amt)
    lines = [str(line) for line in unit_text.portrait(seen(registry, "amt", "2020-01-01", planned=True))]
    assert "  last day 2019-12-31, dissolved [no source]   (planned, not in force)" in lines
    now = [str(line) for line in unit_text.portrait(seen(registry, "amt", "2019-01-01"))]
    assert "beginning unknown; no dated source speaks of it" in now
    assert "existence inferred: no dated source speaks of it" in now


def test_planned_values_and_relations_are_marked_where_they_stand_among_others() -> None:
    amt = """\
timeline:
  - from: unknown
    name: Amt
    kind: Stabsstelle
    parent: stadtverwaltung
    $
  - from: 2018-01-01
    status: planned
    code: "0700"
    parent: sozialreferat
    $
posts:
  weg:
    - from: 2018-01-01
      status: not_created
      holder: niemand
      head: false
      $
"""
    registry = register(amt=amt)
    text = "\n".join(map(str, unit_text.portrait(seen(registry, "amt", "2019-01-01", planned=True))))
    assert "code    0700   since 2018-01-01 [1]   (code planned)" in text
    assert "post weg   #weg" in text
    assert "head: no" in text
    above = "\n".join(map(str, unit_text.portrait(seen(registry, "sozialreferat", "2019-01-01", planned=True))))
    assert "below it  0700 Amt   [1]   (not attested before 2022-03-15, parent planned)" in above


def test_a_part_is_told_with_its_timeline() -> None:
    registry = register(amt=AMT, haus=HAUS, hof=HOF)
    [post] = part_portraits(registry, registry.units["bs/amt"], "leitung", date(2011, 1, 1))
    assert "\n".join(map(str, unit_text.part(post))) == (
        """\
Leitung
post of 0600 Amt, on 2011-01-01   bs/amt#leitung
heard of from 2010-01-01 to 2022-03-15
On this day: title Leitung; head yes (inferred); holder vacant

Timeline
  since 2010-01-01 [1]
    title: Leitung
    head: yes
      head inferred: read from the title
    holder: vacant
  since 2013-01-01 [1]
    holder: unnamed
  last day 2014-12-31 [1]
    end: transferred
    into: Haus (haus)
    note: went along

Sources
  [1] Beschluss: Neugliederung (beschluss), 2022-03-15"""
    )


PLAN = """\
note: a remark
formerly: [vorhaben]
same_as: ["https://example.org/plan"]
timeline:
  - from: 2016-03-15
    title: Plan
    responsible: [sozialreferat, "stadtverwaltung#niemand"]
    mandate: [beschluss]
    $
dimensions:
  alter:
    - from: 2016-03-15
      values: [jung, alt]
      state: agreed
      by: sozialreferat
      $
steps:
  erster:
    - from: 2016-03-15
      title: Erster Schritt
      due: {day: 2016-12-31, modality: fixed}
      $
    - from: 2017-01-01
      state: erledigt
      note: reported
      $
  zweiter:
    - from: 2016-03-15
      title: Zweiter Schritt
      depends_on: [erster, "anderer#dritter"]
      due: unknown
      $
  stumm:
    - from: 2016-03-15
      kind: step
      $
  spaeter:
    - from: 2018-01-01
      title: Späterer
      $
corrections:
  - {day: 2021-01-01, of: title, was: "title: Plann", because: a slip, sources: none}
"""


def test_a_plan_is_told_whole() -> None:
    registry = register(actionplans_plan=PLAN)
    portrait = plan_portrait(registry, registry.plans["bs/plan"], date(2017, 6, 1))
    assert "".join(f"{line}\n" for line in plan_text.plan(portrait)) == (
        """\
Plan
Plan, Stadt Braunschweig, on 2017-06-01   bs/plan
formerly filed as vorhaben
same as https://example.org/plan
note: a remark

  title        Plan   since 2016-03-15 [1]
  mandate      Beschluss: Neugliederung (beschluss), 2022-03-15   since 2016-03-15 [1]
  responsible  0500 Sozialreferat, niemand (Stadt Braunschweig) (stadtverwaltung#niemand)   since 2016-03-15 [1]

Dimensions
  alter   since 2016-03-15 [1]
    state        agreed
    by           0500 Sozialreferat
    values       jung, alt

Steps
  Erster Schritt   #erster   since 2016-03-15 [1]
    state        erledigt (done)   since 2017-01-01 [1]
    due          2016-12-31, fixed
    2017-01-01 (state)
      note: reported
  Zweiter Schritt   #zweiter   since 2016-03-15 [1]
    state        no evidence
    due          unknown
    depends on   Erster Schritt (#erster), anderer#dritter (not recorded)
  stumm   since 2016-03-15 [1]
    kind         step
    state        no evidence

1 dimension or step is told of only later than this day.

Put right in the register
  2021-01-01, title: a slip [no source]
    was: title: Plann

Sources
  [1] Beschluss: Neugliederung (beschluss), 2022-03-15
"""
    )


def test_before_its_first_day_nothing_is_told_of_a_plan() -> None:
    registry = register(actionplans_plan=PLAN)
    told = [str(line) for line in plan_text.plan(plan_portrait(registry, registry.plans["bs/plan"], date(2010, 1, 1)))]
    assert "Nothing is told of the plan as a whole on 2010-01-01." in told
    assert "5 dimensions and steps are told of only later than this day." in told


PAPER = """\
number: "16-00001"
kind: Vorlage
title: Umbau
aka: [Der Umbau]
date: 2016-04
wording: im April
author: none
lead: [sozialreferat]
signed: gez. Müller
consultations:
  - body: none
    role: zur Kenntnis
    date: 2016-05-01
    wording: nicht beraten
    quote: entfällt
relations:
  replaces: [beschluss, verloren]
effects:
  - orders: den Umbau
    quote: wird umgebaut
  - informs: den Rat
links: ["https://example.org/vorlage"]
inferred: {title: read from the file name}
also:
  - {date: unknown, sources: [{paper: beschluss}]}
  - {date: 2016-04-01, lead: [stadtverwaltung], because: a slip, sources: [{paper: beschluss}]}
formerly: [vorlage]
same_as: ["https://example.org/same"]
corrections:
  - {day: 2021-01-01, of: title, was: "title: Umbauu", because: a slip, sources: none}
sources: [{quote: Umbau}]
"""


def test_a_paper_is_told_whole_and_says_what_rests_on_it() -> None:
    amt = AMT.replace("[beschluss, verloren]", '"16-00001"').replace(
        "    - from: 2015-01-01\n      ended: transferred",
        '    - from: 2015-01-01\n      decided_by: "16-00001"\n      ended: transferred',
    )
    future = """\
timeline:
  - from: 2030-01-01
    status: planned
    name: Zukunft
    kind: Stelle
    parent: amt
    decided_by: "16-00001"
    $
"""
    plan = PLAN.replace("[beschluss]", '["16-00001"]')
    files = {"decisions_16-00001": PAPER, "actionplans_plan": plan, "decisions_brief": paper("unknown")}
    registry = register(amt=amt, haus=HAUS, hof=HOF, zukunft=future, **files)
    portrait = paper_portrait(registry, registry.papers["bs/16-00001"], date(2020, 1, 1))
    assert "".join(f"{line}\n" for line in paper_text.paper(portrait)) == (
        """\
Vorlage 16-00001: Umbau
Stadt Braunschweig   bs/16-00001
formerly filed as vorlage
same as https://example.org/same

  number       16-00001
  kind         Vorlage
  title        Umbau   (inferred)
               inferred: read from the file name
  also called  Der Umbau
  date         2016-04   (disputed)
               another source says: unknown [1]
               another source says: 2016-04-01 [1]; not preferred: a slip
               wording: „im April“
  author       none
  lead         0500 Sozialreferat   (disputed)
               another source says: Stadt Braunschweig (stadtverwaltung) [1]; not preferred: a slip
  signed       gez. Müller
  recorded     from [2a]

Consultations
  2016-05-01, body none, role zur Kenntnis, result unknown
    wording: „nicht beraten“
    „entfällt“

Relations
  replaces  Beschluss: Neugliederung (beschluss), 2022-03-15
  replaces  verloren (not recorded)

Effects
  orders den Umbau
    „wird umgebaut“
  informs den Rat

What rests on it
  plan Plan (plan)
  0600 Amt am Platz   since 2010-01-01: name, kind, code, beside
  Leitung (0600 Amt am Platz) (amt#leitung)   last day 2014-12-31: end, into
  Zukunft (zukunft)   since 2030-01-01: name, kind, parent   (planned)

Links
  https://example.org/vorlage

Put right in the register
  2021-01-01, title: a slip [no source]
    was: title: Umbauu

Sources
  [1] Beschluss: Neugliederung (beschluss), 2022-03-15
  [2] this paper itself
      a „Umbau“
"""
    )
    answer = paper_portrait(registry, registry.papers["bs/beschluss"], date(2020, 1, 1))
    assert [(relation, other.id) for relation, other in answer.others] == [("replaces", "bs/16-00001")]
    undated = paper_portrait(registry, registry.papers["bs/brief"], date(2020, 1, 1))
    assert undated.labels.day == date(2020, 1, 1)


def test_what_stands_in_a_file_cannot_steer_a_terminal() -> None:
    entry = Entry(since=when("2010"), values={"name": "Am\x1b[31mt\nrot", "kind": "Referat", "parent": Absent.NONE})
    portrait = portrait_of(register(), Unit("bs/amt", Timeline((entry,))), date(2011, 1, 1))
    text = "\n".join(map(str, unit_text.portrait(portrait)))
    assert "\x1b" not in text
    assert "Am\\u001b[31mt rot" in text
