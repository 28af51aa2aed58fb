"""The commands of orgreg, in the order in which its help lists them."""

from __future__ import annotations

from typing import Annotated

import typer

from orgreg.cli import asking, changing, comparing, explaining, keeping, reporting, tidying
from orgreg.cli.options import Directory

app = typer.Typer(
    name="orgreg",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version as version_of

        typer.echo(f"orgreg {version_of('orgreg')}")
        raise typer.Exit


@app.callback(
    epilog="Exit codes: 0 fine; 1 errors found, or nothing recorded under that name; 2 usage; 3 no register here."
)
def _orgreg(
    directory: Directory = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """A register of how a city administration is organised: what was true on a day, and who says so.

    The register is the folder with data/registry.yaml, the one you stand in or above it.
    """


app.command("tree")(asking.tree)
app.command("show")(asking.show)
app.command("find")(reporting.find)
app.command("who")(asking.who)
app.command("history")(comparing.history)
app.command("diff")(comparing.diff)
app.command("report")(reporting.report)
for name, change in changing.COMMANDS.items():
    app.command(name)(change)
app.command("check")(keeping.check)
app.command("fmt")(tidying.fmt)
app.command("explain")(explaining.explain)
app.command("schema")(keeping.schema)
