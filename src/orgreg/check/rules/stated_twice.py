"""One key is stated twice on one first day of one timeline.

A statement is known by its file, its timeline, its `from` and its key; with two of them nobody can say which one counts
or which one a correction means. Two spellings of one day, `2016-33` and `2016-01..2016-03`, are one `from`. What is in
force, planned and proposed are told apart.

Keep one of the two. What another source says instead stands in `also:`; what another source confirms is one more item
of `sources:`, or an entry from another day.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: 2016-04-01
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
      - from: 2016-04-01
        name: Migrationsbüro

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: 2016-04-01
        name: Büro für Migrationsfragen
        aka: [Migrationsbüro]
        kind: Stelle
        parent: none
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.strands import counting, strands
from orgreg.model.finding import Finding, Rule
from orgreg.model.timeline import EXCLUSIVE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.strands import Strand
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry

RULE: Final = Rule("U008", "stated-twice")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every second statement, at the key that stands further down in the file."""
    for strand in strands(registry):
        if not _may_repeat(strand.timeline.entries):
            continue
        first: dict[tuple[object, ...], tuple[Entry, str]] = {}
        for entry in counting(strand.timeline):
            since = entry.since
            for key in entry.values:
                # Under and beside are one place: who stands in the one does not stand in the other.
                told = "parent" if key in EXCLUSIVE else key
                statement = (entry.status, since.earliest, since.latest, since.nature, since.approximate, told)
                before = first.setdefault(statement, (entry, key))
                if before != (entry, key):
                    yield _finding(strand, *before, entry, key)


def _may_repeat(entries: tuple[Entry, ...]) -> bool:
    """Whether several entries begin on one day, or one says both where a unit stands under and beside."""
    days = {entry.since.earliest for entry in entries}
    return len(days) < len(entries) or any("staff_of" in entry.values and "parent" in entry.values for entry in entries)


def _finding(strand: Strand, before: Entry, other: str, entry: Entry, key: str) -> Finding:
    day = " or ".join(sorted({before.since.text, entry.since.text}))
    message, hint = f"{key} is stated twice from {day}", "keep one of them; what another source says goes into also:"
    if key != other:
        message = f"parent and staff_of are both stated from {day}"
        hint = "keep one: a unit stands under another, or beside it outside the line"
    elif before.values[key] == entry.values[key]:
        hint = "keep one of them, with the sources of both"
    return Finding(
        RULE,
        strand.path,
        message,
        hint,
        route=strand.at(entry, key),
        at_key=True,
        entity=strand.id,
        related=((strand.path, strand.at(before, other)),),
    )
