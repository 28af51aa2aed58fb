"""The files of a commit: what they are the files of, which only got another name, whom an item is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.diff.amendment import Aspect
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


def concerns(item: Item, folder: str, identities: Collection[str], parts: Collection[str] | None = None) -> bool:
    """Whether an item is about one of the identities, or one of these parts of it, or names it."""
    if item.folder != folder:
        return False
    about = (item.entity, *item.others)
    if parts is None:
        return any(whole_of(one) in identities for one in about)
    return any(f"{one}#{part}" in about for one in identities for part in parts)


def former_slugs(items: Iterable[Item]) -> set[str]:
    """The slugs that parts had before these items gave them others."""
    return {one.partition("#")[2] for item in items if item.verb == Aspect.SLUG.value for one in item.others}
