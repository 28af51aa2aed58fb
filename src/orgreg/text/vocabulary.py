"""The vocabulary of registry.yaml from its frozen form: the cities, and what they call things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgreg.model.day import Fault, When, parse
from orgreg.model.registry import Era, Kind, Municipality

if TYPE_CHECKING:
    Frozen = dict[str, Any]


def thaw_municipalities(frozen: Frozen) -> dict[str, Municipality]:
    """The cities of registry.yaml."""
    return {identity: _municipality(identity, city) for identity, city in frozen["municipalities"].items()}


def day(text: str) -> When:
    """A day that the grammar has already let pass."""
    read = parse(text)
    if isinstance(read, Fault):  # pragma: no cover - the grammar refuses it before
        raise TypeError(read.reason)
    return read


def _municipality(identity: str, city: Frozen) -> Municipality:
    return Municipality(
        id=identity,
        name=city["name"],
        land=city.get("land"),
        time_zone=city.get("time_zone"),
        ags=city.get("ags"),
        kinds={name: _kind(name, kind) for name, kind in city["kinds"].items()},
        numbers=tuple(Era(day(era["from"]), era["form"], era.get("year")) for era in city.get("numbers", ())),
        asks=frozenset(city.get("papers", {}).get("asks", ())),
        answers=frozenset(city.get("papers", {}).get("answers", ())),
        topics={topic: tuple(words) for topic, words in city.get("topics", {}).items()},
        states=city.get("states", {}),
    )


def _kind(name: str, kind: Frozen) -> Kind:
    codes = kind.get("code", ())
    return Kind(
        name=name,
        rank=int(kind["rank"]) if "rank" in kind else None,
        codes=(codes,) if isinstance(codes, str) else tuple(codes),
        body=kind.get("body") == "true",
        outside=kind.get("outside") == "true",
        line=kind.get("line") != "false",
        own_numbers=kind.get("numbers") == "own",
    )
