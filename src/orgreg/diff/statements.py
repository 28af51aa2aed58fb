"""What a registry states, key by key: the honest core of every difference.

A statement is one key of one entry of one timeline, with its day and all that the entry says about it. Two registries
are compared as sets of statements, so neither the order of files nor that of entries matters; nor does white space in
a quote or remark, for nobody sees it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from orgreg.model.day import When, parse
from orgreg.model.paper import Consultation, Effect, Paper
from orgreg.model.plan import Plan
from orgreg.model.registry import PAPERS, PLANS, UNITS
from orgreg.model.timeline import Source, Status
from orgreg.model.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Alternative, Annulment, Entry, Timeline, Value

Thing = Unit | Plan | Paper
"""What a file of the register tells of."""

WHOLE: Final = "file"
"""The route of what is said of the whole file and not on a day: former slugs, corrections, a paper's own keys."""

OWN: Final = "timeline"
"""The route of what a unit or a plan says of itself; parts have `tasks/…`, `posts/…`, `dimensions/…`, `steps/…`."""

IN_FORCE: Final = str(Status.IN_FORCE)

FROM: Final = "from"
"""The key of what is said of the day itself: that it is inferred, or another in another source."""

CORRECTIONS: Final = "corrections"
"""Each entry of a file's `corrections:` is a statement of its own."""


class Said(NamedTuple):
    """What an entry says about its statements: it speaks for each of them alike."""

    status: str
    change: str | None = None
    wording: str | None = None
    decided_by: Hashable = None
    because: str | None = None
    note: str | None = None
    annulled: Annulment | None = None


class Instead(NamedTuple):
    """What another source says instead of a statement."""

    value: Hashable
    since: str | None
    sources: tuple[Source, ...]
    because: str | None
    decided_by: Hashable = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One key of one entry: whom it is about, the timeline (`timeline`, `tasks/migration`), the day, key and value."""

    folder: str
    identity: str
    timeline: str
    since: str
    key: str
    value: Hashable
    sources: tuple[Source, ...] = ()
    inferred: str | None = None
    also: tuple[Instead, ...] = ()
    said: Said | None = None

    @property
    def place(self) -> tuple[str, str, str, str, str]:
        """What it is a statement of; two statements of one place differ in value or in who says so."""
        return (self.folder, self.identity, self.timeline, self.since, self.key)

    @property
    def part(self) -> str | None:
        """The slug of the task, post, step or dimension that it is about; None of the file itself."""
        return self.timeline.partition("/")[2] or None

    @property
    def day(self) -> When | None:
        """The day from which it counts as written, or None for what is said of no day."""
        read = parse(self.since)
        return read if isinstance(read, When) else None

    @property
    def status(self) -> str:
        """Whether it is in force, planned, proposed or not created."""
        return IN_FORCE if self.said is None else self.said.status


def diff_statements(before: Registry, after: Registry) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The statements that only the first registry has, and those that only the second has, each in order of place."""
    old, new = set(statements(before)), set(statements(after))
    return in_order(old - new), in_order(new - old)


def in_order(found: Iterable[Statement]) -> tuple[Statement, ...]:
    """Statements in order of place."""
    return tuple(sorted(found, key=lambda one: (one.place, repr(one))))


def statements(registry: Registry) -> Iterator[Statement]:
    """Everything that a registry states, file by file."""
    for shelf in (registry.units, registry.plans, registry.papers):
        for thing in shelf.values():
            yield from statements_of(thing)


def statements_of(thing: Thing) -> Iterator[Statement]:
    """Everything that one file states."""
    if isinstance(thing, Paper):
        yield from _of_paper(thing)
    elif isinstance(thing, Unit):
        yield from _of_thing(UNITS, thing, {"tasks": thing.tasks, "posts": thing.posts})
    else:
        yield from _of_thing(PLANS, thing, {"dimensions": thing.dimensions, "steps": thing.steps})


