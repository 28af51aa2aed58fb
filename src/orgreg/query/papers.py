"""A paper with its thread: who asked, who answered and how long after, what it cites, what rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from orgreg.model.certainty import Certainty, Doubt, dissent
from orgreg.model.day import ALWAYS, NEVER, UNKNOWN_DAY, When
from orgreg.model.paper import RELATIONS
from orgreg.model.timeline import Absent
from orgreg.query.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from orgreg.model.paper import Paper
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Alternative, Entry, Source, Timeline


@dataclass(frozen=True, slots=True)
class Wait:
    """How many days lie between two days that may be vague. None where a side is open."""

    least: int | None
    most: int | None

    @property
    def known(self) -> bool:
        """Whether anything is known of it."""
        return self.least is not None or self.most is not None


class Given(Enum):
    """Whether an answer had been given on a day."""

    YES = "yes"
    PERHAPS = "perhaps"
    LATER = "later"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Answer:
    """A paper that answers another. `others` are the days that other sources give it, each with the days until then."""

    question: Paper
    paper: Paper
    given: Given
    wait: Wait
    others: tuple[tuple[Alternative, When, Wait], ...]


def paper_doubts(paper: Paper, told: Iterable[str]) -> tuple[Doubt, ...]:
    """Why some of what a paper's file says of it is not simply stated."""
    return tuple(doubt for key in told if (doubt := _paper_doubt(paper, key)) is not None)


def _paper_doubt(paper: Paper, key: str) -> Doubt | None:
    others = [dissent(key, other.values, other.sources) for other in paper.also if key in other.values]
    if getattr(paper, key) in {Absent.UNKNOWN, UNKNOWN_DAY}:
        known = "; ".join(others) or paper.inferred.get(key)
        return Doubt(key, Certainty.UNKNOWN, known or "no source gives it")
    if others:
        return Doubt(key, Certainty.DISPUTED, "; ".join(others))
    return Doubt(key, Certainty.INFERRED, paper.inferred[key]) if key in paper.inferred else None


@dataclass(frozen=True, slots=True)
class Question:
    """What became of a paper that asks, on a day. `open_for` is None where it is answered or not yet asked."""

    answers: tuple[Answer, ...]
    open_for: Wait | None


class Basis(Enum):
    """How a statement rests on a paper."""

    MANDATE = "mandate"
    DECISION = "decision"
    SOURCE = "source"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Resting:
    """An entry that rests on a paper, and the unit, plan or part of one that it is of.

    `attributes` are what the entry says by the paper; `instead` where it only says otherwise than the entry does.
    """

    identity: str
    basis: Basis
    entry: Entry
    attributes: tuple[str, ...]
    instead: bool = False


@dataclass(frozen=True, slots=True)
class PaperPortrait:
    """A paper on a day.

    `others` are the papers that name it, each with how; `question` tells what became of it where it asks or is
    answered, `answering` what it answers. `resting` is what rests on it, `through` what rests on its answers.
    """

    paper: Paper
    day: date
    labels: Labels
    others: tuple[tuple[str, Paper], ...]
    question: Question | None
    answering: tuple[Answer, ...]
    resting: tuple[Resting, ...]
    through: tuple[tuple[Paper, tuple[Resting, ...]], ...]


def paper_portrait(registry: Registry, paper: Paper, day: date) -> PaperPortrait:
    """The paper with its thread. Units are called as on its own day, else as on the day given."""
    written = paper.date.counts_from if paper.date.known else day
    found = question(registry, paper, day)
    answers = () if found is None else found.answers
    return PaperPortrait(
        paper=paper,
        day=day,
        labels=Labels(registry, written),
        others=tuple(
            (relation, other)
            for relation in RELATIONS
            for other in sorted(registry.papers_naming(paper.id), key=_by_day)
            if paper.id in related(other, relation)
        ),
        question=found,
        answering=tuple(
            _answer(registry.papers[asked], paper, day)
            for asked in related(paper, "answers")
            if asked in registry.papers
        ),
        resting=resting(registry, paper),
        through=tuple((answer.paper, resting(registry, answer.paper)) for answer in answers),
    )


