"""A made-up administration on one day: its units, who bears which code, its papers, and how they are entered.

Nothing here chooses when something happens; that is the agenda's.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Final

from benchmarks.city import words
from benchmarks.city.pages import Entry, File, Source, named

if TYPE_CHECKING:
    from benchmarks.city.pages import Value

KINDS: Final = r"""    kinds:
      Verwaltung: {rank: 0}
      Dezernat: {rank: 1, code: '[IVX]+'}
      Fachbereich: {rank: 2, code: '\d{2}'}
      Referat: {rank: 2, code: '0\d{3}'}
      Abteilung: {rank: 3, code: '(?P<parent>\d{2})\.\d'}
      Stelle: {rank: 4, code: '(?P<parent>\d{2}\.\d)\d'}
      Sachgebiet: {rank: 5, code: '(?P<parent>\d{2}\.\d\d)\d'}
      Stabsstelle: {rank: 4, line: false}
      Rat: {body: true}
      Ausschuss: {body: true}
    numbers:
      - {from: unknown, form: '\d{4,5}/\d{2}', year: last}
      - {from: 2015-01-01, form: '\d{2}-\d{5}(-\d{2})*', year: first}
    papers:
      asks: [Anfrage]
      answers: [Stellungnahme]
"""
STATES: Final = """    states:
      offen: open
      in Bearbeitung: active
      teilweise: active
      erledigt: done
