"""Where a text stands in the register: names, codes, titles, numbers, tasks, holders, contacts, remarks, quotes.

Case, umlauts (`Büro`, `Buro`, `Buero`), dashes and quotation marks are folded, and a number may be spelt as people
spell it. Hits come best first: the exact code or number, the exact name or title, texts that begin with it, words that
begin with it, parts of words (of three letters or more), texts with all the words apart; then the register's own
remarks, and last the quotes, by which every statement of the documents is found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

from orgreg.model.certainty import weakest
from orgreg.model.day import NEVER, day_before
from orgreg.model.timeline import Contact, Due, Membership, Status
from orgreg.model.unit import municipality_of, slug_of
from orgreg.query.names import number
from orgreg.query.order import name_key
from orgreg.query.papers import paper_doubts
from orgreg.query.portrait import held_ever

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from orgreg.model.certainty import Certainty
    from orgreg.model.day import When
    from orgreg.model.paper import Consultation, Paper
    from orgreg.model.plan import Plan
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Alternative, Entry, Life, Source, Timeline, Value
    from orgreg.model.unit import Correction, Unit

Span = tuple[int, int]

QUOTE: Final = "quote"
CODES: Final = frozenset({"code", "number"})
REMARKS: Final = ("wording", "because", "note", "was")
"""What the register says in its own words, and what it said wrongly before."""

_NAMES: Final = ("code", "number", "name", "short_name", "aka", "title", "slug", "formerly")
_TEXTS: Final = (
    *("name", "short_name", "aka", "code", "kind", "title", "text", "topics", "holder", "contact"),
    *("members", "goals", "values", "horizon", "due", "state", "number", "signed"),
)
_THINGS: Final = ("unit", "paper", "plan", "post", "task", "step", "dimension")
_PART: Final = 3
"""From so many letters on, parts of words are looked for; of one letter only whole words are."""
_NEAREST: Final = 3
_RATIO: Final = 0.72


class Closeness(IntEnum):
    """How closely a text answers, the closest first."""

    CODE = 0
    EXACT = 1
    BEGINNING = 2
    WORD = 3
    PART = 4
    APART = 5
    REMARK = 6
    QUOTE = 7


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the text stands.

    `text` has its white space folded; `matches` are places in it, each from its first character to before its last.
    `since` and `until` are the days of what the text says, `until` the last one, included; of a paper `since` is its
    day. `standing` says why it is not simply so: planned, proposed, not created, withdrawn, said by another source,
    put right. `papers` say it, of a quote the paper in which it stands; `states` are the attributes that a quote
    supports. `certainty` is that of a value on its least certain day, None where the text is none or not simply so.
    """

    what: str
    reference: str
    attribute: str
    text: str
    since: When | None
    until: date | None
    standing: str | None = None
    papers: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    matches: tuple[Span, ...] = ()
    closeness: Closeness = Closeness.PART
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, best first; where nothing was, the nearest words. `impossible` where nothing can be asked so."""

    asked: str
    hits: tuple[Hit, ...]
    near: tuple[str, ...] = ()
    impossible: bool = False


def search(registry: Registry, asked: str) -> Found:
    """Everything in the registry in which the text stands. `bs:TEXT` asks of one municipality only."""
    wanted = " ".join(asked.split())
    city, colon, rest = wanted.partition(":")
    if colon and city in registry.municipalities:
        wanted = rest.strip()
    else:
        city = ""
    if not wanted.isprintable() or not (needle := _Needle.of(wanted)).plain.strip():
        return Found(asked, (), impossible=True)
    texts = [one for one in _everything(registry) if not city or municipality_of(one.reference) == city]
    found = [hit for hit in map(needle.hit, texts) if hit is not None]
    told = {(hit.reference, hit.attribute, hit.text) for hit in found}
    named = {hit.reference for hit in found if hit.attribute not in {"slug", QUOTE}}
    hits = {_key(hit): hit for hit in found if not _echoes(hit, named, told)}
    sure = tuple(_weighed(registry, hits[key]) for key in sorted(hits))
    return Found(wanted, sure, () if hits else _near(needle, texts))


def _weighed(registry: Registry, hit: Hit) -> Hit:
    """The hit with how certain it is, which is asked only of what is told."""
    if hit.standing is not None or hit.attribute not in _TEXTS:
        return hit
    if hit.what == "paper":
        doubts = paper_doubts(registry.papers[hit.reference], (hit.attribute,))
        return replace(hit, certainty=weakest(one.certainty for one in doubts))
    timeline = _timeline_of(registry, hit)
    told = (fact for life in timeline.lives for fact in held_ever(registry, timeline, life, hit.attribute))
    return replace(hit, certainty=next((fact.certainty for fact in told if fact.since == hit.since), None))


def _timeline_of(registry: Registry, hit: Hit) -> Timeline:
    whole, _, part = hit.reference.partition("#")
    if hit.what in {"unit", "post", "task"}:
        unit = registry.units[whole]
        return {"unit": {part: unit.timeline}, "post": unit.posts, "task": unit.tasks}[hit.what][part]
    plan = registry.plans[whole]
    return {"plan": {part: plan.timeline}, "step": plan.steps, "dimension": plan.dimensions}[hit.what][part]


def _echoes(hit: Hit, named: set[str], told: set[tuple[str, str, str]]) -> bool:
    """Whether it only repeats another hit: a slug made of the name, a synonym of a topic that answers itself."""
    if hit.attribute == "slug":
        return hit.reference in named
    return hit.attribute == "topics" and (hit.reference, hit.attribute, hit.text.partition(": ")[0]) in told - {
        (hit.reference, hit.attribute, hit.text)
    }


def _key(hit: Hit) -> tuple[object, ...]:
    names = _NAMES.index(hit.attribute) if hit.attribute in _NAMES else len(_NAMES)
    day = "" if hit.since is None else hit.since.counts_from.isoformat()
    place = (hit.reference, hit.attribute, day, hit.text, hit.papers, hit.until is None, hit.until or hit.text)
    return (hit.closeness, _THINGS.index(hit.what), names, hit.standing is not None, *map(str, place))


def _near(needle: _Needle, texts: Iterable[Hit]) -> tuple[str, ...]:
    """The words and names that come nearest, as they are written."""
    words: dict[str, str] = {}
    for one in texts:
        if one.attribute in {*_NAMES, "text", "holder", "topics"}:
            for word in (one.text, *re.findall(r"[\w.-]+", one.text)):
                words.setdefault(_plain(word), word)
    return tuple(words[one] for one in get_close_matches(needle.plain, list(words), _NEAREST, _RATIO))


# ---------------------------------------------------------------------------------------------------- folding, matching

_SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u201e\u201c\u201d\u201f\u00ab\u00bb", '"'),
        **dict.fromkeys("\u201a\u2018\u2019\u2039\u203a", "'"),
    }
)
_SPELT: Final = {"ä": "ae", "ö": "oe", "ü": "ue"}


def _plain(text: str) -> str:
    return name_key(text).translate(_SIGNS)


def _spelt(text: str) -> str:
    """As those write who have no umlauts."""
    return _plain("".join(_SPELT.get(letter, letter) for letter in text.casefold()))


def _places(text: str, *, spelt: bool) -> list[int]:
    """For every letter of the folded text the place in the text that it comes from."""
    fold = _spelt if spelt else _plain
    return [place for place, letter in enumerate(text) for _ in fold(letter)]


@dataclass(frozen=True, slots=True)
class _Needle:
    plain: str
    number: str

    @staticmethod
    def of(text: str) -> _Needle:
        bare = number(text)
        return _Needle(_plain(normalize("NFC", text)), bare if re.search(r"\d", bare) else "")

    def hit(self, text: Hit) -> Hit | None:
        found = self._number(text) if text.attribute == "number" else None
        found = found or self._text(text.text)
        if found is None:
            return None
        closeness, matches = found
        if text.attribute == QUOTE:
            closeness = Closeness.QUOTE
        elif text.attribute in REMARKS:
            closeness = Closeness.REMARK
        elif closeness is Closeness.EXACT and text.attribute in CODES:
            closeness = Closeness.CODE
        elif closeness is Closeness.EXACT and text.attribute not in _NAMES:
            closeness = Closeness.BEGINNING
        return replace(text, matches=matches, closeness=closeness)

    def _number(self, text: Hit) -> tuple[Closeness, tuple[Span, ...]] | None:
        bare = number(text.text)
        if not self.number or not bare.startswith(self.number):
            return None
        closeness = Closeness.EXACT if bare == self.number else Closeness.BEGINNING
        return closeness, ((0, len(self.number) if bare == text.text else len(text.text)),)

    def _text(self, text: str) -> tuple[Closeness, tuple[Span, ...]] | None:
        for spelt in (False,) if text.isascii() else (False, True):
            folded = _spelt(text) if spelt else _plain(text)
            found = self._contiguous(folded) or self._apart(folded)
            if found is not None:
                closeness, spans = found
                places = _places(text, spelt=spelt)
                return closeness, tuple((places[start], places[end - 1] + 1) for start, end in spans)
        return None

    def _contiguous(self, folded: str) -> tuple[Closeness, list[Span]] | None:
        if folded == self.plain:
            return Closeness.EXACT, [(0, len(folded))]
        if self.plain not in folded:
            return None
        found = [
            (_closeness(folded, start, start + len(self.plain)), start)
            for start in (one.start() for one in re.finditer(re.escape(self.plain), folded))
        ]
        spans = [(start, start + len(self.plain)) for closeness, start in found if closeness <= self._loosest()]
        return (min(found)[0], spans) if spans else None

    def _loosest(self) -> Closeness:
        return Closeness.PART if len(self.plain) >= _PART else Closeness.WORD

    def _apart(self, folded: str) -> tuple[Closeness, list[Span]] | None:
        words = self.plain.split()
        if len(words) == 1 or not all(word in folded for word in words):
            return None
        found = [re.search(rf"(?<!\w){re.escape(word)}", folded) for word in words]
        spans = sorted({one.span() for one in found if one is not None})
        return (Closeness.APART, _joined(spans)) if None not in found else None


def _joined(spans: list[Span]) -> list[Span]:
    """Without those that lie in the one before."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _closeness(folded: str, start: int, end: int) -> Closeness:
    inside = start > 0 and folded[start - 1].isalnum() and folded[start].isalnum()
    letter = end - start == 1 and end < len(folded) and folded[end].isalnum()
    if inside or letter:
        return Closeness.PART
    return Closeness.BEGINNING if start == 0 else Closeness.WORD


