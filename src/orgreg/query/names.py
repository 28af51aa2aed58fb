"""What a word names: a unit, a paper, a plan or a part of one, by code, slug, identity, number or part of a name."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Final

from orgreg.model.day import NEVER, Span, day_before
from orgreg.model.paper import Paper
from orgreg.model.registry import PAPERS, PLANS, UNITS, path_of
from orgreg.model.unit import Unit, slug_of
from orgreg.model.wording import shortened
from orgreg.query.order import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from orgreg.model.plan import Plan
    from orgreg.model.registry import Era, Municipality, Registry
    from orgreg.model.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Named:
    """What a word names. `note` says what a reader should know of how it was found."""

    folder: str
    identity: str
    part: str | None = None
    note: str | None = None

    @property
    def reference(self) -> str:
        """The whole reference: `bs/rat`, `bs/sozialreferat#referatsleitung`."""
        return f"{self.identity}#{self.part}" if self.part else self.identity


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several things answer to the word; each candidate is a word that names one of them, with what it is."""

    word: str
    candidates: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing answers to the word. `impossible` where it cannot be a name here at all.

    `lost` where what bears the name is there and its file cannot be read.
    """

    word: str
    reason: str
    near: tuple[str, ...] = ()
    impossible: bool = False
    lost: bool = False


_SLUGLIKE: Final = re.compile("[a-z0-9][a-z0-9-]*", re.ASCII)
_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")
_BEFORE_A_NUMBER: Final = re.compile(
    r"(?:(?:ds|drs|drucksache|vorlage|vorlagen|anfrage|paper)\b\.?\s*(?:[-\u2010-\u2015 ]?\s*nr\b\.?)?[:\s]*)",
    re.IGNORECASE,
)
_WORDS_BEFORE_A_NUMBER: Final = re.compile(
    r"(?:(?:ds|drs|[^\W\d]*(?:drucksachen?|vorlagen?|anfragen?|antrag|stellungnahme|mitteilung|beschluss))\b\.?)?"
    r"[-:\s]*(?:(?:drucksachen)?(?:nr\b\.?|nummer))?[-:\s]*(?!\d{4}-\d\d-\d\d)(?=\d+\s*[-/]\s*\d)",
    re.IGNORECASE,
)
"""What stands before a whole number in a letter, an agenda or an answer of ours: `Drucksachen-Nr.`, `Stellungnahme`."""
_NUMBERLIKE: Final = re.compile(r"\d+(?:[-/]\d+)+", re.ASCII)
_AHEAD: Final = 20
_CENTURY: Final = 100
_NEAREST: Final = 3
_RATIO: Final = 0.72


def number(word: str) -> str:
    """A paper's number without what people write round it, and with plain hyphens: `[DS 25-25182]` is 25-25182."""
    bare = _DASHES.sub("-", word.strip().strip("[]()„“\"'»«.,;: "))
    found = _WORDS_BEFORE_A_NUMBER.match(bare) or _BEFORE_A_NUMBER.match(bare)
    return re.sub(r"\s+", "", bare[found.end() :] if found else bare)


def needles(word: str) -> list[str]:
    """Of these at least one stands in the `words_of` everything that answers to a word, as JSON has them."""
    rest = " ".join(word.split())
    before, colon, after = rest.partition(":")
    wholes = {rest.partition("#")[0].strip()}
    if colon and _SLUGLIKE.fullmatch(before):
        wholes.add(after.strip().partition("#")[0].strip())
    exactly = {one for whole in wholes for one in (whole, whole.partition(" ")[0], number(whole)) if one}
    parts = {json.dumps(name_key(whole))[1:-1] or '"' for whole in wholes}  # nothing is a part of every name
    return [*map(json.dumps, sorted(exactly)), *sorted(parts)]


def words_of(thing: Unit | Paper | Plan) -> set[str]:
    """All by which something can be asked for: identity, slugs, codes, numbers, and names as they are compared."""
    told = {thing.id, slug_of(thing.id), *map(slug_of, thing.formerly)}
    if isinstance(thing, Paper):
        titles = [title for title in (thing.title, *thing.aka) if isinstance(title, str)]
        numbers = {number(thing.number)} if isinstance(thing.number, str) else set()
        return told | numbers | {name_key(title) for title in titles}
    attributes = ("name", "short_name", "aka") if isinstance(thing, Unit) else ("title", "aka")
    names = [text for attribute in attributes for _, text in _texts(thing.timeline, attribute)]
    if isinstance(thing, Unit):
        names += _other_names(thing.timeline, "name")
        told.update(code for _, code in _texts(thing.timeline, "code"))
    return told | {name_key(name) for name in names}


