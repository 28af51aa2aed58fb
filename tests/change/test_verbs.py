"""What each verb writes, and that it is written once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from orgreg.change.orders import Office, Order, propose
from orgreg.change.proposal import Objection, Proposal, Recorded
from orgreg.change.rehearsal import Rehearsal
from orgreg.load import load
from tests.change.small import SMALL, TODAY, asked, attempt, done, is_recorded, ordered, rehearsed, told, unit
from tests.strategies import memory

if TYPE_CHECKING:
    from orgreg.store import Trouble

NEW = {"name": "Neue Stelle", "kind": "Stelle", "parent": "0500", "code": "0500.20"}


def _lines(order: Order, key: str) -> str:
    """The lines that an order adds to a file."""
    old, new = SMALL.get(key, ""), done(order)[key]
    assert isinstance(new, bytes)
    return "\n".join(line for line in new.decode().splitlines() if line not in old.splitlines())


TOLD = [
    (ordered("move", "50.21", "0500.10"), "50.21 Büro für Migrationsfragen is absorbed into 0500.10 Planung"),
    (ordered("move", "50.21", "0500"), "moves from 50.2 Migration to 0500 Sozialreferat"),
    (ordered("move", "50.2", into="0500", children_to="0500"), "50.2 Migration is absorbed into 0500 Sozialreferat"),
    (ordered("move", "50.21", under="stab"), "moves from 50.2 Migration to Stab"),
    (ordered("move", "50.21", "0500.20"), "takes the code 0500.20 (before: 50.21)"),
    (ordered("move", "50.21", "50.22"), "takes the code 50.22 (before: 50.21)"),
    (ordered("move", "50", "51"), "takes the code 51 (before: 50)"),
    (ordered("merge", "50.21", "stab", "0500.10"), "50.21 Büro für Migrationsfragen is merged into 0500.10 Planung"),
    (ordered("merge", "50.2", "0500", children_to="50"), "moves from 50.2 Migration to 50 Soziales und Gesundheit"),
    (ordered("split", "50.21", "stab", "0500.10", tasks_to="stab", posts_to="none"), "is split into"),
    (ordered("dissolve", "stab"), "Stab is dissolved"),
    (ordered("dissolve", "50.2", children_to="50"), "50.2 Migration is dissolved"),
    (ordered("dissolve", "50.21", tasks_to="stab", posts_to="planung"), "Stab takes over the task „Asyl“"),
    (ordered("transfer", "buero#asyl", "stab"), "Stab takes over the task „Asyl“ from 50.21"),
    (ordered("transfer", "buero#leitung", "stab"), "Stab takes over the post „Leitung“ from 50.21"),
    (ordered("set", "50.21", "name", "Büro"), "Büro"),
    (ordered("set", "50.21", "code", "0500.20"), "takes the code 0500.20"),
    (ordered("set", "50.21", "code", "none"), "code"),
    (ordered("set", "50.21", "parent", "unknown"), "50.21"),
    (ordered("set", "50.21", "staff_of", "V"), "V Soziales"),
    (ordered("set", "50.21", "staff", "3"), "50.21 Büro"),
    (ordered("set", "50.21", "aka", "Migrationsbüro, Büro M"), "is recorded"),
    (ordered("set", "ausschuss", "secretariat", "0500"), "The secretariat of Ausschuss für Soziales goes to 0500"),
    (ordered("set", "ausschuss", "members", "0500, stab"), "Ausschuss"),
    (ordered("set", "buero#leitung", "holder", "Frau A"), "the post „Leitung“ is held by Frau A (before: vacant)"),
    (ordered("set", "buero#leitung", "head", "false"), "Leitung"),
    (ordered("set", "aktionsplan", "title", "Plan"), "aktionsplan: title Plan"),
    (ordered("set", "aktionsplan#bericht", "state", "erledigt"), "aktionsplan#bericht: state erledigt"),
    (ordered("set", "aktionsplan#bericht", "due", "2024-12"), "aktionsplan#bericht: due 2024-12, target"),
    (ordered("set", "aktionsplan#bericht", "due", "2024-12", modality="fixed"), "bericht: due 2024-12, fixed"),
    (ordered("set", "aktionsplan#bericht", "due", "none"), "aktionsplan#bericht: due none"),
    (
        ordered("set", "aktionsplan#bericht", "due", "im  4. Quartal 2025", modality="expected"),
        "aktionsplan#bericht: due the 4th quarter of 2025, expected, from the words „im 4. Quartal 2025“",
    ),
    (
        ordered("set", "aktionsplan#bericht", "due", "am 15. März 2025"),
        "aktionsplan#bericht: due 2025-03-15 or before, target, from the words „am 15. März 2025“",
    ),
    (
        ordered("set", "aktionsplan#bericht", "due", "am 15. März 2025", modality="fixed"),
        "aktionsplan#bericht: due 2025-03-15, fixed, from the words „am 15. März 2025“",
    ),
    (ordered("set", "50.21", "contact", "phone: 0531 4701; visit: Platz 1; 2. Stock"), "50.21 Büro"),
    (ordered("set", "aktionsplan", "mandate", "23-20000"), "aktionsplan: mandate"),
    (ordered("set", "plan", "status", "in force"), "0500.70 Geplantes Amt is created as Stelle under 0500"),
    (ordered("create", "unit", "bs/n", given=NEW), "0500.20 Neue Stelle is created"),
    (ordered("create", "unit", "bs/n", given=NEW | {"status": "planned"}), "Planned: 0500.20 Neue Stelle is created"),
    (ordered("create", "unit", "bs/n", given={"name": "N", "kind": "Stabsstelle", "staff_of": "V"}), "N is created"),
    (ordered("create", "unit", "bs/n", given={"name": "N", "kind": "Stelle", "parent": "unknown"}), "N is created"),
    (ordered("create", "unit", "bs/n", given=NEW | {"contact": "web: https://x.de; phone: 1"}), "0500.20 Neue Stelle"),
    (ordered("create", "task", "stab#x", given={"text": "Hilfe: sofort", "topics": "a, b"}), "„Hilfe: sofort“"),
    (ordered("create", "post", "stab#chef", given={"title": "Chef", "head": "true"}), "Chef"),
    (ordered("create", "step", "aktionsplan#s", given={"title": "S", "depends_on": "aktionsplan#bericht"}), "title S"),
    (
        ordered("create", "step", "aktionsplan#s", given={"title": "S", "due": "Ende 2025", "modality": "expected"}),
        "aktionsplan#s: title S; due the 4th quarter of 2025, expected, from the words „Ende 2025“",
    ),
    (ordered("create", "plan", "bs/p", given={"title": "P"}), "p: title P"),
    (ordered("create", "paper", "bs/b", given={"title": "Brief", "link": "https://x.de"}), "is recorded: Brief"),
    (ordered("create", "paper", "bs/b", given={"author": "0500", "kind": "Brief"}, quote="so"), "Brief b is recorded"),
    (ordered("create", "paper", "bs/b", given={"author": "none"}), "unknown b is recorded"),
    (ordered("correct", "50.21", "name", "Büro", because="misread"), "Correction: name of buero is Büro"),
    (ordered("correct", "50.21", "parent", "0500", because="x"), "Correction: parent of buero is 0500 Sozialreferat"),
    (ordered("correct", "buero#asyl", "text", "A", because="x"), "Correction: text of buero#asyl is A"),
    (ordered("correct", "buero#leitung", "holder", "Frau A", because="x"), "holder of buero#leitung is Frau A"),
    (ordered("correct", "ausschuss", "members", "stab", because="x"), "members of ausschuss is Stab"),
    (ordered("correct", "aktionsplan", "title", "X", because="x"), "title of aktionsplan is X"),
    (ordered("correct", "19-10000", "title", "Neu: alles", because="x"), "title of 19-10000 is Neu: alles"),
    (ordered("correct", "19-10000", "kind", "unknown", because="x"), "kind of 19-10000 is not recorded"),
    (ordered("correct", "19-10000", "date", "2019-11~", because="x"), "date of 19-10000 is 2019-11~"),
    (ordered("correct", "19-10000", "number", "19-10001", because="x"), "number of 19-10000 is 19-10001"),
    (ordered("correct", "[DS 19-10000]", "author", "V, 50", because="x"), "is V Soziales and 50 Soziales und"),
    (ordered("correct", "aktionsplan#bericht", "state", "erledigt", because="x"), "aktionsplan#bericht is erledigt"),
]


@pytest.mark.parametrize(("order", "sentence"), TOLD, ids=str)
def test_a_change_is_told_in_a_sentence(order: Order, sentence: str) -> None:
    assert sentence in told(order)


@pytest.mark.parametrize("order", [order for order, _ in TOLD], ids=str)
def test_said_again_it_is_recorded_already(order: Order) -> None:
    files = done(order)
    again = asked(order, files)
    assert isinstance(again, Recorded), again
    assert again.sentence.startswith("already recorded: ")


def test_the_sentence_of_an_end_that_is_recorded() -> None:
    move = ordered("move", "50.21", "0500.10")
    again = asked(move, done(move))
    assert again == Recorded("already recorded: absorbed into 0500.10 on 2024-03-01")
    into = ordered("move", "50.21", into="0500.10")
    assert asked(into, done(into)) == again


def test_the_sentence_of_an_end_into_a_unit_without_a_code() -> None:
    move = ordered("move", "50.21", into="stab")
    assert asked(move, done(move)) == Recorded("already recorded: absorbed into Stab on 2024-03-01")


def test_merging_again_with_one_unit_more_writes_only_that() -> None:
    files = done(ordered("merge", "50.21", "0500.10"))
    more = ordered("merge", "50.21", "stab", "0500.10")
    assert told(more, files=files) == "Stab is merged into 0500.10 Planung"


def test_without_a_date_it_is_today_and_without_a_paper_there_is_no_source() -> None:
    assert _lines(ordered("move", "50.2", "0500"), "data/units/bs/abteilung.yaml") == (
        "  - from: 2024-03-01\n    parent: referat\n    sources: none"
    )


def test_everything_that_it_stands_on_is_written() -> None:
    order = ordered(
        "set", "50.2", "name", "Migration: alles", date="2024-02", by="[DS 23\u201320000]", source="19-10000",
        quote="„so“ # und: nicht anders", because="it was decided", change="neugliederung",
    )  # fmt: skip
    assert _lines(order, "data/units/bs/abteilung.yaml") == (
        "  - from: 2024-02\n"
        "    change: neugliederung\n"
        '    name: "Migration: alles"\n'
        '    decided_by: "23-20000"\n'.replace('"23-20000"', "23-20000")
        + "    because: it was decided\n"
        "        quote: >-\n"
        "          „so“ # und: nicht anders"
    )
    trailers = rehearsed(order)[1].trailers
    assert trailers == (
        ("Change", "neugliederung"),
        ("Effective", "2024-02"),
        ("Decided-by", "23-20000"),
        ("Source", "19-10000"),
    )


@pytest.mark.parametrize("by", ["unknown", "none"])
def test_a_decision_may_be_unknown_or_none(by: str) -> None:
    assert f"    decided_by: {by}\n" in _lines(
        ordered("set", "50.2", "name", "X", by=by), "data/units/bs/abteilung.yaml"
    )


def test_the_decision_is_the_source_where_no_other_is_named() -> None:
    by = _lines(ordered("set", "50.2", "name", "X", by="23-20000"), "data/units/bs/abteilung.yaml")
    assert "      - paper: 23-20000" in by
    none = _lines(ordered("set", "50.2", "name", "X", by="23-20000", source="none"), "data/units/bs/abteilung.yaml")
    assert none.endswith("    sources: none")


def test_what_still_names_a_unit_that_ends_is_listed() -> None:
    remarks = rehearsed(ordered("move", "50.21", "0500.10"))[1].remarks
    assert "Ausschuss für Soziales still names it as secretariat" in remarks
    assert "Ausschuss für Soziales still names it as members" in remarks
    assert "bs/aktionsplan#bericht still has it as responsible" in remarks


def test_tasks_and_posts_go_along_and_say_where_from() -> None:
    after = load(memory(done(ordered("move", "50.21", "0500.10")))).registry.units["bs/planung"]
    assert after.tasks["asyl-buero"].entries[0].values["out_of"] == ("bs/buero#asyl",)
    assert after.posts["leitung-buero"].entries[0].values["out_of"] == ("bs/buero#leitung",)


def test_two_units_bring_parts_of_one_name() -> None:
    after = load(memory(done(ordered("merge", "50.21", "0500.10", "stab")))).registry.units["bs/stab"]
    assert sorted(after.tasks) == ["asyl", "asyl-planung"]
    parts = "".join(
        f"  {slug}:\n    - from: 2020-01-01\n      text: {slug}\n      sources: none\n"
        for slug in ("asyl", "asyl-buero")
    )
    stab = "data/units/bs/stab.yaml"
    third = {**SMALL, stab: f"{SMALL[stab]}tasks:\n{parts}"}
    after = load(memory(done(ordered("transfer", "buero#asyl", "stab"), files=third))).registry.units["bs/stab"]
    assert sorted(after.tasks) == ["asyl", "asyl-2", "asyl-buero"]


def test_moving_under_a_parent_that_the_code_implies_already_changes_the_code_alone() -> None:
    assert "parent" not in _lines(ordered("move", "50.21", "50.22"), "data/units/bs/buero.yaml")
    assert "parent: referat" in _lines(ordered("move", "50.21", "0500.20"), "data/units/bs/buero.yaml")


def test_a_word_of_its_own_code_is_recorded_already() -> None:
    assert is_recorded(ordered("move", "50.21", "50.21"))


def test_a_correction_rights_every_statement_and_keeps_what_stood_there() -> None:
    confirmed = SMALL["data/units/bs/abteilung.yaml"] + (
        "  - from: 2025-01-01\n    name: Migration\n    sources: none\n"
        "  - from: 2026-01-01\n    name: Flucht\n    sources: none\n"
    )
    files: dict[str, str | bytes] = {**SMALL, "data/units/bs/abteilung.yaml": confirmed}
    order = ordered("correct", "50.2", "name", "Zuwanderung", because="misread", source="19-10000")
    made, account = rehearsed(order, files=files)
    text = made.files["data/units/bs/abteilung.yaml"][1].decode()
    assert text.count("name: Zuwanderung") == 2
    assert text.count("name: Flucht") == 1
    assert account.sentences == ("Correction: name of abteilung is Zuwanderung",)
    assert account.trailers == (("Effective", "2024-03-01"), ("Source", "19-10000"))
    kept = load(memory({**files, "data/units/bs/abteilung.yaml": text})).registry.units["bs/abteilung"].corrections
    assert [(one.of, one.was, one.because) for one in kept] == [
        ("timeline name", "name: Migration\nname: Migration", "misread")
    ]
    now: dict[str, str | bytes] = files | {"data/units/bs/abteilung.yaml": text}
    twice = done(ordered("correct", "50.2", "name", "Flüchtlinge", because="again"), files=now)
    assert len(load(memory(twice)).registry.units["bs/abteilung"].corrections) == 2


STEPS = (
    SMALL["data/actionplans/bs/aktionsplan.yaml"]
    + """\
  frist:
    - from: 2023-01-01
      title: Frist
      due:  # told
        day: 2024-06
        modality: expected
      inferred: {due: so it seems}
      sources: none
