"""How the entries of a change are made of what it says and what it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.change.proposal import Draft
from orgreg.model.registry import UNITS
from orgreg.model.timeline import Entry
from orgreg.model.unit import slug_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgreg.change.proposal import Basis
    from orgreg.model.timeline import Value


def new_entry(basis: Basis, values: Mapping[str, Value], *, word: str | None = None) -> Entry:
    """An entry that says these values on the day of the change, with its decision and sources."""
    return Entry(
        since=basis.since,
        values=dict(values),
        sources=basis.sources,
        change=word or basis.word,
        decided_by=basis.decided_by,
        because=basis.because,
    )


def draft(identity: str, entry: Entry) -> Draft:
    """An entry for a unit's own timeline."""
    return Draft(UNITS, identity, ("timeline",), entry)


def part_draft(identity: str, route: tuple[str, str], entry: Entry) -> Draft:
    """An entry for a task or post of a unit."""
    return Draft(UNITS, identity, route, entry)


def word_for(basis: Basis, identity: str) -> str:
    """The word that holds a change of several units together: the one given, else the unit and the day."""
    return basis.word or f"{slug_of(identity)}-{basis.since.counts_from.isoformat()}"
