"""The commands that change a register: shown first, asked, written whole, recorded in one commit."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orgreg.cli import output
from orgreg.cli.complete import complete_unit, complete_word
from orgreg.cli.options import a_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.change.account import Account
    from orgreg.change.orders import Order
    from orgreg.change.proposal import Proposal
    from orgreg.change.rehearsal import Rehearsed
    from orgreg.store.publishing import Write


class DryFormat(StrEnum):
    """How a rehearsed change is written."""

    text = "text"
    yaml = "yaml"


_STANCE = "What it stands on"
_DOING = "How it is done"
When = Annotated[
    str | None,
    typer.Option("--date", metavar="DAY", help="The first day of it; without it, today.", show_default=False),
]
By = Annotated[str | None, typer.Option("--by", metavar="PAPER", help="The paper that decided it.", show_default=False)]
From = Annotated[
    str | None, typer.Option("--source", metavar="PAPER", help="The paper that says so.", show_default=False)
]
Quote = Annotated[str | None, typer.Option("--quote", metavar="TEXT", help="The paper's words.", show_default=False)]
Because = Annotated[str | None, typer.Option("--because", metavar="TEXT", help="Why.", show_default=False)]
Together = Annotated[
    str | None, typer.Option("--change", metavar="WORD", help="The word for what belongs together.", show_default=False)
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show it and write nothing.")]
NoCommit = Annotated[bool, typer.Option("--no-commit", help="Write the files and leave the commit to you.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Format = Annotated[DryFormat, typer.Option("--format", help="With --dry-run: yaml prints a file for orgreg apply.")]
Unit = Annotated[str, typer.Argument(metavar="UNIT", help="The unit.", autocompletion=complete_unit)]
Ref = Annotated[
    str, typer.Argument(metavar="REF", help="A unit, plan, or part: unit#post.", autocompletion=complete_word)
]


class _Doing:
    """How the orders of one command are carried out."""

    def __init__(
        self,
        context: typer.Context,
        directory: Path | None,
        city: str | None,
        *,
        dry_run: bool,
        no_commit: bool,
        yes: bool,
        format_: DryFormat,
    ) -> None:
        from orgreg.store.working_tree import find_root

        given = directory or (context.parent.params.get("directory") if context.parent else None)
        self.root = find_root(Path(given or "."))
        self.city = city
        self.dry_run, self.no_commit, self.yes, self.format = dry_run, no_commit, yes, format_

    def do(self, orders: Sequence[Order]) -> None:
        """Rehearse the orders together, show what they come to, ask, write and record."""
        if self.dry_run:
            self._show(*self._rehearse(orders), orders)
            return
        with _alone(self.root):
            rehearsed, told = self._rehearse(orders)
            self._show(rehearsed, told, orders)
            self._ask()
            self._carry_out(rehearsed, told)

    def _rehearse(self, orders: Sequence[Order]) -> tuple[Rehearsed, Account]:
        from orgreg.change.account import account
        from orgreg.change.orders import Office, propose
        from orgreg.change.proposal import Objection, Recorded
        from orgreg.change.rehearsal import Rehearsal
        from orgreg.store.working_tree import WorkingTree

        rehearsal = Rehearsal(WorkingTree(self.root))
        proposals: list[Proposal] = []
        for order in orders:
            answer = propose(Office(rehearsal.intended, self.city, a_day("today")), order)
            if isinstance(answer, Recorded):
                output.aside(answer.sentence) if len(orders) > 1 else output.text(f"{answer.sentence}\n")
                continue
            objection = answer if isinstance(answer, Objection) else rehearsal.write(answer)
            if objection is not None:
                output.fail(f"{objection.reason}; {objection.remedy}")
            proposals.append(answer)  # type: ignore[arg-type] # what is left is a proposal
        if not proposals:
            raise typer.Exit(output.FINE)
        rehearsed = rehearsal.end()
        if isinstance(rehearsed, Objection):
            output.fail(f"{rehearsed.reason}; {rehearsed.remedy}")
        return rehearsed, account(rehearsed, proposals)

    def _show(self, rehearsed: Rehearsed, told: Account, orders: Sequence[Order]) -> None:
        if self.format is DryFormat.yaml:
            from orgreg.text.orders import write

            output.text(write([(one.verb, one.words, one.given, one.options) for one in orders]))
            return
        from orgreg.formats.text import rehearsal, tree

        glyphs = tree.UNICODE if output.is_unicode(sys.stdout) else tree.ASCII
        output.lines(rehearsal.rehearsal(rehearsed, told, glyphs if sys.stdout.isatty() else tree.INDENT))

    def _ask(self) -> None:
        if self.yes:
            return
        if not sys.stdin.isatty():
            output.fail("nothing was written: say --yes where no one can be asked")
        if not typer.confirm("Record this?", default=False):
            output.fail("nothing was written")

    def _carry_out(self, rehearsed: Rehearsed, told: Account) -> None:
        from orgreg.store.publishing import Write

        writes = [Write(key, before, after) for key, (before, after) in rehearsed.files.items()]
        _publish(self.root, writes, told.subject, told.trailers, body=told.sentences[1:], no_commit=self.no_commit)


def _publish(
    root: Path,
    writes: Sequence[Write],
    subject: str,
    trailers: Sequence[tuple[str, str]],
    *,
    body: Sequence[str],
    no_commit: bool,
) -> None:
    """Write all files or none, and record them in one commit; what cannot be recorded is taken back."""
    from orgreg.store import Missing
    from orgreg.store.publishing import Write, publish
    from orgreg.store.recording import ready, record

    keys = [write.key for write in writes]
    obstacle = None if no_commit else ready(root, keys)
    if obstacle is not None:
        raise Missing(f"nothing was written: {obstacle}")
    changed = publish(root, writes)
    if changed is not None:
        output.fail(f"nothing was written: {changed}")
    if no_commit:
        output.text(f"written, not recorded: {', '.join(keys)}\n")
        return
    try:
        commit = record(root, keys, subject, trailers, "\n".join(body))
    except Missing:
        publish(root, [Write(write.key, write.after, write.before) for write in writes])
        raise
    output.text(f"recorded as {commit[:10]}: {subject}\n")


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One writer at a time; what an interrupted one left is finished first."""
    from orgreg.store.publishing import complete, writing

    with writing(root):
        complete(root)
        yield


def _options(**told: str | None) -> dict[str, str]:
    return {name.replace("_", "-"): text for name, text in told.items() if text is not None}