# ------------------------------------------------------------------------------------------------- every text there is


class _Said(NamedTuple):
    """What is said of a text: its days, why it is not simply so, the papers that say it."""

    since: When | None = None
    until: date | None = None
    standing: str | None = None
    papers: tuple[str, ...] = ()


_OF_THE_FILE: Final = _Said()


@dataclass(slots=True)
class _Texts:
    """Collects the texts of one thing: a unit, a task, a step, a paper."""

    what: str
    reference: str
    found: list[Hit] = field(default_factory=list)
    quotes: dict[tuple[str, str], Hit] = field(default_factory=dict)
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def all(self) -> list[Hit]:
        return [*self.found, *self.quotes.values()]

    def add(self, attribute: str, text: str | None, said: _Said = _OF_THE_FILE) -> None:
        """A text with what is said of it."""
        folded = _folded(text)
        if folded:
            self.found.append(Hit(self.what, self.reference, attribute, folded, *said))

    def value(self, attribute: str, value: Value, said: _Said) -> None:
        """The texts of a value; references are found under the names of what they name."""
        for text in self._texts(attribute, value) if attribute in _TEXTS else ():
            self.add(attribute, text, said)

    def _texts(self, attribute: str, value: Value) -> Iterator[str | None]:
        several = value if isinstance(value, tuple) else (value,)
        if isinstance(value, Contact):
            yield from (f"{way} {where}" for way, where in value.ways)
        elif isinstance(value, Due):
            yield value.wording
        elif attribute == "members":
            yield from (one.rule for one in several if isinstance(one, Membership))
        else:
            for one in several:
                if isinstance(one, str):
                    yield one
                    yield from (f"{one}: {word}" for word in self.topics.get(one, ()) if attribute == "topics")

    def source(self, source: Source, states: Iterable[str], since: When | None, own: str | None) -> None:
        """The words and the remark of a source. `own` is the paper in whose file it stands."""
        paper = source.paper or own
        papers = () if paper is None else (paper,)
        self.quote(source.quote, papers, states, since)
        self.add("note", source.note, _Said(since, papers=papers))

    def quote(self, words: str | None, papers: tuple[str, ...], states: Iterable[str], since: When | None) -> None:
        """The words of a paper; those that stand here several times are one."""
        text = _folded(words)
        if not text:
            return
        place = ("".join(papers), text)
        before = self.quotes.get(place)
        told = (*(() if before is None else before.states), *states)
        day = since if before is None else before.since
        states = tuple(dict.fromkeys(told))
        self.quotes[place] = Hit(self.what, self.reference, QUOTE, text, day, None, None, papers, states)


