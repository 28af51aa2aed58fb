"""The entries of a file's `corrections:` beside what they speak of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from orgreg.diff.amendment import Amendment, Aspect, Sort
from orgreg.diff.statements import FROM, OWN
from orgreg.model.unit import slug_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgreg.diff.statements import Statement
    from orgreg.model.unit import Correction

_WORD: Final = re.compile(r"[\w-]+")
_SECTIONS: Final = frozenset({OWN, "tasks", "posts", "dimensions", "steps"})
_OF_BASIS: Final = frozenset(
    {"sources", "source", "paper", "quote", "attests", "inferred", "also", "status", "change", "wording", "decided_by"}
    | {"because", "note", "annulled"}
)


def explained(
    amendments: Sequence[Amendment], corrections: Mapping[Statement, Correction], slugs: Mapping[str, str]
) -> list[Amendment]:
    """The amendments of one file, each with the new entry of `corrections:` that speaks of it.

    An entry says with `of` what was put right, and with `was` which lines stood there. It may explain several
    amendments; its statement belongs to the first. One that explains nothing is a correction by itself. `slugs` are
    those that parts had before, by the routes of today: an entry may call a part by either.
    """
    found: list[Amendment] = []
    left = dict(corrections)
    for one in amendments:
        fits = {told: fit for told, correction in corrections.items() if (fit := _fit(one, correction, slugs))}
        told = max(fits, key=fits.__getitem__, default=None)
        if told is None:
            found.append(one)
            continue
        mine = (told,) if left.pop(told, None) is not None else ()
        found.append(replace(one, recorded=corrections[told], gained=(*one.gained, *mine)))
    return [*found, *(_noted(told, correction) for told, correction in left.items())]


def _noted(told: Statement, correction: Correction) -> Amendment:
    return Amendment(
        sort=Sort.CORRECTED,
        aspect=Aspect.NOTED,
        folder=told.folder,
        identity=told.identity,
        gained=(told,),
        recorded=correction,
    )


def _fit(one: Amendment, told: Correction, slugs: Mapping[str, str]) -> int:
    """How well an entry fits an amendment: by the key, by the words that stood there; 0 where it does not."""
    of = set(_WORD.findall(told.of))
    if one.aspect is Aspect.SLUG:
        was, now = (str(route).split("/") for route in (one.before, one.after))
        return 3 if was[1] in _WORD.findall(told.was) and of & {*was, *now} else 0
    route = {lost.timeline.partition("/")[0] for lost in one.lost}
    part = {one.part, *(slugs[lost.timeline] for lost in one.lost if lost.timeline in slugs)}
    if _SECTIONS & of and not (_SECTIONS & of <= route and part & {None, *of}):
        return 0
    keys = {lost.key for lost in one.lost} | ({FROM} if one.aspect is Aspect.DAY else set())
    if one.aspect is Aspect.BASIS:
        keys |= _OF_BASIS
    return 2 * bool(keys & of) + any(_stands(lost, told.was) for lost in one.lost)


def _stands(lost: Statement, was: str) -> bool:
    """Whether the words that stood there are those of the statement: its day, its value or a quote."""
    words = " ".join(was.split())
    values = lost.value if isinstance(lost.value, tuple) else (lost.value,)
    texts = [lost.since, *(slug_of(one) or one for one in values if isinstance(one, str))]
    texts += [source.quote for source in lost.sources if source.quote]
    return any(text and text in words for text in texts)
