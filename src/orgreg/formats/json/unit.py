"""`orgreg/unit/1` and `orgreg/part/1`.

Days are ISO 8601; `since` is the day as it is written (`2024-03-01`, `2016~`, `..2024-04-08`, `unknown`), `until` the
last day on which something is so, included, or null. References are whole identities (`bs/rat`, `bs/rat#vorsitz`);
`unknown` and `none` are the words of the register. Lists stand in the order in which they are told.

`orgreg/unit/1`:

| key | |
|---|---|
| `format` | `orgreg/unit/1` |
| `id`, `municipality` | `bs/sozialreferat`, `bs` |
| `date` | the day asked for |
| `as_of` | `commit`, `time`; null: the working tree |
| `on_day` | the unit as a node of `orgreg/tree/1`, without children; null where it does not live on the day |
| `away` | null, or why it does not live on the day (below) |
| `values` | facts on the day; empty where it does not live on it |
| `tasks`, `posts` | parts on the day |
| `relations` | what other units say of this one |
| `end` | null, or the recorded end: an entry with `ended` and `into` for `values`; `since` is the first day without it |
| `predecessors`, `successors` | successions |
| `names`, `codes` | every one that it ever bore, as facts |
| `refused`, `withdrawn` | entries that count on no day, each with `sort` (null, `task`, `post`) and `part` (slug or null) |
| `corrections` | `date`, `of`, `was`, `because`, `sources` |
| `attested` | `first`, `last`: when it was heard of, null where no day is known |
| `formerly`, `same_as`, `note` | of the file as a whole |

| object | keys |
|---|---|
| away | `why` (`not yet`, `ended`, `only intended`, `never`); `since`, its first day or the first without it; `nearest`: null or `date` and `unit`, how it stands nearest to the day |
| fact | `attribute`; `value`: text, number, true or false, list, or an object for `contact`; a member by rule is `{"rule"}`; `since`, `until`; `certainty`, and `because`: why it is not simply stated; `sources` of every entry that says it without a break; `also`; `decided_by`; `remarks` of the entry that states it last: `change`, `wording`, `because`, `note` |
| source | `paper`, `date` of the paper, `quote`, `attests`, `note` |
| also | what another source says: `value` (in an entry `values`), `since`, `because` (why it is not preferred), `sources` |
| decided_by | list of papers, `"unknown"`, `"none"`, or null where nothing is said |
| part | `id`, `status`, `since`, `until`, `doubts` of its existence, `values` (facts), `out_of`: `units`, `certainty`, `because`, `since`, `sources` |
| relation | `unit` says of `to`, this unit or a part of it, that it is its `attribute`; `status`, `certainty`, `because`, `since`, `sources` |
| succession | `unit`, null where it is not known; `verb`: how the older one ended, `out_of` where it lives on; `since`; `part`: the post or task that moved; `certainty`, `doubts`; `alternative`: true where only another source says so; `sources`; `also` |
| entry | `since`, `status`, `values`, `inferred` (reason by key or `from`), `also`, `decided_by`, `change`, `wording`, `because`, `note`, `annulled` (`date`, `by`, `because`), `sources` |
| doubt | `attribute`, `certainty`, `because` |

`orgreg/part/1`: `format`, `id`, `sort`, `date`, `as_of`, `on_day` (part or null), `timeline` (entries), `attested`.
"""  # noqa: E501 - a row of a table is one line

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgreg.formats.json.tree import head
from orgreg.model.day import When
from orgreg.model.timeline import Absent, Contact, Due, Membership

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgreg.model.certainty import Attestation, Doubt
    from orgreg.model.paper import Paper
    from orgreg.model.timeline import Alternative, Entry, Source, Value
    from orgreg.model.unit import Correction
    from orgreg.query.labels import Labels
    from orgreg.query.portrait import Away, Fact, Part, PartPortrait, Portrait, Remark, Tie
    from orgreg.query.succession import Succession

Json = dict[str, Any]


