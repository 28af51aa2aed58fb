"""All that is recorded of one unit, or of one post or task of it, on a day: what holds, since when, who says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from orgreg.model.certainty import Attestation, Certainty, Doubt, attestation
from orgreg.model.day import NEVER, day_before
from orgreg.model.timeline import Absent, Status
from orgreg.model.unit import RELATIONS, Unit, whole_of
from orgreg.query.labels import Labels, Nearest, nearest
from orgreg.query.order import standing_key
from orgreg.query.standing import Standing, standing, value_doubt
from orgreg.query.succession import Succession, predecessors, successors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from orgreg.model.day import When
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry, Held, Life, Timeline, Value

ATTRIBUTES: Final = (
    ("name", "short_name", "aka", "code", "kind", "parent", "staff_of", "contact", "staff") + RELATIONS
)
"""The values of a unit in the order in which they are told."""

POST: Final = ("title", "head", "holder")
TASK: Final = ("text", "topics")
_TIES: Final = ("parent", "staff_of", *RELATIONS)


class Why(Enum):
    """Why a unit does not live on a day."""

    NOT_YET = "not yet"
    ENDED = "ended"
    INTENDED = "only intended"
    NEVER = "never"

    def __str__(self) -> str:
        return self.value


class Sort(Enum):
    """The parts that a unit has."""

    TASK = "task"
    POST = "post"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Fact:
    """A value on a day. `statements` are the entries that say it, without a break, the first one first.

    `until` is the last day on which it is held, None where no end is recorded.
    """

    attribute: str
    value: Value
    statements: tuple[Entry, ...]
    until: date | None
    doubt: Doubt | None

    @property
    def since(self) -> When:
        """Since when it is held without a break."""
        return self.statements[0].since

    @property
    def entry(self) -> Entry:
        """The entry that states it last."""
        return self.statements[-1]

    @property
    def certainty(self) -> Certainty:
        """How certain it is on the day."""
        return Certainty.STATED if self.doubt is None else self.doubt.certainty


@dataclass(frozen=True, slots=True)
class Part:
    """A post or a task on a day. `doubts` are of its existence; `origins` are the entries that say out of what it came."""

    identity: str
    sort: Sort
    status: Status
    facts: tuple[Fact, ...]
    doubts: tuple[Doubt, ...]
    origins: tuple[Entry, ...]
    since: When
    until: date | None

    @property
    def slug(self) -> str:
        """Its name in the file of its unit."""
        return self.identity.partition("#")[2]

    def fact(self, attribute: str) -> Fact | None:
        """What is held of an attribute, or None."""
        return next((fact for fact in self.facts if fact.attribute == attribute), None)


@dataclass(frozen=True, slots=True)
class Tie:
    """What another unit says of this one: it is its parent, runs its secretariat, is steered by it …

    `to` is the identity that is named: the unit, or a post or task of it.
    """

    other: Standing
    to: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Remark:
    """An entry that counts on no day: refused, or withdrawn. `part` is the slug of the post or task that it speaks of."""

    entry: Entry
    sort: Sort | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """Why a unit does not live on the day, the entry that says so, and how it stood or will stand nearest to it.

    `returns` is the entry that begins a later life.
    """

    why: Why
    entry: Entry | None = None
    nearest: Nearest | None = None
    returns: Entry | None = None


@dataclass(frozen=True, slots=True)
class Portrait:
    """A unit on a day. Where it does not live on it, `away` says why and `standing` is None.

    `ending` is the end of the life told of, if one is recorded, `until` its last day. `names` and `codes` are all that
    it ever bore; `refused` and `withdrawn` are told on every day.
    """

    unit: Unit
    day: date
    labels: Labels
    standing: Standing | None
    away: Away | None
    facts: tuple[Fact, ...]
    tasks: tuple[Part, ...]
    posts: tuple[Part, ...]
    ties: tuple[Tie, ...]
    ending: Entry | None
    until: date | None
    predecessors: tuple[Succession, ...]
    successors: tuple[Succession, ...]
    names: tuple[Fact, ...]
    codes: tuple[Fact, ...]
    refused: tuple[Remark, ...]
    withdrawn: tuple[Remark, ...]
    attested: Attestation | None


@dataclass(frozen=True, slots=True)
class PartPortrait:
    """A post or a task with all that its timeline says. `on_day` is None where there is none on the day."""

    unit: Unit
    slug: str
    sort: Sort
    day: date
    labels: Labels
    on_day: Part | None
    timeline: tuple[Entry, ...]
    attested: Attestation | None

    @property
    def identity(self) -> str:
        """Its whole reference: `bs/rat#vorsitz`."""
        return f"{self.unit.id}#{self.slug}"


def portrait(registry: Registry, unit: Unit, day: date, *, planned: bool = False) -> Portrait:
    """All that is recorded of the unit on the day. What is only planned or proposed counts with `planned`."""
    found = standing(registry, unit, day, planned=planned)
    away = _away(registry, unit, day, planned=planned) if found is None else None
    near = found or (None if away is None or away.nearest is None else away.nearest.standing)
    ending = away.entry if away is not None and away.why is Why.ENDED else _ending(unit, near)
    alive = None if found is None else found.life
    return Portrait(
        unit=unit,
        day=day,
        labels=Labels(registry, day, planned=planned),
        standing=found,
        away=away,
        facts=() if found is None else _unit_facts(registry, found, day),
        tasks=_parts(registry, unit, Sort.TASK, alive, day, planned=planned),
        posts=_parts(registry, unit, Sort.POST, alive, day, planned=planned),
        ties=() if found is None else tuple(_ties(registry, unit, day, planned=planned)),
        ending=ending,
        until=None if ending is None else day_before(ending.counts_from),
        predecessors=predecessors(registry, unit, planned=planned),
        successors=successors(registry, unit, planned=planned),
        names=_ever(registry, unit, "name"),
        codes=_ever(registry, unit, "code"),
        refused=tuple(_remarks(unit, lambda timeline: timeline.refused)),
        withdrawn=tuple(_remarks(unit, _annulled)),
        attested=_attested(registry, unit) if near is None else near.attested,
    )


def part_portraits(
    registry: Registry, unit: Unit, slug: str, day: date, *, planned: bool = False
) -> tuple[PartPortrait, ...]:
    """The post and the task of that name with their whole timelines: mostly one, none where there is neither."""
    found = standing(registry, unit, day, planned=planned)
    life = None if found is None else found.life
    told = []
    for sort in (Sort.POST, Sort.TASK):
        timeline = _timelines(unit, sort).get(slug)
        if timeline is not None:
            on_day = next(
                (part for part in _parts(registry, unit, sort, life, day, planned=planned) if part.slug == slug), None
            )
            counting = [entry for one in timeline.lives for entry in one.entries]
            told.append(
                PartPortrait(
                    unit=unit,
                    slug=slug,
                    sort=sort,
                    day=day,
                    labels=Labels(registry, day, planned=planned),
                    on_day=on_day,
                    timeline=tuple(sorted(timeline.entries, key=_order)),
                    attested=attestation(counting, registry.paper_date),
                )
            )
    return tuple(told)


def _order(entry: Entry) -> tuple[object, ...]:
    return (entry.counts_from, not entry.ends, entry.since.text, sorted(map(str, entry.values)))


def _away(registry: Registry, unit: Unit, day: date, *, planned: bool) -> Away:
    near = nearest(registry, unit, day, planned=planned)
    lives, intended = unit.timeline.lives, unit.timeline.intended
    if any(life.span.holds(day) for life in lives):
        # It lives, and by what is planned it will have ended by then.
        closings = [life.closing for life in intended if life.span.end <= day]
        return Away(Why.ENDED, closings[-1], near)
    counted = (*lives, *intended) if planned else lives
    past = [life for life in counted if life.span.end <= day]
    future = [life for life in counted if life.span.start > day]
    coming = future[0].entries[0] if future else None
    if past:
        return Away(Why.ENDED, max(past, key=lambda life: life.span.end).closing, near, coming)
    if coming is not None:
        return Away(Why.NOT_YET, coming, near)
    return Away(Why.INTENDED, intended[0].entries[0], near) if intended else Away(Why.NEVER)


def _ending(unit: Unit, near: Standing | None) -> Entry | None:
    return None if near is None else near.life.closing


def _attested(registry: Registry, unit: Unit) -> Attestation | None:
    counting = [entry for life in unit.timeline.lives for entry in life.entries]
    return attestation(counting, registry.paper_date)


# What is held


def _unit_facts(registry: Registry, found: Standing, day: date) -> tuple[Fact, ...]:
    facts = _facts(registry, found, ATTRIBUTES, day)
    return tuple(_dated_contact(registry, fact, day) if fact.attribute == "contact" else fact for fact in facts)


def _facts(registry: Registry, found: Standing, attributes: Iterable[str], day: date) -> tuple[Fact, ...]:
    """The values held, in order. A doubt that is the existence's own is told there, and not of each value again."""
    echoes = {doubt.because for doubt in found.doubts if doubt.attribute == "existence"}
    facts = []
    for attribute in attributes:
        if attribute in found.held:
            held = found.held[attribute]
            doubt = value_doubt(registry, held, day)
            if doubt is not None and doubt.certainty is Certainty.INFERRED and doubt.because in echoes:
                doubt = None
            facts.append(_fact(found.unit.timeline, held, _until(found.life, held, day), doubt))
    return tuple(facts)


