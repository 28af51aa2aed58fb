"""The commands that keep a register sound: check, schema."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from orgreg.cli import output
from orgreg.cli.options import Directory
from orgreg.cli.register import files

if TYPE_CHECKING:
    from orgreg.formats.placed import Placed


class CheckFormat(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    github = "github"
    gitlab = "gitlab"
    sarif = "sarif"


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
    """
    from orgreg.check import check as check_registry
    from orgreg.cli.placing import placed
    from orgreg.load import load
    from orgreg.model.finding import Severity

    where = files(context, directory)
    loaded = load(where)
    fixed = True
    if fix:
        from orgreg.cli.tidying import fix as put_right

        fixed = put_right(where, loaded.findings, aside=format_ is not CheckFormat.text)
        loaded = load(where)
    found = placed([*loaded.findings, *check_registry(loaded.registry)], where)
    gravity = [severity.value for severity in Severity]
    shown = gravity[: gravity.index(least.value) + 1]
    _write_findings([one for one in found if one.finding.rule.severity.value in shown], format_)
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if not fixed or any(one.finding.rule.severity in grave for one in found):
        raise typer.Exit(output.FAILED)


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
