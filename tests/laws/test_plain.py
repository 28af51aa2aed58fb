"""A file in plain form reads as libyaml reads it, and what libyaml refuses is not plain, whatever becomes of a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orgreg.text.events import build
from orgreg.text.plain import read
from orgreg.text.scan import decode

DATA = Path(__file__).resolve().parents[2] / "data"
FILES = sorted(DATA.glob("*/*/*.yaml"))
"""The shipped register: real files, in house style, with whatever its writers needed."""

VALUES = (
    *(
        "",
        "Wort",
        "zwei Worte",
        "2024-03-01",
        "0500",
        "no",
        "~",
        "=",
        "..",
        "12:30",
        "a:b",
        "a: b",
        "a:",
        "a #b",
        "a#b",
    ),
    *('"a: #b"', "#", '"', '"a\\n"', '"a', "'a'", "'a''b'", "'", "''", '""', "[]", "[a]", "[a, b]", '["a,b", c#d]'),
    *(
        "[a,b]",
        "[a, ]",
        "[a b , c]",
        "[a: b]",
        "[[a]]",
        "[2024-03-01, no]",
        "[a",
        "{}",
        "{a: b}",
        "&a",
        "*a",
        "!a",
        "@a",
    ),
    *(">-", "|-", ">", "|", ">+", ">2-", ">- # so", "- a", "? a", ": a", "a ", "a\u00a0", "\u00a0a", "x" * 1100, ","),
)
LINES = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["", " ", "  ", "  ", "    ", "      "]),
    st.sampled_from(["", "", "", "- ", "-", "-  ", "- - ", "? ", "# ", "--- ", "...", "%"]),
    st.sampled_from(["", "", "a:", "b: ", "name: ", "name: ", "2024: ", "ä-b.c: ", "'a': ", '"a": ', "a :", "[a]: "]),
    st.sampled_from(VALUES),
    st.sampled_from(["", "", "", "", " ", " # so", ",", ":"]),
)
"""An indentation, a mark, a key, a value, and what may stand behind it."""


@st.composite
def changed(draw: st.DrawFn) -> str:
    """Some lines of a shipped file, with lines that are moved in or out, doubled, deleted, exchanged or new."""
    lines = draw(st.sampled_from(FILES)).read_text("utf-8").split("\n")
    begins = draw(st.integers(0, len(lines) - 1))
    lines = lines[:begins][-draw(st.integers(0, 30)) :] + lines[begins : begins + 30] if begins else lines[:40]
    for _ in range(draw(st.integers(0, 3))):
        if not lines:
            break
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.integers(0, 5)):
            case 0:
                lines[at] = " " * draw(st.integers(0, 7)) + lines[at].lstrip(" ")
            case 1:
                lines.insert(at, draw(st.sampled_from(lines)))
            case 2:
                del lines[at]
            case 3:
                lines.insert(at, draw(LINES))
            case 4:
                cut = draw(st.integers(0, len(lines[at])))
                sign = draw(
                    st.sampled_from([*list(" :#'\"[]{},-?&*!|>%@`\\"), ": ", " #", "\n", "\n\n", "  ", "ü", "\u2003"])
                )
                lines[at] = lines[at][:cut] + sign + lines[at][cut:]
            case _:
                lines[at] = draw(LINES)
    return "\n".join(lines)


def _agrees(text: str) -> bool:
    """Whether it is plain; it reads alike where it is."""
    tree = read(text)
    if tree is None:
        return False
    built = build(text, "")
    assert built.findings == []
    assert built.tree == tree
    return True


@settings(max_examples=1500)
@given(changed())
def test_a_changed_file_is_not_plain_or_reads_alike(text: str) -> None:
    known, refused = decode(text.encode(), "")
    if known is not None and not refused:
        _agrees(known)


@settings(max_examples=1500)
@given(st.lists(LINES, max_size=8).map("\n".join))
@example("a: >-\n  b\n   # c\n")
@example("a: >-\n  b\n # c\n   d\n")
@example("- a: |-\n   b\n")
@example("a:\n- b\n")
@example("a: b\n  c: d\n")
@example("a:\n  - b: >-\n    c\n")
def test_any_lines_are_not_plain_or_read_alike(text: str) -> None:
    known, refused = decode(text.encode(), "")
    if known is not None and not refused:
        _agrees(known)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_file_reads_alike(path: Path) -> None:
    _agrees(path.read_text("utf-8"))


def test_nearly_all_that_is_shipped_is_plain() -> None:
    plain = [path for path in FILES if _agrees(path.read_text("utf-8"))]
    assert len(plain) > 0.9 * len(FILES)


@pytest.mark.parametrize(
    "text",
    [
        *("a: 1\r\n", "", "# so\n", "- a\n", " a: b\n", "a\n", "{a: b}\n", "a: 1\na: 2\n", "a: &b c\n", "--- \na: b\n"),
        *(
            "a: b # c\n",
            "a: 'b''c'\n",
            "a: >\n  b\n",
            "a: >-\n  b\n\n  c\n",
            "a: >-\n  b\n   c\n",
            "a: >-\n b\n  \n",
            "a: \n",
        ),
        *(
            "a:\n- b\n",
            "a: b\n c\n",
            "a: [b,c]\n",
            "a: {b: c}\n",
            "a: [\n  b]\n",
            "a: 1\n  \nb: 2\n",
            "- - a\n",
            "a: !b c\n",
        ),
        "".join(f"{'  ' * depth}a:\n" for depth in range(13)),
    ],
)
def test_what_is_written_otherwise_is_left_to_libyaml(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a: b", {"a": "b"}),
        ("\n# so\na: b:c\n", {"a": "b:c"}),
        ("a: >-\n  b\n  c\n\n# so\nd: |-\n  e\n    f\n", {"a": "b c", "d": "e\n  f"}),
        ('a: [b, "c, d", e#f]\nd: []\n', {"a": ["b", "c, d", "e#f"], "d": []}),
        ("a:\n  - b\n  - c: d\n    e: 'f'\n", {"a": ["b", {"c": "d", "e": "f"}]}),
    ],
)
def test_what_is_plain(text: str, tree: object) -> None:
    assert read(text) == tree
    assert _agrees(text)
