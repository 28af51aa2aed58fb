"""`orgreg/log/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgreg.trail.record import Sort

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgreg.formats.trail import Ending
    from orgreg.trail.record import Item, Record


def log(records: Iterable[Record], ending: Ending) -> dict[str, Any]:
    """The audit trail, commit by commit."""
    commits = [_record(record) for record in records]
    return {
        "format": "orgreg/log/1",
        "as_of": None,
        "ref": ending.reference,
        "commits": commits,
        "left_out": ending.left_out,
        "cut_at": ending.cut,
    }


def _record(record: Record) -> dict[str, Any]:
    return {
        "commit": record.commit,
        "time": record.time.isoformat(),
        "author": record.author,
        "merged": list(record.merged),
        "subject": record.subject,
        "trailers": [{"key": key, "value": value} for key, value in record.trailers],
        "changes": [_change(one) for one in record.items if one.sort is Sort.CHANGE],
        "corrections": [amendment(one) for one in record.items if one.sort is Sort.CORRECTED],
        "became_known": [amendment(one) for one in record.items if one.sort is Sort.KNOWN],
        "other": [_other(one) for one in record.items if one.sort.value in _OTHERS],
    }


_OTHERS = frozenset({Sort.RENAMED.value, Sort.VOCABULARY.value, Sort.UNREADABLE.value})


def _change(one: Item) -> dict[str, Any]:
    return {
        "on": one.on,
        "days": one.days,
        "verb": one.verb,
        "unit": one.entity,
        "names": list(one.others),
        "change": one.word,
        "status": one.status,
        "certainty": one.certainty,
        "decided_by": list(one.decided_by) if isinstance(one.decided_by, tuple) else one.decided_by,
        "papers": list(one.papers),
        "sentence": one.sentence,
    }


def amendment(one: Item) -> dict[str, Any]:
    """What was corrected or became known."""
    return {
        "folder": one.folder,
        "entity": one.entity,
        "attribute": one.attribute,
        "aspect": one.verb,
        "on": one.on,
        "status": one.status,
        "because": one.because,
        "papers": list(one.papers),
        "sentence": one.sentence,
    }


def _other(one: Item) -> dict[str, Any]:
    return {
        "sort": one.sort.value,
        "folder": one.folder,
        "entity": one.entity,
        "names": list(one.others),
        "sentence": one.sentence,
    }