dimensions:
  alter:
    - {from: 2023-01-01, values: [jung], state: proposed, sources: none}
    - from: 2024-01-01
      state: objected
      sources: none
"""
)


def _of_plan(*orders: Order) -> tuple[str, tuple[str, ...]]:
    """The plan's file after the orders, and what is remarked."""
    made, told_ = rehearsed(*orders, files={**SMALL, "data/actionplans/bs/aktionsplan.yaml": STEPS})
    return made.files["data/actionplans/bs/aktionsplan.yaml"][1].decode(), told_.remarks


def test_a_due_day_is_put_right_where_it_stands_and_stays_as_firm() -> None:
    text, remarks = _of_plan(ordered("correct", "aktionsplan#frist", "due", "Ende 2024", because="misread"))
    assert "      due:  # told\n        day: 2024-36\n        wording: Ende 2024\n        modality: expected\n" in text
    was = 'was: "due:  # told\\n        day: 2024-06\\n        modality: expected\\ninferred:\\n  due: so it seems"'
    assert f"    {was}\n" in text
    assert '      inferred: {due: "„Ende“ is read as the last quarter"}\n' in text
    assert remarks[0] == "„Ende 2024“ is read as 2024-36: „Ende“ is read as the last quarter"
    assert not any("inferred" in one for one in remarks)


