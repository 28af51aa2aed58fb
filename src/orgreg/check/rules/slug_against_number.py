"""The file of a paper with a number does not bear that number as its name.

A paper that is entered with its number has it as its slug, in small letters and with hyphens: `25-25182-01`, `1664-99`.
Then whoever knows the number knows the file. A paper whose number became known later keeps its slug, or is renamed and
has the old one in `formerly:`. Nothing is wrong, so this is a note.

Rename the file and add its old name to `formerly:`, or leave it.

Wrong:

    # data/decisions/bs/anfrage-aktionsplan.yaml
    number: "25-25182"
    kind: Anfrage
    title: Lokaler Aktionsplan
    date: 2025-02-04
    author: unknown

Right:

    # data/decisions/bs/25-25182.yaml
    number: "25-25182"
    kind: Anfrage
    title: Lokaler Aktionsplan
    date: 2025-02-04
    author: unknown
    formerly: [anfrage-aktionsplan]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.counters import crossed
from orgreg.check.numbering import bearers, fits, slug
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.registry import PAPERS, path_of
from orgreg.model.unit import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry

RULE: Final = Rule("P003", "slug-against-number", Severity.NOTE)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every such paper whose number is right and its own."""
    for (_, number), papers in sorted(bearers(registry).items()):
        paper = papers[0]
        right = len(papers) == 1 and fits(registry, paper) and paper.id not in crossed(registry)
        if right and slug(number) not in {"", slug_of(paper.id)}:
            yield Finding(
                RULE,
                path_of(PAPERS, paper.id),
                f"the paper {number} stands in a file of another name",
                f"rename the file to {slug(number)}.yaml and add formerly: [{slug_of(paper.id)}]",
                route=("number",),
                entity=paper.id,
            )
