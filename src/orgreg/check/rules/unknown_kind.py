"""A unit is of a kind that its city does not have.

registry.yaml lists the kinds of each city in the city's own words, with rank and codes. A kind that is not listed has
no rank, so nobody knows where its units stand; most often the word is misspelled. Cities have different words: a
Fachgruppe of Buxtehude is no Abteilung.

Correct the word, or add the kind to registry.yaml; write `kind: unknown` where no source names one.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stele
        parent: none

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
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

RULE: Final = Rule("V001", "unknown-kind")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every word of a file that is no kind of its city, at its first place there."""
    for strand in strands(registry):
        city = registry.municipalities.get(strand.municipality)
        if strand.what != "unit" or city is None or not registry.vocabulary_read:
            continue
        places: dict[str, list[Route]] = {}
        for word, route in _words(strand):
            if word not in city.kinds:
                places.setdefault(word, []).append(route)
        for word, routes in sorted(places.items()):
            yield Finding(
                RULE,
                strand.path,
                f"{word} is no kind of {city.name}" + times(len(routes)),
                _hint(word, city),
                route=routes[0],
                entity=strand.id,
            )


def _words(strand: Strand) -> Iterator[tuple[str, Route]]:
    """Every kind that the file names, of the unit itself and by other sources."""
    for entry in strand.timeline.entries:
        if isinstance(kind := entry.values.get("kind"), str):
            yield kind, strand.at(entry, "kind")
        for place, other in enumerate(entry.also):
            if isinstance(kind := other.values.get("kind"), str):
                yield kind, strand.at(entry, "also", place, "kind")


def _hint(word: str, city: Municipality) -> str:
    by_case = {kind.casefold(): kind for kind in sorted(city.kinds)}
    near = get_close_matches(word.casefold(), by_case, 1, 0.6)
    add = f"add the kind to {city.id} in data/registry.yaml"
    if near:
        return f"did you mean {by_case[near[0]]}? If not, {add}"
    return f"write one of {', '.join(sorted(city.kinds))}, or {add}" if city.kinds else add