def _of_thing(folder: str, thing: Unit | Plan, parts: Mapping[str, Mapping[str, Timeline]]) -> Iterator[Statement]:
    timelines = {OWN: thing.timeline}
    for kind, named in parts.items():
        timelines |= {f"{kind}/{slug}": timeline for slug, timeline in named.items()}
    for route, timeline in timelines.items():
        for entry in timeline.entries:
            yield from _of_entry(folder, thing.id, route, entry)
    for key in ("formerly", "same_as", "note"):
        if value := getattr(thing, key):
            yield Statement(folder, thing.id, WHOLE, "", key, _prose(value) if key == "note" else value)
    for correction in thing.corrections:
        yield Statement(folder, thing.id, WHOLE, "", CORRECTIONS, correction)


def _of_entry(folder: str, identity: str, route: str, entry: Entry) -> Iterator[Statement]:
    said = Said(
        str(entry.status),
        entry.change,
        _prose(entry.wording),
        entry.decided_by,
        _prose(entry.because),
        _prose(entry.note),
        entry.annulled,
    )
    # That the day is inferred, or another in another source, is said of every statement of the entry; likewise what
    # another source names as the decision.
    day = (_prose(entry.inferred.get(FROM)), _instead(entry.also, FROM))
    told = _in_any_order(entry.sources)
    for key, value in _with_rivals(entry.values, entry.also):
        reason = _prose(entry.inferred.get(key))
        also = _instead(entry.also, key)
        yield Statement(folder, identity, route, entry.since.text, key, value, told, reason, also, said)
    if any(day):
        yield Statement(folder, identity, route, entry.since.text, FROM, None, told, *day, said)


def _with_rivals(values: Mapping[str, Value], also: Iterable[Alternative]) -> Iterator[tuple[str, Value | None]]:
    """Each key with its value, and with None what only another source speaks of."""
    yield from values.items()
    for key in sorted({key for one in also for key in one.values} - values.keys()):
        yield key, None


def _instead(also: Iterable[Alternative], key: str) -> tuple[Instead, ...]:
    found = (
        Instead(
            one.values.get(key),
            None if one.since is None else one.since.text,
            _in_any_order(one.sources),
            _prose(one.because),
            one.decided_by,
        )
        for one in also
        if (one.since is not None or one.decided_by is not None if key == FROM else key in one.values)
    )
    return tuple(sorted(found, key=repr))


def _in_any_order(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Sources are a list for people; in whichever order they stand, the same is said."""
    return tuple(sorted(map(_quoting, sources), key=repr))


def _quoting(one: Source) -> Source:
    return replace(one, quote=_prose(one.quote), note=_prose(one.note))


def _prose(text: str | None) -> str | None:
    """A text with its white space folded."""
    return None if text is None else " ".join(text.split())


_OF_PAPER: Final = (
    "number",
    "kind",
    "title",
    "author",
    "lead",
    "signed",
    "consultations",
    "effects",
    "links",
    "aka",
    "wording",
    "note",
    "formerly",
    "same_as",
)


def _of_paper(paper: Paper) -> Iterator[Statement]:
    own: dict[str, Any] = {key: _of_itself(getattr(paper, key), key) for key in _OF_PAPER} | {"date": paper.date}
    own |= {f"relations/{relation}": papers for relation, papers in paper.relations.items()}
    told = _in_any_order(paper.sources)
    for key, value in _with_rivals({key: value for key, value in own.items() if value}, paper.also):
        also = _instead(paper.also, key)
        reason = _prose(paper.inferred.get(key))
        yield Statement(PAPERS, paper.id, WHOLE, "", key, value, told, reason, also)
    for correction in paper.corrections:
        yield Statement(PAPERS, paper.id, WHOLE, "", CORRECTIONS, correction)


def _of_itself(value: Any, key: str) -> Any:  # noqa: ANN401 - whatever a paper says
    """What a paper says of itself, with the white space of quotes and remarks folded."""
    if key in {"wording", "note"}:
        return _prose(value)
    if key in {"consultations", "effects"}:
        return tuple(map(_folded, value))
    return value


def _folded(one: Consultation | Effect) -> Consultation | Effect:
    if isinstance(one, Effect):
        return replace(one, quote=_prose(one.quote))
    return replace(one, wording=_prose(one.wording), note=_prose(one.note), quote=_prose(one.quote))
