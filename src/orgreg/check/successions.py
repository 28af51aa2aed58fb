"""Every succession that is written somewhere: `into` at what ended, `out_of` at what began or got a part."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from orgreg.check.once import once
from orgreg.check.strands import Strand, entries_counting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.finding import Route
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry


class Succession(NamedTuple):
    """One partner that an entry names. `key` is `into` or `out_of`."""

    strand: Strand
    entry: Entry
    key: str
    place: int
    partner: str

    @property
    def route(self) -> Route:
        """Where the partner is named."""
        return self.strand.at(self.entry, self.key, self.place)


@once
def successions(registry: Registry) -> tuple[Succession, ...]:
    """All of them, by file, in the order of each file's entries."""
    return tuple(_successions(registry))


def _successions(registry: Registry) -> Iterator[Succession]:
    for strand, entry in entries_counting(registry):
        for key in ("into", "out_of"):
            partners = entry.values.get(key)
            if isinstance(partners, tuple):
                for place, partner in enumerate(partners):
                    yield Succession(strand, entry, key, place, str(partner))


def derived(registry: Registry) -> dict[str, list[Succession]]:
    """What `out_of` says elsewhere, by the identity that something came from."""
    found: dict[str, list[Succession]] = defaultdict(list)
    for succession in successions(registry):
        if succession.key == "out_of":
            found[succession.partner].append(succession)
    return found