_OLD = "      due: {day: 2024-06, modality: expected}\n"
_SAYS = "„Ende“ is read as the last quarter"


@pytest.mark.parametrize(
    ("stood", "typed", "stands"),
    [
        ("", "Ende 2024", f"      inferred:\n        due: {_SAYS}\n"),
        ("", "2024-12", ""),
        ("      inferred: {due: so it seems}\n", "2024-12", ""),
        ("      inferred:\n        due: so it seems\n", "2024-12", ""),
        ("      inferred:\n        due: >-\n          so it\n          seems\n", "2024-12", ""),
        ("      inferred:\n        due: so it seems\n", "Ende 2024", f"      inferred:\n        due: {_SAYS}\n"),
        (
            "      inferred:\n        due: >-\n          so it\n          seems\n        # x\n        title: sign\n",
            "Ende 2024",
            f"      inferred:\n        due: {_SAYS}\n        # x\n        title: sign\n",
        ),
        (
            "      inferred:\n        # why\n        due: so it seems\n        title: a sign\n",
            "2024-12",
            "      inferred:\n        title: a sign\n",
        ),
        (
            "      inferred:\n        title: a sign\n",
            "Ende 2024",
            f"      inferred:\n        title: a sign\n        due: {_SAYS}\n",
        ),
        ("      inferred: {title: a sign}\n", "Ende 2024", f'      inferred: {{title: a sign, due: "{_SAYS}"}}\n'),
        ("      inferred: {due: so it seems, title: a sign}\n", "2024-12", "      inferred: {title: a sign}\n"),
        ("      inferred: {title: a sign, due: so it seems}\n", "2024-12", "      inferred: {title: a sign}\n"),
        # Only how firmly it is meant was wrong.
        ("      inferred: {due: so it seems}\n", "2024-06", "      inferred: {due: so it seems}\n"),
    ],
)
def test_the_reason_for_which_a_wrong_day_was_concluded_goes_with_it_and_stays_on_record(
    stood: str, typed: str, stands: str
) -> None:
    plan = SMALL["data/actionplans/bs/aktionsplan.yaml"] + (
        f"  frist:\n    - from: 2023-01-01\n      title: Frist\n{_OLD}{stood}      sources: none\n"
    )
    order = ordered("correct", "aktionsplan#frist", "due", typed, because="misread", modality="fixed")
    made, told_ = rehearsed(order, files={**SMALL, "data/actionplans/bs/aktionsplan.yaml": plan})
    text = made.files["data/actionplans/bs/aktionsplan.yaml"][1].decode()
    begins = text.index("title: Frist\n") + len("title: Frist\n")
    due, _, rest = text[begins:].partition("\n")
    assert due.startswith("      due: {day: 2024-")
    assert rest.partition("      sources:")[0] == stands
    [kept] = made.after.plans["bs/aktionsplan"].corrections
    gone = ("due: so it" in stood or "due: >-" in stood) and typed != "2024-06"
    assert ("inferred:\n  due: " in kept.was) is gone
    assert kept.was.startswith("due: {day: 2024-06, modality: expected}")
    assert any("no longer says why it was inferred: so it seems" in one for one in told_.remarks) is (
        gone and typed == "2024-12"
    )
    assert any("still says why it was inferred: so it seems" in one for one in told_.remarks) is (typed == "2024-06")


