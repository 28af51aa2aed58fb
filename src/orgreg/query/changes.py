"""What changed in the city between two days: one change for each thing that became different, grouped by occasion."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from orgreg.model.certainty import Certainty, Doubt, attestation
from orgreg.model.change import BEGINNINGS, ENDS, Change, Occasion, Verb
from orgreg.model.day import ALWAYS, day_before
from orgreg.model.timeline import ONCE, Absent, Source, Status
from orgreg.model.unit import RELATIONS, Unit, slug_of, whole_of
from orgreg.query.labels import Labels, nearest
from orgreg.query.order import code_key, name_key
from orgreg.query.sentence import worded
from orgreg.query.standing import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from orgreg.model.change import References
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Alternative, Entry, Held, Life, Timeline, Value

PLACE: Final = ("staff_of", "parent")
"""A unit has one of them: both are one thing, its place."""

VERBS: Final[Mapping[str, Verb]] = {
    "name": Verb.RENAMED,
    "code": Verb.RECODED,
    "kind": Verb.REKINDED,
    "parent": Verb.MOVED,
    "staff_of": Verb.MOVED,
    **dict.fromkeys(RELATIONS, Verb.RELATION),
    "short_name": Verb.RESTATED,
    "contact": Verb.RESTATED,
    "staff": Verb.RESTATED,
}
"""What a new value of a unit's attribute is called. Variants of a name (`aka`) and topics are no news."""

_OF_PARTS: Final[Mapping[Verb, tuple[str, ...]]] = {Verb.TASK: ("text",), Verb.POST: ("title", "head", "holder")}
_SUCCESSION: Final = ("ended", "into", "out_of")
_ORDER: Final = {verb: place for place, verb in enumerate(Verb)}


def occasions(
    registry: Registry, after: date, until: date, *, municipality: str | None = None, planned: bool = False
) -> tuple[Occasion, ...]:
    """What changed after one day and until another, included: by day, what belongs together under one heading.

    With `planned` also what is only planned or proposed, marked so.
    """
    units = (unit for unit in registry.units.values() if municipality in {None, unit.municipality})
    found = (change for unit in units for change in changes_of(registry, unit, planned=planned))
    return grouped(registry, [change for change in found if after < change.day <= until])


def occasions_of(registry: Registry, unit: Unit, *, planned: bool = False) -> tuple[Occasion, ...]:
    """Everything that ever changed of a unit, its beginning on an unknown day first; of its parts only what moved."""
    found = (change for change in changes_of(registry, unit, planned=planned) if _is_own(change))
    return grouped(registry, list(found))


def _is_own(change: Change) -> bool:
    return "#" not in change.unit or change.out_of is not None or change.into is not None


def grouped(registry: Registry, changes: Sequence[Change]) -> tuple[Occasion, ...]:
    """Changes of several units as occasions: named, what moved told once, by day and what belongs together."""
    together: dict[tuple[date, str, str], list[Change]] = defaultdict(list)
    for change in _each_transfer_once(changes):
        unit = registry.units[whole_of(change.unit)]
        belongs_to = ("", unit.id) if change.word is None else (change.word, unit.municipality)
        together[change.day, *belongs_to].append(_named(registry, unit, change))
    return tuple(
        Occasion(day, word or None, tuple(sorted(changes, key=_key)))
        for (day, word, _), changes in sorted(together.items(), key=lambda item: (item[0][0], not item[0][1], item[0]))
    )


def _key(change: Change) -> tuple[object, ...]:
    code = (1, ()) if change.code is None else (0, code_key(change.code))
    planned = change.status is not Status.IN_FORCE
    rest = (change.after, change.into, change.out_of, change.decided_by, change.papers, change.on.text)
    return (planned, _ORDER[change.verb], *code, name_key(change.name), change.unit, str(rest))


