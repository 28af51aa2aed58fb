"""What the register does not know on a day, most useful first.

A gap is a value recorded as unknown, or one that nothing is said of although it must be there: the parent, head and
code of a unit in the line; who decided a change; since when a unit exists and whether it still does; what is only
concluded of an end; the number, day, title and author of a paper; what became of a step that was due. A decision that
is missing for a whole change is one gap, not one for each of its statements.

The order says where an hour of asking helps the most readers:

1. what is in use: what holds on the day and has something that hangs on it (units below, tasks, posts, steps; of a
   paper the statements and references that rest on it); then what stands alone; then what is past;
2. among those the attributes in the order of `ATTRIBUTES`: where a unit belongs comes before who decided, that before
   whether it still exists, who heads it, how it ended, where it came from, and what only completes the picture;
3. then what has more hanging on it, then by reference.

What is planned, proposed or refused has no gaps: nothing is missing of what is not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from orgreg.model.timeline import Absent, Due
from orgreg.model.unit import Unit, slug_of, whole_of
from orgreg.query.labels import Labels
from orgreg.query.standing import Standing, standing
from orgreg.query.table import Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from orgreg.model.paper import Paper
    from orgreg.model.plan import Plan
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry, Held, Life, Timeline

COLUMNS: Final = (
    Column("use", "use", Kind.WORD),
    Column("attribute", "not known", Kind.WORD),
    Column("reference", "of", Kind.REFERENCE),
    Column("since", "since", Kind.DAY),
    Column("hanging", "hanging", Kind.NUMBER),
    Column("name", "name", Kind.WORD),
    Column("known", "known", Kind.PROSE),
    Column("matters", "why it matters", Kind.PROSE),
    Column("fills", "what would fill it", Kind.PROSE),
)

_MINUTES: Final = "the minutes or the resolution, or the Stellenplan of the year"
_PLAN_OF_UNITS: Final = "the Verwaltungsgliederungsplan or Organigramm of that time"
_THE_CITY: Final = "the unit itself, or the city's page about it"

ATTRIBUTES: Final[Mapping[str, tuple[str, str]]] = {
    "parent": ("it has no place in the tree", _PLAN_OF_UNITS),
    "decided_by": (
        "nobody can say who answers for the change, or whether the council had a say",
        "the resolution, or the order of the mayor; the file of the reorganisation",
    ),
    "existence": ("it is shown as if it still existed", "a source of today that names it, or one for its end"),
    "responsible": ("nobody can be asked how it goes", "the mandate, or the next report"),
    "state": ("nobody can say whether it was done", "a report, minutes or an answer after the day it was due"),
    "mandate": ("nobody can say who ordered it", _MINUTES),
    "head": ("it is not known who answers for the unit", "the city's page, a signature, an organigram"),
    "holder": ("it is not known whom to ask", "the city's page, a signature, a press release"),
    "secretariat": ("it is not known who prepares its meetings", "its rules of procedure, an invitation, minutes"),
    "ended": ("it is not known what became of it and its tasks", _PLAN_OF_UNITS),
    "into": ("its successor cannot be found from it", "a source that names who took over its tasks"),
    "out_of": ("its history stops here", "a source that names who did it before"),
    "number": ("the paper cannot be asked for in the council's information system", "the council's information system"),
    "date": ("what it says has no day", "the document itself, or the agenda on which it stood"),
    "code": ("it cannot be found by its number", f"{_PLAN_OF_UNITS}; the head of a letter"),
    "from": ("what held before cannot be told apart from what is not recorded", _MINUTES),
    "kind": ("its rank is not known", _PLAN_OF_UNITS),
    "body": ("it is not known who dealt with the paper", "the council's information system"),
    "consultation": ("it is not known when the paper was dealt with", "the council's information system"),
    "result": ("it is not known what was decided", "the minutes of the meeting"),
    "title": ("readers know it by its file name only", "the document itself"),
    "author": ("it is not known who speaks", "the document itself"),
    "goals": ("nobody can say what it is to reach", "the mandate, or the plan itself"),
    "members": ("it is not known who belongs to it", "its rules of procedure, minutes"),
    "contact": ("it cannot be reached", _THE_CITY),
    "staff": ("its size is not known", "the Stellenplan"),
}
"""The attributes from the most to the least useful to know, each with why it matters and what would fill the gap."""

_OTHER: Final = ("it is recorded as unknown", "a source that says it")
_ORDER: Final = {attribute: place for place, attribute in enumerate(ATTRIBUTES)}
_USES: Final = ("in use", "alone", "past")


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is not known. `hanging` counts what hangs on the unit, plan, step or paper."""

    reference: str
    name: str
    attribute: str
    since: str
    known: str | None
    hanging: int
    holds: bool

    @property
    def use(self) -> int:
        """In use, alone or past."""
        return 2 if not self.holds else 0 if self.hanging else 1

    @property
    def order(self) -> tuple[object, ...]:
        """Where it stands in the report."""
        return (
            self.use,
            _ORDER.get(self.attribute, len(_ORDER)),
            self.attribute,
            -self.hanging,
            self.reference,
            self.since,
            self.known or "",
        )


