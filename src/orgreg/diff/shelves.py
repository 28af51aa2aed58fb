"""The files of a registry by folder and identity, looked up one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Generic, TypeVar

from orgreg.model.registry import PAPERS, PLANS, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.diff.statements import Thing
    from orgreg.model.registry import Registry

Known = tuple[str, str]
"""A file of the register: its folder and its identity."""

_T = TypeVar("_T")


def shelf(registry: Registry, folder: str) -> Mapping[str, Thing]:
    """The things of a folder, by identity."""
    folders: Mapping[str, Mapping[str, Thing]] = {UNITS: registry.units, PAPERS: registry.papers, PLANS: registry.plans}
    return folders[folder]


class _ByKey(Mapping[str, _T], Generic[_T]):
    """A mapping that can be asked for what is known by name, and has nothing to go through."""

    def __init__(self, whole: Mapping[str, _T]) -> None:
        self._whole = whole

    def __getitem__(self, identity: str) -> _T:
        return self._whole[identity]

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def by_key(registry: Registry) -> Registry:
    """The registry whose files are found by name only, so that no question reads them all."""
    return replace(registry, units=_ByKey(registry.units), papers=_ByKey(registry.papers), plans=_ByKey(registry.plans))
