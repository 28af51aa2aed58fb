"""Registers on the disk for tests of the cache: written, changed, and looked at as if a while later."""

from __future__ import annotations

from time import time_ns
from typing import TYPE_CHECKING

from orgreg.store.cache import Cache
from orgreg.store.working_tree import WorkingTree
from tests.strategies import memory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.strategies import Frozen

TODAY = 738_000


def later() -> int:
    """A clock that runs a minute ahead: what has just been written is believed to have been left alone."""
    return time_ns() + 60_000_000_000


def put(root: Path, files: Mapping[str, str | bytes | Frozen]) -> Path:
    """Make the files below a folder these and no others."""
    contents = memory(files).contents
    for path in root.rglob("*.yaml"):
        if path.relative_to(root).as_posix() not in contents:
            path.unlink()
    for key, content in contents.items():
        path = root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
    return root


def kept(root: Path, home: Path) -> WorkingTree:
    """The register with a cache in a folder."""
    return WorkingTree(root, Cache(home, TODAY), later)
