"""The commands that keep a register sound: check, schema."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from orgreg.cli import output
from orgreg.cli.options import Directory
from orgreg.cli.register import base, files

if TYPE_CHECKING:
    from collections.abc import Collection

    from orgreg.review.placed import Placed
    from orgreg.store import Files
    from orgreg.store.working_tree import WorkingTree


class CheckFormat(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    github = "github"
    gitlab = "gitlab"
    sarif = "sarif"
    markdown = "markdown"


class Least(StrEnum):
    """How grave a finding must be to be shown."""

    error = "error"
    warning = "warning"
    note = "note"


class FileKind(StrEnum):
    """A kind of file."""

    unit = "unit"
    paper = "paper"
    plan = "plan"
    registry = "registry"


def check(
    context: typer.Context,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="REV",
            help="Only what is new since HEAD parted from a revision: origin/main. Old faults do not fail it.",
            show_default=False,
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="With --against: show too what was there before.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    least: Annotated[Least, typer.Option("--least", help="Show what is at least this grave.")] = Least.note,
    format_: Annotated[CheckFormat, typer.Option("--format", help="How findings are written.")] = CheckFormat.text,
    fix: Annotated[
        bool, typer.Option("--fix", help="First put right what is certain: a number that has to be quoted.")
    ] = False,
    directory: Directory = None,
) -> None:
    """Check everything that must hold.

    It holds on every day on which something changes. Nothing is written, except with --fix, which tells each line that
    it changes. Ends with 1 where there are errors, with --strict also where there are warnings.

    With --against only new findings count, also in files that were not touched; and nothing that is merged may be
    lost without a correction. --format markdown is the comment for a pull request.
    """
    if against is None and (every or format_ is CheckFormat.markdown):
        what = "--all" if every else "--format markdown"
        raise typer.BadParameter("it tells what differs from a revision: name one with --against", param_hint=what)
    where = files(context, directory)
    parted = None if against is None else base(context, directory, against)
    fixed = True
    if fix:
        from orgreg.cli.tidying import fix as put_right
        from orgreg.load import load

        fixed = put_right(where, load(where).findings, aside=format_ is not CheckFormat.text)
    shown = tuple(Least)[: tuple(Least).index(least) + 1]
    grave = _check(where, shown, format_) if against is None else _review((parted, where), shown, format_, every=every)
    if not fixed or Least.error in grave or (strict and Least.warning in grave):
        raise typer.Exit(output.FAILED)


def _check(where: WorkingTree, shown: Collection[Least], format_: CheckFormat) -> set[Least]:
    """Write what is found, as far as it is to be shown, and tell how grave all of it is."""
    from orgreg.review.checked import checked

    found = checked(where)
    _write_findings([one for one in found if _gravity(one) in shown], format_)
    return {_gravity(one) for one in found}


def _gravity(one: Placed) -> Least:
    return Least(one.finding.rule.severity.value)


def _review(
    states: tuple[Files | None, WorkingTree], shown: Collection[Least], format_: CheckFormat, *, every: bool
) -> set[Least]:
    """Write what differs from what is merged, and tell how grave what is new is."""
    from orgreg.model.finding import State
    from orgreg.review.placing import placed
    from orgreg.review.proposed import review

    parted, where = states
    made = review(parted, where)
    there = where if parted is None else parted
    of = dict(zip(State, made.findings, strict=True))
    found = [one for state in State for one in placed(of[state], there if state is State.FIXED else where, state)]
    found = sorted((one for one in found if _gravity(one) in shown), key=lambda one: one.order)
    words = made.difference.vocabulary
    if words and parted is not None and format_ is not CheckFormat.markdown:
        # No finding and yet no small thing: what is merged may mean something else by it.
        more = f"; and {len(words) - 1} more, see orgreg diff" if len(words) > 1 else ""
        output.aside(f"registry.yaml says otherwise: {words[0].sentence}{more}")
    if format_ is CheckFormat.markdown:
        from orgreg.formats.markdown import review as markdown

        output.text(markdown.review(made, found))
    elif format_ is CheckFormat.text:
        from orgreg.formats.text import findings as text

        output.lines(text.compared(found, every=every))
    elif format_ is CheckFormat.github:
        from orgreg.formats.github import findings as github

        output.text("".join(f"{one}\n" for one in github.compared(found)))
    else:
        _write_findings(found, format_)
    return {Least(severity.value) for severity in made.grave}


def _write_findings(found: list[Placed], format_: CheckFormat) -> None:
    if format_ is CheckFormat.text:
        from orgreg.formats.text import findings as text

        output.lines(text.findings(found))
    elif format_ is CheckFormat.json:
        from orgreg.formats.json import document
        from orgreg.formats.json import findings as json

        output.text(document(json.findings(found)))
    elif format_ is CheckFormat.gitlab:
        from orgreg.formats.gitlab import findings as gitlab
        from orgreg.formats.json import document

        output.text(document(gitlab.findings(found)))
    elif format_ is CheckFormat.sarif:
        from importlib.metadata import version

        from orgreg.check.manual import pages
        from orgreg.formats.json import document
        from orgreg.formats.sarif import findings as sarif

        output.text(document(sarif.findings(found, pages(), version("orgreg"))))
    else:
        from orgreg.formats.github import findings as github

        output.text("".join(f"{one}\n" for one in github.findings(found)))


def schema(
    context: typer.Context,
    kind: Annotated[
        FileKind | None, typer.Argument(metavar="[KIND]", help="unit, paper, plan or registry.", show_default=False)
    ] = None,
    write: Annotated[
        bool,
        typer.Option("--write", help="Write all four beside data/, and into each file the line that names its own."),
    ] = False,
    directory: Directory = None,
) -> None:
    """Print the JSON Schema of a kind of file, or give all files theirs.

    With --write the schemas stand in schema/, beside data/, and every file begins with the line by which VS Code and
    JetBrains find its schema:

    # yaml-language-server: $schema=../../../schema/unit.json
    """
    if write == (kind is not None):
        raise typer.BadParameter("name a kind to print its schema, or --write to write all", param_hint="KIND")
    if kind is None:
        from orgreg.cli.tidying import write_schemas

        write_schemas(files(context, directory))
        return
    from orgreg.formats.json import document
    from orgreg.text.schema import schema as made

    folder = {FileKind.unit: "units", FileKind.paper: "decisions", FileKind.plan: "actionplans"}.get(kind, "registry")
    output.text(document(made(folder)))
