"""Where bytes lie: the working tree and the revisions of git. Keys and bytes only, nothing of their meaning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from datetime import datetime


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
