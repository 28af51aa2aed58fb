"""The tree as a nested list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.formats.markdown import escape
from orgreg.formats.marks import ASIDE, marks, relation, relation_marks
from orgreg.formats.outline import Outline, outline
from orgreg.query.relations import beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from orgreg.query.relations import Relations
    from orgreg.query.tree import Tree


def tree(trees: Sequence[Tree], day: date, relations: Relations | None = None) -> Iterator[str]:
    """A heading and a list for every municipality."""
    for one in trees:
        for top in outline(one):
            yield f"## {escape(top.title)}, {day.isoformat()}"
            told = marks(top.standing)
            if told:
                yield ""
                yield f"*{escape(', '.join(told))}*"
            yield ""
            yield from _aside(top, relations, "")
            yield from _items(top.below, "", relations)
            yield ""


def _aside(item: Outline, relations: Relations | None, indent: str) -> Iterator[str]:
    for one in beside(relations, item.standing):
        told = relation_marks(one, item.standing) if item.standing is not None else []
        marked = f" *({escape(', '.join(told))})*" if told else ""
        yield f"{indent}- {ASIDE} *{escape(relation(one))}* {escape(one.name)}{marked}"


def _items(items: Sequence[Outline], indent: str, relations: Relations | None) -> Iterator[str]:
    for item in items:
        if item.standing is None:
            yield f"{indent}- *{escape(item.title)}*"
        else:
            code = item.standing.code
            told = marks(item.standing)
            beside = f" *({escape(', '.join(told))})*" if told else ""
            yield f"{indent}- {f'**{escape(code)}** ' if code else ''}{escape(item.standing.name)}{beside}"
        yield from _aside(item, relations, indent + "  ")
        yield from _items(item.below, indent + "  ", relations)
