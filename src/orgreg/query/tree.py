"""The organisation on a day: who stands under whom, and who has no recorded place."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from orgreg.model.certainty import Certainty, Doubt
from orgreg.model.registry import Municipality
from orgreg.model.timeline import Absent
from orgreg.query.order import standing_key
from orgreg.query.standing import Standing, standing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from orgreg.model.registry import Registry

LEVELS: Final = 64
"""No administration is deeper; a line of parents that goes on for thousands of units would break what draws it."""


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in the tree with those below it. `cut` counts the units below that the depth asked for leaves out."""

    standing: Standing
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
    alive: dict[str, list[Standing]] = defaultdict(list)
    for unit in registry.units.values():
        found = standing(registry, unit, day, planned=planned)
        if found is not None and (bodies or found.kind.in_line):
            alive[unit.municipality].append(found)
    # A city that has a folder and stands in no vocabulary is shown all the same.
    cities = {city: Municipality(city, city) for city in alive} | dict(registry.municipalities)
    return tuple(
        _Planting(registry, city, alive[identity], day, planned=planned).tree()
        for identity, city in sorted(cities.items())
        if municipality in {None, identity}
    )


class _Planting:
    """Puts the units of one municipality under each other."""

    def __init__(
        self,
        registry: Registry,
        city: Municipality,
        alive: Iterable[Standing],
        day: date,
        *,
        planned: bool,
    ) -> None:
        self.registry, self.city, self.day, self.planned = registry, city, day, planned
        self.alive = {one.unit.id: one for one in alive}
        self.below: dict[str, list[Standing]] = defaultdict(list)

    def tree(self) -> Tree:
        roots: list[Standing] = []
        unplaced: list[Standing] = []
        for one in self.alive.values():
            parent = one.parent
            if parent is Absent.NONE:
                roots.append(one)
            elif isinstance(parent, str) and parent in self.alive:
                self.below[parent].append(one)
            elif isinstance(parent, str) and self._is_hidden(parent):
                roots.append(one)
            else:
                unplaced.append(self._without_parent(one))
        unplaced += self._circles({one.unit.id for one in [*roots, *unplaced]})
        unplaced += self._too_deep([one.unit.id for one in [*roots, *unplaced]])
        return Tree(self.city, self._nodes(roots), self._nodes(unplaced))

    def _is_hidden(self, parent: str) -> bool:
        """Whether the parent lives on the day and is only not shown, as a body is."""
        unit = self.registry.units.get(parent)
        return unit is not None and standing(self.registry, unit, self.day, planned=self.planned) is not None

    def _without_parent(self, one: Standing) -> Standing:
        parent = one.parent
        if parent is None:
            return _doubted(one, "no entry states a parent", None)
        if not isinstance(parent, str):
            return one
        lost = self.registry.is_lost("units", parent)
        reason = f"the file of {parent} cannot be read" if lost else f"{parent} does not exist on this day"
        return _doubted(one, reason, reason)

    def _circles(self, placed: set[str]) -> list[Standing]:
        """The first unit of every circle; it is taken out of the circle and stands apart."""
        opened: list[Standing] = []
        reached = self._reach(placed)
        for identity in sorted(self.alive):
            if identity in reached:
                continue
            one = self.alive[min(self._circle(identity))]
            self.below[str(one.parent)].remove(one)
            reason = "its line of parents leads back to itself"
            opened.append(_doubted(one, reason, reason))
            reached |= self._reach({one.unit.id})
        return opened

    def _circle(self, identity: str) -> list[str]:
        """The circle that the line of parents of the unit leads into."""
        line: dict[str, None] = {}
        while identity not in line:
            line[identity] = None
            identity = str(self.alive[identity].parent)
        passed = list(line)
        return passed[passed.index(identity) :]

    def _too_deep(self, tops: list[str]) -> list[Standing]:
        """The units below the lowest level that is drawn; each stands apart with what is below it."""
        cut_off: list[Standing] = []
        waiting = deque((identity, 1) for identity in tops)
        while waiting:
            identity, level = waiting.popleft()
            below = self.below[identity]
            if level == LEVELS:
                reason = f"it stands more than {LEVELS} levels deep"
                cut_off += [_doubted(one, reason, reason) for one in below]
                self.below[identity] = []
                level = 0
            waiting += ((one.unit.id, level + 1) for one in below)
        return cut_off

    def _reach(self, start: set[str]) -> set[str]:
        reached: set[str] = set()
        waiting = list(start)
        while waiting:
            identity = waiting.pop()
            reached.add(identity)
            waiting += [one.unit.id for one in self.below[identity]]
        return reached

    def _nodes(self, standings: list[Standing]) -> tuple[Node, ...]:
        return tuple(Node(one, self._nodes(self.below[one.unit.id])) for one in sorted(standings, key=standing_key))


def _doubted(one: Standing, reason: str, brief: str | None) -> Standing:
    others = tuple(found for found in one.doubts if found.attribute not in {"parent", "staff_of"})
    return replace(one, doubts=(*others, Doubt("parent", Certainty.UNKNOWN, reason, brief)))


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
        return replace(node, children=(), cut=sum(size(child) for child in node.children))
    return replace(node, children=tuple(cut(child, depth - 1) for child in node.children))


def size(node: Node) -> int:
    """How many units stand in it, itself included."""
    return 1 + sum(size(child) for child in node.children)


def only(all_trees: Iterable[Tree], identity: str) -> Tree | None:
    """The tree of one unit alone, as the root; None where it stands in none of them."""
    for tree in all_trees:
        waiting = [*tree.roots, *tree.unplaced]
        while waiting:
            node = waiting.pop()
            if node.standing.unit.id == identity:
                return Tree(tree.municipality, (node,), ())
            waiting += node.children
    return None
