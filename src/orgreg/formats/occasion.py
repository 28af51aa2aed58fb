"""How an occasion is told to people, whatever the format: its heading, what is said of all of it, its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgreg.model.certainty import Certainty, weakest
from orgreg.model.timeline import Absent
from orgreg.model.unit import slug_of
from orgreg.query.reporting import reported, title
from orgreg.query.sentence import sentence
from orgreg.query.wording import moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.model.certainty import Doubt
    from orgreg.model.change import Change, Occasion
    from orgreg.model.registry import Registry
    from orgreg.query.reporting import Report

_WORDS: Final = {
    "from": "day",
    "ended": "end",
    "into": "where to",
    "out_of": "origin",
    "staff_of": "place",
    "parent": "place",
    "short_name": "short name",
    "agrees_with": "agreement",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words. `mark` is how certain it is, `reasons` are pairs of what is not simply stated and why."""

    sentence: str
    mark: str
    reasons: tuple[tuple[str, str], ...]


def heading(registry: Registry, occasion: Occasion, *, with_city: bool) -> tuple[str, str]:
    """The day in words; and what follows it: the city, where there are several, and the title of a common change."""
    city = registry.municipalities.get(occasion.municipality)
    name = (occasion.municipality if city is None else city.name) if with_city else None
    shared = title(registry, occasion)
    day = moment(occasion.on) if occasion.on.known else "beginning unknown"
    return day, (f", {name}" if name else "") + (f": {shared}" if shared else "")


def cities(occasions: Sequence[Occasion]) -> int:
    """How many municipalities are spoken of."""
    return len({occasion.municipality for occasion in occasions})


def about(registry: Registry, occasion: Occasion) -> str:
    """What is said of all of it: the word of the change, who decided it, by which papers it is known."""
    said = [] if occasion.word is None else [f"change: {occasion.word}"]
    decided = occasion.decided_by
    if isinstance(decided, tuple):
        said.append(f"decided by {', '.join(map(slug_of, decided))}")
    elif decided is not None:
        said.append(f"decision: {'none recorded' if decided is Absent.UNKNOWN else 'none'}")
    reports = [f"{slug_of(one.paper)} ({_when(one)})" for one in reported(registry, occasion)]
    said += [f"reported by {', '.join(reports)}"] if reports else []
    return "; ".join(said)


def _when(report: Report) -> str:
    if report.days is None:
        return moment(report.written)
    if report.days == 0:
        return "on the day"
    count = f"{abs(report.days)} day{'' if abs(report.days) == 1 else 's'}"
    return f"{count} {'later' if report.days > 0 else 'before'}"


def told(registry: Registry, occasion: Occasion) -> Iterator[Told]:
    """The changes as sentences. A reason is told once, where it is first needed."""
    spoken: set[Doubt] = set()
    for one in occasion.changes:
        # What is unknown is said in the sentence itself.
        doubts = [doubt for doubt in one.doubts if doubt.certainty is not Certainty.UNKNOWN]
        fresh = [doubt for doubt in doubts if doubt not in spoken]
        spoken.update(fresh)
        reasons = tuple((f"{_WORDS.get(one.attribute, one.attribute)} {one.certainty}", one.because) for one in fresh)
        yield Told(sentence(registry, one), _mark(occasion, one, doubts, as_above=bool(doubts) and not fresh), reasons)


def _mark(occasion: Occasion, change: Change, doubts: Sequence[Doubt], *, as_above: bool) -> str:
    said = [moment(change.on)] if change.on != occasion.on else []
    said += [str(weakest(doubt.certainty for doubt in doubts))] if doubts else []
    said += ["as above"] if as_above else []
    return ", ".join(said)
