"""All that is recorded of one unit, or of one post or task of it, on a day: what holds, since when, who says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from orgreg.model.certainty import Attestation, Certainty, Doubt, attestation, weakest
from orgreg.model.day import NEVER, day_after, day_before
from orgreg.model.timeline import Absent, Status
from orgreg.model.unit import RELATIONS, Unit, whole_of
from orgreg.query.labels import Labels, Nearest, nearest
from orgreg.query.order import standing_key
from orgreg.query.standing import Standing, standing, stated_doubt, value_doubt
from orgreg.query.succession import Succession, predecessors, successors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from orgreg.model.day import Span, When
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry, Held, Life, Timeline, Value

ATTRIBUTES: Final = (
    *("name", "short_name", "aka", "code", "kind", "parent", "staff_of", "contact", "staff"),
    *RELATIONS,
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
    """A post or a task on a day. `doubts` are of its existence, `origins` the entries that say out of what it came."""

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
    """What another unit says of this one: that it is its parent, runs its secretariat, is steered by it.

    `to` is the identity that is named: the unit, or a post or task of it.
    """

    other: Standing
    to: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Remark:
    """An entry that counts on no day: refused, or withdrawn. `part` is the slug of the post or task that it is of."""

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
    """A post or a task with all that its timeline says. `on_day` is None where there is none on the day.

    `unit_lives` says whether its unit does: what a unit has ends with it.
    """

    unit: Unit
    slug: str
    sort: Sort
    day: date
    labels: Labels
    unit_lives: bool
    on_day: Part | None
    timeline: tuple[Entry, ...]
    attested: Attestation | None

    @property
    def identity(self) -> str:
        """Its whole reference: `bs/rat#vorsitz`."""
        return f"{self.unit.id}#{self.slug}"


def portrait(registry: Registry, unit: Unit, day: date, *, planned: bool = False) -> Portrait:
    """All that is recorded of the unit on the day. What is only planned or proposed counts with `planned`."""
    view = _View(registry, unit, day, planned)
    found = view.standing
    away = view.away() if found is None else None
    near = found or (None if away is None or away.nearest is None else away.nearest.standing)
    ending = away.entry if away is not None and away.why is Why.ENDED else _closing(near)
    return Portrait(
        unit=unit,
        day=day,
        labels=Labels(registry, day, planned=planned),
        standing=found,
        away=away,
        facts=() if found is None else view.unit_facts(found),
        tasks=view.parts(Sort.TASK),
        posts=view.parts(Sort.POST),
        ties=() if found is None else tuple(view.ties()),
        ending=ending,
        until=None if ending is None else day_before(ending.counts_from),
        predecessors=predecessors(registry, unit, planned=planned),
        successors=successors(registry, unit, planned=planned),
        names=ever(registry, unit, "name"),
        codes=ever(registry, unit, "code"),
        refused=tuple(_remarks(unit, lambda timeline: timeline.refused)),
        withdrawn=tuple(_remarks(unit, _annulled)),
        attested=None if near is None else near.attested,
    )


def part_portraits(
    registry: Registry, unit: Unit, slug: str, day: date, *, planned: bool = False
) -> tuple[PartPortrait, ...]:
    """The post and the task of that name with their whole timelines: mostly one, none where there is neither."""
    view = _View(registry, unit, day, planned)
    return tuple(
        PartPortrait(
            unit=unit,
            slug=slug,
            sort=sort,
            day=day,
            labels=Labels(registry, day, planned=planned),
            unit_lives=view.standing is not None,
            on_day=next((part for part in view.parts(sort) if part.slug == slug), None),
            timeline=tuple(sorted(timeline.entries, key=_order)),
            attested=attestation((e for life in timeline.lives for e in life.entries), registry.paper_date),
        )
        for sort in (Sort.POST, Sort.TASK)
        if (timeline := _timelines(unit, sort).get(slug)) is not None
    )


def _order(entry: Entry) -> tuple[object, ...]:
    return (entry.counts_from, not entry.ends, entry.since.text, sorted(map(str, entry.values)))


def _closing(near: Standing | None) -> Entry | None:
    return None if near is None else near.life.closing


class _View:
    """A unit in a registry, seen on one day."""

    def __init__(self, registry: Registry, unit: Unit, day: date, planned: bool) -> None:  # noqa: FBT001 - as asked
        self.registry, self.unit, self.day, self.planned = registry, unit, day, planned
        self.standing = standing(registry, unit, day, planned=planned)

    def away(self) -> Away:
        """Why it does not live on the day."""
        near = nearest(self.registry, self.unit, self.day, planned=self.planned)
        lives, intended = self.unit.timeline.lives, self.unit.timeline.intended
        if any(life.span.holds(self.day) for life in lives):
            # It lives, and by what is planned it will have ended by then.
            closings = [life.closing for life in intended if life.span.end <= self.day]
            return Away(Why.ENDED, closings[-1], near)
        counted = (*lives, *intended) if self.planned else lives
        past = [life for life in counted if life.span.end <= self.day]
        future = [life for life in counted if life.span.start > self.day]
        coming = future[0].entries[0] if future else None
        if past:
            return Away(Why.ENDED, max(past, key=lambda life: life.span.end).closing, near, coming)
        if coming is not None:
            return Away(Why.NOT_YET, coming, near)
        return Away(Why.INTENDED, intended[0].entries[0], near) if intended else Away(Why.NEVER)

    def unit_facts(self, found: Standing) -> tuple[Fact, ...]:
        """The values of the unit itself."""
        told = facts(self.registry, found, ATTRIBUTES, self.day)
        return tuple(self._dated_contact(fact) if fact.attribute == "contact" else fact for fact in told)

    def _dated_contact(self, fact: Fact) -> Fact:
        """A contact is as good as its source: on a day of which that does not speak it is marked (issue 6)."""
        if fact.doubt is not None or isinstance(fact.value, Absent):
            return fact
        heard = attestation(fact.statements, self.registry.paper_date)
        if heard is None:
            words = "its source bears no date"
        elif heard.first <= self.day <= heard.last:
            return fact
        elif heard.first == heard.last:
            words = f"its source speaks of {heard.first.isoformat()} only"
        else:
            words = f"its sources speak of {heard.first.isoformat()} to {heard.last.isoformat()}"
        return replace(fact, doubt=Doubt("contact", Certainty.INFERRED, words, "not of this day"))

    def parts(self, sort: Sort) -> tuple[Part, ...]:
        """The posts or tasks on the day; they end with their unit, and a later life of it begins without them."""
        if self.standing is None:
            return ()
        end = self.standing.life.span.end
        parts = []
        for slug, timeline in _timelines(self.unit, sort).items():
            whole = Unit(f"{self.unit.id}#{slug}", timeline)
            found = standing(self.registry, whole, self.day, planned=self.planned)
            if found is not None and not self._ended_since(found.life.span.start):
                parts.append(self._part(sort, found, end))
        return tuple(sorted(parts, key=_part_key))

    def _ended_since(self, start: date) -> bool:
        return any(start < life.span.end <= self.day for life in self.unit.timeline.lives)

    def _part(self, sort: Sort, found: Standing, end: date) -> Part:
        entries = found.life.entries
        return Part(
            identity=found.unit.id,
            sort=sort,
            status=found.status,
            facts=facts(self.registry, found, TASK if sort is Sort.TASK else POST, self.day),
            doubts=tuple(doubt for doubt in found.doubts if doubt.attribute == "existence"),
            origins=tuple(entry for entry in entries if "out_of" in entry.values and entry.counts_from <= self.day),
            since=entries[0].since,
            until=_last_day(min(found.life.span.end, end)),
        )

    def ties(self) -> Iterator[Tie]:
        """What others say of the unit on the day, by what they say, then as units stand in a tree."""
        others = (other for other in self.registry.units_naming(self.unit.id) if _names(other, self.unit))
        alive = (standing(self.registry, other, self.day, planned=self.planned) for other in others)
        found = sorted((one for one in alive if one is not None), key=standing_key)
        for attribute in _TIES:
            for one in found:
                held = one.held.get(attribute)
                for to in () if held is None else _references(held.value):
                    if whole_of(to) == self.unit.id:
                        yield Tie(one, to, facts(self.registry, one, (attribute,), self.day)[0])


def facts(registry: Registry, found: Standing, attributes: Iterable[str], day: date) -> tuple[Fact, ...]:
    """The values held on the day of a standing, in the order asked for."""
    held = (found.held[attribute] for attribute in attributes if attribute in found.held)
    # As in a tree: where nothing is in force the status says it of the whole.
    doubt = value_doubt if found.status is Status.IN_FORCE else stated_doubt
    return tuple(
        _fact(found.unit.timeline, one, _until(found.life, one, day), doubt(registry, one, day)) for one in held
    )


def ever(registry: Registry, unit: Unit, attribute: str) -> tuple[Fact, ...]:
    """Every value that a unit ever bore of an attribute, in order, each as certain as on its least certain day.

    Days on which it is not certain that it had begun do not count: the day since when it is told says so itself.
    """
    lives = unit.timeline.lives
    return tuple(fact for life in lives for fact in held_ever(registry, unit.timeline, life, attribute))


def held_ever(registry: Registry, timeline: Timeline, life: Life, attribute: str) -> Iterator[Fact]:
    """The same of one life of any timeline."""
    for span, held in life.runs(attribute):
        fact = _fact(timeline, held, _last_day(span.end), None)
        days = _turns(fact.statements, span)
        found = [doubt for day in days if (doubt := value_doubt(registry, life.held(day)[attribute], day))]
        least = weakest(doubt.certainty for doubt in found)
        yield replace(fact, doubt=next((doubt for doubt in found if doubt.certainty is least), None))


def _turns(statements: tuple[Entry, ...], span: Span) -> Iterator[date]:
    """The days of a run, once it has certainly begun, on which it can be less certain than the day before."""
    begun = min(*map(_certain, statements), day_before(span.end))
    for entry in statements:
        yield from (max(day, begun) for day in (entry.counts_from, _certain(entry)) if span.holds(day))


def _certain(entry: Entry) -> date:
    """The first day on which what the entry says has certainly begun, where its own day leaves that open."""
    if entry.since.exact:
        return entry.counts_from
    settled = day_after(entry.since.settled) if entry.since.approximate else entry.since.settled
    return max([settled, *(other.since.settled for other in entry.also if other.since is not None)])


def _until(life: Life, held: Held, day: date) -> date | None:
    runs = ((span, run) for span, run in life.runs(held.attribute) if span.holds(day))
    return _last_day(next((span.end for span, run in runs if run.begun_by is held.begun_by), NEVER))


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


def _last_day(end: date) -> date | None:
    return None if end == NEVER else day_before(end)


def _timelines(unit: Unit, sort: Sort) -> Mapping[str, Timeline]:
    return unit.tasks if sort is Sort.TASK else unit.posts


def _part_key(part: Part) -> tuple[object, ...]:
    """What is in force first, heads first, then in the order in which they came."""
    head = part.fact("head")
    leads = head is not None and head.value is True
    return (part.status is not Status.IN_FORCE, not leads, part.since.counts_from, part.slug)


def _names(other: Unit, unit: Unit) -> bool:
    """Whether another unit ever says anything of the unit."""
    values = (entry.values.get(attribute) for entry in other.timeline.entries for attribute in _TIES)
    told = (to for value in values if value is not None for to in _references(value))
    return other is not unit and any(whole_of(to) == unit.id for to in told)


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
