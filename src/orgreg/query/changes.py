"""What changed in the city between two days: one change for each thing that became different, grouped by occasion."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from orgreg.model.certainty import Certainty, Doubt, attestation
from orgreg.model.change import Change, Occasion, Verb
from orgreg.model.day import day_before
from orgreg.model.timeline import ONCE, Absent
from orgreg.model.unit import RELATIONS, whole_of
from orgreg.query.order import code_key, name_key
from orgreg.query.standing import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry, Held, Life, Timeline, Value
    from orgreg.model.unit import Unit

_STRUCTURE: Final = {
    "parent": Verb.MOVED,
    "staff_of": Verb.MOVED,
    "name": Verb.RENAMED,
    "code": Verb.RECODED,
    "kind": Verb.REKINDED,
    **dict.fromkeys(RELATIONS, Verb.RELATION),
}
"""What a new value of an attribute is called; of every other attribute it is restated."""

_ORDER: Final = {verb: place for place, verb in enumerate(Verb)}


def occasions(registry: Registry, after: date, until: date, *, municipality: str | None = None) -> tuple[Occasion, ...]:
    """What changed after one day and until another, included: by day, what belongs together under one heading."""
    grouped: dict[tuple[date, str, str], list[Change]] = defaultdict(list)
    for unit in registry.units.values():
        if municipality not in {None, unit.municipality}:
            continue
        for change in _of_unit(registry, unit, after, until):
            belongs_to = ("", whole_of(change.unit)) if change.word is None else (change.word, unit.municipality)
            grouped[change.day, *belongs_to].append(change)
    return tuple(
        Occasion(day, word or None, tuple(sorted(changes, key=_key)))
        for (day, word, _), changes in sorted(grouped.items(), key=lambda item: (item[0][0], not item[0][1], item[0]))
    )


def _key(change: Change) -> tuple[object, ...]:
    code = (1, ()) if change.code is None else (0, code_key(change.code))
    return (_ORDER[change.verb], *code, name_key(change.name), change.unit, str(change.after))


def _of_unit(registry: Registry, unit: Unit, after: date, until: date) -> Iterator[Change]:
    for number, life in enumerate(unit.timeline.lives):
        if life.span.end <= after or life.span.start > until:
            continue
        for change in _of_life(registry, unit, life, number):
            if after < change.day <= until:
                yield _told(registry, unit, change)
    parts = [*((Verb.TASK, slug, one) for slug, one in unit.tasks.items())]
    parts += [(Verb.POST, slug, one) for slug, one in unit.posts.items()]
    for verb, slug, timeline in parts:
        for change in _of_part(unit, verb, slug, timeline):
            if after < change.day <= until:
                yield _told(registry, unit, change)
    for entry in unit.timeline.entries:
        if entry.annulled is not None and after < entry.annulled.day.counts_from <= until:
            yield _told(registry, unit, _annulled(unit, entry))


def _of_life(registry: Registry, unit: Unit, life: Life, number: int) -> Iterator[Change]:
    heard = attestation(life.entries, registry.paper_date)
    yield _beginning(unit, life, revived=number > 0)
    before = {held.attribute: held for held in life.held(life.span.start).values()}
    for entry in life.entries:
        if entry.counts_from == life.span.start:
            continue
        if entry.ends:
            yield _ending(unit, entry, before)
            continue
        now = life.held(entry.counts_from)
        changed = {
            attribute: value
            for attribute, value in entry.values.items()
            if attribute not in ONCE and (attribute not in before or before[attribute].value != value)
        }
        first = heard is not None and entry.counts_from == heard.first and not life.opening[0].since.known
        yield from _attested(unit, entry, changed) if first else _differing(unit, entry, changed, before)
        before = now


def _beginning(unit: Unit, life: Life, *, revived: bool) -> Change:
    # What is only heard of by a day began on no known day: it is first attested.
    opening = life.opening
    heard_of = opening[0].since.counts_from != opening[0].since.earliest
    verb = Verb.REVIVED if revived else Verb.ATTESTED if heard_of else Verb.CREATED
    first = _change(verb, unit.id, opening[0], opening[0].values)
    values = dict(value for entry in opening for value in entry.values.items() if value[0] not in ONCE)
    return replace(
        first,
        after=tuple(values.items()),
        out_of=_references(next((e.values["out_of"] for e in opening if "out_of" in e.values), None)),
        sources=tuple(dict.fromkeys(source for entry in opening for source in entry.sources)),
        doubts=tuple(doubt for entry in opening for doubt in _doubts(entry, (*entry.values, "from"))),
    )


def _ending(unit: Unit, entry: Entry, before: Mapping[str, Held]) -> Change:
    ended = entry.values["ended"]
    verb = next((verb for verb in Verb if verb.value == ended), Verb.ENDED)
    held = {attribute: one.value for attribute, one in before.items()}
    return replace(_change(verb, unit.id, entry, {}), before=tuple(held.items()))


def _attested(unit: Unit, entry: Entry, changed: Mapping[str, Value]) -> Iterator[Change]:
    if changed:
        yield _change(Verb.ATTESTED, unit.id, entry, changed)


def _differing(unit: Unit, entry: Entry, changed: Mapping[str, Value], before: Mapping[str, Held]) -> Iterator[Change]:
    for attribute, value in changed.items():
        verb = _STRUCTURE.get(attribute, Verb.RESTATED)
        was = before.get("parent") or before.get("staff_of") if verb is Verb.MOVED else before.get(attribute)
        change = _change(verb, unit.id, entry, {attribute: value})
        yield change if was is None else replace(change, before=((was.attribute, was.value),))


def _of_part(unit: Unit, verb: Verb, slug: str, timeline: Timeline) -> Iterator[Change]:
    """The changes of a task or post, but for what only begins or ends with its unit."""
    for life in timeline.lives:
        before: dict[str, Value] = {}
        for entry in life.entries:
            values = {attribute: value for attribute, value in entry.values.items() if attribute not in ONCE}
            changed = {attribute: value for attribute, value in values.items() if before.get(attribute) != value}
            opens = entry.counts_from == life.span.start
            with_unit = any(one.span.start == entry.counts_from for one in unit.timeline.lives)
            if (changed and not (opens and with_unit and "out_of" not in entry.values)) or entry.ends:
                change = _change(verb, f"{unit.id}#{slug}", entry, changed)
                yield replace(change, before=tuple((key, before[key]) for key in changed if key in before))
            before |= values


def _annulled(unit: Unit, entry: Entry) -> Change:
    annulment = entry.annulled
    change = _change(Verb.ANNULLED, unit.id, entry, entry.values)
    if annulment is None:  # pragma: no cover - asked for annulled entries only
        return change
    by = None if annulment.by is None else (annulment.by,)
    return replace(change, on=annulment.day, decided_by=by)


def _change(verb: Verb, identity: str, entry: Entry, values: Mapping[str, Value]) -> Change:
    keys = (*values, *(key for key in ("ended", "into", "out_of") if key in entry.values), "from")
    return Change(
        verb=verb,
        unit=identity,
        on=entry.since,
        word=entry.change,
        after=tuple((key, value) for key, value in values.items() if key not in ONCE),
        into=_references(entry.values.get("into")),
        out_of=_references(entry.values.get("out_of")),
        decided_by=entry.decided_by,
        sources=entry.sources,
        doubts=tuple(_doubts(entry, keys)),
    )


def _references(value: Value | None) -> tuple[str, ...] | Absent | None:
    if isinstance(value, tuple):
        return tuple(str(one) for one in value)
    return value if isinstance(value, Absent) else None


def _doubts(entry: Entry, keys: Iterable[str]) -> Iterator[Doubt]:
    """What is not simply stated of what the entry says of the keys."""
    for key in dict.fromkeys(keys):
        if entry.values.get(key) is Absent.UNKNOWN:
            yield Doubt(key, Certainty.UNKNOWN, entry.inferred.get(key) or "no source gives it")
            continue
        for other in entry.also:
            if key in other.values or (key == "from" and other.since is not None):
                yield Doubt(key, Certainty.DISPUTED, other.because or "another source says something else")
        if key in entry.inferred:
            yield Doubt(key, Certainty.INFERRED, entry.inferred[key])


def _told(registry: Registry, unit: Unit, change: Change) -> Change:
    """The change with the name that the unit bears: the one before it, or the new one of what was not there before."""
    found = standing(registry, unit, day_before(change.day)) or standing(registry, unit, change.day)
    if change.verb in {Verb.CREATED, Verb.ATTESTED, Verb.REVIVED}:
        found = standing(registry, unit, change.day)
    if found is None:
        return replace(change, name=unit.id)
    return replace(change, code=found.code, name=found.name)
