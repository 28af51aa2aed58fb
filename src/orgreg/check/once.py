"""What several rules need of a registry is found out once."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar
from weakref import ref

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgreg.model.registry import Registry

_Found = TypeVar("_Found")


def once(find: Callable[[Registry], _Found]) -> Callable[[Registry], _Found]:
    """The same function that keeps what it found in the last registry; a registry never changes."""
    last: list[tuple[ref[Registry], _Found]] = []

    @wraps(find)
    def kept(registry: Registry) -> _Found:
        if not last or last[0][0]() is not registry:
            last[:] = [(ref(registry), find(registry))]
        return last[0][1]

    return kept
