"""Action plans with their steps, and what is reported on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from benchmarks.city import words
from benchmarks.city.pages import Entry, File, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.city.desk import Desk, Step
    from benchmarks.city.pages import Value
    from benchmarks.city.papers import Papers


@dataclass(frozen=True, slots=True)
class _Plan:
    """A plan, and the days on which something is said of its steps."""

    file: File
    said: set[tuple[str, date]]


class Plans:
    """The plans of a city."""

    def __init__(self, desk: Desk, papers: Papers) -> None:
        self.desk, self.city, self.chance = desk, desk.city, desk.chance
        self.papers = papers
        self.plans: list[_Plan] = []

    def plan(self, day: date) -> Iterator[Step]:
        """An action plan with its steps, one after another."""
        city = self.city
        theme = self.chance.choice(words.THEMES)
        carriers = [unit for unit in city.by_kind.get("Fachbereich", []) if unit.opened < day]
        if not carriers:
            return
        carrier = self.chance.choice(carriers)
        more: dict[str, Value] = {"consultations": self.papers.consultations(day)}
        mandate = city.paper("Beschlussvorlage", f"Handlungskonzept {theme}", day, more)
        yield self.desk.step(day, f"Enter {mandate.slug}", mandate)
        slug = f"handlungskonzept-{words.slug(theme)}-{day.year}-{len(self.plans)}"
        file = File(f"actionplans/{city.slug}", slug)
        values: dict[str, Value] = {
            "title": f"Handlungskonzept {theme} {day.year}",
            "mandate": (mandate,),
            "responsible": (carrier.file,),
            "goals": f"[{theme} stärken, Zuständigkeiten klären]",
        }
        city.enter(file, file.timeline, Entry(f"{day}", values, [Source(mandate, f"Handlungskonzept {theme}")]))
        steps: dict[str, list[Entry]] = {}
        before, due = "", day
        for title in words.STEPS[: self.chance.randrange(4, 1 + len(words.STEPS))]:
            due += timedelta(days=self.chance.randrange(60, 240))
            modality = self.chance.choice(("fixed", "target", "expected"))
            stated: dict[str, Value] = {"title": title, "kind": "step"}
            stated["due"] = f"{{day: {due}, modality: {modality}}}"
            stated["responsible"] = (carrier.file,)
            if before:
                stated["depends_on"] = f"[{before}]"
            stated["state"] = "offen"
            before = words.slug(title)
            steps[before] = []
            city.enter(file, steps[before], Entry(f"{day}", stated, [Source(mandate, f"{title} bis {due:%d.%m.%Y}")]))
        file.parts["steps"] = steps
        self.plans.append(_Plan(file, {(step, day) for step in steps}))
        yield self.desk.step(day, f"Enter the plan {slug}", file)

    def report(self, day: date) -> Iterator[Step]:
        """What is known of a step by now."""
        if not self.plans:
            return
        plan = self.chance.choice(self.plans)
        slug = self.chance.choice(list(plan.file.parts["steps"]))
        if (slug, day) in plan.said:
            return
        plan.said.add((slug, day))
        state = self.chance.choice(words.STATES[1:])
        entry = Entry(f"{day}", {"state": state}, [self.city.source(f"Sachstand: {state}")])
        plan.file.parts["steps"][slug].append(entry)
        yield self.desk.step(day, f"Report on {plan.file.slug}: {state}", plan.file)