def portrait(one: Portrait) -> Json:
    """All that is recorded of a unit on a day."""
    told = Writer(one.labels)
    return {
        "format": "orgreg/unit/1",
        "id": one.unit.id,
        "municipality": one.unit.municipality,
        "date": one.day.isoformat(),
        "as_of": None,
        "on_day": None if one.standing is None else head(one.standing),
        "away": None if one.away is None else _away(one.away),
        "values": [told.fact(fact) for fact in one.facts],
        "tasks": [told.part(part) for part in one.tasks],
        "posts": [told.part(part) for part in one.posts],
        "relations": [told.tie(tie) for tie in one.ties],
        "end": None if one.ending is None else told.end(one.ending),
        "predecessors": [told.succession(found, found.older) for found in one.predecessors],
        "successors": [told.succession(found, found.newer) for found in one.successors],
        "names": [told.fact(fact) for fact in one.names],
        "codes": [told.fact(fact) for fact in one.codes],
        "refused": [told.remark(remark) for remark in one.refused],
        "withdrawn": [told.remark(remark) for remark in one.withdrawn],
        "corrections": [told.correction(correction) for correction in one.unit.corrections],
        "attested": _attested(one.attested),
        "formerly": list(one.unit.formerly),
        "same_as": list(one.unit.same_as),
        "note": one.unit.note,
    }


def part(one: PartPortrait) -> Json:
    """A post or a task with its whole timeline."""
    told = Writer(one.labels)
    return {
        "format": "orgreg/part/1",
        "id": one.identity,
        "sort": one.sort.value,
        "date": one.day.isoformat(),
        "as_of": None,
        "on_day": None if one.on_day is None else told.part(one.on_day),
        "timeline": [told.entry(entry) for entry in one.timeline],
        "attested": _attested(one.attested),
    }


class Writer:
    """Writes what needs the days of papers. `own` is the paper in whose file a source without a paper stands."""

    def __init__(self, labels: Labels, own: str | None = None) -> None:
        self.labels = labels
        self.own = own

    def sources(self, entries: Iterable[Entry | Alternative | Correction | Paper]) -> list[Json]:
        """The sources of several, each once."""
        found: dict[Source, None] = {source: None for entry in entries for source in entry.sources}
        return [self.source(source) for source in found]

    def source(self, source: Source) -> Json:
        """A source with the day of its paper."""
        named = source.paper or self.own
        paper = None if named is None else self.labels.paper(named)
        return {
            "paper": named,
            "date": None if paper is None else str(paper.date),
            "quote": source.quote,
            "attests": None if source.attests is None else str(source.attests),
            "note": source.note,
        }

    def fact(self, fact: Fact) -> Json:
        """A value with what stands behind it."""
        last = fact.entry
        others = [other for entry in fact.statements for other in entry.also if fact.attribute in other.values]
        return {
            "attribute": fact.attribute,
            "value": value(fact.value),
            "since": str(fact.since),
            "until": None if fact.until is None else fact.until.isoformat(),
            "certainty": fact.certainty.value,
            "because": None if fact.doubt is None else fact.doubt.because,
            "sources": self.sources(fact.statements),
            "also": [self.other(other, fact.attribute) for other in others],
            "decided_by": _decided_by(last),
            "remarks": {"change": last.change, "wording": last.wording, "because": last.because, "note": last.note},
        }

    def other(self, other: Alternative, attribute: str) -> Json:
        """What another source says of one attribute."""
        return {
            "value": value(other.values[attribute]) if attribute in other.values else None,
            "since": None if other.since is None else str(other.since),
            "because": other.because,
            "sources": self.sources([other]),
        }

    def part(self, part: Part) -> Json:
        """A post or a task on a day."""
        return {
            "id": part.identity,
            "status": part.status.value,
            "since": str(part.since),
            "until": None if part.until is None else part.until.isoformat(),
            "doubts": doubts(part.doubts),
            "values": [self.fact(fact) for fact in part.facts],
            "out_of": [self._origin(entry) for entry in part.origins],
        }

    def _origin(self, entry: Entry) -> Json:
        because = entry.inferred.get("out_of")
        unknown = entry.values["out_of"] is Absent.UNKNOWN
        return {
            "units": value(entry.values["out_of"]),
            "certainty": "unknown" if unknown else "stated" if because is None else "inferred",
            "because": because,
            "since": str(entry.since),
            "sources": self.sources([entry]),
        }

    def tie(self, tie: Tie) -> Json:
        """What another unit says of this one."""
        return {
            "unit": tie.other.unit.id,
            "status": tie.other.status.value,
            "to": tie.to,
            "attribute": tie.fact.attribute,
            "certainty": tie.fact.certainty.value,
            "because": None if tie.fact.doubt is None else tie.fact.doubt.because,
            "since": str(tie.fact.since),
            "sources": self.sources(tie.fact.statements),
        }

    def end(self, entry: Entry) -> Json:
        """The end of a life."""
        told = self.entry(entry)
        values = told.pop("values")
        return {
            "since": told["since"],
            "ended": values.get("ended"),
            "into": values.get("into"),
            **{key: told[key] for key in told if key != "since"},
        }

    def entry(self, entry: Entry) -> Json:
        """An entry of the file as it stands."""
        return {
            "since": str(entry.since),
            "status": entry.status.value,
            "values": _values(entry.values),
            "inferred": dict(entry.inferred),
            "also": [self.instead(other) for other in entry.also],
            "decided_by": _decided_by(entry),
            "change": entry.change,
            "wording": entry.wording,
            "because": entry.because,
            "note": entry.note,
            "annulled": _annulled(entry),
            "sources": self.sources([entry]),
        }

    def instead(self, other: Alternative) -> Json:
        """What another source says instead of an entry."""
        return {
            "values": _values(other.values),
            "since": None if other.since is None else str(other.since),
            "decided_by": _decided_by(other),
            "because": other.because,
            "sources": self.sources([other]),
        }

    def succession(self, found: Succession, unit: str | None) -> Json:
        """Which unit followed which."""
        return {
            "unit": unit,
            "verb": found.verb,
            "since": str(found.since),
            "part": found.part,
            "certainty": found.certainty.value,
            "doubts": doubts(found.doubts),
            "alternative": found.rival is not None,
            "sources": self.sources([found.entry if found.rival is None else found.rival]),
            "also": [] if found.rival is not None else [self.instead(other) for other in found.alternatives],
        }

    def remark(self, remark: Remark) -> Json:
        """An entry that counts on no day."""
        sort = None if remark.sort is None else remark.sort.value
        return {"sort": sort, "part": remark.part, **self.entry(remark.entry)}

    def correction(self, one: Correction) -> Json:
        """What was recorded wrongly and has been put right."""
        return {
            "date": str(one.day),
            "of": one.of,
            "was": one.was,
            "because": one.because,
            "sources": self.sources([one]),
        }


