"""Which regular expressions are patterns of a register, and that matching them is one walk through the text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgreg.model.day import UNKNOWN_DAY
from orgreg.model.registry import Era, Kind
from orgreg.text.pattern import LONGEST, Sign, Unfit, may_be_empty, read
from orgreg.text.ways import has_few_ways
from tests.commands import run, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MANY_WAYS = 16
"""What `orgreg explain G012` promises."""


def fits(pattern: str) -> bool:
    node = read(pattern)
    return not isinstance(node, Unfit) and has_few_ways(node)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "[IVX]+",
        r"\d{2}",
        r"^\d{2}$",
        r"(?P<parent>\d{2}\.\d)\d",
        r"\d{4,5}/\d{2}",
        r"\d{2}-\d{5}(-\d{2})*",
        r"(?P<parent>\d+(?:\.\d+)*)\.\d+",
        r"0\d{3}|\d{2}|\d{3}",
        r"(?:[a-z]+-)*[a-z]+",
        r"[A-Z]{1,3}\d{1,4}[a-z]?",
        r"[^\W\d]+ \d+|[^-]|[\w.-]|[a\-z\]]",
        r"\d{3,}",
        "x{0}y",
        r"\S\D\W\s",
        r"Ä+[ä-ü]\.\ä",
        "a{0,500}",
        "(" * 20 + "a" + ")" * 20,
        "x" * LONGEST,
    ],
)
def test_what_codes_and_numbers_look_like_is_a_pattern(pattern: str) -> None:
    assert fits(pattern)
    re.compile(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|a)*",
        "(a|aa)+b",
        "(x+x+)+y",
        r"(\d+-?)+",
        r"\d*\d*",
        r"\d+\d+\d+",
        ".*x.*",
        "(?:a|b)*a(?:a|b){10}",
        "a?" * 20 + "a" * 20,
        "(?:a|a)" * 10,
        "(?:|)" * 30 + "x",
        "(?:|)" * 30,
        "(?:(?:ab?){1,4}){30,}",
    ],
)
def test_what_reads_a_text_in_many_ways_is_refused(pattern: str) -> None:
    assert not isinstance(read(pattern), Unfit)
    assert not fits(pattern)


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("[a", "[ at sign 1: it is not closed"),
        ("[^", "[ at sign 1: it is not closed"),
        ("a(b", "( at sign 2: it is not closed"),
        ("a)", ") at sign 2: nothing opens it"),
        ("a|*", "* at sign 3: nothing stands before it that may come again"),
        ("^*", "* at sign 2: nothing stands before it that may come again"),
        ("a**", "* at sign 3: it stands behind another sign of how often"),
        ("a+?", "? at sign 3: it stands behind another sign of how often"),
        ("a{2}{3}", "{ at sign 5: it is no count behind a sign"),
        ("a{,3}", "{ at sign 2: it is no count behind a sign"),
        ("a{x}", "{ at sign 2: it is no count behind a sign"),
        ("a{3,1}", "{ at sign 2: it counts downwards"),
        ("(a?)*", "in (a?)* nothing at all may come again and again"),
        ("(a|)+", "in (a|)+ nothing at all may come again and again"),
        ("(?:){2}", "in (?:){2} nothing at all may come again and again"),
        ("(?=a)", "( at sign 1: it begins no group that patterns have"),
        ("(?i)a", "( at sign 1: it begins no group that patterns have"),
        ("(?P=a)", "( at sign 1: it begins no group that patterns have"),
        ("(?P<a>x)(?P<a>y)", "( at sign 9: a second group is called a"),
        (r"(a)\1", r"\ at sign 4: \1 is no sign of patterns"),
        (r"\b", r"\ at sign 1: \b is no sign of patterns"),
        ("\\", "\\ at sign 1: \\ is no sign of patterns"),
        ("[]", "] at sign 2: within [ ] it stands with a backslash"),
        ("[[a]", "[ at sign 2: within [ ] it stands with a backslash"),
        ("[a&&b]", "& at sign 3: within [ ] it stands with a backslash"),
        ("[a-c-f]", "- at sign 5: within [ ] it stands with a backslash"),
        ("[z-a]", "- at sign 3: it does not stand between a sign and a later one"),
        (r"[\d-x]", "- at sign 4: it does not stand between a sign and a later one"),
        (r"[a-\d]", "- at sign 3: it does not stand between a sign and a later one"),
        ("[a-[]", "- at sign 3: it does not stand between a sign and a later one"),
        ("[a-", "- at sign 3: it does not stand between a sign and a later one"),
        ("[--a]", "- at sign 3: it does not stand between a sign and a later one"),
    ],
)
def test_what_is_no_pattern_is_told_with_its_place(pattern: str, reason: str) -> None:
    found = read(pattern)
    assert isinstance(found, Unfit)
    assert found.reason == f"{pattern} is no pattern: {reason}"
    assert found.remedy


def test_what_is_too_long_or_counts_too_far_is_no_pattern() -> None:
    assert read("x" * (LONGEST + 1)) == Unfit(
        "a pattern of 201 signs is too long", "write at most 200, or several patterns"
    )
    for pattern in ("a{501}", "(?:a{10}){51}", "a{501,}", "(?:(?:a{1000}){1000}){1000}", f"a{{{'9' * 100}}}"):
        found = read(pattern)
        assert isinstance(found, Unfit)
        assert found.reason == f"{pattern} counts too far"


def test_digits_are_those_from_0_to_9() -> None:
    assert Kind("Amt", codes=(r"\d",)).fits("3")
    assert Kind("Amt", codes=(r"\d",)).fits("\u0663") is None
    assert Era(UNKNOWN_DAY, r"\d").fits("3")
    assert not Era(UNKNOWN_DAY, r"\d").fits("\u0663")


def test_a_pattern_that_would_hang_the_check_is_refused_and_no_code_waits_for_it(tmp_path: Path) -> None:
    kinds = "      Amt: {rank: 1, code: '(a+)+$'}\n"
    unit = "timeline:\n  - {from: 2020-01-01, name: Amt, code: '%s!', kind: Amt, parent: none, sources: none}\n"
    files = {
        "data/registry.yaml": f"format: 1\nmunicipalities:\n  s:\n    name: S\n    kinds:\n{kinds}",
        "data/units/s/amt.yaml": unit % ("a" * 60),
    }
    outcome = run("check", cwd=write(tmp_path, files))
    assert outcome.code == 1
    assert "G012 ambiguous-pattern" in outcome.out


def test_a_code_of_any_length_is_matched_in_one_walk() -> None:
    for pattern in (r"(?P<parent>\d+(?:\.\d+)*)\.\d+", r"\d{2}-\d{5}(-\d{2})*", r"(?:[0-9.]+,)*[0-9.]+"):
        assert fits(pattern)
        assert Kind("Amt", codes=(pattern,)).fits("1.2" * 20_000 + "!") is None


# Any pattern: what is read of it is what the engine does with it


@dataclass(frozen=True)
class Made:
    """A pattern, and a reader of its own that goes every way from a place in a text and tells each sign it takes."""

    pattern: str
    walk: Callable[[str, int, Callable[[int], None], Callable[[int], bool]], None]


def signs(pattern: str, holds: str) -> Made:
    def walk(text: str, at: int, then: Callable[[int], None], takes: Callable[[int], bool]) -> None:
        if text[at : at + 1] in tuple(holds) and takes(at):
            then(at + 1)

    return Made(pattern, walk)


def row(parts: list[Made]) -> Made:
    def walk(text: str, at: int, then: Callable[[int], None], takes: Callable[[int], bool]) -> None:
        def onward(one: int, reached: int) -> None:
            if one == len(parts):
                then(reached)
            else:
                parts[one].walk(text, reached, lambda end: onward(one + 1, end), takes)

        onward(0, at)

    return Made("".join(one.pattern for one in parts), walk)


def either(branches: list[Made]) -> Made:
    def walk(text: str, at: int, then: Callable[[int], None], takes: Callable[[int], bool]) -> None:
        for one in branches:
            one.walk(text, at, then, takes)

    return Made(f"({'|'.join(one.pattern for one in branches)})", walk)


def repeated(part: Made, sign: str, least: int, most: int | None) -> Made:
    def walk(text: str, at: int, then: Callable[[int], None], takes: Callable[[int], bool]) -> None:
        def onward(times: int, reached: int) -> None:
            if most is None or times < most:
                part.walk(text, reached, lambda end: onward(times + 1, end), takes)
            if times >= least:
                then(reached)

        onward(0, at)

    return Made(f"(?:{part.pattern}){sign}", walk)


TIMES = st.sampled_from(
    [("*", 0, None), ("+", 1, None), ("?", 0, 1), ("{2}", 2, 2), ("{1,3}", 1, 3), ("{2,}", 2, None), ("{0,2}", 0, 2)]
)
SIGNS = st.sampled_from(
    [
        signs("a", "a"),
        signs("b", "b"),
        signs("[ab]", "ab"),
        signs("[^a]", "b-1"),
        signs(".", "ab-1"),
        signs(r"\d", "1"),
        signs(r"\W", "-"),
        signs("[a-b1]", "ab1"),
        signs(r"\-", "-"),
    ]
)


def _larger(inside: st.SearchStrategy[Made]) -> st.SearchStrategy[Made]:
    return st.one_of(
        st.lists(inside, max_size=3).map(row),
        st.lists(inside, min_size=1, max_size=3).map(either),
        st.builds(lambda part, times: repeated(part, *times), inside, TIMES),
    )


MADE = st.recursive(SIGNS, _larger, max_leaves=6)


class _Enough(Exception):  # noqa: N818 - ends a walk that is long enough
    pass


def walked(made: Made, text: str) -> tuple[bool, int]:
    """Whether the text is of the pattern, and in how many ways at most its beginnings are read; of very many, some."""
    ways: Counter[int] = Counter()
    ends: list[bool] = []

    def takes(at: int) -> bool:
        ways[at] += 1
        if ways[at] > 100 * MANY_WAYS:
            raise _Enough
        return True

    made.walk(text, 0, lambda end: ends.append(end == len(text)), takes)
    return any(ends), max(ways.values(), default=0)


@given(MADE, st.lists(st.text("ab-1", max_size=8), max_size=6))
def test_a_pattern_means_what_it_means_to_the_engine_and_reads_every_text_in_few_ways(
    made: Made, texts: list[str]
) -> None:
    node = read(made.pattern)
    if isinstance(node, Unfit):
        assert "nothing at all may come again" in node.reason
        return
    assert may_be_empty(node) == (re.fullmatch(made.pattern, "") is not None)
    if has_few_ways(node):
        for text in texts:
            is_of_it, ways = walked(made, text)
            assert is_of_it == (re.fullmatch(made.pattern, text, re.ASCII) is not None)
            assert ways <= MANY_WAYS


@given(MADE)
def test_what_is_refused_is_read_in_many_ways(made: Made) -> None:
    node = read(made.pattern)
    if isinstance(node, Unfit) or has_few_ways(node):
        return
    some = [["".join(text) for text in product("ab-1", repeat=length)] for length in range(4)]
    heads, tails = [*some[0], *some[1], *some[2]], [*some[1], *some[2], *some[3]]
    assert any(_has_many(made, head + tail * 40) for head in heads for tail in tails)


def _has_many(made: Made, text: str) -> bool:
    try:
        return walked(made, text)[1] > MANY_WAYS
    except _Enough:
        return True


@pytest.mark.parametrize("pattern", ["(" * LONGEST, "(" * 21 + "a" + ")" * 21, "(?:" * 50 + "a"])
def test_groups_stand_so_deep_and_no_deeper(pattern: str) -> None:
    assert isinstance(read("(" * 20 + "a" + ")" * 20), Sign)
    found = read(pattern)
    assert isinstance(found, Unfit)
    assert found.reason.endswith("it stands in 20 others")
