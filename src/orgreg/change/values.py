"""What a person typed as a value, as the model holds it; units and papers may go by any of their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from orgreg.change.due import TARGET, Reading, due, misplaced
from orgreg.change.proposal import PUT_RIGHT, Objection
from orgreg.model.day import Fault, parse
from orgreg.model.registry import PAPERS, PLANS, UNITS
from orgreg.model.timeline import Absent, Contact, Due
from orgreg.model.unit import municipality_of, slug_of
from orgreg.model.wording import quoted, shortened
from orgreg.query.names import Ambiguous, Named, Names

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Value

_ONE: Final = {"parent": UNITS, "staff_of": UNITS, "secretariat": UNITS, "by": UNITS}
_SEVERAL: Final = {
    **dict.fromkeys(("coordinates", "steers", "involves", "advises", "agrees_with", "members", "responsible"), UNITS),
    "author": UNITS,
    "lead": UNITS,
    "mandate": PAPERS,
}
_TEXTS: Final = frozenset({"aka", "topics", "goals", "values"})
_ABSENT: Final = {"unknown": Absent.UNKNOWN, "none": Absent.NONE}

OF_UNIT: Final = frozenset(
    {"name", "short_name", "aka", "code", "kind", "parent", "staff_of", "secretariat", "members", "coordinates"}
) | {"steers", "involves", "advises", "agrees_with", "staff", "contact"}
OF_PART: Final = {
    "posts": frozenset({"title", "head", "holder"}),
    "tasks": frozenset({"text", "topics"}),
    "dimensions": frozenset({"values", "state", "by"}),
    "steps": frozenset({"title", "kind", "horizon", "due", "responsible", "depends_on", "state"}),
}
OF_PAPER: Final = frozenset({"number", "kind", "title", "date", "author", "lead", "signed"})
OF_PLAN: Final = frozenset({"title", "aka", "mandate", "responsible", "goals"})


def attributes(folder: str, section: str | None) -> frozenset[str]:
    """The attributes that can be set of a unit, a plan, or a part of one."""
    if section is not None:
        return OF_PART[section]
    return OF_UNIT if folder == UNITS else OF_PLAN


def read(  # noqa: PLR0913 - what was typed, where, and what was there before
    registry: Registry,
    identity: str,
    attribute: str,
    text: str,
    day: date,
    *,
    modality: str | None = None,
    before: Value | None = None,
) -> Reading | Objection:
    """What a text stands for, said of a unit or a plan.

    A due day without a modality is meant as firmly as the one before, else as a target.
    """
    city = municipality_of(identity)
    if attribute == "due" and text not in _ABSENT and text.strip():
        meant = before.modality if isinstance(before, Due) else None
        return due(registry.municipalities.get(city), text, modality or meant or TARGET)
    if attribute == "depends_on":
        made = misplaced(modality) or _steps(registry, identity, text, day)
    else:
        made = misplaced(modality) or _value(registry, city, attribute, text, day)
    return made if isinstance(made, Objection) else Reading(made)


def _value(registry: Registry, city: str, attribute: str, text: str, day: date) -> Value | Objection:
    """The value that a text stands for; several members are parted by commas."""
    if text in _ABSENT:
        return _ABSENT[text]
    if not text.strip():
        return Objection(f"{attribute} has no value", "write it, or unknown, or none")
    if attribute in _ONE:
        return reference(registry, city, text, day, _ONE[attribute])
    if attribute in _SEVERAL:
        return _references(registry, city, text, day, _SEVERAL[attribute])
    if attribute in _TEXTS:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return _OTHERS[attribute](text) if attribute in _OTHERS else text


def of_paper(registry: Registry, identity: str, attribute: str, text: str) -> Value | Objection:
    """What a text stands for in a paper's file; units are called as on the day of the paper."""
    if attribute == "date":
        written = parse(text)
        return Objection(written.reason, written.remedy) if isinstance(written, Fault) else written
    return _value(registry, municipality_of(identity), attribute, text, registry.papers[identity].date.counts_from)


def reference(registry: Registry, city: str, word: str, day: date, folder: str) -> str | Objection:
    """The identity that a word names."""
    found = Names(registry, day, municipality=city).resolve(word, folders=(folder,))
    if isinstance(found, Named):
        return found.reference
    if isinstance(found, Ambiguous):
        several = ", ".join(candidate for candidate, _ in found.candidates)
        return Objection(f"{word} names several: {several}", "name one of them")
    if found.lost:
        return Objection(found.reason, PUT_RIGHT)
    near = f"did you mean {' or '.join(found.near)}?" if found.near else "see orgreg find, or create it first"
    return Objection(found.reason, near)


def _references(registry: Registry, city: str, text: str, day: date, folder: str) -> tuple[str, ...] | Objection:
    told: list[str] = []
    for word in text.split(","):
        one = reference(registry, city, word.strip(), day, folder)
        if isinstance(one, Objection):
            return one
        told.append(one)
    return tuple(told)


def _steps(registry: Registry, plan: str, text: str, day: date) -> Value | Objection:
    """Steps: of the plan itself by their slugs, of another as plan#step."""
    if text in _ABSENT or not text.strip():
        return _value(registry, municipality_of(plan), "depends_on", text, day)
    told: list[str] = []
    for word in (part.strip() for part in text.split(",")):
        found: str | Objection = f"{plan}#{word}"
        if "#" in word:
            found = reference(registry, municipality_of(plan), word, day, PLANS)
        elif plan not in registry.plans or word not in registry.plans[plan].steps:
            found = Objection(
                f"{slug_of(plan)} has no step {word}", "name one of its steps, or one of another as plan#step"
            )
        if isinstance(found, Objection):
            return found
        told.append(found)
    return tuple(told)


def _staff(text: str) -> int | Objection:
    return int(text) if text.isdecimal() else Objection(f"{text} is no whole number", "write how many, as in staff 3")


def _truth(text: str) -> bool | Objection:
    if text in {"true", "false"}:
        return text == "true"
    return Objection(f"{text} is neither true nor false", "write true or false")


_WAYS: Final = ("visit", "post", "phone", "fax", "email", "web", "hours")
"""In the order of the house style, in which they are written."""
_WAY: Final = re.compile(rf"(?:^|;)\s*({'|'.join(_WAYS)})\s*:\s*")


def _contact(text: str) -> Contact | Objection:
    """Ways and where they lead, as they are shown: `visit: Naumburgstraße 25; phone: 0531 4705091`."""
    before, *told = _WAY.split(text)
    ways = tuple((way, where.strip()) for way, where in zip(told[::2], told[1::2], strict=True))
    if before.strip() or not ways or not all(where for _, where in ways):
        return Objection(
            f"{quoted(shortened(text))} does not say how the unit is reached",
            f'write all of it, as in "phone: 0531 4701; visit: Platz 1", with some of: {", ".join(_WAYS)}',
        )
    if len(dict(ways)) < len(ways):
        return Objection("one way stands twice in the contact", "write each way once")
    return Contact(tuple(sorted(ways, key=lambda one: _WAYS.index(one[0]))))


_OTHERS: Final[dict[str, Callable[[str], Value | Objection]]] = {"staff": _staff, "head": _truth, "contact": _contact}
