"""Why a change may not happen: the reasons that several changes share, each a sentence with a way out."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Final

from orgreg.change.proposal import Objection
from orgreg.model.day import ALWAYS, day_before
from orgreg.model.unit import municipality_of, slug_of
from orgreg.query.names import number
from orgreg.query.standing import Standing, standing

if TYPE_CHECKING:
    from datetime import date

    from orgreg.change.proposal import Basis
    from orgreg.model.registry import Municipality, Registry
    from orgreg.model.timeline import Timeline
    from orgreg.model.unit import Unit

_OTHER_SIGNS: Final = re.compile("[^a-z0-9]+", re.ASCII)
_PLAIN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def alive(registry: Registry, unit: Unit, day: date) -> Standing | Objection:
    """The unit as it stands on the day, or why nothing can happen to it then."""
    found = standing(registry, unit, day)
    if found is not None:
        return found
    name = slug_of(unit.id)
    ended = [life.span.end for life in unit.timeline.lives if life.span.end <= day]
    if ended:
        last = day_before(max(ended)).isoformat()
        return Objection(
            f"{name} does not live on {day.isoformat()}; its last day was {last}", f"give a --date until {last}"
        )
    begun = [life.span.start for life in unit.timeline.lives if life.span.start > day]
    if begun:
        first = min(begun).isoformat()
        return Objection(
            f"{name} does not live on {day.isoformat()}; its first day is {first}", f"give a --date from {first}"
        )
    return Objection(f"{name} is not in force on {day.isoformat()}", f"see orgreg show {unit.id} --planned")


def other_city(unit: str, target: str) -> Objection | None:
    """A unit stays in its municipality."""
    if municipality_of(unit) == municipality_of(target):
        return None
    return Objection(
        f"{unit} and {target} are units of different municipalities",
        f"dissolve it here, and create it in {municipality_of(target)}",
    )


def circle(registry: Registry, unit: str, parent: str, day: date) -> Objection | None:
    """Nothing stands under itself."""
    if unit == parent:
        return Objection(f"{slug_of(unit)} cannot stand under itself", "name another unit")
    seen: list[str] = []
    above: str | None = parent
    while above is not None and above not in seen:
        if above == unit:
            line = " under ".join(slug_of(one) for one in reversed([unit, *reversed(seen)]))
            return Objection(f"{slug_of(parent)} stands under {slug_of(unit)} ({line})", "move that one out first")
        seen.append(above)
        found = registry.units.get(above)
        now = None if found is None else standing(registry, found, day)
        up = None if now is None else now.parent
        above = up if isinstance(up, str) else None
    return None


def code_taken(registry: Registry, unit: Unit, code: str, day: date) -> Objection | None:
    """A code leads to one unit on every day from its first on."""
    for other in registry.units.values():
        if other.id == unit.id or other.municipality != unit.municipality:
            continue
        for life in other.timeline.lives:
            for span, held in life.runs("code"):
                if held.value == code and span.end > day:
                    when = "" if span.start <= day else f" from {span.start.isoformat()}"
                    return Objection(
                        f"{code} is borne by {slug_of(other.id)}{when}", "give that one another code first, or end it"
                    )
    return None


def too_early(timeline: Timeline, name: str, basis: Basis) -> Objection | None:
    """What comes before something that is already recorded needs a reason."""
    last = max((entry.counts_from for entry in timeline.entries), default=ALWAYS)
    if basis.because is not None or basis.since.counts_from >= last:
        return None
    return Objection(
        f"{name} has an entry of {last.isoformat()}, later than {basis.since}",
        "say with --because why this comes before it, or give a later --date",
    )


def not_recorded(city: Municipality, word: str) -> Objection:
    """A paper is recorded before anything rests on it; the way out is the command that does so."""
    bare = number(word)
    known = any(era.fits(bare) for era in city.numbers)
    slug = _OTHER_SIGNS.sub("-", (bare if known else word).lower().translate(_PLAIN)).strip("-") or "paper"
    given = f"number={bare}" if known else f"title={word}"
    line = shlex.join(("orgreg", "create", "paper", f"{city.id}/{slug}", given, "date=unknown"))
    return Objection(f"no paper is recorded as {word}", f"record it first, with what is known of it: {line}")


def itself(unit: Unit, target: Unit) -> Objection | None:
    """What ends goes to another."""
    if unit.id != target.id:
        return None
    return Objection(f"{slug_of(unit.id)} cannot go into itself", "name another unit")


def first_of(*answers: object) -> Objection | None:
    """The first objection among several answers."""
    return next((answer for answer in answers if isinstance(answer, Objection)), None)


def below(registry: Registry, unit: Unit, day: date) -> list[str]:
    """The units that stand under the unit on the day."""
    found = (standing(registry, other, day) for other in registry.units.values())
    return sorted(one.unit.id for one in found if one is not None and one.parent == unit.id)
