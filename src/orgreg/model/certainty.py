"""How certain a value is on a day. Certainty is computed from what the files say, never written into them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.model.absent import Absent
from orgreg.model.day import ALWAYS, NEVER, day_before
from orgreg.model.identity import slug_of
from orgreg.model.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from orgreg.model.day import When
    from orgreg.model.timeline import Entry, Held, Source


class Certainty(Enum):
    """How a value stands, from the strongest to the weakest."""

    STATED = "stated"
    INFERRED = "inferred"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"

    def __str__(self) -> str:
        return self.value


_STRENGTH: Final = {certainty: place for place, certainty in enumerate(Certainty)}


def weakest(certainties: Iterable[Certainty]) -> Certainty:
    """The weakest of several; stated where there are none."""
    return max(certainties, key=_STRENGTH.__getitem__, default=Certainty.STATED)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a value is not simply stated. `attribute` is a key of the entry, or `existence`."""

    attribute: str
    certainty: Certainty
    because: str
    brief: str | None = None
    """The few words for it beside a name, where attribute and certainty alone would not say it."""
    day: When | None = None
    """The day that is vague or inferred, where that is the reason."""


class Attestation(NamedTuple):
    """The first and the last day on which something was heard of, both included."""

    first: date
    last: date


def attestation(entries: Iterable[Entry], dated: Callable[[str], When | None]) -> Attestation | None:
    """When what the entries say was first and last heard of; None where no day is known.

    A source speaks of the day that it attests, else of every day from the entry's `from` to its paper's date. An end
    is the first day without: its sources speak of a past that lasted until the day before.
    """
    days: list[date] = []
    for entry in entries:
        if entry.ends:
            days += map(day_before, _known(entry.since))
        else:
            days += _known(entry.since)
            days += spoken_of(entry, dated)
    return Attestation(min(days), max(days)) if days else None


def spoken_of(entry: Entry, dated: Callable[[str], When | None]) -> list[date]:
    """The days that the entry's sources speak of."""
    return [day for source in entry.sources for day in _speaks_of(source, dated)]


def _speaks_of(source: Source, dated: Callable[[str], When | None]) -> list[date]:
    spoken_of = source.attests
    if spoken_of is None and source.paper is not None:
        spoken_of = dated(source.paper)
    return [] if spoken_of is None else _known(spoken_of)


def _known(when: When) -> list[date]:
    # An open side says nothing; the other one is a day that it was certainly spoken of by or from.
    return [day for day in (when.earliest, when.latest) if ALWAYS < day < NEVER]


def doubt(held: Held, day: date, dated: Callable[[str], When | None]) -> Doubt | None:
    """Why the value is not simply stated on the day, or None where it is."""
    entry, attribute = held.entry, held.attribute
    if held.value is Absent.UNKNOWN:
        reason = entry.inferred.get(attribute) or "no source gives it"
        return Doubt(attribute, Certainty.UNKNOWN, reason)
    others = [other for other in entry.also if attribute in other.values]
    if others:
        return Doubt(
            attribute,
            Certainty.DISPUTED,
            "; ".join(dissent(attribute, other.values, other.sources) for other in others),
        )
    if attribute in entry.inferred:
        return Doubt(attribute, Certainty.INFERRED, entry.inferred[attribute])
    vague = day_doubt(entry, attribute, day, dated)
    if vague is not None and held.begun_by is not entry:
        # What only confirms takes nothing from what has been said before.
        return doubt(held._replace(entry=held.begun_by), day, dated)
    return vague


def dissent(attribute: str, values: Mapping[str, object], sources: tuple[Source, ...]) -> str:
    """Who says what instead."""
    papers = ", ".join(dict.fromkeys(slug_of(source.paper) for source in sources if source.paper is not None))
    value = values[attribute]
    shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"{papers or 'another source'} says {shown}"


def day_doubt(entry: Entry, attribute: str, day: date, dated: Callable[[str], When | None]) -> Doubt | None:
    """Why what the entry says of the attribute may not yet hold on the day, or None."""
    if day < entry.since.settled or (entry.since.approximate and day == entry.since.settled):
        words = f"{entry.since}, {quoted(entry.wording)}" if entry.wording else entry.since.text
        return Doubt(attribute, Certainty.INFERRED, f"the day is only known as {words}", day=entry.since)
    for other in entry.also:
        if other.since is not None and day < max(other.since.settled, entry.counts_from):
            return Doubt(attribute, Certainty.DISPUTED, f"another source gives {other.since} as the day")
    if "from" in entry.inferred and day < min(spoken_of(entry, dated), default=NEVER):
        return Doubt(attribute, Certainty.INFERRED, entry.inferred["from"], day=entry.since)
    return None


def existence(
    opening: Iterable[Entry],
    heard: Attestation | None,
    day: date,
    later_change: Callable[[date, date], date | None],
    dated: Callable[[str], When | None],
) -> Doubt | None:
    """Why it is not certain that something exists on the day, or None.

    `later_change` gives a recorded change after one day and not after another, or None (design, section 2).
    """
    vague = [day_doubt(entry, "existence", day, dated) if entry.since.known else None for entry in opening]
    if vague and all(vague):
        return vague[0]  # one entry whose day is certain would be enough
    if heard is None:
        return Doubt("existence", Certainty.INFERRED, "no dated source speaks of it", "not dated")
    if day < heard.first:
        words = f"not attested before {heard.first.isoformat()}"
        return Doubt("existence", Certainty.INFERRED, words, words)
    return silence(heard, day, later_change)


def silence(heard: Attestation, day: date, later_change: Callable[[date, date], date | None]) -> Doubt | None:
    """Why something last heard of may be gone on the day: there was a recorded change since; or None."""
    change = later_change(heard.last, day)
    if change is None:
        return None
    words = f"last heard of on {heard.last.isoformat()}"
    return Doubt("existence", Certainty.INFERRED, f"{words}, before the change of {change.isoformat()}", words)
