"""The commands that go through the whole register: find, report."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from orgreg.cli import output
from orgreg.cli.options import AsOf, Date, Directory, OneCity, a_day
from orgreg.cli.register import ask, state
from orgreg.model.wording import EMPTY, shortened
from orgreg.store import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orgreg.formats.line import Line
    from orgreg.model.registry import Registry
    from orgreg.query.table import Table
    from orgreg.store import Recorded

REPORTS: Final = {
    "units": "the units on a day, without bodies",
    "posts": "the posts on a day: vacant, filled, or filled by somebody who is not named",
    "bodies": "the bodies (Gremien) on a day, each with its secretariat",
    "contacts": "how units are reached; what its source does not say of the day is marked",
    "papers": "the papers until a day: who answered when, and what is open since when",
    "plans": "the plans on a day, and how many of their steps are done, overdue or without evidence",
    "steps": "the steps of plans on a day and what follows for each; --overdue: only those",
    "calendar": "steps, events and consultations as iCalendar, or with --format as a table",
    "gaps": "what the register does not know on a day, most useful first",
    "disputes": "what the sources say differently, with their words side by side",
    "changes": "what changed in the city, with --date until that day",
}


_LISTS: Final = ("units", "posts", "bodies", "contacts", "papers")


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
    ical = "ical"


def report(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Which one; without it, the list.", autocompletion=_names),
    ] = None,
    day: Date = None,
    as_of: AsOf = None,
    city: OneCity = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Of steps: only those whose day or window has passed without evidence.")
    ] = False,
    format_: Annotated[
        ReportFormat | None,
        typer.Option("--format", help="How it is written; without it text, and the calendar ical.", show_default=False),
    ] = None,
    directory: Directory = None,
) -> None:
    """Report on the whole register as a table.

    gaps: what is not known on a day, most useful first. disputes: what the sources say differently, with their words
    side by side; with --date only what is disputed of that day. changes: what changed in the city; with --date until
    that day.
    """
    if name is None:
        output.lines(_listed())
        return
    if name not in REPORTS:
        near = get_close_matches(name, REPORTS, 1)
        meant = f". Did you mean {near[0]}?" if near else ""
        output.fail(f"{shortened(name) or EMPTY} is no report; there are: {', '.join(REPORTS)}{meant}", output.USAGE)
    if overdue and name != "steps":
        output.fail("--overdue is of report steps", output.USAGE)
    if format_ is ReportFormat.ical and name != "calendar":
        output.fail("--format ical is of report calendar", output.USAGE)
    asked = state(context, directory, as_of, city)
    if name == "calendar" and format_ in {None, ReportFormat.ical}:
        _write_calendar(ask(asked, city), day or a_day("today"), asked.as_of)
        return
    _write(_made(name, ask(asked, city), day, overdue=overdue), format_ or ReportFormat.text, asked.as_of)


def _made(name: str, registry: Registry, day: date | None, *, overdue: bool) -> Table:
    today = a_day("today")
    if name in {"plans", "steps"}:
        from orgreg.query import plan_tables

        on = day or today
        return plan_tables.plans(registry, on) if name == "plans" else plan_tables.steps(registry, on, overdue=overdue)
    if name == "calendar":
        from orgreg.query.agenda import calendar_table

        return calendar_table(registry, day or today)
    if name in _LISTS:
        return _listing(name, registry, day or today)
    if name == "gaps":
        from orgreg.query.gaps import gaps

        return gaps(registry, day or today)
    if name == "changes":
        from orgreg.model.day import ALWAYS, NEVER
        from orgreg.query.change_table import changes_table
        from orgreg.query.changes import occasions

        return changes_table(registry, occasions(registry, ALWAYS, day or NEVER), "What changed in the city", day)
    from orgreg.query.disputes import disputes

    return disputes(registry, day, today)


def _listing(name: str, registry: Registry, day: date) -> Table:
    from orgreg.query import listing

    lists = (listing.units, listing.posts, listing.bodies, listing.contacts, listing.papers)
    return dict(zip(_LISTS, lists, strict=True))[name](registry, day)


def _write_calendar(registry: Registry, day: date, as_of: Recorded | None) -> None:
    from orgreg.query.agenda import agenda

    try:
        from orgreg.formats.ical.calendar import calendar
    except ModuleNotFoundError as missing:
        if missing.name != "icalendar":
            raise
        raise Missing(
            "report calendar needs the library icalendar, which is not installed: pip install 'orgreg[calendar]'"
        ) from None
    names = ", ".join(city.name for _, city in sorted(registry.municipalities.items()))
    output.text(calendar(agenda(registry, day), names, None if as_of is None else as_of.time))


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
