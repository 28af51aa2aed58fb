"""Why the register says what it says on a day: which statement a value comes from, and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgreg.model.certainty import Certainty, Doubt
from orgreg.model.day import When, day_before
from orgreg.model.paper import RELATIONS as PAPER_RELATIONS
from orgreg.model.registry import PAPERS, PLANS, UNITS
from orgreg.model.timeline import Absent, Held, Status
from orgreg.model.unit import Unit
from orgreg.query.plans import DIMENSION, PLAN, STEP
from orgreg.query.portrait import ATTRIBUTES, POST, TASK, facts
from orgreg.query.standing import standing, stated_doubt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from orgreg.model.finding import Route
    from orgreg.model.paper import Consultation, Effect, Paper
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Alternative, Entry, Source, Timeline, Value
    from orgreg.model.unit import Correction
    from orgreg.query.labels import Labels
    from orgreg.query.portrait import Fact
    from orgreg.query.standing import Standing

EXISTENCE: Final = "existence"
"""That something is there at all: what its life begins with."""
END: Final = "end"
"""That something is there no more."""
_USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "timeline": ("name", "code", "kind", "parent", "staff_of"),
    "posts": POST,
    "tasks": TASK,
    "steps": ("title", "state", "due", "responsible"),
    "dimensions": DIMENSION,
}
_OF_A_PLAN: Final = ("title", "mandate", "responsible")
_OF_A_PAPER: Final = ("number", "kind", "title", "date", "author", "lead", "signed", "aka", "links", "wording", "note")
_IF_ASKED: Final = ("consultations", "effects")
"""What a paper says at such length that it is told only where it is asked for."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A key of an entry where it stands in its file. `route` leads there; of what is said of the whole file to its key.

    `timeline` names the timeline, `tasks/beratung`; it is empty for what is said of the whole file.
    """

    route: Route
    timeline: str
    key: str
    value: object
    since: When | None
    sources: tuple[Source, ...]
    inferred: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why one attribute has its value on the day.

    `statement` says it first, `confirmed` are those that say it again. `status` is whether that is in force, planned or
    proposed. `also` is what other sources say of the value,
    of its day or of the decision. `value` is None for existence.
    """

    identity: str
    attribute: str
    value: Value | tuple[Consultation | Effect, ...] | None
    statement: Statement
    status: Status = Status.IN_FORCE
    confirmed: tuple[Statement, ...] = ()
    until: date | None = None
    doubts: tuple[Doubt, ...] = ()
    also: tuple[Alternative, ...] = ()
    decided_by: tuple[str, ...] | Absent | None = None
    word: str | None = None
    wording: str | None = None
    because: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """The answer: a reason for each attribute asked for. `corrections` are those that the file itself keeps.

    `attributes` are all that could have been asked for on the day.
    """

    folder: str
    identity: str
    part: str | None
    labels: Labels
    reasons: tuple[Reason, ...]
    attributes: tuple[str, ...]
    corrections: tuple[Correction, ...]

    @property
    def reference(self) -> str:
        """The whole reference: `bs/rat#vorsitz`."""
        return self.identity if self.part is None else f"{self.identity}#{self.part}"


def why(registry: Registry, known: tuple[str, str, str | None], labels: Labels, attribute: str | None = None) -> Why:
    """Why a thing is as it is on the day of the labels: one attribute of it, or what is mostly asked for.

    `known` are folder, identity and part, which are there. `parent` and `staff_of` are one place: either asks for it.
    """
    folder, identity, part = known
    thing: Unit | Paper = registry.papers[identity] if folder == PAPERS else _whole(registry, folder, identity)
    if folder == PAPERS:
        found = tuple(_of_paper(registry.papers[identity]))
        usual = tuple(one.attribute for one in found if one.attribute not in _IF_ASKED)
    else:
        routes = tuple(_timelines(registry, folder, identity, part))
        found = tuple(
            reason for route, timeline in routes for reason in _of_timeline(labels, identity, route, timeline)
        )
        usual = (EXISTENCE, END, *(_OF_A_PLAN if routes[0][0] == ("timeline",) and folder == PLANS else ()))
        usual += tuple(one for route, _ in routes for one in _USUAL[str(route[0])])
    wanted = usual if attribute is None else _asked(attribute)
    return Why(
        folder,
        identity,
        part,
        labels,
        tuple(one for one in found if one.attribute in wanted),
        tuple(dict.fromkeys(one.attribute for one in found)),
        thing.corrections,
    )


def _whole(registry: Registry, folder: str, identity: str) -> Unit:
    if folder == UNITS:
        return registry.units[identity]
    plan = registry.plans[identity]
    return Unit(identity, plan.timeline, corrections=plan.corrections)


def _asked(attribute: str) -> tuple[str, ...]:
    word = "_".join(attribute.lower().replace("-", " ").split())
    place = ("parent", "staff_of")
    return place if word in place else (word,)


