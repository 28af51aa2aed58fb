"""From the frozen form of a file, which fits the grammar, to the model. Needs neither YAML nor pydantic."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, Any, Final

from orgreg.model.paper import EFFECTS, Consultation, Effect, Paper
from orgreg.model.plan import Plan
from orgreg.model.timeline import (
    Absent,
    Alternative,
    Annulment,
    Contact,
    Due,
    Entry,
    Membership,
    Source,
    Status,
    Timeline,
    Value,
)
from orgreg.model.unit import Correction, Unit, municipality_of
from orgreg.text.vocabulary import day as day  # noqa: PLC0414 - asked for here too

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Frozen = dict[str, Any]
"""A mapping of texts, lists and mappings that fits the grammar of its kind of file."""

_ABSENT: Final = {"unknown": Absent.UNKNOWN, "none": Absent.NONE}
_REMARKS: Final = frozenset(
    {"from", "status", "change", "wording", "inferred", "also", "decided_by", "because", "note", "annulled", "sources"}
)
REFERENCE: Final = frozenset({"parent", "staff_of", "secretariat", "by"})
REFERENCES: Final = frozenset(
    {
        "coordinates",
        "steers",
        "involves",
        "advises",
        "agrees_with",
        "into",
        "out_of",
        "mandate",
        "responsible",
        "author",
        "lead",
    }
)


def thaw_unit(identity: str, frozen: Frozen) -> Unit:
    """The unit of a file under data/units."""
    thaw = _Thaw(identity)
    return Unit(
        id=identity,
        timeline=thaw.timeline(frozen["timeline"]),
        tasks=thaw.timelines(frozen.get("tasks")),
        posts=thaw.timelines(frozen.get("posts")),
        note=frozen.get("note"),
        **thaw.identity_keys(frozen),
    )


def thaw_paper(identity: str, frozen: Frozen) -> Paper:
    """The paper of a file under data/decisions."""
    thaw = _Thaw(identity)
    own = {key: thaw.value(key, frozen[key]) for key in ("number", "kind", "title", "author", "lead") if key in frozen}
    relations = frozen.get("relations", {})
    return Paper(
        id=identity,
        **own,  # type: ignore[arg-type] # the grammar has seen to the type of each
        date=day(frozen["date"]),
        sources=thaw.sources(frozen["sources"]),
        signed=frozen.get("signed"),
        consultations=tuple(thaw.consultation(one) for one in frozen.get("consultations", ())),
        relations={
            key: thaw.references(refs) if isinstance(refs, list) else _ABSENT[refs] for key, refs in relations.items()
        },
        effects=tuple(_effect(one) for one in frozen.get("effects", ())),
        links=tuple(frozen.get("links", ())),
        aka=_texts(frozen.get("aka")),
        wording=frozen.get("wording"),
        note=frozen.get("note"),
        inferred=frozen.get("inferred", {}),
        also=thaw.alternatives(frozen.get("also", ())),
        **thaw.identity_keys(frozen),
    )


def thaw_plan(identity: str, frozen: Frozen) -> Plan:
    """The plan of a file under data/actionplans."""
    thaw = _Thaw(identity)
    return Plan(
        id=identity,
        timeline=thaw.timeline(frozen["timeline"]),
        dimensions=thaw.timelines(frozen.get("dimensions")),
        steps=thaw.timelines(frozen.get("steps")),
        note=frozen.get("note"),
        **thaw.identity_keys(frozen),
    )


def _effect(one: Frozen) -> Effect:
    verb = next(verb for verb in EFFECTS if verb in one)
    return Effect(verb, one[verb], one.get("quote"))


def _texts(texts: list[str] | str | None) -> tuple[str, ...]:
    return tuple(texts) if isinstance(texts, list) else ()


class _Thaw:
    """Thaws what stands in the file of one identity: short references become whole ones."""

    def __init__(self, identity: str) -> None:
        self.identity = identity
        self.municipality = municipality_of(identity)

    def reference(self, text: str) -> str:
        return intern(text if "/" in text else f"{self.municipality}/{text}")

    def references(self, texts: list[str]) -> tuple[str, ...]:
        return tuple(self.reference(text) for text in texts)

    def value(self, key: str, raw: Any) -> Value:  # noqa: ANN401 - texts, lists and mappings of the frozen form
        if isinstance(raw, str):
            return self._scalar(key, raw)
        if isinstance(raw, dict):
            if key == "due":
                return Due(day(raw["day"]), raw.get("wording"), raw.get("modality"))
            return Contact(tuple(raw.items()))
        return self._several(key, raw)

    def _scalar(self, key: str, raw: str) -> Value:
        if key == "date":
            return day(raw)
        if raw in _ABSENT:
            return _ABSENT[raw]
        if key in REFERENCE:
            return self.reference(raw)
        return _SCALARS[key](raw) if key in _SCALARS else raw

    def _several(self, key: str, raw: list[Any]) -> Value:
        if key == "members":
            return tuple(Membership(one["rule"]) if isinstance(one, dict) else self.reference(one) for one in raw)
        if key == "depends_on":
            return tuple(self.reference(one) if "#" in one else f"{self.identity}#{one}" for one in raw)
        return self.references(raw) if key in REFERENCES else tuple(raw)

    def values(self, raw: Mapping[str, Any]) -> dict[str, Value]:
        return {key: self.value(key, raw[key]) for key in raw if key not in _REMARKS}

    def timelines(self, raw: Mapping[str, list[Frozen]] | None) -> dict[str, Timeline]:
        return {} if raw is None else {slug: self.timeline(entries) for slug, entries in raw.items()}

    def timeline(self, entries: list[Frozen]) -> Timeline:
        return Timeline(tuple(self.entry(raw, position) for position, raw in enumerate(entries)))

    def entry(self, raw: Frozen, position: int) -> Entry:
        annulled = raw.get("annulled")
        return Entry(
            since=day(raw["from"]),
            values=self.values(raw),
            sources=self.sources(raw["sources"]),
            status=Status(raw["status"]) if "status" in raw else Status.IN_FORCE,
            change=raw.get("change"),
            wording=raw.get("wording"),
            inferred=raw.get("inferred", {}),
            also=self.alternatives(raw.get("also", ())),
            decided_by=self._deciders(raw.get("decided_by")),
            because=raw.get("because"),
            note=raw.get("note"),
            annulled=None if annulled is None else self._annulment(annulled),
            position=position,
        )

    def _deciders(self, raw: str | list[str] | None) -> tuple[str, ...] | Absent | None:
        if raw is None or isinstance(raw, list):
            return None if raw is None else self.references(raw)
        return _ABSENT[raw] if raw in _ABSENT else (self.reference(raw),)

    def _annulment(self, raw: Frozen) -> Annulment:
        by = raw.get("by")
        return Annulment(day(raw["day"]), None if by is None else self.reference(by), raw.get("because"))

    def sources(self, raw: list[Frozen] | str) -> tuple[Source, ...]:
        return () if isinstance(raw, str) else tuple(self._source(one) for one in raw)

    def _source(self, raw: Frozen) -> Source:
        paper, attests = raw.get("paper"), raw.get("attests")
        return Source(
            None if paper is None else self.reference(paper),
            raw.get("quote"),
            None if attests is None else day(attests),
            raw.get("note"),
        )

    def alternatives(self, raw: list[Frozen] | tuple[()]) -> tuple[Alternative, ...]:
        return tuple(
            Alternative(
                values={key: self.value(key, one[key]) for key in one if key not in _REMARKS},
                since=day(one["from"]) if "from" in one else None,
                sources=self.sources(one["sources"]),
                because=one.get("because"),
                decided_by=self._deciders(one.get("decided_by")),
            )
            for one in raw
        )

    def consultation(self, raw: Frozen) -> Consultation:
        body = raw["body"]
        return Consultation(
            body=_ABSENT[body] if body in _ABSENT else self.reference(body),
            date=day(raw["date"]) if "date" in raw else None,
            **{key: raw.get(key) for key in ("item", "role", "result", "wording", "note", "quote")},
        )

    def identity_keys(self, frozen: Frozen) -> dict[str, Any]:
        return {
            "formerly": tuple(f"{self.municipality}/{slug}" for slug in frozen.get("formerly", ())),
            "same_as": tuple(frozen.get("same_as", ())),
            "corrections": tuple(self._correction(one) for one in frozen.get("corrections", ())),
        }

    def _correction(self, raw: Frozen) -> Correction:
        return Correction(day(raw["day"]), raw["of"], raw["was"], raw["because"], self.sources(raw["sources"]))


_SCALARS: Final[dict[str, Callable[[str], Value]]] = {"staff": int, "head": "true".__eq__}