def _fact(timeline: Timeline, held: Held, until: date | None, doubt: Doubt | None) -> Fact:
    entries = [entry for life in (*timeline.lives, *timeline.intended) for entry in life.entries]
    first, last = held.begun_by.counts_from, held.entry.counts_from
    statements = tuple(
        entry
        for entry in entries
        if entry.values.get(held.attribute) == held.value
        and first <= entry.counts_from <= last
        and (entry.status is Status.IN_FORCE) is (held.entry.status is Status.IN_FORCE)
    )
    return Fact(held.attribute, held.value, statements, until, doubt)


def _until(life: Life, held: Held, day: date) -> date | None:
    ends = (span.end for span, run in life.runs(held.attribute) if span.holds(day) and run.begun_by is held.begun_by)
    return _last_day(next(ends, NEVER))


def _last_day(end: date) -> date | None:
    return None if end == NEVER else day_before(end)


def _dated_contact(registry: Registry, fact: Fact, day: date) -> Fact:
    """A contact is as good as its source: on a day of which that does not speak it is marked (issue 6)."""
    if fact.doubt is not None or isinstance(fact.value, Absent):
        return fact
    heard = attestation(fact.statements, registry.paper_date)
    if heard is None:
        words = "its source bears no date"
    elif heard.first <= day <= heard.last:
        return fact
    elif heard.first == heard.last:
        words = f"its source speaks of {heard.first.isoformat()} only"
    else:
        words = f"its sources speak of {heard.first.isoformat()} to {heard.last.isoformat()}"
    doubt = Doubt("contact", Certainty.INFERRED, words, "contact of another day")
    return Fact(fact.attribute, fact.value, fact.statements, fact.until, doubt)


