"""A source names no paper.

Only the file of a paper may leave `paper:` out: there the paper itself is meant. Everywhere else a quote without its
paper is said by nobody, and neither its date nor its place can be looked up.

Name the paper; enter it if it is not there yet.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
        sources:
          - quote: das Büro für Migrationsfragen

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
from orgreg.model.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("S002", "source-without-paper")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every source without a paper in the file of a unit or a plan."""
    for place in sourced(registry):
        for number, source in enumerate(place.sources):
            if source.paper is None and not place.in_paper:
                yield Finding(
                    RULE,
                    place.path,
                    f"{'a quote stands' if source.quote else 'a source stands'} here without its paper",
                    "add paper: with the slug of the paper; only a paper's own file leaves it out",
                    route=(*place.route, "sources", number),
                    entity=place.entity,
                )
