"""Where bytes lie: the working tree and the revisions of git. Keys and bytes only, nothing of their meaning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from orgreg.store.cache import Keeping


class Obstacle(Enum):
    """Why something under `data/` has no bytes to read."""

    UNREADABLE = "unreadable"
    LINK = "link"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What keeps a key from being read, with the system's words for it."""

    obstacle: Obstacle
    reason: str


class Missing(Exception):  # noqa: N818 - it names what is missing, and ends in a sentence with exit code 3
    """The surroundings lack something: no register here, no such revision. The message says what to do."""


class Recorded(NamedTuple):
    """A commit and when it was committed: what an answer about a past state says of it."""

    commit: str
    time: datetime


class Files(Protocol):
    """The files of one state of a register. Keys are paths below its root, with `/`: `data/units/bs/rat.yaml`."""

    def keys(self) -> list[str]:
        """Every key below `data/`, sorted; hidden files are left out."""
        ...

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        """The first bytes of the key's file, or why there are none."""
        ...


@runtime_checkable
class Named(Files, Protocol):
    """Files whose bytes have names, those of git's objects: equal names are equal bytes, here and in every revision."""

    cache: Keeping
    """Where what is made of their bytes is kept by these names."""

    def named(self, municipality: str | None = None) -> Mapping[str, str | None]:
        """Every key with the name of its bytes, as far as that is known without reading them.

        Of one municipality: its folders, and what lies beside the folders of municipalities; no other is entered.
        """
        ...

    def folders(self, municipality: str | None = None) -> Mapping[str, Mapping[str, str | None]] | None:
        """The same, folder by folder and without its path; None where some of it cannot be told."""
        ...

    def name(self, key: str, data: bytes) -> str:
        """The name of all the bytes of a file, as they have just been read."""
        ...

    def prepare(self, keys: Collection[str]) -> None:
        """Make ready to read these."""
        ...

    def settle(self) -> None:
        """Keep the names of what has been read, so that it need not be read again."""
        ...
