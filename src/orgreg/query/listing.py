"""What there is on a day, as tables: units, posts, bodies, contacts, papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.model.certainty import Certainty, weakest
from orgreg.model.timeline import Absent, Contact, Membership
from orgreg.model.unit import whole_of
from orgreg.model.wording import quoted
from orgreg.query.labels import Labels
from orgreg.query.order import standing_key
from orgreg.query.papers import paper_doubts, question
from orgreg.query.portrait import Part, Portrait, portrait
from orgreg.query.table import Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from orgreg.model.certainty import Doubt
    from orgreg.model.paper import Paper
    from orgreg.model.registry import Registry
    from orgreg.query.papers import Wait
    from orgreg.query.portrait import Fact
    from orgreg.query.standing import Standing
    from orgreg.query.table import Cell

_CITY: Final = Column("municipality", "municipality")
_CERTAINTY: Final = Column("certainty", "certainty")
_BECAUSE: Final = Column("because", "because", Kind.LIST)
NOT_RECORDED: Final = "not recorded"
_OF_A_BODY: Final = frozenset({"existence", "name", "kind"})
"""What is told of a body beside who runs and who belongs to it."""

UNITS: Final = (
    _CITY,
    Column("code", "code"),
    Column("name", "name"),
    Column("reference", "unit", Kind.REFERENCE),
    Column("kind", "kind"),
    Column("parent", "under"),
    Column("since", "since", Kind.DAY),
    _CERTAINTY,
    _BECAUSE,
)
POSTS: Final = (
    _CITY,
    Column("unit", "unit"),
    Column("reference", "post", Kind.REFERENCE),
    Column("title", "title"),
    Column("head", "head"),
    Column("state", "state"),
    Column("holder", "holder"),
    Column("since", "so since", Kind.DAY),
    _CERTAINTY,
    _BECAUSE,
)
BODIES: Final = (
    _CITY,
    Column("name", "name"),
    Column("reference", "body", Kind.REFERENCE),
    Column("kind", "kind"),
    Column("secretariat", "secretariat"),
    Column("since", "so since", Kind.DAY),
    _CERTAINTY,
    Column("otherwise", "another source says", Kind.LIST),
    Column("members", "members", Kind.LIST),
    _BECAUSE,
)
CONTACTS: Final = (
    _CITY,
    Column("unit", "unit"),
    Column("reference", "reference", Kind.REFERENCE),
    Column("way", "way"),
    Column("since", "since", Kind.DAY),
    _CERTAINTY,
    Column("where", "where"),
    Column("because", "because", Kind.PROSE),
)
PAPERS: Final = (
    _CITY,
    Column("date", "date", Kind.DAY),
    Column("number", "number"),
    Column("kind", "kind"),
    Column("reference", "paper", Kind.REFERENCE),
    Column("answered_on", "answered on", Kind.DAY),
    Column("days", "after days"),
    Column("open_days", "open since days"),
    Column("title", "title", Kind.PROSE),
    Column("author", "by", Kind.LIST),
    Column("answered_by", "answered by", Kind.LIST),
    _CERTAINTY,
    _BECAUSE,
)


def units(registry: Registry, day: date) -> Table:
    """The units in the line, and what stands beside it or outside the city; bodies have a report of their own."""

    def rows() -> Iterator[tuple[Cell, ...]]:
        for seen, found in _seen(registry, day):
            if not found.kind.body:
                parent = _fact(seen, "parent") or _fact(seen, "staff_of")
                under = None if parent is None or parent.value is Absent.NONE else _one(parent, seen.labels)
                city, since = _city(seen.labels, found.unit.municipality), str(found.life.entries[0].since)
                named = (city, found.code, found.name, found.unit.id, found.text("kind"), under, since)
                yield (*named, str(found.certainty), reasons(found.doubts))

    return Table("units", "Units", day, UNITS, tuple(rows()), "no units", ("municipality",))


def posts(registry: Registry, day: date) -> Table:
    """The posts: vacant, filled, or filled by somebody who is not named."""

    def rows() -> Iterator[tuple[Cell, ...]]:
        for seen, found in _seen(registry, day):
            for post in seen.posts:
                holder, head, title = post.fact("holder"), post.fact("head"), post.fact("title")
                doubts = [*post.doubts, *(fact.doubt for fact in post.facts if fact.doubt is not None)]
                leads = "head" if head is not None and head.value is True else None
                city = _city(seen.labels, found.unit.municipality)
                named = (city, found.label, post.identity, _text(title, post), leads)
                yield (*named, *_holder(holder, post), str(weakest(one.certainty for one in doubts)), reasons(doubts))

    return Table("posts", "Posts", day, POSTS, tuple(rows()), "no posts", ("municipality", "unit"))


def _text(title: Fact | None, post: Part) -> str:
    return post.slug if title is None else str(title.value)


def _holder(holder: Fact | None, post: Part) -> tuple[str, str | None, str]:
    """The state of a post, who holds it where that is told, and since when it is so."""
    if holder is None:
        return NOT_RECORDED, None, str(post.since)
    since = str(holder.since)
    if isinstance(holder.value, Absent):
        return "unnamed", None, since
    return ("vacant", None, since) if holder.value == "vacant" else ("filled", str(holder.value), since)


def bodies(registry: Registry, day: date) -> Table:
    """The bodies, each with the unit that runs its secretariat."""

    def rows() -> Iterator[tuple[Cell, ...]]:
        for seen, found in _seen(registry, day):
            if found.kind.body:
                runs, members = _fact(seen, "secretariat"), _fact(seen, "members")
                told = NOT_RECORDED if runs is None or runs.value is Absent.UNKNOWN else _one(runs, seen.labels)
                city = _city(seen.labels, found.unit.municipality)
                named = (city, found.name, found.unit.id, found.text("kind"))
                others = () if runs is None else tuple(_others(runs, seen.labels))
                doubts = [doubt for doubt in found.doubts if doubt.attribute in _OF_A_BODY]
                doubts += [fact.doubt for fact in (runs, members) if fact is not None and fact.doubt is not None]
                certainty = Certainty.UNKNOWN if runs is None else weakest(one.certainty for one in doubts)
                since, listed = None if runs is None else str(runs.since), _members(members, seen.labels)
                yield (*named, told, since, str(certainty), others or None, listed, reasons(doubts))

    return Table("bodies", "Bodies", day, BODIES, tuple(rows()), "no bodies", ("municipality",))


def _others(fact: Fact, labels: Labels) -> Iterator[str]:
    for entry in fact.statements:
        for other in entry.also:
            if isinstance(value := other.values.get(fact.attribute), str):
                yield labels.unit(value)


def _members(fact: Fact | None, labels: Labels) -> tuple[str, ...] | None:
    if fact is None or not isinstance(fact.value, tuple):
        return None
    return tuple(quoted(one.rule) if isinstance(one, Membership) else labels.unit(str(one)) for one in fact.value)


def contacts(registry: Registry, day: date) -> Table:
    """How units are reached. What its source does not say of this day is marked."""

    def rows() -> Iterator[tuple[Cell, ...]]:
        for seen, found in _seen(registry, day):
            fact = _fact(seen, "contact")
            if fact is not None and isinstance(fact.value, Contact):
                because = None if fact.doubt is None else fact.doubt.because
                city = _city(seen.labels, found.unit.municipality)
                for way, where in fact.value.ways:
                    named = (city, found.label, found.unit.id, way)
                    yield (*named, str(fact.since), str(fact.certainty), where, because)

    heads = ("municipality", "unit", "reference", "since", "certainty", "because")
    return Table("contacts", "Contacts", day, CONTACTS, tuple(rows()), "no contacts", heads)


def papers(registry: Registry, day: date) -> Table:
    """The papers until the day, the newest last; with answers, and of what is open since when it waits."""
    labels = Labels(registry, day)

    def rows() -> Iterator[tuple[Cell, ...]]:
        for paper in sorted(registry.papers.values(), key=lambda one: (one.municipality, *_key(one))):
            if not (paper.date.known and paper.date.counts_from > day):
                yield _paper(registry, paper, day, labels)

    return Table("papers", "Papers", day, PAPERS, tuple(rows()), "no papers", ("municipality",))


def _key(paper: Paper) -> tuple[object, ...]:
    return (paper.date.counts_from, paper.id)


def _paper(registry: Registry, paper: Paper, day: date, labels: Labels) -> tuple[Cell, ...]:
    found = question(registry, paper, day)
    # What is answered only after the day is as open on it as what is never answered.
    answers = () if found is None or found.open_for is not None else found.answers
    authors = tuple(labels.unit(one) for one in paper.author) if isinstance(paper.author, tuple) else None
    doubts = paper_doubts(paper, ("date", "number", "kind", "title", "author"))
    title = paper.title if isinstance(paper.title, str) else next(iter(paper.aka), None) or _other_title(paper)
    return (
        _city(labels, paper.municipality),
        str(paper.date),
        paper.number if isinstance(paper.number, str) else None,
        paper.kind if isinstance(paper.kind, str) else None,
        paper.id,
        ", ".join(str(one.paper.date) for one in answers) or None,
        ", ".join(_days(one.wait) or "" for one in answers) or None,
        None if found is None or found.open_for is None else _days(found.open_for),
        title,
        authors,
        tuple(one.paper.id for one in answers) or None,
        str(weakest(one.certainty for one in doubts)),
        reasons(doubts),
    )


def _other_title(paper: Paper) -> str | None:
    """A title that only another source gives."""
    titles = (other.values.get("title") for other in paper.also)
    return next((title for title in titles if isinstance(title, str)), None)


def _days(wait: Wait) -> str | None:
    """Days as a span of numbers: `14`, `0..39`, `..39`, `3..`."""
    least, most = ("" if one is None else str(one) for one in (wait.least, wait.most))
    return None if not (least or most) else least if least == most else f"{least}..{most}"


# What all of them need


def _seen(registry: Registry, day: date) -> Iterator[tuple[Portrait, Standing]]:
    """Every unit on the day, city by city, in the order in which units stand in a tree."""
    seen = (portrait(registry, unit, day) for unit in registry.units.values())
    alive = [(one, one.standing) for one in seen if one.standing is not None]
    yield from sorted(alive, key=lambda pair: (pair[0].unit.municipality, standing_key(pair[1])))


def _fact(seen: Portrait, attribute: str) -> Fact | None:
    return next((fact for fact in seen.facts if fact.attribute == attribute), None)


def _one(fact: Fact, labels: Labels) -> str:
    """A unit by what it is called on the day, or the word for its absence."""
    if not isinstance(fact.value, str):
        return NOT_RECORDED if fact.value is Absent.UNKNOWN else str(fact.value)
    return labels.unit(fact.value) if whole_of(fact.value) in labels.registry.units else fact.value


def reasons(doubts: Iterable[Doubt]) -> tuple[str, ...] | None:
    """Why something is not simply stated, each reason once; None where nothing is doubted."""
    told: dict[str, str] = {}
    for one in doubts:
        told.setdefault(one.because, f"{one.attribute} {one.certainty}: {one.because}")
    return tuple(told.values()) or None


def _city(labels: Labels, municipality: str) -> str:
    cities = labels.registry.municipalities
    return cities[municipality].name if municipality in cities else municipality