def _each_transfer_once(changes: Sequence[Change]) -> Iterator[Change]:
    """What a task or post says at both its units is told where it has come to."""
    came = {(change.day, origin) for change in changes for origin in _names(change.out_of)}
    went = {(change.day, target): change.unit for change in changes if change.ended for target in _names(change.into)}
    arrived = {(change.day, change.unit) for change in changes if not change.ended}
    for change in changes:
        if change.ended:
            if (change.day, change.unit) in came or any((change.day, to) in arrived for to in _names(change.into)):
                continue
        elif change.out_of is None and (origin := went.get((change.day, change.unit))) is not None:
            yield replace(change, out_of=(origin,))
            continue
        yield change


def _names(references: References | None) -> tuple[str, ...]:
    return references if isinstance(references, tuple) else ()


def changes_of(registry: Registry, unit: Unit, *, planned: bool) -> Iterator[Change]:
    """Every change that a unit's own file tells, in no order, without the names that `grouped` gives them."""
    for number, life in enumerate(_lasting(unit.timeline)):
        yield from _of_life(registry, unit, life, revived=number > 0)
    if planned:
        yield from _intended(registry, unit, VERBS)
    yield from _withdrawn(registry, unit.id, unit.timeline)
    for verb, parts in ((Verb.TASK, unit.tasks), (Verb.POST, unit.posts)):
        for slug, timeline in parts.items():
            yield from _of_part(registry, unit, verb, slug, timeline)
            if planned:
                part = Unit(f"{unit.id}#{slug}", timeline)
                yield from _intended(registry, part, dict.fromkeys(_OF_PARTS[verb], verb), unit)
            yield from _withdrawn(registry, f"{unit.id}#{slug}", timeline)


def _lasting(timeline: Timeline) -> list[Life]:
    # What ends on the day on which it begins holds on no day.
    return [life for life in timeline.lives if life.span.start < life.span.end]


def _days(life: Life) -> list[date]:
    """The days after its first on which something is said, but for that of its end."""
    return sorted({entry.counts_from for entry in life.entries} - {life.span.start, life.span.end})


def _on(life: Life, day: date) -> list[Entry]:
    return [entry for entry in life.entries if entry.counts_from == day]


# Units


def _of_life(registry: Registry, unit: Unit, life: Life, *, revived: bool) -> Iterator[Change]:
    heard = attestation(life.entries, registry.paper_date)
    before = life.held(life.span.start)
    values = {key: before[key].value for key in VERBS if key in before}
    began = _telling(registry, Verb.REVIVED if revived else Verb.CREATED, unit.id, life.opening, values)
    # What is only heard of by a day, or reaches back without end, began on no known day.
    yield began if began.on.earliest != ALWAYS or revived else replace(began, verb=Verb.ATTESTED)
    for day in _days(life):
        now, said = life.held(day), _on(life, day)
        first = heard is not None and day == heard.first and not began.on.known
        if first and any(_differ(key, before, now) for key in VERBS):
            stated = {key: now[key].value for key in VERBS if key in now and any(key in one.values for one in said)}
            change = _telling(registry, Verb.ATTESTED, unit.id, said, stated)
            yield replace(change, before=_was(stated, before))
        else:
            yield from _differing(registry, unit.id, said, before, now)
        before = now
    if life.closing is not None:
        yield _ending(registry, unit.id, life, before)


def _differ(key: str, before: Mapping[str, Held], now: Mapping[str, Held]) -> bool:
    return key in now and (key not in before or before[key].value != now[key].value)


def _differing(
    registry: Registry, identity: str, said: Sequence[Entry], before: Mapping[str, Held], now: Mapping[str, Held]
) -> Iterator[Change]:
    for key, verb in VERBS.items():
        if _differ(key, before, now):
            change = _telling(registry, verb, identity, said, {key: now[key].value})
            yield replace(change, before=_was(PLACE if key in PLACE else (key,), before))
    taking = [entry for entry in said if "out_of" in entry.values]
    if taking:
        yield _telling(registry, Verb.RESTATED, identity, taking, {})


def _was(keys: Iterable[str], before: Mapping[str, Held]) -> tuple[tuple[str, Value], ...]:
    return tuple((key, before[key].value) for key in keys if key in before)


