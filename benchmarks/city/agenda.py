"""What happens in a made-up city, and when it is entered: the steps in which its files grow.

First the administration of 2005 is entered, from the top. Then, to the middle of 2026, units are renamed, recoded,
moved, merged and ended, tasks and posts change hands, papers come in, plans are made and reported on, and what was
entered is put right. Each step leaves a register without errors, so every one of them may be a commit.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from benchmarks.city.changes import Changes
from benchmarks.city.desk import Desk
from benchmarks.city.duties import Duties
from benchmarks.city.lives import Lives
from benchmarks.city.mending import Mending
from benchmarks.city.papers import Papers
from benchmarks.city.plans import Plans
from benchmarks.city.town import ABOVE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.city.desk import Step
    from benchmarks.city.pages import Value

_FOUNDED: Final = date(1975, 1, 1)
_OPENED: Final = date(2005, 11, 2)
"""The day of the overview that the register begins with."""
_LAST: Final = date(2026, 5, 1)
"""The day until which anything happens in any city; in each other city some weeks less."""
_SHARES: Final = {
    "Dezernat": 0.01,
    "Fachbereich": 0.045,
    "Referat": 0.01,
    "Stabsstelle": 0.015,
    "Ausschuss": 0.015,
    "Abteilung": 0.17,
    "Stelle": 0.55,
    "Sachgebiet": 1.0,
}
"""How many of a city's units are of a kind; the last takes what is left."""
_MOST: Final = {"Dezernat": 9, "Fachbereich": 90, "Referat": 80}
_GROWN: Final = 0.78
"""How many of a city's units there are in 2005."""
_FREQUENCIES: Final = {
    "rename": 0.35,
    "contact": 0.45,
    "task": 0.6,
    "transfer": 0.1,
    "post": 0.25,
    "holder": 0.35,
    "recode": 0.02,
    "move": 0.1,
    "dissolve": 0.03,
    "absorb": 0.06,
    "confirm": 0.8,
    "correct": 0.06,
    "sharpen": 0.06,
    "decide": 0.1,
    "refile": 0.1,
    "intend": 0.03,
    "paper": 0.16,
    "inquiry": 0.03,
    "plan": 0.012,
    "report": 0.1,
}
"""How often something happens, for each unit of the city."""
_OVERVIEWS: Final = (date(2013, 3, 4), date(2020, 9, 7))
"""When, about, an overview of all units comes in; another one at the end."""


