"""What the system says of files, by which those that have not changed are known without reading them.

A file is taken for unchanged where its name, size, times (of its bytes and of its entry), and number are those that it
had when it was read. One that was changed less than two seconds before it was read is not remembered: it might
change again without its times telling. `now` is the clock, in nanoseconds. Git's index is not asked: it tells of what
git would record, which behind a filter is not what lies here, and it says nothing without git.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

try:
    from _blake2 import blake2b  # what hashlib gives, without waiting for OpenSSL
except ImportError:
    from hashlib import blake2b

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from orgreg.store.cache import Keeping

_NAMES: Final = "names"
"""The names of the bytes in a folder, and a digest of what its files looked like."""
_SEEN: Final = "seen"
"""What they looked like: needed only where they do not look so now."""
_QUIET: Final = 2_000_000_000
"""Nanoseconds that a file must have been left alone: the times of some file systems are that coarse."""
_UNKNOWN: Final = "-"


class Looks:
    """The files of one register as they are seen now, and as they were seen when they were last read."""

    def __init__(self, root: Path, cache: Keeping, now: Callable[[], int]) -> None:
        self._root = str(root)
        self._cache = cache
        self._now = now
        self._seen: dict[str, tuple[Sequence[tuple[str, str]], list[str]]] = {}
        self._learnt: dict[str, tuple[str, str]] = {}

    def known(self, folder: str, entries: Iterable[os.DirEntry[str]]) -> dict[str, str | None]:
        """The files of a folder, each with the name of its bytes where that is known."""
        told = sorted([(entry.name, _told_of(entry)) for entry in entries])
        if not told:
            return {}
        place, now = self._place(folder), _joined(told)
        digest, _, kept = self._kept(_NAMES, place).partition("\n")
        names = kept.split(" ")
        if digest != _digest(now):
            before = self._kept(_SEEN, place)
            is_of = _digest(before) == digest  # else the two are not of the same time
            known = dict(zip(before.split("\0"), names, strict=True)) if is_of else {}
            names = [known.get(each, _UNKNOWN) for each in now.split("\0")]
        self._seen[folder] = told, names
        return {entry: None if name == _UNKNOWN else name for (entry, _), name in zip(told, names, strict=True)}

    def learn(self, key: str, looked: os.stat_result, data: bytes) -> None:
        """A file has been read whole, and this is what the system says of it."""
        if self._now() - max(looked.st_mtime_ns, looked.st_ctime_ns) > _QUIET:
            self._learnt[key] = _told(looked), name_of(data)

    def settle(self) -> None:
        """Keep what has been learnt of the folders that have been looked at."""
        learnt: dict[str, dict[str, tuple[str, str]]] = {}
        for key, one in self._learnt.items():
            folder, _, entry = key.rpartition("/")
            learnt.setdefault(folder, {})[entry] = one
        seen: dict[str, bytes] = {}
        named: dict[str, bytes] = {}
        for folder, found in learnt.items():
            told, names = self._seen.get(folder, ((), []))
            for at, (entry, is_told) in enumerate(told):
                if entry in found and found[entry][0] == is_told:
                    names[at] = found[entry][1]
            place, now = self._place(folder), _joined(told)
            seen[place] = now.encode(errors="surrogateescape")
            named[place] = f"{_digest(now)}\n{' '.join(names)}".encode("ascii")
        self._learnt.clear()
        self._cache.put(_SEEN, seen)
        self._cache.put(_NAMES, named)

    def _kept(self, kind: str, place: str) -> str:
        return self._cache.get(kind, [place]).get(place, b"").decode(errors="surrogateescape")

    def _place(self, folder: str) -> str:
        return f"{self._root}/{folder}".encode(errors="surrogateescape").decode(errors="backslashreplace")


def name_of(data: bytes, naming: str = "sha1") -> str:
    """The name that git gives to a file's bytes."""
    from hashlib import new  # takes longer to import than a short answer needs otherwise

    named = new(naming, usedforsecurity=False)
    named.update(b"blob %d\0" % len(data))
    named.update(data)
    return named.hexdigest()


def _digest(seen: str) -> str:
    return blake2b(seen.encode(errors="surrogateescape"), digest_size=20).hexdigest()


def _joined(told: Iterable[tuple[str, str]]) -> str:
    return "\0".join(f"{entry}/{each}" for entry, each in told)


def _told_of(entry: os.DirEntry[str]) -> str:
    try:
        if entry.is_file(follow_symlinks=False):
            return _told(entry.stat(follow_symlinks=False))
    except OSError:
        pass
    return _UNKNOWN


def _told(looked: os.stat_result) -> str:
    return f"{looked.st_size} {looked.st_mtime_ns} {looked.st_ctime_ns} {looked.st_ino}"
