"""What holds of every change and of every sequence of changes, whatever is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import event, given, settings
from hypothesis import strategies as st

from orgreg.change.orders import Office, Order, propose
from orgreg.change.proposal import Objection, Proposal
from orgreg.change.rehearsal import Rehearsal
from orgreg.check import check
from orgreg.diff.statements import diff_statements
from orgreg.load import load
from orgreg.model.finding import Severity
from orgreg.text.orders import read, write
from tests.change.small import SMALL, TODAY, ordered
from tests.strategies import memory

if TYPE_CHECKING:
    from collections.abc import Mapping

UNITS = (
    "stadt",
    "dezernat",
    "referat",
    "planung",
    "fachbereich",
    "abteilung",
    "buero",
    "stab",
    "ausschuss",
    "alt",
    "plan",
)
NAMES = (*UNITS, "neu", "x", "50.21", "0500")
CODES = ("0500.10", "0500.20", "50.21", "50.22", "50.3", "51", "0500.90", "VI", "none", "unknown")
TEXTS = ("Büro", "so: nicht", "ein # im Satz", "😀 Amt", "0500", "unknown", "it's")
STEPS = ("aktionsplan#bericht", "aktionsplan#neu")
DUES = ("2024-12-31", "..2025-08", "2025-36", "4. Quartal 2025", "am 15. März 2025", "bis Ende 2024", "bald", "none")
CONTACTS = (
    "phone: 0531 4701",
    "visit: Platz 1, 2. Stock; phone: 0: 1 # 2; hours: it's",
    "web: https://x.de",
    "unknown",
)
PARTS = ("buero#asyl", "buero#leitung", "planung#asyl", "stab#asyl", "x#neu", "stab#neu")


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """Some order, sensible more often than not."""
    one = st.sampled_from(NAMES)
    words: dict[str, st.SearchStrategy[tuple[str, ...]]] = {
        "move": st.tuples(one, st.one_of(one, st.sampled_from(CODES))),
        "dissolve": st.tuples(one),
        "merge": st.tuples(one, one, one),
        "split": st.tuples(one, one, one),
        "transfer": st.tuples(st.sampled_from(PARTS), one),
        "set": st.one_of(
            st.tuples(one, st.sampled_from(["name", "short_name", "aka"]), st.sampled_from(TEXTS)),
            st.tuples(one, st.just("code"), st.sampled_from(CODES)),
            st.tuples(one, st.sampled_from(["parent", "staff_of", "secretariat"]), one),
            st.tuples(st.sampled_from(PARTS), st.sampled_from(["text", "holder", "title"]), st.sampled_from(TEXTS)),
            st.tuples(st.sampled_from(["plan", "x"]), st.just("status"), st.just("in force")),
            st.tuples(one, st.just("contact"), st.sampled_from(CONTACTS)),
            st.tuples(st.sampled_from(STEPS), st.just("due"), st.sampled_from(DUES)),
            st.tuples(st.sampled_from(STEPS), st.just("state"), st.sampled_from(["erledigt", "offen", "grün"])),
        ),
        "correct": st.one_of(
            st.tuples(one, st.sampled_from(["name", "code", "parent"]), st.sampled_from((*TEXTS, *CODES, *UNITS))),
            st.tuples(one, st.just("contact"), st.sampled_from(CONTACTS)),
            st.tuples(st.sampled_from(STEPS), st.sampled_from(["due", "title"]), st.sampled_from((*DUES, *TEXTS))),
            st.tuples(st.just("23-20000"), st.sampled_from(["title", "kind", "number"]), st.sampled_from(TEXTS)),
            st.tuples(st.just("23-20000"), st.just("date"), st.sampled_from(DUES)),
        ),
        "create": st.one_of(
            st.tuples(st.just("unit"), st.just("bs/x")),
            st.tuples(st.sampled_from(["task", "post"]), st.sampled_from(["x#neu", "stab#neu", "referat#neu"])),
            st.tuples(st.just("paper"), st.just("bs/24-30000")),
            st.tuples(st.just("step"), st.just("aktionsplan#neu")),
        ),
    }
    verb = draw(st.sampled_from(sorted(words)))
    chosen = draw(words[verb])
    options: dict[str, str] = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "date": st.sampled_from(["2024-03-01", "2024-03", "2023-06-01", "2025", "2020-01-01"]),
                "source": st.sampled_from(["23-20000", "24-30000"]),
                "because": st.sampled_from(TEXTS),
            },
        )
    )
    if verb in {"set", "correct"} and chosen[1] == "due" and draw(st.booleans()):
        options["modality"] = draw(st.sampled_from(["fixed", "target", "expected", "hard"]))
    extra = {"merge": ["children-to"], "split": ["children-to", "tasks-to", "posts-to"], "move": ["children-to"]}
    for name in extra.get(verb, extra["split"] if verb == "dissolve" else []):
        if draw(st.booleans()):
            options[name] = draw(st.one_of(one, st.just("none")))
    given_: dict[str, str] = {}
    if verb == "create":
        given_ = {
            "unit": {"name": draw(st.sampled_from(TEXTS)), "kind": "Stelle", "parent": draw(one)},
            "task": {"text": draw(st.sampled_from(TEXTS))},
            "post": {"title": draw(st.sampled_from(TEXTS))},
            "paper": {"title": draw(st.sampled_from(TEXTS)), "date": "2024-02-01"},
            "step": {"title": draw(st.sampled_from(TEXTS)), "due": draw(st.sampled_from(DUES)), "modality": "expected"},
        }[chosen[0]]
        if chosen[0] == "unit" and draw(st.booleans()):
            given_["status"] = "planned"
    return Order(verb, chosen, given_, options)


def _errors(files: Mapping[str, str | bytes]) -> list[str]:
    loaded = load(memory(files))
    found = [*loaded.findings, *check(loaded.registry)]
    return [f"{one.path}: {one.message}" for one in found if one.rule.severity is Severity.ERROR]


@settings(max_examples=60)
@given(asked=st.lists(orders(), min_size=1, max_size=8))
def test_no_sequence_of_accepted_changes_leaves_an_error(asked: list[Order]) -> None:
    files: dict[str, str | bytes] = dict(SMALL)
    accepted = 0
    for order in asked:
        rehearsal = Rehearsal(memory(files))
        answer = propose(Office(rehearsal.intended, "bs", TODAY), order)
        if not isinstance(answer, Proposal) or rehearsal.write(answer) is not None:
            continue
        end = rehearsal.end()
        if isinstance(end, Objection):
            event(f"only the rehearsal refused: {end.reason.partition(':')[0]}")
            assert "reads back differently" not in end.reason
            continue
        # What is stated more is what was proposed; a correction alone takes something away.
        lost, gained = diff_statements(end.before, end.after)
        if not answer.rightings:
            meant = {
                (draft.identity, "/".join(map(str, draft.route)), draft.entry.since.text, key): value
                for draft in answer.drafts
                for key, value in draft.entry.values.items()
            }
            assert lost == ()
            stated = {
                (one.identity, one.timeline, one.since, one.key): one.value for one in gained if one.timeline != "file"
            }
            assert stated == meant
        # Every line that was there is still there, but for those that were put right.
        for before, after in end.files.values():
            if before is not None and not answer.rightings:
                rest = iter(after.splitlines(keepends=True))
                assert all(line in rest for line in before.splitlines(keepends=True))
        files |= {key: after for key, (_, after) in end.files.items()}
        accepted += 1
        # Said again, it is recorded: never a second entry.
        again = propose(Office(load(memory(files)).registry, "bs", TODAY), order)
        assert not isinstance(again, Proposal) or order.verb == "correct", order
    event(f"{accepted} accepted")
    assert _errors(files) == []


@settings(max_examples=60)
@given(asked=st.lists(orders(), min_size=1, max_size=5))
def test_the_file_of_orders_reads_back(asked: list[Order]) -> None:
    text = write([(one.verb, one.words, one.given, one.options) for one in asked])
    found, faults = read(text.encode(), "changes.yaml")
    assert faults == []
    assert [Order(*one) for one in found] == asked


def test_a_quote_stands_in_a_block_and_a_long_word_in_quotes() -> None:
    asked = [
        ordered("set", "a: b", "name", "0500", quote="„so“ # und: weiter " * 10 + "x", by="none"),
        ordered("set", "a", "name", "b", source="p", quote="zwei\nZeilen"),
    ]
    text = write([(one.verb, one.words, one.given, one.options) for one in asked])
    assert "    quote: >-\n      „so“" in text
    assert [Order(*one) for one in read(text.encode(), "x")[0]] == asked


def test_what_stands_at_the_top_holds_for_each_that_does_not_say_otherwise() -> None:
    text = b"date: 2024-03-01\nchanges:\n  - move: [a, b]\n  - move: [c, d]\n    date: 2024-04-01\n"
    found, _ = read(text, "x")
    assert [one[3]["date"] for one in found] == ["2024-03-01", "2024-04-01"]


def test_a_file_that_is_none_is_told_where_it_fails() -> None:
    for text in (
        b"[",
        b"changes: []\n",
        b"changes:\n  - date: 2024-03-01\n",
        b"changes:\n  - move: [a, b]\n    set: [a, b, c]\n",
    ):
        found, faults = read(text, "changes.yaml")
        assert found == []
        assert faults
