"""`orgreg/diff/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgreg.formats.json.unit import value as written
from orgreg.model.timeline import Absent
from orgreg.query.reporting import reported
from orgreg.query.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from orgreg.model.change import Change, Occasion, References
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Value


def diff(registry: Registry, occasions: Sequence[Occasion], after: date, until: date) -> dict[str, Any]:
    """What changed in the city after one day and until another. Between days nothing is corrected or becomes known."""
    return {
        "format": "orgreg/diff/1",
        "from": after.isoformat(),
        "to": until.isoformat(),
        "as_of": None,
        "changes": [change(registry, one) for occasion in occasions for one in occasion.changes],
        "corrections": [],
        "became_known": [],
    }


def change(registry: Registry, one: Change) -> dict[str, Any]:
    """One change."""
    return {
        "on": one.on.text,
        "verb": one.verb.value,
        "unit": one.unit,
        "code": one.code,
        "before": _values(one.before),
        "after": _values(one.after),
        "into": _references(one.into),
        "change": one.word,
        "certainty": one.certainty.value,
        "decided_by": _references(one.decided_by),
        "papers": list(one.papers),
        "sentence": sentence(registry, one),
        "name": one.name,
        "status": one.status.value,
        "out_of": _references(one.out_of),
        "ended": one.ended,
        "doubts": [
            {"attribute": doubt.attribute, "certainty": doubt.certainty.value, "because": doubt.because}
            for doubt in one.doubts
        ],
        "reported": [
            {"paper": report.paper, "date": report.written.text, "days": report.days}
            for report in reported(registry, one)
        ],
    }


def _values(values: tuple[tuple[str, Value], ...]) -> dict[str, Any] | None:
    return {attribute: written(value) for attribute, value in values} or None


def _references(identities: References | None) -> list[str] | str | None:
    return str(identities) if isinstance(identities, Absent) else None if identities is None else list(identities)
