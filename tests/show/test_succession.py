from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.model.certainty import Certainty
from orgreg.query.succession import predecessors, successors
from tests.show.small import register

if TYPE_CHECKING:
    from orgreg.model.registry import Registry

NEW = """\
timeline:
  - from: 2020-01-01
    name: Neu
    kind: Referat
    parent: stadtverwaltung
    $
"""


def old(*lines: str, tasks: str = "") -> str:
    end = "".join(f"    {line}\n" for line in lines)
    return f"""\
timeline:
  - from: unknown
    name: Alt
    kind: Referat
    parent: stadtverwaltung
    $
{"  - from: 2020-01-01" if lines else ""}
{end}{"    $" if lines else ""}
{tasks}"""


def after(registry: Registry, slug: str = "alt", *, planned: bool = False) -> list[tuple[str | None, str, str]]:
    found = successors(registry, registry.units[f"bs/{slug}"], planned=planned)
    return [(one.newer, one.verb, str(one.since)) for one in found]


def before(registry: Registry, slug: str = "neu", *, planned: bool = False) -> list[tuple[str | None, str, str]]:
    found = predecessors(registry, registry.units[f"bs/{slug}"], planned=planned)
    return [(one.older, one.verb, str(one.since)) for one in found]


def test_a_succession_that_is_written_at_the_end_is_told_on_both_sides() -> None:
    registry = register(alt=old("ended: absorbed", "into: [neu]"), neu=NEW)
    assert after(registry) == [("bs/neu", "absorbed", "2020-01-01")]
    assert before(registry) == [("bs/alt", "absorbed", "2020-01-01")]
    assert after(registry, "neu") == before(registry, "alt") == []
    [one] = successors(registry, registry.units["bs/alt"])
    assert (one.certainty, one.doubts, one.alternatives, one.part) == (Certainty.STATED, (), (), None)


def test_a_succession_that_is_written_at_the_beginning_is_told_on_both_sides() -> None:
    new = NEW.replace("    parent", "    out_of: [alt]\n    parent")
    registry = register(alt=old(), neu=new)
    assert after(registry) == [("bs/neu", "out_of", "2020-01-01")]
    assert before(registry) == [("bs/alt", "out_of", "2020-01-01")]


def test_what_is_written_on_both_sides_is_told_once() -> None:
    new = NEW.replace("    parent", "    out_of: [alt]\n    parent")
    registry = register(alt=old("ended: replaced", "into: [neu]"), neu=new)
    assert after(registry) == [("bs/neu", "replaced", "2020-01-01")]


def test_an_unknown_other_side_is_told_and_none_is_not() -> None:
    registry = register(
        alt=old("ended: split", "into: unknown"), neu=NEW.replace("    parent", "    out_of: none\n    parent")
    )
    assert after(registry) == [(None, "split", "2020-01-01")]
    assert before(registry) == []
    [one] = successors(registry, registry.units["bs/alt"])
    assert one.certainty is Certainty.UNKNOWN
    assert [doubt.because for doubt in one.doubts] == ["no source gives it"]


def test_what_is_inferred_and_what_other_sources_say_makes_it_doubtful() -> None:
    end = old(
        "ended: absorbed",
        "into: [neu]",
        "inferred: {ended: not said, into: read between the lines, from: the day of the letter}",
        "also:",
        "  - {ended: dissolved, because: the letter is later, sources: [{paper: beschluss}]}",
        "  - {into: [sozialreferat, neu], sources: [{paper: beschluss}]}",
        "  - {from: 2019, sources: [{paper: beschluss}]}",
        "  - {from: 2018, because: the year is a slip, sources: [{paper: beschluss}]}",
    )
    registry = register(alt=end, neu=NEW)
    first, second = successors(registry, registry.units["bs/alt"])
    assert first.certainty is Certainty.DISPUTED
    assert [(doubt.attribute, doubt.because) for doubt in first.doubts] == [
        ("ended", "the letter is later"),
        ("ended", "not said"),
        ("into", "another source says something else"),
        ("into", "read between the lines"),
        ("from", "another source gives 2019 as the day"),
        ("from", "the year is a slip"),
        ("from", "the day of the letter"),
    ]
    assert len(first.alternatives) == 4
    assert (second.newer, second.rival is not None) == ("bs/sozialreferat", True)
    assert [(doubt.certainty, doubt.because) for doubt in second.doubts] == [
        (Certainty.DISPUTED, "only another source says so")
    ]
    assert before(registry, "sozialreferat") == [("bs/alt", "absorbed", "2020-01-01")]


def test_another_source_may_give_another_end_and_day_with_another_successor() -> None:
    end = old(
        "ended: dissolved",
        "also:",
        "  - {ended: merged, into: [neu], from: 2019-12-01, because: a slip, sources: [{paper: beschluss}]}",
    )
    registry = register(alt=end, neu=NEW)
    assert after(registry) == [("bs/neu", "merged", "2019-12-01")]


def test_successions_of_what_is_planned_count_only_when_asked_for() -> None:
    registry = register(alt=old("status: planned", "ended: absorbed", "into: [neu]"), neu=NEW)
    assert after(registry) == []
    assert after(registry, planned=True) == [("bs/neu", "absorbed", "2020-01-01")]
    [one] = successors(registry, registry.units["bs/alt"], planned=True)
    assert [doubt.because for doubt in one.doubts] == ["planned, not in force"]


def test_a_task_that_moves_is_a_succession_of_a_part() -> None:
    new = f"""{NEW}
tasks:
  ehrenamt:
    - from: 2020-01-01
      text: Ehrenamt
      out_of: [alt#ehrenamt]
      $
"""
    tasks = """\
tasks:
  ehrenamt:
    - from: unknown
      text: Ehrenamt
      $
    - from: 2020-01-01
      ended: transferred
      into: [neu]
      $
"""
    registry = register(alt=old(tasks=tasks), neu=new)
    [one] = successors(registry, registry.units["bs/alt"])
    assert (one.newer, one.verb, one.part) == ("bs/neu", "transferred", "bs/alt#ehrenamt")
    assert before(registry) == [("bs/alt", "transferred", "2020-01-01")]
