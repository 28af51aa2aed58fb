from __future__ import annotations

from datetime import date

import pytest

from orgreg.model.certainty import Certainty
from orgreg.model.day import exactly
from orgreg.model.timeline import Status, Timeline
from orgreg.model.unit import Unit
from orgreg.query.labels import Labels
from orgreg.query.portrait import Sort, Why, part_portraits, portrait
from tests.show.small import paper, register, seen

AMT = """\
timeline:
  - from: 2010-01-01
    name: Amt
    kind: Referat
    code: "0600"
    parent: sozialreferat
    $
"""


def more(*entries: str, base: str = AMT) -> str:
    return base + "".join(f"  - {entry}\n    $\n" for entry in entries)


# Whether it lives on the day


def test_a_unit_that_lives_on_the_day_stands_on_it() -> None:
    one = seen(register(amt=AMT), "amt", "2012-01-01")
    assert one.away is None
    assert one.standing is not None
    assert (one.ending, one.until) == (None, None)


def test_a_unit_does_not_live_before_its_first_day() -> None:
    one = seen(register(amt=AMT), "amt", "2009-12-31")
    assert one.away is not None
    assert (one.standing, one.away.why, one.away.returns) == (None, Why.NOT_YET, None)
    assert one.away.entry is not None
    assert one.away.entry.since == exactly(date(2010, 1, 1))
    assert one.away.nearest is not None
    assert one.away.nearest.day == date(2010, 1, 1)
    assert (one.facts, one.ties, one.tasks, one.posts) == ((), (), (), ())


def test_a_unit_that_has_ended_tells_how_it_last_stood() -> None:
    one = seen(register(amt=more("from: 2015-01-01\n    ended: dissolved")), "amt", "2015-01-01")
    assert one.away is not None
    assert one.away.why is Why.ENDED
    assert one.ending is one.away.entry
    assert one.until == date(2014, 12, 31)
    assert one.away.nearest is not None
    assert one.away.nearest.day == date(2014, 12, 31)


def test_an_end_is_told_while_the_unit_lives() -> None:
    one = seen(register(amt=more("from: 2015-01-01\n    ended: dissolved")), "amt", "2014-12-31")
    assert one.away is None
    assert one.until == date(2014, 12, 31)


def test_between_two_lives_the_end_of_the_first_and_the_second_are_told() -> None:
    revived = more(
        "from: 2015-01-01\n    ended: dissolved",
        'from: 2018-01-01\n    name: Amt II\n    kind: Referat\n    code: "0600"\n    parent: stadtverwaltung',
    )
    one = seen(register(amt=revived), "amt", "2016-01-01")
    assert one.away is not None
    assert (one.away.why, one.until) == (Why.ENDED, date(2014, 12, 31))
    assert one.away.returns is not None
    assert str(one.away.returns.since) == "2018-01-01"
    assert [(str(fact.value), fact.until) for fact in one.names] == [("Amt", date(2014, 12, 31)), ("Amt II", None)]


def test_what_is_only_planned_lives_only_when_asked_for() -> None:
    registry = register(amt=AMT.replace("    name", "    status: planned\n    name"))
    one = seen(registry, "amt", "2012-01-01")
    assert one.away is not None
    assert one.away.why is Why.INTENDED
    assert one.away.nearest is not None
    assert one.away.nearest.standing.status is Status.PLANNED
    with_planned = seen(registry, "amt", "2012-01-01", planned=True)
    assert with_planned.standing is not None
    assert with_planned.standing.status is Status.PLANNED
    before = seen(registry, "amt", "2009-01-01", planned=True)
    assert before.away is not None
    assert before.away.why is Why.NOT_YET


def test_a_planned_end_is_an_end_only_when_asked_for() -> None:
    registry = register(amt=more("from: 2015-01-01\n    status: planned\n    ended: dissolved"))
    assert seen(registry, "amt", "2016-01-01").away is None
    one = seen(registry, "amt", "2016-01-01", planned=True)
    assert one.away is not None
    assert one.away.why is Why.ENDED
    assert one.away.entry is not None
    assert one.away.entry.status is Status.PLANNED
    assert one.away.nearest is not None
    assert one.away.nearest.day == date(2016, 1, 1)


