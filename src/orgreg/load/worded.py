"""Making the text of a municipality's words: see `words`, which searches it."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from orgreg.load.renewing import Renewal
from orgreg.load.words import FOLDERS, MADE_OF
from orgreg.model.registry import UNITS, Registry
from orgreg.query.mentions import mentions
from orgreg.query.names import words_of
from orgreg.store.edition import edition

if TYPE_CHECKING:
    from orgreg.load.reading import Progress, Reading
    from orgreg.load.texts import City
    from orgreg.model.paper import Paper
    from orgreg.model.plan import Plan
    from orgreg.model.unit import Unit


def worded(reading: Reading, city: City, progress: Progress | None = None) -> str:
    """The text of a municipality, of what each file gives to it."""
    kind, key = f"words of {edition(*MADE_OF)}", f"{city.identity} {city.vocabulary}"
    kept = reading.source.cache.get(kind, [key]).get(key)
    parts, faults = ({}, {}) if kept is None else json.loads(kept)
    renewal = Renewal(reading, city, faults, progress)
    registry = Registry(municipalities=reading.cities)
    for folder in FOLDERS:
        renewal.renew(folder, parts, partial(_part, registry, folder))
    reading.source.cache.put(kind, {key: json.dumps((parts, faults), separators=(",", ":")).encode()})
    head = {
        "changes": sorted({day for *_, days in parts.values() for day in days}),
        "faults": [[key, *told] for key, (_, *told) in faults.items()],
    }
    return "\n".join([json.dumps(head, separators=(",", ":")), *(parts[key][1] for key in sorted(parts))])


def _part(registry: Registry, folder: str, thing: Unit | Paper | Plan) -> tuple[str, list[str]]:
    """The line of a file, and the days on which its unit changes."""
    named = " ".join(sorted({thing.id, *mentions(thing)}))
    words = json.dumps(sorted(words_of(thing)), separators=(",", ":"))
    days = {day.isoformat() for day in registry.changes_of(thing)} if folder == UNITS else ()  # type: ignore[arg-type]
    return f"{folder} {thing.id} {named}  {words}", sorted(days)
