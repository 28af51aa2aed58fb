"""What the system says of files, by which those that have not changed are known without reading them.

A file is taken for unchanged where its name, size, times (of its bytes and of its entry), number and mode are those
that it had when it was read. One that was changed less than two seconds before it was read is not remembered: it might
change again without its times telling. `now` is the clock, in nanoseconds. Git's index is not asked: it tells of what
git would record, which behind a filter is not what lies here, and it says nothing without git.

Where a whole folder looks as it did, one digest says so, and the names of its files' bytes are looked up only if
somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial
from itertools import chain
from struct import Struct
from struct import error as TooLarge  # noqa: N812 - it is an exception
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from orgreg.store.edition import edition

try:
    from _blake2 import blake2b  # what hashlib gives, without waiting for OpenSSL
except ImportError:
    from hashlib import blake2b

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from orgreg.store.cache import Keeping

_LOOKS: Final = "looks"
"""By folder: digests of what its files look like, and of their names with those of their bytes; whether it is plain."""
_BYTES: Final = "bytes"
"""By folder: the digest of what its files look like, and the names of their bytes."""
_SEEN: Final = "seen"
"""What they looked like: needed only where they do not look so now."""
_QUIET: Final = 2_000_000_000
"""Nanoseconds that a file must have been left alone: the times of some file systems are that coarse."""
_UNKNOWN: Final = "-"
_PLAIN: Final = "plain"
_TOLD: Final = Struct("<qqqQI")
"""Of a file: its size, the times of its bytes and of its entry, its number, its mode."""
_NOT_TOLD: Final = bytes(_TOLD.size)
"""Of one that the system says nothing of, or what is out of all bounds: by that nothing is known."""
_SHA1: Final = 40
"""Letters of a name that is made with SHA-1."""
_ENDING: Final = ".yaml"
_SIGNS: Final = "abcdefghijklmnopqrstuvwxyz0123456789-"


class Folder(Mapping[str, "str | None"]):
    """The files of a folder, each with the name of its bytes where that is known; these are looked up when needed."""

    def __init__(self, entries: Collection[str], names: Callable[[], Mapping[str, str | None]]) -> None:
        self._entries = entries
        self._told = names

    @classmethod
    def of(cls, names: Mapping[str, str | None]) -> Folder:
        """A folder whose files are told."""
        return cls(names.keys(), lambda: names)

    @cached_property
    def names(self) -> Mapping[str, str | None]:
        """The names of the bytes, by the name of the file."""
        return self._told()

    @cached_property
    def digest(self) -> str | None:
        """The digest of the names of the files and of their bytes; None where those of some are not known."""
        return digest_of(self.names)

    @cached_property
    def is_plain(self) -> bool:
        """Whether every name is as those of a register's files are."""
        return all(entry.endswith(_ENDING) and is_slug(entry[: -len(_ENDING)]) for entry in self._entries)

    def __getitem__(self, name: str) -> str | None:
        return self.names[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def is_slug(name: str) -> bool:
    """Whether a name is of small letters, digits and hyphens, and does not begin with a hyphen."""
    return name != "" and name[0] != "-" and not name.strip(_SIGNS)


def digest_of(names: Mapping[str, str | None]) -> str | None:
    """The digest of the files of a folder; None where the bytes of some are not known."""
    if None in names.values():
        return None
    told = chain.from_iterable(sorted(cast("Mapping[str, str]", names).items()))
    return digest_of_bytes("\0".join(told).encode(errors="surrogateescape"))


class _Look(NamedTuple):
    """The files of a folder as they are seen: their names, and what the system says of each."""

    names: list[str]
    told: list[bytes]

    def packed(self) -> bytes:
        return "\0".join([*self.names, ""]).encode(errors="surrogateescape") + b"".join(self.told)


class Looks:
    """The files of one register as they are seen now, and as they were seen when they were last read."""

    def __init__(self, root: Path, cache: Keeping, now: Callable[[], int]) -> None:
        self._root = str(root)
        self._cache = cache
        self._now = now
        self._looked: dict[str, _Look] = {}
        self._known: dict[str, Folder] = {}
        self._learnt: dict[str, tuple[bytes, str]] = {}
        self._latest: tuple[bytes, str] | None = None

    def known(self, folders: Iterable[tuple[str, Iterable[os.DirEntry[str]]]]) -> dict[str, Folder]:
        """The files of some folders."""
        looked = {folder: _look(entries) for folder, entries in folders}
        kept = self._get(_LOOKS, [self._place(folder) for folder, look in looked.items() if look.names])
        self._looked |= looked
        for folder, look in looked.items():
            place, packed = self._place(folder), look.packed()
            known = Folder(look.names, partial(self._named, place, look, packed))
            if place in kept:
                seen, digest, plain = kept[place].decode("ascii").split(" ")
                if seen == digest_of_bytes(packed):
                    known.is_plain = plain == _PLAIN
                    if digest != _UNKNOWN:
                        known.digest = digest
            self._known[folder] = known
        return {folder: self._known[folder] for folder in looked}

    def learn(self, key: str, looked: os.stat_result, data: bytes) -> None:
        """A file has been read whole, and this is what the system says of it."""
        told = _told(looked)
        if told != _NOT_TOLD and self._now() - max(looked.st_mtime_ns, looked.st_ctime_ns) > _QUIET:
            name = name_of(data)
            self._learnt[key] = told, name
            self._latest = data, name

    def name(self, data: bytes) -> str:
        """The name of bytes; it need not be found again where they are those that have been learnt last."""
        if self._latest is not None and self._latest[0] is data:
            return self._latest[1]
        return name_of(data)

    def settle(self) -> None:
        """Keep what has been learnt of the folders that have been looked at."""
        learnt: dict[str, dict[str, tuple[bytes, str]]] = {}
        for key, one in self._learnt.items():
            folder, _, entry = key.rpartition("/")
            learnt.setdefault(folder, {})[entry] = one
        kept: dict[str, dict[str, bytes]] = {_SEEN: {}, _BYTES: {}, _LOOKS: {}}
        for folder, found in learnt.items():
            if folder in self._looked:
                look, names = self._looked[folder], dict(self._known[folder])
                for entry, told in zip(look.names, look.told, strict=True):
                    if entry in found and found[entry][0] == told:
                        names[entry] = found[entry][1]
                self._known[folder] = now = Folder.of(names)
                place, packed = self._place(folder), look.packed()
                seen = digest_of_bytes(packed)
                told_names = " ".join(names[entry] or _UNKNOWN for entry in look.names)
                kept[_SEEN][place] = packed
                kept[_BYTES][place] = f"{seen}\n{told_names}".encode("ascii")
                plain = _PLAIN if now.is_plain else _UNKNOWN
                kept[_LOOKS][place] = f"{seen} {now.digest or _UNKNOWN} {plain}".encode("ascii")
        self._learnt.clear()
        for kind, made in kept.items():
            self._cache.put(_of_this_edition(kind), made)

    def _named(self, place: str, look: _Look, packed: bytes) -> dict[str, str | None]:
        """The names of the bytes of those files that look as they did."""
        of, names = self._bytes(place)
        if of == digest_of_bytes(packed):
            return dict(zip(look.names, names, strict=True))
        before = self._get(_SEEN, [place]).get(place, b"")
        if of != digest_of_bytes(before):  # the two are not of the same time, or there are none
            return dict.fromkeys(look.names)
        known = dict(zip(_unpacked(before, len(names)), names, strict=True))
        return {entry: known.get((entry, told)) for entry, told in zip(look.names, look.told, strict=True)}

    def _bytes(self, place: str) -> tuple[str, list[str | None]]:
        of, _, names = self._get(_BYTES, [place]).get(place, b"").decode("ascii").partition("\n")
        return of, [None if name == _UNKNOWN else name for name in names.split(" ")]

    def _get(self, kind: str, places: Collection[str]) -> dict[str, bytes]:
        return self._cache.get(_of_this_edition(kind), places)

    def _place(self, folder: str) -> str:
        return f"{self._root}/{folder}".encode(errors="surrogateescape").decode(errors="backslashreplace")


def name_of(data: bytes, naming: str = "sha1") -> str:
    """The name that git gives to a file's bytes."""
    import hashlib  # takes longer to import than a short answer needs otherwise

    begin = hashlib.sha1 if naming == "sha1" else hashlib.sha256
    named = begin(b"blob %d\0" % len(data), usedforsecurity=False)
    named.update(data)
    return named.hexdigest()


def naming_of(name: str) -> str:
    """The way in which git has made a name: its length tells."""
    return "sha1" if len(name) == _SHA1 else "sha256"


def _of_this_edition(kind: str) -> str:
    return f"{kind} {edition('store/looks.py')}"


def digest_of_bytes(told: bytes) -> str:
    """A digest by which bytes that have been seen are known again."""
    return blake2b(told, digest_size=20).hexdigest()


def _look(entries: Iterable[os.DirEntry[str]]) -> _Look:
    names: list[str] = []
    told: list[bytes] = []
    for entry in entries:
        names.append(entry.name)
        try:
            told.append(_told(entry.stat(follow_symlinks=False)))
        except OSError:
            told.append(_NOT_TOLD)
    return _Look(names, told)


def _unpacked(packed: bytes, count: int) -> list[tuple[str, bytes]]:
    """The names of so many files, and what was said of each."""
    size = _TOLD.size
    begins = len(packed) - count * size
    names = packed[: begins - 1].decode(errors="surrogateescape").split("\0")
    return [(name, packed[at : at + size]) for name, at in zip(names, range(begins, len(packed), size), strict=True)]


def _told(looked: os.stat_result) -> bytes:
    try:
        return _TOLD.pack(looked.st_size, looked.st_mtime_ns, looked.st_ctime_ns, looked.st_ino, looked.st_mode)
    except TooLarge:
        return _NOT_TOLD
