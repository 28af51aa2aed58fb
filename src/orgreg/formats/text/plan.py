"""A plan as people read it, on a day: its steps with what is known of their state. Overdue is not computed here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.formats.line import Line, line
from orgreg.formats.text.facts import (
    Teller,
    behind_all,
    existence,
    mark,
    reason,
    section,
    without_echo,
)
from orgreg.formats.text.sources import Notes
from orgreg.model.timeline import Status
from orgreg.model.unit import slug_of
from orgreg.query.plans import STEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.query.plans import Item, PlanPortrait
    from orgreg.query.portrait import Fact

_IN: Final = "  "
_DEEP: Final = "    "
_WIDTH: Final = 13
NO_EVIDENCE: Final = "no evidence"
"""What is said where no source tells of the state of a step: that is not „not done“."""


def plan(one: PlanPortrait) -> Iterator[Line]:
    """All that is recorded of a plan on a day."""
    told = one.plan
    teller = Teller(one.labels, Notes(one.labels))
    cities = one.labels.registry.municipalities
    city = cities[told.municipality].name if told.municipality in cities else told.municipality
    title = one.labels.plan(told.id) or slug_of(told.id)
    status = "" if one.whole is None or one.whole.status is Status.IN_FORCE else f"   ({one.whole.status})"
    yield line((title, "heading"), (status, "mark"))
    yield line(f"Plan, {city}, on {one.day.isoformat()}", (f"   {told.id}", "quiet"))
    if told.formerly:
        yield line((f"formerly filed as {', '.join(slug_of(former) for former in told.formerly)}", "quiet"))
    for address in told.same_as:
        yield line((f"same as {address}", "quiet"))
    if told.note is not None:
        yield reason("", "note", told.note)
    yield from _whole(one, teller)
    yield from _items("Dimensions", one.dimensions, ("state", "by", "values"), teller)
    yield from _items("Steps", one.steps, STEP, teller)
    if one.later:
        yield line()
        parts = "dimension or step is" if one.later == 1 else "dimensions and steps are"
        yield line((f"{one.later} {parts} told of only later than this day.", "quiet"))
    yield from teller.corrections(told.corrections)
    yield from teller.notes.lines()


def _whole(one: PlanPortrait, teller: Teller) -> Iterator[Line]:
    whole = one.whole
    yield line()
    if whole is None:
        yield line((f"Nothing is told of the plan as a whole on {one.day.isoformat()}.", "mark"))
        return
    yield from existence(whole.doubts, "")
    for fact in _quiet(whole):
        if fact.attribute == "goals" and isinstance(fact.value, tuple):
            refs = f"   {teller.whence(fact)}"
            first, *rest = (teller.value("goals", (goal,)) for goal in fact.value)
            yield line((f"{_IN}{'goals':<{_WIDTH}}", "quiet"), f"- {first}", (refs, "quiet"), mark(fact))
            for goal in rest:
                yield line(" " * (len(_IN) + _WIDTH), f"- {goal}")
            yield from teller.behind(fact, " " * (len(_IN) + _WIDTH))
        else:
            yield from teller.fact(fact, _IN, _WIDTH)
    yield from _remarks(whole, _IN, teller)


def _quiet(item: Item) -> list[Fact]:
    told = frozenset(doubt.because for doubt in item.doubts)
    days = {entry.inferred.get("from", "") for fact in item.facts for entry in fact.statements}
    return [without_echo(fact, told | days) for fact in item.facts]


def _items(title: str, items: Iterable[Item], order: Iterable[str], teller: Teller) -> Iterator[Line]:
    items = tuple(items)
    if items:
        yield from section(title)
    for item in items:
        yield from _item(item, tuple(order), teller)


def _item(item: Item, order: tuple[str, ...], teller: Teller) -> Iterator[Line]:
    facts = {fact.attribute: fact for fact in _quiet(item)}
    main = facts.pop("title", None)
    name = item.slug if main is None else teller.value("title", main.value)
    status = "" if item.status is Status.IN_FORCE else f"   ({item.status})"
    first = main or next(iter(facts.values()), None)
    behind = "" if first is None else f"   {teller.whence(first)}"
    slug = "" if main is None else f"   #{item.slug}"
    yield line(f"{_IN}{name}", (slug, "quiet"), (behind, "quiet"), (status, "mark"))
    days = {entry.inferred.get("from", "") for fact in item.facts for entry in fact.statements}
    yield from existence((doubt for doubt in item.doubts if doubt.because not in days), _DEEP)
    if main is not None:
        yield from teller.behind(main, _DEEP)
    for attribute in order:
        if attribute in facts:
            fact = facts[attribute]
            alone = first is None or fact.statements != first.statements
            yield from teller.fact(fact, _DEEP, _WIDTH, alone=alone)
        elif attribute == "state":
            yield line((f"{_DEEP}{'state':<{_WIDTH}}", "quiet"), NO_EVIDENCE)
    yield from _remarks(item, _DEEP, teller)


def _remarks(item: Item, indent: str, teller: Teller) -> Iterator[Line]:
    entries = list({id(entry): entry for fact in item.facts for entry in fact.statements}.values())
    if len(entries) == 1:
        yield from teller.remarks(entries[0], indent)
    else:
        yield from behind_all(teller, item.facts, indent)
