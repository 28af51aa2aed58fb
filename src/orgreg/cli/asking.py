"""The commands that answer a question: tree, show, who."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from orgreg.cli import output
from orgreg.cli.options import AsOf, Date, Directory, OneCity, Planned, UnitWord, Word, a_day
from orgreg.cli.register import EVERYTHING, ask, lives, look_up, name, state

if TYPE_CHECKING:
    from orgreg.model.registry import Registry
    from orgreg.query.names import Named
    from orgreg.query.relations import Relations
    from orgreg.query.tree import Tree
    from orgreg.store import Recorded

_UNITS = ("units",)
_UNITS_AND_PAPERS = ("units", "decisions")
"""What a tree needs: the units, and the papers for the days on which they were heard of."""


class TreeFormat(StrEnum):
    """How a tree is written."""

    text = "text"
    json = "json"
    markdown = "markdown"
    mermaid = "mermaid"


class ShowFormat(StrEnum):
    """How an answer of `show` is written."""

    text = "text"
    json = "json"


def tree(
    context: typer.Context,
    unit: UnitWord = None,
    day: Date = None,
    as_of: AsOf = None,
    city: OneCity = None,
    planned: Planned = False,
    bodies: Annotated[
        bool, typer.Option("--bodies", help="Show bodies (Gremien) and what stands outside the city too.")
    ] = False,
    relations: Annotated[
        bool, typer.Option("--relations", help="Show what ties units together beside the line: who steers whom.")
    ] = False,
    depth: Annotated[
        int | None, typer.Option("--depth", min=1, metavar="N", help="Only the first N levels.", show_default=False)
    ] = None,
    format_: Annotated[TreeFormat, typer.Option("--format", help="How it is written.")] = TreeFormat.text,
    directory: Directory = None,
) -> None:
    """Show the organisation on a day.

    What has no recorded parent stands apart. Words in brackets say what is not simply stated by a source.
    """
    from orgreg.query import tree as query_tree

    on = day or a_day("today")
    asked = state(context, directory, as_of, city)
    named = found = registry = None
    if not relations:
        if unit is not None:
            registry, named = look_up(asked, unit, on, city, _UNITS)
        found = lives(asked, on, city, planned=planned, quiet=unit is not None)
    if found is not None:
        is_lost = found.lost.__contains__
        trees = query_tree.planted(found.rows, found.municipalities, is_lost, municipality=city, bodies=bodies)
    else:
        registry = registry or ask(asked, city, _UNITS_AND_PAPERS if unit is None else EVERYTHING)
        trees = query_tree.trees(registry, on, municipality=city, planned=planned, bodies=bodies)
        if unit is not None and named is None:
            named = name(registry, unit, on, city, _UNITS)
    if named is not None:
        trees = _only(named.identity, trees)
    if depth is not None:
        trees = tuple(query_tree.cut_tree(one, depth) for one in trees)
    ties = _relations(registry, trees, on, planned=planned) if relations and registry is not None else None
    _write_tree(trees, on, format_, asked.as_of, ties)


def _relations(registry: Registry, trees: tuple[Tree, ...], day: date, *, planned: bool) -> Relations:
    from orgreg.query.relations import relations

    return relations(registry, trees, day, planned=planned)


def _only(identity: str, trees: tuple[Tree, ...]) -> tuple[Tree, ...]:
    from orgreg.query.tree import only

    found = only(trees, identity)
    if found is None:
        output.fail(
            f"{identity} stands in no tree of that day; see orgreg show {identity}, or try --bodies or --planned"
        )
    return (found,)


def _write_tree(
    trees: tuple[Tree, ...], day: date, format_: TreeFormat, as_of: Recorded | None, ties: Relations | None
) -> None:
    if format_ is TreeFormat.text:
        from orgreg.formats.text import tree as text

        glyphs = text.UNICODE if output.is_unicode(sys.stdout) else text.ASCII
        output.lines(text.tree(trees, glyphs if sys.stdout.isatty() else text.INDENT, ties))
    elif format_ is TreeFormat.json:
        from orgreg.formats.json import answer
        from orgreg.formats.json import tree as json

        output.text(answer(json.tree(trees, day, ties), as_of))
    elif format_ is TreeFormat.markdown:
        from orgreg.formats.markdown import tree as markdown

        output.text("".join(f"{one}\n" for one in markdown.tree(trees, day, ties)))
    else:
        from orgreg.formats.mermaid import tree as mermaid

        output.text("".join(f"{one}\n" for one in mermaid.tree(trees, ties)))


def show(
    context: typer.Context,
    word: Word,
    day: Date = None,
    as_of: AsOf = None,
    city: OneCity = None,
    planned: Planned = False,
    format_: Annotated[ShowFormat, typer.Option("--format", help="How it is written.")] = ShowFormat.text,
    directory: Directory = None,
) -> None:
    """Show a unit, a paper or a plan.

    Of a unit: what holds on the day, how certain it is and who says so; its posts, tasks and relations; what became
    of it. unit#post shows a part.
    """
    on = day or a_day("today")
    asked = state(context, directory, as_of, city)
    registry, named = look_up(asked, word, on, city)
    if named.folder == "units":
        _show_unit(registry, named, on, format_, asked.as_of, planned=planned)
    elif named.folder == "decisions":
        _show_paper(registry, named, on, format_, asked.as_of)
    else:
        _show_plan(registry, named, on, format_, asked.as_of, planned=planned)


def _show_unit(
    registry: Registry, named: Named, day: date, format_: ShowFormat, as_of: Recorded | None, *, planned: bool
) -> None:
    from orgreg.formats.json import answer
    from orgreg.formats.json import unit as json
    from orgreg.formats.text import unit as text
    from orgreg.query.portrait import part_portraits, portrait

    unit = registry.units[named.identity]
    if named.part is None:
        one = portrait(registry, unit, day, planned=planned)
        told, made = text.portrait(one), [json.portrait(one)]
    else:
        parts = part_portraits(registry, unit, named.part, day, planned=planned)
        told, made = chain.from_iterable(text.part(part) for part in parts), [json.part(part) for part in parts]
    if format_ is ShowFormat.text:
        output.lines(told)
    else:
        output.text("".join(answer(part, as_of) for part in made))


def _show_paper(registry: Registry, named: Named, day: date, format_: ShowFormat, as_of: Recorded | None) -> None:
    from orgreg.query.papers import paper_portrait

    one = paper_portrait(registry, registry.papers[named.identity], day)
    if format_ is ShowFormat.text:
        from orgreg.formats.text import paper as text

        output.lines(text.paper(one))
    else:
        from orgreg.formats.json import answer
        from orgreg.formats.json import paper as json

        output.text(answer(json.paper(one), as_of))


def _show_plan(
    registry: Registry, named: Named, day: date, format_: ShowFormat, as_of: Recorded | None, *, planned: bool
) -> None:
    from orgreg.formats.json import answer
    from orgreg.formats.json import plan as json
    from orgreg.formats.text import plan as text
    from orgreg.query.plans import part_portrait, plan_portrait

    plan = registry.plans[named.identity]
    if named.part is None:
        one = plan_portrait(registry, plan, day, planned=planned)
        told, made = text.plan(one), json.plan(one)
    else:
        part = part_portrait(registry, plan, named.part, day, planned=planned)
        told, made = text.part(part), json.part(part)
    if format_ is ShowFormat.text:
        output.lines(told)
    else:
        output.text(answer(made, as_of))


def who(
    context: typer.Context,
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="A topic or a word for it: migration, Zuwanderung.")],
    day: Date = None,
    as_of: AsOf = None,
    city: OneCity = None,
    format_: Annotated[ShowFormat, typer.Option("--format", help="How it is written.")] = ShowFormat.text,
    directory: Directory = None,
) -> None:
    """Tell which unit was responsible for a topic on a day.

    Since when, on what basis, and who before and after. What is only planned stands apart, and so does what only has
    the word in its name.
    """
    from orgreg.formats.text import who as text
    from orgreg.query.responsibility import who as query_who

    if not topic.strip():
        raise typer.BadParameter("a topic is a word: migration", param_hint="TOPIC")
    asked = state(context, directory, as_of, city)
    registry = ask(asked, city)
    one = query_who(registry, topic, day or a_day("today"), municipality=city)
    if not one.known:
        output.fail(text.nothing(one))
    if format_ is ShowFormat.text:
        output.lines(text.who(one))
    else:
        from orgreg.formats.json import answer
        from orgreg.formats.json import who as json

        output.text(answer(json.who(one), asked.as_of))
