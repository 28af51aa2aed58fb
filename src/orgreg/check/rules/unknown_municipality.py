"""Files stand in the folder of a municipality that registry.yaml does not have.

The folder below data/units, data/decisions or data/actionplans is the municipality; its kinds, the look of its codes
and paper numbers stand in registry.yaml. Without them nothing of its files can be held against its own words. All files
of the municipality are reported at once; those that cannot be read have findings of their own.

Add the municipality to registry.yaml, or move the files into the right folder.

Wrong:

    # data/units/bsx/rat.yaml
    timeline:
      - from: unknown
        name: Rat der Stadt
        kind: Rat
        parent: none

Right:

    # data/units/bs/rat.yaml
    timeline:
      - from: unknown
        name: Rat der Stadt
        kind: Rat
        parent: none
"""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from orgreg.model.finding import Finding, Rule
from orgreg.model.registry import PAPERS, PLANS, UNITS, path_of
from orgreg.model.unit import municipality_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("V003", "unknown-municipality")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every such municipality, at the first of its files."""
    if not registry.vocabulary_read:
        return
    files: dict[str, list[str]] = defaultdict(list)
    for folder, things in ((UNITS, registry.units), (PAPERS, registry.papers), (PLANS, registry.plans)):
        for identity in things:
            files[municipality_of(identity)].append(path_of(folder, identity))
    for city, paths in sorted(files.items()):
        if city not in registry.municipalities:
            near = get_close_matches(city, sorted(registry.municipalities), 1, 0.6)
            one = len(paths) == 1
            instead = f"move the {'file' if one else 'files'}" + (f" to {near[0]}" if near else "")
            count = "a file stands in a folder" if one else f"{len(paths)} files stand in folders"
            yield Finding(
                RULE,
                min(paths),
                f"{count} of {city}, which is no municipality of the register",
                f"add {city} to municipalities: in data/registry.yaml, or {instead}",
            )
