"""`orgreg/history/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgreg.formats.json.diff import change
from orgreg.formats.json.unit import Writer

if TYPE_CHECKING:
    from orgreg.model.certainty import Attestation
    from orgreg.query.history import History, Stretch
    from orgreg.query.succession import Succession


def history(one: History) -> dict[str, Any]:
    """A lineage."""
    told = Writer(one.labels)
    return {
        "format": "orgreg/history/1",
        "id": one.unit.id,
        "date": one.labels.day.isoformat(),
        "as_of": None,
        "lineage": [_stretch(told, stretch) for stretch in one.stretches],
        "successions": [_succession(told, succession) for succession in (*one.successions, *one.passed)],
    }


def _stretch(told: Writer, stretch: Stretch) -> dict[str, Any]:
    registry = told.labels.registry
    return {
        "id": stretch.unit.id,
        "role": stretch.role.value,
        "label": stretch.label,
        "attested": _attested(stretch.attested),
        "values": [told.fact(fact) for fact in stretch.runs],
        "changes": [change(registry, one) for occasion in stretch.occasions for one in occasion.changes],
    }


def _succession(told: Writer, one: Succession) -> dict[str, Any]:
    rest = told.succession(one, one.newer)
    del rest["unit"]
    return {"older": one.older, "newer": one.newer, **rest}


def _attested(heard: Attestation | None) -> dict[str, Any]:
    return {
        "first": None if heard is None else heard.first.isoformat(),
        "last": None if heard is None else heard.last.isoformat(),
    }
