"""`orgreg/diff/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgreg.formats.json.unit import value as written
from orgreg.model.timeline import Absent
from orgreg.query.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from orgreg.model.change import Change, Occasion
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Value


def diff(registry: Registry, occasions: Sequence[Occasion], after: date, until: date) -> dict[str, Any]:
    """What changed in the city after one day and until another. Between days nothing is corrected or becomes known."""
    return {
        "format": "orgreg/diff/1",
        "from": after.isoformat(),
        "to": until.isoformat(),
        "as_of": None,
        "changes": [_change(registry, change) for occasion in occasions for change in occasion.changes],
        "corrections": [],
        "became_known": [],
    }


def _change(registry: Registry, change: Change) -> dict[str, Any]:
    return {
        "on": change.on.text,
        "verb": change.verb.value,
        "unit": change.unit,
        "code": change.code,
        "before": _values(change.before),
        "after": _values(change.after),
        "into": _references(change.into),
        "change": change.word,
        "certainty": change.certainty.value,
        "decided_by": _references(change.decided_by),
        "papers": list(change.papers),
        "sentence": sentence(registry, change),
    }


def _values(values: tuple[tuple[str, Value], ...]) -> dict[str, Any] | None:
    return {attribute: written(value) for attribute, value in values} or None


def _references(identities: tuple[str, ...] | Absent | None) -> list[str] | str | None:
    return str(identities) if isinstance(identities, Absent) else None if identities is None else list(identities)
