"""Days as people write them, the same in every sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.model.day import Nature

if TYPE_CHECKING:
    from orgreg.model.day import When

_QUARTERS: Final = {"33": "1st", "34": "2nd", "35": "3rd", "36": "4th"}
_ABOUT: Final = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}


def moment(when: When) -> str:
    """A day as written, in words: „2016-04-01“, „2024-04-08 or before“, „some day from 2021-09 to 2021-11“."""
    if not when.known:
        return "an unknown day"
    throughout = when.nature is Nature.THROUGHOUT
    first, pair, last = when.text.partition("/" if throughout else "..")
    first, last = (side if side != ".." else "" for side in (first, last))
    if not pair:
        return _point(first)
    if not first:
        return f"{_point(last)} or before"
    if not last:
        return f"{_point(first)} or later"
    return f"{_point(first)} to {_point(last)}" if throughout else f"some day from {_point(first)} to {_point(last)}"


def _point(text: str) -> str:
    about = _ABOUT.get(text[-1], "")
    bare = text[:-1] if about else text
    year, _, part = bare.partition("-")
    return f"{about}the {_QUARTERS[part]} quarter of {year}" if part in _QUARTERS else about + bare