def _timelines(
    registry: Registry, folder: str, identity: str, part: str | None
) -> Iterator[tuple[tuple[str, ...], Timeline]]:
    """The timelines that are meant, each with the keys that lead to it: of a part all that bear its slug."""
    if part is None:
        yield ("timeline",), _whole(registry, folder, identity).timeline
        return
    if folder == UNITS:
        unit = registry.units[identity]
        kinds = {"posts": unit.posts, "tasks": unit.tasks}
    else:
        plan = registry.plans[identity]
        kinds = {"steps": plan.steps, "dimensions": plan.dimensions}
    for kind, named in kinds.items():
        if part in named:
            yield (kind, part), named[part]


def _of_timeline(labels: Labels, identity: str, route: tuple[str, ...], timeline: Timeline) -> Iterator[Reason]:
    """Everything that a timeline says on the day; of what is there no more how it ended."""
    whole = identity if len(route) == 1 else f"{identity}#{route[1]}"
    one = Unit(whole, timeline)
    found = standing(labels.registry, one, labels.day, planned=labels.planned)
    if found is None:
        past = [life for life in timeline.lives if life.span.end <= labels.day]
        closing = past[-1].closing if past else None
        if closing is not None:
            held = Held("ended", closing.values["ended"], closing, closing)
            doubt = stated_doubt(labels.registry, held, labels.day)
            yield _reason(whole, route, END, held.value, [("ended", closing)], () if doubt is None else (doubt,))
        return
    yield _existence(whole, route, found)
    attributes = dict.fromkeys((*ATTRIBUTES, *POST, *TASK, *PLAN, *STEP, *DIMENSION))
    for fact in facts(labels.registry, found, attributes, labels.day):
        yield _fact(whole, route, fact)


def _existence(identity: str, route: tuple[str, ...], found: Standing) -> Reason:
    doubts = tuple(doubt for doubt in found.doubts if doubt.attribute == EXISTENCE)
    opening = [(next(iter(entry.values)), entry) for entry in found.life.opening]
    until = None if found.life.closing is None else day_before(found.life.span.end)
    return _reason(identity, route, EXISTENCE, None, opening, doubts, until)


def _fact(identity: str, route: tuple[str, ...], fact: Fact) -> Reason:
    said = [(fact.attribute, entry) for entry in fact.statements]
    doubts = () if fact.doubt is None else (fact.doubt,)
    return _reason(identity, route, fact.attribute, fact.value, said, doubts, fact.until)


def _reason(  # noqa: PLR0913, PLR0917 - what is said, where, and what stands beside it
    identity: str,
    route: tuple[str, ...],
    attribute: str,
    value: Value | None,
    said: Iterable[tuple[str, Entry]],
    doubts: tuple[Doubt, ...] = (),
    until: date | None = None,
) -> Reason:
    entries = [*said]
    first = entries[0][1]
    is_day = attribute == EXISTENCE
    statements = [_statement(route, key, entry, is_day=is_day) for key, entry in entries]
    keys = set() if is_day else {key for key, _ in entries}
    return Reason(
        identity=identity,
        attribute=attribute,
        value=value,
        statement=statements[0],
        status=first.status,
        confirmed=tuple(statements[1:]),
        until=until,
        doubts=doubts,
        also=tuple(other for _, entry in entries for other in entry.also if _is_about(other, keys)),
        decided_by=next((entry.decided_by for _, entry in entries if entry.decided_by is not None), None),
        word=first.change,
        wording=first.wording,
        because=first.because,
        note=first.note,
    )


def _is_about(other: Alternative, keys: set[str]) -> bool:
    return other.since is not None or other.decided_by is not None or not keys.isdisjoint(other.values)


def _statement(route: tuple[str, ...], key: str, entry: Entry, *, is_day: bool) -> Statement:
    return Statement(
        route=(*route, entry.position, "from" if is_day else key),
        timeline="/".join(route),
        key=key,
        value=entry.values[key],
        since=entry.since,
        sources=entry.sources,
        inferred=entry.inferred.get("from" if is_day else key),
    )


def _of_paper(paper: Paper) -> Iterator[Reason]:
    """What a paper says of itself: it speaks of no day, and all of it has the same sources."""
    said: dict[Route, Value | None] = {(key,): getattr(paper, key) for key in (*_OF_A_PAPER, *_IF_ASKED)}
    said |= {("relations", key): paper.relations.get(key) for key in PAPER_RELATIONS}
    for route, value in said.items():
        key = str(route[-1])
        if value is None or value == ():
            continue
        others = tuple(other for other in paper.also if key in other.values or (key == "date" and other.since))
        yield Reason(
            identity=paper.id,
            attribute=key,
            value=value,
            statement=Statement(route, "", key, value, None, paper.sources, paper.inferred.get(key)),
            doubts=tuple(_doubts(paper, key, value, others)),
            also=others,
        )


def _doubts(paper: Paper, key: str, value: Value, others: tuple[Alternative, ...]) -> Iterator[Doubt]:
    reason = paper.inferred.get(key)
    if value is Absent.UNKNOWN or (isinstance(value, When) and not value.known):
        yield Doubt(key, Certainty.UNKNOWN, reason or "no source gives it")
    elif others:
        yield Doubt(key, Certainty.DISPUTED, "another source says otherwise")
    elif reason is not None:
        yield Doubt(key, Certainty.INFERRED, reason)