def _ending(registry: Registry, identity: str, life: Life, before: Mapping[str, Held]) -> Change:
    closing = _on(life, life.span.end)
    change = _telling(registry, _how(closing[-1].values["ended"]), identity, closing, {})
    return replace(change, before=_was(VERBS, before))


# Tasks and posts


def _of_part(registry: Registry, unit: Unit, verb: Verb, slug: str, timeline: Timeline) -> Iterator[Change]:
    """The changes of a task or post on the days on which its unit lives; what begins or ends with the unit is none."""
    identity = f"{unit.id}#{slug}"
    for life in _lasting(timeline):
        before: Mapping[str, Held] = {}
        for day in (life.span.start, *_days(life)):
            now, said = life.held(day), _on(life, day)
            changed = {key: now[key].value for key in _OF_PARTS[verb] if _differ(key, before, now)}
            came = any("out_of" in entry.values for entry in said)
            if unit.timeline.life_on(day) and (came or (changed and (before or not _begins(unit, day)))):
                change = _telling(registry, verb, identity, said, changed)
                yield replace(change, before=_was(_OF_PARTS[verb] if before else (), before))
            before = now
        end = life.span.end
        if life.closing is not None and unit.timeline.life_on(day_before(end)):
            change = _telling(registry, verb, identity, _on(life, end), {})
            if change.into is not None or unit.timeline.life_on(end):
                yield replace(change, before=_was(_OF_PARTS[verb], before))


def _begins(unit: Unit, day: date) -> bool:
    return any(life.span.start == day for life in (*unit.timeline.lives, *unit.timeline.intended))


# What is only planned or proposed


def _intended(registry: Registry, unit: Unit, verbs: Mapping[str, Verb], of: Unit | None = None) -> Iterator[Change]:
    """What would become different of a unit, or of a part of one, beside what is in force."""
    for day in sorted({entry.counts_from for life in unit.timeline.intended for entry in life.entries}):
        said = [e for life in unit.timeline.intended for e in life.entries if e.counts_from == day]
        earlier = None if day == ALWAYS else standing(registry, unit, day_before(day), planned=True)
        later = standing(registry, unit, day, planned=True)
        before = {} if earlier is None else earlier.held
        now = {} if later is None else later.held
        values = {key: now[key].value for key in verbs if _differ(key, before, now) and now[key].entry in said}
        if of is None:
            meant = _meant(values, said, begins=not before)
        else:
            meant = [] if _begins(of, day) else [(next(iter(verbs.values())), values)]
        for verb, some in meant:
            change = _telling(registry, verb, unit.id, said, some)
            yield replace(change, status=said[0].status, before=_was(verbs, before))


def _meant(values: Mapping[str, Value], said: Sequence[Entry], *, begins: bool) -> list[tuple[Verb, dict[str, Value]]]:
    """What is meant of a unit: that it ends, that it begins, or that some of its values become others."""
    ended = next((entry.values["ended"] for entry in said if entry.ends), None)
    if ended is not None:
        return [(_how(ended), {})]
    if begins:
        return [(Verb.CREATED, dict(values))]
    return [(VERBS[key], {key: value}) for key, value in values.items()]


def _how(ended: Value) -> Verb:
    return next((verb for verb in Verb if verb.value == ended), Verb.ENDED)


# What was decided and withdrawn


def _withdrawn(registry: Registry, identity: str, timeline: Timeline) -> Iterator[Change]:
    """What had been decided for a day and was taken back before it."""
    for entry in timeline.entries:
        void = entry.annulled
        if void is not None:
            values = {key: entry.values[key] for key in sorted(entry.values) if key not in ONCE}
            change = _telling(registry, Verb.ANNULLED, identity, [entry], values)
            papers = () if void.by is None else (void.by,)
            yield replace(
                change,
                on=void.day,
                word=None,
                decided_by=papers or None,
                sources=tuple(map(Source, papers)),
                doubts=(),
            )


# How a change is told


