"""`orgreg/plan/1`, `orgreg/step/1` and `orgreg/dimension/1`, documented in `docs/json.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orgreg.formats.json.paper import question
from orgreg.formats.json.unit import Writer, doubts, value
from orgreg.query.plans import Step
from orgreg.query.progress import sentence

if TYPE_CHECKING:
    from orgreg.query.plans import Asked, Item, PartPortrait, PlanPortrait
    from orgreg.query.progress import Progress

Json = dict[str, Any]
_FORMATS: Final = {"step": "orgreg/step/1", "dimension": "orgreg/dimension/1"}


def plan(one: PlanPortrait) -> Json:
    """A plan on a day, with its steps and what follows for each."""
    own, writer = one.plan, Writer(one.labels)
    return {
        "format": "orgreg/plan/1",
        "id": own.id,
        "municipality": own.municipality,
        "date": one.day.isoformat(),
        "as_of": None,
        "on_day": None if one.whole is None else _item(one.whole, own.id, writer),
        "asked": [_asked(asked, writer) for asked in one.asked],
        "dimensions": [_item(item, f"{own.id}#{item.slug}", writer) for item in one.dimensions],
        "steps": [_item(item, f"{own.id}#{item.slug}", writer) for item in one.steps],
        "later": one.later,
        "corrections": [writer.correction(correction) for correction in own.corrections],
        "formerly": list(own.formerly),
        "same_as": list(own.same_as),
        "note": own.note,
    }


def part(one: PartPortrait) -> Json:
    """A step with every report on it, or a dimension."""
    writer = Writer(one.labels)
    return {
        "format": _FORMATS[one.what],
        "id": one.identity,
        "plan": one.plan.id,
        "date": one.day.isoformat(),
        "as_of": None,
        "on_day": None if one.on_day is None else _item(one.on_day, one.identity, writer),
        "timeline": [writer.entry(entry) for entry in one.timeline],
    }


def _item(item: Item, identity: str, writer: Writer) -> Json:
    told = {
        "id": identity,
        "status": item.status.value,
        "since": str(item.since),
        "doubts": doubts(item.doubts),
        "values": [writer.fact(fact) for fact in item.facts],
    }
    return {**told, "progress": _progress(item.progress)} if isinstance(item, Step) else told


def _progress(one: Progress) -> Json:
    return {
        "follows": one.follows.value,
        "days": one.days,
        "until": None if one.until is None else one.until.isoformat(),
        "approximate": one.about,
        "words": sentence(one),
        "evidence": one.word is not None,
        "state": one.word,
        "meaning": one.meaning,
        "since": None if one.since is None else str(one.since),
        "papers": list(one.papers),
    }


def _asked(asked: Asked, writer: Writer) -> Json:
    paper = asked.paper
    return {
        "paper": paper.id,
        "dated": str(paper.date),
        "author": value(paper.author),
        **question(asked.question, writer),
    }
