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
from orgreg.query.labels import Labels
from orgreg.query.sentence import joined

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import date

    from orgreg.model.registry import Registry

NOT_RECORDED: Final = "not recorded"
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
    "mandate": "mandate",
    "depends_on": "prerequisites",
    "due": "due day",
    "formerly": "former slugs",
    "same_as": "counterparts elsewhere",
    "note": "remark",
    "corrections": "noted correction",
    **{f"relations/{one}": f"papers that it {one}" for one in RELATIONS},
}


def key_in_words(key: str) -> str:
    """What a key is called in a sentence."""
    return _KEYS.get(key, key.replace("_", " "))


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
        return f"the {section.removesuffix('s')} „{title}“"

    def value(self, key: str, value: Hashable) -> str:
        """What a key says."""
        if value is None or value is Absent.UNKNOWN:
            return NOT_RECORDED
        if isinstance(value, tuple):
            return joined(self._one(key, one) for one in value) if value else "none"
        return self._one(key, value)

    def _one(self, key: str, value: Hashable) -> str:
        told: list[object] = [value]
        if isinstance(value, bool):
            told = ["yes" if value else "no"]
        elif isinstance(value, Due):
            told = [value.day, f"„{value.wording}“" if value.wording else None, value.modality]
        elif isinstance(value, Contact):
            told = ["; ".join(f"{way} {where}" for way, where in value.ways)]
        elif isinstance(value, Consultation):
            told = [self._one("secretariat", value.body), value.item, value.role, value.date, value.result]
        elif isinstance(value, Correction):
            told = [f"„{value.was}“ (of {value.of}, {value.because})"]
        elif isinstance(value, Effect):
            told = [f"{value.verb}:", value.text]
        elif isinstance(value, str):
            told = [self._text(key, value)]
        return " ".join(str(one) for one in told if one is not None)

    def _text(self, key: str, value: str) -> str:
        folder = PAPERS if key.startswith("relations/") or key == "decided_by" else LEADS_TO.get(key)
        if folder == UNITS:
            return self._labels(UNITS, whole_of(value)).unit(value)
        if folder is not None or key == "formerly":
            return slug_of(value)
        return f"„{value}“" if key in _QUOTED else value
