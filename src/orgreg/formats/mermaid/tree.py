"""The tree as a diagram, from left to right. What is not simply stated has a dashed border."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from orgreg.formats.marks import marks
from orgreg.formats.mermaid import label
from orgreg.formats.outline import Outline, outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.query.tree import Tree


def tree(trees: Sequence[Tree]) -> Iterator[str]:
    """One diagram of all municipalities."""
    yield "flowchart LR"
    yield "  classDef doubtful stroke-dasharray: 4 3"
    numbers = count(1)
    for one in trees:
        for top in outline(one):
            yield from _draw(top, None, numbers)


def _draw(item: Outline, above: str | None, numbers: Iterator[int]) -> Iterator[str]:
    name = f"n{next(numbers)}"
    told = marks(item.standing)
    text = label(item.title) + (f"<br/>{label(', '.join(told))}" if told else "")
    yield f'  {name}["{text}"]{":::doubtful" if told else ""}'
    if above is not None:
        yield f"  {above} --- {name}"
    for below in item.below:
        yield from _draw(below, name, numbers)