def _ever(registry: Registry, unit: Unit, attribute: str) -> tuple[Fact, ...]:
    """Every value that the unit ever bore of an attribute, in order, each as it stood on its last day."""
    told = []
    for life in unit.timeline.lives:
        for span, held in life.runs(attribute):
            doubt = value_doubt(registry, held, held.entry.counts_from if span.end == NEVER else day_before(span.end))
            told.append(_fact(unit.timeline, held, _last_day(span.end), doubt))
    return tuple(told)


# Posts and tasks


def _timelines(unit: Unit, sort: Sort) -> Mapping[str, Timeline]:
    return unit.tasks if sort is Sort.TASK else unit.posts


def _parts(
    registry: Registry, unit: Unit, sort: Sort, life: Life | None, day: date, *, planned: bool
) -> tuple[Part, ...]:
    """The posts or tasks on the day; they end with their unit, and what begins with a later life begins anew."""
    if life is None:
        return ()
    parts = []
    for slug, timeline in sorted(_timelines(unit, sort).items()):
        identity = f"{unit.id}#{slug}"
        found = standing(registry, Unit(identity, timeline), day, planned=planned)
        if found is not None and not _ended_between(unit, found.life, day):
            parts.append(_part(registry, identity, sort, found, life, day))
    return tuple(sorted(parts, key=_part_key))


def _ended_between(unit: Unit, life: Life, day: date) -> bool:
    return any(life.span.start < one.span.end <= day for one in unit.timeline.lives)


def _part_key(part: Part) -> tuple[object, ...]:
    """What is in force first, heads first, then in the order in which they came."""
    head = part.fact("head")
    return (part.status is not Status.IN_FORCE, head is None or head.value is not True, part.since.counts_from, part.slug)


def _part(registry: Registry, identity: str, sort: Sort, found: Standing, life: Life, day: date) -> Part:
    until = min(found.life.span.end, life.span.end)
    return Part(
        identity=identity,
        sort=sort,
        status=found.status,
        facts=_facts(registry, found, TASK if sort is Sort.TASK else POST, day),
        doubts=tuple(doubt for doubt in found.doubts if doubt.attribute == "existence"),
        origins=tuple(entry for entry in found.life.entries if "out_of" in entry.values and entry.counts_from <= day),
        since=found.life.entries[0].since,
        until=_last_day(until),
    )


# The other side


def _ties(registry: Registry, unit: Unit, day: date, *, planned: bool) -> Iterator[Tie]:
    """What others say of the unit on the day, by what they say, then as units stand in a tree."""
    alive = (standing(registry, other, day, planned=planned) for other in registry.units.values() if other is not unit)
    found = sorted((one for one in alive if one is not None), key=standing_key)
    for attribute in _TIES:
        for one in found:
            held = one.held.get(attribute)
            for to in () if held is None else _references(held.value):
                if whole_of(to) == unit.id:
                    yield Tie(one, to, _facts(registry, one, (attribute,), day)[0])


def _references(value: Value) -> tuple[str, ...]:
    values = value if isinstance(value, tuple) else (value,)
    return tuple(one for one in values if isinstance(one, str))


# What counts on no day


def _annulled(timeline: Timeline) -> Iterable[Entry]:
    return sorted((entry for entry in timeline.entries if entry.annulled is not None), key=_order)


def _remarks(unit: Unit, chosen: Callable[[Timeline], Iterable[Entry]]) -> Iterator[Remark]:
    for entry in chosen(unit.timeline):
        yield Remark(entry)
    for sort in Sort:
        for slug, timeline in sorted(_timelines(unit, sort).items()):
            for entry in chosen(timeline):
                yield Remark(entry, sort, slug)
