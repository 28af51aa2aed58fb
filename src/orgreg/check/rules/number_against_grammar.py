"""A paper has a number that its city did not give on that date.

registry.yaml tells how the papers of a city were numbered, era by era: in Braunschweig `11987/11` until 2014 and
`25-25182-01` since. A number that fits no era of the paper's date is misspelled, belongs to another city, or the date
is wrong. Where the date is vague or unknown every era that it may fall into is tried. A city without eras takes any
number.

Write the number as the city does, without „DS“ and brackets; correct the date; or add the era to registry.yaml.

Wrong:

    # data/decisions/bs/25-25182.yaml
    number: "2525182"
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
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from orgreg.check.numbering import eras_of, fits
from orgreg.check.strands import one_by_one
from orgreg.check.wording import form
from orgreg.model.finding import Finding, Rule
from orgreg.model.registry import PAPERS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.paper import Paper
    from orgreg.model.registry import Era, Registry

RULE: Final = Rule("P001", "number-against-grammar")

_AROUND: Final = re.compile(r"^[\[(\s]*(?:DS|Drs|Drucksache|Vorlage)?[.\s-]*(?:Nr\.?)?\s*|[\])\s]+$", re.IGNORECASE)
_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every number that fits no era which the paper's date allows."""
    examples: dict[tuple[str, tuple[Era, ...]], str] = {}
    for identity, paper in sorted(registry.papers.items()):
        if fits(registry, paper):
            continue
        city = registry.municipalities[paper.municipality]
        eras = tuple(eras_of(city, paper))
        when = f" on {paper.date}" if paper.date.known else ""
        if eras:
            key = (paper.municipality, eras)
            if key not in examples:
                examples[key] = _example(registry.whole(paper.municipality), *key)
            message = f"{paper.number} does not look like a number of {city.name}{when}{examples[key]}"
        else:
            message = f"{paper.number} is of {paper.date}, before the first numbers of {city.name} that are known"
        yield Finding(RULE, path_of(PAPERS, identity), message, _hint(paper, eras), route=("number",), entity=identity)


def _example(registry: Registry, municipality: str, eras: tuple[Era, ...]) -> str:
    """The number of the first paper that has one of those eras; else their form. Papers are read until there is one."""
    for paper in one_by_one(registry.papers, municipality):
        if _looks(str(paper.number), eras):
            return f", as {paper.number} does"
    return f"; its pattern is {form(*(era.form for era in eras))}"


def _looks(number: str, eras: tuple[Era, ...]) -> bool:
    return any(era.fits(number) for era in eras)


def _hint(paper: Paper, eras: tuple[Era, ...]) -> str:
    """The number as the city writes it, where only its clothes are wrong; else where to look."""
    bare = _AROUND.sub("", _DASHES.sub("-", str(paper.number)))
    if _looks(bare, eras):
        return f'write it as the city does: "{bare}"'
    return f"correct the number or the date, or add the era to {paper.municipality} in data/registry.yaml"