"""
ABOVE: Final = {
    "Dezernat": "Verwaltung",
    "Fachbereich": "Dezernat",
    "Referat": "Dezernat",
    "Stabsstelle": "Dezernat",
    "Abteilung": "Fachbereich",
    "Stelle": "Abteilung",
    "Sachgebiet": "Stelle",
}
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_DIGITS: Final = "123456789"
_HEAD: Final = ("number", "kind", "title", "date", "author", "lead", "consultations", "relations", "effects")
_OLD_NUMBERS: Final = date(1990, 1, 1)
_NEW_NUMBERS: Final = date(2015, 1, 1)
_TRIES: Final = 100
"""After so many names that others bear, a number is put behind; after so many units that are full, all are asked."""
_A_DAY: Final = 20  # papers that the counter of a city has room for


@dataclass(slots=True, eq=False)
class Unit:
    """A unit as it is by now. `said` are the keys and days of its entries: none may stand twice."""

    file: File
    kind: str
    code: str
    theme: str
    name: str
    naming: Entry
    opened: date
    above: Unit | None = None
    below: list[Unit] = field(default_factory=list)
    said: set[tuple[str, date]] = field(default_factory=set)
    ended: bool = False

    def free(self, *keys: str, day: date) -> bool:
        """Whether these keys may be stated on that day."""
        return all((key, day) not in self.said for key in keys)


class Town:
    """One municipality; the same number, size and seed give the same one."""

    def __init__(self, number: int, seed: int) -> None:
        self.slug = f"stadt-{number}"
        self.chance = random.Random(seed * 100_003 + number)  # noqa: S311  (repeatable on purpose)
        self.living: list[Unit] = []
        self.by_kind: dict[str, list[Unit]] = {}
        self.codes: dict[str, Unit] = {}
        self.units = 0
        self.papers: list[tuple[date, File]] = []
        self.overviews: list[tuple[date, File]] = []
        self.vague: list[tuple[File, Entry, date]] = []
        self.undecided: list[tuple[File, Entry, date]] = []
        self._names: set[str] = set()
        self._slugs: set[str] = set()
        self._numbers: set[str] = set()

    # ------------------------------------------------------------------------------------------------------------ units

    def born(self, kind: str, above: Unit | None, day: date, wrote: str, **also: Value) -> Unit:
        """A new unit with its file and first entry; `wrote` is its first day as it stands there."""
        theme = self._theme(above)
        name = self.name(kind, theme)
        code = self.code(kind, above)
        values: dict[str, Value] = {"name": name, "kind": kind}
        if code:
            values["code"] = f'"{code}"'
        if above is None:
            values["parent"] = "none"
        else:
            values["staff_of" if kind == "Stabsstelle" else "parent"] = above.file
        file = File(f"units/{self.slug}", self.take_slug(name))
        opening = Entry(wrote, values | also, [self.source(f"{kind} {code} {name} ist eingerichtet worden")])
        unit = Unit(file, kind, code, theme, name, opening, day, above)
        self.enter(file, file.timeline, opening)
        unit.said |= {(key, day) for key in opening.values}
        self.living.append(unit)
        self.by_kind.setdefault(kind, []).append(unit)
        if above is not None:
            above.below.append(unit)
        if code:
            self.codes[code] = unit
        self.units += 1
        return unit

    def gone(self, unit: Unit) -> None:
        """The unit has ended: its code is free again."""
        unit.ended = True
        self.living.remove(unit)
        self.by_kind[unit.kind].remove(unit)
        if unit.above is not None:
            unit.above.below.remove(unit)
        self.release(unit)

    def release(self, unit: Unit) -> None:
        """The unit's code is free: on its last day already what comes after it may bear it."""
        if unit.code:
            del self.codes[unit.code]
            unit.code = ""

    def code(self, kind: str, above: Unit | None) -> str:
        """A code that nobody bears and that fits; empty where the kind has none or there is none left."""
        if kind == "Dezernat":
            fitting = list(_ROMAN)
        elif kind == "Fachbereich":
            fitting = [str(number) for number in range(10, 100)]
        elif kind == "Referat":
            fitting = [f"0{number}" for number in range(100, 1000, 10)]
        elif kind in {"Abteilung", "Stelle", "Sachgebiet"} and above is not None and above.code:
            stem = f"{above.code}." if kind == "Abteilung" else above.code
            fitting = [f"{stem}{digit}" for digit in _DIGITS]
        else:
            return ""
        free = [code for code in fitting if code not in self.codes]
        return self.chance.choice(free) if free else ""

    def room(self, kind: str) -> Unit | None:
        """A unit under which one of this kind still finds a code."""
        above = self.by_kind.get(ABOVE[kind], [])
        for _ in range(_TRIES if above else 0):
            unit = self.chance.choice(above)
            if has_room(unit, kind):
                return unit
        room = [unit for unit in above if has_room(unit, kind)]
        return self.chance.choice(room) if room else None

    def recode(self, unit: Unit, code: str) -> list[tuple[Unit, str]]:
        """The unit and all below it with their new codes, which they bear from now on."""
        affected = [unit, *self.line(unit)]
        before = unit.code
        for one in affected:
            if one.code:
                del self.codes[one.code]
        coded = [(one, code + one.code[len(before) :]) for one in affected if one.code]
        for one, now in coded:
            one.code = now
            self.codes[now] = one
        return coded

    def line(self, unit: Unit) -> list[Unit]:
        """All that stands below the unit in the line."""
        found: list[Unit] = []
        for one in unit.below:
            if one.kind != "Stabsstelle":
                found += [one, *self.line(one)]
        return found

    def leaf(self, *kinds: str) -> Unit | None:
        """A unit without any below it that nothing else depends on."""
        for _ in range(20):
            fitting = self.by_kind.get(self.chance.choice(kinds), [])
            unit = self.chance.choice(fitting) if fitting else None
            if unit is not None and not unit.below:
                return unit
        return None

    # ------------------------------------------------------------------------------------------------------------ names

    def name(self, kind: str, theme: str) -> str:
        """A name that no unit of the city has borne."""
        for turn in count():
            other, aspect = self.chance.choice(words.THEMES), self.chance.choice(words.ASPECTS)
            place = self.chance.choice(words.PLACES)
            name = {
                "Verwaltung": "Stadtverwaltung",
                "Rat": "Rat der Stadt",
                "Ausschuss": f"Ausschuss für {theme} und {other}",
                "Dezernat": f"Dezernat für {theme} und {other}",
                "Fachbereich": f"{theme} und {other}",
                "Referat": f"{theme}referat",
                "Abteilung": f"{theme} und {aspect}",
                "Stabsstelle": f"Stabsstelle {theme}, {aspect}",
            }.get(kind, f"{theme}, {aspect} {place}")
            name += f" {turn}" * (turn > _TRIES)
            if name not in self._names:
                self._names.add(name)
                return name
            theme = other if self.chance.random() < 1 / 2 else theme
        raise AssertionError  # count has no end

    def _theme(self, above: Unit | None) -> str:
        """Mostly that of the unit above."""
        if above is None or above.kind in {"Verwaltung", "Dezernat"} or self.chance.random() < 1 / 3:
            return self.chance.choice(words.THEMES)
        return above.theme

    def take_slug(self, name: str) -> str:
        """A slug for the name that no file of the city's units has had."""
        slug = plain = words.slug(name.replace(",", ""))
        turn = 2
        while slug in self._slugs:
            slug, turn = f"{plain}-{turn}", turn + 1
        self._slugs.add(slug)
        return slug

    # ------------------------------------------------------------------------------------------------- entries, sources

    def enter(self, file: File, timeline: list[Entry], entry: Entry) -> None:
        """Put an entry into a timeline of the file."""
        timeline.append(entry)
        for value in entry.values.values():
            for other in named(value):
                if file not in other.named_by:
                    other.named_by.append(file)

    def source(self, quote: str) -> Source:
        """What one of the papers says: mostly the newest overview of the city, else one of the newest papers."""
        if self.chance.random() < 1 / 2:
            return Source(self.overviews[-1][1], quote)
        back = min(int(self.chance.expovariate(1 / 5)), len(self.papers) - 1)
        return Source(self.papers[-1 - back][1], quote)

    def decision(self, day: date) -> Value:
        """Who decided something of that day: a paper that is not younger, or nobody knows."""
        if self.chance.random() < 2 / 5:
            older = [file for dated, file in self.papers[-12:] if dated <= day]
            if older:
                return self.chance.choice(older)
        return self.chance.choice(("unknown", "unknown", "none"))

    def written(self, day: date) -> str:
        """The day as its source gives it: mostly exact, else a month, a quarter or a year that begins with it."""
        draw = self.chance.random()
        if (day.month, day.day) == (1, 1) and draw < 1 / 4:
            return f"{day.year}" if draw < 1 / 8 else f"{day.year}~"
        if day.day == 1 and draw < 1 / 8:
            return f"{day:%Y-%m}"
        if day.day == 1 and day.month % 3 == 1 and draw < 1 / 6:
            return f"{day.year}-{33 + day.month // 3}"
        if draw < 1 / 5:
            return f"{day}..{day + timedelta(days=self.chance.randrange(7, 60))}"
        return f"{day}"

    # ----------------------------------------------------------------------------------------------------------- papers

    def paper(
        self, kind: str, title: str, day: date, more: dict[str, Value] | None = None, question: File | None = None
    ) -> File:
        """A new paper, with a number of its day unless it is no paper of the council."""
        if kind in {"Pressemitteilung", "Webseite"}:
            number, slug = "none", self._paper_slug(f"{words.slug(kind)}-{day}")
        else:
            bare = (
                self._number(day) if question is None or "/" in str(question.head["number"]) else f"{question.slug}-01"
            )
            number, slug = f'"{bare}"', self._paper_slug(words.slug(bare))
        head: dict[str, Value] = {"number": number, "kind": kind, "title": title, "date": f"{day}"}
        authors = [unit.file for unit in self.by_kind.get("Fachbereich", [])]
        head["author"] = (self.chance.choice(authors),) if authors and self.chance.random() < 2 / 3 else "unknown"
        said = head | (more or {})
        if question is not None:
            said["relations"] = {"answers": f"[{question.slug}]"}
        file = File(f"decisions/{self.slug}", slug, {key: said[key] for key in _HEAD if key in said})
        for value in file.head.values():
            for other in named(value):
                other.named_by.append(file)
        file.sources.append(Source(None, f"{day:%d.%m.%Y}"))
        self.papers.append((day, file))
        return file

    def _number(self, day: date) -> str:
        for turn in range(_A_DAY):
            if day < _NEW_NUMBERS:
                number = f"{1000 + (day - _OLD_NUMBERS).days * _A_DAY // 2 + turn}/{day:%y}"
            else:
                number = f"{day:%y}-{(day - _NEW_NUMBERS).days * _A_DAY + turn:05}"
            if number not in self._numbers:
                self._numbers.add(number)
                return number
        return self._number(day + timedelta(days=1))

    def _paper_slug(self, wanted: str) -> str:
        slug, turn = wanted, 2
        while f"paper {slug}" in self._slugs:
            slug, turn = f"{wanted}-{turn}", turn + 1
        self._slugs.add(f"paper {slug}")
        return slug


def has_room(unit: Unit, kind: str) -> bool:
    """Whether there is a code left for one more of this kind below the unit."""
    return len(unit.below) < (99 if kind in {"Fachbereich", "Referat", "Stabsstelle"} else len(_DIGITS))
