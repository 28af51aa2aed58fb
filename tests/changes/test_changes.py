"""Which changes a register tells, and in which words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from orgreg.load import load
from orgreg.model.certainty import Certainty
from orgreg.model.change import Occasion, Verb
from orgreg.model.timeline import Absent
from orgreg.query.change_table import changes_table
from orgreg.query.changes import occasions
from orgreg.query.reporting import reported, title
from orgreg.query.sentence import joined, sentence
from orgreg.store.working_tree import WorkingTree
from tests.commands import ROOT, run
from tests.show.small import paper, register

if TYPE_CHECKING:
    from orgreg.model.change import Change
    from orgreg.model.registry import Registry

OPENING = """\
timeline:
  - from: 2010-01-01
    name: Amt
    code: "0600"
    kind: Referat
    parent: stadtverwaltung
    $
"""
OTHER = OPENING.replace("Amt", "Anderes").replace("0600", "0700")
FIRST, LAST = date(2014, 12, 31), date(2030, 1, 1)


def entry(*lines: str, day: str = "2020-01-01") -> str:
    return "".join([f"  - from: {day}\n", *(f"    {line}\n" for line in lines), "    $\n"])


def found(registry: Registry, *, planned: bool = False) -> list[Change]:
    return [one for occasion in occasions(registry, FIRST, LAST, planned=planned) for one in occasion.changes]


def told(timeline: str, *, planned: bool = False, **more: str) -> list[str]:
    registry = register(amt=timeline, anderes=OTHER, **more)
    return [sentence(registry, one) for one in found(registry, planned=planned)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["parent: anderes"], "0600 Amt moves from Stadt Braunschweig to 0700 Anderes"),
        (["parent: unknown"], "0600 Amt moves from Stadt Braunschweig, where to is not recorded"),
        (["parent: none"], "0600 Amt stands under no other unit (before: Stadt Braunschweig)"),
        (["staff_of: anderes"], "0600 Amt moves from Stadt Braunschweig to stand beside 0700 Anderes"),
        (["staff_of: stadtverwaltung"], "0600 Amt now stands beside Stadt Braunschweig, no longer under it"),
        (["name: Büro"], "0600 Amt is renamed Büro"),
        (["name: unknown"], "The name of 0600 Amt is no longer recorded"),
        (['code: "0601"'], "Amt takes the code 0601 (before: 0600)"),
        (["code: none"], "Amt bears no code (before: 0600)"),
        (["code: unknown"], "Amt bears a code that is not recorded (before: 0600)"),
        (["kind: Stelle"], "0600 Amt turns from Referat into Stelle"),
        (["kind: unknown"], "Of what kind 0600 Amt is, is no longer recorded (before: Referat)"),
        (["secretariat: anderes"], "The secretariat of 0600 Amt goes to 0700 Anderes"),
        (["secretariat: unknown"], "Who runs the secretariat of 0600 Amt is not recorded"),
        (["secretariat: none"], "0600 Amt has no secretariat"),
        (["steers: [anderes]"], "0600 Amt steers 0700 Anderes"),
        (["advises: unknown"], "Whom 0600 Amt advises is not recorded"),
        (["coordinates: none"], "0600 Amt coordinates nobody"),
        (["members: [anderes, {rule: alle Leitungen}]"], "0600 Amt has as members 0700 Anderes and „alle Leitungen“"),
        (["short_name: A"], "0600 Amt is called A for short"),
        (["staff: 3"], "0600 Amt has a staff of 3"),
        (["staff: unknown"], "0600 Amt has a number of staff that is not recorded"),
        (["contact: none"], "0600 Amt has no contact"),
        (["contact: {visit: Markt 1, phone: '1 2'}"], "0600 Amt can be reached: visit Markt 1; phone 1 2"),
        (["out_of: [anderes]"], "0600 Amt takes over a part of 0700 Anderes"),
        (["out_of: unknown"], "0600 Amt takes over a part of another unit, of which is not recorded"),
        (["ended: dissolved"], "0600 Amt is dissolved"),
        (["ended: dissolved", "into: [anderes]"], "0600 Amt is dissolved, into 0700 Anderes"),
        (["ended: unknown"], "0600 Amt ends, how is not recorded"),
        (["ended: split", "into: unknown"], "0600 Amt is split, into what is not recorded"),
        (["ended: left"], "0600 Amt leaves the administration"),
        (["ended: replaced", "into: [anderes]"], "0600 Amt is replaced by 0700 Anderes"),
        (["ended: merged", "into: none"], "0600 Amt is merged"),
        (["aka: [das Amt]"], None),
        (["name: Amt"], None),
    ],
)
def test_a_value_becomes_another(lines: list[str], expected: str | None) -> None:
    assert told(OPENING + entry(*lines)) == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (["parent: unknown"], ["parent: anderes"], "0600 Amt stands under 0700 Anderes (before: not recorded)"),
        (
            ["staff_of: anderes"],
            ["parent: stadtverwaltung"],
            "0600 Amt moves from beside 0700 Anderes to Stadt Braunschweig",
        ),
        (["staff_of: anderes"], ["parent: anderes"], "0600 Amt now stands under 0700 Anderes, no longer beside it"),
        (["parent: none"], ["parent: unknown"], "0600 Amt moves, where to is not recorded"),
        (["name: unknown"], ["name: Büro"], "0600 amt is named Büro"),
        (["code: unknown"], ['code: "0601"'], "Amt bears the code 0601 (before: not recorded)"),
        (["kind: unknown"], ["kind: Stelle"], "0600 Amt is of the kind Stelle (before: not recorded)"),
        (["steers: [anderes]"], ["steers: [rat]"], "0600 Amt now steers rat and no longer steers 0700 Anderes"),
        (["steers: [anderes, rat]"], ["steers: [rat]"], "0600 Amt no longer steers 0700 Anderes"),
        (["steers: [anderes, rat]"], ["steers: [rat, anderes]"], "0600 Amt steers them in another order"),
        (["steers: unknown"], ["steers: [rat]"], "0600 Amt steers rat (before: not recorded)"),
        (
            ["contact: {visit: Markt 1, phone: '1 2'}"],
            ["contact: {visit: Markt 2, phone: '1 2'}"],
            "0600 Amt can be reached: visit Markt 2 (before: visit Markt 1)",
        ),
        (
            ["contact: {visit: Markt 1, phone: '1 2'}"],
            ["contact: {phone: '1 2'}"],
            "0600 Amt can be reached: nothing else (before: visit Markt 1)",
        ),
    ],
)
def test_what_it_was_before_is_told(first: list[str], second: list[str], expected: str) -> None:
    assert told(OPENING + entry(*first, day="2012-01-01") + entry(*second)) == [expected]


def opening(*lines: str, day: str = "2020-01-01", name: str = "Neu", parent: str = "parent: anderes") -> str:
    return "timeline:\n" + entry(f"name: {name}", "kind: Referat", parent, *lines, day=day)


@pytest.mark.parametrize(
    ("timeline", "expected"),
    [
        (opening(), "Neu is created as Referat under 0700 Anderes"),
        (opening(name="Referat Neu"), "Referat Neu is created under 0700 Anderes"),
        (opening(parent="parent: none"), "Neu is created as Referat"),
        (opening(parent="parent: unknown"), "Neu is created as Referat, under whom is not recorded"),
        (opening(parent="staff_of: anderes"), "Neu is created as Referat beside 0700 Anderes"),
        (opening(day="..2020-01-01"), "Neu is first attested as Referat under 0700 Anderes"),
        (opening("out_of: [anderes]"), "Neu is created as Referat under 0700 Anderes out of 0700 Anderes"),
        (opening("out_of: unknown"), "Neu is created as Referat under 0700 Anderes, out of what is not recorded"),
        (
            opening("steers: [rat]", "secretariat: anderes"),
            "Neu is created as Referat under 0700 Anderes; it steers rat; its secretariat is 0700 Anderes",
        ),
    ],
)
def test_a_life_begins(timeline: str, expected: str) -> None:
    assert told(timeline) == [expected]


def test_a_life_that_begins_again_is_told_after_its_end_and_one_without_days_is_not() -> None:
    again = OPENING + entry("ended: dissolved") + entry("name: Amt", "kind: Stelle", "parent: anderes")
    assert told(again) == ["Amt is created again as Stelle under 0700 Anderes", "0600 Amt is dissolved"]
    nothing = opening().replace("name", "name") + entry("ended: dissolved")
    assert told(nothing) == []


def test_a_beginning_that_is_not_known_is_no_change_and_what_is_first_heard_of_later_is_attested() -> None:
    heard = opening("code: unknown", day="unknown") + entry('code: "0610"', "parent: anderes")
    registry = register(
        amt=heard.replace("$", "sources: none", 1), anderes=OTHER, decisions_beschluss=paper("2020-02-01")
    )
    [one] = found(registry)
    assert one.verb is Verb.ATTESTED
    assert one.after == (("code", "0610"), ("parent", "bs/anderes"))
    assert sentence(registry, one) == "0610 Neu is first attested under 0700 Anderes (code before: not recorded)"
    same = heard.replace('code: "0610"', "name: Neu")
    assert found(register(amt=same.replace("$", "sources: none", 1), anderes=OTHER)) == []
    named = opening(day="unknown") + entry("name: Büro")
    registry = register(
        amt=named.replace("$", "sources: none", 1), anderes=OTHER, decisions_beschluss=paper("2020-02-01")
    )
    assert [sentence(registry, one) for one in found(registry)] == ["Büro is first attested"]


WITHDRAWN = "what was to become different is withdrawn"
POSTS = "posts:\n  leitung:\n"
TASKS = "tasks:\n  eins:\n"


def part(*lines: str, day: str = "2020-01-01") -> str:
    return "".join(f"  {line}\n" for line in entry(*lines, day=day).splitlines())


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([["title: Leitung", "holder: Frau A"]], "0600 Amt has the post „Leitung“, held by Frau A"),
        ([["title: Leitung", "holder: vacant"]], "0600 Amt has the post „Leitung“, vacant"),
        ([["title: Leitung", "holder: unknown"]], "0600 Amt has the post „Leitung“, its holder is not named"),
        ([["title: Leitung"]], "0600 Amt has the post „Leitung“"),
        ([["title: unknown"]], "0600 Amt has the post „leitung“"),
        (
            [["title: Leitung", "out_of: [anderes#chef]"]],
            "0600 Amt takes over the post „Leitung“ from 0700 Anderes",
        ),
        ([["title: Leitung", "out_of: unknown"]], "0600 Amt takes over the post „Leitung“, from whom is not recorded"),
        ([[], ["holder: Frau A"]], "0600 Amt: the post „Leitung“ is held by Frau A"),
        ([["holder: vacant"], ["holder: Frau A"]], "0600 Amt: the post „Leitung“ is held by Frau A (before: vacant)"),
        ([["holder: Frau A"], ["holder: vacant"]], "0600 Amt: the post „Leitung“ is vacant (before: Frau A)"),
        (
            [["holder: vacant"], ["holder: unknown"]],
            "0600 Amt: the post „Leitung“ is filled, by whom is not recorded (before: vacant)",
        ),
        (
            [["holder: Frau A"], ["holder: unknown"]],
            "0600 Amt: the post „Leitung“ is held by somebody who is not named (before: Frau A)",
        ),
        (
            [[], ["head: true", "title: Chef"]],
            "0600 Amt: the post „Leitung“ now heads the unit; it is now called „Chef“",
        ),
        ([[], ["head: false"]], "0600 Amt: the post „Leitung“ no longer heads the unit"),
        ([[], ["out_of: [anderes]"]], "0600 Amt: the post „Leitung“ comes from 0700 Anderes"),
        ([[], ["ended: dissolved"]], "0600 Amt: the post „Leitung“ is dissolved"),
        ([[], ["ended: transferred", "into: [anderes]"]], "0600 Amt: the post „Leitung“ goes to 0700 Anderes"),
        ([[], ["title: Leitung"]], None),
    ],
)
def test_a_post_changes(entries: list[list[str]], expected: str | None) -> None:
    lines = [["title: Leitung", *entries[0]], entries[1]] if len(entries) > 1 else entries
    days = ["2012-01-01", "2020-01-01"] if len(entries) > 1 else ["2020-01-01"]
    parts = "".join(part(*some, day=day) for some, day in zip(lines, days, strict=True))
    assert told(OPENING + POSTS + parts) == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([["text: Akten", "topics: [integration]"]], "0600 Amt has the task „Akten“"),
        ([["text: Akten", "out_of: [anderes]"]], "0600 Amt takes over the task „Akten“ from 0700 Anderes"),
        ([["text: Akten"], ["text: Bücher"]], "0600 Amt: the task „Akten“ now reads „Bücher“"),
        ([["text: Akten"], ["out_of: [anderes]"]], "0600 Amt takes over the task „Akten“ from 0700 Anderes"),
        ([["text: Akten"], ["topics: [integration]"]], None),
        ([["text: Akten"], ["ended: unknown"]], "0600 Amt: the task „Akten“ ends, how is not recorded"),
    ],
)
def test_a_task_changes(entries: list[list[str]], expected: str | None) -> None:
    days = ["2012-01-01", "2020-01-01"][-len(entries) :]
    parts = "".join(part(*some, day=day) for some, day in zip(entries, days, strict=True))
    assert told(OPENING + TASKS + parts) == ([] if expected is None else [expected])


def test_what_a_unit_has_begins_and_ends_with_it_and_is_not_told_again() -> None:
    begins = opening() + POSTS + part("title: Leitung")
    assert told(begins) == ["Neu is created as Referat under 0700 Anderes"]
    before = opening() + POSTS + part("title: Leitung", day="2018-01-01")
    assert told(before) == ["Neu is created as Referat under 0700 Anderes"]
    ends = (
        OPENING + entry("ended: dissolved") + TASKS + part("text: Akten", day="2012-01-01") + part("ended: dissolved")
    )
    assert told(ends) == ["0600 Amt is dissolved"]
    goes = ends.replace("  ended: dissolved\n        ", "  ended: transferred\n      into: [anderes]\n        ")
    assert told(goes) == ["0600 Amt is dissolved"]
    later = OPENING + entry("ended: dissolved", day="2018-01-01") + TASKS + part("text: Akten", day="2012-01-01")
    assert told(later + part("ended: dissolved")) == ["0600 Amt is dissolved"]


def test_what_is_only_heard_of_by_a_day_is_first_attested_and_several_entries_of_a_day_are_one_change() -> None:
    post = part("title: Leitung", day="..2020-01-01") + part("holder: Frau A")
    assert told(OPENING + POSTS + post) == ["0600 Amt is first attested with the post „Leitung“, held by Frau A"]


def test_what_moves_is_told_once_where_it_has_come_to() -> None:
    old = OPENING + TASKS + part("text: Akten", day="2012-01-01")
    new = OTHER + TASKS.replace("eins", "akten")
    expected = ["0700 Anderes takes over the task „Akten“ from 0600 Amt"]
    for ended, came in (
        (["ended: transferred"], ["text: Akten", "out_of: [amt#eins]"]),
        (["ended: transferred", "into: [anderes#akten]"], ["text: Akten", "out_of: [amt#eins]"]),
        (["ended: transferred", "into: [anderes#akten]"], ["text: Akten"]),
    ):
        registry = register(amt=old + part(*ended), anderes=new + part(*came))
        assert [sentence(registry, one) for one in found(registry)] == expected
    registry = register(amt=old + part("ended: transferred", "into: [anderes]"), anderes=OTHER)
    assert [sentence(registry, one) for one in found(registry)] == ["0600 Amt: the task „Akten“ goes to 0700 Anderes"]


def test_quotation_marks_within_a_title_are_single_ones() -> None:
    named = part("text: Netzwerk „A“", day="2012-01-01") + part("text: Netzwerk „B“")
    assert told(OPENING + TASKS + named) == [
        "0600 Amt: the task „Netzwerk ‚A‘“ now reads „Netzwerk ‚B‘“"  # noqa: RUF001 - as printed
    ]
    renamed = part("title: Leitung „A“", day="2012-01-01") + part("title: Leitung „B“")
    assert told(OPENING + POSTS + renamed) == [
        "0600 Amt: the post „Leitung ‚A‘“ is now called „Leitung ‚B‘“"  # noqa: RUF001 - as printed
    ]


def test_what_was_withdrawn_is_told_on_the_day_of_its_withdrawal() -> None:
    void = "annulled: {day: 2019-05-05, by: beschluss}"
    registry = register(
        amt=OPENING + entry("name: Büro", void) + TASKS + part("text: Akten", "out_of: [anderes]", void),
        anderes=OTHER,
        decisions_beschluss=paper("2019-05-01"),
    )
    assert [(sentence(registry, one), str(one.on), one.papers) for one in found(registry)] == [
        (
            f"0600 Amt: eins: {WITHDRAWN}: text Akten and that it takes something over from 0700 Anderes",
            "2019-05-05",
            ("bs/beschluss",),
        ),
        (f"0600 Amt: {WITHDRAWN}: name Büro", "2019-05-05", ("bs/beschluss",)),
    ][::-1]
    assert told(OPENING + entry("ended: absorbed", "into: [anderes]", "annulled: {day: 2019-05-05}")) == [
        "0600 Amt: what was to become different is withdrawn: that it is absorbed into 0700 Anderes"
    ]
    assert told(OPENING + entry("out_of: [anderes]", "annulled: {day: 2019-05-05}")) == [
        "0600 Amt: what was to become different is withdrawn: that it takes something over from 0700 Anderes"
    ]
    assert told(OPENING + entry("into: [anderes]", "annulled: {day: 2019-05-05}")) == [
        "0600 Amt: what was to become different is withdrawn"
    ]


@pytest.mark.parametrize(
    ("timeline", "expected"),
    [
        (OPENING + entry("name: Büro", "status: planned"), ["Planned: 0600 Amt is renamed Büro"]),
        (
            OPENING + entry("ended: absorbed", "into: [anderes]", "status: proposed"),
            ["Proposed: 0600 Amt is absorbed into 0700 Anderes"],
        ),
        (opening("status: planned"), ["Planned: Neu is created as Referat under 0700 Anderes"]),
        (opening("status: planned", day="unknown"), []),
        (
            opening("status: planned") + POSTS + part("title: Leitung", "status: planned"),
            ["Planned: Neu is created as Referat under 0700 Anderes"],
        ),
        (OPENING + POSTS + part("title: Leitung", "status: planned"), ["Planned: 0600 Amt has the post „Leitung“"]),
        (OPENING + entry("name: Amt", "status: planned"), []),
    ],
)
def test_what_is_only_intended_is_told_when_asked_for(timeline: str, expected: list[str]) -> None:
    assert told(timeline) == []
    assert told(timeline, planned=True) == expected


# Occasions


def test_what_belongs_to_one_change_stands_together_with_its_decision_and_its_papers() -> None:
    shared = ["change: umbau", "decided_by: [beschluss]"]
    registry = register(
        amt=OPENING + entry("name: Büro", *shared),
        anderes=OTHER + entry("name: Ganz anderes", "change: umbau", "decided_by: unknown") + entry("staff: 3"),
        decisions_beschluss=paper("2020-01-11", title="Umbau"),
    )
    one, other = occasions(registry, FIRST, LAST)
    assert (one.word, title(registry, one), one.municipality) == ("umbau", "Umbau", "bs")
    assert (one.decided_by, one.units) == (("bs/beschluss",), ("bs/amt", "bs/anderes"))
    assert [(report.paper, report.days) for report in reported(registry, one)] == [("bs/beschluss", 10)]
    assert (other.word, title(registry, other), other.decided_by) == (None, None, None)
    decided = [row[-2] for row in changes_table(registry, (one, other), "x").rows]
    assert decided == [("beschluss",), ("unknown",), None]
    bare = "  - from: 2020-01-01\n    name: Büro\n    change: umbau\n    sources: none\n"
    lost = register(amt=OPENING + bare, anderes=OTHER)
    [only] = occasions(lost, FIRST, LAST)
    assert (title(lost, only), reported(lost, only)) == ("umbau", ())


def test_of_several_days_that_count_from_one_the_exact_one_is_told() -> None:
    vague = register(amt=OPENING + entry("name: Büro", day="2020") + entry("staff: 3"), anderes=OTHER)
    [one] = occasions(vague, FIRST, LAST)
    assert [str(change.on) for change in one.changes] == ["2020", "2020-01-01"]
    assert str(one.on) == "2020-01-01"
    [alone] = occasions(register(amt=OPENING + entry("name: Büro", day="2020"), anderes=OTHER), FIRST, LAST)
    assert str(alone.on) == "2020"


def test_only_the_municipality_that_is_asked_for_is_told() -> None:
    registry = load(WorkingTree(ROOT)).registry
    found = occasions(registry, FIRST, LAST, municipality="bux")
    assert {one.municipality for one in found} == {"bux"}


def test_what_other_sources_say_and_what_is_concluded_makes_it_doubtful() -> None:
    doubtful = entry(
        "name: Büro",
        "decided_by: none",
        "inferred: {from: the year, name: read}",
        "also:",
        "  - {name: Kontor, because: the letter is older, sources: [{paper: beschluss}]}",
        "  - {from: 2019, sources: none}",
    )
    registry = register(amt=OPENING + doubtful, anderes=OTHER, decisions_beschluss=paper("2020-01-11"))
    [one] = found(registry)
    assert one.certainty is Certainty.DISPUTED
    assert one.decided_by is Absent.NONE
    assert [(doubt.attribute, str(doubt.certainty), doubt.because) for doubt in one.doubts] == [
        ("name", "disputed", "beschluss says Kontor; the letter is older"),
        ("name", "inferred", "read"),
        ("from", "disputed", "another source gives 2019"),
        ("from", "inferred", "the year"),
    ]
    table = changes_table(registry, occasions(registry, FIRST, LAST), "x")
    [row] = table.rows
    assert row[-2] == ("none",)
    assert Occasion(one.day, None, (one,)).papers == ("bs/beschluss",)


def test_a_contact_that_was_withdrawn_is_told_and_a_unit_that_never_was_has_its_slug() -> None:
    void = "annulled: {day: 2019-05-05}"
    assert told(OPENING + entry("contact: {visit: Markt 1}", void)) == [f"0600 Amt: {WITHDRAWN}: contact visit Markt 1"]
    assert told("timeline:\n" + entry("name: Nie", "kind: Referat", "parent: none", void)) == [
        f"amt: {WITHDRAWN}: kind Referat, name Nie and parent none"
    ]
    later = opening(day="2021-01-01") + entry("name: Nie", void)
    assert told(later)[0] == f"Neu: {WITHDRAWN}: name Nie"
    assert str(Verb.TASK) == "task transferred"


def test_names_with_commas_are_told_apart() -> None:
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert joined(["a, b", "c"]) == "a, b and c"
    assert joined(["a, b", "c", "d"]) == "a, b; c; d"


# The reorganisation of 1 March 2024


def test_the_reorganisation_of_1_march_2024_is_told_as_it_was() -> None:
    registry = load(WorkingTree(ROOT)).registry
    [one] = occasions(registry, date(2023, 12, 31), date(2024, 3, 31))
    assert str(title(registry, one)).startswith("Neugliederung des Referats 0500 Sozialreferat")
    assert one.decided_by is Absent.UNKNOWN
    assert [report.days for report in reported(registry, one)] == [32, 38, None]
    parts = [change for change in one.changes if change.verb is not Verb.TASK]
    stelle = "0500.10 Integration, Vielfalt und Demokratie"
    planung = "0500.20 Sozial- und Gesundheitsplanung"
    stabsstelle = "Stabsstelle Vielfalt, Zuwanderung und Demokratie"
    secretariat = "The secretariat of Ausschuss für Vielfalt und Integration"
    assert [(sentence(registry, change), str(change.certainty)) for change in parts] == [
        (f"{stelle} is created as Stelle under 0500 Sozialreferat", "disputed"),
        (f"{planung} is first attested under 0500 Sozialreferat (code before: not recorded)", "stated"),
        (f"50.21 Büro für Migrationsfragen is absorbed into {stelle}", "disputed"),
        (f"{stabsstelle} is absorbed into {stelle}", "inferred"),
        (f"{secretariat} goes to 0500 Sozialreferat (before: not recorded)", "inferred"),
    ]
    absorbed = parts[2]
    assert [(doubt.attribute, str(doubt.certainty)) for doubt in absorbed.doubts] == [
        ("ended", "disputed"),
        ("ended", "inferred"),
        ("into", "disputed"),
        ("from", "disputed"),
        ("from", "inferred"),
    ]


@pytest.mark.parametrize("format_", ["text", "json", "markdown", "csv"])
def test_the_command_writes_every_format(format_: str) -> None:
    outcome = run("diff", "2023-12-31", "2024-03-31", "--format", format_)
    assert outcome.code == 0
    assert "50.21 Büro für Migrationsfragen is absorbed" in outcome.out
    assert run("diff", "2026-01-01", "2026-01-01", "--format", format_).code == 0


def test_an_earlier_day_behind_a_later_one_is_refused() -> None:
    outcome = run("diff", "2024-03-31", "2023-12-31")
    assert outcome.code == 2
    assert "write the earlier day first" in outcome.err


def test_all_changes_are_a_report() -> None:
    outcome = run("report", "changes", "--date", "2016-03-31", "--format", "csv")
    assert [line.split(",")[0] for line in outcome.out.splitlines()] == ["on", "2016~"]
