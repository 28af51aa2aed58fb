"""The commands that compare states, or follow one unit through all of them: diff, history."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from orgreg.cli import output
from orgreg.cli.complete import complete_unit
from orgreg.cli.options import AsOf, Date, Directory, OneCity, Planned, a_day
from orgreg.cli.register import ask, name, parted, see_to, state
from orgreg.model.wording import EMPTY, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from orgreg.cli.register import State
    from orgreg.load.differing import Differing
    from orgreg.model.change import Occasion
    from orgreg.model.registry import Registry
    from orgreg.query.history import History
    from orgreg.store import Recorded

_UNITS = ("units",)
_UNITS_AND_PAPERS = ("units", "decisions")


class DiffFormat(StrEnum):
    """How a difference is written."""

    text = "text"
    json = "json"
    markdown = "markdown"
    csv = "csv"


class HistoryFormat(StrEnum):
    """How a history is written."""

    text = "text"
    json = "json"
    mermaid = "mermaid"


def diff(
    context: typer.Context,
    first: Annotated[
        str,
        typer.Argument(
            metavar="A|REV..REV",
            help="A day, what changed on it is not told; or two revisions or times with two dots between them.",
            show_default=False,
        ),
    ],
    last: Annotated[
        str | None,
        typer.Argument(metavar="[B]", help="A later day; what changed on it is told.", show_default=False),
    ] = None,
    as_of: AsOf = None,
    city: OneCity = None,
    planned: Planned = False,
    format_: Annotated[DiffFormat, typer.Option("--format", help="How it is written.")] = DiffFormat.text,
    directory: Directory = None,
) -> None:
    """Tell what changed between two days, or between two revisions.

    Between days, what changed in the city after A until B: what belongs to one change stands under one heading, with
    its decision and the papers that report it. Between revisions or times, what the register says otherwise: changes
    that are newly told, corrections and what became known stand apart, and what only moved in the files is not told.
    As in git, A..B is from A to B, A...B from where B parted from A, and ..B from HEAD; A.. is until the files as they
    lie here.
    """
    if last is not None:
        _days(context, (first, last), (as_of, city), (planned, format_), directory)
        return
    if ".." not in first:
        raise typer.BadParameter(
            f"{shortened(first) or EMPTY} alone is not enough: name two days, A B, or two revisions, REV..REV"
        )
    if as_of is not None:
        raise typer.BadParameter(f"--as-of asks about one state, and {shortened(first)} names two; leave it out")
    _revisions(context, first, city, (planned, format_), directory)


def _days(
    context: typer.Context,
    days: tuple[str, str],
    asked_of: tuple[str | None, str | None],
    told: tuple[bool, DiffFormat],
    directory: Path | None,
) -> None:
    from orgreg.query.changes import occasions

    (as_of, city), (planned, format_) = asked_of, told
    if not any(day[:4].isdecimal() or day == "today" for day in days):
        what = shortened(days[0]) or EMPTY
        raise typer.BadParameter(f"{what} is no day, as 2024-03-01 is; two revisions are one word, REV..REV")
    after, until = map(a_day, days)
    if after > until:
        raise typer.BadParameter(f"{days[0]} is later than {days[1]}; write the earlier day first")
    asked = state(context, directory, as_of, city)
    registry = ask(asked, city, _UNITS_AND_PAPERS)
    found = occasions(registry, after, until, municipality=city, planned=planned)
    if format_ is DiffFormat.json:
        from orgreg.formats.json import answer
        from orgreg.formats.json.diff import diff as json

        output.text(answer(json(registry, found, after, until), asked.as_of))
    else:
        _write(registry, found, (after, until), format_)


def _revisions(
    context: typer.Context, word: str, city: str | None, told: tuple[bool, DiffFormat], directory: Path | None
) -> None:
    from orgreg.load import shelved
    from orgreg.load.differing import differing

    first, dots, last = word.partition("..." if "..." in word else "..")
    if ".." in last:
        raise typer.BadParameter(f"{shortened(word)} has dots in several places; write REV..REV")
    if dots == "...":
        before = parted(context, directory, first or "HEAD", last or "HEAD")
    else:
        before = state(context, directory, first or "HEAD", city)
    after = state(context, directory, last or None, city)
    _can_be_compared((before, after), city)
    found = differing(before.files, after.files, city)
    registries = (shelved(before.files, through=found.among), shelved(after.files, through=found.among))
    _tell_difference(registries, found, (before.as_of, after.as_of), (city, *told))


def _can_be_compared(states: tuple[State, State], city: str | None) -> None:
    """End where a state is of a format that is not known here, or none of the two has the municipality."""
    from orgreg.load import load
    from orgreg.text.refusals import OTHER_FORMAT

    known: set[str] = set()
    for one in states:
        loaded = load(one.files, folders=())
        known.update(loaded.registry.municipalities)
        for finding in loaded.findings:
            if finding.rule == OTHER_FORMAT:
                which = "here" if one.as_of is None else f"at {one.as_of.commit[:7]}"
                output.fail(f"{which}, {finding.message}; {finding.hint}", output.SURROUNDINGS)
    see_to(city, known)


def _tell_difference(
    registries: tuple[Registry, Registry],
    among: Differing,
    states: tuple[Recorded | None, Recorded | None],
    told: tuple[str | None, bool, DiffFormat],
) -> None:
    from orgreg.diff.difference import difference
    from orgreg.diff.in_force import in_force

    (before, after), (city, planned, format_) = registries, told
    whole = difference(before, after, among=among.among, moved=among.moved)
    whole = replace(whole, vocabulary=tuple(one for one in whole.vocabulary if city in {None, one.municipality}))
    found = whole if planned else in_force(whole)
    if whole.uncompared:
        output.aside(f"not compared, since they cannot be read in one of the two states: {_paths(whole.uncompared)}")
    if found != whole:
        output.aside("what is only planned or proposed became different too; --planned tells it")
    if format_ is DiffFormat.json:
        from orgreg.formats.json import document
        from orgreg.formats.json.diff import difference as json

        output.text(document(json(before, after, found, states)))
    elif format_ is DiffFormat.text:
        from orgreg.formats.text.diff import difference as text

        output.lines(text(before, after, found))
    elif format_ is DiffFormat.markdown:
        from orgreg.formats.markdown.diff import difference as markdown

        output.text("".join(f"{one}\n" for one in markdown(before, after, found)))
    else:
        from orgreg.diff.table import difference_table
        from orgreg.formats.csv.table import table as csv

        output.text(csv(difference_table(before, after, found)))


def _paths(known: Iterable[tuple[str, str]]) -> str:
    from orgreg.model.registry import path_of

    return ", ".join(path_of(folder, identity) for folder, identity in known)


def _write(registry: Registry, found: tuple[Occasion, ...], days: tuple[date, date], format_: DiffFormat) -> None:
    after, until = days
    if format_ is DiffFormat.text:
        from orgreg.formats.text.diff import diff as text

        output.lines(text(registry, found, after, until))
    elif format_ is DiffFormat.markdown:
        from orgreg.formats.markdown.diff import diff as markdown

        output.text("".join(f"{one}\n" for one in markdown(registry, found, after, until)))
    else:
        from orgreg.formats.csv.table import table as csv
        from orgreg.query.change_table import changes_table

        output.text(csv(changes_table(registry, found, f"Changes after {after} until {until}")))


def history(
    context: typer.Context,
    unit: Annotated[
        str,
        typer.Argument(
            metavar="UNIT",
            help="A unit: its code, slug, identity or part of its name.",
            show_default=False,
            autocompletion=complete_unit,
        ),
    ],
    day: Date = None,
    as_of: AsOf = None,
    city: OneCity = None,
    planned: Planned = False,
    format_: Annotated[HistoryFormat, typer.Option("--format", help="How it is written.")] = HistoryFormat.text,
    directory: Directory = None,
) -> None:
    """Tell the life and the lineage of a unit.

    Every code, name, kind and place with its days, what it came from and what it became, to both ends. --date says on
    which day a code is looked up.
    """
    from orgreg.query.history import history as made

    on = day or a_day("today")
    asked = state(context, directory, as_of, city)
    registry = ask(asked, city)
    named = name(registry, unit, on, city, _UNITS)
    if named.part is not None:
        output.fail(f"{named.reference} is a part of a unit; a part is told with orgreg show {named.reference}")
    one = made(registry, registry.units[named.identity], on, planned=planned)
    if not planned and any(stretch.unit.timeline.intended for stretch in one.stretches):
        output.aside("what is only planned or proposed is not told; --planned tells it")
    _tell(one, format_, asked.as_of)


def _tell(one: History, format_: HistoryFormat, as_of: Recorded | None) -> None:
    if format_ is HistoryFormat.text:
        from orgreg.formats.text.history import history as text

        output.lines(text(one))
    elif format_ is HistoryFormat.json:
        from orgreg.formats.json import answer
        from orgreg.formats.json.history import history as json

        output.text(answer(json(one), as_of))
    else:
        from orgreg.formats.mermaid.history import history as mermaid

        output.text("".join(f"{line}\n" for line in mermaid(one)))