def gaps(registry: Registry, day: date) -> Table:
    """The gaps on the day as a table."""
    found = sorted(set(_Search(registry, day).gaps()), key=lambda gap: gap.order)
    return Table(
        name="gaps",
        title="What the register does not know",
        day=day,
        columns=COLUMNS,
        rows=tuple(map(_row, found)),
        nothing="no gaps",
        headed_by=("use", "attribute", "matters", "fills"),
    )


def _row(gap: Gap) -> tuple[str | int | None, ...]:
    matters, fills = ATTRIBUTES.get(gap.attribute, _OTHER)
    use = _USES[gap.use]
    return (use, gap.attribute, gap.reference, gap.since, gap.hanging, gap.name, gap.known, matters, fills)


class _Search:
    """Goes through everything once; what hangs on what is counted before."""

    def __init__(self, registry: Registry, day: date) -> None:
        self.registry, self.day = registry, day
        self.labels = Labels(registry, day)
        alive = ((unit, standing(registry, unit, day)) for unit in registry.units.values())
        self.alive = {unit.id: found for unit, found in alive if found is not None}
        self.hanging = self._hanging()
        papers = registry.papers.values()
        self.consulted = {one.body for paper in papers for one in paper.consultations if isinstance(one.body, str)}

    def _hanging(self) -> Counter[str]:
        counted: Counter[str] = Counter()
        for one in self.alive.values():
            if isinstance(one.parent, str):
                counted[one.parent] += 1
            counted[one.unit.id] += sum(1 for _ in self._parts(one))
        for plan in self.registry.plans.values():
            counted[plan.id] += len(plan.steps)
            for timeline in plan.steps.values():
                life = timeline.life_on(self.day)
                held = {} if life is None else life.held(self.day)
                counted.update(whole_of(one) for one in _references(held.get("responsible")))
                counted.update(_references(held.get("depends_on")))
        counted.update(_papers(self.registry))
        return counted

    def _parts(self, one: Standing) -> Iterator[tuple[str, Life]]:
        """The posts and tasks of the unit on the day; those of a former life have ended with it."""
        for slug, timeline in sorted((*one.unit.posts.items(), *one.unit.tasks.items())):
            life = timeline.life_on(self.day)
            if life is not None and not self._ended_between(one.unit, life):
                yield slug, life

    def _ended_between(self, unit: Unit, life: Life) -> bool:
        return any(life.span.start < one.span.end <= self.day for one in unit.timeline.lives)

    def gaps(self) -> Iterator[Gap]:
        for unit in self.registry.units.values():
            found = self.alive.get(unit.id)
            if found is not None:
                yield from self._unit(found)
            for identity, timeline in _timelines(unit):
                yield from self._ends(identity, timeline)
        for plan in self.registry.plans.values():
            yield from self._plan(plan)
        for paper in self.registry.papers.values():
            yield from self._paper(paper)
        yield from self._decisions()

    def _gap(self, reference: str, attribute: str, since: str, known: str | None = None, *, holds: bool = True) -> Gap:
        hanging = self.hanging[reference] or self.hanging[whole_of(reference)]
        return Gap(reference, self._name(reference), attribute, since, known, hanging, holds)

    def _name(self, reference: str) -> str:
        if whole_of(reference) in self.registry.units:
            return self.labels.unit(reference)
        plan = self.registry.plans.get(whole_of(reference))
        if plan is not None:
            part = reference.partition("#")[2]
            return self.labels.step(plan, part) if part else _title(plan, self.day)
        paper = self.registry.papers[reference]
        words = [str(one) for one in (paper.kind, paper.number) if isinstance(one, str)]
        return " ".join(words) or slug_of(reference)

    def _unknown(self, reference: str, held: Mapping[str, Held]) -> Iterator[Gap]:
        """The values that are recorded as unknown, with what is known all the same."""
        for attribute, one in held.items():
            if one.value is Absent.UNKNOWN:
                reasons = [one.entry.inferred.get(attribute), *_elsewhere(one.entry, attribute)]
                yield self._gap(reference, attribute, str(one.begun_by.since), "; ".join(filter(None, reasons)) or None)

    # Units

    def _unit(self, one: Standing) -> Iterator[Gap]:
        since = str(one.life.entries[0].since)
        for gap in self._unknown(one.unit.id, one.held):
            # What stands outside the line is missed in no tree.
            outside = gap.attribute == "parent" and not one.kind.in_line
            yield replace(gap, hanging=0) if outside else gap
        if one.parent is None:
            yield self._gap(one.unit.id, "parent", since)
        if one.kind.codes and "code" not in one.held:
            yield self._gap(one.unit.id, "code", since, f"units of the kind {one.kind.name} bear one here")
        heads = False
        for slug, life in self._parts(one):
            held = life.held(self.day)
            heads = heads or ("head" in held and held["head"].value is True)
            yield from self._unknown(f"{one.unit.id}#{slug}", held)
            yield from self._origins(f"{one.unit.id}#{slug}", life)
        if one.kind.body and "secretariat" not in one.held and one.unit.id in self.consulted:
            yield self._gap(one.unit.id, "secretariat", since, "papers were dealt with in it")
        if not heads and one.kind.in_line and one.kind.rank != 0:
            yield self._gap(one.unit.id, "head", since, "no post is recorded as its head")
        yield from self._origins(one.unit.id, one.life)
        yield from self._first_day(one)
        yield from self._last_heard_of(one)

    def _origins(self, reference: str, life: Life) -> Iterator[Gap]:
        for entry in life.entries:
            if entry.values.get("out_of") is Absent.UNKNOWN and entry.counts_from <= self.day:
                yield self._gap(reference, "out_of", str(entry.since), entry.inferred.get("out_of"))

    def _first_day(self, one: Standing) -> Iterator[Gap]:
        since = one.life.entries[0].since
        if not since.exact:
            known = None if one.attested is None else f"first heard of on {one.attested.first.isoformat()}"
            yield self._gap(one.unit.id, "from", str(since), known)

    def _last_heard_of(self, one: Standing) -> Iterator[Gap]:
        if one.attested is None:
            yield self._gap(one.unit.id, "existence", "unknown", "no dated source speaks of it")
            return
        last = one.attested.last
        change = self.registry.change_after(one.unit.municipality, last, self.day)
        if change is not None:
            known = f"last heard of on {last.isoformat()}, before the change of {change.isoformat()}"
            yield self._gap(one.unit.id, "existence", last.isoformat(), known)

    def _ends(self, reference: str, timeline: Timeline) -> Iterator[Gap]:
        """Ends and their successors that are unknown or only concluded."""
        for life in timeline.lives:
            closing = life.closing
            for entry in life.entries if closing is not None and life.span.end <= self.day else ():
                for attribute in ("ended", "into"):
                    if entry.values.get(attribute) is Absent.UNKNOWN:
                        known = entry.inferred.get(attribute)
                        yield self._gap(reference, attribute, str(entry.since), known, holds=False)
                    elif attribute in entry.values and attribute in entry.inferred:
                        known = f"concluded: {entry.inferred[attribute]}"
                        yield self._gap(reference, attribute, str(entry.since), known, holds=False)
                if entry is closing and "from" in entry.inferred:
                    known = f"the day of the end is concluded: {entry.inferred['from']}"
                    yield self._gap(reference, "ended", str(entry.since), known, holds=False)

    # Plans and papers

    def _plan(self, plan: Plan) -> Iterator[Gap]:
        life = plan.timeline.life_on(self.day)
        if life is None:
            return
        yield from self._unknown(plan.id, life.held(self.day))
        for slug, timeline in plan.steps.items():
            step = timeline.life_on(self.day)
            if step is not None:
                yield from self._step(plan, slug, step.held(self.day))

    def _step(self, plan: Plan, slug: str, held: Mapping[str, Held]) -> Iterator[Gap]:
        reference = f"{plan.id}#{slug}"
        told = {key: one for key, one in held.items() if key != "state"}
        yield from self._unknown(reference, told)
        due, state = held.get("due"), held.get("state")
        if due is None or not isinstance(due.value, Due) or due.value.day.latest >= self.day:
            return
        last = due.value.day
        city = self.registry.municipalities.get(plan.municipality)
        known = "no evidence" if state is None or state.value is Absent.UNKNOWN else f"last heard: {state.value}"
        meaning = None if city is None or state is None else city.states.get(str(state.value))
        if meaning not in {"done", "dropped"}:
            yield self._gap(reference, "state", str(last), f"{known}; it was due by {last.latest.isoformat()}")

    def _paper(self, paper: Paper) -> Iterator[Gap]:
        if paper.date.known and paper.date.counts_from > self.day:
            return
        own = {"number": paper.number, "title": paper.title, "author": paper.author}
        since = str(paper.date)
        for attribute, value in own.items():
            if value is Absent.UNKNOWN:
                yield self._gap(paper.id, attribute, since, paper.inferred.get(attribute) or _what(paper))
        if not paper.date.known:
            yield self._gap(paper.id, "date", since, _what(paper))
        for one in paper.consultations:
            where = self.labels.unit(one.body) if isinstance(one.body, str) else one.wording
            day = since if one.date is None else str(one.date)
            if one.body is Absent.UNKNOWN:
                yield self._gap(paper.id, "body", day, None if one.role == Absent.UNKNOWN.value else one.role)
            if one.result == Absent.UNKNOWN.value:
                yield self._gap(paper.id, "result", day, where)
            if one.date is not None and not one.date.known:
                yield self._gap(paper.id, "consultation", day, where)

    # Decisions

    def _decisions(self) -> Iterator[Gap]:
        """One gap for each change whose decision is not known, at the unit of it on which the most hangs."""
        told: dict[tuple[str, str], list[tuple[str, Entry]]] = defaultdict(list)
        for identity, timeline in self._all_timelines():
            for entry in (entry for life in timeline.lives for entry in life.entries):
                if entry.decided_by is Absent.UNKNOWN and entry.counts_from <= self.day:
                    change = entry.change or f"{whole_of(identity)} {entry.since}"
                    told[identity.partition("/")[0], change].append((identity, entry))
        for entries in told.values():
            wholes = dict.fromkeys(whole_of(identity) for identity, _ in entries)
            first = min(wholes, key=lambda one: (one not in self.alive, -self.hanging[one], one))
            holds = first in self.alive or first in self.registry.plans
            entry = next(entry for identity, entry in entries if whole_of(identity) == first)
            known = [*_change(entry, len(entries), len(wholes)), *dict.fromkeys(_decided_elsewhere(entries))]
            yield self._gap(first, "decided_by", str(entry.since), "; ".join(known) or None, holds=holds)

    def _all_timelines(self) -> Iterator[tuple[str, Timeline]]:
        for unit in self.registry.units.values():
            yield from _timelines(unit)
        for plan in self.registry.plans.values():
            yield plan.id, plan.timeline
            yield from ((f"{plan.id}#{slug}", timeline) for slug, timeline in plan.steps.items())