@pytest.mark.parametrize(
    ("stood", "typed", "stands"),
    [
        ("sources: none, inferred: {due: so it seems}", "2024-12", "sources: none"),
        ("inferred: {due: so it seems}, sources: none", "2024-12", "sources: none"),
        ("sources: none", "Ende 2024", f'sources: none, inferred: {{due: "{_SAYS}"}}'),
    ],
)
def test_the_reason_of_an_entry_in_braces_is_put_right_too(stood: str, typed: str, stands: str) -> None:
    entry = f"    - {{from: 2023-01-01, title: Frist, due: {{day: 2024-06, modality: expected}}, {stood}}}\n"
    plan = SMALL["data/actionplans/bs/aktionsplan.yaml"] + f"  frist:\n{entry}"
    order = ordered("correct", "aktionsplan#frist", "due", typed, because="misread")
    made, _ = rehearsed(order, files={**SMALL, "data/actionplans/bs/aktionsplan.yaml": plan})
    text = made.files["data/actionplans/bs/aktionsplan.yaml"][1].decode()
    assert f"modality: expected}}, {stands}}}\n" in text


def test_a_reason_behind_a_dash_wants_house_style_first() -> None:
    entry = "    - inferred: {due: so it seems}\n      from: 2023-01-01\n      title: Frist\n"
    plan = SMALL["data/actionplans/bs/aktionsplan.yaml"] + f"  frist:\n{entry}{_OLD}      sources: none\n"
    order = ordered("correct", "aktionsplan#frist", "due", "2024-12", because="misread")
    answer = attempt(order, files={**SMALL, "data/actionplans/bs/aktionsplan.yaml": plan})
    assert isinstance(answer, Objection)
    assert answer.remedy == "bring it into house style first: orgreg fmt"


