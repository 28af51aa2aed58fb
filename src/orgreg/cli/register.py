"""The register that a command was asked about: found, read, and what could not be read said aside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.cli.output import FAILED, SURROUNDINGS, USAGE, aside, fail

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, tzinfo

    import typer

    from orgreg.load import Loaded
    from orgreg.model.registry import Registry
    from orgreg.query.names import Named
    from orgreg.store import Files, Recorded
    from orgreg.store.past import Past
    from orgreg.store.working_tree import WorkingTree

EVERYTHING: Final = ("units", "decisions", "actionplans")
_ZONE: Final = "Europe/Berlin"
"""Where no municipality says in which zone it lies."""


class State(NamedTuple):
    """The files that a question is about. `as_of` is None where they are those that lie here now."""

    files: Files
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
    return WorkingTree(root)


def _where(context: typer.Context, directory: Path | None) -> Path:
    return Path(directory or (context.parent.params.get("directory") if context.parent else None) or ".")


def state(context: typer.Context, directory: Path | None, as_of: str | None, city: str | None = None) -> State:
    """The state of the register that is asked about. Of a past one it is said aside which it is."""
    if as_of is None:
        return State(files(context, directory))
    from orgreg.store.past import Past

    past = Past(_where(context, directory))
    recorded = _recorded(past, as_of, city)
    found = past.files(recorded)
    where = f"; it lay in {found.path} then" if past.moved(found) else ""
    aside(f"as of {recorded.commit[:7]}, recorded {recorded.time.isoformat()}{where}")
    return State(found, recorded)


def _recorded(past: Past, as_of: str, city: str | None) -> Recorded:
    from orgreg.store.moment import NoMoment, moment

    when = moment(as_of)
    if isinstance(when, NoMoment):
        fail(when.reason, USAGE)
    if when is None:
        return past.at(as_of)
    if when.is_day and (others := past.names_like(as_of)):
        aside(f"{as_of} is read as the day; what git calls so is asked for with {' or '.join(others)}")
    return past.by(when.second(_zone(past, city) if when.needs_zone else None), as_of)


def _zone(past: Past, city: str | None) -> tzinfo:
    """The zone of the municipality asked about, else the one in which all lie, as registry.yaml says it today."""
    from zoneinfo import ZoneInfo

    from orgreg.load import load
    from orgreg.store.working_tree import WorkingTree

    now = past.files(past.at("HEAD")) if past.root is None else WorkingTree(past.root)
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


def ask(asked: State, city: str | None, folders: Collection[str] = EVERYTHING) -> Registry:
    """The registry for a question. What cannot be read is left out and counted on standard error."""
    from orgreg.load import load

    loaded = load(asked.files, folders=folders, municipality=city)
    _say_what_is_left_out(loaded, asked.as_of)
    registry = loaded.registry
    if city is not None and city not in registry.municipalities:
        known = ", ".join(sorted(registry.municipalities)) or "none"
        fail(f"{city} is no municipality of this register; it has: {known}", USAGE)
    return registry


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
    lost = len({finding.path for finding in loaded.findings})
    counted = f"{len(errors)} error{'s' * (len(errors) != 1)} in {lost} file{'s' * (lost != 1)}"
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
    if isinstance(elsewhere, Named) and not found.impossible:
        what = {"units": "a unit", "decisions": "a paper", "actionplans": "a plan"}[elsewhere.folder]
        fail(f"{word} names {what}, {elsewhere.reference}; see orgreg show {elsewhere.reference}")
    near = f". Did you mean {' or '.join(found.near)}?" if found.near else ""
    return fail(f"{found.reason}{near}", USAGE if found.impossible else FAILED)
