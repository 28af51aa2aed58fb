"""House style: every file says what it said, keeps its comments where they belong, and is done with at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from orgreg.load import kind_of
from orgreg.text.edit import apart, spans
from orgreg.text.scan import scan
from orgreg.text.style import LeftAlone, in_house_style
from orgreg.text.syntax import written
from tests.commands import ROOT
from tests.edit.scribe import File, files

if TYPE_CHECKING:
    from pathlib import Path

    from orgreg.model.finding import Route
    from orgreg.text.syntax import Written
    from tests.edit.scribe import Scribe

REAL = sorted((ROOT / "data").rglob("*.yaml"))


def styled(text: str, kind: str = "units") -> str:
    made = in_house_style(text, kind)
    assert not isinstance(made, LeftAlone), (made, text)
    return made


def kind(path: Path) -> str:
    found = kind_of(path.relative_to(ROOT).as_posix())
    assert found is not None
    return found


def says_the_same(before: str, after: str) -> None:
    was, made = scan(before.encode(), ""), scan(after.encode(), "")
    assert (was.findings, made.findings) == ([], [])
    assert made.tree == was.tree


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_what_is_in_house_style_keeps_every_byte(path: Path) -> None:
    _, text = apart(path.read_bytes())
    assert styled(text, kind(path)) == text


@given(files())
@settings(max_examples=100)
def test_a_file_in_house_style_says_what_it_said_and_loses_nothing(file: File) -> None:
    assert scan(file.text.encode(), "").findings == [], file.text
    made = styled(file.text)
    says_the_same(file.text, made)
    assert styled(made) == made
    told = written(made)
    assert told.comment_texts() == sorted(file.scribe.comments)
    comments_stay(told, file.scribe)
    if "\n" in file.text:
        assert made.count("\r\n") == (made.count("\n") if "\r\n" in file.text else 0)


def comments_stay(made: Written, scribe: Scribe) -> None:
    """Each is above its key or dash as before, or in the line in which its key, its dash or its value ends."""
    where = spans(made)
    for told, route in scribe.above.items():
        at = made.text.index(told)
        assert any(where[one].entry.start <= at < where[one].entry.end for one in _owners(route)) or (
            len(route) == 1 and made.after(at) == made.root.start
        )
    for told, route in scribe.behind.items():
        line = made.lines.line(made.lines.at(made.text.index(told)))
        key = str(route[-1]) if isinstance(route[-1], str) else "-"
        assert key in line or _last_line(made.text, where[route].value.end) == line


def _owners(route: Route) -> list[Route]:
    """Above the key that comes to stand beside a dash its comment stands above the dash."""
    return [route, route[:-1]] if len(route) > 1 and isinstance(route[-2], int) else [route]


def _last_line(text: str, end: int) -> str:
    return text[text.rfind("\n", 0, end) + 1 :].partition("\n")[0].rstrip("\r")


EXAMPLES = {
    "lists stand two spaces deeper than their key": (
        ("timeline:\n- from: 2024\n  name: A\n  sources: none\n"),
        ("timeline:\n  - from: 2024\n    name: A\n    sources: none\n"),
    ),
    "from comes first and sources last, each with its comments": (
        (
            "timeline:\n"
            "  # the entry\n"
            "  - sources: none # nobody\n"
            "    # who\n"
            "    # is\n"
            "    name: A\n"
            "\n"
            "    # when\n"
            "    from: 2024 # here\n"
        ),
        (
            "timeline:\n"
            "  # the entry\n"
            "  # when\n"
            "  - from: 2024 # here\n"
            "    # who\n"
            "    # is\n"
            "    name: A\n"
            "    sources: none # nobody\n"
        ),
    ),
    "codes stand in double quotes, other texts as they are": (
        ("timeline:\n  - from: '2024'\n    name: V\n    code: V\n    inferred: {code: so}\n    sources: none\n"),
        ('timeline:\n  - from: "2024"\n    name: V\n    code: "V"\n    inferred: {code: so}\n    sources: none\n'),
    ),
    "a backslash or a double quote keeps its single quotes": (
        ("timeline: []\nsame_as: ['a\\d', 'b\"c', 'd']\n"),
        ("timeline: []\n\nsame_as: ['a\\d', 'b\"c', \"d\"]\n"),
    ),
    "an absent code is a word": (
        ("timeline:\n  - code: none\n    from: 2024\n"),
        ("timeline:\n  - from: 2024\n    code: none\n"),
    ),
    "a quote becomes a folded block, its comment stays in its line": (
        ("timeline:\n  - from: 2024\n    sources:\n      - quote: 'so: sei # es'   # well\n        paper: p\n"),
        (
            "timeline:\n"
            "  - from: 2024\n"
            "    sources:\n"
            "      - paper: p\n"
            "        quote: >-   # well\n"
            "          so: sei # es\n"
        ),
    ),
    "a quote of several lines, one below its key, one that is no quote": (
        (
            "timeline:\n"
            "  - from: 2024\n"
            "    sources:\n"
            '      - quote: "a\n'
            '          b"\n'
            "      - quote:\n"
            "          c\n"
            "      - quote: # d\n"
            "          e\n"
        ),
        (
            "timeline:\n"
            "  - from: 2024\n"
            "    sources:\n"
            "      - quote: >-\n"
            "          a b\n"
            "      - quote: >-\n"
            "          c\n"
            "      - quote: # d\n"
            "          e\n"
        ),
    ),
    "a quote in braces and one that no block can hold stay": (
        ('timeline:\n  - from: 2024\n    sources:\n      - {quote: "a"}\n      - quote: " a"\n'),
        ('timeline:\n  - from: 2024\n    sources:\n      - {quote: "a"}\n      - quote: " a"\n'),
    ),
    "blank lines: one between sections, none twice, none at the ends": (
        ("\n\n# top\n\n\ntimeline: []\n# tasks\ntasks: {}   \n\n\nposts:\n  a: []\n\n\n  b: []\n\n\n"),
        ("# top\n\ntimeline: []\n\n# tasks\ntasks: {}\n\nposts:\n  a: []\n\n  b: []\n"),
    ),
    "a text keeps its own blank lines and spaces": (
        ("timeline: []\n\nnote: |+\n  a  \n\n\n   \n  b\n\n\n"),
        ("timeline: []\n\nnote: |+\n  a  \n\n\n   \n  b\n\n\n"),
    ),
    "blank lines of a block are emptied": (
        ("timeline: []\n\nnote: |-\n    a\n  \n    b\n"),
        ("timeline: []\n\nnote: |-\n  a\n\n  b\n"),
    ),
    "spaces behind a line of quoted text go, but not behind a backslash": (
        ('timeline: []\n\nnote: "a  \n  b\\ \n  c"\n'),
        ('timeline: []\n\nnote: "a\n  b\\ \n  c"\n'),
    ),
    "a line break ends the file, unless it would become text": (
        ("timeline: []\nnote: |\n  a"),
        ("timeline: []\n\nnote: |\n  a"),
    ),
    "a block that strips takes one": (
        ("timeline: []\n\nnote: >2-\n   a"),
        ("timeline: []\n\nnote: >2-\n   a\n"),
    ),
    "a block that says how deep it is moves as a whole": (
        ("tasks:\n    a:\n    - from: 2024\n      text: |2-\n          b\n        c\ntimeline: []\n"),
        ("timeline: []\n\ntasks:\n  a:\n    - from: 2024\n      text: |2-\n          b\n        c\n"),
    ),
    "in braces pairs change places": (
        ("timeline:\n  - { name: A, sources: none, from: 2024 }\n"),
        ("timeline:\n  - { from: 2024, name: A, sources: none }\n"),
    ),
    "but not where a comment stands between them": (
        ("timeline:\n  - {name: A, # the name\n     from: 2024}\n"),
        ("timeline:\n  - {name: A, # the name\n     from: 2024}\n"),
    ),
    "brackets over several lines move as a whole": (
        ("timeline:\n- from: 2024\n  aka: [\n    A,\n    # b\n\n    B\n  ]\n"),
        ("timeline:\n  - from: 2024\n    aka: [\n      A,\n      # b\n\n      B\n    ]\n"),
    ),
    "lists in lists, values below their dash, a dash alone": (
        ("timeline:\n-   - a\n    -   b\n-\n    from: 2024\n-\n   c\n-   # d\n    e\n"),
        ("timeline:\n  - - a\n    - b\n  -\n    from: 2024\n  -\n    c\n  -   # d\n    e\n"),
    ),
    "a comment deeper than what follows stays with what it follows": (
        (
            "tasks:\n"
            "   a:\n"
            "      - text: b\n"
            "        from: 2024\n"
            "        # of a\n"
            "   # of tasks\n"
            "# of timeline\n"
            "timeline: []\n"
            "# end\n"
        ),
        (
            "# of timeline\n"
            "timeline: []\n"
            "\n"
            "tasks:\n"
            "  a:\n"
            "    - from: 2024\n"
            "      # of a\n"
            "      text: b\n"
            "  # of tasks\n"
            "# end\n"
        ),
    ),
    "what is asked for by --- stands": (
        ("---\ntimeline: []\n"),
        ("---\ntimeline: []\n"),
    ),
    "a comment above everything": (("  # top\ntimeline:\n    - from: 2024\n"), ("# top\ntimeline:\n  - from: 2024\n")),
    "a file that is a list": (("-   a\n"), ("- a\n")),
    "a file in braces": (
        ("{note: a,\n  timeline: []}"),
        ("{timeline: [],\n  note: a}\n"),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    before, after = EXAMPLES[name]
    assert styled(before) == after
    assert styled(after) == after


def test_blocks_that_are_folded_already_are_not_folded_again() -> None:
    block = f"note: >-\n  {'lang ' * 60}Ende\n"
    assert styled(f"{block}timeline: []\n") == f"timeline: []\n\n{block}"


def test_papers_keep_their_titles_together_and_their_blank_lines() -> None:
    text = "note: c\n\ndate: 2024\naka: [b]\n# t\ntitle: a\nnumber: '1/99'\n"
    assert styled(text, "decisions") == 'number: "1/99"\n# t\ntitle: a\naka: [b]\n\ndate: 2024\nnote: c\n'


def test_patterns_stay_in_single_quotes() -> None:
    text = "format: 1\nmunicipalities:\n  s:\n    ags: '03'\n    kinds:\n      Amt: {code: '[IVX]+', rank: 1}\n"
    assert styled(text, "registry").endswith("    ags: \"03\"\n    kinds:\n      Amt: {rank: 1, code: '[IVX]+'}\n")


def test_a_key_behind_a_question_mark_is_left_alone() -> None:
    assert in_house_style("? timeline\n: []\n", "units") == LeftAlone("a key in it stands behind a question mark")


def test_what_would_read_differently_is_left_alone() -> None:
    # Moved up, the block takes the blank line for its own.
    text = "note: a\ntimeline: []\nformerly: |+\n  b\n\n\nposts: {}\n"
    assert isinstance(in_house_style(text, "units"), LeftAlone)