def _folded(text: str | None) -> str:
    return " ".join(normalize("NFC", text or "").split())


def _everything(registry: Registry) -> Iterator[Hit]:
    for unit in registry.units.values():
        yield from _unit(registry, unit)
    for plan in registry.plans.values():
        yield from _plan(plan)
    for paper in registry.papers.values():
        yield from _paper(paper)


def _unit(registry: Registry, unit: Unit) -> Iterator[Hit]:
    city = registry.municipalities.get(unit.municipality)
    ends = [life.span.end for life in unit.timeline.lives]
    whole = _Texts("unit", unit.id)
    _timeline(whole, unit.timeline, ())
    _file(whole, unit)
    yield from whole.all()
    for what, timelines in (("post", unit.posts), ("task", unit.tasks)):
        for slug, timeline in timelines.items():
            part = _Texts(what, f"{unit.id}#{slug}", topics={} if city is None else city.topics)
            _timeline(part, timeline, ends)
            part.add("slug", slug)
            yield from part.all()


def _plan(plan: Plan) -> Iterator[Hit]:
    whole = _Texts("plan", plan.id)
    _timeline(whole, plan.timeline, ())
    _file(whole, plan)
    yield from whole.all()
    for what, timelines in (("dimension", plan.dimensions), ("step", plan.steps)):
        for slug, timeline in timelines.items():
            part = _Texts(what, f"{plan.id}#{slug}")
            _timeline(part, timeline, ())
            part.add("slug", slug)
            yield from part.all()


