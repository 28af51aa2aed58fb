"""Who is responsible for a topic on a day: the unit, its line, since when, on what basis, and who before and after.

A topic is found by its name or a synonym of registry.yaml, else by a part of one. The names of units and the texts of
tasks are searched as well; what only they give is weaker and told apart, as is what is only planned or proposed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING, Final

from orgreg.model.certainty import Certainty, weakest
from orgreg.model.day import ALWAYS, day_after, day_before
from orgreg.model.timeline import Absent, Status
from orgreg.model.unit import municipality_of, whole_of
from orgreg.query.labels import Labels, nearest
from orgreg.query.order import name_key, standing_key
from orgreg.query.portrait import Portrait, portrait
from orgreg.query.standing import Standing, standing
from orgreg.query.succession import predecessors, successors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from orgreg.model.certainty import Doubt
    from orgreg.model.day import Span, When
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Source, Timeline
    from orgreg.model.unit import Unit
    from orgreg.query.portrait import Fact, Part
    from orgreg.query.succession import Succession

_NEAREST: Final = 3
_RATIO: Final = 0.6
_PART: Final = 3
"""From so many letters on a part of a word finds a topic or a name."""
_WEIGHED: Final = ("existence", "name", "code", "parent", "staff_of")


class By(Enum):
    """How a unit was found, the strongest first."""

    TOPIC = "topic"
    TASK = "task"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of a city that the word names; `word` is what of it did: itself, a synonym, or a part of one."""

    municipality: str
    name: str
    word: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Who was responsible before or is after, on the day next to the change.

    `succession` says so; it is None where the unit itself was or will be in another place.
    """

    standing: Standing
    above: Standing | None
    day: date
    succession: Succession | None = None


@dataclass(frozen=True, slots=True)
class Responsible:
    """A unit that is responsible on the day, or whose name the word is a part of (then without a task).

    `line` leads upward without the administration as a whole; `is_whole` says whether it ends there, not at what is
    not recorded. `decisions` are the papers that decided who is responsible or where the unit stands.
    """

    by: By
    standing: Standing
    line: tuple[Standing, ...]
    is_whole: bool
    task: Part | None
    place: Fact | None
    since: When
    until: date | None
    decisions: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    before: tuple[Neighbour, ...]
    after: tuple[Neighbour, ...]

    @property
    def certainty(self) -> Certainty:
        """The weakest of the responsibility, the unit's existence and name, and its place: a code decides nothing."""
        return weakest(doubt.certainty for doubt in self.doubts if doubt.attribute != "code")

    @property
    def sources(self) -> tuple[Source, ...]:
        """Who says that it is responsible: of the task, of a unit found by its name those of the name."""
        facts = () if self.task is None else self.task.facts
        return tuple(dict.fromkeys(one for fact in facts for entry in fact.statements for one in entry.sources))


