"""From a place to a registry and findings: alone joins store and text, decides what is read and what is thawed."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from orgreg.load.reading import FOLDERS as FOLDERS
from orgreg.load.reading import REGISTRY as REGISTRY
from orgreg.load.reading import File, Reading, Source
from orgreg.model.registry import PAPERS, PLANS, UNITS, Registry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from orgreg.load.reading import Progress
    from orgreg.model.finding import Finding
    from orgreg.store import Files


@dataclass(frozen=True, slots=True)
class Loaded:
    """A registry of what could be read, and a finding for every fault of what could not."""

    registry: Registry
    findings: tuple[Finding, ...]


def load(
    files: Files,
    *,
    folders: Collection[str] = FOLDERS,
    municipality: str | None = None,
    progress: Progress | None = None,
) -> Loaded:
    """Read a state of a register: all of it, or only some of its folders, or one municipality.

    What the files' cache has of bytes that have been read before is taken from there.
    """
    from orgreg.load.keys import misnamed, sorted_out

    reading = Reading(Source.of(files, municipality))
    if not reading.vocabulary():
        return Loaded(Registry(vocabulary_read=False), tuple(reading.findings))
    keys = sorted(reading.source.names)
    mine = sorted_out(keys, reading.findings)
    reading.unreadable |= misnamed(keys, mine)
    wanted = (File.of(key) for key in mine)
    reading.files([one for one in wanted if one.folder in folders and municipality in {None, one.city}], progress)
    return Loaded(reading.registry(), tuple(reading.findings))


def shelved(files: Files, *, through: Collection[tuple[str, str]] | None = None) -> Registry:
    """A register whose files are read one by one, each when it is first asked for by its identity.

    Going through a folder reads all of it, or only `through`: pairs of folder and identity. What those lead to is
    found by its identity all the same.
    """
    from orgreg.load.keys import misnamed, sorted_out

    reading = Reading(Source.of(files))
    if not reading.vocabulary():
        return Registry(vocabulary_read=False)
    keys = sorted(reading.source.names)
    mine = sorted_out(keys, reading.findings)
    lost = misnamed(keys, mine)
    known: dict[str, dict[str, File]] = {folder: {} for folder in FOLDERS}
    for key in mine:
        one = File.of(key)
        known[one.folder][one.identity] = one
    return registry_of(reading, known, through, lost)


def registry_of(
    reading: Reading,
    known: Mapping[str, Mapping[str, File]],
    through: Collection[tuple[str, str]] | None,
    lost: Collection[tuple[str, str]] = (),
) -> Registry:
    """A register over the files known by folder and identity. `lost` is what files in wrong places were meant to be."""
    shelves = {
        folder: _Shelf(
            reading,
            folder,
            keyed,
            keyed if through is None else sorted(one for at, one in through if at == folder and one in keyed),
        )
        for folder, keyed in known.items()
    }
    return Registry(
        municipalities=reading.registry().municipalities,
        units=shelves[UNITS],
        papers=shelves[PAPERS],
        plans=shelves[PLANS],
        unreadable=_Lost(shelves, lost),
        uri=reading.uri,
        vocabulary_read=reading.vocabulary_read,
    )


class _Shelf(Mapping[str, Any]):
    """The things of one folder by identity. A file that cannot be read is not there."""

    def __init__(self, reading: Reading, folder: str, keyed: Mapping[str, File], through: Collection[str]) -> None:
        self._reading, self._folder, self._keyed, self._through = reading, folder, keyed, through

    def __getitem__(self, identity: str) -> Any:  # noqa: ANN401 - a unit, a paper or a plan, as the folder says
        if not self.reads(identity):
            raise KeyError(identity)
        return self._reading.read[self._folder][identity]

    def __iter__(self) -> Iterator[str]:
        return filter(self.reads, sorted(self._through))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def reads(self, identity: str) -> bool:
        """Whether there is a file of that identity that can be read."""
        reading = self._reading
        if identity not in reading.read[self._folder] and identity in self._keyed and not self.has_lost(identity):
            reading.file(self._keyed[identity])
        return identity in reading.read[self._folder]

    def has_lost(self, identity: str) -> bool:
        """Whether its file has been found to be unreadable."""
        return (self._folder, identity) in self._reading.unreadable

    def lost(self) -> Iterator[str]:
        """What is gone through and cannot be read."""
        return (identity for identity in sorted(self._through) if not self.reads(identity))


class _Lost(AbstractSet[tuple[str, str]]):
    """The identities, by folder, whose files cannot be read: found out when asked."""

    def __init__(self, shelves: Mapping[str, _Shelf], otherwise: Collection[tuple[str, str]]) -> None:
        self._shelves, self._otherwise = shelves, otherwise

    def __contains__(self, one: object) -> bool:
        if one in self._otherwise:
            return True
        folder, identity = cast("tuple[str, str]", one)
        shelf = self._shelves.get(folder)
        return shelf is not None and not shelf.reads(identity) and shelf.has_lost(identity)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        yield from self._otherwise
        for folder, shelf in self._shelves.items():
            yield from ((folder, identity) for identity in shelf.lost())

    def __len__(self) -> int:
        return sum(1 for _ in self)


def alone(files: Files, key: str) -> Loaded:
    """One file by itself, without the vocabulary; of registry.yaml the vocabulary without files."""
    from orgreg.load.keys import fault_of_name

    reading = Reading(Source.of(files))
    if key == REGISTRY:
        reading.vocabulary()
    elif fault_of_name(key) is None:
        reading.file(File.of(key))
    return Loaded(reading.registry(), tuple(reading.findings))


def kind_of(key: str) -> str | None:
    """The kind of file that a key names: its folder, or `registry`; None where the register reads no file."""
    if key == REGISTRY:
        return "registry"
    from orgreg.load.keys import fault_of_name

    return key.split("/")[1] if fault_of_name(key) is None else None