def test_the_day_that_is_typed_as_days_are_written_stays_as_it_is() -> None:
    text, remarks = _of_plan(ordered("set", "aktionsplan#frist", "due", "2024-06-30"))
    assert "      due: {day: 2024-06-30, modality: expected}\n" in text
    assert not any("is read as" in one for one in remarks)


@pytest.mark.parametrize("word", ["bericht", "aktionsplan#bericht", "bs/aktionsplan#bericht"])
def test_a_step_of_the_same_plan_goes_by_its_slug(word: str) -> None:
    given = {"title": "Frist 2", "depends_on": f"{word}, frist"}
    text, _ = _of_plan(ordered("create", "step", "aktionsplan#frist-2", given=given))
    assert "      depends_on: [bericht, frist]\n" in text
    text, _ = _of_plan(ordered("set", "aktionsplan#frist", "depends_on", word))
    assert "      depends_on: [bericht]\n" in text


def test_what_became_of_a_dimension_is_recorded() -> None:
    text, _ = _of_plan(
        ordered("set", "aktionsplan#alter", "state", "agreed", source="19-10000"),
        ordered("set", "aktionsplan#alter", "by", "0500"),
        ordered("set", "aktionsplan#alter", "values", "jung, alt"),
    )
    assert "      state: agreed\n      sources:\n        - paper: 19-10000\n" in text
    assert "      by: referat\n" in text
    assert "      values: [jung, alt]\n" in text


