"""Sources say different things, and the register keeps both.

`also:` holds what another source says instead of a value. The own value is shown, marked as disputed, with the words of
both; `because:` says why it is preferred. This note only counts the disputes, so that none is forgotten; `orgreg report
disputes` shows them side by side. What is not known or inferred of parent, origin or end has a note of its own.

Ask who knows. What is settled leaves `also:`, with the sources that were right at the value.

Wrong:

    # data/units/bs/integration.yaml
    timeline:
      - from: 2024-03-01
        name: Integration, Vielfalt und Demokratie
        kind: Stelle
        parent: sozialreferat
        also:
          - name: Vielfalt, Zuwanderung und Demokratie
            because: the council papers agree
            sources:
              - paper: beschluss

Right:

    # data/units/bs/integration.yaml
    timeline:
      - from: 2024-03-01
        name: Integration, Vielfalt und Demokratie
        kind: Stelle
        parent: sozialreferat
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.check.strands import entries_in_force
from orgreg.check.wording import joined, short
from orgreg.model.day import UNKNOWN_DAY
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.registry import PAPERS, path_of
from orgreg.model.timeline import Absent
from orgreg.model.unit import municipality_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.model.finding import Route
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Alternative, Entry

RULE: Final = Rule("D008", "disputed", Severity.NOTE)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every key of an entry or a paper of which another source says something else."""
    for strand, entry in entries_in_force(registry):
        for key, places in _by_key(entry.also, "from").items():
            if not _has_a_note(entry, key):
                here = _Here(strand.path, strand.id, (*strand.at(entry), "also", places[0], key))
                own = entry.since if key == "from" else entry.values.get(key)
                yield _finding(here, key, own, [entry.also[place] for place in places])
    for identity, paper in sorted(registry.papers.items()):
        for key, places in _by_key(paper.also, "date").items():
            here = _Here(path_of(PAPERS, identity), identity, ("also", places[0], key))
            yield _finding(here, key, getattr(paper, key), [paper.also[place] for place in places])


def _by_key(also: Iterable[Alternative], day: str) -> dict[str, list[int]]:
    """The disputed keys with the places of what is said instead."""
    found: dict[str, list[int]] = {}
    for place, other in enumerate(also):
        for key in (*other.values, *(() if other.since is None else (day,))):
            found.setdefault(key, []).append(place)
    return found


def _has_a_note(entry: Entry, key: str) -> bool:
    """Whether another rule tells of it: of a parent or origin that is unknown, of an end that is inferred."""
    if key == "ended" and key in entry.inferred:
        return True
    return key in {"parent", "staff_of", "out_of", "ended"} and entry.values.get(key) is Absent.UNKNOWN


class _Here(NamedTuple):
    path: str
    entity: str
    route: Route


def _finding(here: _Here, key: str, own: object, others: list[Alternative]) -> Finding:
    city = municipality_of(here.entity)
    papers = dict.fromkeys(
        short(source.paper, city) for other in others for source in other.sources if source.paper is not None
    )
    who = joined(papers) if papers else "another source"
    one = len(papers) <= 1
    unknown = own is Absent.UNKNOWN or own == UNKNOWN_DAY
    message = f"{key} is disputed: {who} {'says' if one else 'say'} otherwise"
    if unknown:
        message = f"{key} is unknown here, and {who} {'gives' if one else 'give'} it"
    if not all(other.because for other in others):
        message += "; no reason is given why that does not stand"
    return Finding(
        RULE,
        here.path,
        message,
        "ask who knows; orgreg report disputes shows both sides",
        route=here.route,
        entity=here.entity,
    )
