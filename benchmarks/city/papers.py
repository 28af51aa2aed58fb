"""What the papers of a city are: motions, inquiries with their answers, overviews of the whole."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from benchmarks.city import words
from benchmarks.city.pages import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from benchmarks.city.desk import Desk, Step
    from benchmarks.city.pages import Value


class Papers:
    """Papers as they come in."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.city, self.chance = desk, desk.city, desk.chance

    def paper(self, day: date) -> Iterator[Step]:
        """A paper on its own, mostly one that mentions another."""
        kind = self.chance.choice(
            ("Mitteilung", "Beschlussvorlage", "Beschlussvorlage", "Pressemitteilung", "Webseite")
        )
        more: dict[str, Value] = {}
        if kind == "Beschlussvorlage":
            more["consultations"] = self.consultations(day)
            more["effects"] = [{"orders": "die Neuordnung der Zuständigkeiten"}]
        elif kind == "Mitteilung":
            more["effects"] = [{"informs": "Stand der Verwaltungsgliederung"}]
        draw, (_, other) = self.chance.random(), self.city.papers[-self.chance.randrange(1, 1 + len(self.city.papers))]
        relation = "cites" if draw < 1 / 3 else "amends" if draw < 2 / 5 else "supplements"
        if draw < 1 / 2:
            more["relations"] = {relation: f"[{other.slug}]"}
        paper = self.city.paper(kind, f'"Organisation: {self.chance.choice(words.THEMES)}"', day, more)
        yield self.desk.step(day, f"Enter {paper.slug}", paper)

    def consultations(self, day: date) -> list[dict[str, str]]:
        """Where a motion is discussed."""
        bodies = [*self.city.by_kind.get("Ausschuss", [])]
        stations = [self.chance.choice(bodies)] if bodies else []
        council = self.city.by_kind["Rat"][0]
        dates = (day + timedelta(days=14), day + timedelta(days=28))
        return [
            {"body": body.file.slug, "role": role, "date": f"{when}", "result": "beschlossen"}
            for body, role, when in zip(
                (*stations, council), ("Vorberatung", "Entscheidung")[-1 - len(stations) :], dates, strict=False
            )
        ]

    def inquiry(self, day: date) -> Iterator[Step]:
        """A question and, mostly, its answer some weeks later."""
        title = f"Zuständigkeit für {self.chance.choice(words.THEMES)}"
        council = self.city.by_kind["Rat"][0].file.slug
        asked = self.city.paper(
            "Anfrage", title, day, {"consultations": [{"body": council, "role": "zur Beantwortung"}]}
        )
        yield self.desk.step(day, f"Enter {asked.slug}", asked)
        if self.chance.random() < 4 / 5:
            answer = self.city.paper(
                "Stellungnahme", title, day + timedelta(days=self.chance.randrange(7, 60)), question=asked
            )
            yield self.desk.step(day, f"Enter {answer.slug}", answer)

    def overview(self, day: date) -> Iterator[Step]:
        """A plan of the whole administration: it confirms the name of every unit, in one commit."""
        old = self.city.overviews[-1][1]
        plan = self.city.paper(
            "Organisationsplan", "Verwaltungsgliederungsplan", day, {"relations": {"replaces": f"[{old.slug}]"}}
        )
        self.city.overviews.append((day, plan))
        yield self.desk.step(day, f"Enter {plan.slug}", plan)
        for unit in self.city.living:
            unit.naming.sources.append(Source(plan, f"{unit.code} {unit.name}".strip()))
        yield self.desk.step(
            day, f"All units as the plan of {day.year} has them", *(unit.file for unit in self.city.living)
        )
