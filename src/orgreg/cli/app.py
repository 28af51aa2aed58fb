"""The commands of orgreg, in the order in which its help lists them; each is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from importlib import import_module
from typing import Annotated, Any, Final, cast

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.exceptions import TyperException
from typer.main import get_command_from_info
from typer.models import CommandInfo

from orgreg import __version__
from orgreg.cli.options import Directory, without_cache

COMMANDS: Final = {
    "tree": "asking:tree",
    "show": "asking:show",
    "find": "reporting:find",
    "who": "asking:who",
    "history": "comparing:history",
    "why": "tracing:why",
    "diff": "comparing:diff",
    "log": "tracing:log",
    "report": "reporting:report",
    "create": "changing:create",
    "set": "changing:set_",
    "correct": "changing:correct",
    "move": "changing:move",
    "merge": "changing:merge",
    "split": "changing:split",
    "dissolve": "changing:dissolve",
    "transfer": "changing:transfer",
    "apply": "changing:apply",
    "undo": "changing:undo",
    "check": "keeping:check",
    "fmt": "tidying:fmt",
    "explain": "explaining:explain",
    "schema": "keeping:schema",
    "init": "beginning:init",
}
"""By name, the module of this room and the function in it."""


class _Loaded(MutableMapping[str, TyperCommand]):
    """Commands by name, made when they are asked for: one command need not wait for what the others import."""

    def __init__(self, made: Mapping[str, Any]) -> None:
        self._made: dict[str, TyperCommand] = dict(made)

    def __getitem__(self, name: str) -> TyperCommand:
        if name not in self._made:
            self._made[name] = _command(name)
        return self._made[name]

    def __setitem__(self, name: str, command: TyperCommand) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*COMMANDS, *self._made]))

    def __len__(self) -> int:
        return len(list(iter(self)))


class _Orgreg(TyperGroup):
    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - whatever Typer gives
        super().__init__(**settings)
        self.params.append(_no_cache())
        self.commands = cast("MutableMapping[str, Any]", _Loaded(self.commands))

    def make_context(self, *given: Any, **extra: Any) -> typer.Context:  # noqa: ANN401 - whatever Typer gives
        with _legible():
            return cast("typer.Context", super().make_context(*given, **extra))

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer's own context and answer
        with _legible():
            return super().invoke(ctx)


@contextmanager
def _legible() -> Iterator[None]:
    """What is said of a word that was typed repeats it: on one line, and not all of a page that was pasted."""
    try:
        yield
    except TyperException as error:
        from orgreg.formats.plain import one_line

        told = one_line(error.message)
        error.message = told if len(told) <= _HEAD + _TAIL else f"{told[:_HEAD]} … {told[-_TAIL:]}"
        raise


_HEAD: Final = 120
_TAIL: Final = 300
"""What is wrong stands at the beginning, and what may be written instead at the end."""


def _command(name: str) -> TyperCommand:
    module, _, function = COMMANDS[name].partition(":")
    info = CommandInfo(name=name, callback=getattr(import_module(f"orgreg.cli.{module}"), function))
    command = get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode=None)
    if any(option.name == "directory" for option in command.params):  # it reads a register
        command.params.append(_no_cache())
    return cast("TyperCommand", command)


def _no_cache() -> TyperOption:
    return TyperOption(
        param_decls=["--no-cache"],
        is_flag=True,
        default=False,
        expose_value=False,
        callback=without_cache,
        help="Read every file anew, and keep nothing of it.",
    )


app = typer.Typer(
    name="orgreg",
    cls=_Orgreg,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"orgreg {__version__}")
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
