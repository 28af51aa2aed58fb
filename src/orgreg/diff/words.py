"""What is spoken of in a difference, in words: things, keys and values, called as on their day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from orgreg.diff.shelves import shelf
from orgreg.diff.statements import FROM
from orgreg.model.day import NEVER, When
from orgreg.model.paper import RELATIONS, Consultation, Effect
from orgreg.model.reference import LEADS_TO
from orgreg.model.registry import PAPERS, PLANS, UNITS
from orgreg.model.timeline import Absent, Contact, Due
from orgreg.model.unit import Correction, Unit, slug_of, whole_of
from orgreg.model.wording import quoted
from orgreg.query.labels import Labels
from orgreg.query.sentence import joined
from orgreg.query.wording import moment

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import date

    from orgreg.model.registry import Registry

NOT_RECORDED: Final = "not recorded"
NOT_SAID: Final = "not said"
_LAST: Final = NEVER - timedelta(days=1)
_QUOTED: Final = frozenset(
    {"name", "short_name", "aka", "title", "text", "wording", "note", "horizon", "goals", "links"}
)
_KEYS: Final = {
    FROM: "day",
    "short_name": "short name",
    "aka": "variants of the name",
    "staff_of": "place beside the line",
    "staff": "number of staff",
    "agrees_with": "agreement",
    "ended": "end",
    "into": "successors",
    "out_of": "origin",
    "head": "head of the unit",
    "lead": "unit in charge",
    "responsible": "responsible unit",
    **{one: f"units that it {one}" for one in ("coordinates", "steers", "involves", "advises")},
    "depends_on": "steps before it",
    "due": "due day",
    "formerly": "former slugs",
    "same_as": "counterparts elsewhere",
    "note": "remark",
    "corrections": "noted correction",
    **{f"relations/{one}": f"papers that it {one}" for one in RELATIONS},
}


_SEVERAL: Final = {
    "author": "authors",
    "lead": "units in charge",
    "mandate": "mandates",
    "responsible": "responsible units",
}
"""What a key is called of which there are several."""
_PLURAL: Final = frozenset(
    {"aka", "into", "depends_on", "formerly", "same_as", "links", "consultations", "effects", "goals", "members"}
    | {"topics", "values", "coordinates", "steers", "involves", "advises", *(f"relations/{one}" for one in RELATIONS)}
)
"""Keys whose words speak of several, however many there are."""


def key_in_words(key: str, *, several: bool = False) -> str:
    """What a key is called in a sentence."""
    return (_SEVERAL.get(key) if several else None) or _KEYS.get(key, key.replace("_", " "))


def is_plural(key: str, *values: object) -> bool:
    """Whether the words for a key, with one of these values, want „are“."""
    return key in _PLURAL or (key in _SEVERAL and any(isinstance(one, tuple) and len(one) > 1 for one in values))


@dataclass(frozen=True, slots=True)
class Words:
    """Words for what one state says, on the day of which it is said; for what that state lacks, those of the other."""

    registry: Registry
    other: Registry
    when: When | None

    @property
    def day(self) -> date:
        """The day on which things are called so; of what is said of no day the last one."""
        return _LAST if self.when is None else self.when.counts_from

    def _labels(self, folder: str, identity: str) -> Labels:
        known = identity in shelf(self.registry, folder)
        return Labels(self.registry if known else self.other, self.day, planned=True)

    def thing(self, folder: str, identity: str, without: str | None = None) -> str:
        """A file: a unit by code and name, a plan by its title, a paper by its slug; `without` its name or code."""
        if folder == PAPERS:
            return slug_of(identity)
        labels = self._labels(folder, identity)
        if folder == PLANS:
            return slug_of(identity) if without == "title" else labels.plan(identity) or slug_of(identity)
        if without == "name" and not labels.has_code(identity):
            return slug_of(identity)
        label = labels.unit(identity)
        if without in {"name", "code"} and labels.has_code(identity):
            code, _, name = label.partition(" ")
            return code if without == "name" else name
        return label

    def part(self, folder: str, identity: str, route: str) -> str:
        """A task, post, step or dimension of a file, by the route of its timeline."""
        section, _, slug = route.partition("/")
        labels = self._labels(folder, identity)
        thing = shelf(labels.registry, folder).get(identity)
        title = slug
        if section in {"tasks", "posts"} and isinstance(thing, Unit):
            title = labels.part(thing, slug)
        elif section == "steps" and identity in labels.registry.plans:
            title = labels.step(labels.registry.plans[identity], slug)
        return f"the {section.removesuffix('s')} {quoted(title)}"

    def value(self, key: str, value: Hashable) -> str:
        """What a key says."""
        if value is None or value is Absent.UNKNOWN:
            return NOT_SAID if value is None else NOT_RECORDED
        if isinstance(value, tuple):
            return joined(self._one(key, one) for one in value) if value else "none"
        return self._one(key, value)

    def _one(self, key: str, value: Hashable) -> str:
        told: list[object] = [value]
        if isinstance(value, bool):
            told = ["yes" if value else "no"]
        elif isinstance(value, Due):
            said = [quoted(value.wording)] if value.wording else []
            said += [value.modality] if value.modality else []
            told = [moment(value.day), f"({', '.join(said)})" if said else None]
        elif isinstance(value, When):
            told = [moment(value)]
        elif isinstance(value, Contact):
            told = ["; ".join(f"{way} {where}" for way, where in value.ways)]
        elif isinstance(value, Consultation):
            told = [self._station(value)]
        elif isinstance(value, Correction):
            told = [f"{quoted(value.was)} (of {value.of}, {value.because})"]
        elif isinstance(value, Effect):
            told = [f"{value.verb}:", value.text]
        elif isinstance(value, str):
            told = [self._text(key, value)]
        return " ".join(str(one) for one in told if one is not None)

    def _station(self, one: Consultation) -> str:
        """A consultation: the body, when, as what, and what came of it."""
        body = self._one("secretariat", one.body) if isinstance(one.body, str) else f"body {one.body}"
        told = [body, None if one.date is None else f"on {moment(one.date)}"]
        told += [f"{key} {said}" for key in ("item", "role", "result") if (said := getattr(one, key)) is not None]
        return ", ".join(one for one in told if one is not None)

    def _step(self, value: str) -> str:
        plan = self.registry.plans.get(whole_of(value)) or self.other.plans.get(whole_of(value))
        slug = value.partition("#")[2]
        return slug_of(value) if plan is None else quoted(self._labels(PLANS, plan.id).step(plan, slug))

    def _text(self, key: str, value: str) -> str:
        if key == "depends_on":
            return self._step(value)
        folder = PAPERS if key.startswith("relations/") or key == "decided_by" else LEADS_TO.get(key)
        if folder == UNITS:
            return self._labels(UNITS, whole_of(value)).unit(value)
        if folder is not None or key == "formerly":
            return slug_of(value)
        return quoted(value) if key in _QUOTED else value
