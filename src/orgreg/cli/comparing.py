"""The commands that compare states, or follow one unit through all of them: diff, history."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from orgreg.cli import output
from orgreg.cli.complete import complete_unit
from orgreg.cli.options import AsOf, Date, Directory, OneCity, Planned, a_day
from orgreg.cli.register import ask, name, state

if TYPE_CHECKING:
    from datetime import date

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
    first: Annotated[str, typer.Argument(metavar="A", help="A day; what changed on it is not told.")],
    last: Annotated[str, typer.Argument(metavar="B", help="A later day; what changed on it is told.")],
    as_of: AsOf = None,
    city: OneCity = None,
    planned: Planned = False,
    format_: Annotated[DiffFormat, typer.Option("--format", help="How it is written.")] = DiffFormat.text,
    directory: Directory = None,
) -> None:
    """Tell what changed in the city after A until B.

    What belongs to one change stands under one heading, with its decision and the papers that report it.
    """
    from orgreg.query.changes import occasions

    after, until = a_day(first), a_day(last)
    if after > until:
        raise typer.BadParameter(f"{first} is later than {last}; write the earlier day first")
    asked = state(context, directory, as_of, city)
    registry = ask(asked, city, _UNITS_AND_PAPERS)
    found = occasions(registry, after, until, municipality=city, planned=planned)
    if format_ is DiffFormat.json:
        from orgreg.formats.json import answer
        from orgreg.formats.json.diff import diff as json

        output.text(answer(json(registry, found, after, until), asked.as_of))
    else:
        _write(registry, found, (after, until), format_)


def _write(registry: Registry, found: tuple[Occasion, ...], days: tuple[date, date], format_: DiffFormat) -> None:
    after, until = days
    if format_ is DiffFormat.text:
        from orgreg.formats.text.diff import diff as text

        output.lines(text(registry, found))
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
    registry = ask(asked, city, _UNITS_AND_PAPERS)
    named = name(registry, unit, on, city, _UNITS)
    if named.part is not None:
        output.fail(f"{named.reference} is a part of a unit; a part is told with orgreg show {named.reference}")
    _tell(made(registry, registry.units[named.identity], on, planned=planned), format_, asked.as_of)


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
