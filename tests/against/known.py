"""Files in memory whose bytes have names, with a cache in memory: a register that was read before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.load import load
from orgreg.store.looks import name_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from orgreg.store import Trouble
    from tests.against.states import Lying


class Kept:
    """A cache that forgets nothing and lies nowhere."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, str], bytes] = {}

    def get(self, kind: str, keys: Collection[str]) -> dict[str, bytes]:
        return {key: self._values[kind, key] for key in keys if (kind, key) in self._values}

    def put(self, kind: str, made: Mapping[str, bytes]) -> None:
        self._values |= {(kind, key): value for key, value in made.items()}

    def connection(self) -> None:
        """There is no database."""


class Known:
    """The files of a state that have been read before."""

    def __init__(self, files: Lying, cache: Kept) -> None:
        self.files, self.cache = files, cache
        load(self)

    def keys(self) -> list[str]:
        return self.files.keys()

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        return self.files.read(key, at_most)

    def named(self, municipality: str | None = None) -> dict[str, str | None]:
        return {
            key: self.name(key, data)
            for key, data in self.files.files.items()
            if municipality is None or f"/{municipality}/" in key or key.endswith("registry.yaml")
        }

    def folders(self, municipality: str | None = None) -> None:
        """They are not known by folder."""

    def name(self, key: str, data: bytes) -> str:  # noqa: ARG002 - as the protocol says
        return name_of(data)

    def prepare(self, keys: Collection[str]) -> None:
        """They are ready."""

    def settle(self) -> None:
        """They have their names."""
