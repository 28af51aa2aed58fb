"""The files of a commit: what they are the files of, which only got another name, whom an item is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.model.unit import whole_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from orgreg.store.index import Touch
    from orgreg.trail.record import Item

Known = tuple[str, str]
"""A file of the register: its folder and its identity."""


def known_of(key: str) -> Known:
    """The folder and identity of a key of the register."""
    _, folder, identity = key.removesuffix(".yaml").split("/", 2)
    return folder, identity


def renamed_alike(touches: Iterable[Touch]) -> dict[str, str]:
    """The former key of each file that came where another with the same bytes went, in the same folder."""
    gone: dict[tuple[str, str], list[str]] = {}
    come: dict[tuple[str, str], list[str]] = {}
    for touch in touches:
        if touch.before is None and touch.after is not None:
            come.setdefault((_folder(touch.key), touch.after), []).append(touch.key)
        elif touch.after is None and touch.before is not None:
            gone.setdefault((_folder(touch.key), touch.before), []).append(touch.key)
    # Of several with the same bytes nobody can say which became which.
    return {keys[0]: gone[alike][0] for alike, keys in come.items() if len(keys) == len(gone.get(alike, ())) == 1}


def _folder(key: str) -> str:
    return key.rpartition("/")[0]


def concerns(item: Item, folder: str, identities: Collection[str], part: str | None = None) -> bool:
    """Whether an item is about one of the identities, or a part of it, or names it."""
    if item.folder != folder:
        return False
    about = (item.entity, *item.others)
    if part is None:
        return any(whole_of(one) in identities for one in about)
    return any(f"{one}#{part}" in about for one in identities)