def test_a_unit_that_never_was_is_said_never_to_have_been() -> None:
    one = seen(register(amt="timeline: []\nnote: a slip\n"), "amt", "2016-01-01")
    assert one.away is not None
    assert (one.away.why, one.away.entry, one.away.nearest) == (Why.NEVER, None, None)
    assert one.attested is None


# What it holds


def test_values_stand_in_a_fixed_order() -> None:
    amt = more("from: 2011-01-01\n    steers: [sozialreferat]\n    aka: [Das Amt]\n    staff: 7\n    short_name: A")
    one = seen(register(amt=amt), "amt", "2012-01-01")
    told = [fact.attribute for fact in one.facts]
    assert told == ["name", "short_name", "aka", "code", "kind", "parent", "staff", "steers"]


def test_a_confirmed_value_is_held_since_the_first_statement_by_all_its_sources() -> None:
    amt = more("from: 2012-01-01\n    name: Amt", "from: 2014-01-01\n    name: Amt neu", "from: 2016\n    name: Amt")
    registry = register(amt=amt)
    name = seen(registry, "amt", "2013-01-01").facts[0]
    assert [str(entry.since) for entry in name.statements] == ["2010-01-01", "2012-01-01"]
    assert (str(name.since), str(name.entry.since)) == ("2010-01-01", "2012-01-01")
    assert (name.until, name.certainty) == (date(2013, 12, 31), Certainty.STATED)
    again = seen(registry, "amt", "2016-06-01").facts[0]
    assert (str(again.since), again.until, again.certainty) == ("2016", None, Certainty.INFERRED)


def test_what_is_planned_of_a_unit_in_force_is_told_when_asked_for_and_only_then() -> None:
    amt = more('from: 2015-01-01\n    status: planned\n    code: "0700"')
    registry = register(amt=amt)
    [plain] = [fact.value for fact in seen(registry, "amt", "2016-01-01").facts if fact.attribute == "code"]
    [code] = [f for f in seen(registry, "amt", "2016-01-01", planned=True).facts if f.attribute == "code"]
    assert (plain, code.value, code.until) == ("0600", "0700", None)
    assert [entry.status for entry in code.statements] == [Status.PLANNED]
    assert code.doubt is not None
    assert code.doubt.because == "planned, not in force"


@pytest.mark.parametrize(
    ("contact", "day", "because"),
    [
        ("{visit: Platz 1}\n    sources: [{paper: brief}]", "2012-01-01", None),
        (
            "{visit: Platz 1}\n    sources: [{paper: brief}]",
            "2013-01-01",
            "its sources speak of 2011-01-01 to 2012-01-01",
        ),
        ("unknown\n    sources: [{paper: brief}]", "2013-01-01", "no source gives it"),
        ("none\n    sources: [{paper: brief}]", "2013-01-01", None),
    ],
)
def test_a_contact_of_which_its_source_does_not_speak_on_the_day_is_marked(
    contact: str, day: str, because: str | None
) -> None:
    amt = f"{AMT}  - from: 2011-01-01\n    contact: {contact}\n"
    one = seen(register(amt=amt, decisions_brief=paper("2012-01-01")), "amt", day)
    [fact] = [fact for fact in one.facts if fact.attribute == "contact"]
    assert (None if fact.doubt is None else fact.doubt.because) == because


def test_a_contact_of_one_day_and_one_of_none_are_marked() -> None:
    amt = AMT.replace("2010-01-01", "unknown") + "  - from: unknown\n    contact: {visit: Platz 1}\n"
    source = "    sources: [{paper: brief}]\n"
    [fact] = [
        fact
        for fact in seen(register(amt=amt + source, decisions_brief=paper("2012-01-01")), "amt", "2013-01-01").facts
        if fact.attribute == "contact"
    ]
    assert fact.doubt is not None
    assert (fact.doubt.because, fact.doubt.brief) == ("its source speaks of 2012-01-01 only", "not of this day")
    [fact] = [
        fact
        for fact in seen(register(amt=amt + source, decisions_brief=paper("unknown")), "amt", "2013-01-01").facts
        if fact.attribute == "contact"
    ]
    assert fact.doubt is not None
    assert fact.doubt.because == "its source bears no date"


