"""Which unchanged files a difference can reach, so that the rules need to go through nothing else.

Two states share most of their files. Let D be the files that differ, and I be D with the unchanged files that are
found here. Every rule runs on both states and goes through I only; whatever it looks up by identity it gets, in I or
not. The new findings are then those of the later run that the earlier one has not. That is exact if a finding which
only one of two full checks has is in one of the runs, and if one that both or neither of the checks have is in both
runs or in neither.

Most rules look at one file and at what that names, so they see no difference in what is not in I. The others, with what
they share over files, and what is looked for in the bytes of the unchanged ones:

- Who names a file looks up whether it is there, its lives and values, its date (U001, U004, U007, U011 and the duties
  of plans; D001, D007, P011; V004, U015). All files that name one of D, old or new name, if more than its sources and
  remarks differ. U015 follows the way up only where it leads round a circle, see below.
- Who is named: a paper is unused (P006), an end lacks a successor that is told elsewhere (U007, U012). What entries of
  D name that differ, and successors and origins; of these also who else names them, of a paper one file that does.
- A name that leads nowhere may be a former one (U001): who holds it, if what D names is not there.
- The same code (U003), the same name under one unit (U014), the same number (P002, P003), a number that texts cite
  and that a paper bears (P004): who may say the same.
- One change over several units is told once (T003, D001, D003): who says a change word of entries that differ.
- Circles (U002, A004) are followed by look-up from I, and told where a member is in I; others are in both states.
  Where a circle of units comes or goes, U015 is silent or not for all that stands below: then everything is checked.
- Counters of papers (P005, P003): where no number of a city may run against another there is nothing to find; else
  all its papers.
- The newest change of a city (D007): where it is another one, who was last heard of between the two.
- The newest papers (T001): where what is too far ahead is another day, who may speak of such days.
- Files that cannot be read (T003, P006) silence rules for what they may say: those that hold the word are in I.
- The first file of a folder that no vocabulary knows (V003), and everything where registry.yaml, or what reading
  refuses, differs: then everything is checked.

Remedies („did you mean …“) are guessed from what is gone through, and are no part of what a finding is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.check.numbering import counted
from orgreg.check.references import mentions
from orgreg.check.rules.implausible_day import far_ahead
from orgreg.check.rules.paper_cited_but_not_recorded import CITED
from orgreg.check.strands import strands
from orgreg.check.texts import texts
from orgreg.diff.shelves import shelf
from orgreg.model.day import NEVER
from orgreg.model.paper import Paper
from orgreg.model.plan import Plan
from orgreg.model.registry import PAPERS, UNITS, Registry
from orgreg.model.timeline import Absent, Timeline
from orgreg.model.unit import Unit, municipality_of, slug_of, whole_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from orgreg.check.unchanged import Unchanged
    from orgreg.diff.shelves import Known
    from orgreg.diff.statements import Thing
    from orgreg.model.registry import Municipality
    from orgreg.model.timeline import Entry

_DIGITS: Final = re.compile("[0-9]")
_NOTHING: Final = Timeline(())
_SUCCESSION: Final = frozenset({"into", "out_of"})


class Sides(NamedTuple):
    """Both states, in which every file can be looked up and none gone through; D; and all other files' bytes."""

    before: Registry
    after: Registry
    differing: Collection[Known]
    unchanged: Unchanged

    def versions(self) -> Iterator[tuple[Registry, Known, Thing, Thing | None]]:
        """Each version of each file of D with its registry, and the other version."""
        for here, there in ((self.before, self.after), (self.after, self.before)):
            for folder, identity in self.differing:
                thing = shelf(here, folder).get(identity)
                if thing is not None:
                    yield here, (folder, identity), thing, shelf(there, folder).get(identity)


def reached(sides: Sides) -> set[Known]:
    """The unchanged files that rules must go through."""
    found: set[Known] = set()
    for name in sorted({name for _, _, thing, other in sides.versions() for name in _looked_up(thing, other)}):
        found |= sides.unchanged.naming(name)
    found |= _alike(sides)
    found |= _named(sides)
    found |= _cited(sides)
    found |= _counters(sides)
    found |= _not_heard_of(sides)
    found |= _far(sides)
    return found


def _looked_up(thing: Thing, other: Thing | None) -> Iterator[str]:
    """The names by which others look a file up, where they see a difference; or where it ended, and they came of it."""
    differs = _bare(thing) != _bare(other)
    ended = not isinstance(thing, Paper) and any(_ends(timeline) for timeline in _timelines(thing))
    if differs or ended:
        yield thing.id
        yield from thing.formerly


def _ends(timeline: Timeline) -> bool:
    return any(entry.ends for entry in timeline.entries)


def _timelines(thing: Unit | Plan) -> Iterator[Timeline]:
    yield thing.timeline
    for parts in (thing.tasks, thing.posts) if isinstance(thing, Unit) else (thing.steps, thing.dimensions):
        yield from parts.values()