def test_a_contact_is_put_right_as_a_whole() -> None:
    with_contact = SMALL["data/units/bs/abteilung.yaml"].replace(
        "    sources:", '    contact:\n      visit: Platz 1\n      phone: "1"\n    sources:'
    )
    files = {**SMALL, "data/units/bs/abteilung.yaml": with_contact}
    made, told_ = rehearsed(ordered("correct", "50.2", "contact", "phone: 0531: 2", because="x"), files=files)
    text = made.files["data/units/bs/abteilung.yaml"][1].decode()
    assert '    contact:\n      phone: "0531: 2"\n    sources:' in text
    assert told_.sentences == ("Correction: contact of abteilung is phone 0531: 2",)


def test_a_paper_is_put_right_and_keeps_what_stood_there() -> None:
    order = ordered("correct", "19-10000", "title", "Neue Organisation", because="a slip", source="23-20000")
    made, account = rehearsed(order)
    text = made.files["data/decisions/bs/19-10000.yaml"][1].decode()
    old = SMALL["data/decisions/bs/19-10000.yaml"]
    assert text == old.replace("title: Organisation", "title: Neue Organisation") + (
        "\ncorrections:\n"
        "  - day: 2024-03-01\n"
        "    of: title\n"
        '    was: "title: Organisation"\n'
        "    because: a slip\n"
        "    sources:\n"
        "      - paper: 23-20000\n"
    )
    assert account.trailers == (("Effective", "2019-12-01"), ("Source", "23-20000"))
    (kept,) = (
        load(memory({**SMALL, "data/decisions/bs/19-10000.yaml": text})).registry.papers["bs/19-10000"].corrections
    )
    assert (kept.of, kept.was, kept.because) == ("title", "title: Organisation", "a slip")


