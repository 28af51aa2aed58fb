"""Words of the register name a paper by its number, and no paper of that number is recorded.

A number after „DS“, „Drs.“ or „Vorlage“, or in brackets, that looks like a number of the city: a quote, note, wording
or title leads to a paper, and a reader cannot follow. Each number is told once, where it stands first.

Enter the paper, with what is known of it; `kind`, `title` and `author` may be `unknown`. Or correct the number.

Wrong:

    # data/units/bs/stabsstelle.yaml
    timeline:
      - from: 2022
        name: Stabsstelle Vielfalt
        kind: Stabsstelle
        parent: sozialreferat
        note: created by DS 21-17479

Right:

    # data/decisions/bs/21-17479.yaml
    number: "21-17479"
    kind: unknown
    title: unknown
    date: 2021
    author: unknown
    # data/units/bs/stabsstelle.yaml
    timeline:
      - from: 2022
        name: Stabsstelle Vielfalt
        kind: Stabsstelle
        parent: sozialreferat
        note: created by DS 21-17479
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from orgreg.check.numbering import slug
from orgreg.check.texts import texts
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.registry import PAPERS, path_of
from orgreg.model.unit import municipality_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.texts import Text
    from orgreg.model.registry import Municipality, Registry

RULE: Final = Rule("P004", "paper-cited-but-not-recorded", Severity.WARNING)

_THEN: Final = r"\b[.\s-]*(?:Nr\b\.?)?"
# Each way begins with a sign of its own, to which a search leaps; a \b before it would have it try at every sign.
CITED: Final = re.compile(
    rf"(?:D(?<!\wD)(?:S|s|rs|rS|rucksachen?){_THEN}|V(?<!\wV)orlagen?{_THEN}|\[|\()\s*"
    r"(?P<number>[0-9][0-9A-Za-z/\u2010-\u2015\u2212-]*)"
)
_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every such number of a city, at its first place."""
    known = _known(registry)
    for text in texts(registry, CITED.search):
        city = registry.municipalities.get(municipality_of(text.entity))
        for number in _numbers(text.text, city):
            key = (municipality_of(text.entity), number)
            if key not in known and not _has_file(registry, f"{key[0]}/{slug(number)}"):
                known.add(key)
                yield _finding(text, *key)


def _known(registry: Registry) -> set[tuple[str, str]]:
    """The numbers that papers have, also those that another source gives them."""
    found = {(paper.municipality, str(paper.number)) for paper in registry.papers.values()}
    for paper in registry.papers.values():
        found |= {(paper.municipality, str(other.values.get("number"))) for other in paper.also}
    return found


def _has_file(registry: Registry, identity: str) -> bool:
    """Whether its file is there: what is wrong in it, or with its number, is told there."""
    return identity in registry.papers or registry.is_lost(PAPERS, identity)


def _numbers(text: str, city: Municipality | None) -> Iterator[str]:
    for cited in CITED.finditer(text):
        number = _DASHES.sub("-", cited["number"]).rstrip("-/")
        if city is not None and any(era.fits(number) for era in city.numbers):
            yield number


def _finding(text: Text, city: str, number: str) -> Finding:
    return Finding(
        RULE,
        text.path,
        f"{number} is named here, and no paper of that number is recorded",
        f"enter it as {path_of(PAPERS, f'{city}/{slug(number)}')}, or correct the number",
        route=text.route,
        entity=text.entity,
    )
