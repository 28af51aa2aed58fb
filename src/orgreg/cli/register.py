"""The register that a command was asked about: found, read, and what could not be read said aside."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.cli.options import NO_CACHE
from orgreg.cli.output import FAILED, SURROUNDINGS, USAGE, aside, fail, waiting
from orgreg.model.wording import EMPTY, shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import tzinfo

    import typer

    from orgreg.load import Loaded
    from orgreg.load.lives import Lives
    from orgreg.load.texts import Fault
    from orgreg.model.finding import Finding
    from orgreg.model.registry import Registry
    from orgreg.query.names import Named
    from orgreg.store import Files, Recorded
    from orgreg.store.cache import Keeping
    from orgreg.store.moment import Moment
    from orgreg.store.past import Past
    from orgreg.store.revision import Revision
    from orgreg.store.working_tree import WorkingTree

EVERYTHING: Final = ("units", "decisions", "actionplans")
_CACHE: Final = "orgreg.cache"
_ZONE: Final = "Europe/Berlin"
"""Where no municipality says in which zone it lies."""


class State(NamedTuple):
    """The files that a question is about. `as_of` is None where they are those that lie here now."""

    files: WorkingTree | Revision
    as_of: Recorded | None = None


def files(context: typer.Context, directory: Path | None) -> WorkingTree:
    """The files of the register: of -C, behind the command or before it, else of where one stands."""
    from orgreg.store.working_tree import WorkingTree, find_root, has_begun

    root = find_root(_where(context, directory))
    if has_begun(root):
        from orgreg.store.publishing import interrupted

        told = interrupted(root)
        if told is not None:
            aside(told)
    return WorkingTree(root, kept(context))


def kept(context: typer.Context) -> Keeping:
    """Where what was worked out is kept for the next command: the user's cache, or nothing with `--no-cache`."""
    from orgreg.store.cache import Cache, NoCache, folder_of

    found: Keeping | None = context.meta.get(_CACHE)
    if found is None:
        folder = None if context.meta.get(NO_CACHE) else folder_of(os.environ, sys.platform)
        today = date.today().toordinal()  # noqa: DTZ011 - only for how long ago something was used
        found = context.meta[_CACHE] = NoCache() if folder is None else Cache(folder, today)
    return found


def _where(context: typer.Context, directory: Path | None) -> Path:
    return Path(directory or (context.parent.params.get("directory") if context.parent else None) or ".")


def base(context: typer.Context, directory: Path | None, revision: str) -> Files | None:
    """The files where what lies here parted from a revision; None where no register had begun there."""
    from orgreg.store.past import NoRegister, Past

    past = Past(_where(context, directory), kept(context))
    recorded = past.parted(revision)
    try:
        found = past.files(recorded)
    except NoRegister:
        aside(f"{recorded.commit[:7]}, where HEAD and {revision} parted, has no register yet: all is new")
        return None
    return found


def state(context: typer.Context, directory: Path | None, as_of: str | None, city: str | None = None) -> State:
    """The state of the register that is asked about. Of a past one it is said aside which it is."""
    if as_of is None:
        return State(files(context, directory))
    from orgreg.store.past import Past

    past = Past(_where(context, directory), kept(context))
    return _told_of(past, _recorded(past, as_of, city), "as of")


def parted(context: typer.Context, directory: Path | None, revision: str, other: str) -> State:
    """The state at which two revisions parted, said aside."""
    from orgreg.store.past import Past

    past = Past(_where(context, directory), kept(context))
    return _told_of(past, past.parted(revision, other), f"{other} and {revision} parted at")


def _told_of(past: Past, recorded: Recorded, said: str) -> State:
    found = past.files(recorded)
    where = f"; it lay in {found.path} then" if past.moved(found) else ""
    aside(f"{said} {recorded.commit[:7]}, recorded {recorded.time.isoformat()}{where}")
    return State(found, recorded)


def seen_from(
    context: typer.Context, directory: Path | None, as_of: str | None, city: str | None
) -> tuple[Past, Recorded]:
    """What git has of the register, and the commit from which its history is told; HEAD where none is named."""
    past = recorded(context, directory)
    if as_of is None:
        return past, past.at("HEAD")
    found = _recorded(past, as_of, city)
    aside(f"as of {found.commit[:7]}, recorded {found.time.isoformat()}")
    return past, found


def recorded(context: typer.Context, directory: Path | None) -> Past:
    """What git has of the register."""
    from orgreg.store.past import Past

    return Past(_where(context, directory), kept(context))


def second(past: Past, when: Moment, city: str | None) -> int:
    """The second of a time, on the clock of the city where the time says no offset."""
    return when.second(_zone(past, city) if when.needs_zone else None)


def _recorded(past: Past, as_of: str, city: str | None) -> Recorded:
    from orgreg.store.moment import NoMoment, moment

    when = moment(as_of)
    if isinstance(when, NoMoment):
        fail(when.reason, USAGE)
    if when is None:
        return past.at(as_of)
    if when.is_day and (others := past.names_like(as_of)):
        aside(f"{as_of} is read as the day; what git calls so is asked for with {' or '.join(others)}")
    return past.by(second(past, when, city), shortened(as_of))


