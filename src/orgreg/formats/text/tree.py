"""The tree as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgreg.formats.line import GLYPH, Line, is_harmless, line
from orgreg.formats.marks import ASIDE, marks, relation, relation_marks
from orgreg.formats.outline import Outline, outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.query.relations import Relations
    from orgreg.query.tree import Tree


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The lines of a tree: for a child that has siblings below it, for the last one, and what stands under each."""

    middle: str = "├── "
    last: str = "└── "
    under_middle: str = "│   "
    under_last: str = "    "


UNICODE: Final = Glyphs()
ASCII: Final = Glyphs("|-- ", "`-- ", "|   ", "    ")
INDENT: Final = Glyphs("  ", "  ", "  ", "  ")
"""For a pipe: the indentation alone says who stands under whom."""


def tree(trees: Sequence[Tree], glyphs: Glyphs = UNICODE, relations: Relations | None = None) -> Iterator[Line]:
    """Every municipality, its units under each other, and apart from them what has no recorded parent.

    With relations what ties a unit to others beside the line stands below it.
    """
    for one in trees:
        for top in outline(one):
            yield line((top.title, "heading"), _marked(top))
            yield from _aside(top, relations, (glyphs.under_middle if top.below else glyphs.under_last, GLYPH))
            told: list[Line] = []
            _below(told, top.below, glyphs, "", relations)
            yield from told


def _aside(item: Outline, relations: Relations | None, before: tuple[str, str]) -> Iterator[Line]:
    if relations is None:
        return
    from orgreg.query.relations import beside  # only who asks for relations waits for them

    for one in beside(relations, item.standing):
        told = relation_marks(one, item.standing) if item.standing is not None else []
        marked = (f"   ({', '.join(told)})" if told else "", "mark")
        yield line(before, (f"{ASIDE} {relation(one)} ", "quiet"), one.name, marked)


def _below(
    told: list[Line], items: Sequence[Outline], glyphs: Glyphs, before: str, relations: Relations | None
) -> None:
    """Tell the items with all below them. They are put in one list: a generator for each level takes its time."""
    for place, item in enumerate(items, 1):
        last = place == len(items)
        joint = (before + (glyphs.last if last else glyphs.middle), GLYPH)
        told.append(_named(joint, item))
        under = before + (glyphs.under_last if last else glyphs.under_middle)
        if relations is not None:
            inner = glyphs.under_middle if item.below else glyphs.under_last
            told += _aside(item, relations, (under + inner, GLYPH))
        if item.below:
            _below(told, item.below, glyphs, under, relations)


def _named(joint: tuple[str, str], item: Outline) -> Line:
    if item.standing is None:
        return line(joint, (item.title, "quiet"))
    code, name, marked = item.standing.code, item.standing.name, _marked(item)
    if not marked[0] and is_harmless(item.title):  # as of nearly all: then each piece is
        return Line((joint, (f"{code} ", "code"), (name, None)) if code else (joint, (name, None)))
    return line(joint, (f"{code} " if code else "", "code"), name, marked)


def _marked(item: Outline) -> tuple[str, str]:
    told = marks(item.standing)
    return (f"   ({', '.join(told)})" if told else "", "mark")
