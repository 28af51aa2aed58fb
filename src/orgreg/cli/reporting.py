"""The commands that go through the whole register: find, report."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from orgreg.cli import output
from orgreg.cli.options import AsOf, Date, Directory, OneCity, a_day
from orgreg.cli.register import ask, state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orgreg.formats.line import Line
    from orgreg.model.registry import Registry
    from orgreg.query.table import Table
    from orgreg.store import Recorded

REPORTS: Final = {
    "gaps": "what the register does not know on a day, most useful first",
    "disputes": "what the sources say differently, with their words side by side",
}


def _names(incomplete: str) -> list[tuple[str, str]]:
    return [(name, told) for name, told in REPORTS.items() if name.startswith(incomplete)]


class FindFormat(StrEnum):
    """How hits are written."""

    text = "text"
    json = "json"


def find(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A name, a code, a number, any words.")],
    as_of: AsOf = None,
    city: OneCity = None,
    format_: Annotated[FindFormat, typer.Option("--format", help="How it is written.")] = FindFormat.text,
    directory: Directory = None,
) -> None:
    """Find every place where a text stands.

    In names and former names, codes, titles, numbers, tasks, posts, holders, contacts, remarks and quotes, best hits
    first. Case and umlauts do not matter, nor how a number is spelt.
    """
    from orgreg.formats.text import search as told
    from orgreg.query.labels import Labels
    from orgreg.query.search import search

    asked = state(context, directory, as_of, city)
    registry = ask(asked, city)
    answer = search(registry, text)
    if answer.impossible:
        output.fail(told.nothing(answer), output.USAGE)
    if format_ is FindFormat.json:
        from orgreg.formats.json import answer as document
        from orgreg.formats.json import search as json

        output.text(document(json.found(answer), asked.as_of))
    else:
        output.lines(told.found(answer, Labels(registry, a_day("today"))))
    if not answer.hits:
        output.fail(told.nothing(answer))


class ReportFormat(StrEnum):
    """How the table of a report is written."""

    text = "text"
    csv = "csv"
    json = "json"
    markdown = "markdown"


def report(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Which one; without it, the list.", autocompletion=_names),
    ] = None,
    day: Date = None,
    as_of: AsOf = None,
    city: OneCity = None,
    format_: Annotated[ReportFormat, typer.Option("--format", help="How it is written.")] = ReportFormat.text,
    directory: Directory = None,
) -> None:
    """Report on the whole register as a table.

    gaps: what is not known on a day, most useful first. disputes: what the sources say differently, with their words
    side by side; with --date only what is disputed of that day.
    """
    if name is None:
        output.lines(_listed())
        return
    if name not in REPORTS:
        near = get_close_matches(name, REPORTS, 1)
        meant = f". Did you mean {near[0]}?" if near else ""
        output.fail(f"{name} is no report; there are: {', '.join(REPORTS)}{meant}", output.USAGE)
    asked = state(context, directory, as_of, city)
    _write(_made(name, ask(asked, city), day), format_, asked.as_of)


def _made(name: str, registry: Registry, day: date | None) -> Table:
    today = a_day("today")
    if name == "gaps":
        from orgreg.query.gaps import gaps

        return gaps(registry, day or today)
    from orgreg.query.disputes import disputes

    return disputes(registry, day, today)


def _listed() -> Iterator[Line]:
    from orgreg.formats.line import line

    width = max(map(len, REPORTS)) + 2
    for name, told in REPORTS.items():
        yield line((f"{name:<{width}}", "code"), told)


def _write(table: Table, format_: ReportFormat, as_of: Recorded | None) -> None:
    if format_ is ReportFormat.text:
        from orgreg.formats.text import table as text

        output.lines(text.table(table))
    elif format_ is ReportFormat.csv:
        from orgreg.formats.csv import table as csv

        output.text(csv.table(table))
    elif format_ is ReportFormat.json:
        from orgreg.formats.json import answer
        from orgreg.formats.json import table as json

        output.text(answer(json.table(table), as_of))
    else:
        from orgreg.formats.markdown import table as markdown

        output.text("".join(f"{one}\n" for one in markdown.table(table)))
