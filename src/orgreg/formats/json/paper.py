"""`orgreg/paper/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgreg.formats.json.unit import Writer, value
from orgreg.model.paper import RELATIONS
from orgreg.model.timeline import Absent
from orgreg.query.papers import related

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.model.paper import Consultation, Paper
    from orgreg.query.papers import Answer, PaperPortrait, Question, Resting, Wait

Json = dict[str, Any]


def paper(one: PaperPortrait) -> Json:
    """A paper with its thread on a day."""
    own = one.paper
    writer = Writer(one.labels, own.id)
    return {
        "format": "orgreg/paper/1",
        "id": own.id,
        "municipality": own.municipality,
        "date": one.day.isoformat(),
        "as_of": None,
        "number": value(own.number),
        "kind": value(own.kind),
        "title": value(own.title),
        "aka": list(own.aka),
        "dated": str(own.date),
        "wording": own.wording,
        "author": value(own.author),
        "lead": value(own.lead),
        "signed": own.signed,
        "inferred": dict(own.inferred),
        "also": [writer.instead(other) for other in own.also],
        "question": None if one.question is None else question(one.question, writer),
        "answering": [_answer(answer, answer.question, writer) for answer in one.answering],
        "consultations": [_consultation(station) for station in own.consultations],
        "relations": list(_relations(one)),
        "effects": [{"verb": effect.verb, "text": effect.text, "quote": effect.quote} for effect in own.effects],
        "resting": [told for on, found in ((own, one.resting), *one.through) for told in _resting(found, on)],
        "links": list(own.links),
        "sources": writer.sources([own]),
        "corrections": [writer.correction(correction) for correction in own.corrections],
        "formerly": list(own.formerly),
        "same_as": list(own.same_as),
        "note": own.note,
    }


def question(told: Question, writer: Writer) -> Json:
    """What became of a paper that asks."""
    waited = told.open_for
    return {
        "open": waited is not None,
        "open_days": None if waited is None else _wait(waited),
        "answers": [_answer(answer, answer.paper, writer) for answer in told.answers],
    }


def _answer(answer: Answer, other: Paper, writer: Writer) -> Json:
    return {
        "paper": other.id,
        "dated": str(other.date),
        "author": value(other.author),
        "given": answer.given.value,
        "days": _wait(answer.wait),
        "also": [
            {
                "dated": str(when),
                "days": _wait(wait),
                "because": alternative.because,
                "sources": writer.sources([alternative]),
            }
            for alternative, when, wait in answer.others
        ],
    }


def _wait(wait: Wait) -> Json:
    return {"least": wait.least, "most": wait.most}


def _consultation(one: Consultation) -> Json:
    return {
        "body": one.body.value if isinstance(one.body, Absent) else one.body,
        "item": one.item,
        "role": one.role,
        "date": None if one.date is None else str(one.date),
        "result": one.result,
        "wording": one.wording,
        "quote": one.quote,
        "note": one.note,
    }


def _relations(one: PaperPortrait) -> Iterator[Json]:
    """Both sides: what the paper says of others, and what others say of it."""
    for relation in RELATIONS:
        for other in related(one.paper, relation):
            yield {"paper": one.paper.id, "relation": relation, "to": other}
    for relation, other_paper in one.others:
        yield {"paper": other_paper.id, "relation": relation, "to": one.paper.id}


def _resting(found: Iterable[Resting], on: Paper) -> Iterator[Json]:
    for one in found:
        yield {
            "on": on.id,
            "reference": one.identity,
            "basis": one.basis.value,
            "since": str(one.entry.since),
            "ends": one.entry.ends,
            "status": one.entry.status.value,
            "attributes": list(one.attributes),
            "instead": one.instead,
        }
