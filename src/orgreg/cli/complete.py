"""What the shell offers after TAB: codes and slugs of the register one stands in. It never complains."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.model.registry import Registry

Offer = tuple[str, str]


def complete_municipality(context: typer.Context, incomplete: str) -> list[Offer]:
    """The municipalities of the register."""
    registry = _registry(context)
    cities = () if registry is None else registry.municipalities.values()
    return [(city.id, city.name) for city in cities if city.id.startswith(incomplete)]


def complete_unit(context: typer.Context, incomplete: str) -> list[Offer]:
    """Codes and slugs of units."""
    registry = _registry(context)
    return [] if registry is None else _beginning(incomplete, _units(registry))


def complete_word(context: typer.Context, incomplete: str) -> list[Offer]:
    """Codes and slugs of units, and slugs of papers and plans."""
    registry = _registry(context)
    return [] if registry is None else _beginning(incomplete, [*_units(registry), *_others(registry)])


def _registry(context: typer.Context) -> Registry | None:
    from orgreg.load import load
    from orgreg.store import Missing
    from orgreg.store.working_tree import WorkingTree, find_root

    where = context.params.get("directory") or (context.parent.params.get("directory") if context.parent else None)
    try:
        return load(WorkingTree(find_root(Path(where or ".")))).registry
    except Missing:
        return None


def _beginning(incomplete: str, offers: Iterable[Offer]) -> list[Offer]:
    return sorted({word: told for word, told in offers if word.startswith(incomplete)}.items())


def _units(registry: Registry) -> Iterator[Offer]:
    for unit in registry.units.values():
        names = [held.value for life in unit.timeline.lives for _, held in life.runs("name")]
        name = str(names[-1]) if names else ""
        yield unit.id.partition("/")[2], name
        for life in unit.timeline.lives:
            for _, held in life.runs("code"):
                if isinstance(held.value, str):
                    yield held.value, name


def _others(registry: Registry) -> Iterator[Offer]:
    for paper in registry.papers.values():
        yield paper.id.partition("/")[2], str(paper.title)
    for plan in registry.plans.values():
        yield plan.id.partition("/")[2], "plan"