# ---------------------------------------------------------------------------------------- what of a file others look at


def _bare(thing: Thing | None) -> object:
    """All of a file that is looked at from elsewhere: without sources and remarks, in whatever order."""
    if thing is None:
        return None
    if isinstance(thing, Paper):
        return (thing.number, thing.date, thing.formerly, [(one.values, one.since) for one in thing.also])
    parts = (thing.posts, thing.tasks) if isinstance(thing, Unit) else (thing.steps, thing.dimensions)
    timelines = [("", thing.timeline), *((slug, timeline) for part in parts for slug, timeline in part.items())]
    return (thing.formerly, [(slug, sorted(map(_bare_entry, timeline.entries))) for slug, timeline in timelines])


def _bare_entry(entry: Entry) -> str:
    values = sorted((key, repr(value)) for key, value in entry.values.items())
    return repr((entry.since.text, entry.status, entry.change, entry.annulled, values))


def _alike(sides: Sides) -> set[Known]:
    """Who may bear the same code, the same name under the same unit, or the same number."""
    found: set[Known] = set()
    for _, _, thing, _ in sides.versions():
        if isinstance(thing, Unit):
            found |= _like_unit(sides.unchanged, thing)
        if isinstance(thing, Paper):
            numbers = {str(thing.number), slug_of(thing.id), *(str(one.values.get("number")) for one in thing.also)}
            for number in sorted(numbers):
                if _DIGITS.search(number):
                    found |= sides.unchanged.worded(number, thing.municipality)
    return found


def _like_unit(unchanged: Unchanged, unit: Unit) -> set[Known]:
    said = [entry.values for entry in unit.timeline.entries]
    codes = {code for values in said if isinstance(code := values.get("code"), str)}
    above = {
        slug_of(str(values[key])) or str(values[key])
        for values in said
        for key in ("parent", "staff_of")
        if key in values and values[key] is not Absent.UNKNOWN
    }
    found = unchanged.saying("code", codes, unit.municipality)
    for name in sorted({name for values in said if isinstance(name := values.get("name"), str)}):
        like = unchanged.worded(name, unit.municipality)
        found |= {known for known in like if any(unchanged.names(known, slug) for slug in above)}
    return found


# ------------------------------------------------------------------------------------------ what differing entries name


def _named(sides: Sides) -> set[Known]:
    """What files of D name, with who else names it, as far as that matters; and who says their change words."""
    found: set[Known] = set()
    words: dict[str, set[str]] = defaultdict(set)
    naming: dict[Known, bool] = {}
    for _, known, thing, other in sides.versions():
        words[thing.municipality] |= {
            entry.change for strand in strands(_alone(thing)) for entry in strand.timeline.entries if entry.change
        }
        # Whoever looks at a paper of D asks too whether something rests on it.
        naming |= {known: naming.get(known, False)} if known[0] == PAPERS else {}
        fresh = _mentioned(_differing_part(thing, other)) - (_mentioned(other) if isinstance(other, Paper) else set())
        for key, target in _mentioned(thing):
            if (key, target) in fresh or key in _SUCCESSION or not _is_there(sides, target):
                naming[target] = naming.get(target, False) or key in _SUCCESSION
    for target, by_all in naming.items():
        found |= _target(sides, target, by_all=by_all)
    for city, some in words.items():
        found |= sides.unchanged.saying("change", some, city)
    return found


def _alone(thing: Thing) -> Registry:
    """A registry of one file."""
    if isinstance(thing, Unit):
        return Registry(units={thing.id: thing})
    return Registry(papers={thing.id: thing}) if isinstance(thing, Paper) else Registry(plans={thing.id: thing})


def _mentioned(thing: Thing) -> set[tuple[str, Known]]:
    """The keys that name something, each with the file that it names."""
    return {(one.key, (one.folder, whole_of(one.target))) for one in mentions(_alone(thing), lambda *_: True)}


def _is_there(sides: Sides, known: Known) -> bool:
    return all(known[1] in shelf(side, known[0]) for side in (sides.before, sides.after))


def _target(sides: Sides, known: Known, *, by_all: bool) -> set[Known]:
    """A file that is named, and who else must be gone through since it is."""
    folder, identity = known
    found = {known} if known in sides.unchanged else set()
    there = _is_there(sides, known)
    asked = by_all or not there or folder == PAPERS
    others = sorted(sides.unchanged.naming(identity) - {known}) if asked else []
    for other in others:
        found.add(other)
        if there and not by_all and _names(sides.before, other, known):
            break
    return found


def _names(registry: Registry, other: Known, known: Known) -> bool:
    """Whether the one file names the other."""
    thing = shelf(registry, other[0]).get(other[1])
    return thing is not None and any(target == known for _, target in _mentioned(thing))


