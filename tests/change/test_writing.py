"""An edit touches only its own lines, in files of every style; what it writes reads back as it was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from orgreg.change.proposal import Objection
from orgreg.model.day import When, exactly, parse
from orgreg.model.timeline import Absent, Alternative, Contact, Due, Entry, Membership, Source, Status
from orgreg.model.unit import Correction
from orgreg.store.working_tree import WorkingTree
from orgreg.text.compose import added, correction_added, freeze_correction, freeze_entry, new_file, put_right
from orgreg.text.edit import apply, spans
from orgreg.text.freeze import freeze
from orgreg.text.scan import scan
from orgreg.text.syntax import Mapping, Sequence, written
from orgreg.text.thaw import thaw_plan, thaw_unit
from tests.change.small import SMALL, TODAY, attempt, done, ordered
from tests.commands import ROOT
from tests.edit.scribe import TEXTS, File, files

if TYPE_CHECKING:
    from orgreg.model.finding import Route
    from orgreg.text.edit import Edit


def _tree(text: str) -> Any:  # noqa: ANN401 - any tree
    read = scan(text.encode(), "")
    assert read.findings == [], text
    return freeze(read.tree)


def _when(text: str) -> When:
    found = parse(text)
    assert isinstance(found, When)
    return found


def _insertion(text: str, edit: Edit) -> str:
    """The text with an edit that only adds: every byte of it is still there, in order, in one piece or two."""
    new = apply(text, [edit])
    assert text[: edit.start] == new[: edit.start]
    assert new.endswith(text[edit.end :])
    lost = text[edit.start : edit.end]
    assert not lost or lost.strip().removeprefix("[").lstrip().removeprefix("]").strip() in edit.text
    return new


@settings(max_examples=80)
@given(
    file=files(),
    route=st.sampled_from([("timeline",), ("tasks", "neue-aufgabe"), ("posts", "neue-stelle")]),
    day=st.sampled_from(["2015-06-01", "2024-03-01", "2022~", "2030"]),
    texts=st.lists(st.sampled_from(TEXTS), min_size=3, max_size=3),
)
def test_an_entry_that_is_added_touches_no_line_and_reads_back(
    file: File, route: tuple[str, ...], day: str, texts: list[str]
) -> None:
    key = {"timeline": "name", "tasks": "text", "posts": "title"}[route[0]]
    entry = Entry(since=_when(day), values={key: texts[0]}, because=texts[1], sources=(Source("bs/p", texts[2]),))
    before = _tree(file.text)
    try:
        edit = added(written(file.text), "units", "bs/x", route, entry)
    except ValueError:
        event("brackets")
        assert "{" in file.text or "[" in file.text
        return
    after = _tree(_insertion(file.text, edit))
    there: Any = before
    now: Any = after
    for step in route:
        there, now = there.get(step, {}), now[step]
    frozen = freeze_entry("bs/x", entry)
    assert frozen in now
    rest = [one for one in now if one != frozen]
    assert rest == [one for one in there if one != frozen]


@settings(max_examples=60)
@given(file=files(), chance=st.randoms(use_true_random=False), text=st.sampled_from(TEXTS))
def test_a_value_that_is_put_right_is_all_that_becomes_another(file: File, chance: Any, text: str) -> None:  # noqa: ANN401
    told = written(file.text)
    routes = [one for one in spans(told) if one and one[-1] in {"name", "text", "title"} and _in_lines(told.root, one)]
    if not routes:
        return
    route = chance.choice(routes)
    edit, lost = put_right(told, "bs/x", route, text)
    new = apply(file.text, [edit])
    assert lost in file.text
    assert lost.startswith(str(route[-1]))
    before, after = _tree(file.text), _tree(new)
    place: Any = before
    for step in route[:-1]:
        place = place[step]
    place[route[-1]] = text
    assert after == before


def _in_lines(root: object, route: Route) -> bool:
    node: Any = root
    for step in route:
        if isinstance(node, Mapping):
            node = next(pair.value for pair in node.members if pair.key.value == step)
        elif isinstance(node, Sequence):
            node = node.members[int(step)].value
        if not hasattr(node, "style") and node.flow:
            return False
    return True


@settings(max_examples=40)
@given(file=files(), texts=st.lists(st.sampled_from(TEXTS), min_size=2, max_size=2))
def test_a_correction_touches_no_line(file: File, texts: list[str]) -> None:
    correction = freeze_correction("bs/x", Correction(exactly(TODAY), "timeline name", texts[0], texts[1], ()))
    try:
        edit = correction_added(written(file.text), "units", correction)
    except ValueError:
        return
    after = _tree(_insertion(file.text, edit))
    assert after["corrections"][-1] == correction


STYLES = {
    "windows": lambda text: text.replace("\n", "\r\n"),
    "mark": lambda text: "\ufeff" + text,
    "no line at the end": lambda text: text.rstrip("\n"),
    "blank lines": lambda text: text + "\n\n",
    "comments": lambda text: "# top 😀\n" + text.replace("    name:", "    # über dem Namen\n    name:") + "# Ende",
    "folded": lambda text: text.replace("name: Migration", "name: >-\n      Migration"),
    "literal": lambda text: text.replace("name: Migration", "name: |-\n        Migration  # kein Kommentar"),
    "quoted": lambda text: text.replace("name: Migration", "name: 'Migration' # so"),
    "braces": lambda text: text.replace(
        "    sources:\n      - paper: 19-10000\n", "    sources: [{paper: 19-10000, quote: 'a, b'}]"
    ),
    "flat": lambda text: text.replace("\n    ", "\n  ").replace("\n  - from", "\n- from"),
    "deep": lambda text: text.replace("\n    ", "\n        ").replace("\n  - from", "\n    -   from"),
    "long": lambda text: text.replace("name: Migration", "name: " + "Migration " * 60),
    "modeline": lambda text: "# yaml-language-server: $schema=../../../schema/unit.json\n---\n" + text,
}


@pytest.mark.parametrize("style", STYLES)
def test_every_style_of_file_takes_a_change(style: str) -> None:
    key = "data/units/bs/abteilung.yaml"
    old = STYLES[style](SMALL[key])
    after = done(ordered("set", "50.2", "name", "Zuwanderung"), files={**SMALL, key: old})[key]
    assert isinstance(after, bytes)
    new = after.decode()
    line_break = "\r\n" if "\r\n" in old else "\n"
    assert new.count("\r") == new.count("\r\n")
    kept = [line for line in new.split(line_break) if line not in _of_change(new.split(line_break))]
    assert kept == old.split(line_break)


def _of_change(lines: list[str]) -> list[str]:
    at = next(number for number, line in enumerate(lines) if "2024-03-01" in line)
    return lines[at : at + 3]


@pytest.mark.parametrize(
    "text",
    [
        "{timeline: [{from: 2020-01-01, name: Migration, kind: Abteilung, parent: fachbereich, sources: none}]}",
        "timeline: [{from: 2020-01-01, name: Migration, kind: Abteilung, parent: fachbereich, sources: none}]\n",
    ],
)
@pytest.mark.parametrize("verb", ["set", "correct"])
def test_what_stands_in_brackets_is_left_to_fmt(text: str, verb: str) -> None:
    files = {**SMALL, "data/units/bs/abteilung.yaml": text}
    order = ordered(verb, "bs/abteilung", "name", "X", because="x")
    found = attempt(order, files=files)
    if verb == "correct" and not text.startswith("{"):
        assert not isinstance(found, Objection)
        return
    assert isinstance(found, Objection)
    assert "brackets" in found.reason
    assert "orgreg fmt" in found.remedy


def test_an_empty_list_takes_its_first_entry() -> None:
    files = {**SMALL, "data/units/bs/leer.yaml": "timeline: []\ncorrections: []\n"}
    told = written("timeline: []\ncorrections: [] # noch keine\n")
    correction = freeze_correction("bs/x", Correction(exactly(TODAY), "timeline name", "a", "b", ()))
    assert apply(told.text, [correction_added(told, "units", correction)]).startswith(
        "timeline: []\ncorrections: # noch keine\n  - day: 2024-03-01\n"
    )
    entry = Entry(since=_when("2024-03-01"), values={"name": "X"})
    assert apply(told.text, [added(told, "units", "bs/x", ("timeline",), entry)]).startswith(
        "timeline:\n  - from: 2024-03-01\n    name: X\n    sources: none\ncorrections:"
    )
    assert isinstance(attempt(ordered("create", "unit", "bs/leer", given={"name": "L"}), files=files), Objection)


def test_every_kind_of_value_reads_back() -> None:
    values: dict[str, Any] = {
        "name": "Büro",
        "code": "0500",
        "parent": "bs/stadt",
        "secretariat": Absent.UNKNOWN,
        "members": ("bs/a", Membership("wer will: alle"), "bux/b"),
        "coordinates": tuple(f"bs/ein-sehr-langer-name-einer-einheit-{number}" for number in range(5)),
        "aka": ("a, b", "[c]", "0500", ""),
        "contact": Contact((("visit", "Straße 1"), ("phone", "0531 470-1"))),
        "staff": 3,
        "into": ("bs/a",),
    }
    source = Source("bs/p", "zwei  Leerzeichen", _when("2024"), "Notiz")
    entry = Entry(
        since=_when("2024"),
        values=values,
        status=Status.PLANNED,
        inferred={"name": "x"},
        also=(Alternative({"name": "Y"}, _when("2023"), (source,), "b"), Alternative({"name": "Z"}, None, ())),
        decided_by=("bs/p", "bs/q"),
        wording="zum Jahr",
        sources=(source, Source(None, note="hier")),
    )
    text = new_file("units", {"timeline": [freeze_entry("bs/x", entry)]})
    read = thaw_unit("bs/x", _tree(text)).timeline.entries[0]
    assert dict(read.values) == values
    assert (read.also, read.decided_by, read.sources) == (entry.also, entry.decided_by, entry.sources)
    due = Entry(since=_when("2024"), values={"due": Due(_when("2025"), "bald", "target"), "depends_on": ("bs/x#a",)})
    step = new_file("actionplans", {"timeline": [], "steps": {"s": [freeze_entry("bs/x", due)]}})
    assert thaw_plan("bs/x", _tree(step)).steps["s"].entries[0].values == due.values
    truth = Entry(since=_when("2024"), values={"head": True, "title": "T"})
    post = new_file("units", {"timeline": [], "posts": {"s": [freeze_entry("bs/x", truth)]}})
    assert thaw_unit("bs/x", _tree(post)).posts["s"].entries[0].values == truth.values


_TREE = WorkingTree(ROOT)
_KEYS = _TREE.keys()
SHIPPED = {key: data for key in _KEYS if isinstance(data := _TREE.read(key, 10**6), bytes)}


@pytest.mark.parametrize("key", [key for key in SHIPPED if key.startswith("data/units/")])
def test_a_change_of_a_shipped_file_touches_only_its_own_lines(key: str) -> None:
    identity = key.removeprefix("data/units/").removesuffix(".yaml")
    old = SHIPPED[key].decode()
    for route in (("timeline",), ("tasks", "neue-aufgabe"), ("posts", "neue-stelle")):
        entry = Entry(since=_when("2020-01-01"), values={"name": "Neu: so"}, sources=(Source("bs/p", "Wort " * 60),))
        new = _insertion(old, added(written(old), "units", identity, route, entry))
        assert freeze_entry(identity, entry)["name"] in str(_tree(new))
        assert [line for line in old.splitlines() if line not in new.splitlines()] == []


@pytest.mark.parametrize("key", [key for key in SHIPPED if key.startswith("data/actionplans/")])
def test_a_change_of_a_shipped_plan_touches_only_its_own_lines(key: str) -> None:
    identity = key.removeprefix("data/actionplans/").removesuffix(".yaml")
    old = SHIPPED[key].decode()
    steps = _tree(old).get("steps", {})
    for route in (("timeline",), ("steps", "neuer-schritt"), *(("steps", slug) for slug in steps)):
        entry = Entry(since=_when("2026-01-01"), values={"title": "Neu: so"}, sources=(Source("bs/p", "Wort " * 60),))
        new = _insertion(old, added(written(old), "actionplans", identity, route, entry))
        assert freeze_entry(identity, entry)["title"] in str(_tree(new))
        assert [line for line in old.splitlines() if line not in new.splitlines()] == []
