"""Splices, and the places that they are meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from orgreg.text import events as scanning
from orgreg.text.edit import Edit, apart, apply, folded, insert_after, quoted, replace, spans
from orgreg.text.modeline import with_modeline
from orgreg.text.scan import scan
from orgreg.text.syntax import Scalar, parts, written
from tests.edit.scribe import File, files

if TYPE_CHECKING:
    from orgreg.model.finding import Route


def tree(text: str) -> Any:  # noqa: ANN401 - any tree
    read = scan(text.encode(), "")
    assert read.findings == [], text
    return read.tree


def at(node: Any, route: Route) -> Any:  # noqa: ANN401 - any tree
    for step in route:
        node = node[step]
    return node


def test_what_no_edit_names_stays() -> None:
    assert apply("abcdef", [Edit(4, 5, ""), Edit(1, 2, "BB"), Edit(2, 2, "1"), Edit(2, 2, "2")]) == "aBB12cdf"


def test_two_edits_of_the_same_characters_are_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="two edits"):
        apply("abc", [Edit(0, 2, ""), Edit(1, 3, "")])


def test_the_byte_order_mark_is_no_part_of_the_text() -> None:
    assert apart(b"\xef\xbb\xbfa") == (b"\xef\xbb\xbf", "a")
    assert apart("ä".encode()) == (b"", "ä")


@given(files())
@settings(max_examples=60)
def test_every_route_has_its_place(file: File) -> None:
    told = written(file.text)
    where = spans(told)
    read = tree(file.text)
    for route, _, part in parts(told.root):
        value = where[route].value
        if isinstance(part.value, Scalar) and not part.value.is_block:
            again = tree(f"k: {file.text[value.start : value.end]}\n") if route else read
            assert again["k"] == at(read, route)
        key = where[route].key
        if key is not None:
            assert file.text[key.start : key.end] == route[-1]


@given(files(), st.data())
@settings(max_examples=60)
def test_a_value_written_anew_changes_nothing_else(file: File, data: st.DataObject) -> None:
    told = written(file.text)
    scalars = [
        route for route, _, part in parts(told.root) if isinstance(part.value, Scalar) and not part.value.is_block
    ]
    if not scalars:
        return
    route = data.draw(st.sampled_from(scalars))
    made = tree(apply(file.text, [replace(told, route, quoted("neu: Ä # 😀"))]))
    wanted = tree(file.text)
    at(wanted, route[:-1])[route[-1]] = "neu: Ä # 😀"
    assert made == wanted


@given(files(), st.data())
@settings(max_examples=60)
def test_lines_are_added_below_an_entry_and_all_that_is_its_own(file: File, data: st.DataObject) -> None:
    told = written(file.text)
    routes = [route for route, container, _ in parts(told.root) if not container.flow]
    route = data.draw(st.sampled_from(routes))
    entry = spans(told)[route].entry
    column = told.lines.column(next(part.start for one, _, part in parts(told.root) if one == route))
    line = " " * column + ("neu: 1" if isinstance(route[-1], str) else "- neu")
    text = apply(file.text, [insert_after(told, route, [line])])
    if "|+" in file.text or (not file.text.endswith("\n") and entry.end < len(file.text)):
        return
    made, wanted = tree(text), tree(file.text)
    holder = at(wanted, route[:-1])
    if isinstance(holder, dict):
        holder["neu"] = at(made, (*route[:-1], "neu"))
    else:
        holder.insert(int(route[-1]) + 1, "neu")
    assert made == wanted


def test_lines_are_added_where_no_line_break_ends_the_file() -> None:
    told = written("a: 1\r\nb: 2")
    assert apply(told.text, [insert_after(told, ("b",), ["c: 3", "d: 4"])]) == "a: 1\r\nb: 2\r\nc: 3\r\nd: 4"


def test_a_value_that_was_empty_gets_its_space() -> None:
    told = written("a:\nb:   # c\n")
    edits = [replace(told, ("a",), "1"), replace(told, ("b",), "2")]
    assert apply(told.text, edits) == "a: 1\nb: 2   # c\n"


def test_places_in_brackets_are_those_of_the_members() -> None:
    told = written("a: [x, {b: y}]\n")
    assert {route: told.text[spot.entry.start : spot.entry.end] for route, spot in spans(told).items()} == {
        (): "a: [x, {b: y}]\n",
        ("a",): "a: [x, {b: y}]\n",
        ("a", 0): "x",
        ("a", 1): "{b: y}",
        ("a", 1, "b"): "b: y",
    }


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_quoted_text_reads_as_it_was(text: str) -> None:
    made = quoted(text)
    assert "\n" not in made
    [*_, value, _, _, _] = scanning.events(f"k: {made}\n")
    assert isinstance(value, yaml.ScalarEvent)
    assert value.value == text


@given(st.lists(st.sampled_from(["Wort", "- so", "#", "lang" * 40, "ä:", "  zwei"]), min_size=1))
def test_folded_text_reads_as_it_was_in_lines_as_long_as_they_may_be(words: list[str]) -> None:
    text = " ".join(words).strip()
    lines = folded(text, 2)
    assert lines is not None
    assert tree("k: >-\n" + "\n".join(lines) + "\n") == {"k": text}
    assert all(len(line) <= 140 or " lang" not in line.strip() for line in lines)


@pytest.mark.parametrize("text", ["", " a", "a ", "a\nb", "a\tb", "a\x07"])
def test_what_no_block_can_hold_is_not_folded(text: str) -> None:
    assert folded(text, 0) is None


@given(files())
@settings(max_examples=30)
def test_the_parser_in_python_gives_the_same_places(file: File) -> None:
    expected = written(file.text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(scanning, "_PARSER", yaml.Loader)
        made = written(file.text)
    assert (made.root, made.comments) == (expected.root, expected.comments)


SCHEMA = "../schema/unit.json"
LINE = f"# yaml-language-server: $schema={SCHEMA}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"{LINE}\n"),
        ("a: 1", f"{LINE}\na: 1"),
        ("# c\r\na: 1\r\n", f"{LINE}\r\n# c\r\na: 1\r\n"),
        (f"{LINE}\n# c\na: 1\n", f"{LINE}\n# c\na: 1\n"),
        ("# yaml-language-server: $schema=elsewhere\na: 1\n", f"{LINE}\na: 1\n"),
        (f"# c\n\n{LINE}\n{LINE}\na: 1\n", f"{LINE}\n# c\n\na: 1\n"),
        (f"a: |\n  {LINE}\n", f"{LINE}\na: |\n  {LINE}\n"),
    ],
)
def test_a_file_begins_with_the_line_for_its_schema(before: str, after: str) -> None:
    assert with_modeline(before, SCHEMA) == after
    assert with_modeline(after, SCHEMA) == after
