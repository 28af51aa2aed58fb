"""The commands that trace what the register says to who recorded it: log, why."""

from __future__ import annotations

from contextlib import closing
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from orgreg.cli import output
from orgreg.cli.complete import complete_word
from orgreg.cli.options import AsOf, Date, Directory, OneCity, Planned, Word, a_day
from orgreg.cli.register import EVERYTHING, ask, name, recorded, second, see_to, seen_from, state
from orgreg.model.wording import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from orgreg.cli.register import State
    from orgreg.formats.trail import Ending
    from orgreg.formats.why import Ground, Grounds
    from orgreg.model.registry import Registry
    from orgreg.query.why import Why
    from orgreg.store import Recorded
    from orgreg.store.history import History
    from orgreg.store.past import Past
    from orgreg.trail.record import Record
    from orgreg.trail.trail import Trail


class LogFormat(StrEnum):
    """How the audit trail is written."""

    text = "text"
    json = "json"
    markdown = "markdown"


class WhyFormat(StrEnum):
    """How the answer of `why` is written."""

    text = "text"
    json = "json"


class _Meant(NamedTuple):
    """What a word names at the end of a line, and what may name it: the units before and after it."""

    folder: str
    identity: str
    part: str | None
    note: str | None
    others: tuple[tuple[str, str], ...]

    @property
    def reference(self) -> str:
        return f"{self.identity}#{self.part}" if self.part else self.identity


# ------------------------------------------------------------------------------------------------------------ log


def log(
    context: typer.Context,
    word: Annotated[
        str | None,
        typer.Argument(
            metavar="[REF]",
            help="Only what was recorded of a unit, paper or plan, under all its names; unit#post for a part.",
            show_default=False,
            autocompletion=complete_word,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REV|TIME",
            help="Only what was recorded after a git revision, or since a time, 2024-04-09.",
            show_default=False,
        ),
    ] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="The oldest first.")] = False,
    day: Date = None,
    as_of: AsOf = None,
    city: OneCity = None,
    format_: Annotated[LogFormat, typer.Option("--format", help="How it is written.")] = LogFormat.text,
    directory: Directory = None,
) -> None:
    """Tell which commit recorded what: changes of the city, corrections, and what became known.

    When it was recorded and by whom, since when it holds, how many days later it was recorded, by which paper. The
    newest first. --date says on which day a code is looked up.
    """
    from orgreg.formats.trail import Ending
    from orgreg.store.history import History
    from orgreg.trail.trail import Trail

    past, tip = seen_from(context, directory, as_of, city)
    with output.waiting("commits looked through") as progress:
        made = History(past, tip, progress)
    with closing(made) as history:
        trail = Trail(history)
        _has_city(trail, city)
        oldest = 0 if since is None else _position(trail, past, since, city)
        meant = None if word is None else _meant(trail, past, word, day or a_day("today"), city)
        if as_of is None:
            _say_what_is_not_recorded(past, meant)
        cut = history.commit_name(0) if _is_cut(trail, meant, oldest) else None
        ending = Ending(None if meant is None else meant.reference, cut)
        told = _told(_asked(trail, meant, oldest), city, ending)
        _write_log(reversed([*told]) if reverse else told, ending, tip if as_of else None, format_)
        if not ending.told:
            whom = f" of {ending.reference}" if ending.reference else ""
            when = f" since {shortened(since)}" if since else ""
            output.aside(f"nothing was recorded{whom}{when}")
        if cut is not None:
            output.aside(ending.limit or "")
            if not ending.told:
                raise typer.Exit(output.SURROUNDINGS)
        if meant is not None and since is None and not ending.told + ending.left_out:
            raise typer.Exit(output.FAILED)


def _has_city(trail: Trail, city: str | None) -> None:
    known = {} if city is None else trail.states.vocabulary(len(trail.history) - 1).municipalities
    if known:
        see_to(city, known)


def _position(trail: Trail, past: Past, since: str, city: str | None) -> int:
    """The position of the oldest commit after a revision, or of the first since a time."""
    from orgreg.store.moment import Moment, NoMoment, moment

    when = moment(since)
    if isinstance(when, NoMoment):
        output.fail(when.reason, output.USAGE)
    if when is None:
        return trail.history.since(past.at(since).commit)
    # A day that something is told since begins with its first second.
    begun = Moment(when.time.replace(hour=0, minute=0, second=0), is_day=False) if when.is_day else when
    before = trail.history.newest_by(second(past, begun, city) - 1)
    return 0 if before is None else before + 1