def test_former_codes_are_told_with_their_days() -> None:
    one = seen(register(amt=more('from: 2015-01-01\n    code: "0700"')), "amt", "2016-01-01")
    assert [(fact.value, str(fact.since), fact.until) for fact in one.codes] == [
        ("0600", "2010-01-01", date(2014, 12, 31)),
        ("0700", "2015-01-01", None),
    ]


# Posts and tasks

PARTS = """\
tasks:
  ehrenamt:
    - from: 2012-01-01
      text: Ehrenamt
      out_of: [sozialreferat]
      $
posts:
  beirat:
    - from: unknown
      status: not_created
      title: Beirat
      because: nobody wanted it
      $
  gehilfe:
    - from: 2011-01-01
      title: Gehilfe
      $
  leitung:
    - from: 2012-01-01
      title: Leitung
      head: true
      holder: Frau Amtmann
      $
  zukunft:
    - from: 2012-01-01
      status: planned
      title: Zukunft
      $
  zurueckgezogen:
    - from: 2013-01-01
      title: Zurückgezogen
      annulled: {day: 2012-12-01, by: beschluss, because: no money}
      $
"""


def test_heads_stand_first_and_what_is_planned_last() -> None:
    registry = register(amt=AMT + PARTS)
    assert [post.slug for post in seen(registry, "amt", "2014-01-01").posts] == ["leitung", "gehilfe"]
    planned = seen(registry, "amt", "2014-01-01", planned=True)
    assert [post.slug for post in planned.posts] == ["leitung", "gehilfe", "zukunft"]
    head = planned.posts[0]
    assert (head.sort, head.identity, head.fact("topics")) == (Sort.POST, "bs/amt#leitung", None)


def test_a_task_says_out_of_what_it_came() -> None:
    [task] = seen(register(amt=AMT + PARTS), "amt", "2014-01-01").tasks
    assert [str(entry.values["out_of"]) for entry in task.origins] == ["('bs/sozialreferat',)"]
    assert (str(task.since), task.until) == ("2012-01-01", None)


def test_a_part_begins_on_its_day_and_ends_with_its_unit() -> None:
    registry = register(amt=more("from: 2015-01-01\n    ended: dissolved") + PARTS)
    assert seen(registry, "amt", "2011-12-31").tasks == ()
    assert [part.until for part in seen(registry, "amt", "2014-12-31").tasks] == [date(2014, 12, 31)]
    assert seen(registry, "amt", "2015-01-01").tasks == ()


def test_a_later_life_begins_without_the_parts_of_the_first() -> None:
    revived = more(
        "from: 2015-01-01\n    ended: dissolved",
        "from: 2018-01-01\n    name: Amt\n    kind: Referat\n    parent: stadtverwaltung",
    )
    assert seen(register(amt=revived + PARTS), "amt", "2019-01-01").posts == ()


def test_what_was_refused_and_what_was_withdrawn_is_told_on_every_day() -> None:
    registry = register(amt=AMT + PARTS)
    for day in ("2000-01-01", "2014-01-01"):
        one = seen(registry, "amt", day)
        assert [(remark.sort, remark.part) for remark in one.refused] == [(Sort.POST, "beirat")]
        assert [(remark.sort, remark.part) for remark in one.withdrawn] == [(Sort.POST, "zurueckgezogen")]
    whole = seen(register(amt=more("from: unknown\n    status: not_created\n    name: Haus")), "amt", "2012-01-01")
    assert [(remark.sort, remark.part) for remark in whole.refused] == [(None, None)]


