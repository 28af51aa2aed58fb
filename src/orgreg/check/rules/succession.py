"""A succession does not hold together: what ended leads to no living successor, or something begins from nothing.

`into` names what goes on, `out_of` what something came from. A successor exists on the day of the end, for that is the
first day on which it bears what the other bore. What `out_of` names exists on the day before, or still on the day. An
end `absorbed`, `merged`, `split` or `replaced` has a successor: in `into`, in an `out_of` of that day over there, or as
`into: unknown`. One that is `dissolved` has none. Where the day is vague, one day of those it may be is enough.

Correct the day, the word for the end, or the unit that is named.

Wrong:

    # data/units/bs/integration.yaml
    timeline:
      - from: 2024-04-01
        name: Integration, Vielfalt und Demokratie
        kind: Stelle
        parent: none
    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
      - from: 2024-03-01
        ended: absorbed
        into: [integration]

Right:

    # data/units/bs/integration.yaml
    timeline:
      - from: 2024-03-01
        name: Integration, Vielfalt und Demokratie
        kind: Stelle
        parent: none
    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
      - from: 2024-03-01
        ended: absorbed
        into: [integration]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.strands import INTENDED, entries_counting
from orgreg.check.successions import Succession, derived, successions
from orgreg.check.wording import absence, short
from orgreg.model.day import NEVER, Span, day_after, day_before
from orgreg.model.finding import Finding, Rule
from orgreg.model.unit import whole_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.strands import Strand
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry

RULE: Final = Rule("U007", "succession")

_GOES_ON: Final = frozenset({"absorbed", "merged", "split", "replaced"})


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every end that lacks its successor, and for every partner that does not live then."""
    told_there = derived(registry)
    for strand, entry in entries_counting(registry):
        if entry.ends or "into" in entry.values:
            yield from _of_end(strand, entry, told_there.get(strand.id, []))
    for succession in successions(registry):
        found = _of_partner(registry, succession)
        if found is not None:
            message, hint = found
            yield Finding(
                RULE,
                succession.strand.path,
                message,
                hint,
                route=succession.route,
                entity=succession.strand.id,
            )


def _of_end(strand: Strand, entry: Entry, told_there: list[Succession]) -> Iterator[Finding]:
    """What the entry says of its own end."""
    ended, into = entry.values.get("ended"), entry.values.get("into")
    found: tuple[str, str, str] | None = None
    if "into" in entry.values and ended is None:
        found = (
            "into",
            f"into names a successor, and the {strand.what} does not end here",
            "add ended:, or write out_of: there",
        )
    elif ended == "dissolved" and isinstance(into, tuple):
        found = (
            "into",
            "what is dissolved has no successor",
            "delete into:, or write ended: absorbed, merged, split or replaced",
        )
    elif ended in _GOES_ON and strand.what == "unit" and not _has_successor(entry, told_there):
        found = (
            "ended",
            f"the unit is {ended}, and no successor is named",
            "add into: with the successors; unknown, where no source says",
        )
    if found is not None:
        key, message, hint = found
        yield Finding(RULE, strand.path, message, hint, route=strand.at(entry, key), entity=strand.id)


def _has_successor(entry: Entry, told_there: list[Succession]) -> bool:
    into = entry.values.get("into")
    if into is not None:
        return str(into) != "none"
    day = _possible(entry)
    return any(day.overlap(_possible(other.entry)) is not None for other in told_there)


def _of_partner(registry: Registry, succession: Succession) -> tuple[str, str] | None:
    """What is wrong with the unit that a succession names, or None."""
    strand, entry = succession.strand, succession.entry
    name = short(succession.partner, strand.municipality)
    if succession.partner == strand.id or (strand.what == "unit" and whole_of(succession.partner) == strand.owner):
        return f"{succession.key} names the {strand.what} itself", "name another, or delete it"
    partner = registry.units.get(whole_of(succession.partner))
    if partner is None:
        return None
    days = _possible(entry)
    if succession.key == "out_of":
        days = Span(day_before(days.start), days.end)
    timeline = partner.timeline
    lives = [*timeline.lives, *(timeline.intended if entry.status in INTENDED else ())]
    if any(days.overlap(life.span) is not None for life in lives):
        return None
    if not lives:
        return f"{name} {absence(timeline)}", "name a unit that is in force, or correct the day of its beginning"
    if succession.key == "into":
        hint = f"a successor exists on the first day without the {strand.what}: correct the day here or there"
        return f"{name} does not exist on {entry.since}", hint
    hint = "correct the day here or there, or name what it came from"
    return f"{name} exists neither on {entry.since} nor the day before", hint


def _possible(entry: Entry) -> Span:
    """The days on which it may have happened."""
    return Span(entry.since.earliest, NEVER if entry.since.latest == NEVER else day_after(entry.since.latest))