def _zone(past: Past, city: str | None) -> tzinfo:
    """The zone of the municipality asked about, else the one in which all lie, as registry.yaml says it today."""
    from zoneinfo import ZoneInfo

    from orgreg.load import load
    from orgreg.store.working_tree import WorkingTree

    now = past.files(past.at("HEAD")) if past.root is None else WorkingTree(past.root, past.kept)
    cities = load(now, folders=()).registry.municipalities
    asked = cities.values() if city is None or city not in cities else [cities[city]]
    zones = sorted({one.time_zone for one in asked if one.time_zone is not None}) or [_ZONE]
    example = "write the time with its offset: 2024-04-09T23:59:59+02:00"
    if len(zones) > 1:
        fail(f"the municipalities have several time zones, {', '.join(zones)}; name one with -m, or {example}", USAGE)
    try:
        return ZoneInfo(zones[0])
    except (KeyError, ValueError, OSError):
        return fail(f"this computer does not know the time zone {zones[0]} of registry.yaml; {example}", SURROUNDINGS)


def lives(asked: State, day: date, city: str | None, *, planned: bool, quiet: bool = False) -> Lives | None:
    """What lives on a day, as far as it is kept; None where the registry has to be asked for."""
    from orgreg.load.lives import lives as kept_lives

    with waiting() as progress:
        found = kept_lives(asked.files, day, municipality=city, planned=planned, progress=progress)
    if found is not None and not quiet:
        _say_what_is_lost(found.faults, asked.as_of)
        see_to(city, found.municipalities)
    return found


def look_up(
    asked: State, word: str, day: date, city: str | None, folders: Collection[str] = EVERYTHING
) -> tuple[Registry, Named]:
    """What a word names, and a registry to ask about it: of however many files it reads those that are asked for."""
    from orgreg.load.page import page
    from orgreg.query.names import Names, Nothing

    with waiting() as progress:
        kept = page(asked.files, municipality=city, progress=progress)
    if kept is None:
        registry = ask(asked, city)
        return registry, name(registry, word, day, city, folders)
    _say_what_is_lost(kept.faults, asked.as_of)
    see_to(city, kept.municipalities)
    among = kept.among(word)
    if isinstance(Names(among, day, municipality=city).resolve(word, folders=folders), Nothing):
        return kept, name(kept, word, day, city, folders)  # what is near is found among all
    return kept, name(among, word, day, city, folders)


def ask(asked: State, city: str | None, folders: Collection[str] = EVERYTHING) -> Registry:
    """The registry for a question. What cannot be read is left out and counted on standard error."""
    from orgreg.load import load

    with waiting() as progress:
        loaded = load(asked.files, folders=folders, municipality=city, progress=progress)
    _say_what_is_left_out(loaded, asked.as_of)
    see_to(city, loaded.registry.municipalities)
    return loaded.registry


def see_to(city: str | None, municipalities: Collection[str]) -> None:
    """End where the municipality asked for is none of these."""
    if city is not None and city not in municipalities:
        known = ", ".join(sorted(municipalities)) or "none"
        fail(f"{shortened(city) or EMPTY} is no municipality of this register; it has: {known}", USAGE)


def _say_what_is_left_out(loaded: Loaded, as_of: Recorded | None) -> None:
    from orgreg.model.finding import Severity
    from orgreg.text.refusals import OTHER_FORMAT

    errors = [finding for finding in loaded.findings if finding.rule.severity is Severity.ERROR]
    if not errors:
        return
    first = errors[0]
    if first.rule == OTHER_FORMAT:  # no file was read
        aside(f"{first.path}: {first.message}; {first.hint}")
        return
    _leave_out(len(errors), len({finding.path for finding in loaded.findings}), first, as_of)


def _say_what_is_lost(faults: Sequence[Fault], as_of: Recorded | None) -> None:
    if faults:
        _leave_out(sum(one.errors for one in faults), len(faults), faults[0], as_of)


def _leave_out(errors: int, files: int, first: Finding | Fault, as_of: Recorded | None) -> None:
    counted = f"{errors} error{'s' * (errors != 1)} in {files} file{'s' * (files != 1)}"
    # What check says is about the files as they are, so of a past state an example must do.
    told = "see orgreg check" if as_of is None else f"{first.path}: {first.message}"
    aside(f"{counted}, left out here; {told}")


def name(registry: Registry, word: str, day: date, city: str | None, folders: Collection[str] = EVERYTHING) -> Named:
    """What the word names, or the end with a sentence that helps."""
    from orgreg.query.names import Ambiguous, Named, Names

    found = Names(registry, day, municipality=city).resolve(word, folders=folders)
    if isinstance(found, Named):
        if found.note is not None:
            aside(found.note)
        return found
    if isinstance(found, Ambiguous):
        several = "; ".join(f"{reference} ({told})" for reference, told in found.candidates)
        fail(f"{found.word} names several: {several}. Name one of them.", FAILED)
    elsewhere = Names(registry, day, municipality=city).resolve(word)
    if isinstance(elsewhere, Named) and not (found.impossible or found.lost):
        what = {"units": "a unit", "decisions": "a paper", "actionplans": "a plan"}[elsewhere.folder]
        fail(f"{word} names {what}, {elsewhere.reference}; see orgreg show {elsewhere.reference}")
    near = f". Did you mean {' or '.join(found.near)}?" if found.near else ""
    return fail(f"{found.reason}{near}", USAGE if found.impossible else FAILED)
