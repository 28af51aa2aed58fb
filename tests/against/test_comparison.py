"""Which findings of two states are the same, and what a review makes of files that are none of the register's."""

from __future__ import annotations

from dataclasses import replace

from orgreg.check.comparison import compared
from orgreg.model.finding import Finding, Rule
from orgreg.model.registry import Registry
from orgreg.review import proposed
from tests.against.states import Lying, found_new, over
from tests.registers import over_base

ONE, OTHER = Rule("X001", "one"), Rule("X002", "other")
BASE = over_base({}).files
LOST = "data/other/sozialreferat.yaml"


def _finding(rule: Rule, path: str = "data/units/bs/a.yaml", message: str = "it is so", line: int = 0) -> Finding:
    return Finding(rule, path, message, "do it", route=("timeline", line, "name"))


def test_of_two_alike_one_may_be_new() -> None:
    one, other = _finding(ONE), _finding(ONE, line=1)
    found = compared((Registry(), [one]), (Registry(), [one, other]), {})
    assert (found.new, found.inherited, found.fixed) == ((other,), (one,), ())


def test_words_and_rules_tell_findings_apart_and_lines_do_not() -> None:
    old = [_finding(ONE), _finding(ONE, message="see line 3"), _finding(ONE, message="it was so")]
    new = [_finding(OTHER), _finding(ONE, message="see line 17")]
    found = compared((Registry(), old), (Registry(), new), {})
    assert found.new == (new[0],)
    assert found.inherited == (new[1],)
    assert found.fixed == (old[0], old[2])


def test_findings_follow_a_file_that_bears_another_name_and_who_names_it() -> None:
    old = [_finding(ONE), _finding(ONE, "data/units/bs/c.yaml", "a stands under a-b and xa")]
    new = [_finding(ONE, "data/units/bs/b.yaml"), _finding(ONE, "data/units/bs/c.yaml", "b stands under a-b and xa")]
    found = compared((Registry(), old), (Registry(), new), {("units", "bs/a"): "bs/b"})
    assert (found.new, found.fixed) == ((), ())


def test_findings_follow_a_part_that_bears_another_slug_and_its_file_too() -> None:
    def finding(path: str, slug: str, entity: str | None) -> Finding:
        message = f"{slug} is not {slug}-{slug}"
        return Finding(ONE, path, message, "do it", route=("posts", slug, 0, "holder"), entity=entity)

    old = [finding("data/units/bs/a.yaml", "x", "bs/a#x"), finding("data/units/bs/a.yaml", "x", None)]
    new = [finding("data/units/bs/b.yaml", "y", "bs/b#y"), finding("data/units/bs/b.yaml", "y", None)]
    new = [replace(one, message="y is not x-x") for one in new]
    parts = {("units", "bs/b"): {"posts/x": "posts/y"}}
    found = compared((Registry(), old), (Registry(), new), {("units", "bs/a"): "bs/b"}, parts)
    assert (found.new, found.fixed) == ((), ())


def test_what_only_looks_like_a_file_of_the_register_is_the_same_in_both_states() -> None:
    with_it = over(BASE, {LOST: "x: 1\n"})
    assert found_new(with_it, with_it) == []
    made = proposed.whole(with_it, with_it)
    assert made.states.differing == ()
    part = proposed._in_part(with_it, over(with_it.files, {"data/units/bs/stadtverwaltung.yaml": _with_note()}))
    assert part is not None
    assert set(part.states.after.unreadable) == {("other", "sozialreferat")}
    assert len(part.states.after.unreadable) == 1


def _with_note() -> bytes:
    return BASE["data/units/bs/stadtverwaltung.yaml"] + b"note: gelesen\n"


def test_what_cannot_be_read_in_both_states_is_looked_up_and_not_found() -> None:
    lost = over(BASE, {"data/units/bs/kaputt.yaml": "timeline: 1\n"})
    child = b"timeline: [{from: unknown, name: K, kind: Stelle, parent: kaputt, sources: [{paper: beschluss}]}]\n"
    now = over(lost.files, {"data/units/bs/kind.yaml": child})
    assert found_new(lost, now) == []
    part = proposed._in_part(lost, now)
    assert part is not None
    assert part.states.after.units.get("bs/kaputt") is None
    assert part.states.after.is_lost("units", "bs/kaputt")


def test_where_one_state_may_be_refused_everything_is_checked() -> None:
    base = Lying(BASE)
    for other in (
        over(BASE, {"data/registry.yaml": BASE["data/registry.yaml"] + b"# read\n"}),
        over(BASE, {LOST: ""}),
        over(BASE, {"data/units/bs/stadtverwaltung.yaml": "timeline: 1\n"}),
        over(BASE, {"data/units/zz/rat.yaml": "timeline: []\n"}),
    ):
        assert proposed._in_part(base, other) is None
        assert proposed._in_part(other, base) is None
