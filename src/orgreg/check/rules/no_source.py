"""A statement has no source.

The register tells what someone says; `sources: none` says that nobody does. It is what a change leaves behind that was
recorded without a paper, and it is meant to be filled. Nothing is wrong yet, so this is a warning.

Name the paper that says it, with its words; enter the paper if it is not there yet.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
        sources: none

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
        sources:
          - paper: beschluss
            quote: das Büro für Migrationsfragen
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.sourcing import sourced
from orgreg.model.finding import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("S001", "no-source", Severity.WARNING)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every place that has no sources."""
    for place in sourced(registry):
        if not place.sources:
            yield Finding(
                RULE,
                place.path,
                f"{place.what} has no source",
                "name the paper that says it, with its words",
                route=(*place.route, "sources"),
                entity=place.entity,
            )
