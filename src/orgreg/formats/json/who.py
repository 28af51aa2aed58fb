"""`orgreg/who/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgreg.formats.json.tree import head
from orgreg.formats.json.unit import Writer

if TYPE_CHECKING:
    from orgreg.query.responsibility import Neighbour, Responsible, Who

Json = dict[str, Any]


def who(one: Who) -> Json:
    """Who is responsible on the day."""
    writer = Writer(one.labels)
    return {
        "format": "orgreg/who/1",
        "asked": one.asked,
        "date": one.day.isoformat(),
        "as_of": None,
        "topics": [{"municipality": each.municipality, "topic": each.name, "by": each.word} for each in one.topics],
        "responsible": [_responsible(each, writer) for each in one.responsible],
        "named": [_responsible(each, writer) for each in one.named],
        "planned": [_responsible(each, writer) for each in one.planned],
        "last": [_neighbour(each, writer) for each in one.last],
        "first": [_neighbour(each, writer) for each in one.first],
        "near": list(one.near),
    }


def _responsible(one: Responsible, writer: Writer) -> Json:
    return {
        "by": one.by.value,
        "unit": head(one.standing),
        "line": [head(above) for above in one.line],
        "line_is_whole": one.is_whole,
        "place": None if one.place is None else writer.fact(one.place),
        "task": None if one.task is None else writer.part(one.task),
        "since": str(one.since),
        "until": None if one.until is None else one.until.isoformat(),
        "decided_by": list(one.decisions),
        "certainty": one.certainty.value,
        "doubts": [
            {"attribute": doubt.attribute, "certainty": doubt.certainty.value, "because": doubt.because}
            for doubt in one.doubts
        ],
        "before": [_neighbour(each, writer) for each in one.before],
        "after": [_neighbour(each, writer) for each in one.after],
        "sources": [writer.source(source) for source in one.sources],
    }


def _neighbour(one: Neighbour, writer: Writer) -> Json:
    found = one.succession
    return {
        "date": one.day.isoformat(),
        "unit": head(one.standing),
        "above": None if one.above is None else head(one.above),
        "succession": None if found is None else writer.succession(found, one.standing.unit.id),
    }