def _asked(trail: Trail, meant: _Meant | None, oldest: int) -> Iterator[Record]:
    if meant is None:
        return trail.whole(oldest)
    found = trail.of((meant.folder, meant.identity), meant.part, meant.others)
    return (record for record in found if record.position >= oldest)


def _is_cut(trail: Trail, meant: _Meant | None, oldest: int) -> bool:
    if oldest > 0 or not trail.history.is_cut:
        return False
    return meant is None or trail.is_cut((meant.folder, meant.identity))


def _told(records: Iterable[Record], city: str | None, ending: Ending) -> Iterator[Record]:
    """The records with something to be told; the others are counted."""
    from dataclasses import replace

    from orgreg.model.unit import municipality_of

    for record in records:
        items = tuple(one for one in record.items if city in {None, municipality_of(one.entity)})
        if items:
            ending.told += 1
            yield replace(record, items=items)
        elif not record.items:
            ending.left_out += 1


def _meant(trail: Trail, past: Past, word: str, day: date, city: str | None) -> _Meant:
    """What a word names at the end of the line. Found once for each end, since it takes the whole register."""
    asked = f"word {city} {day} {word}"
    found = trail.kept.word(asked)
    if found is None:
        found = [*_found(trail, past, word, day, city)]
        trail.kept.keep_word(asked, found)
    folder, identity, part, note, others = found
    if note is not None:
        output.aside(note)
    return _Meant(folder, identity, part, note, tuple((one[0], one[1]) for one in others))


def _found(trail: Trail, past: Past, word: str, day: date, city: str | None) -> _Meant:
    from orgreg.load import load
    from orgreg.query.names import Named, Names
    from orgreg.store.working_tree import WorkingTree

    registry = load(past.files(trail.history.tip)).registry
    found = Names(registry, day, municipality=city).resolve(word)
    if isinstance(found, Named):
        others = tuple(_beside(registry, found.folder, found.identity))
        return _Meant(found.folder, found.identity, found.part, found.note, others)
    gone = _gone(trail, registry, word, city)
    if gone is not None:
        return gone
    if past.root is not None:
        here = Names(load(WorkingTree(past.root, past.kept)).registry, day, municipality=city).resolve(word)
        if isinstance(here, Named):
            output.fail(f"nothing was recorded of {here.reference}: it lies here, and is not committed yet")
    named = name(registry, word, day, city)
    return _Meant(named.folder, named.identity, named.part, named.note, ())


def _beside(registry: Registry, folder: str, identity: str) -> Iterator[tuple[str, str]]:
    """The units that a unit came from or went on in: they may say so in its place."""
    from orgreg.model.unit import whole_of
    from orgreg.query.succession import predecessors, successors

    unit = registry.units.get(identity) if folder == "units" else None
    if unit is not None:
        told = (*predecessors(registry, unit, planned=True), *successors(registry, unit, planned=True))
        sides = {whole_of(side) for one in told for side in (one.older, one.newer, one.part) if side is not None}
        yield from (("units", one) for one in sorted(sides - {identity}))


def _gone(trail: Trail, registry: Registry, word: str, city: str | None) -> _Meant | None:
    """What a slug or an identity named whose file is there no more."""
    from orgreg.model.registry import path_of

    before, slash, slug = word.partition("#")[0].rpartition("/")
    cities = [before] if slash else sorted(registry.municipalities) if city is None else [city]
    for folder in EVERYTHING:
        for one in cities:
            identity = f"{one}/{slug}"
            versions = trail.history.versions(path_of(folder, identity))
            if versions:
                part, name = word.partition("#")[2] or None, versions[-1].name
                if name is None:
                    now = "is recorded no more"
                elif trail.states.thing(folder, identity, name) is None:
                    now = "is recorded, and cannot be read as it is now"
                else:
                    now = f"has no {shortened(str(part))} now"
                return _Meant(folder, identity, part, f"{identity} {now}", tuple(_beside(registry, folder, identity)))
    return None


def _say_what_is_not_recorded(past: Past, meant: _Meant | None) -> None:
    from orgreg.model.registry import path_of

    found = past.unrecorded([] if meant is None else [path_of(meant.folder, meant.identity)])
    if found:
        told = found[0] if len(found) == 1 else f"{len(found)} files"
        output.aside(f"what lies here is not all recorded: {told} differ{'s' * (len(found) == 1)} from HEAD")


