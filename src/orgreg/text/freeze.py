"""A tree that fits the grammar as plain texts: the form in which it can be kept, from which `thaw` makes the model."""

from __future__ import annotations

from orgreg.text.bare import Bare


def freeze(tree: object) -> object:
    """The tree with every scalar as the text that stands in the file."""
    if isinstance(tree, dict):
        return {key: value if isinstance(value, str) else freeze(value) for key, value in tree.items()}  # mostly texts
    if isinstance(tree, list):
        return [freeze(value) for value in tree]
    return tree.text if isinstance(tree, Bare) else tree
