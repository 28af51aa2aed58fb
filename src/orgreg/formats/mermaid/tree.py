"""The tree as a diagram, from left to right. What is not simply stated has a dashed border.

What ties units together beside the line is a dotted arrow; what it leads to and is not in the tree is drawn as well.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from orgreg.formats.marks import marks, relation, relation_marks
from orgreg.formats.mermaid import label
from orgreg.formats.outline import Outline, outline
from orgreg.query.relations import beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.query.relations import Relation, Relations
    from orgreg.query.row import Shown
    from orgreg.query.tree import Tree


def tree(trees: Sequence[Tree], relations: Relations | None = None) -> Iterator[str]:
    """One diagram of all municipalities."""
    yield "flowchart LR"
    yield "  classDef doubtful stroke-dasharray: 4 3"
    drawing = _Drawing(relations)
    for one in trees:
        for top in outline(one):
            yield from drawing.draw(top, None)
    yield from drawing.arrows()


class _Drawing:
    """Numbers the boxes, and remembers which unit has which."""

    def __init__(self, relations: Relations | None) -> None:
        self.relations = relations
        self.numbers = count(1)
        self.drawn: dict[str, str] = {}
        self.told: list[tuple[str, Shown, Relation]] = []

    def draw(self, item: Outline, above: str | None) -> Iterator[str]:
        """A box with those below it."""
        name = f"n{next(self.numbers)}"
        told = marks(item.standing)
        text = label(item.title) + (f"<br/>{label(', '.join(told))}" if told else "")
        yield f'  {name}["{text}"]{":::doubtful" if told else ""}'
        if above is not None:
            yield f"  {above} --- {name}"
        if item.standing is not None:
            self.drawn[item.standing.identity] = name
            self.told += [(name, item.standing, one) for one in beside(self.relations, item.standing)]
        for below in item.below:
            yield from self.draw(below, name)

    def arrows(self) -> Iterator[str]:
        """What leads from box to box beside the line."""
        for name, standing, one in self.told:
            to = self.drawn.get(one.to or one.name)
            if to is None:
                to = self.drawn[one.to or one.name] = f"n{next(self.numbers)}"
                yield f'  {to}["{label(one.name)}"]'
            told = ", ".join((relation(one), *relation_marks(one, standing)))
            yield f'  {name} -. "{label(told)}" .-> {to}'
