"""The shapes of the grammar as the cache has them: who reads few files that fit needs no pydantic."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from orgreg.store.cache import NoCache
from orgreg.store.edition import GRAMMAR, edition

if TYPE_CHECKING:
    from orgreg.store.cache import Keeping


class Shapes:
    """What is kept of the records, by kind of file."""

    def __init__(self, cache: Keeping) -> None:
        self._cache = cache
        self._kind = f"shape {edition(*GRAMMAR)}"
        self._known: dict[str, list[Any] | None] = {}

    def fits(self, kind: str, tree: object) -> bool:
        """Whether a tree surely fits the grammar; where that cannot be told from here it does not."""
        shape = self._of(kind)
        if shape is None:
            return False
        from orgreg.text.shape import fits

        return fits(tree, shape)

    def keep(self, kind: str) -> None:
        """Keep the shape of a kind of file whose records have been made."""
        if isinstance(self._cache, NoCache) or self._of(kind) is not None:
            return
        from orgreg.text.shaping import shape

        self._known[kind] = made = shape(kind)
        if made is not None:
            self._cache.put(self._kind, {kind: json.dumps(made, separators=(",", ":")).encode()})

    def _of(self, kind: str) -> list[Any] | None:
        if kind not in self._known:
            kept = self._cache.get(self._kind, [kind]).get(kind)
            self._known[kind] = None if kept is None else json.loads(kept)
        return self._known[kind]
