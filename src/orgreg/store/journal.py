"""A change of several files on its way to the disk: what its journal below `data/.orgreg/` says to whoever looks.

The folder `pending` counts as soon as it bears this name: from then on its new bytes are what the register says,
whether or not they are in their places yet. The folder `staging` does not count.
"""

from __future__ import annotations

import json
import re
import stat
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from orgreg.store import Missing, Obstacle, Trouble
from orgreg.store.working_tree import PENDING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

HOME: Final = "data/.orgreg"
MANIFEST: Final = "manifest.json"
_FORMAT: Final = 1
_STAGED: Final = re.compile(r"\d+\.(?:new|old)", re.ASCII)


class Standing(Enum):
    """How far a file has come: its bytes are the old ones, the new ones, or of someone else."""

    BEFORE = "before"
    AFTER = "after"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a change: digests of its bytes before and after, None where it is not there; the staged file."""

    key: str
    before: str | None
    after: str | None
    staged: str
    mode: int | None


@dataclass(frozen=True, slots=True)
class Journal:
    """The change that lies in a folder."""

    root: Path
    parts: Sequence[Part]

    def keys(self, found: Iterable[str]) -> set[str]:
        """The keys that there are when all is in place, of those that there are now."""
        keys = set(found)
        for part in self.parts:
            if self.standing(part) is not Standing.BEFORE:
                continue
            if part.after is None:
                keys.discard(part.key)
            elif self._bytes(part) is not None:
                keys.add(part.key)
        return keys

    def read(self, key: str) -> bytes | Trouble | None:
        """The bytes of a file that are not in their place yet; None where what counts lies there."""
        part = next((part for part in self.parts if part.key == key), None)
        if part is None or self.standing(part) is not Standing.BEFORE:
            return None
        return Trouble(Obstacle.UNREADABLE, "no such file or directory") if part.after is None else self._bytes(part)

    def standing(self, part: Part) -> Standing:
        """What lies in the place of a file."""
        if any((self.root / folder).is_symlink() for folder in _folders(part.key)):
            return Standing.OTHER
        found = digest_at(self.root / part.key)
        if found == part.after:
            return Standing.AFTER
        return Standing.BEFORE if found == part.before else Standing.OTHER

    def stuck(self) -> Part | None:
        """The first file that cannot be put in its place: other bytes lie there, or the new ones are gone."""
        for part in self.parts:
            standing = self.standing(part)
            is_gone = standing is Standing.BEFORE and part.after is not None and self._bytes(part) is None
            if standing is Standing.OTHER or is_gone:
                return part
        return None

    def _bytes(self, part: Part) -> bytes | None:
        try:
            return (self.root / PENDING / part.staged).read_bytes()
        except OSError:
            return None  # put in its place meanwhile


def journal(root: Path) -> Journal | None:
    """The change that counts and may not be in place yet."""
    manifest = root / PENDING / MANIFEST
    try:
        data = manifest.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Missing(f"{PENDING}/{MANIFEST} cannot be read: {words(error)}") from None
    try:
        return Journal(root, _parts(json.loads(data)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Missing(
            f"{PENDING}/{MANIFEST} is not as orgreg writes it. If no change was interrupted here, "
            f"delete the folder {PENDING}."
        ) from None


def written(parts: Iterable[Part]) -> bytes:
    """The manifest of a change."""
    files = [
        {"path": part.key, "before": part.before, "after": part.after, "staged": part.staged, "mode": part.mode}
        for part in parts
    ]
    return json.dumps({"format": _FORMAT, "files": files}, indent=1).encode()


def is_key(key: str) -> bool:
    """Whether a change may write there: below a folder of the register, and nowhere hidden."""
    parts = key.split("/")
    return len(parts) > 1 and all(part and part[0] != "." and not {"\\", ":", "\0"} & set(part) for part in parts)


def digest(data: bytes | None) -> str | None:
    """What stands for these bytes; None for a file that is not there."""
    return None if data is None else sha256(data).hexdigest()


def digest_at(path: Path) -> str | None:
    """The same of a file; of what is no ordinary file, something that stands for no bytes."""
    try:
        return digest(path.read_bytes()) if stat.S_ISREG(path.lstat().st_mode) else ""
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return ""


def words(error: OSError) -> str:
    """The system's words."""
    return (error.strerror or str(error)).lower()


def _folders(key: str) -> Iterator[str]:
    """The folders between `data/`, which may be a link, and the file."""
    parts = key.split("/")
    return ("/".join(parts[:depth]) for depth in range(2, len(parts)))


def _parts(told: Any) -> list[Part]:  # noqa: ANN401 - whatever the JSON says
    if told["format"] != _FORMAT:
        raise ValueError(told["format"])
    return [_part(one) for one in told["files"]]


def _part(told: Any) -> Part:  # noqa: ANN401 - likewise
    key, before, after, staged, mode = (told[name] for name in ("path", "before", "after", "staged", "mode"))
    # The folder may have come with a clone: it must not lead out of the register.
    is_fine = (
        is_key(key)
        and _STAGED.fullmatch(staged) is not None
        and all(one is None or isinstance(one, str) for one in (before, after))
        and (mode is None or isinstance(mode, int))
    )
    if not is_fine:
        raise ValueError(key)
    return Part(key, before, after, staged, mode)
