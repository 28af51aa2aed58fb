"""From a place to a registry and findings: alone joins store and text, decides what is read and what is thawed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from orgreg.model.finding import Finding, Place, Rule
from orgreg.model.registry import PAPERS, PLANS, UNITS, Municipality, Registry
from orgreg.store import Obstacle, Trouble
from orgreg.text import refusals
from orgreg.text.freeze import freeze
from orgreg.text.grammar import FORMATS, faults
from orgreg.text.scan import MAX_BYTES, Scanned, scan
from orgreg.text.thaw import thaw_municipalities, thaw_paper, thaw_plan, thaw_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from orgreg.store import Files

REGISTRY: Final = "data/registry.yaml"
FOLDERS: Final = (UNITS, PAPERS, PLANS)
_SLUG: Final = re.compile("[a-z0-9][a-z0-9-]*", re.ASCII)
_TOP: Final = Place(1, 1)
_SPELLED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", " ": "-", "_": "-"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """A registry of what could be read, and a finding for every fault of what could not."""

    registry: Registry
    findings: tuple[Finding, ...]


def load(files: Files, *, folders: Collection[str] = FOLDERS, municipality: str | None = None) -> Loaded:
    """Read a state of a register: all of it, or only some of its folders, or one municipality."""
    reading = _Reading()
    if not reading.vocabulary(files):
        return Loaded(Registry(vocabulary_read=False), tuple(reading.findings))
    keys = files.keys()
    mine = _sorted_out(keys, reading.findings)
    reading.unreadable |= _misnamed(keys, mine)
    for key in mine:
        folder, city, slug = key.split("/")[1:]
        if folder in folders and municipality in {None, city}:
            reading.file(files, key, folder, f"{city}/{slug.removesuffix('.yaml')}")
    return Loaded(reading.registry(), tuple(reading.findings))


def shelved(files: Files, *, through: Collection[tuple[str, str]] | None = None) -> Registry:
    """A register whose files are read one by one, each when it is first asked for by its identity.

    Going through a folder reads all of it, or only `through`: pairs of folder and identity. What those lead to is
    found by its identity all the same.
    """
    reading = _Reading()
    if not reading.vocabulary(files):
        return Registry(vocabulary_read=False)
    keys = files.keys()
    mine = _sorted_out(keys, reading.findings)
    lost = _misnamed(keys, mine)
    known: dict[str, dict[str, str]] = {folder: {} for folder in FOLDERS}
    for key in mine:
        folder, city, slug = key.split("/")[1:]
        known[folder][f"{city}/{slug.removesuffix('.yaml')}"] = key
    shelves = {
        folder: _Shelf(
            reading,
            files,
            folder,
            keyed,
            sorted(keyed) if through is None else sorted(one for at, one in through if at == folder and one in keyed),
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


_THAW: Final[dict[str, Callable[[str, dict[str, Any]], Any]]] = {UNITS: thaw_unit, PAPERS: thaw_paper, PLANS: thaw_plan}


@dataclass(slots=True)
class _Reading:
    findings: list[Finding] = field(default_factory=list)
    cities: dict[str, Municipality] = field(default_factory=dict)
    uri: str | None = None
    vocabulary_read: bool = False
    read: dict[str, dict[str, Any]] = field(default_factory=lambda: {folder: {} for folder in FOLDERS})
    unreadable: set[tuple[str, str]] = field(default_factory=set)

    def vocabulary(self, files: Files) -> bool:
        """Read registry.yaml. False only where it says that all files are of a format that is not known here."""
        scanned = _scanned(files, REGISTRY)
        if scanned.findings:
            self.findings += scanned.findings
            return True
        written = scanned.tree.get("format") if isinstance(scanned.tree, dict) else None
        if written is not None and str(written) not in FORMATS:
            message = f"the register is of format {written}; this orgreg reads {', '.join(FORMATS)}"
            hint = "install the orgreg that its README names; no file was read"
            self.findings.append(Finding(refusals.OTHER_FORMAT, REGISTRY, message, hint, route=("format",)))
            return False
        found = faults(scanned.tree, "registry", REGISTRY)
        self.findings += found
        if not found:
            frozen: Any = freeze(scanned.tree)
            self.cities = thaw_municipalities(frozen)
            self.uri = frozen.get("uri")
            self.vocabulary_read = True
        return True

    def file(self, files: Files, key: str, folder: str, identity: str) -> None:
        """Read the file of one identity."""
        scanned = _scanned(files, key)
        found = scanned.findings or faults(scanned.tree, folder, key)
        if found:
            self.findings += found
            self.unreadable.add((folder, identity))
            return
        frozen: Any = freeze(scanned.tree)
        self.read[folder][identity] = _THAW[folder](identity, frozen)

    def registry(self) -> Registry:
        """What has been read."""
        cities = dict(self.cities)
        if not self.vocabulary_read:
            # The folders alone tell which cities there are; what they call things is not known.
            for identity in sorted({one for read in self.read.values() for one in read}):
                city = identity.partition("/")[0]
                cities.setdefault(city, Municipality(city, city))
        return Registry(
            municipalities=cities,
            units=self.read[UNITS],
            papers=self.read[PAPERS],
            plans=self.read[PLANS],
            unreadable=frozenset(self.unreadable),
            uri=self.uri,
            vocabulary_read=self.vocabulary_read,
        )


class _Shelf(Mapping[str, Any]):
    """The things of one folder by identity. A file that cannot be read is not there."""

    def __init__(
        self, reading: _Reading, files: Files, folder: str, keyed: Mapping[str, str], through: Sequence[str]
    ) -> None:
        self._reading, self._files, self._folder, self._keyed, self._through = reading, files, folder, keyed, through

    def __getitem__(self, identity: str) -> Any:  # noqa: ANN401 - a unit, a paper or a plan, as the folder says
        if not self.reads(identity):
            raise KeyError(identity)
        return self._reading.read[self._folder][identity]

    def __iter__(self) -> Iterator[str]:
        return filter(self.reads, self._through)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def reads(self, identity: str) -> bool:
        """Whether there is a file of that identity that can be read."""
        reading = self._reading
        if identity not in reading.read[self._folder] and identity in self._keyed and not self.has_lost(identity):
            reading.file(self._files, self._keyed[identity], self._folder, identity)
        return identity in reading.read[self._folder]

    def has_lost(self, identity: str) -> bool:
        """Whether its file has been found to be unreadable."""
        return (self._folder, identity) in self._reading.unreadable

    def lost(self) -> Iterator[str]:
        """What is gone through and cannot be read."""
        return (identity for identity in self._through if not self.reads(identity))


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


def kind_of(key: str) -> str | None:
    """The kind of file that a key names: its folder, or `registry`; None where the register reads no file."""
    if key == REGISTRY:
        return "registry"
    return key.split("/")[1] if _fault_of_name(key) is None else None


def _scanned(files: Files, key: str) -> Scanned:
    data = files.read(key, MAX_BYTES + 1)
    return Scanned(None, [_trouble(data, key)]) if isinstance(data, Trouble) else scan(data, key)


def _trouble(trouble: Trouble, key: str) -> Finding:
    rule, message, hint = {
        Obstacle.LINK: (
            refusals.LINK,
            f"the file is a link to {trouble.reason}",
            "put the file itself here; a register holds its own bytes, and a link may lead out of data/",
        ),
        Obstacle.SPECIAL: (refusals.NOT_A_FILE, f"this is {trouble.reason}", "take it out of data/"),
        Obstacle.UNREADABLE: (
            refusals.UNREADABLE_FILE,
            f"the file cannot be read: {trouble.reason}",
            "give yourself the right to read it",
        ),
    }[trouble.obstacle]
    return Finding(rule, key, message, hint, place=_TOP)


def _sorted_out(keys: list[str], findings: list[Finding]) -> list[str]:
    """The keys that are files of the register; a finding for each that only looks like one."""
    mine: list[str] = []
    slugs = {key for key in keys if _fault_of_name(key) is None}
    folded: dict[str, list[str]] = {}
    for key in keys:
        folded.setdefault(key.casefold(), []).append(key)
    for key in keys:
        if key in slugs:
            mine.append(key)
        elif key != REGISTRY and not _is_beside(key):
            twins = [other for other in folded[key.casefold()] if other != key]
            rule, message, hint = (_twin(twins[0]) if twins else None) or _fault_of_name(key) or _misplaced()
            findings.append(Finding(rule, key, message, hint, place=_TOP))
    return mine


def _misnamed(keys: Iterable[str], mine: Iterable[str]) -> set[tuple[str, str]]:
    """What files with a wrong name or place were meant to be."""
    return {_meant(key) for key in set(keys).difference(mine) if key != REGISTRY and not _is_beside(key)}


def _meant(key: str) -> tuple[str, str]:
    """The folder and identity that a file with a wrong name was meant to have: what leads there is not lost too."""
    folder, _, rest = key.casefold().translate(_SPELLED).removeprefix("data/").partition("/")
    return folder, rest.removesuffix(".yaml").removesuffix(".yml")


def _twin(other: str) -> tuple[Rule, str, str]:
    return (
        refusals.DIFFERS_BY_CASE,
        f"the name differs from {other} only by upper and lower case",
        "rename or join the two: on Windows and macOS they are one file",
    )


def _is_beside(key: str) -> bool:
    """Whether people put it beside the register's files on purpose: a README, not what looks like one of them."""
    parts = key.split("/")
    return len(parts) == 2 and not key.lower().endswith((".yaml", ".yml"))  # noqa: PLR2004 - data/README.md


def _misplaced() -> tuple[Rule, str, str]:
    folders = ", ".join(f"data/{folder}" for folder in FOLDERS)
    return (
        refusals.MISPLACED_FILE,
        "the register reads no file here",
        f"it reads <municipality>/<slug>.yaml in {folders}: move it there, or out of data/",
    )


def _fault_of_name(key: str) -> tuple[Rule, str, str] | None:
    parts = key.split("/")
    if len(parts) != 4 or parts[1] not in FOLDERS:  # noqa: PLR2004 - data/units/bs/rat.yaml
        return _misplaced()
    stem, _, ending = parts[3].rpartition(".")
    if ending != "yaml":
        if ending.lower() not in {"yml", "yaml"}:
            return _misplaced()
        message = "the register reads only files that end in .yaml"
        return refusals.MISPLACED_FILE, message, f"rename it to {stem}.yaml"
    for name in (parts[2], stem):
        if _SLUG.fullmatch(name) is None:
            hint = "rename it: a-z, 0-9 and hyphens, ä as ae, beginning with a letter or digit"
            return refusals.NO_SLUG, f"{name or 'an empty name'} is no slug", hint
    return None
