"""A tree as it is read: the administration itself stands in the heading, what has no place under a line of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.query.row import Shown
    from orgreg.query.tree import Node, Tree

APART: Final = "parent not recorded"


class Outline(NamedTuple):
    """A line of a tree with the lines below it. Without a standing it is a heading of ours."""

    title: str
    standing: Shown | None
    below: tuple[Outline, ...] = ()


def outline(tree: Tree) -> Iterator[Outline]:
    """The municipality with all that stands in it; nothing where nothing does.

    A single root of rank 0 is the administration as a whole: the heading stands for it.
    """
    wholes = [root for root in tree.roots if root.standing.kind.rank == 0]
    whole = wholes[0] if len(wholes) == 1 else None
    tops = [_outline(node) for root in tree.roots for node in (root.children if root is whole else (root,))]
    if tree.unplaced:
        tops.append(Outline(APART, None, tuple(_outline(node) for node in tree.unplaced)))
    if whole is not None or tops:
        yield Outline(tree.municipality.name, None if whole is None else whole.standing, tuple(tops))


def _outline(node: Node) -> Outline:
    below = tuple([_outline(child) for child in node.children])
    if node.cut:
        below = (Outline(f"… {node.cut} below", None),)
    return Outline(node.standing.label, node.standing, below)
