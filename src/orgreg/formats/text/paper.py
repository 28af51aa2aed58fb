"""A paper as people read it: what the record says of it, and what rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.formats.days import after, last_day, lasting, since
from orgreg.formats.line import Line, line
from orgreg.formats.text.facts import Teller, label, reason, section
from orgreg.formats.text.sources import Notes, dated
from orgreg.formats.text.sources import title as titled
from orgreg.model.day import UNKNOWN_DAY, When
from orgreg.model.paper import RELATIONS
from orgreg.model.timeline import Absent, Status
from orgreg.model.unit import slug_of, whole_of
from orgreg.model.wording import quoted
from orgreg.query.papers import Basis, Given
from orgreg.query.wording import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.model.paper import Consultation, Paper
    from orgreg.model.timeline import Value
    from orgreg.query.papers import Answer, PaperPortrait, Resting, Wait

_WIDTH: Final = 13
_INNER: Final = "  " + " " * _WIDTH
_DEEP: Final = "    "
_ASKED: Final = 10
_OTHER_SIDE: Final = {
    "answers": "answered by",
    "amends": "amended by",
    "supplements": "supplemented by",
    "replaces": "replaced by",
    "cites": "cited by",
}


def paper(one: PaperPortrait) -> Iterator[Line]:
    """All that is recorded of a paper."""
    told = one.paper
    teller = Teller(one.labels, Notes(one.labels, own="this paper itself"))
    cities = one.labels.registry.municipalities
    city = cities[told.municipality].name if told.municipality in cities else told.municipality
    yield line((titled(told), "heading"))
    yield line(city, (f"   {told.id}", "quiet"))
    if told.formerly:
        yield line((f"formerly filed as {', '.join(slug_of(former) for former in told.formerly)}", "quiet"))
    for address in told.same_as:
        yield line((f"same as {address}", "quiet"))
    yield line()
    yield from _values(told, teller)
    yield from _questions(one, teller)
    yield from _consultations(told, teller)
    yield from _relations(one, teller)
    yield from _effects(told)
    yield from _rests(one, teller)
    if told.links:
        yield from section("Links")
    for address in told.links:
        yield line(f"  {address}")
    yield from teller.corrections(told.corrections)
    yield from teller.notes.lines()


def _values(told: Paper, teller: Teller) -> Iterator[Line]:
    values = {
        "number": told.number,
        "kind": told.kind,
        "title": told.title,
        "aka": told.aka,
        "date": told.date,
        "author": told.author,
        "lead": told.lead,
        "signed": told.signed,
    }
    for key, value in values.items():
        others = [other for other in told.also if key in other.values]
        if value:
            doubt = "disputed" if others else "inferred" if key in told.inferred else ""
            shown = f"   ({doubt})" if doubt and value not in {Absent.UNKNOWN, UNKNOWN_DAY} else ""
            yield line((f"  {label(key):<{_WIDTH}}", "quiet"), _value(key, value, teller), (shown, "mark"))
            if key in told.inferred:
                yield reason(_INNER, "inferred", told.inferred[key])
        for other in others:
            yield teller.instead(_INNER, "another source says", _value(key, other.values[key], teller), other)
        if key == "date" and told.wording is not None:
            yield reason(_INNER, "wording", quoted(told.wording))
    yield line((f"  {'recorded':<{_WIDTH}}", "quiet"), f"from {teller.notes.refer(told.sources)}")
    if told.note is not None:
        yield reason("  ", "note", told.note)


def _value(key: str, value: Value, teller: Teller) -> str:
    if isinstance(value, When):
        return moment(value) if value.known else value.text
    return teller.value(key, value)


def _consultations(told: Paper, teller: Teller) -> Iterator[Line]:
    if told.consultations:
        yield from section("Consultations")
    for one in told.consultations:
        yield from _consultation(one, teller)


def _consultation(one: Consultation, teller: Teller) -> Iterator[Line]:
    body = teller.unit(one.body) if isinstance(one.body, str) else f"body {one.body}"
    date = "day unknown" if one.date is None or not one.date.known else moment(one.date)
    item = "" if one.item is None else f", item {one.item}"
    yield line(f"  {date}, {body}{item}, role {one.role or 'unknown'}, result {one.result or 'unknown'}")
    if one.wording is not None:
        yield reason(_DEEP, "wording", quoted(one.wording))
    if one.note is not None:
        yield reason(_DEEP, "note", one.note)
    if one.quote is not None:
        yield line(_DEEP, (quoted(one.quote), "quote"))


def _relations(one: PaperPortrait, teller: Teller) -> Iterator[Line]:
    told = one.paper.relations
    own = [(relation, identity) for relation in RELATIONS for identity in _listed(told.get(relation, ()))]
    others = [(_OTHER_SIDE[relation], other.id) for relation, other in one.others]
    if own or others:
        yield from section("Relations")
        width = max(len(word) for word, _ in (*own, *others)) + 2
        for word, identity in (*own, *others):
            shown = str(identity) if isinstance(identity, Absent) else teller.paper(identity)
            yield line((f"  {word:<{width}}", "quiet"), shown)


def _listed(targets: tuple[str, ...] | Absent) -> tuple[str | Absent, ...]:
    return targets if isinstance(targets, tuple) else (targets,)


def _effects(told: Paper) -> Iterator[Line]:
    if told.effects:
        yield from section("Effects")
    for effect in told.effects:
        yield line((f"  {effect.verb} ", "quiet"), effect.text)
        if effect.quote is not None:
            yield line(_DEEP, (quoted(effect.quote), "quote"))


# What became of a question


def _questions(one: PaperPortrait, teller: Teller) -> Iterator[Line]:
    if one.question is None and not one.answering:
        return
    yield from section("Question and answer")
    if one.question is not None:
        yield _asked(one.paper, one, teller, "")
        for answer in one.question.answers:
            yield from _answered(answer, one, teller, f": {titled(answer.paper)}")
        if one.question.open_for is not None:
            yield _open(one.question.open_for, one.day.isoformat())
    for answer in one.answering:
        yield _asked(answer.question, one, teller, f": {titled(answer.question)}")
        yield from _answered(answer, one, teller, "")


def _asked(asked: Paper, one: PaperPortrait, teller: Teller, which: str) -> Line:
    late = asked.date.known and asked.date.counts_from > one.day
    told = f"{dated(asked)}{_by(asked, teller)}{which}"
    return line(
        (f"  {'asked':<{_ASKED}}", "quiet"), told, (f"   (after {one.day.isoformat()})" if late else "", "mark")
    )


def _answered(answer: Answer, one: PaperPortrait, teller: Teller, which: str) -> Iterator[Line]:
    given = {
        Given.YES: "",
        Given.PERHAPS: f"   (perhaps not yet on {one.day.isoformat()})",
        Given.LATER: f"   (after {one.day.isoformat()})",
    }[answer.given]
    told = f"{dated(answer.paper)}{_by(answer.paper, teller)}{which}{_after(answer.wait)}"
    yield line((f"  {'answered':<{_ASKED}}", "quiet"), told, (given, "mark"))
    for other, when, wait in answer.others:
        refs = teller.notes.refer(other.sources)
        yield line(f"  {'':<{_ASKED}}", ("another source says: ", "mark"), f"{moment(when)}{_after(wait)} {refs}")


def _open(waited: Wait, day: str) -> Line:
    since_when = lasting(waited) if waited.known else "an unknown day"
    return line((f"  {'open':<{_ASKED}}", "quiet"), (f"no answer recorded on {day}, since {since_when}", "mark"))


def _after(wait: Wait) -> str:
    return f", {after(wait)}" if wait.known else ""


def _by(told: Paper, teller: Teller) -> str:
    return f" by {teller.value('author', told.author)}" if isinstance(told.author, tuple) else ""


# What rests on it


def _rests(one: PaperPortrait, teller: Teller) -> Iterator[Line]:
    """What names the paper as its decision or mandate, what is known from it, and what rests on its answers."""
    firm = [resting for resting in one.resting if resting.basis is not Basis.SOURCE]
    known = [resting for resting in one.resting if resting.basis is Basis.SOURCE]
    if firm:
        yield from section("What rests on it")
    for identity in dict.fromkeys(resting.identity for resting in firm if resting.basis is Basis.MANDATE):
        yield line(("  plan ", "quiet"), teller.plan(identity))
    for resting in firm:
        if resting.basis is Basis.DECISION:
            yield line("  ", *_decision(resting, teller))
    if known:
        yield from section("What is known from it")
        yield from _known(known, teller)
    for answer, found in one.through:
        if found:
            yield from section(f"What is known from its answer, {titled(answer)}")
            yield from _known(found, teller)


def _decision(one: Resting, teller: Teller) -> tuple[str | tuple[str, str], ...]:
    told = [] if one.entry.status is Status.IN_FORCE else [str(one.entry.status).replace("_", " ")]
    told += ["as another source says"] if one.instead else []
    what = f"{_when(one)}: {', '.join(map(label, one.attributes))}"
    return (_name(one.identity, teller), (f"   {what}", "quiet"), (f"   ({', '.join(told)})" if told else "", "mark"))


def _known(found: Iterable[Resting], teller: Teller) -> Iterator[Line]:
    """A line for each unit or plan with what is said of it, and below it the parts of which anything is."""
    wholes: dict[str, list[Resting]] = {}
    for one in found:
        wholes.setdefault(whole_of(one.identity), []).append(one)
    for identity, told in sorted(wholes.items(), key=lambda pair: _place(pair[0], teller)):
        own = "; ".join(_said([one for one in told if one.identity == identity]))
        behind = f"   {own}" if own else ""
        plan = "plan " if identity in teller.labels.registry.plans else ""
        yield line("  ", (plan, "quiet"), _name(identity, teller), (behind, "quiet"), _status(told))
        for sort, slugs in _parts(identity, told, teller).items():
            yield line((f"{_DEEP}{sort} ", "quiet"), ", ".join(f"#{slug}" for slug in slugs))


def _place(identity: str, teller: Teller) -> tuple[bool, str]:
    """Plans first: they say what is to be done."""
    return (identity not in teller.labels.registry.plans, _name(identity, teller))


def _name(identity: str, teller: Teller) -> str:
    if whole_of(identity) in teller.labels.registry.plans:
        return teller.step(identity) if "#" in identity else teller.plan(identity)
    return teller.unit(identity)


def _parts(identity: str, told: Iterable[Resting], teller: Teller) -> dict[str, list[str]]:
    """The parts of which anything is said, by what they are."""
    registry = teller.labels.registry
    if identity in registry.plans:
        plan = registry.plans[identity]
        sorts = {"dimension": plan.dimensions, "step": plan.steps}
    else:
        unit = registry.units[identity]
        sorts = {"task": unit.tasks, "post": unit.posts}
    slugs = dict.fromkeys(one.identity.partition("#")[2] for one in told if "#" in one.identity)
    parts = {sort: [slug for slug in slugs if slug in timelines] for sort, timelines in sorts.items()}
    return {f"{sort}{'s' * (len(found) != 1)}": found for sort, found in parts.items() if found}


def _status(told: Iterable[Resting]) -> tuple[str, str]:
    """What stands beside it where nothing that is said of it is in force."""
    statuses = list(dict.fromkeys(one.entry.status for one in told))
    words = ", ".join(str(status).replace("_", " ") for status in statuses)
    return ("" if Status.IN_FORCE in statuses else f"   ({words})", "mark")


def _said(told: Iterable[Resting]) -> Iterator[str]:
    """What is said of each day, and what is only said against what stands there."""
    days: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for one in told:
        days.setdefault(_when(one), ({}, {}))[one.instead].update(dict.fromkeys(map(label, one.attributes)))
    for day, (said, otherwise) in days.items():
        parts = (", ".join(said), f"otherwise {', '.join(otherwise)}" if otherwise else "")
        yield f"{day}: {', '.join(part for part in parts if part)}"


def _when(one: Resting) -> str:
    return last_day(one.entry.since) if one.entry.ends else since(one.entry.since)
