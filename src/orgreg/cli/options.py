"""The options that commands share, each said once."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from orgreg.cli.complete import complete_municipality, complete_unit, complete_word
from orgreg.model.day import Fault, parse


def a_day(text: str) -> date:
    """A day as typed: one exact day."""
    if text == "today":
        return date.today()  # noqa: DTZ011 - the day in the city is the day of the clock on the wall
    read = parse(text)
    if isinstance(read, Fault):
        remedy = read.remedy if _ONE_DAY.fullmatch(read.remedy) else _A_DAY
        raise typer.BadParameter(f"{read.reason}; {remedy}")
    if not read.exact:
        remedy = f"write a day like {read.counts_from.isoformat()}" if read.known else _A_DAY
        raise typer.BadParameter(f"{text} is not one day; {remedy}")
    return read.earliest


_A_DAY = "write one day, 2024-03-01, or today"
_ONE_DAY = re.compile(r"write \d{4}-\d\d-\d\d(?: and nothing after it)?|correct the day", re.ASCII)
"""The remedies that lead to one day; a file may say it more vaguely than a question."""


NO_CACHE = "orgreg.no_cache"
"""Where a command finds that no cache is wanted."""


def without_cache(context: typer.Context, _: object, asked: bool) -> None:
    """`--no-cache`, before the command or behind it."""
    if asked:
        context.meta[NO_CACHE] = True


Directory = Annotated[
    Path | None,
    typer.Option(
        "-C", metavar="DIR", help="The register, or a folder in it; without it, the one you are in.", show_default=False
    ),
]
Date = Annotated[
    date | None,
    typer.Option(
        "--date",
        parser=a_day,
        metavar="DAY",
        help="The day in the city, 2024-03-01; without it, today.",
        show_default=False,
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="REV|TIME",
        help="What the register said at a git revision or by a time, 2024-04-09; without it, what the files say.",
        show_default=False,
    ),
]
OneCity = Annotated[
    str | None,
    typer.Option(
        "-m",
        "--municipality",
        metavar="CITY",
        help="Only this municipality, as its folder is called.",
        show_default=False,
        autocompletion=complete_municipality,
    ),
]
Planned = Annotated[bool, typer.Option("--planned", help="Count what is planned or proposed, marked so.")]
UnitWord = Annotated[
    str | None,
    typer.Argument(
        metavar="[UNIT]",
        help="A unit: its code, slug, identity or part of its name.",
        show_default=False,
        autocompletion=complete_unit,
    ),
]
Word = Annotated[
    str,
    typer.Argument(
        metavar="REF",
        help="A unit, paper or plan: code, slug, number or part of a name; unit#post for a part.",
        show_default=False,
        autocompletion=complete_word,
    ),
]