def _differing_part(thing: Thing, other: Thing | None) -> Thing:
    """A unit or plan with those entries only that the other version has not; a paper as it is."""
    if isinstance(thing, Unit) and isinstance(other, Unit):
        return replace(
            thing,
            timeline=_left(thing.timeline, other.timeline),
            tasks=_parts_left(thing.tasks, other.tasks),
            posts=_parts_left(thing.posts, other.posts),
        )
    if isinstance(thing, Plan) and isinstance(other, Plan):
        return replace(
            thing,
            timeline=_left(thing.timeline, other.timeline),
            steps=_parts_left(thing.steps, other.steps),
            dimensions=_parts_left(thing.dimensions, other.dimensions),
        )
    return thing


def _parts_left(parts: Mapping[str, Timeline], others: Mapping[str, Timeline]) -> dict[str, Timeline]:
    return {slug: _left(timeline, others.get(slug, _NOTHING)) for slug, timeline in parts.items()}


def _left(timeline: Timeline, other: Timeline) -> Timeline:
    """The entries that the other timeline has not, wherever it has them."""
    there = {repr(replace(entry, position=0)) for entry in other.entries}
    return Timeline(tuple(entry for entry in timeline.entries if repr(replace(entry, position=0)) not in there))


def _cited(sides: Sides) -> set[Known]:
    """Who bears or cites a number that a file of D cites."""
    numbers: set[tuple[str, str]] = set()
    for _, _, thing, _ in sides.versions():
        for text in texts(_alone(thing), CITED.search):
            numbers |= {(one["number"], thing.municipality) for one in CITED.finditer(text.text)}
    return {known for number, city in sorted(numbers) for known in sides.unchanged.worded(number, city)}


# --------------------------------------------------------------------------------------------------- counters of papers


def _counters(sides: Sides) -> set[Known]:
    """The papers that may run against another, and those of a city that do not, if there are any that may."""
    cities = {thing.municipality for _, _, thing, _ in sides.versions() if isinstance(thing, Paper)}
    found: set[Known] = set()
    for name in sorted(cities):
        city = sides.after.municipalities.get(name)
        if city is not None and any(era.year for era in city.numbers):
            found |= _crossing(sides, city)
    return found


def _crossing(sides: Sides, city: Municipality) -> set[Known]:
    papers = {known for known in sides.unchanged.files(city.id) if known[0] == PAPERS}
    told: dict[str, list[tuple[int, int]]] = defaultdict(list)
    unclear = False
    for _, text in sides.unchanged.values("number", PAPERS, city.id):
        read = None if text is None else counted(city, text)
        unclear = unclear or text is None
        if read is not None:
            told[read[0].form].append(read[1:])
    for _, _, thing, _ in sides.versions():
        if isinstance(thing, Paper) and thing.municipality == city.id and isinstance(thing.number, str):
            read = counted(city, thing.number)
            if read is not None:
                told[read[0].form].append(read[1:])
    return papers if unclear or any(_runs_against(some) for some in told.values()) else set()


def _runs_against(numbered: Iterable[tuple[int, int]]) -> bool:
    """Whether a later year has a lower counter anywhere."""
    highest = last = -1
    year_now = None
    for year, counter in sorted(numbered):
        if year != year_now:
            year_now, highest = year, max(highest, last)
        if counter < highest:
            return True
        last = max(last, counter)
    return False


# ---------------------------------------------------------------------------------------------------------- newest days


def _not_heard_of(sides: Sides) -> set[Known]:
    """Where the newest change of a city is another one: the units last heard of between the two."""
    found: set[Known] = set()
    cities = {
        thing.municipality
        for _, _, thing, other in sides.versions()
        if isinstance(thing, Unit) and _bare(thing) != _bare(other)
    }
    for city in sorted(cities):
        ends = [side.newest_change(city) for side in (sides.before, sides.after)]
        if ends[0] != ends[1]:
            found |= _spoken_of(sides, city, min(ends), max(ends))
    return found


def _spoken_of(sides: Sides, city: str, first: date, last: date) -> set[Known]:
    """The units of a city that may speak of a day between these, or rest on a paper that may."""
    speaking = sides.unchanged.speaking(first, last)
    papers = {identity for folder, identity in (*speaking, *sides.differing) if folder == PAPERS}
    units = {known for known in speaking if known[0] == UNITS and municipality_of(known[1]) == city}
    for paper in sorted(papers):
        units |= {one for one in sides.unchanged.naming(paper) if one[0] == UNITS and municipality_of(one[1]) == city}
    return units


def _far(sides: Sides) -> set[Known]:
    """Where what is too far ahead is another day: who may speak of such days."""
    ends = [far_ahead(side) for side in (sides.before, sides.after)]
    return set() if ends[0] == ends[1] else sides.unchanged.speaking(min(ends), NEVER - timedelta(days=1))
