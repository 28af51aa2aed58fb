"""A plan as people read it, on a day: who asked about it, its steps with what is known of their state, what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.formats.days import since
from orgreg.formats.line import Line, Role, line
from orgreg.formats.text.facts import (
    Teller,
    behind_all,
    existence,
    label,
    mark,
    reason,
    section,
    without_echo,
)
from orgreg.formats.text.sources import Notes
from orgreg.model.timeline import Status
from orgreg.model.unit import slug_of
from orgreg.query.papers import Given
from orgreg.query.plans import STEP, Step
from orgreg.query.progress import NO_EVIDENCE, Follows, sentence
from orgreg.query.wording import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.model.paper import Paper
    from orgreg.model.timeline import Entry
    from orgreg.query.papers import Answer
    from orgreg.query.plans import Asked, Item, PartPortrait, PlanPortrait
    from orgreg.query.portrait import Fact

_IN: Final = "  "
_DEEP: Final = "    "
_WIDTH: Final = 13
_DIMENSION: Final = ("state", "by", "values")
_ROLES: Final[dict[Follows, Role]] = {
    Follows.OVERDUE: "error",
    Follows.PAST_WINDOW: "warning",
    Follows.NO_OUTCOME: "warning",
    Follows.UNCLEAR: "warning",
    Follows.WINDOW_OPEN: "note",
    Follows.DUE: "note",
    Follows.AHEAD: "note",
}
"""What is told apart from the state, with the colour that repeats it. The rest is said by state, day and status."""


def plan(one: PlanPortrait) -> Iterator[Line]:
    """All that is recorded of a plan on a day."""
    told = one.plan
    teller = Teller(one.labels, Notes(one.labels))
    cities = one.labels.registry.municipalities
    city = cities[told.municipality].name if told.municipality in cities else told.municipality
    title = one.labels.plan(told.id) or slug_of(told.id)
    intended = one.whole is not None and one.whole.status is not Status.IN_FORCE
    yield line((title, "heading"), (f"   ({one.whole.status})" if one.whole and intended else "", "mark"))
    yield line(f"Plan, {city}, on {one.day.isoformat()}", (f"   {told.id}", "quiet"))
    if one.whole and intended:
        yield line((f"It is only {one.whole.status}: nothing of it counts as decided.", "mark"))
    if told.formerly:
        yield line((f"formerly filed as {', '.join(slug_of(former) for former in told.formerly)}", "quiet"))
    for address in told.same_as:
        yield line((f"same as {address}", "quiet"))
    if told.note is not None:
        yield reason("", "note", told.note)
    yield from _whole(one, teller)
    if one.asked:
        yield from section("Asked about it")
    for asked in one.asked:
        yield from _asked(asked, teller)
    yield from _items("Dimensions", one.dimensions, _DIMENSION, teller)
    yield from _items("Steps", one.steps, STEP, teller)
    if one.later:
        yield line()
        parts = "dimension or step is" if one.later == 1 else "dimensions and steps are"
        yield line((f"{one.later} {parts} told of only later than this day.", "quiet"))
    yield from teller.corrections(told.corrections)
    yield from teller.notes.lines()


def part(one: PartPortrait) -> Iterator[Line]:
    """A step alone, with every report on it, or a dimension."""
    teller = Teller(one.labels, Notes(one.labels))
    of = f"{one.what.capitalize()} of {teller.plan(one.plan.id)}"
    yield line((one.labels.step(one.plan, one.slug), "heading"))
    yield line(f"{of}, on {one.day.isoformat()}", (f"   {one.identity}", "quiet"))
    if one.on_day is None:
        yield line((f"Nothing is told of it on {one.day.isoformat()}.", "mark"))
    else:
        yield line()
        yield from _item(one.on_day, STEP if one.what == "step" else _DIMENSION, teller)
    yield from section("Reports" if one.what == "step" else "Told of it")
    for entry in one.timeline:
        yield from _report(entry, teller)
    yield from teller.notes.lines()


def _report(entry: Entry, teller: Teller) -> Iterator[Line]:
    void = "   (withdrawn)" if entry.annulled is not None else ""
    status = "" if entry.status is Status.IN_FORCE else f"   ({str(entry.status).replace('_', ' ')})"
    refs = teller.notes.refer(entry.sources)
    yield line(f"{_IN}{since(entry.since)}", (f" {refs}", "quiet"), (status + void, "mark"))
    for attribute, value in entry.values.items():
        yield reason(_DEEP, label(attribute), teller.value(attribute, value))
        if attribute in entry.inferred:
            yield reason(_DEEP + _IN, "inferred", entry.inferred[attribute])
        for other in entry.also:
            if attribute in other.values:
                yield teller.other(attribute, other, _DEEP + _IN)
    yield from teller.remarks(entry, _DEEP)


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


# Who asked about it


def _asked(one: Asked, teller: Teller) -> Iterator[Line]:
    authors = one.paper.author if isinstance(one.paper.author, tuple) else ()
    by = f", by {', '.join(map(teller.unit, authors))}" if authors else ""
    yield line(f"{_IN}{teller.paper(one.paper.id)}", (by, "quiet"))
    yield from _dealt_with(one.paper, teller)
    for answer in one.question.answers:
        yield from _answer(answer, teller)
    if one.question.open_for is not None:
        yield line((f"{_DEEP}no answer is recorded by this day", "mark"))


def _dealt_with(paper: Paper, teller: Teller) -> Iterator[Line]:
    for where in paper.consultations:
        if isinstance(where.body, str):
            when = "" if where.date is None else f", {moment(where.date)}"
            role = "" if where.role in {None, "unknown"} else f", {where.role}"
            yield reason(_DEEP, "in", f"{teller.unit(where.body)}{when}{role}")


def _answer(answer: Answer, teller: Teller) -> Iterator[Line]:
    if answer.given is Given.LATER:
        return
    perhaps = "   (perhaps only after this day)" if answer.given is Given.PERHAPS else ""
    yield line((f"{_DEEP}answered by ", "quiet"), teller.paper(answer.paper.id), (perhaps, "mark"))
    for other, when, _ in answer.others:
        yield teller.instead(_DEEP + _IN, "another source gives as the day", moment(when), other)
    for effect in answer.paper.effects:
        yield reason(_DEEP + _IN, effect.verb, effect.text)


# Dimensions and steps


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
    if isinstance(item, Step) and item.progress.follows in _ROLES:
        yield line((f"{_DEEP}{sentence(item.progress)}", _ROLES[item.progress.follows]))
    for attribute in order:
        if attribute in facts:
            fact = facts[attribute]
            alone = first is None or fact.statements != first.statements
            told = teller.fact(fact, _DEEP, _WIDTH, alone=alone)
            yield from _with_meaning(told, item) if attribute == "state" else told
        elif attribute == "state":
            yield line((f"{_DEEP}{'state':<{_WIDTH}}", "quiet"), NO_EVIDENCE)
    yield from _remarks(item, _DEEP, teller)


def _with_meaning(told: Iterator[Line], item: Item) -> Iterator[Line]:
    """The line of a state, with what the vocabulary makes of the city's word behind it."""
    first = next(told)
    meaning = item.progress.meaning if isinstance(item, Step) else None
    if meaning is None:
        yield first
    else:
        name, word, *rest = first.pieces
        yield Line((name, word, (f" ({meaning})", "quiet"), *rest))
    yield from told


def _remarks(item: Item, indent: str, teller: Teller) -> Iterator[Line]:
    entries = list({id(entry): entry for fact in item.facts for entry in fact.statements}.values())
    if len(entries) == 1:
        yield from teller.remarks(entries[0], indent)
    else:
        yield from behind_all(teller, item.facts, indent)
