"""A paper as people read it: what the record says of it, and what rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.formats.days import last_day, moment, since
from orgreg.formats.line import Line, line
from orgreg.formats.text.facts import Teller, label, reason, section
from orgreg.formats.text.sources import Notes, quoted
from orgreg.formats.text.sources import title as titled
from orgreg.model.day import UNKNOWN_DAY, When
from orgreg.model.paper import RELATIONS
from orgreg.model.timeline import Absent, Status
from orgreg.model.unit import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.paper import Consultation, Paper
    from orgreg.model.timeline import Value
    from orgreg.query.papers import Decided, PaperPortrait

_WIDTH: Final = 13
_INNER: Final = "  " + " " * _WIDTH
_DEEP: Final = "    "
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
    yield from _consultations(told, teller)
    yield from _relations(one, teller)
    yield from _effects(told)
    yield from _decided(one, teller)
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
            yield reason(_INNER, "wording", f"„{told.wording}“")
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
        yield reason(_DEEP, "wording", f"„{one.wording}“")
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


def _decided(one: PaperPortrait, teller: Teller) -> Iterator[Line]:
    """What names the paper as its decision, and the plans that it asks for."""
    if one.decided or one.plans:
        yield from section("What rests on it")
    for identity in one.plans:
        yield line(("  plan ", "quiet"), teller.plan(identity))
    for decided in one.decided:
        yield line("  ", *_decision(decided, teller))


def _decision(one: Decided, teller: Teller) -> tuple[str | tuple[str, str], ...]:
    entry = one.entry
    when = last_day(entry.since) if entry.ends else since(entry.since)
    status = "" if entry.status is Status.IN_FORCE else f"   ({str(entry.status).replace('_', ' ')})"
    what = ", ".join(label(key) for key in entry.values)
    return (teller.unit(one.identity), (f"   {when}: {what}", "quiet"), (status, "mark"))