def _elsewhere(entry: Entry, attribute: str) -> Iterator[str]:
    """What other sources say where the preferred answer is that it is not known."""
    for other in entry.also:
        if attribute in other.values:
            papers = ", ".join(dict.fromkeys(slug_of(one.paper) for one in other.sources if one.paper is not None))
            value = other.values[attribute]
            told = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            yield f"{papers or 'another source'} says {told}"


def _change(entry: Entry, statements: int, wholes: int) -> Iterator[str]:
    if statements > 1:
        named = f"the change {entry.change}" if entry.change is not None else "this day"
        yield f"{statements} statements of {named}" + (f" about {wholes} units" if wholes > 1 else "")


def _decided_elsewhere(entries: Iterable[tuple[str, Entry]]) -> Iterator[str]:
    """The decisions that another source names."""
    for _, entry in entries:
        for other in entry.also:
            if isinstance(other.decided_by, tuple):
                papers = ", ".join(dict.fromkeys(slug_of(one.paper) for one in other.sources if one.paper is not None))
                yield f"{papers or 'another source'} names {', '.join(map(slug_of, other.decided_by))}"


def _timelines(unit: Unit) -> Iterator[tuple[str, Timeline]]:
    yield unit.id, unit.timeline
    for slug, timeline in (*unit.posts.items(), *unit.tasks.items()):
        yield f"{unit.id}#{slug}", timeline


