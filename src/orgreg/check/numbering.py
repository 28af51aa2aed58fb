"""The numbers of papers: which forms hold on a paper's date, what slug a number gives, who bears it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from orgreg.model.day import Span, day_after

if TYPE_CHECKING:
    from orgreg.model.paper import Paper
    from orgreg.model.registry import Era, Municipality, Registry

_SPELLED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def eras_of(city: Municipality, paper: Paper) -> list[Era]:
    """The eras that may have held on the paper's date; all of them where it is not known."""
    days = Span(paper.date.earliest, day_after(paper.date.latest))
    return [era for era in city.numbers if city.span_of(era).overlap(days) is not None]


def fits(registry: Registry, paper: Paper) -> bool:
    """Whether the number fits an era of its city; a city without eras takes any."""
    city = registry.municipalities.get(paper.municipality)
    if city is None or not city.numbers or not isinstance(paper.number, str):
        return True
    return any(era.fits(paper.number) for era in eras_of(city, paper))


def slug(number: str) -> str:
    """The slug of a paper entered with its number: `1664-99` of `1664/99`."""
    return re.sub("[^a-z0-9]+", "-", number.lower().translate(_SPELLED)).strip("-")


def bearers(registry: Registry) -> dict[tuple[str, str], list[Paper]]:
    """The papers by municipality and number, each list by identity."""
    found: dict[tuple[str, str], list[Paper]] = defaultdict(list)
    for _, paper in sorted(registry.papers.items()):
        if isinstance(paper.number, str):
            found[paper.municipality, paper.number].append(paper)
    return found


_DIGITS: Final = re.compile(r"\d+", re.ASCII)
_PIVOT: Final = 70
"""Two digits from here on are a year of the last century."""


def counted(city: Municipality, number: str) -> tuple[Era, int, int] | None:
    """The era that a number fits, its year and its running counter; None where the form tells no year."""
    for era in city.numbers:
        if era.year is None or not era.fits(number):
            continue
        digits = _DIGITS.findall(number)
        if era.year == "last":
            digits.reverse()
        if len(digits) > 1:
            year = int(digits[0][-2:])
            return era, year + (1900 if year >= _PIVOT else 2000), int(digits[1])
    return None