def _write_log(records: Iterable[Record], ending: Ending, as_of: Recorded | None, format_: LogFormat) -> None:
    if format_ is LogFormat.text:
        from orgreg.formats.text.log import log as text

        output.lines(text(records, ending))
    elif format_ is LogFormat.json:
        from orgreg.formats.json import answer
        from orgreg.formats.json.log import log as json

        output.text(answer(json(records, ending), as_of))
    else:
        from orgreg.formats.markdown.log import log as markdown

        output.text("".join(f"{one}\n" for one in markdown(records, ending)))


# ------------------------------------------------------------------------------------------------------------ why


def why(
    context: typer.Context,
    word: Word,
    attribute: Annotated[
        str | None,
        typer.Argument(
            metavar="[ATTRIBUTE]",
            help="What of it: name, code, parent, holder, state, date …; without it, what is mostly asked for.",
            show_default=False,
        ),
    ] = None,
    day: Date = None,
    as_of: AsOf = None,
    city: OneCity = None,
    planned: Planned = False,
    format_: Annotated[WhyFormat, typer.Option("--format", help="How it is written.")] = WhyFormat.text,
    directory: Directory = None,
) -> None:
    """Tell why the register says what it says.

    The statement that a value comes from, with its quotes and papers, how certain it is, what other sources say, who
    decided it, which commit first recorded it, and what was corrected.
    """
    from orgreg.query.labels import Labels
    from orgreg.query.why import why as query_why

    on = day or a_day("today")
    attribute = (attribute or "").strip() or None
    asked = state(context, directory, as_of, city)
    registry = ask(asked, city)
    named = name(registry, word, on, city)
    found = query_why(
        registry, (named.folder, named.identity, named.part), Labels(registry, on, planned=planned), attribute
    )
    if not found.reasons:
        meant = query_why(registry, (named.folder, named.identity, named.part), Labels(registry, on, planned=True))
        _nothing_said(found, attribute, is_intended=bool(meant.reasons))
    told = _grounds(context, directory, asked, registry, found)
    if format_ is WhyFormat.text:
        from orgreg.formats.text.why import why as text

        output.lines(text(told))
    else:
        from orgreg.formats.json import answer
        from orgreg.formats.json.why import why as json

        output.text(answer(json(told), asked.as_of))


def _nothing_said(found: Why, attribute: str | None, *, is_intended: bool) -> None:
    on = found.labels.day.isoformat()
    if attribute is not None and found.attributes:
        known = ", ".join(found.attributes)
        output.fail(f"nothing is said of {shortened(attribute)} of {found.reference} on {on}; there is: {known}")
    if is_intended and not found.attributes:
        output.fail(f"{found.reference} is only planned or proposed on {on}; --planned tells why")
    output.fail(f"nothing is said of {found.reference} on {on}; see orgreg show {found.reference}")


def _grounds(context: typer.Context, directory: Path | None, asked: State, registry: Registry, found: Why) -> Grounds:
    """What was found, with the line of each statement, the commit that recorded it, and what was corrected."""
    from orgreg.formats.why import Ground, Grounds
    from orgreg.model.registry import path_of
    from orgreg.review.placing import spots_of
    from orgreg.store import Missing
    from orgreg.store.history import History

    path = path_of(found.folder, found.identity)
    place = spots_of(asked.files, path)
    grounds = [
        Ground(one, place(one.statement.route), tuple(place(each.route) for each in one.confirmed))
        for one in found.reasons
    ]
    try:
        past = recorded(context, directory)
        with output.waiting("commits looked through") as progress:
            made = History(past, asked.as_of or past.at("HEAD"), progress)
        with closing(made) as history:
            return Grounds(found, path, tuple(_recorded(history, registry, found, grounds)))
    except Missing as error:
        return Grounds(found, path, tuple(grounds), str(error))


def _recorded(history: History, registry: Registry, found: Why, grounds: Iterable[Ground]) -> Iterator[Ground]:
    from dataclasses import replace

    from orgreg.trail.basis import Basis
    from orgreg.trail.record import Sort
    from orgreg.trail.trail import Trail

    trail = Trail(history)
    known = (found.folder, found.identity)
    basis = Basis(trail.states, registry, known)
    corrected = [
        (record, item) for record in trail.of(known, found.part) for item in record.items if item.sort is Sort.CORRECTED
    ]
    for one in grounds:
        reason = one.reason
        mine = [
            (record, item)
            for record, item in corrected
            if item.entity == reason.identity and item.attribute in {reason.attribute, reason.statement.key}
        ]
        yield replace(one, beginning=basis.first(reason.statement), corrected=tuple(reversed(mine)))