def _what(paper: Paper) -> str | None:
    """What there is to look for it by."""
    return paper.title if isinstance(paper.title, str) else None


def _title(plan: Plan, day: date) -> str:
    life = plan.timeline.life_on(day)
    held = None if life is None else life.held(day).get("title")
    return str(held.value) if held is not None and isinstance(held.value, str) else slug_of(plan.id)


def _references(held: Held | None) -> Iterable[str]:
    value = None if held is None else held.value
    return [one for one in value if isinstance(one, str)] if isinstance(value, tuple) else []


def _papers(registry: Registry) -> Iterator[str]:
    """Every paper as often as a statement rests on it, is decided by it, or a paper refers to it."""
    for unit in registry.units.values():
        for _, timeline in _timelines(unit):
            yield from _of_timeline(timeline)
    for plan in registry.plans.values():
        for timeline in (plan.timeline, *plan.steps.values(), *plan.dimensions.values()):
            yield from _of_timeline(timeline)
    for paper in registry.papers.values():
        for targets in paper.relations.values():
            yield from targets if isinstance(targets, tuple) else ()


def _of_timeline(timeline: Timeline) -> Iterator[str]:
    for entry in timeline.entries:
        mandate = entry.values.get("mandate")
        for papers in (entry.decided_by, mandate):
            yield from (str(one) for one in papers) if isinstance(papers, tuple) else ()
        yield from dict.fromkeys(source.paper for source in entry.sources if source.paper is not None)