def value(one: Value) -> Any:  # noqa: ANN401 - what JSON knows
    """A value as JSON."""
    if isinstance(one, Absent):
        return one.value
    if isinstance(one, Contact):
        return dict(one.ways)
    if isinstance(one, tuple):
        return [{"rule": each.rule} if isinstance(each, Membership) else each for each in one]
    if isinstance(one, Due):
        return {"day": str(one.day), "wording": one.wording, "modality": one.modality}
    return str(one) if isinstance(one, When) else one


def _values(values: Mapping[str, Value]) -> Json:
    return {key: value(one) for key, one in values.items()}


def _away(away: Away) -> Json:
    near = away.nearest
    return {
        "why": away.why.value,
        "since": None if away.entry is None else str(away.entry.since),
        "nearest": None if near is None else {"date": near.day.isoformat(), "unit": head(near.standing)},
    }


def _attested(heard: Attestation | None) -> Json:
    return {
        "first": None if heard is None else heard.first.isoformat(),
        "last": None if heard is None else heard.last.isoformat(),
    }


def doubts(told: Iterable[Doubt]) -> list[Json]:
    """Why something is not simply stated."""
    return [
        {"attribute": doubt.attribute, "certainty": doubt.certainty.value, "because": doubt.because} for doubt in told
    ]


def _decided_by(entry: Entry | Alternative) -> list[str] | str | None:
    decided = entry.decided_by
    return list(decided) if isinstance(decided, tuple) else None if decided is None else decided.value


def _annulled(entry: Entry) -> Json | None:
    void = entry.annulled
    return None if void is None else {"date": str(void.day), "by": void.by, "because": void.because}
