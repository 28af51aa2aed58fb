"""What orgreg itself is made of: what is kept counts only for the sources that made it.

A number that a person raises would be forgotten once. Reading a dozen of one's own sources takes less than a
thousandth of a second.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Final
from zlib import adler32, crc32

if TYPE_CHECKING:
    from collections.abc import Iterator

_HOUSE: Final = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - this runs at every start

GRAMMAR: Final = (
    "text/scan.py",
    "text/bare.py",
    "text/plain.py",
    "text/events.py",
    "text/grammar.py",
    "text/shape.py",
    "text/shaping.py",
    "text/freeze.py",
    "text/pattern.py",
    "text/ways.py",
    "text/records",
    "model/day.py",
    "load/reading.py",
)
"""What decides whether a file fits, and what is kept of one that does."""


@cache
def edition(*parts: str) -> str:
    """A word for the sources of some rooms or modules: `model`, `query/standing.py`; other sources, another word."""
    told: list[int] = []
    try:
        for path in _sources(parts):
            told += _sums(path)
    except OSError:  # installed without its sources
        from importlib.metadata import version

        return version("orgreg")
    packed = repr(told).encode()
    return f"{crc32(packed):08x}{adler32(packed):08x}"


@cache
def _sums(path: str) -> tuple[int, int]:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - this runs at every start
        data = file.read()
    return crc32(data), adler32(data)


def _sources(parts: tuple[str, ...]) -> Iterator[str]:
    for part in parts:
        path = f"{_HOUSE}/{part}"
        if part.endswith(".py"):
            yield path
        else:
            yield from (f"{path}/{name}" for name in sorted(os.listdir(path)) if name.endswith(".py"))  # noqa: PTH208