@dataclass(frozen=True, slots=True)
class Who:
    """The answer for a day. `named` were found by name or text only, `near` are topics for a word that finds nothing.

    `planned` is what is not in force, whatever found it. `last` and `first` tell who was responsible last before the
    day and who is first after it, where nobody is on it.
    """

    asked: str
    day: date
    labels: Labels
    topics: tuple[Topic, ...]
    responsible: tuple[Responsible, ...]
    named: tuple[Responsible, ...]
    planned: tuple[Responsible, ...]
    last: tuple[Neighbour, ...] = ()
    first: tuple[Neighbour, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the word means anything here, be it that nobody is responsible on the day."""
        return bool(self.topics or self.responsible or self.named or self.planned)


def who(registry: Registry, asked: str, day: date, *, municipality: str | None = None) -> Who:
    """Who is responsible for what the word names. `bs:TOPIC` asks of one municipality only."""
    wanted = " ".join(asked.split())
    city, colon, rest = wanted.partition(":")
    if colon and city in registry.municipalities:
        municipality, wanted = city, rest.strip()
    search = _Search(registry, name_key(wanted), day, municipality)
    found = sorted(search.found(), key=lambda one: (_BYS.index(one.by), standing_key(one.standing)))
    in_force = [one for one in found if _status(one) is Status.IN_FORCE]
    by_topic = tuple(one for one in in_force if one.by is By.TOPIC)
    return Who(
        asked=wanted,
        day=day,
        labels=Labels(registry, day),
        topics=search.topics,
        responsible=by_topic,
        named=tuple(one for one in in_force if one.by is not By.TOPIC),
        planned=tuple(one for one in found if _status(one) is not Status.IN_FORCE),
        last=() if by_topic else search.last(),
        first=() if by_topic else search.first(),
        near=() if found or search.topics else search.near(),
    )


_BYS: Final = list(By)


def _status(one: Responsible) -> Status:
    return one.standing.status if one.task is None else one.task.status


class _Search:
    """Looks for a word in one municipality or in all."""

    def __init__(self, registry: Registry, word: str, day: date, municipality: str | None) -> None:
        self.registry, self.word, self.day = registry, word, day
        self.units = [
            unit for _, unit in sorted(registry.units.items()) if municipality in {None, municipality_of(unit.id)}
        ]
        self.vocabulary = self._vocabulary(municipality)
        self.topics = tuple(self._topics())
        self.names = defaultdict(set)
        for topic in self.topics:
            self.names[topic.municipality].add(topic.name)

    names: dict[str, set[str]]

    def _vocabulary(self, municipality: str | None) -> dict[tuple[str, str], tuple[str, ...]]:
        """Each topic with its synonyms, also those that only tasks know."""
        words = {
            (city.id, topic): synonyms
            for city in self.registry.municipalities.values()
            for topic, synonyms in sorted(city.topics.items())
            if municipality in {None, city.id}
        }
        for unit in self.units:
            for timeline in unit.tasks.values():
                for topic in sorted(_topics_of(timeline)):
                    words.setdefault((unit.municipality, topic), ())
        return words

    def _topics(self) -> Iterator[Topic]:
        """The topics that the word names; where it names none, those of which it is a part."""
        exact = [
            Topic(city, topic, word)
            for (city, topic), synonyms in self.vocabulary.items()
            for word in (topic, *synonyms)
            if name_key(word) == self.word
        ]
        parts = (
            Topic(city, topic, word)
            for (city, topic), synonyms in self.vocabulary.items()
            for word in (topic, *synonyms)
            if len(self.word) >= _PART and self.word in name_key(word)
        )
        told: dict[tuple[str, str], Topic] = {}
        for one in exact or parts:
            told.setdefault((one.municipality, one.name), one)
        yield from told.values()

    def near(self) -> tuple[str, ...]:
        """The topics and synonyms that come nearest."""
        words: dict[str, str] = {}
        for (_, topic), synonyms in self.vocabulary.items():
            for word in (topic, *synonyms):
                words.setdefault(name_key(word), word)
        return tuple(words[one] for one in get_close_matches(self.word, list(words), _NEAREST, _RATIO))

    def last(self) -> tuple[Neighbour, ...]:
        """Who was responsible last before the day."""
        ended = [(day_before(span.end), unit) for unit, span in self._spans() if span.end <= self.day]
        latest = max((day for day, _ in ended), default=self.day)
        return tuple(one for day, unit in ended if day == latest for one in self._itself(unit, day))

    def first(self) -> tuple[Neighbour, ...]:
        """Who is responsible first after the day."""
        begun = [(span.start, unit) for unit, span in self._spans() if span.start > self.day]
        earliest = min((day for day, _ in begun), default=self.day)
        return tuple(one for day, unit in begun if day == earliest for one in self._itself(unit, day))

    def _spans(self) -> Iterator[tuple[Unit, Span]]:
        """The days on which units were responsible; a task ends with its unit."""
        for unit in self.units:
            spans = [
                overlap
                for timeline in unit.tasks.values()
                if self._is_about(unit.municipality, timeline)
                for life in timeline.lives
                for whole in unit.timeline.lives
                if (overlap := life.span.overlap(whole.span)) is not None
            ]
            yield from ((unit, span) for span in dict.fromkeys(spans))

    def _is_about(self, city: str, timeline: Timeline) -> bool:
        return not self.names.get(city, set()).isdisjoint(_topics_of(timeline))

    def found(self) -> Iterator[Responsible]:
        """Every unit that answers, in force or planned."""
        for unit in self.units:
            if not self._may_answer(unit):
                continue
            seen = portrait(self.registry, unit, self.day)
            told = set()
            for with_planned in (False, True):
                if with_planned:
                    seen = portrait(self.registry, unit, self.day, planned=True)
                for one in self._of(seen):
                    key = None if one.task is None else one.task.identity
                    if key not in told:
                        told.add(key)
                        yield one

    def _may_answer(self, unit: Unit) -> bool:
        by_topic = any(self._is_about(unit.municipality, timeline) for timeline in unit.tasks.values())
        return by_topic or any(self._is_in(text) for text in _texts_of(unit))

    def _is_in(self, text: object) -> bool:
        return isinstance(text, str) and len(self.word) >= _PART and self.word in name_key(text)

    def _of(self, seen: Portrait) -> Iterator[Responsible]:
        if seen.standing is None:
            return
        topics = self.names.get(seen.unit.municipality, set())
        found = []
        for task in seen.tasks:
            text, about = task.fact("text"), task.fact("topics")
            if about is not None and isinstance(about.value, tuple) and not topics.isdisjoint(map(str, about.value)):
                found.append((By.TOPIC, task))
            elif text is not None and self._is_in(text.value):
                found.append((By.TASK, task))
        for by, task in found:
            yield self._responsible(by, seen, seen.standing, task)
        if not found and any(self._is_in(name) for name in _names_of(seen)):
            yield self._responsible(By.NAME, seen, seen.standing, None)

    def _responsible(self, by: By, seen: Portrait, found: Standing, task: Part | None) -> Responsible:
        planned = found.status is not Status.IN_FORCE
        line, is_whole = self._line(found, planned=planned)
        place = next((fact for fact in seen.facts if fact.attribute in {"parent", "staff_of"}), None)
        name = next((fact for fact in seen.facts if fact.attribute == "name"), None)
        told = [fact for fact in (*(() if task is None else task.facts), place, name) if fact is not None]
        return Responsible(
            by=by,
            standing=found,
            line=line,
            is_whole=is_whole,
            task=task,
            place=place,
            since=found.life.entries[0].since if task is None else task.since,
            until=seen.until if task is None else task.until,
            decisions=tuple(dict.fromkeys(paper for fact in told for paper in _decided(fact))),
            doubts=_doubts(found, task),
            before=() if task is None else tuple(self._before(seen, task, place)),
            after=() if task is None else tuple(self._after(seen, task, place)),
        )

    # The line

    def _line(self, found: Standing, *, planned: bool) -> tuple[tuple[Standing, ...], bool]:
        """The units above, upward, without the administration as a whole; and whether it is reached."""
        line: list[Standing] = []
        passed = {found.unit.id}
        above = found
        while above.parent is not Absent.NONE:
            next_ = self._above(above, self.day, planned=planned)
            if next_ is None or next_.unit.id in passed:
                return tuple(line), False
            if next_.kind.rank == 0:
                return tuple(line), True
            passed.add(next_.unit.id)
            line.append(next_)
            above = next_
        return tuple(line), True

    def _above(self, found: Standing, day: date, *, planned: bool = False) -> Standing | None:
        unit = self.registry.units.get(found.parent) if isinstance(found.parent, str) else None
        return None if unit is None else standing(self.registry, unit, day, planned=planned)

    # Before and after

    def _before(self, seen: Portrait, task: Part, place: Fact | None) -> Iterator[Neighbour]:
        begun = task.since.counts_from
        if place is not None and place.since.counts_from > begun:
            yield from self._itself(seen.unit, day_before(place.since.counts_from))
            return
        if begun == ALWAYS:
            return
        found = [one for one in predecessors(self.registry, seen.unit) if one.older is not None]
        # Of what became part of the unit as a whole, what was responsible for the topic brought it.
        of_unit = [one for one in found if one.part is None and one.since.counts_from == begun and self._had(one.older)]
        for one in self._chosen([one for one in found if self._is_of(one.newer, one.part, task)], of_unit):
            yield from self._neighbour(one, one.older, day_before(begun))

    def _after(self, seen: Portrait, task: Part, place: Fact | None) -> Iterator[Neighbour]:
        if place is not None and place.until is not None and (task.until is None or place.until < task.until):
            yield from self._itself(seen.unit, day_after(place.until))
            return
        if task.until is None:
            return
        found = [one for one in successors(self.registry, seen.unit) if one.newer is not None]
        ended = day_after(task.until)
        of_unit = [one for one in found if one.part is None and one.since.counts_from == ended]
        for one in self._chosen([one for one in found if self._is_of(one.older, one.part, task)], of_unit):
            yield from self._neighbour(one, one.newer, ended)

    def _had(self, identity: str | None) -> bool:
        unit = self.registry.units.get(identity or "")
        return unit is not None and any(self._is_about(unit.municipality, one) for one in unit.tasks.values())

    def _chosen(self, of_task: list[Succession], of_unit: list[Succession]) -> Iterable[Succession]:
        """What is said of the task itself, else of its whole unit; once for each unit."""
        told: dict[tuple[str, str], Succession] = {}
        for one in of_task or of_unit:
            told.setdefault((whole_of(one.older or ""), whole_of(one.newer or "")), one)
        return told.values()

    def _is_of(self, side: str | None, part: str | None, task: Part) -> bool:
        """Whether the succession is of the task: it names it, or a part with one of its topics came of its unit."""
        if task.identity in {side, part}:
            return True
        if part is None or "#" in (side or ""):
            return False
        home = self.registry.units[whole_of(part)]
        moved = home.tasks.get(part.partition("#")[2])
        return moved is not None and self._is_about(home.municipality, moved)

    def _itself(self, unit: Unit, day: date) -> Iterator[Neighbour]:
        found = standing(self.registry, unit, day)
        if found is not None:
            yield Neighbour(found, self._above(found, day), day)

    def _neighbour(self, one: Succession, identity: str | None, day: date) -> Iterator[Neighbour]:
        unit = self.registry.units.get(whole_of(identity or ""))
        near = None if unit is None else nearest(self.registry, unit, day)
        if near is not None:
            yield Neighbour(near.standing, self._above(near.standing, near.day), near.day, one)


def _doubts(found: Standing, task: Part | None) -> tuple[Doubt, ...]:
    """Why it is not simply stated, each reason once."""
    own: list[Doubt] = []
    if task is not None:
        own += [replace(doubt, attribute="task") for doubt in task.doubts]
        own += [fact.doubt for fact in task.facts if fact.doubt is not None]
    told = [*own, *(doubt for doubt in found.doubts if doubt.attribute in _WEIGHED)]
    return tuple({doubt.because: doubt for doubt in reversed(told)}.values())[::-1]


def _decided(fact: Fact) -> tuple[str, ...]:
    named = (entry.decided_by for entry in fact.statements)
    return tuple(paper for papers in named if isinstance(papers, tuple) for paper in papers)


def _topics_of(timeline: Timeline) -> set[str]:
    values = (entry.values.get("topics") for entry in timeline.entries)
    return {str(topic) for value in values if isinstance(value, tuple) for topic in value}


def _texts_of(unit: Unit) -> Iterator[object]:
    """Every name that the unit ever bore, and every text of its tasks."""
    for entry in unit.timeline.entries:
        yield from _names_in(entry.values)
    for timeline in unit.tasks.values():
        yield from (entry.values.get("text") for entry in timeline.entries)


def _names_of(seen: Portrait) -> Iterator[object]:
    yield from _names_in({fact.attribute: fact.value for fact in seen.facts})


def _names_in(values: Mapping[str, object]) -> Iterator[object]:
    for attribute in ("name", "short_name", "aka"):
        value = values.get(attribute)
        yield from value if isinstance(value, tuple) else (value,)
