"""A made-up register of any size: the same seed gives the same bytes.

Each municipality has one Verwaltung, five Dezernate, 25 Fachbereiche, 100 Abteilungen and Stellen for the rest. Every
unit has a number of its own, a life of two or three entries and a task, each with a quote: about 30 lines a file.

    python -m benchmarks.generate FOLDER [--units N] [--seed N]
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PAPER = "23-10001"
UNITS_IN_A_FOLDER = 500
_DEZERNATE = ("I", "II", "III", "IV", "V")
_FACHBEREICHE = 25
_ABTEILUNGEN_EACH = 4
_STELLEN_EACH = 9
_THEMES = (
    ("Soziales", "soziales"),
    ("Jugend", "jugend"),
    ("Schule", "schule"),
    ("Kultur", "kultur"),
    ("Sport", "sport"),
    ("Gesundheit", "gesundheit"),
    ("Stadtplanung", "stadtplanung"),
    ("Umwelt", "umwelt"),
    ("Verkehr", "verkehr"),
    ("Finanzen", "finanzen"),
    ("Personal", "personal"),
    ("Ordnung", "ordnung"),
    ("Integration", "integration"),
    ("Wohnen", "wohnen"),
    ("Wirtschaft", "wirtschaft"),
)
_ASPECTS = ("Planung", "Beratung", "Aufsicht", "Förderung", "Steuerung", "Verwaltung", "Koordination", "Prävention")
_PLACES = ("Nord", "Süd", "West", "Ost", "Mitte", "Innenstadt", "Hafen", "Altstadt")

_KINDS = r"""    kinds:
      Verwaltung: {rank: 0}
      Dezernat: {rank: 1, code: '[IVX]+'}
      Fachbereich: {rank: 2, code: '\d{2}'}
      Referat: {rank: 2, code: '0\d{3}'}
      Abteilung: {rank: 3, code: '(?P<parent>\d{2})\.\d'}
      Stelle: {rank: 4, code: ['(?P<parent>\d{2}\.\d)\d', '(?P<parent>0\d{3})\.\d{2}']}
      Stabsstelle: {rank: 4}
      Rat: {body: true}
      Ausschuss: {body: true}
    numbers:
      - {from: unknown, form: '\d{4,5}/\d{2}'}
      - {from: 2015-01-01, form: '\d{2}-\d{5}(-\d{2})*', year: first}
"""


@dataclass(frozen=True)
class _Place:
    """Where a unit stands, and since when."""

    slug: str
    kind: str
    code: str
    parent: str
    year: int


def write(root: Path, units: int = 1000, seed: int = 1) -> tuple[Path, ...]:
    """Write a register below `root` and return the unit files."""
    chance = random.Random(seed)  # noqa: S311  (repeatable on purpose)
    registry = ["format: 1\n", "municipalities:\n"]
    written: list[Path] = []
    for number, first in enumerate(range(0, units, UNITS_IN_A_FOLDER), start=1):
        municipality = f"stadt-{number}"
        registry += [f"  {municipality}:\n    name: Stadt {number}\n    land: Niedersachsen\n"]
        registry += ["    time_zone: Europe/Berlin\n", _KINDS]
        _put(root / "data" / "decisions" / municipality / f"{PAPER}.yaml", _paper(number))
        for place in _places(min(UNITS_IN_A_FOLDER, units - first)):
            path = root / "data" / "units" / municipality / f"{place.slug}.yaml"
            _put(path, _unit(place, chance))
            written.append(path)
    _put(root / "data" / "registry.yaml", "".join(registry))
    return tuple(written)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def _places(wanted: int) -> Iterator[_Place]:
    """The first `wanted` places of a municipality, the higher ranks first.

    Raises:
        ValueError: a municipality has not so many.
    """
    abteilungen = [
        (fachbereich, abteilung)
        for fachbereich in range(10, 10 + _FACHBEREICHE)
        for abteilung in range(1, 1 + _ABTEILUNGEN_EACH)
    ]
    places = [_Place("verwaltung", "Verwaltung", "", "none", 1974)]
    places += [_Place(f"dezernat-{code.lower()}", "Dezernat", code, "verwaltung", 1996) for code in _DEZERNATE]
    places += [
        _Place(f"fb-{n}", "Fachbereich", f"{n}", f"dezernat-{_DEZERNATE[n % len(_DEZERNATE)].lower()}", 2001)
        for n in range(10, 10 + _FACHBEREICHE)
    ]
    places += [_Place(f"abt-{n}-{a}", "Abteilung", f"{n}.{a}", f"fb-{n}", 2004) for n, a in abteilungen]
    places += [
        _Place(f"stelle-{n}-{a}{s}", "Stelle", f"{n}.{a}{s}", f"abt-{n}-{a}", 2008)
        for s in range(1, 1 + _STELLEN_EACH)
        for n, a in abteilungen
    ]
    if wanted > len(places):
        raise ValueError(f"a municipality has at most {len(places)} units here")
    yield from places[:wanted]


def _paper(number: int) -> str:
    return f"""\
number: "{PAPER}"
kind: Mitteilung
title: Organisation der Verwaltung der Stadt {number}
date: 2023-01-10
author: [verwaltung]
sources:
  - quote: >-
      10.01.2023
"""


def _unit(place: _Place, chance: random.Random) -> str:
    """The text of one unit's file, in house style."""
    theme, topic = chance.choice(_THEMES)
    first, second = chance.sample(_ASPECTS, 2)
    where = chance.choice(_PLACES)
    label = f"{place.kind} {place.code}".strip()
    code = [f'    code: "{place.code}"'] if place.code[:1].isdigit() else [f"    code: {place.code}"] * bool(place.code)
    lines = [
        "timeline:",
        f"  - from: {_day(chance, place.year)}",
        f"    name: {theme} und {first} {where}",
        f"    kind: {place.kind}",
        *code,
        f"    parent: {place.parent}",
        *_sources("    ", f"{label} {theme} und {first} {where} ist eingerichtet worden"),
        f"  - from: {_day(chance, place.year + chance.randrange(4, 12))}",
        f"    name: {theme} und {second} {where}",
        "    decided_by: none",
        *_sources("    ", f"{label} heißt nunmehr {theme} und {second} {where}"),
    ]
    if chance.random() < 1 / 2:
        phone = chance.randrange(1000, 10000)
        lines += [
            f"  - from: {_day(chance, 2021)}",
            "    contact:",
            f'      phone: "0531 470{phone}"',
            *_sources("    ", f"Tel.: 0531 470{phone}"),
        ]
    lines += [
        "",
        "tasks:",
        f"  {topic}:",
        f"    - from: {_day(chance, 2021)}",
        f"      text: {first} und {second} im Bereich {theme}",
        f"      topics: [{topic}]",
        *_sources("      ", f"Aufgaben von {label} sind {first} und {second} im Bereich {theme}"),
    ]
    return "\n".join(lines) + "\n"


def _day(chance: random.Random, year: int) -> str:
    return f"{year}-{chance.randrange(1, 13):02}-01"


def _sources(indent: str, quote: str) -> list[str]:
    return [f"{indent}sources:", f"{indent}  - paper: {PAPER}", f"{indent}    quote: >-", f"{indent}      {quote}"]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write a made-up register.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.folder, given.units, given.seed)
