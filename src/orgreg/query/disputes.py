"""What the sources say differently: each dispute with both values, who says them in which words, and what is preferred.

A statement with `also:` is disputed. Its own value is the preferred one where `because` says why, and otherwise only
the one that stands first. A dispute with several other values has a row for each. On a day, those are told whose own
value holds then, or, of ends and origins, has come by then; without a day, all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.model.timeline import Absent, Status
from orgreg.model.unit import slug_of, whole_of
from orgreg.model.wording import quoted
from orgreg.query.labels import Labels
from orgreg.query.table import Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from orgreg.model.paper import Paper
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Alternative, Entry, Source, Timeline, Value
    from orgreg.query.table import Cell

COLUMNS: Final = (
    Column("reference", "of", Kind.REFERENCE),
    Column("name", "name", Kind.WORD),
    Column("attribute", "disputed", Kind.WORD),
    Column("since", "since", Kind.DAY),
    Column("value", "stands", Kind.PROSE),
    Column("papers", "by", Kind.LIST),
    Column("quotes", "in the words", Kind.LIST),
    Column("other_value", "against it", Kind.PROSE),
    Column("other_papers", "by", Kind.LIST),
    Column("other_quotes", "in the words", Kind.LIST),
    Column("preferred", "preferred", Kind.PROSE),
    Column("because", "because", Kind.PROSE),
)

_ALWAYS_TOLD: Final = frozenset({"ended", "into", "out_of", "from", "decided_by"})
"""What speaks of one day only: it is told from that day on."""


def disputes(registry: Registry, day: date | None, today: date) -> Table:
    """The disputes as a table; names are those of the day, else of today."""
    labels = Labels(registry, day or today)
    rows = sorted(_rows(registry, day, labels), key=lambda row: [str(cell) for cell in row])
    return Table("disputes", "What the sources say differently", day, COLUMNS, tuple(rows), "no disputes")


def _rows(registry: Registry, day: date | None, labels: Labels) -> Iterator[tuple[Cell, ...]]:
    for identity, timeline in _timelines(registry):
        for entry in timeline.entries:
            if entry.annulled is None and entry.status is not Status.NOT_CREATED:
                for other in entry.also:
                    yield from _of_entry(registry, (identity, timeline, entry), other, day, labels)
    for paper in registry.papers.values():
        if day is None or paper.date.counts_from <= day:
            for other in paper.also:
                yield from _of_paper(paper, other, labels)


def _timelines(registry: Registry) -> Iterator[tuple[str, Timeline]]:
    for unit in registry.units.values():
        yield unit.id, unit.timeline
        for slug, timeline in (*unit.posts.items(), *unit.tasks.items()):
            yield f"{unit.id}#{slug}", timeline
    for plan in registry.plans.values():
        yield plan.id, plan.timeline
        for slug, timeline in (*plan.steps.items(), *plan.dimensions.items()):
            yield f"{plan.id}#{slug}", timeline


def _of_entry(
    registry: Registry,
    where: tuple[str, Timeline, Entry],
    other: Alternative,
    day: date | None,
    labels: Labels,
) -> Iterator[tuple[Cell, ...]]:
    identity, timeline, entry = where
    own_values: dict[str, Value | None] = {**entry.values, "from": entry.since, "decided_by": entry.decided_by}
    others: dict[str, Value | None] = {**other.values, "from": other.since, "decided_by": other.decided_by}
    for attribute, value in others.items():
        if value is not None and (day is None or _told_on(timeline, entry, attribute, day)):
            own = own_values.get(attribute)
            yield (
                identity,
                _name(registry, identity, labels),
                attribute,
                str(entry.since),
                _words(own, labels),
                *_said(entry.sources, identity),
                _words(value, labels),
                *_said(other.sources, identity),
                _preferred(own, other, labels),
                other.because,
            )


def _told_on(timeline: Timeline, entry: Entry, attribute: str, day: date) -> bool:
    if attribute in _ALWAYS_TOLD:
        return entry.counts_from <= day
    life = timeline.life_on(day)
    held = None if life is None else life.held(day).get(attribute)
    return held is not None and held.begun_by.counts_from <= entry.counts_from <= held.entry.counts_from


def _of_paper(paper: Paper, other: Alternative, labels: Labels) -> Iterator[tuple[Cell, ...]]:
    for attribute, value in other.values.items():
        own: Value | None = getattr(paper, attribute, None)
        yield (
            paper.id,
            _paper_name(paper),
            attribute,
            str(paper.date),
            _words(own, labels),
            *_said(paper.sources, paper.id),
            _words(value, labels),
            *_said(other.sources, paper.id),
            _preferred(own, other, labels),
            other.because,
        )


def _preferred(own: Value | None, other: Alternative, labels: Labels) -> str:
    return _words(own, labels) if other.because else "none: no reason is given"


def _name(registry: Registry, identity: str, labels: Labels) -> str:
    plan = registry.plans.get(whole_of(identity))
    if plan is None:
        return labels.unit(identity)
    slug = identity.partition("#")[2]
    return labels.step(plan, slug) if slug else slug_of(plan.id)


def _paper_name(paper: Paper) -> str:
    return " ".join(str(one) for one in (paper.kind, paper.number) if isinstance(one, str)) or slug_of(paper.id)


def _words(value: Value | None, labels: Labels) -> str:
    """A value in words; of references the names with the slugs by which they are asked for."""
    if value is None:
        return "nothing"
    several = value if isinstance(value, tuple) else (value,)
    return "; ".join(_word(one, labels) for one in several)


def _word(value: object, labels: Labels) -> str:
    if isinstance(value, Absent):
        return value.value
    text = str(value)
    if whole_of(text) in labels.registry.units:
        return f"{labels.unit(text)} ({slug_of(text)})"
    paper = labels.paper(text)
    return text if paper is None else f"{_paper_name(paper)} ({slug_of(text)})"


def _said(sources: Iterable[Source], own: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who says it, and in which words; a paper of which no words are recorded has none."""
    papers: dict[str, None] = {}
    quotes: dict[str, None] = {}
    for source in sources:
        paper = source.paper or own
        papers[paper] = None
        if source.quote is not None:
            quotes[f"{slug_of(paper)}: {quoted(' '.join(source.quote.split()))}"] = None
    return tuple(papers), tuple(quotes)
