"""The order in which units stand: by rank and code as the city counts, then by name as German is sorted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from orgreg.query.row import Shown

_PIECES: Final = re.compile(r"\d+|\D+", re.ASCII)
_DIGITS: Final = re.compile(r"\d+", re.ASCII)
_ROMAN: Final = re.compile("(?=.)M*(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_NO_RANK: Final = 99

CodeKey = tuple[tuple[int, int, str, str], ...]


def code_key(code: str) -> CodeKey:
    """Codes in the order in which they are counted: 2 before 10, IV before V, 50 before 50.1."""
    if _ROMAN.fullmatch(code):
        return (_counted(str(_roman(code)), code),)
    return tuple(
        _counted(piece, piece) if _DIGITS.fullmatch(piece) else (1, 0, piece, "") for piece in _PIECES.findall(code)
    )


def _counted(digits: str, piece: str) -> tuple[int, int, str, str]:
    # Compared by length and then digit by digit: nobody says how long a code may be, and Python's numbers have a limit.
    number = digits.lstrip("0")
    return (0, len(number), number, piece)


def _roman(text: str) -> int:
    numbers = [_VALUES[letter] for letter in text]
    return sum(-one if one < following else one for one, following in zip(numbers, [*numbers[1:], 0], strict=True))


def name_key(name: str) -> str:
    """Names as a German dictionary sorts them (DIN 5007-1): ä as a, é as e, ß as ss, case does not matter."""
    folded = name.casefold()
    if folded.isascii():
        return folded
    return "".join(letter for letter in normalize("NFD", folded) if not combining(letter))


def standing_key(standing: Shown) -> tuple[object, ...]:
    """Where a unit stands among its siblings: who has a code first, then rank, name and identity."""
    rank = _NO_RANK if standing.kind.rank is None else standing.kind.rank
    outside = (standing.kind.outside, standing.kind.body)
    code = standing.code
    if code is not None:
        return (*outside, 0, code_key(code), rank, name_key(standing.name), standing.identity)
    return (*outside, 1, (), rank, name_key(standing.name), standing.identity)