def test_a_part_is_shown_with_its_whole_timeline() -> None:
    registry = register(amt=AMT + PARTS.replace("  gehilfe:", "  ehrenamt:"))
    amt = registry.units["bs/amt"]
    post, task = part_portraits(registry, amt, "ehrenamt", date(2011, 6, 1))
    assert (post.sort, post.identity, post.on_day is not None) == (Sort.POST, "bs/amt#ehrenamt", True)
    assert (task.sort, task.on_day, task.unit_lives, len(task.timeline)) == (Sort.TASK, None, True, 1)
    assert task.attested is not None
    assert part_portraits(registry, amt, "nichts", date(2011, 6, 1)) == ()
    [never] = part_portraits(registry, amt, "beirat", date(2000, 6, 1))
    assert (never.on_day, never.unit_lives, never.attested) == (None, False, None)


# The other side


def test_other_units_tell_their_side() -> None:
    other = """\
timeline:
  - from: unknown
    name: Ausschuss
    kind: Ausschuss
    parent: unknown
    secretariat: amt
    members: [{rule: alle}, amt]
    involves: ["amt#leitung", sozialreferat]
    $
"""
    below = AMT.replace("sozialreferat", "amt").replace("0600", "0601").replace("Amt", "Stelle")
    gone = more("from: 2011-01-01\n    ended: dissolved", base=below.replace("0601", "0602"))
    registry = register(amt=AMT + PARTS, ausschuss=other, stelle=below, vorbei=gone)
    one = seen(registry, "amt", "2014-01-01")
    assert [(tie.fact.attribute, tie.other.unit.id, tie.to) for tie in one.ties] == [
        ("parent", "bs/stelle", "bs/amt"),
        ("secretariat", "bs/ausschuss", "bs/amt"),
        ("members", "bs/ausschuss", "bs/amt"),
        ("involves", "bs/ausschuss", "bs/amt#leitung"),
    ]


# Names for references


def test_things_are_called_as_on_the_day_or_as_nearest_to_it() -> None:
    amt = more("from: 2015-01-01\n    name: Haus", "from: 2020-01-01\n    ended: dissolved") + PARTS
    registry = register(amt=amt, nie="timeline: []\n")
    assert Labels(registry, date(2014, 1, 1)).unit("bs/amt") == "0600 Amt"
    assert Labels(registry, date(2009, 1, 1)).unit("bs/amt") == "0600 Amt"
    assert Labels(registry, date(2024, 1, 1)).unit("bs/amt") == "0600 Haus"
    labels = Labels(registry, date(2014, 1, 1))
    assert labels.unit("bs/amt#leitung") == "Leitung (0600 Amt)"
    assert labels.unit("bs/amt#ehrenamt") == "Ehrenamt (0600 Amt)"
    assert labels.unit("bs/amt#nichts") == "nichts (0600 Amt)"
    assert labels.unit("bs/unbekannt") == "unbekannt"
    assert labels.unit("bs/nie") == "nie"
    assert (labels.has_code("bs/amt"), labels.has_code("bs/stadtverwaltung"), labels.has_code("bs/nichts")) == (
        True,
        False,
        False,
    )
    assert labels.paper("bs/beschluss") is not None
    assert labels.paper("bs/nichts") is None
    assert labels.plan("bs/nichts") is None


def test_a_part_without_a_title_is_called_by_its_slug() -> None:
    registry = register(amt=AMT + PARTS.replace("title: Gehilfe", "holder: Herr Schreiber"))
    assert Labels(registry, date(2014, 1, 1)).unit("bs/amt#gehilfe") == "gehilfe (0600 Amt)"


def test_a_life_of_no_day_is_no_life() -> None:
    amt = AMT.replace("2010-01-01", "2015-01-01") + "  - from: 2015-01-01\n    ended: dissolved\n    $\n"
    one = seen(register(amt=amt), "amt", "2016-01-01")
    assert one.away is not None
    assert one.away.nearest is None or one.away.nearest.standing is not None


def test_a_unit_of_no_file_can_be_seen_too() -> None:
    registry = register()
    one = portrait(registry, Unit("bs/x", Timeline(())), date(2020, 1, 1))
    assert (one.names, one.predecessors, one.successors) == ((), (), ())