class Agenda:
    """The life of one city."""

    def __init__(self, number: int, units: int, seed: int) -> None:
        self.desk = Desk(number, units, seed)
        self.city, self.chance = self.desk.city, self.desk.chance
        self.early = timedelta(days=number * 37 % 400)
        self.duties = Duties(self.desk)
        self.lives = Lives(self.desk, self.duties)
        changes, papers, mending = Changes(self.desk), Papers(self.desk), Mending(self.desk)
        plans = Plans(self.desk, papers)
        self._doing: dict[str, Callable[[date], Iterator[Step]]] = {
            "absorb": self.lives.absorb,
            "confirm": mending.confirm,
            "contact": changes.contact,
            "correct": mending.correct,
            "create": self.lives.create,
            "decide": mending.decide,
            "dissolve": self.lives.dissolve,
            "holder": self.duties.holder,
            "inquiry": papers.inquiry,
            "intend": changes.intend,
            "merge": self.lives.merge,
            "move": changes.move,
            "overview": papers.overview,
            "paper": papers.paper,
            "plan": plans.plan,
            "post": self.duties.post,
            "recode": changes.recode,
            "refile": mending.refile,
            "rename": changes.rename,
            "replace": self.lives.replace,
            "report": plans.report,
            "sharpen": mending.sharpen,
            "split": self.lives.split,
            "task": self.duties.task,
            "transfer": self.duties.transfer,
        }

    def steps(self) -> Iterator[Step]:
        """All steps, in the order in which they are entered."""
        yield from self._begin()
        for day, what in self._events():
            yield from self._doing[what](day)

    def _events(self) -> list[tuple[date, str]]:
        """What happens after 2005, by day. Merged, split and replaced units are new units; so many are left to come."""
        coming = self.desk.wanted - self.city.units
        merged, replaced = coming // 5, coming // 5
        split = coming // 5 // 2
        counts = {what: int(share * self.desk.wanted + self.chance.random()) for what, share in _FREQUENCIES.items()}
        counts |= {"merge": merged, "replace": replaced, "split": split}
        counts["create"] = coming - merged - replaced - 2 * split
        last = _LAST - self.early
        days = (last - date(2006, 1, 1)).days + 1
        found = [
            (date(2006, 1, 1) + timedelta(days=self.chance.randrange(days)), what)
            for what, count in sorted(counts.items())
            for _ in range(count)
        ]
        firsts = (1 if self.chance.random() < 2 / 3 else min(day.day, 27) for day, _ in found)  # nothing on a last day
        events = [(day.replace(day=first), what) for first, (day, what) in zip(firsts, found, strict=True)]
        overviews = (*(day - self.early for day in _OVERVIEWS), last + timedelta(days=32))
        return sorted([*events, *((day, "overview") for day in overviews)])

    def _begin(self) -> Iterator[Step]:
        """The administration of 2005."""
        city = self.city
        city.overviews.append((_OPENED, city.paper("Organisationsplan", "Verwaltungsgliederungsplan", _OPENED)))
        yield self.desk.step(_OPENED, "Enter the plan of 2005", city.overviews[0][1])
        for _ in range(max(1, self.desk.wanted // 50)):
            day = date(self.chance.randrange(1995, 2005), self.chance.randrange(1, 13), self.chance.randrange(1, 29))
            paper = city.paper("Mitteilung", "Organisation der Verwaltung", day)
            yield self.desk.step(_OPENED, f"Enter {paper.slug}", paper)
        whole = city.born("Verwaltung", None, _FOUNDED, "unknown")
        yield self.desk.step(_OPENED, "Enter the administration", whole.file)
        council = city.born("Rat", None, _FOUNDED, "unknown")
        yield self.desk.step(_OPENED, "Enter the council", council.file)
        kinds = self._kinds()
        for kind, day in zip(kinds, self._openings(len(kinds)), strict=True):
            yield from self._first(kind, day)

    def _kinds(self) -> list[str]:
        """The kinds of the units of 2005, from the top."""
        grown = max(int(self.desk.wanted * _GROWN), min(self.desk.wanted, 12)) - self.city.units
        kinds: list[str] = []
        for kind, share in _SHARES.items():
            count = min(max(1, round(self.desk.wanted * share)), _MOST.get(kind, self.desk.wanted), grown - len(kinds))
            kinds += [kind] * count
        return kinds

    def _openings(self, count: int) -> list[date]:
        """As many days from 1975 to 2005, in order, mostly a first of a month."""
        days = (_OPENED - _FOUNDED).days - 40
        found = (_FOUNDED + timedelta(days=self.chance.randrange(days)) for _ in range(count))
        return sorted(day.replace(day=1) if self.chance.random() < 4 / 5 else day for day in found)

    def _first(self, kind: str, day: date) -> Iterator[Step]:
        """A unit of 2005 with its task."""
        city = self.city
        above = None
        if kind in ABOVE:
            kind, above = self.lives.room(kind)
        ever = kind == "Dezernat" or above is None
        wrote = "unknown" if ever else city.written(day)
        extra: dict[str, Value] = {}
        if kind == "Ausschuss" and city.by_kind.get("Fachbereich"):
            extra["secretariat"] = self.chance.choice(city.by_kind["Fachbereich"]).file
        if wrote != "unknown" and not wrote[-2:].isdigit():
            extra["inferred"] = {"from": "the plan gives the year only"}
        unit = city.born(kind, above, _FOUNDED if ever else day, wrote, **extra)
        if wrote not in {"unknown", f"{day}"}:
            city.vague.append((unit.file, unit.naming, day))
        if self.chance.random() < 1 / 30:
            other = city.name(kind, unit.theme)
            unit.naming.instead = (other, city.source(f"{other} {unit.code}"))
        if kind in {"Stelle", "Sachgebiet", "Abteilung"} and self.chance.random() < 3 / 5:
            self.duties.assign(unit, day, wrote)
        yield self.desk.step(_OPENED, f"Enter {unit.name}", unit.file)