def question(registry: Registry, paper: Paper, day: date) -> Question | None:
    """What became of the paper on the day; None where it is of no kind that asks and nothing answers it."""
    others = sorted(registry.papers_naming(paper.id), key=_by_day)
    answers = tuple(_answer(paper, other, day) for other in others if paper.id in related(other, "answers"))
    if not answers and not registry.asks(paper):
        return None
    asked = not paper.date.known or paper.date.counts_from <= day
    is_open = asked and all(answer.given is Given.LATER for answer in answers)
    return Question(answers, _until(paper.date, day) if is_open else None)


def related(paper: Paper, relation: str) -> tuple[str, ...]:
    """The papers to which it stands so."""
    found = paper.relations.get(relation)
    return found if isinstance(found, tuple) else ()


def resting(registry: Registry, paper: Paper) -> tuple[Resting, ...]:
    """What rests on the paper: what it asks for, what it decided, what is known from it; by identity and day."""
    found = (one for identity, timeline in _timelines(registry, paper) for one in _rests(identity, timeline, paper.id))
    bases = list(Basis)
    return tuple(
        sorted(found, key=lambda one: (bases.index(one.basis), one.entry.counts_from, one.identity, one.attributes))
    )


def _by_day(paper: Paper) -> tuple[object, ...]:
    return (paper.date.counts_from, paper.id)


def _answer(asked: Paper, answering: Paper, day: date) -> Answer:
    date_ = answering.date
    if date_.counts_from > day:
        given = Given.LATER
    else:
        given = Given.PERHAPS if date_.known and day < date_.latest < NEVER else Given.YES
    return Answer(asked, answering, given, _between(asked.date, date_), tuple(_other_days(asked, answering)))


def _other_days(asked: Paper, answering: Paper) -> Iterator[tuple[Alternative, When, Wait]]:
    for other in answering.also:
        when = other.values.get("date")
        if isinstance(when, When) and when.known:
            yield other, when, _between(asked.date, when)


def _between(first: When, last: When) -> Wait:
    if not (first.known and last.known):
        return Wait(None, None)
    least = None if last.earliest == ALWAYS or first.latest == NEVER else (last.earliest - first.latest).days
    most = None if last.latest == NEVER or first.earliest == ALWAYS else (last.latest - first.earliest).days
    # Nobody answers before being asked, unless the days leave nothing else.
    if least is not None and least < 0 and (most is None or most >= 0):
        least = 0
    return Wait(least, most)


def _until(first: When, day: date) -> Wait:
    if not first.known:
        return Wait(None, None)
    least = (day - min(first.latest, day)).days
    return Wait(least, None if first.earliest == ALWAYS else (day - first.earliest).days)


def _timelines(registry: Registry, paper: Paper) -> Iterator[tuple[str, Timeline]]:
    for unit in registry.units_naming(paper.id):
        yield unit.id, unit.timeline
        yield from ((f"{unit.id}#{slug}", one) for slug, one in (*unit.tasks.items(), *unit.posts.items()))
    for plan in registry.plans_naming(paper.id):
        yield plan.id, plan.timeline
        yield from ((f"{plan.id}#{slug}", one) for slug, one in (*plan.dimensions.items(), *plan.steps.items()))


def _rests(identity: str, timeline: Timeline, paper: str) -> Iterator[Resting]:
    for entry in timeline.entries:
        said = tuple(entry.values)
        mandate = entry.values.get("mandate")
        if isinstance(mandate, tuple) and paper in mandate:
            yield Resting(identity, Basis.MANDATE, entry, ("mandate",))
        if isinstance(entry.decided_by, tuple) and paper in entry.decided_by:
            yield Resting(identity, Basis.DECISION, entry, said)
        if _names(entry.sources, paper):
            yield Resting(identity, Basis.SOURCE, entry, said)
        for other in entry.also:
            if isinstance(other.decided_by, tuple) and paper in other.decided_by:
                yield Resting(identity, Basis.DECISION, entry, said, instead=True)
            if _names(other.sources, paper):
                yield Resting(identity, Basis.SOURCE, entry, _said(other), instead=True)


def _said(other: Alternative) -> tuple[str, ...]:
    further = {"from": other.since, "decided_by": other.decided_by}
    return (*other.values, *(key for key, said in further.items() if said is not None))


def _names(sources: Iterable[Source], paper: str) -> bool:
    return any(source.paper == paper for source in sources)
