"""What `show` says of the shipped data. `python -m tests.show.goldens` writes the files anew: read the difference."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from orgreg.formats.text import paper, plan, unit
from orgreg.load import load
from orgreg.query.papers import paper_portrait
from orgreg.query.plans import plan_portrait
from orgreg.query.portrait import part_portraits, portrait
from orgreg.store.working_tree import WorkingTree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.formats.line import Line
    from orgreg.model.registry import Registry

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent / "golden"

CASES = (
    "bs/integration-vielfalt-und-demokratie 2024-03-01",
    "bs/integration-vielfalt-und-demokratie 2025-02-01",
    "bs/sozialreferat 2024-03-01",
    "bs/sozialreferat#referatsleitung 2024-12-31",
    "bs/buero-fuer-migrationsfragen 2016-03-31",
    "bs/buero-fuer-migrationsfragen 2024-02-29",
    "bs/buero-fuer-migrationsfragen 2024-03-01",
    "bs/buero-fuer-migrationsfragen#migrationsfragen 2024-03-01",
    "bs/migrationsfragen-und-integration 2015-06-01",
    "bs/ausschuss-fuer-vielfalt-und-integration 2024-02-29",
    "bs/ausschuss-fuer-vielfalt-und-integration 2024-03-01",
    "bux/stadtverwaltung 2019-06-03",
    "bux/praeventionskoordination 2019-06-03",
    "bux/praeventionskoordination 2019-06-03 --planned",
    "bux/praeventionsrat 2025-06-01",
    "bs/25-25182 2025-08-14",
    "bs/ratsbeschluss-aktionsplan 2025-08-14",
    "bs/21-17479 2025-08-14",
    "bs/aktionsplan 2025-01-14",
    "bs/aktionsplan 2025-08-14",
    "bux/weiterentwicklung-der-praeventionsarbeit 2025-08-14",
)


@cache
def shipped() -> Registry:
    """The register of this repository."""
    return load(WorkingTree(ROOT)).registry


def path(case: str) -> Path:
    """Where the golden file of a case lies."""
    return FOLDER / f"{case.replace('/', '.').replace(' --', '.').replace(' ', '.').replace('#', '.')}.txt"


def shown(case: str) -> str:
    """What is said in the case, plain."""
    identity, day, *flags = case.split()
    return "".join(f"{line}\n" for line in _lines(identity, date.fromisoformat(day), planned="--planned" in flags))


def _lines(identity: str, day: date, *, planned: bool) -> Iterator[Line]:
    registry = shipped()
    whole, _, slug = identity.partition("#")
    if whole in registry.papers:
        yield from paper.paper(paper_portrait(registry, registry.papers[whole], day))
    elif whole in registry.plans:
        yield from plan.plan(plan_portrait(registry, registry.plans[whole], day, planned=planned))
    elif slug:
        for one in part_portraits(registry, registry.units[whole], slug, day, planned=planned):
            yield from unit.part(one)
    else:
        yield from unit.portrait(portrait(registry, registry.units[whole], day, planned=planned))


if __name__ == "__main__":
    for one in CASES:
        path(one).write_text(shown(one), encoding="utf-8")
