"""Steps wait for one another in a circle.

`depends_on` names the steps that come before. In a circle none of them could ever begin. Often one of the names is the
wrong one, or the entry was meant for the other step.

Take one of the steps out of what the other depends on.

Wrong:

    # data/actionplans/bs/plan.yaml
    timeline:
      - from: 2022-03-15
        title: Plan
        responsible: [sozialreferat]
    steps:
      massnahmen:
        - from: 2022-03-15
          title: Maßnahmen
          depends_on: [ziele]
      ziele:
        - from: 2022-03-15
          title: Ziele
          depends_on: [massnahmen]

Right:

    # data/actionplans/bs/plan.yaml
    timeline:
      - from: 2022-03-15
        title: Plan
        responsible: [sozialreferat]
    steps:
      massnahmen:
        - from: 2022-03-15
          title: Maßnahmen
          depends_on: [ziele]
      ziele:
        - from: 2022-03-15
          title: Ziele
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.check.strands import strands_of
from orgreg.check.wording import since
from orgreg.model.finding import Finding, Rule
from orgreg.model.unit import whole_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orgreg.check.strands import Strand
    from orgreg.model.day import Span
    from orgreg.model.finding import Route
    from orgreg.model.plan import Plan
    from orgreg.model.registry import Registry

RULE: Final = Rule("A004", "steps-in-a-circle")

_TOLD: Final = 6
"""How many steps of a circle are told one by one."""


class _Edge(NamedTuple):
    """That a step waits for another for a time."""

    span: Span
    strand: Strand
    before: str
    route: Route

    @property
    def step(self) -> str:
        return self.strand.id


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every circle, at the statement that closes it, on its first day."""
    told: set[frozenset[str]] = set()
    mine = set(registry.plans)
    edges = sorted(_in_doubt(list(_edges(registry))), key=lambda edge: (edge.span.start, edge.step, edge.before))
    for edge in edges:
        day = edge.span.start
        circle = _back(edge, [other for other in edges if other.span.holds(day)])
        steps = frozenset(one.step for one in circle)
        if circle and steps not in told and not mine.isdisjoint(map(whole_of, steps)):
            told.add(steps)
            yield _finding(day, circle)


def _edges(registry: Registry) -> Iterator[_Edge]:
    """Those of the plans that are gone through and of all that their steps wait for: others may close a circle."""
    waiting = sorted(registry.plans)
    seen = set(waiting)
    while waiting:
        plan = registry.plans.get(waiting.pop())
        for edge in () if plan is None else _of_plan(plan):
            yield edge
            if (other := whole_of(edge.before)) not in seen:
                seen.add(other)
                waiting.append(other)


def _of_plan(plan: Plan) -> Iterator[_Edge]:
    for strand in strands_of(plan):
        for life in (*strand.timeline.lives, *strand.timeline.intended) if strand.what == "step" else ():
            for span, held in life.runs("depends_on"):
                for place, before in enumerate(held.value if isinstance(held.value, tuple) else ()):
                    yield _Edge(span, strand, str(before), strand.at(held.begun_by, "depends_on", place))


def _in_doubt(edges: list[_Edge]) -> list[_Edge]:
    """The edges that may be part of a circle, whatever the day: without all that lead to a step that waits for none."""
    waits: dict[str, set[str]] = defaultdict(set)
    waited_for: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        waits[edge.step].add(edge.before)
        waited_for[edge.before].add(edge.step)
    free = [step for step in waited_for if step not in waits]
    while free:
        first = free.pop()
        for step in waited_for[first]:
            waits[step].discard(first)
            if not waits[step]:
                free.append(step)
    return [edge for edge in edges if edge.before in waits[edge.step]]


def _back(edge: _Edge, edges: list[_Edge]) -> list[_Edge]:
    """The shortest way on from the edge that comes back to where it began, with the edge; empty where there is none."""
    ways: dict[str, list[_Edge]] = {edge.before: [edge]}
    ends = [edge.before]
    for here in ends:
        if here == edge.step:
            return ways[here]
        for other in edges:
            if other.step == here and other.before not in ways:
                ways[other.before] = [*ways[here], other]
                ends.append(other.before)
    return []


def _finding(day: date, circle: list[_Edge]) -> Finding:
    edge = circle[0]
    owner = edge.strand.owner
    if len(circle) == 1:
        message = f"this step waits for itself {since(day)}"
    else:
        steps = ", ".join(f"{_short(one.step, owner)} for {_short(one.before, owner)}" for one in circle[:_TOLD])
        steps += f" and so on, {len(circle)} steps" if len(circle) > _TOLD else ""
        message = f"steps wait for one another in a circle {since(day)}: {steps}"
    return Finding(
        RULE,
        edge.strand.path,
        message,
        "take one of them out of what the other depends on",
        route=edge.route,
        entity=edge.step,
        related=tuple((one.strand.path, one.route) for one in circle[1:_TOLD]),
    )


def _short(step: str, owner: str) -> str:
    return step.removeprefix(f"{owner}#") if step.startswith(f"{owner}#") else step
