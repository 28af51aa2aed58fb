"""The commands that compare two states: diff."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from orgreg.cli import output
from orgreg.cli.options import AsOf, Directory, OneCity, a_day
from orgreg.cli.register import ask, state


class DiffFormat(StrEnum):
    """How a difference is written."""

    text = "text"
    json = "json"


def diff(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="A", help="A day; what changed on it is not told.")],
    last: Annotated[str, typer.Argument(metavar="B", help="A later day; what changed on it is told.")],
    as_of: AsOf = None,
    city: OneCity = None,
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
    registry = ask(asked, city)
    found = occasions(registry, after, until, municipality=city)
    if format_ is DiffFormat.text:
        from orgreg.formats.text.diff import diff as text

        output.lines(text(registry, found))
    else:
        from orgreg.formats.json import answer
        from orgreg.formats.json.diff import diff as json

        output.text(answer(json(registry, found, after, until), asked.as_of))