def test_several_orders_build_on_each_other() -> None:
    create = ordered("create", "unit", "bs/n", given=NEW)
    move = ordered("move", "50.21", "0500.20")
    made, account = rehearsed(create, move)
    assert account.subject == f"{account.sentences[0]}, and 3 more"
    assert sorted(made.files) == ["data/units/bs/buero.yaml", "data/units/bs/n.yaml"]


def test_one_of_several_orders_that_is_refused_refuses_all() -> None:
    assert isinstance(attempt(ordered("dissolve", "stab"), ordered("move", "50.21", "stab")), Objection)


def test_what_warns_anew_is_told_and_what_warned_before_is_not() -> None:
    remarks = rehearsed(ordered("move", "50.2", "0500"))[1].remarks
    assert any("50.2 belongs to 50" in remark for remark in remarks)
    assert all("buero.yaml" not in remark for remark in remarks)


def test_a_plan_without_a_responsible_unit_stops_no_move() -> None:
    plan = SMALL["data/actionplans/bs/aktionsplan.yaml"].replace("      responsible: [buero]\n", "")
    later = plan + "  spaeter:\n    - from: 2029-01-01\n      title: S\n      sources: none\n"
    files = {**SMALL, "data/actionplans/bs/aktionsplan.yaml": later}
    assert "absorbed" in told(ordered("move", "50.21", "0500.10"), files=files)


@dataclass
class _Restless:
    """Files of which one is another when it is read again."""

    key: str
    later: bytes
    read_before: bool = False

    def keys(self) -> list[str]:
        return list(SMALL)

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        if key != self.key:
            return SMALL[key].encode()[:at_most]
        again, self.read_before = self.read_before, True
        return self.later[:at_most] if again else SMALL[key].encode()[:at_most]


@pytest.mark.parametrize(
    ("later", "reason"),
    [
        (b"timeline: [", "data/units/bs/abteilung.yaml cannot be read"),
        (SMALL["data/units/bs/abteilung.yaml"].replace("Migration", "Flucht").encode(), "reads back differently"),
    ],
)
def test_a_file_that_becomes_another_meanwhile_is_noticed(later: bytes, reason: str) -> None:
    rehearsal = Rehearsal(_Restless("data/units/bs/abteilung.yaml", later))
    answer = propose(Office(rehearsal.intended, None, TODAY), ordered("move", "50.2", "0500"))
    assert isinstance(answer, Proposal)
    found = rehearsal.write(answer) or rehearsal.end()
    assert isinstance(found, Objection)
    assert reason in found.reason


def test_a_planned_unit_without_a_code_comes_into_force() -> None:
    plan = unit("Ohne Nummer", "Stelle", "referat").replace("    name:", "    status: proposed\n    name:")
    files = {**SMALL, "data/units/bs/ohne.yaml": plan}
    order = ordered("set", "ohne", "status", "in force")
    assert "Ohne Nummer is created" in told(order, files=files)
    taken = {**files, "data/units/bs/plan.yaml": SMALL["data/units/bs/plan.yaml"].replace("0500.70", "0500.10")}
    found = attempt(ordered("set", "plan", "status", "in force"), files=taken)
    assert isinstance(found, Objection)
    assert "is borne by planung" in found.reason
