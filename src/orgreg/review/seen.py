"""Files as they were when they were first looked at: what is kept of an answer counts for just these bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from orgreg.store import Named, Trouble
    from orgreg.store.cache import Keeping


class Seen:
    """Files that keep the names of their bytes for as long as a command runs.

    `is_whole` tells whether all have bytes, and `is_true` whether all that has been read since is what was seen.
    """

    def __init__(self, files: Named) -> None:
        self._files = files
        self.cache: Keeping = files.cache
        known = files.named()
        self._read: dict[str, bytes] = {}
        self._names = {key: name for key, name in known.items() if name is not None}
        if len(self._names) < len(known):
            self._look(sorted(known.keys() - self._names.keys()))
        self.is_whole = len(self._names) == len(known)
        self.is_true = True

    @property
    def names(self) -> Mapping[str, str]:
        """The name of the bytes of each file that has bytes, by key."""
        return self._names

    def _look(self, keys: Collection[str]) -> None:
        from orgreg.text.scan import MAX_BYTES

        for key in keys:
            data = self._files.read(key, MAX_BYTES + 1)
            if isinstance(data, bytes):
                self._read[key] = data
                self._names[key] = self._files.name(key, data)
        self._files.settle()

    def keys(self) -> list[str]:
        """Every key, sorted."""
        return sorted(self._names)

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        """The first bytes of a file."""
        from orgreg.text.scan import MAX_BYTES

        if key not in self._read:
            data = self._files.read(key, MAX_BYTES + 1)
            if not isinstance(data, bytes) or self._files.name(key, data) != self._names.get(key):
                self.is_true = False
                return data if not isinstance(data, bytes) else data[:at_most]
            self._read[key] = data
        return self._read[key][:at_most]

    def named(self, municipality: str | None = None) -> Mapping[str, str | None]:  # noqa: ARG002 - as the protocol says
        """Every key with the name of its bytes."""
        return {**self._names}

    def folders(self, municipality: str | None = None) -> None:
        """They are not asked for by folder."""

    def name(self, key: str, data: bytes) -> str:
        """The name of bytes that have been read: mostly those that were seen."""
        return self._names[key] if data is self._read.get(key) else self._files.name(key, data)

    def prepare(self, keys: Collection[str]) -> None:
        """Make ready to read these."""
        self._files.prepare(keys)

    def settle(self) -> None:
        """Keep the names of what has been read."""
        self._files.settle()