class Names:
    """Answers what words name in a registry on a day. Indexes are made when first needed."""

    def __init__(self, registry: Registry, day: date, *, municipality: str | None = None) -> None:
        self.registry = registry
        self.day = day
        self.municipality = municipality

    def resolve(self, word: str, *, folders: Iterable[str] = (UNITS, PAPERS, PLANS)) -> Named | Ambiguous | Nothing:
        """What the word names among the folders: the closest reading that answers decides, never the first file."""
        wanted = " ".join(word.split())
        if not wanted or not wanted.isprintable():
            return Nothing(word, "that is no name", impossible=True)
        city, rest = self._city(wanted)
        if rest is None:
            cities = ", ".join(sorted(self.registry.municipalities))
            told = f"{shortened(str(city))} is no municipality of this register ({cities})"
            return Nothing(word, told, impossible=True)
        whole, _, part = rest.partition("#")
        if not whole.strip():
            return Nothing(word, f"{shortened(wanted)} names nothing", impossible=True)
        return self._resolve(word, whole.strip(), part.strip() or None, city, tuple(folders))

    def _city(self, word: str) -> tuple[str | None, str | None]:
        before, colon, rest = word.partition(":")
        if colon and _SLUGLIKE.fullmatch(before):
            return before, rest.strip() if before in self.registry.municipalities else None
        return self.municipality, word

    def _resolve(
        self, word: str, whole: str, part: str | None, city: str | None, folders: tuple[str, ...]
    ) -> Named | Ambiguous | Nothing:
        for found, note in self._readings(whole, city, folders):
            mine = sorted({one for one in found if city in {None, one[1].partition("/")[0]}})
            if len(mine) > 1:
                return Ambiguous(word, tuple(self._candidate(folder, identity, part) for folder, identity in mine))
            if mine:
                folder, identity = mine[0]
                if self.registry.is_lost(folder, identity):
                    reason = f"the file of {identity} cannot be read: {path_of(folder, identity)}"
                    return Nothing(word, reason, lost=True)
                return self._part(word, Named(folder, identity, part, note))
        return self._nothing(word, whole, city, folders)

    def _readings(
        self, whole: str, city: str | None, folders: tuple[str, ...]
    ) -> Iterator[tuple[list[tuple[str, str]], str | None]]:
        """The ways to read the word, from the strictest to the loosest, each with what answers to it."""
        folded = name_key(whole)
        units = UNITS in folders
        yield [(folder, whole) for folder in folders if whole in self._identities[folder]], None
        if units:
            yield self._units(self._codes.get(whole, ()), on_day=True), None
        yield [one for one in self._slugs.get(whole, ()) if one[0] in folders], None
        if PAPERS in folders:
            yield [(PAPERS, identity) for identity in self._numbers.get(number(whole), ())], None
        # What the word names is there and cannot be read: nothing else is meant, however alike it is called.
        yield self._lost(whole, city, folders)[:1], None
        for names in (self._names_on_day, self._names_ever):
            yield [one for one in names.get(folded, ()) if one[0] in folders], None
        if units:
            yield self._former_bearers(whole)
            yield self._units(self._codes.get(whole.partition(" ")[0], ()), on_day=True), None
        yield [one for one in self._formerly.get(whole, ()) if one[0] in folders], None
        for names in (self._names_on_day, self._names_ever):
            yield (
                [one for name, bearers in names.items() if folded in name for one in bearers if one[0] in folders],
                None,
            )

    def _lost(self, whole: str, city: str | None, folders: tuple[str, ...]) -> list[tuple[str, str]]:
        """The things of this identity or slug whose files cannot be read."""
        cities = self.registry.municipalities if city is None else (city,)
        slugs = dict.fromkeys((whole, number(whole)))
        identities = [whole] if "/" in whole else [f"{one}/{slug}" for one in cities for slug in slugs]
        return [(folder, one) for folder in folders for one in identities if self.registry.is_lost(folder, one)]

    def _units(self, bearings: Iterable[tuple[Span, str]], *, on_day: bool) -> list[tuple[str, str]]:
        return [(UNITS, unit) for span, unit in bearings if span.holds(self.day) or not on_day]

    def _former_bearers(self, code: str) -> tuple[list[tuple[str, str]], str | None]:
        """The last bearers of a code that nobody bears on the day: those before it, else the first after it."""
        bearings = self._codes.get(code, ())
        past = [bearing for bearing in bearings if bearing[0].end <= self.day]
        if past:
            last = max(span.end for span, _ in past)
            units = [(UNITS, unit) for span, unit in past if span.end == last]
            until = day_before(last).isoformat()
            return units, f"nobody bears {code} on {self.day.isoformat()}; its last bearer did until {until}"
        if bearings:
            first = min(span.start for span, _ in bearings)
            units = [(UNITS, unit) for span, unit in bearings if span.start == first]
            return (
                units,
                f"nobody bears {code} on {self.day.isoformat()}; its first bearer does from {first.isoformat()}",
            )
        return [], None

    def _part(self, word: str, named: Named) -> Named | Nothing:
        if named.part is None:
            return named
        known = self._parts(named)
        if named.part in known:
            return named
        near = get_close_matches(named.part, known, _NEAREST, _RATIO) or sorted(known)[:_NEAREST]
        kinds = {UNITS: "post or task", PLANS: "step or dimension"}.get(named.folder, "part")
        return Nothing(
            word,
            f"{named.identity} has no {kinds} {shortened(named.part)}",
            tuple(f"{named.identity}#{one}" for one in near),
        )

    def _parts(self, named: Named) -> list[str]:
        if named.folder == UNITS:
            unit = self.registry.units[named.identity]
            return [*unit.posts, *unit.tasks]
        if named.folder != PLANS:
            return []
        plan = self.registry.plans[named.identity]
        return [*plan.steps, *plan.dimensions]

    def _candidate(self, folder: str, identity: str, part: str | None) -> tuple[str, str]:
        reference = f"{identity}#{part}" if part else identity
        if folder == UNITS:
            return reference, self._label(self.registry.units[identity])
        if folder == PAPERS:
            paper = self.registry.papers[identity]
            return reference, f"{paper.kind}: {paper.title}"
        return reference, next((text for _, text in _texts(self.registry.plans[identity].timeline, "title")), "plan")

    def _label(self, unit: Unit) -> str:
        names = [text for _, text in _texts(unit.timeline, "name")]
        codes = [text for _, text in _texts(unit.timeline, "code")]
        return " ".join([*codes[-1:], *names[-1:]]) or "a unit that never was"

    def _nothing(self, word: str, whole: str, city: str | None, folders: tuple[str, ...]) -> Nothing:
        bare = number(whole)
        if PAPERS in folders and _NUMBERLIKE.fullmatch(bare):
            cities = [one for one in self.registry.municipalities.values() if city in {None, one.id}]
            numbers = [one for one, papers in self._numbers.items() if any(_is_in(paper, city) for paper in papers)]
            near = tuple(get_close_matches(bare, numbers, _NEAREST, _RATIO))
            misfit = _misfit(bare, cities, self._this_year)
            if misfit is None:
                return Nothing(word, f"no paper with the number {shortened(bare)} is recorded", near)
            return Nothing(word, f"{shortened(bare)} is no number of a paper here{misfit}", near, impossible=True)
        return Nothing(word, f"nothing is recorded under {shortened(whole)}", self._near(whole, city, folders))

    def _near(self, whole: str, city: str | None, folders: tuple[str, ...]) -> tuple[str, ...]:
        words: dict[str, str] = {}
        for names in (self._names_ever, self._slugs):
            for name, bearers in names.items():
                mine = [one for one in bearers if one[0] in folders and city in {None, one[1].partition("/")[0]}]
                if mine:
                    words.setdefault(name_key(name), slug_of(mine[0][1]))
        for code, bearings in self._codes.items() if UNITS in folders else ():
            if any(_is_in(unit, city) for _, unit in bearings):
                words.setdefault(code, code)
        found = get_close_matches(name_key(whole), list(words), _NEAREST, _RATIO)
        return tuple(dict.fromkeys(words[one] for one in found))

    @cached_property
    def _identities(self) -> Mapping[str, Mapping[str, Unit | Paper | Plan]]:
        return {UNITS: self.registry.units, PAPERS: self.registry.papers, PLANS: self.registry.plans}

    @cached_property
    def _slugs(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for folder, identities in self._identities.items():
            for identity in identities:
                found[slug_of(identity)].append((folder, identity))
        return found

    @cached_property
    def _formerly(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for folder, things in self._identities.items():
            for thing in things.values():
                for former in thing.formerly:
                    found[slug_of(former)].append((folder, thing.id))
        return found

    @cached_property
    def _codes(self) -> dict[str, list[tuple[Span, str]]]:
        found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        for unit in self.registry.units.values():
            for span, code in _texts(unit.timeline, "code"):
                found[code].append((span, unit.id))
        return found

    @cached_property
    def _numbers(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for paper in self.registry.papers.values():
            if isinstance(paper.number, str):
                found[number(paper.number)].append(paper.id)
        return found

    @cached_property
    def _this_year(self) -> int:
        """The year asked for, or a later one from which there are papers."""
        return max([self.day.year, *(paper.date.earliest.year for paper in self.registry.papers.values())])

    @cached_property
    def _names_on_day(self) -> dict[str, list[tuple[str, str]]]:
        return self._names(on_day=True)

    @cached_property
    def _names_ever(self) -> dict[str, list[tuple[str, str]]]:
        return self._names(on_day=False)

    def _names(self, *, on_day: bool) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        for name, folder, identity in self._bearings(on_day=on_day):
            found[name_key(name)][folder, identity] = None
        return {name: list(bearers) for name, bearers in found.items()}

    def _bearings(self, *, on_day: bool) -> Iterator[tuple[str, str, str]]:
        """Every name with the folder and identity of what bears it; those of papers belong to no day."""
        for unit in self.registry.units.values():
            for attribute in ("name", "short_name", "aka"):
                texts = _texts(unit.timeline, attribute)
                yield from ((name, UNITS, unit.id) for span, name in texts if not on_day or span.holds(self.day))
            if not on_day:
                yield from ((name, UNITS, unit.id) for name in _other_names(unit.timeline, "name"))
        for plan in self.registry.plans.values():
            for attribute in ("title", "aka"):
                yield from ((name, PLANS, plan.id) for _, name in _texts(plan.timeline, attribute))
        for paper in () if on_day else self.registry.papers.values():
            yield from ((title, PAPERS, paper.id) for title in (paper.title, *paper.aka) if isinstance(title, str))


def _is_in(identity: str, city: str | None) -> bool:
    return city in {None, identity.partition("/")[0]}


def _misfit(bare: str, cities: Iterable[Municipality], this_year: int) -> str | None:
    """Why no city can have given the number, as far as more than its form says it; None where one can have.

    Cities that know no grammar decide only where no other is asked.
    """
    eras = [(era, city.span_of(era)) for city in cities for era in city.numbers]
    fitting = [(era, span) for era, span in eras if era.fits(bare)]
    if not eras or any(_is_of(era, span, bare, this_year) for era, span in fitting):
        return None
    told = " and ".join(dict.fromkeys(_days(span) for _, span in fitting))
    return f": numbers like it were given {told}" if told else ""


def _days(span: Span) -> str:
    # On the day on which the next era comes both may be used: it is not told as a day of the former one.
    last = day_before(day_before(span.end))
    return f"from {span.start.isoformat()} on" if span.end == NEVER else f"until {last.isoformat()}"


def _is_of(era: Era, span: Span, bare: str, this_year: int) -> bool:
    """Whether the year that the number names lies in the era; one that names none may be of any year of it."""
    digits = bare[:2] if era.year == "first" else bare[-2:]
    if era.year is None or not digits.isdecimal():
        return True
    # Two digits are a year of the hundred that end twenty years from now.
    years = range(this_year + _AHEAD, this_year + _AHEAD - _CENTURY, -1)
    year = next(year for year in years if year % _CENTURY == int(digits))
    return span.overlap(Span(date(year, 1, 1), date(year + 1, 1, 1))) is not None


def _texts(timeline: Timeline, attribute: str) -> Iterator[tuple[Span, str]]:
    """The texts that an attribute holds, with their days; those of what is intended come last."""
    for life in (*timeline.lives, *timeline.intended):
        for span, held in life.runs(attribute):
            values = held.value if isinstance(held.value, tuple) else (held.value,)
            for value in values:
                if isinstance(value, str):
                    yield span, value


def _other_names(timeline: Timeline, attribute: str) -> Iterator[str]:
    """The names that other sources give instead."""
    for entry in timeline.entries:
        for other in entry.also:
            value = other.values.get(attribute)
            if isinstance(value, str):
                yield value
