"""The organisation on a day: who stands under whom, and who has no recorded place."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.model.absent import Absent
from orgreg.model.certainty import Certainty, Doubt
from orgreg.model.identity import municipality_of
from orgreg.model.registry import UNITS, Municipality
from orgreg.query.order import standing_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date

    from orgreg.model.registry import Registry
    from orgreg.query.row import Row

LEVELS: Final = 64
"""No administration is deeper; a line of parents that goes on for thousands of units would break what draws it."""


class Node(NamedTuple):
    """A unit in the tree with those below it. `cut` counts the units below that the depth asked for leaves out."""

    standing: Row
    children: tuple[Node, ...] = ()
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Tree:
    """One municipality on a day: roots in order, and apart from them what has no recorded parent."""

    municipality: Municipality
    roots: tuple[Node, ...]
    unplaced: tuple[Node, ...]


def trees(
    registry: Registry, day: date, *, municipality: str | None = None, planned: bool = False, bodies: bool = False
) -> tuple[Tree, ...]:
    """The trees of all municipalities, or of one. Every unit that is shown stands in exactly one place."""
    from orgreg.query.standing import standing  # where rows are kept, nobody waits for what makes them

    found = (standing(registry, unit, day, planned=planned) for unit in registry.units.values())
    rows = sorted((one.row for one in found if one is not None), key=standing_key)
    return planted(
        rows,
        registry.municipalities,
        lambda identity: registry.is_lost(UNITS, identity),
        municipality=municipality,
        bodies=bodies,
    )


def planted(
    rows: Iterable[Row],
    municipalities: Mapping[str, Municipality],
    is_lost: Callable[[str], bool],
    *,
    municipality: str | None = None,
    bodies: bool = False,
) -> tuple[Tree, ...]:
    """The trees of what lives on a day, in the order of `standing_key`. `is_lost` tells whose file cannot be read."""
    living: set[str] = set()
    shown: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        living.add(row.identity)
        if bodies or row.kind.in_line:
            shown[municipality_of(row.identity)].append(row)
    # A city that has a folder and stands in no vocabulary is shown all the same.
    cities = {city: Municipality(city, city) for city in shown} | dict(municipalities)
    return tuple(
        _Planting(city, shown[identity], living, is_lost).tree()
        for identity, city in sorted(cities.items())
        if municipality in {None, identity}
    )


class _Planting:
    """Puts the units of one municipality under each other."""

    def __init__(
        self, city: Municipality, shown: Iterable[Row], living: Collection[str], is_lost: Callable[[str], bool]
    ) -> None:
        self.city, self.living, self.is_lost = city, living, is_lost
        self.alive = {one.identity: one for one in shown}
        self.below: dict[str, list[Row]] = defaultdict(list)

    def tree(self) -> Tree:
        roots: list[Row] = []
        unplaced: list[Row] = []
        for one in self.alive.values():
            parent = one.parent
            if parent is Absent.NONE:
                roots.append(one)
            elif isinstance(parent, str) and parent in self.alive:
                self.below[parent].append(one)
            elif isinstance(parent, str) and parent in self.living:  # as a body is: it is only not shown
                roots.append(one)
            else:
                unplaced.append(self._without_parent(one))
        reached, levels = self._reach([one.identity for one in [*roots, *unplaced]])
        if len(reached) < len(self.alive) or levels > LEVELS:
            unplaced += self._circles(reached)
            unplaced += self._too_deep([one.identity for one in [*roots, *unplaced]])
        return Tree(self.city, self._nodes(roots), self._nodes(sorted(unplaced, key=standing_key)))

    def _without_parent(self, one: Row) -> Row:
        parent = one.parent
        if parent is None:
            return _doubted(one, "no entry states a parent", None)
        if not isinstance(parent, str):
            return one
        lost = self.is_lost(parent)
        reason = f"the file of {parent} cannot be read" if lost else f"{parent} does not exist on this day"
        return _doubted(one, reason, reason)

    def _circles(self, reached: set[str]) -> list[Row]:
        """The first unit of every circle; it is taken out of the circle and stands apart."""
        opened: list[Row] = []
        for identity in sorted(self.alive):
            if identity in reached:
                continue
            one = self.alive[min(self._circle(identity))]
            self.below[str(one.parent)].remove(one)
            reason = "its line of parents leads back to itself"
            opened.append(_doubted(one, reason, reason))
            reached |= self._reach([one.identity])[0]
        return opened

    def _circle(self, identity: str) -> list[str]:
        """The circle that the line of parents of the unit leads into."""
        line: dict[str, None] = {}
        while identity not in line:
            line[identity] = None
            identity = str(self.alive[identity].parent)
        passed = list(line)
        return passed[passed.index(identity) :]

    def _too_deep(self, tops: list[str]) -> list[Row]:
        """The units below the lowest level that is drawn; each stands apart with what is below it."""
        cut_off: list[Row] = []
        waiting = deque((identity, 1) for identity in tops)
        while waiting:
            identity, level = waiting.popleft()
            below = self.below[identity]
            if level == LEVELS:
                reason = f"it stands more than {LEVELS} levels deep"
                cut_off += [_doubted(one, reason, reason) for one in below]
                self.below[identity] = []
                level = 0
            waiting += ((one.identity, level + 1) for one in below)
        return cut_off

    def _reach(self, level: list[str]) -> tuple[set[str], int]:
        """What stands in the trees of these units, and on how many levels."""
        reached: set[str] = set()
        levels = 0
        while level:
            reached.update(level)
            levels += 1
            level = [one.identity for identity in level if identity in self.below for one in self.below[identity]]
        return reached, levels

    def _nodes(self, rows: list[Row]) -> tuple[Node, ...]:
        below = self.below
        return tuple([Node(one, self._nodes(below[one[0]]) if one[0] in below else ()) for one in rows])


def _doubted(one: Row, reason: str, brief: str | None) -> Row:
    others = tuple(found for found in one.doubts if found.attribute not in {"parent", "staff_of"})
    return one._replace(doubts=(*others, Doubt("parent", Certainty.UNKNOWN, reason, brief)))


def cut_tree(tree: Tree, depth: int) -> Tree:
    """The tree with `depth` levels of units below the administration as a whole; what is left out is counted.

    A root of rank 0 is that whole: it is no level of its own, as it stands in the heading.
    """
    return replace(
        tree,
        roots=tuple(cut(root, depth + (root.standing.kind.rank == 0)) for root in tree.roots),
        unplaced=tuple(cut(root, depth) for root in tree.unplaced),
    )


def cut(node: Node, depth: int) -> Node:
    """The node with `depth` levels, itself being the first; what is left out is counted."""
    if depth <= 1:
        return node._replace(children=(), cut=sum(size(child) for child in node.children))
    return node._replace(children=tuple(cut(child, depth - 1) for child in node.children))


def size(node: Node) -> int:
    """How many units stand in it, itself included."""
    return 1 + sum(size(child) for child in node.children)


def only(all_trees: Iterable[Tree], identity: str) -> Tree | None:
    """The tree of one unit alone, as the root; None where it stands in none of them."""
    for tree in all_trees:
        waiting = [*tree.roots, *tree.unplaced]
        while waiting:
            node = waiting.pop()
            if node.standing.identity == identity:
                return Tree(tree.municipality, (node,), ())
            waiting += node.children
    return None
