"""The shipped register's files, for tests that record changes of it in a repository of their own."""

from __future__ import annotations

from orgreg.store.working_tree import WorkingTree
from tests.commands import ROOT


def files() -> dict[str, bytes]:
    """Every file of the register by its key."""
    tree = WorkingTree(ROOT)
    keys = tree.keys()
    return {key: data for key in keys if isinstance(data := tree.read(key, 10**6), bytes)}
