"""What a person typed as a value, as the model holds it; units and papers may go by any of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.change.proposal import Objection
from orgreg.model.day import Fault, parse
from orgreg.model.registry import PAPERS, PLANS, UNITS
from orgreg.model.timeline import Absent, Due
from orgreg.query.names import Ambiguous, Named, Names

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Value

_ONE: Final = {"parent": UNITS, "staff_of": UNITS, "secretariat": UNITS}
_SEVERAL: Final = {
    **dict.fromkeys(("coordinates", "steers", "involves", "advises", "agrees_with", "members", "responsible"), UNITS),
    "mandate": PAPERS,
    "depends_on": PLANS,
}
_TEXTS: Final = frozenset({"aka", "topics", "goals"})
_ABSENT: Final = {"unknown": Absent.UNKNOWN, "none": Absent.NONE}

OF_UNIT: Final = frozenset(
    {"name", "short_name", "aka", "code", "kind", "parent", "staff_of", "secretariat", "members", "coordinates"}
) | {"steers", "involves", "advises", "agrees_with", "staff"}
OF_PART: Final = {
    "posts": frozenset({"title", "head", "holder"}),
    "tasks": frozenset({"text", "topics"}),
    "steps": frozenset({"title", "kind", "horizon", "due", "responsible", "depends_on", "state"}),
}
OF_PLAN: Final = frozenset({"title", "aka", "mandate", "responsible", "goals"})


def attributes(folder: str, section: str | None) -> frozenset[str]:
    """The attributes that can be set of a unit, a plan, or a part of one."""
    if section is not None:
        return OF_PART[section]
    return OF_UNIT if folder == UNITS else OF_PLAN


def value(registry: Registry, city: str, attribute: str, text: str, day: date) -> Value | Objection:
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


def reference(registry: Registry, city: str, word: str, day: date, folder: str) -> str | Objection:
    """The identity that a word names."""
    found = Names(registry, day, municipality=city).resolve(word, folders=(folder,))
    if isinstance(found, Named):
        return found.reference
    if isinstance(found, Ambiguous):
        several = ", ".join(candidate for candidate, _ in found.candidates)
        return Objection(f"{word} names several: {several}", "name one of them")
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


def _staff(text: str) -> int | Objection:
    return int(text) if text.isdecimal() else Objection(f"{text} is no whole number", "write how many, as in staff 3")


def _truth(text: str) -> bool | Objection:
    if text in {"true", "false"}:
        return text == "true"
    return Objection(f"{text} is neither true nor false", "write true or false")


def _due(text: str) -> Due | Objection:
    day = parse(text)
    return Objection(day.reason, day.remedy) if isinstance(day, Fault) else Due(day, None, "target")


_OTHERS: Final[dict[str, Callable[[str], Value | Objection]]] = {"staff": _staff, "head": _truth, "due": _due}