def _file(texts: _Texts, thing: Unit | Plan | Paper) -> None:
    """What is said of the whole file."""
    texts.add("slug", slug_of(thing.id))
    for slug in thing.formerly:
        texts.add("formerly", slug_of(slug))
    texts.add("note", thing.note)
    for link in thing.same_as:
        texts.add("same_as", link)
    for correction in thing.corrections:
        _correction(texts, correction)


def _correction(texts: _Texts, correction: Correction) -> None:
    said = _Said(correction.day, None, "put right", _papers(correction.sources))
    texts.add("was", correction.was, said)
    texts.add("because", correction.because, said)
    for source in correction.sources:
        texts.source(source, ("correction",), correction.day, None)


def _papers(sources: Iterable[Source], own: str | None = None) -> tuple[str, ...]:
    named = (source.paper or own for source in sources)
    return tuple(dict.fromkeys(paper for paper in named if paper is not None))


def _timeline(texts: _Texts, timeline: Timeline, ends: Iterable[date]) -> None:
    """`ends` are those of the unit with which a post or a task ends as well."""
    for life in timeline.lives:
        _life(texts, life, ends, None)
    for life in timeline.intended:
        _life(texts, life, (), life.entries[0].status.value)
    for entry in timeline.entries:
        if entry.annulled is not None:
            _no_day(texts, entry, "withdrawn")
            texts.add("because", entry.annulled.because, _Said(entry.annulled.day))
        elif entry.status is Status.NOT_CREATED:
            _no_day(texts, entry, "not created")
        _said(texts, entry)


