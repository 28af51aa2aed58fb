"""The state of a step is a word that its city's vocabulary does not have.

Cities call things differently, and colours mean one thing here and another there. So `data/registry.yaml` has the words
of each city under `states:`, each standing for open, active, done or dropped. Of a step whose word is not among them
nobody can tell whether it is overdue.

Write one of the city's words, or add the word to `states:` with what it stands for.

Wrong:

    # data/actionplans/bs/plan.yaml
    timeline:
      - from: 2022-03-15
        title: Plan
        responsible: [sozialreferat]
    steps:
      befragung:
        - from: 2022-03-15
          title: Befragung
          state: grün

Right:

    # data/actionplans/bs/plan.yaml
    timeline:
      - from: 2022-03-15
        title: Plan
        responsible: [sozialreferat]
    steps:
      befragung:
        - from: 2022-03-15
          title: Befragung
          state: erledigt
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from orgreg.check.strands import strands
from orgreg.check.wording import times
from orgreg.model.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.strands import Strand
    from orgreg.model.finding import Route
    from orgreg.model.registry import Municipality, Registry

RULE: Final = Rule("A006", "unknown-state")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every word of a step that is no state of its city, at its first place there."""
    for strand in strands(registry):
        city = registry.municipalities.get(strand.municipality)
        if strand.what != "step" or city is None or not registry.vocabulary_read:
            continue
        places: dict[str, list[Route]] = {}
        for word, route in _words(strand):
            if word not in city.states:
                places.setdefault(word, []).append(route)
        for word, routes in sorted(places.items()):
            yield Finding(
                RULE,
                strand.path,
                f"{word} is no state of {city.name}" + times(len(routes)),
                _hint(word, city),
                route=routes[0],
                entity=strand.id,
            )


def _words(strand: Strand) -> Iterator[tuple[str, Route]]:
    """Every state that the step is given, by its own entries and by other sources."""
    for entry in strand.timeline.entries:
        if isinstance(state := entry.values.get("state"), str):
            yield state, strand.at(entry, "state")
        for place, other in enumerate(entry.also):
            if isinstance(state := other.values.get("state"), str):
                yield state, strand.at(entry, "also", place, "state")


def _hint(word: str, city: Municipality) -> str:
    by_case = {state.casefold(): state for state in sorted(city.states)}
    near = get_close_matches(word.casefold(), by_case, 1, 0.6)
    add = f"add the word to states: of {city.id} in data/registry.yaml"
    if near:
        return f"did you mean {by_case[near[0]]}? If not, {add}"
    return f"write one of {', '.join(sorted(city.states))}, or {add}" if city.states else add
