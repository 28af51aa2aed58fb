"""A `change:` word stands at one unit only.

The word ties the entries of several units to one change: one reorganisation, one story. At one unit alone it ties
nothing: the other entries were forgotten, or the word is misspelled here or there. All that becomes different of one
unit on one day is one change without any word.

Give the word to the other entries of the change, correct its spelling, or delete it.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: 2024-03-01
        change: neugliederung
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: 2024-03-01
        change: neugliederung
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
    # data/units/bs/planung.yaml
    timeline:
      - from: 2024-03-01
        change: neugliederung
        name: Sozialplanung
        kind: Stelle
        parent: sozialreferat
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from orgreg.check.strands import strands
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.unit import municipality_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.strands import Strand
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry

RULE: Final = Rule("T003", "change-on-one-unit", Severity.WARNING)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every such word, at its first place. A file that cannot be read may have the others."""
    changes: dict[tuple[str, str], list[tuple[Strand, Entry]]] = {}
    for strand in strands(registry):
        for entry in strand.timeline.entries:
            if entry.change is not None:
                changes.setdefault((strand.municipality, entry.change), []).append((strand, entry))
    words = {key: {strand.owner for strand, _ in found} for key, found in changes.items()}
    for (city, word), found in changes.items():
        if len(words[city, word]) == 1 and not _may_stand_elsewhere(registry, city, word):
            others = [other for (there, other), units in words.items() if there == city and len(units) > 1]
            near = get_close_matches(word, others, 1, 0.7)
            strand, entry = min(found, key=lambda one: (one[0].path, one[0].route, one[1].position))
            yield Finding(
                RULE,
                strand.path,
                f"{word} stands at one unit only, and ties nothing together",
                f"did you mean {near[0]}?" if near else "give it to the other units of the change, or delete it",
                route=strand.at(entry, "change"),
                entity=strand.id,
            )


def _may_stand_elsewhere(registry: Registry, city: str, word: str) -> bool:
    lost = (known for known in registry.unreadable if municipality_of(known[1]) == city)
    return any(registry.may_say(known, word) for known in lost)