def _telling(
    registry: Registry, verb: Verb, identity: str, entries: Sequence[Entry], values: Mapping[str, Value]
) -> Change:
    """The change that some entries of one day make: those that state any of the values, or how a life goes over."""
    keys = (*values, *_SUCCESSION) if _goes_over(verb, values) else tuple(values)
    telling = [one for one in entries if any(_states(one, key, values) for key in keys)] or list(entries)
    ended = next((str(one.values["ended"]) for one in telling if one.ends and "ended" in keys), None)
    first = [one for one in telling if keys[0] in one.values] or telling
    labels = Labels(registry, telling[0].counts_from)
    return Change(
        verb=verb,
        unit=identity,
        on=next((one.since for one in first if one.since.exact), first[0].since),
        word=next((one.change for one in telling if one.change is not None), None),
        status=telling[0].status,
        after=tuple(values.items()),
        ended=None if verb in ENDS else ended,
        into=_references(telling, "into") if "into" in keys else None,
        out_of=_references(telling, "out_of") if "out_of" in keys else None,
        decided_by=_decided(telling),
        sources=tuple(dict.fromkeys(source for one in telling for source in one.sources)),
        doubts=tuple(dict.fromkeys(doubt for one in telling for doubt in _doubts(labels, one, (*keys, "from")))),
    )


def _goes_over(verb: Verb, values: Mapping[str, Value]) -> bool:
    return not values or verb in BEGINNINGS or verb in {Verb.TASK, Verb.POST, Verb.ANNULLED}


def _states(entry: Entry, key: str, values: Mapping[str, Value]) -> bool:
    return key in entry.values and (key in _SUCCESSION or entry.values[key] == values[key])


def _references(entries: Sequence[Entry], key: str) -> References | None:
    said = [entry.values[key] for entry in entries if key in entry.values]
    named = dict.fromkeys(str(one) for value in said if isinstance(value, tuple) for one in value)
    return tuple(named) or next((value for value in said if isinstance(value, Absent)), None)


def _decided(entries: Sequence[Entry]) -> References | None:
    said = [entry.decided_by for entry in entries if entry.decided_by is not None]
    papers = dict.fromkeys(one for some in said if isinstance(some, tuple) for one in some)
    return tuple(papers) or next((one for one in said if isinstance(one, Absent)), None)


def _doubts(labels: Labels, entry: Entry, keys: Iterable[str]) -> Iterator[Doubt]:
    """What is not simply stated of what the entry says of the keys."""
    for key in keys:
        if entry.values.get(key) is Absent.UNKNOWN:
            yield Doubt(key, Certainty.UNKNOWN, entry.inferred.get(key) or "no source gives it")
            continue
        for other in entry.also:
            if key in other.values or (key == "from" and other.since is not None):
                yield Doubt(key, Certainty.DISPUTED, _dissent(labels, other, key))
        if key in entry.inferred:
            yield Doubt(key, Certainty.INFERRED, entry.inferred[key])


def _dissent(labels: Labels, other: Alternative, key: str) -> str:
    """What another source says instead, and why it is not preferred."""
    papers = ", ".join(dict.fromkeys(slug_of(one.paper) for one in other.sources if one.paper is not None))
    if key == "from":
        said = f"gives {other.since}"
    elif other.values[key] is Absent.UNKNOWN:
        said = "does not say so"
    else:
        said = f"says {worded(labels, other.values[key], key)}"
    return f"{papers or 'another source'} {said}" + (f"; {other.because}" if other.because else "")


def _named(registry: Registry, unit: Unit, change: Change) -> Change:
    """The change with the name that the unit bears: the one before it, or the new one of what was not there before."""
    planned = change.status is not Status.IN_FORCE
    day = change.day if change.verb in BEGINNINGS else day_before(change.day)
    found = standing(registry, unit, day, planned=planned) or standing(registry, unit, change.day, planned=planned)
    if found is None and (near := nearest(registry, unit, change.day, planned=True)) is not None:
        found = near.standing
    code, name = (None, slug_of(unit.id)) if found is None else (found.code, found.name)
    return replace(change, code=code, name=name)
