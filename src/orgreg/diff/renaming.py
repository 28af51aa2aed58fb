"""Files and parts that bear another name: what was said with their old names, as it reads with the new ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from orgreg.diff.alike import SECTIONS, Called, called_otherwise, slug_in
from orgreg.diff.shelves import Known, shelf
from orgreg.model.paper import Paper
from orgreg.model.reference import LEADS_TO
from orgreg.model.registry import PAPERS, UNITS
from orgreg.model.timeline import Timeline
from orgreg.model.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgreg.diff.statements import Thing
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Absent, Alternative, Entry, Source, Value


Parts = Mapping[Known, Sequence[Called]]
"""The parts that bear other slugs, by folder and identity that their file has now."""


@dataclass(slots=True)
class Names:
    """New names by old ones. What it has been asked for it remembers: these are the references of a thing."""

    new: Mapping[Known, str] = field(default_factory=dict)
    asked: set[Known] = field(default_factory=set)
    parts: Parts = field(default_factory=dict)

    def one(self, folder: str, identity: str) -> str:
        """The identity with the new name of its file, and of the part."""
        whole, mark, part = identity.partition("#")
        self.asked.add((folder, whole))
        now = self.new.get((folder, whole), whole)
        return f"{now}{mark}{self._slug(folder, now, part)}" if mark else now

    def _slug(self, folder: str, identity: str, part: str) -> str:
        called = {slug_in(one.before): slug_in(one.after) for one in self.parts.get((folder, identity), ())}
        return called.get(part, part)

    def thing(self, folder: str, thing: Thing) -> Thing:
        """All of a file, with the new names in it."""
        identity = self.new.get((folder, thing.id), thing.id)
        corrections = tuple(replace(one, sources=self._sources(one.sources)) for one in thing.corrections)
        if isinstance(thing, Paper):
            return replace(self._paper(thing), id=identity, corrections=corrections)
        timeline = self._timeline(thing.timeline)
        called = {one.before: one.after for one in self.parts.get((folder, identity), ())}
        if isinstance(thing, Unit):
            tasks, posts = (self._timelines(one, getattr(thing, one), called) for one in SECTIONS[:2])
            return replace(thing, id=identity, corrections=corrections, timeline=timeline, tasks=tasks, posts=posts)
        dimensions, steps = (self._timelines(one, getattr(thing, one), called) for one in SECTIONS[2:])
        return replace(
            thing, id=identity, corrections=corrections, timeline=timeline, dimensions=dimensions, steps=steps
        )

    def _paper(self, paper: Paper) -> Paper:
        return replace(
            paper,
            author=self._references(UNITS, paper.author),
            lead=self._references(UNITS, paper.lead),
            consultations=tuple(
                replace(one, body=self.one(UNITS, one.body)) if isinstance(one.body, str) else one
                for one in paper.consultations
            ),
            relations={key: self._references(PAPERS, papers) for key, papers in paper.relations.items()},
            sources=self._sources(paper.sources),
            also=self._alternatives(paper.also),
        )

    def _timelines(self, section: str, parts: Mapping[str, Timeline], called: Mapping[str, str]) -> dict[str, Timeline]:
        routes = {slug: f"{section}/{slug}" for slug in parts}
        return {slug_in(called.get(routes[slug], routes[slug])): self._timeline(parts[slug]) for slug in parts}

    def _timeline(self, timeline: Timeline) -> Timeline:
        return Timeline(tuple(self._entry(entry) for entry in timeline.entries))

    def _entry(self, entry: Entry) -> Entry:
        void = entry.annulled
        return replace(
            entry,
            values=self._values(entry.values),
            sources=self._sources(entry.sources),
            also=self._alternatives(entry.also),
            decided_by=self._papers(entry.decided_by),
            annulled=void if void is None or void.by is None else replace(void, by=self.one(PAPERS, void.by)),
        )

    def _values(self, values: Mapping[str, Value]) -> dict[str, Value]:
        return {key: self._value(LEADS_TO.get(key), value) for key, value in values.items()}

    def _value(self, folder: str | None, value: Value) -> Value:
        if folder is not None and isinstance(value, str):
            return self.one(folder, value)
        if folder is not None and isinstance(value, tuple):
            return tuple(self.one(folder, one) if isinstance(one, str) else one for one in value)
        return value

    def _references(self, folder: str, named: tuple[str, ...] | Absent) -> tuple[str, ...] | Absent:
        return tuple(self.one(folder, one) for one in named) if isinstance(named, tuple) else named

    def _papers(self, named: tuple[str, ...] | Absent | None) -> tuple[str, ...] | Absent | None:
        return None if named is None else self._references(PAPERS, named)

    def _sources(self, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        return tuple(one if one.paper is None else replace(one, paper=self.one(PAPERS, one.paper)) for one in sources)

    def _alternatives(self, also: Iterable[Alternative]) -> tuple[Alternative, ...]:
        return tuple(
            replace(
                one,
                values=self._values(one.values),
                sources=self._sources(one.sources),
                decided_by=self._papers(one.decided_by),
            )
            for one in also
        )


def renamed_files(before: Registry, after: Registry, among: Iterable[Known]) -> dict[Known, str]:
    """Which of some files are there under another name: each was there under one of its `formerly:` that is gone."""
    found: dict[Known, str] = {}
    for folder, identity in sorted(among):
        thing = shelf(after, folder).get(identity)
        for former in () if thing is None else thing.formerly:
            if former in shelf(before, folder) and not _is_there(after, folder, former):
                found.setdefault((folder, former), identity)
    return found


def _is_there(registry: Registry, folder: str, identity: str) -> bool:
    return identity in shelf(registry, folder) or registry.is_lost(folder, identity)


def renamed_parts(
    before: Registry, after: Registry, renamed: Mapping[Known, str], among: Iterable[Known]
) -> dict[Known, tuple[Called, ...]]:
    """Which tasks, posts, dimensions and steps of some files stand there under another slug.

    Only in the section of the file in which they stood, and only where it is one alone that can be meant.
    """
    found: dict[Known, tuple[Called, ...]] = {}
    for folder, identity in sorted(among):
        later = shelf(after, folder).get(identity)
        earlier = earlier_of(before, renamed, folder, identity)
        if later is None or _parts(earlier) == _parts([later]):
            continue
        names = names_between(after, renamed, earlier, later)
        called = called_otherwise([names.thing(folder, one) for one in earlier], names.thing(folder, later))
        if called:
            found[folder, identity] = called
    return found


def earlier_of(before: Registry, renamed: Mapping[Known, str], folder: str, identity: str) -> list[Thing]:
    """What a file was, under the name that it has now and under those that it had."""
    former = sorted(old for (where, old), new in renamed.items() if (where, new) == (folder, identity))
    return [thing for one in (identity, *former) if (thing := shelf(before, folder).get(one)) is not None]


def _parts(things: Iterable[Thing]) -> set[str]:
    return {f"{section}/{slug}" for thing in things for section in SECTIONS for slug in getattr(thing, section, ())}


def names_between(
    after: Registry, renamed: Mapping[Known, str], earlier: Iterable[Thing], later: Thing, parts: Parts | None = None
) -> Names:
    """The new names that a file uses: of what was renamed since, or longer ago and is only now called so in it."""
    new = dict(renamed)
    was, now = _named_in(earlier), _named_in([later])
    gone = {known for known in was - now if known not in new and not _is_there(after, *known)}
    if gone:
        for folder, identity in sorted(now - was):
            thing = shelf(after, folder).get(identity)
            for former in () if thing is None else thing.formerly:
                if (folder, former) in gone:
                    new.setdefault((folder, former), identity)
    return Names(new, parts=parts or {})


def _named_in(things: Iterable[Thing]) -> set[Known]:
    seen = Names()
    for thing in things:
        seen.thing("", thing)
    return seen.asked
