"""The command that begins a register: init."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from orgreg.cli import output
from orgreg.cli.options import a_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from orgreg.formats.line import Line
    from orgreg.text.beginning import Beginning

_EXAMPLE = "orgreg init --id bs --name 'Stadt Braunschweig'"


def init(
    context: typer.Context,
    directory: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="Its folder; without it, the one you are in.", show_default=False),
    ] = None,
    id_: Annotated[
        str | None,
        typer.Option(
            "--id", metavar="SLUG", help="The municipality as its folders are called: bs.", show_default=False
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="TEXT", help="What it calls itself: Stadt Braunschweig.", show_default=False),
    ] = None,
    land: Annotated[
        str | None,
        typer.Option("--land", metavar="LAND", help="Its Land, for school holidays.", show_default=False),
    ] = None,
    time_zone: Annotated[str, typer.Option("--time-zone", metavar="ZONE", help="Its time zone.")] = "Europe/Berlin",
    day: Annotated[str, typer.Option("--date", metavar="DAY", help="The day of the first paper.")] = "today",
    requirement: Annotated[
        str, typer.Option("--from", metavar="REQUIREMENT", help="What pip installs as orgreg in CI and pre-commit.")
    ] = "orgreg",
    action: Annotated[
        str | None,
        typer.Option(
            "--action",
            metavar="OWNER/REPO@REF",
            help="The repository with orgreg's action on GitHub; without it, the action lies in the register.",
            show_default=False,
        ),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Leave a README.md, .gitattributes … that is there as it is.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show it and write nothing.")] = False,
    no_commit: Annotated[bool, typer.Option("--no-commit", help="Write the files; leave git to you.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Begin a register: its first unit and paper, and the files for its CI.

    Asks at a terminal for what is not said. No file that is there is overwritten. Where no git repository is, one is
    begun, and one commit records the files.
    """
    from orgreg.store.beginning import begin, branch_at, in_the_way
    from orgreg.text.beginning import Beginning, first_files

    before = context.parent.params.get("directory") if context.parent else None
    root = Path(before or ".") / (directory or ".")
    name = _asked(name, "Name of the municipality, as Stadt Braunschweig", "--name", _a_line)
    made = Beginning(
        id=_asked(id_, "In paths, as bs", "--id", _a_slug),
        name=name,
        heading=_heading(name),
        land=_a_land(land) if land or not sys.stdin.isatty() or yes else _land_asked(),
        time_zone=_a_zone(time_zone),
        day=_the_day(day),
        requirement=_a_requirement(requirement),
        action=None if action is None else _an_action(action),
        branch=branch_at(root),
    )
    files = first_files(made)
    there = in_the_way(root, list(files))
    if keep:
        files = {key: data for key, data in files.items() if key not in there or key.startswith("data/")}
        there = in_the_way(root, list(files))
    if there:
        _refuse(there)
    _refuse_faults(files)
    output.lines(_shown(made, files))
    if dry_run:
        return
    _ask(yes)
    subject = f"Begin the register of {made.name}"
    commit = begin(root, files, None if no_commit else subject)
    done = f"written, not recorded: {', '.join(files)}" if commit is None else f"recorded as {commit[:10]}: {subject}"
    output.text(f"{done}\n")


def _asked(given: str | None, question: str, option: str, as_typed: Callable[[str], str]) -> str:
    """What was given, or what is answered to the question, until that is as it must be."""
    if given is not None:
        try:
            return as_typed(given)
        except typer.BadParameter as wrong:
            wrong.param_hint = option
            raise
    if not sys.stdin.isatty():
        raise typer.BadParameter(f"say it where no one can be asked: {_EXAMPLE}", param_hint=option)
    return str(typer.prompt(question, value_proc=as_typed))


def _a_line(text: str) -> str:
    words = " ".join(text.split())
    if not words.isprintable() or not words:
        raise typer.BadParameter("write a name in one line, as Stadt Braunschweig")
    return words


def _a_slug(text: str) -> str:
    import re

    if not re.fullmatch("[a-z0-9][a-z0-9-]*", text, re.ASCII):
        raise typer.BadParameter(f"{text} is no folder of a register; write it with a-z, 0-9 and -, as bs")
    return text


def _land_asked() -> str | None:
    told = typer.prompt("Land, for school holidays; empty where it is not to be said", default="", show_default=False,
                        value_proc=lambda text: _a_land(text) or "")  # fmt: skip
    return str(told) or None


def _a_land(text: str | None) -> str | None:
    from orgreg.text.beginning import LAENDER

    if not text:
        return None
    if text not in LAENDER:
        raise typer.BadParameter(f"{text} is no Land; it is one of {', '.join(LAENDER)}", param_hint="--land")
    return text


def _a_zone(text: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise typer.BadParameter(
            f"{text} is no time zone that this computer knows; write it as Europe/Berlin", param_hint="--time-zone"
        ) from None
    return text


def _the_day(text: str) -> date:
    try:
        return a_day(text)
    except typer.BadParameter as wrong:
        wrong.param_hint = "--date"
        raise


def _a_requirement(text: str) -> str:
    if not text.isprintable() or not text.strip() or text.startswith("-"):
        raise typer.BadParameter("write what pip installs, as orgreg or orgreg==0.1.0", param_hint="--from")
    return text.strip()


def _an_action(text: str) -> str:
    import re

    if not re.fullmatch(r"[\w.-]+/[\w./-]+@[\w./-]+", text, re.ASCII):
        raise typer.BadParameter(
            f"{text} is no action; write OWNER/REPO@REF, with a commit's full name as REF", param_hint="--action"
        )
    return text


def _heading(name: str) -> str:
    from orgreg.formats.markdown import escape

    return escape(name)


def _refuse(there: Sequence[str]) -> NoReturn:
    """Nothing is written over what is there, and each of it is named."""
    told = f"nothing was written, since this is there already: {', '.join(there)}"
    if "data/" in there:
        output.fail(f"{told}. A register begins in a folder without data/, and one that has begun needs no init")
    output.fail(f"{told}. Move it away, or leave it as it is with --keep")


def _refuse_faults(files: Mapping[str, bytes]) -> None:
    """What check would find in the new register is said before anything is written."""
    from orgreg.check import check
    from orgreg.load import load
    from orgreg.store.beginning import Drafted

    loaded = load(Drafted(files))
    for one in [*loaded.findings, *check(loaded.registry)]:
        output.fail(f"nothing was written: {one.message}; {one.hint}", output.USAGE)


def _shown(made: Beginning, files: Mapping[str, bytes]) -> Iterator[Line]:
    """What will be: the files of the register with every line, those around it by their names."""
    from orgreg.formats.line import line
    from orgreg.formats.text.rehearsal import files as lines_of

    yield line((f"A new register: {made.name} ({made.id})", "heading"))
    yield line()
    yield from lines_of({key: (None, data) for key, data in files.items() if key.startswith("data/")})
    yield line()
    yield from _named(key for key in files if not key.startswith("data/"))


def _named(keys: Iterable[str]) -> Iterator[Line]:
    from orgreg.formats.line import line

    yield from (line((f"{key} (new)", "heading")) for key in keys)


def _ask(yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        output.fail("nothing was written: say --yes where no one can be asked")
    if not typer.confirm("Write this?", default=False):
        output.fail("nothing was written")
