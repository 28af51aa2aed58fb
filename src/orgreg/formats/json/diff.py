"""`orgreg/diff/1`."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from orgreg.diff.sentence import sentence as sentence_of
from orgreg.formats.json.unit import value as written
from orgreg.model.day import When
from orgreg.model.paper import Consultation, Effect
from orgreg.model.registry import path_of
from orgreg.model.timeline import Absent, Contact, Due, Membership, Source
from orgreg.model.unit import Correction
from orgreg.query.reporting import reported
from orgreg.query.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from orgreg.diff.amendment import Amendment, Difference
    from orgreg.diff.statements import Statement
    from orgreg.diff.vocabulary import Worded
    from orgreg.model.change import Change, Occasion, References
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Value
    from orgreg.store import Recorded


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
        "renamed": [],
        "uncompared": [],
        "vocabulary": [],
    }


def difference(
    before: Registry, after: Registry, found: Difference, states: tuple[Recorded | None, Recorded | None]
) -> dict[str, Any]:
    """What became different between two states: changes of the city, corrections, and what became known."""
    return {
        "format": "orgreg/diff/1",
        "from": _state(states[0]),
        "to": _state(states[1]),
        "as_of": None,
        "changes": [change(after, one) for occasion in found.occasions for one in occasion.changes],
        "corrections": [amendment(before, after, one) for one in found.corrections],
        "became_known": [amendment(before, after, one) for one in found.known],
        "renamed": [{"folder": one.folder, "before": one.before, "after": one.after} for one in found.renamed],
        "uncompared": [path_of(folder, identity) for folder, identity in found.uncompared],
        "vocabulary": [_worded(one) for one in found.vocabulary],
    }


def _worded(one: Worded) -> dict[str, str | None]:
    return {
        "municipality": one.municipality,
        "key": one.key,
        "before": one.before,
        "after": one.after,
        "sentence": one.sentence,
    }


def _state(recorded: Recorded | None) -> dict[str, str] | None:
    return None if recorded is None else {"commit": recorded.commit, "time": recorded.time.isoformat()}


def amendment(before: Registry, after: Registry, one: Amendment) -> dict[str, Any]:
    """One thing that was corrected, or became known."""
    return {
        "sort": one.sort.value,
        "aspect": one.aspect.value,
        "folder": one.folder,
        "entity": one.entity,
        "attribute": one.attribute,
        "on": None if one.on is None else one.on.text,
        "status": one.status,
        "before": plain(one.before),
        "after": plain(one.after),
        "inferred": one.inferred,
        "because": one.because,
        "recorded": None if one.recorded is None else one.recorded.day.text,
        "papers": list(one.papers),
        "sentence": sentence_of(before, after, one),
        "lost": [_statement(statement) for statement in one.lost],
        "gained": [_statement(statement) for statement in one.gained],
    }


def _statement(one: Statement) -> dict[str, Any]:
    return {"timeline": one.timeline, "on": one.since or None, "key": one.key, "value": plain(one.value)}


def plain(value: object) -> Any:  # noqa: ANN401 - what JSON knows
    """A value as the files have it."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, (Absent, Contact, Due, Membership, When)):
        return written(value) if not isinstance(value, Membership) else {"rule": value.rule}
    if isinstance(value, (Consultation, Correction, Effect, Source)):
        told = {one.name: getattr(value, one.name) for one in fields(value)}
        return {key: plain(said) for key, said in told.items() if said is not None}
    return value


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
