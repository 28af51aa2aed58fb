"""Every reference of a register: where it stands, in which folder its file must lie, what it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgreg.check.once import once
from orgreg.check.strands import strands
from orgreg.model.reference import LEADS_TO
from orgreg.model.registry import PAPERS, PLANS, UNITS, path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from orgreg.model.finding import Route
    from orgreg.model.paper import Paper
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Alternative, Entry, Source
    from orgreg.model.unit import Correction

    Wanted = Callable[[str, str], object]


class Mention(NamedTuple):
    """One reference in a file. `key` is the key that says it."""

    path: str
    owner: str
    route: Route
    key: str
    folder: str
    target: str


class Leads(NamedTuple):
    """Where the references of a register lead: those to no file or to a part of one, and the papers that none names."""

    astray: tuple[Mention, ...]
    unnamed: frozenset[str]


@once
def leads(registry: Registry) -> Leads:
    """Found out in one go. A paper does not name itself."""
    there: dict[str, Collection[str]] = {UNITS: registry.units, PAPERS: registry.papers, PLANS: registry.plans}
    astray: list[Mention] = []
    unnamed = set(registry.papers)
    # Most names lead to a file, and what is there need not be read to know that it is.
    for mention in mentions(registry, lambda at, name: name not in there[at] or (at == PAPERS and name in unnamed)):
        if mention.folder != PAPERS or mention.target not in unnamed:
            astray.append(mention)
        elif mention.path != path_of(PAPERS, mention.target):
            unnamed.discard(mention.target)
    return Leads(tuple(astray), frozenset(unnamed))


def mentions(registry: Registry, wanted: Wanted) -> Iterator[Mention]:
    """All references that are wanted, by file, in the order of each file's entries.

    `wanted` is asked with the folder and the name. Much of a register is references: only of those the place is made.
    """
    for strand in strands(registry):
        finder = _Finder(strand.path, strand.owner, wanted)
        for entry in strand.timeline.entries:
            yield from finder.entry((*strand.route, entry.position), entry)
    for identity, unit in sorted(registry.units.items()):
        yield from _Finder(path_of(UNITS, identity), identity, wanted).corrections(unit.corrections)
    for identity, plan in sorted(registry.plans.items()):
        yield from _Finder(path_of(PLANS, identity), identity, wanted).corrections(plan.corrections)
    for identity, paper in sorted(registry.papers.items()):
        yield from _Finder(path_of(PAPERS, identity), identity, wanted).paper(paper)


class _Finder(NamedTuple):
    """Makes mentions of one file."""

    path: str
    owner: str
    wanted: Wanted

    def one(self, route: Route, key: str, folder: str, target: str) -> list[Mention]:
        return [Mention(self.path, self.owner, route, key, folder, target)] if self.wanted(folder, target) else []

    def several(self, route: Route, key: str, folder: str, targets: Iterable[object]) -> list[Mention]:
        return [
            Mention(self.path, self.owner, (*route, place), key, folder, target)
            for place, target in enumerate(targets)
            if isinstance(target, str) and self.wanted(folder, target)
        ]

    def values(self, route: Route, values: Mapping[str, object]) -> list[Mention]:
        found: list[Mention] = []
        for key, value in values.items():
            folder = LEADS_TO.get(key)
            if folder is None:
                continue
            if isinstance(value, str):
                found += self.one((*route, key), key, folder, value)
            elif isinstance(value, tuple):
                found += self.several((*route, key), key, folder, value)
        return found

    def sources(self, route: Route, sources: Iterable[Source]) -> list[Mention]:
        return [
            Mention(self.path, self.owner, (*route, "sources", place, "paper"), "paper", PAPERS, source.paper)
            for place, source in enumerate(sources)
            if source.paper is not None and self.wanted(PAPERS, source.paper)
        ]

    def decisions(self, route: Route, decided_by: object) -> list[Mention]:
        if not isinstance(decided_by, tuple):
            return []
        # One paper may be written without a list; then it is the value itself that has a place.
        if len(decided_by) == 1:
            return self.one((*route, "decided_by"), "decided_by", PAPERS, decided_by[0])
        return self.several((*route, "decided_by"), "decided_by", PAPERS, decided_by)

    def alternatives(self, route: Route, alternatives: Iterable[Alternative]) -> list[Mention]:
        found: list[Mention] = []
        for place, other in enumerate(alternatives):
            here = (*route, "also", place)
            found += self.values(here, other.values)
            found += self.decisions(here, other.decided_by)
            found += self.sources(here, other.sources)
        return found

    def entry(self, route: Route, entry: Entry) -> list[Mention]:
        found = self.values(route, entry.values)
        if entry.decided_by is not None:
            found += self.decisions(route, entry.decided_by)
        if entry.annulled is not None and entry.annulled.by is not None:
            found += self.one((*route, "annulled", "by"), "by", PAPERS, entry.annulled.by)
        if entry.also:
            found += self.alternatives(route, entry.also)
        found += self.sources(route, entry.sources)
        return found

    def corrections(self, corrections: Iterable[Correction]) -> list[Mention]:
        return [
            mention
            for place, one in enumerate(corrections)
            for mention in self.sources(("corrections", place), one.sources)
        ]

    def paper(self, paper: Paper) -> list[Mention]:
        found = self.values((), {"author": paper.author, "lead": paper.lead})
        for place, consultation in enumerate(paper.consultations):
            if isinstance(consultation.body, str):
                found += self.one(("consultations", place, "body"), "body", UNITS, consultation.body)
        for relation, targets in paper.relations.items():
            if isinstance(targets, tuple):
                found += self.several(("relations", relation), relation, PAPERS, targets)
        found += self.alternatives((), paper.also)
        found += self.sources((), paper.sources)
        found += self.corrections(paper.corrections)
        return found