def _life(texts: _Texts, life: Life, ends: Iterable[date], standing: str | None) -> None:
    stated = dict.fromkeys(attribute for entry in life.entries for attribute in entry.values)
    for attribute in stated:
        for span, held in life.runs(attribute):
            last = min([span.end, *(end for end in ends if end > span.start)])
            until = None if last == NEVER else day_before(last)
            papers = _papers((*held.begun_by.sources, *held.entry.sources))
            texts.value(attribute, held.value, _Said(held.begun_by.since, until, standing, papers))


def _no_day(texts: _Texts, entry: Entry, standing: str) -> None:
    for attribute, value in entry.values.items():
        texts.value(attribute, value, _Said(entry.since, None, standing, _papers(entry.sources)))


def _said(texts: _Texts, entry: Entry) -> None:
    """The remarks and quotes of an entry, and what other sources say."""
    said = _Said(entry.since, papers=_papers(entry.sources))
    for attribute, text in (("wording", entry.wording), ("because", entry.because), ("note", entry.note)):
        texts.add(attribute, text, said)
    for reason in entry.inferred.values():
        texts.add("because", reason, said)
    for source in entry.sources:
        texts.source(source, entry.values, entry.since, None)
    for other in entry.also:
        _other(texts, other, entry.since, None)


def _other(texts: _Texts, other: Alternative, since: When, own: str | None) -> None:
    said = _Said(other.since or since, None, "said by another source", _papers(other.sources, own))
    for attribute, value in other.values.items():
        texts.value(attribute, value, said)
    texts.add("because", other.because, said._replace(standing=None))
    told = {"from": other.since, "decided_by": other.decided_by}
    states = (*other.values, *(key for key, value in told.items() if value is not None))
    for source in other.sources:
        texts.source(source, states, said.since, own)


def _paper(paper: Paper) -> Iterator[Hit]:
    texts, day, own = _Texts("paper", paper.id), paper.date, (paper.id,)
    said = _Said(day, papers=_papers(paper.sources, paper.id))
    values = {"number": paper.number, "kind": paper.kind, "title": paper.title}
    for attribute, value in values.items():
        texts.add(attribute, value if isinstance(value, str) else None, said)
    texts.add("signed", paper.signed, said)
    texts.add("wording", paper.wording, said)
    for attribute, several in (("aka", paper.aka), ("links", paper.links), ("because", paper.inferred.values())):
        for text in several:
            texts.add(attribute, text, said)
    for effect in paper.effects:
        texts.add(effect.verb, effect.text, _Said(day, papers=own))
        texts.quote(effect.quote, own, (effect.verb,), day)
    for one in paper.consultations:
        _consultation(texts, one, one.date or day, own)
    for source in paper.sources:
        texts.source(source, ("paper",), day, paper.id)
    for other in paper.also:
        _other(texts, other, day, paper.id)
    _file(texts, paper)
    yield from texts.all()


def _consultation(texts: _Texts, one: Consultation, day: When, own: tuple[str, ...]) -> None:
    said = _Said(day, papers=own)
    told = {"item": one.item, "role": one.role, "result": one.result, "wording": one.wording, "note": one.note}
    for attribute, text in told.items():
        texts.add(attribute, text, said)
    texts.quote(one.quote, own, ("consultation",), day)
