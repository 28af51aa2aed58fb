"""`orgreg/why/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgreg.formats.json.diff import plain
from orgreg.formats.json.log import amendment
from orgreg.formats.json.unit import Writer, doubts, value
from orgreg.model.certainty import weakest
from orgreg.model.timeline import Absent

if TYPE_CHECKING:
    from orgreg.formats.why import Ground, Grounds
    from orgreg.model.finding import Place
    from orgreg.model.paper import Consultation, Effect
    from orgreg.model.timeline import Value
    from orgreg.query.why import Statement
    from orgreg.store.history import Commit
    from orgreg.trail.basis import Beginning


def why(told: Grounds) -> dict[str, Any]:
    """Every reason, with the statement, the sources and the commit behind it."""
    asked = told.why
    writer = Writer(asked.labels, asked.identity if asked.folder == "decisions" else None)
    return {
        "format": "orgreg/why/1",
        "id": asked.reference,
        "date": asked.labels.day.isoformat(),
        "as_of": None,
        "reasons": [_ground(writer, told.path, one) for one in told.grounds],
        "corrections": [writer.correction(one) for one in asked.corrections],
        "without_git": told.without_git,
    }


def _ground(writer: Writer, path: str, one: Ground) -> dict[str, Any]:
    asked = one.reason
    decided = asked.decided_by
    return {
        "id": asked.identity,
        "attribute": asked.attribute,
        "value": _value(asked.value),
        "status": asked.status.value,
        "until": None if asked.until is None else asked.until.isoformat(),
        "certainty": weakest(doubt.certainty for doubt in asked.doubts).value,
        "doubts": doubts(asked.doubts),
        "statement": _statement(writer, path, asked.statement, one.place),
        "confirmed": [
            _statement(writer, path, each, place) for each, place in zip(asked.confirmed, one.confirmed, strict=True)
        ],
        "also": [writer.instead(other) for other in asked.also],
        "decided_by": str(decided) if isinstance(decided, Absent) else None if decided is None else list(decided),
        "remarks": {"change": asked.word, "wording": asked.wording, "because": asked.because, "note": asked.note},
        "recorded": None if one.beginning is None else _recorded(one.beginning),
        "recorded_again": None if one.beginning is None else _commit(one.beginning.again),
        "corrected": [
            {"commit": record.commit, "time": record.time.isoformat(), **amendment(item)}
            for record, item in one.corrected
        ],
    }


def _value(said: Value | tuple[Consultation | Effect, ...] | None) -> Any:  # noqa: ANN401 - what JSON knows
    return plain(said) if isinstance(said, tuple) else None if said is None else value(said)


def _statement(writer: Writer, path: str, one: Statement, place: Place) -> dict[str, Any]:
    return {
        "path": path,
        "line": place.line,
        "column": place.column,
        "since": None if one.since is None else str(one.since),
        "inferred": one.inferred,
        "sources": [writer.source(source) for source in one.sources],
    }


def _recorded(begun: Beginning) -> dict[str, Any]:
    nothing = dict.fromkeys(("commit", "time", "author", "subject"))
    return {**(_commit(begun.commit) or nothing), "or_before": begun.is_cut}


def _commit(one: Commit | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"commit": one.name, "time": one.time.isoformat(), "author": one.author, "subject": one.subject}
