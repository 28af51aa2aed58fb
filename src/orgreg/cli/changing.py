"""The commands that change a register: shown first, asked, written whole, recorded in one commit."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from orgreg.cli import output
from orgreg.cli.complete import complete_unit, complete_word
from orgreg.cli.options import Directory, OneCity, a_day
from orgreg.cli.register import see_to

if TYPE_CHECKING:
    from orgreg.change.account import Account
    from orgreg.change.orders import Order
    from orgreg.change.proposal import Proposal
    from orgreg.change.rehearsal import Rehearsed
    from orgreg.store.publishing import Write


class DryFormat(StrEnum):
    """How a rehearsed change is written."""

    text = "text"
    yaml = "yaml"


Unit = Annotated[str, typer.Argument(metavar="UNIT", help="The unit.", autocompletion=complete_unit)]
Units = Annotated[list[str], typer.Argument(metavar="UNIT…", help="The units, in order.", autocompletion=complete_unit)]
Ref = Annotated[
    str, typer.Argument(metavar="REF", help="A unit, a plan, or a part: unit#post.", autocompletion=complete_word)
]
Part = Annotated[str, typer.Argument(metavar="UNIT#PART", help="The task or post.", autocompletion=complete_unit)]
Target = Annotated[str, typer.Argument(metavar="TARGET", help="Where it goes: a unit.", autocompletion=complete_unit)]
Attribute = Annotated[str, typer.Argument(metavar="ATTRIBUTE", help="name, code, kind, holder, state …")]
Value = Annotated[str, typer.Argument(metavar="VALUE", help="Its value; unknown or none where that is so.")]


def _option(flag: str, metavar: str, told: str) -> Any:  # noqa: ANN401 - what Typer wants beside a type
    return typer.Option(flag, metavar=metavar, help=told, show_default=False)


Under = Annotated[str | None, _option("--under", "UNIT", "Under this one, whatever its kind.")]
Into = Annotated[str | None, _option("--into", "UNIT", "Into this one, whatever its kind.")]
ChildrenTo = Annotated[str | None, _option("--children-to", "UNIT", "Where the units below it go.")]
TasksTo = Annotated[str | None, _option("--tasks-to", "UNIT", "Where its tasks go; none where they end.")]
PostsTo = Annotated[str | None, _option("--posts-to", "UNIT", "Where its posts go; none where they end.")]
Due = Annotated[
    str | None, _option("--due", "DAY", "Of a step: its due day, or the words for it: Ende der Sommerferien 2025.")
]
Modality = Annotated[
    str | None, _option("--modality", "WORD", "How firmly a due day is meant: fixed, target or expected.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show it and write nothing.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]

_STANCE: Final[Mapping[str, Any]] = {
    "date": Annotated[str | None, _option("--date", "DAY", "The first day of it; without it, today.")],
    "by": Annotated[str | None, _option("--by", "PAPER", "The paper that decided it.")],
    "source": Annotated[str | None, _option("--source", "PAPER", "The paper that says so.")],
    "quote": Annotated[str | None, _option("--quote", "TEXT", "The paper's words.")],
    "because": Annotated[str | None, _option("--because", "TEXT", "Why.")],
    "change": Annotated[str | None, _option("--change", "WORD", "The word for what belongs together.")],
}
"""What every change stands on."""

_DOING: Final[Mapping[str, Any]] = {
    "city": OneCity,
    "dry_run": DryRun,
    "format_": Annotated[DryFormat, typer.Option("--format", help="With --dry-run: yaml is a file for orgreg apply.")],
    "no_commit": Annotated[bool, typer.Option("--no-commit", help="Write the files; leave the commit to you.")],
    "yes": Yes,
    "directory": Directory,
}
"""How every change is done."""

_DEFAULTS: Final = {"dry_run": False, "format_": DryFormat.text, "no_commit": False, "yes": False}


def _changing(asked: "Callable[..., Order | list[Order]]") -> Callable[..., None]:
    """A command that makes orders of its own words, with the options that all changes share added to it."""
    own = signature(asked)
    shared = {**_STANCE, **_DOING}

    @wraps(asked)
    def command(context: typer.Context, **told: Any) -> None:  # noqa: ANN401 - Typer has seen to their types
        stance = {name: told.pop(name) for name in _STANCE}
        doing = _Doing(context, **{name: told.pop(name) for name in _DOING})
        made = asked(**told)
        orders = made if isinstance(made, list) else [made]
        doing.do([_with_stance(order, stance) for order in orders])

    parameters = [
        Parameter("context", Parameter.KEYWORD_ONLY, annotation=typer.Context),
        *(one.replace(kind=Parameter.KEYWORD_ONLY) for one in own.parameters.values()),
        *(
            Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind, default=_DEFAULTS.get(name))
            for name, kind in shared.items()
        ),
    ]
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined] # what inspect and Typer go by
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    return command


def _with_stance(order: "Order", stance: Mapping[str, str | None]) -> "Order":
    told = {name: text for name, text in stance.items() if text is not None}
    return replace(order, options={**told, **order.options})


class _Doing:
    """How the orders of one command are carried out."""

    def __init__(
        self,
        context: typer.Context,
        *,
        directory: Path | None,
        dry_run: bool,
        yes: bool,
        city: str | None = None,
        format_: DryFormat = DryFormat.text,
        no_commit: bool = False,
    ) -> None:
        from orgreg.store.working_tree import find_root

        given = directory or (context.parent.params.get("directory") if context.parent else None)
        self.root = find_root(Path(given or "."))
        self.city = city
        if format_ is not DryFormat.text and not dry_run:
            raise typer.BadParameter("yaml goes with --dry-run", param_hint="--format")
        self.dry_run, self.no_commit, self.yes, self.format = dry_run, no_commit, yes, format_

    def do(self, orders: "Sequence[Order]") -> None:
        """Rehearse the orders together, show what they come to, ask, write and record."""
        rehearsed, told = self._rehearse(orders)
        self._show(rehearsed, told, orders)
        if self.dry_run:
            return
        self.ask()
        with _alone(self.root):
            # Nobody was kept waiting while the person read; what others wrote meanwhile may have changed the answer.
            again, told = self._rehearse(orders)
            if again.files != rehearsed.files:
                output.fail("nothing was written: the register has changed meanwhile; look at it again")
            self._carry_out(again, told)

    def _rehearse(self, orders: "Sequence[Order]") -> "tuple[Rehearsed, Account]":
        from orgreg.change.account import account
        from orgreg.change.orders import Office, propose
        from orgreg.change.proposal import Objection, Recorded
        from orgreg.change.rehearsal import Rehearsal
        from orgreg.store.working_tree import WorkingTree

        rehearsal = Rehearsal(WorkingTree(self.root))
        cities = rehearsal.intended.municipalities
        see_to(self.city, cities)
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

    def _show(self, rehearsed: "Rehearsed", told: "Account", orders: "Sequence[Order]") -> None:
        if self.format is DryFormat.yaml:
            from orgreg.text.orders import write

            # The day is told in any case: who records the file tomorrow records what was rehearsed today.
            today = {"date": a_day("today").isoformat()}
            output.text(write([(one.verb, one.words, one.given, {**today, **one.options}) for one in orders]))
            return
        from orgreg.formats.text import rehearsal, tree

        glyphs = tree.UNICODE if output.is_unicode(sys.stdout) else tree.ASCII
        output.lines(rehearsal.rehearsal(rehearsed, told, glyphs if sys.stdout.isatty() else tree.INDENT))

    def ask(self) -> None:
        if self.yes:
            return
        if not sys.stdin.isatty():
            output.fail("nothing was written: say --yes where no one can be asked")
        if not typer.confirm("Record this?", default=False):
            output.fail("nothing was written")

    def _carry_out(self, rehearsed: "Rehearsed", told: "Account") -> None:
        from orgreg.store.publishing import Write

        writes = [Write(key, before, after) for key, (before, after) in rehearsed.files.items()]
        _publish(self.root, writes, told.subject, told.trailers, body=told.sentences[1:], no_commit=self.no_commit)


def _publish(
    root: Path,
    writes: "Sequence[Write]",
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
        finished = complete(root)
        if finished is not None:
            output.aside(finished)
        yield


def _order(verb: str, *words: str, given: Mapping[str, str] | None = None, **options: str | None) -> "Order":
    from orgreg.change.orders import Order

    told = {name.replace("_", "-"): text for name, text in options.items() if text is not None}
    return Order(verb, words, given or {}, told)


@_changing
def create(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="unit, paper, plan, task, post or step.")],
    ref: Annotated[str, typer.Argument(metavar="REF", help="Its slug; of a part unit#slug or plan#slug.")],
    given: Annotated[
        list[str] | None,
        typer.Argument(metavar="[KEY=VALUE]…", help="What is known of it: name=… kind=… parent=…", show_default=False),
    ] = None,
    due: Due = None,
    modality: Modality = None,
) -> "Order":
    """Record what begins: a unit, paper, plan, post, task or step."""
    pairs = [text.partition("=") for text in given or ()]
    stray = next((key for key, sign, _ in pairs if not sign), None)
    if stray is not None:
        raise typer.BadParameter(f"{stray} is no KEY=VALUE, such as name=Bauamt", param_hint="KEY=VALUE")
    told = {key: value for key, _, value in pairs}
    options = {key: text for key, text in (("due", due), ("modality", modality)) if text is not None}
    twice = next((key for key in options if key in told), None)
    if twice is not None:
        raise typer.BadParameter(f"{twice} is given twice, as KEY=VALUE too", param_hint=f"--{twice}")
    return _order("create", kind, ref, given={**told, **options})


@_changing
def set_(ref: Ref, attribute: Attribute, value: Value, modality: Modality = None) -> "Order":
    """Record that the city changed: a name, a code, a kind, a holder, the state of a step.

    The due day of a step may be said in words, as in „4. Quartal 2025“: they are read as a day and kept with it.
    """
    return _order("set", ref, attribute, value, modality=modality)


@_changing
def correct(ref: Ref, attribute: Attribute, value: Value, modality: Modality = None) -> "Order":
    """Put right what was recorded wrongly.

    Of a unit, a plan, a part of one, or a paper. The city did not change. What stood there stays on record with the
    reason.
    """
    return _order("correct", ref, attribute, value, modality=modality)


@_changing
def move(
    unit: Unit,
    target: Annotated[
        str | None, typer.Argument(metavar="[TARGET]", help="A unit or a free code.", autocompletion=complete_unit)
    ] = None,
    under: Under = None,
    into: Into = None,
    children_to: ChildrenTo = None,
) -> "Order":
    """Move a unit, as mv does.

    TARGET is a unit: under it where its kind ranks above, else into it, with tasks and posts. Or TARGET is a free code
    that fits the city's grammar: the unit takes it, and the parent that it implies.
    """
    return _order("move", unit, *(() if target is None else (target,)), under=under, into=into, children_to=children_to)


@_changing
def merge(units: Units, children_to: ChildrenTo = None) -> "Order":
    """Record that units became one: UNIT… and last the one they became, which lives on the day.

    It takes their tasks and posts.
    """
    return _order("merge", *units, children_to=children_to)


@_changing
def split(units: Units, children_to: ChildrenTo = None, tasks_to: TasksTo = None, posts_to: PostsTo = None) -> "Order":
    """Record that a unit became several: first the unit, then those it became, which live on the day."""
    return _order("split", *units, children_to=children_to, tasks_to=tasks_to, posts_to=posts_to)


@_changing
def dissolve(unit: Unit, children_to: ChildrenTo = None, tasks_to: TasksTo = None, posts_to: PostsTo = None) -> "Order":
    """Record that a unit ended."""
    return _order("dissolve", unit, children_to=children_to, tasks_to=tasks_to, posts_to=posts_to)


@_changing
def transfer(ref: Part, target: Target) -> "Order":
    """Record that a task or post went to another unit."""
    return _order("transfer", ref, target)


@_changing
def apply(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Several changes; --dry-run --format yaml writes one.")],
) -> "list[Order]":
    """Record the changes of a file together, in one commit."""
    from orgreg.change.orders import Order
    from orgreg.formats.text.findings import finding
    from orgreg.model.finding import Place
    from orgreg.review.placed import Placed
    from orgreg.store import Missing
    from orgreg.text.orders import read

    try:
        data = file.read_bytes()
    except OSError as error:
        raise Missing(f"{file}: {(error.strerror or str(error)).lower()}") from None
    orders, found = read(data, str(file))
    if found:
        for one in found:
            output.lines(finding(Placed(one, one.place or Place(1, 1))))
        output.fail("nothing was written: the file of changes has errors")
    return [Order(*one) for one in orders]


def undo(
    context: typer.Context,
    commit: Annotated[
        str | None, typer.Argument(metavar="[COMMIT]", help="A recorded change; without it, the last one.")
    ] = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    directory: Directory = None,
) -> None:
    """Give back the bytes before a recorded change, as a new commit."""
    from orgreg.change.undoing import objection
    from orgreg.formats.text.rehearsal import files
    from orgreg.store.recording import also_on, told_by, writes_before
    from orgreg.store.working_tree import WorkingTree

    doing = _Doing(context, directory=directory, dry_run=dry_run, yes=yes)
    with _alone(doing.root):
        told, writes = told_by(doing.root, commit), writes_before(doing.root, commit)
        if isinstance(told, str) or isinstance(writes, str):
            output.fail(told if isinstance(told, str) else str(writes))
        refused = objection(WorkingTree(doing.root), {write.key: write.after for write in writes})
        if refused is not None:
            output.fail(f"{refused.reason}; {refused.remedy}")
        name, sentence, days = told
        merged = also_on(doing.root, name)
        if merged is not None:
            output.aside(
                f"{merged} has this change already: check --against {merged} will take its loss for an error, H001. "
                "What was wrong is put right with orgreg correct, which keeps what stood there and says why"
            )
        trailers = [("Undoes", name), *(("Effective", day) for day in days)]
        output.lines(files({write.key: (write.before, write.after) for write in writes}))
        if not dry_run:
            doing.ask()
            _publish(doing.root, writes, f"Undo: {sentence}", trailers, body=(), no_commit=False)
