"""Which files of two states of a register differ, by the names of their bytes: nothing is parsed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from orgreg.load import REGISTRY, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgreg.store import Files

    class Objects(Files, Protocol):
        """Files of which git's names for their bytes are known."""

        def objects(self) -> Mapping[str, str]:
            """The name of each file's object by its key."""
            ...


Known = tuple[str, str]
"""A file of the register: its folder and its identity."""


class Differing(NamedTuple):
    """The files that differ; and by the old identity the new one of those that only bear another name."""

    among: frozenset[Known]
    moved: dict[Known, str]


def differing(before: Objects, after: Objects, municipality: str | None = None) -> Differing:
    """The files of the register that are not the same bytes in both states, of one municipality or all."""
    was, now = _mine(before.objects(), municipality), _mine(after.objects(), municipality)
    differ = {key for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
    gone, come = _by_bytes(was, differ - now.keys()), _by_bytes(now, differ - was.keys())
    # Of several with the same bytes nobody can say which became which.
    alike = [(gone[one][0], come[one][0]) for one in gone.keys() & come.keys() if len(gone[one]) == len(come[one]) == 1]
    moved = {_known(old): _known(new)[1] for old, new in sorted(alike)}
    return Differing(frozenset(map(_known, differ)), moved)


def _mine(objects: Mapping[str, str], municipality: str | None) -> dict[str, str]:
    mine = {key: name for key, name in objects.items() if key != REGISTRY and kind_of(key) is not None}
    return {key: name for key, name in mine.items() if municipality in {None, key.split("/")[2]}}


def _by_bytes(objects: Mapping[str, str], keys: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for key in sorted(keys):
        # A file goes on only within the folder and the city of its identity.
        found.setdefault((key.rpartition("/")[0], objects[key]), []).append(key)
    return found


def _known(key: str) -> Known:
    _, folder, identity = key.removesuffix(".yaml").split("/", 2)
    return folder, identity
