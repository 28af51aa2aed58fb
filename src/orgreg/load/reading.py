"""Reading the files of one state: from the cache what it has of their bytes, and from the files the rest."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from orgreg.model.registry import PAPERS, PLANS, UNITS, Municipality, Registry
from orgreg.store import Named, Obstacle, Trouble
from orgreg.store.cache import NoCache
from orgreg.store.edition import GRAMMAR, edition
from orgreg.text.vocabulary import thaw_municipalities

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from orgreg.load.shapes import Shapes
    from orgreg.model.finding import Finding
    from orgreg.store import Files
    from orgreg.store.cache import Keeping

    Progress = Callable[[int, int], None]
    """Told how many files of how many have been read."""

REGISTRY: Final = "data/registry.yaml"
FOLDERS: Final = (UNITS, PAPERS, PLANS)
_TOGETHER: Final = 1000
"""Files that are looked up in the cache at once."""
_FEW: Final = 50
"""So few files that are not known by their looks are looked up by their bytes, one by one."""
_VOCABULARY: Final = "registry"
_AS_TEXT: Final = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, check_circular=False).encode


class File(NamedTuple):
    """A file of the register: its key, and the folder and identity that follow from it."""

    key: str
    folder: str
    identity: str

    @classmethod
    def of(cls, key: str) -> File:
        """The file of a key that has the form of one."""
        _, folder, identity = key.split("/", 2)
        return cls(key, folder, identity.removesuffix(".yaml"))

    @property
    def city(self) -> str:
        """The municipality in whose folder it lies."""
        return self.identity.partition("/")[0]


class Source(NamedTuple):
    """Files with the names of their bytes as far as they are known, and where what is made of them is kept."""

    files: Files
    names: Mapping[str, str | None]
    cache: Keeping

    @classmethod
    def of(cls, files: Files, municipality: str | None = None) -> Source:
        """All files, or those of one municipality and what lies beside all; what has no names is not kept."""
        if isinstance(files, Named):
            return cls(files, files.named(municipality), files.cache)
        return cls(files, dict.fromkeys(files.keys()), NoCache())

    def prepare(self, keys: Collection[str]) -> None:
        """These will be read."""
        if isinstance(self.files, Named):
            self.files.prepare(keys)

    def name(self, key: str, data: bytes) -> str | None:
        """The name of bytes that have been read, if anything can be kept of them.

        Since the names were looked up they may have become others.
        """
        if isinstance(self.cache, NoCache):
            return None
        return cast("Named", self.files).name(key, data)  # no others have a cache

    def settle(self) -> None:
        """All that was to be read has been read."""
        if isinstance(self.files, Named):
            self.files.settle()

    def kept(self, kind: str, keys: Collection[str]) -> dict[str, Any]:
        """The frozen forms that the cache has, by key."""
        named = {key: name for key in keys if (name := self.names.get(key)) is not None}
        found = self.cache.get(kept_as(kind), set(named.values()))
        return {key: json.loads(found[name]) for key, name in named.items() if name in found}


@dataclass(slots=True)
class Reading:
    """What has been read so far."""

    source: Source
    findings: list[Finding] = field(default_factory=list)
    cities: dict[str, Municipality] = field(default_factory=dict)
    uri: str | None = None
    vocabulary_read: bool = False
    read: dict[str, dict[str, Any]] = field(default_factory=lambda: {folder: {} for folder in FOLDERS})
    unreadable: set[tuple[str, str]] = field(default_factory=set)
    made: dict[str, dict[str, bytes]] = field(default_factory=lambda: {kind: {} for kind in (_VOCABULARY, *FOLDERS)})
    learnt: dict[str, str] = field(default_factory=dict)
    """By key, the names of the bytes that have been read from files."""
    shapes: Shapes | None = None

    def vocabulary(self) -> bool:
        """Read registry.yaml. False only where it says that all files are of a format that is not known here."""
        frozen = self.source.kept(_VOCABULARY, [REGISTRY]).get(REGISTRY)
        if frozen is None:
            frozen, tree, name = self._read(_VOCABULARY, REGISTRY, look_again=True)
            if frozen is None and tree is not None:
                if self._is_of_another_format(tree):
                    return False
                frozen = self._fitting(_VOCABULARY, REGISTRY, tree, name, few=False)
                self.keep()
        if frozen is not None:
            self.cities = thaw_municipalities(frozen)
            self.uri = frozen.get("uri")
            self.vocabulary_read = True
        return True

    def _is_of_another_format(self, tree: object) -> bool:
        from orgreg.model.finding import Finding
        from orgreg.text import refusals
        from orgreg.text.grammar import FORMATS

        written = tree.get("format") if isinstance(tree, dict) else None
        if written is None or str(written) in FORMATS:
            return False
        message = f"the register is of format {written}; this orgreg reads {', '.join(FORMATS)}"
        hint = "install the orgreg that its README names; no file was read"
        self.findings.append(Finding(refusals.OTHER_FORMAT, REGISTRY, message, hint, route=("format",)))
        return True

    def files(self, wanted: Sequence[File], progress: Progress | None = None) -> None:
        """Read these, in this order."""
        for at in range(0, len(wanted), _TOGETHER):
            some = wanted[at : at + _TOGETHER]
            kept = {
                folder: self.source.kept(folder, [one.key for one in some if one.folder == folder])
                for folder in dict.fromkeys(one.folder for one in some)
            }
            missing = [one.key for one in some if one.key not in kept[one.folder]]
            if missing:
                self.source.prepare(missing)
            for place, one in enumerate(some, at + 1):
                frozen = kept[one.folder].get(one.key)
                self._take(one, self._parsed(one, look_again=len(missing) < _FEW) if frozen is None else frozen)
                if progress is not None:
                    progress(place, len(wanted))
            self.keep()
        self.source.settle()

    def file(self, one: File) -> None:
        """Read the file of one identity."""
        frozen = self.source.kept(one.folder, [one.key]).get(one.key)
        self._take(one, self._parsed(one, look_again=True) if frozen is None else frozen)
        self.keep()

    def _take(self, one: File, frozen: Any) -> None:  # noqa: ANN401 - texts, lists and mappings, or None
        if frozen is None:
            self.unreadable.add((one.folder, one.identity))
        else:
            self.read[one.folder][one.identity] = _thawing()[one.folder](one.identity, frozen)

    def _parsed(self, one: File, *, look_again: bool) -> Any:  # noqa: ANN401 - likewise
        frozen, tree, name = self._read(one.folder, one.key, look_again=look_again)
        if frozen is None and tree is not None:
            return self._fitting(one.folder, one.key, tree, name, few=look_again)
        return frozen

    def _read(self, kind: str, key: str, *, look_again: bool) -> tuple[Any, object, str | None]:
        """The frozen form that the cache has of the bytes that are read, else their tree; and their name."""
        from orgreg.text.scan import MAX_BYTES, scan

        data = self.source.files.read(key, MAX_BYTES + 1)
        if isinstance(data, Trouble):
            self.findings.append(_trouble(data, key))
            return None, None, None
        name = None
        if len(data) <= MAX_BYTES and (name := self.source.name(key, data)) is not None:
            self.learnt[key] = name
            if look_again and name != self.source.names.get(key):
                kept = self.source.cache.get(kept_as(kind), [name])
                if name in kept:
                    return json.loads(kept[name]), None, name
        scanned = scan(data, key)
        self.findings += scanned.findings
        return None, None if scanned.findings else scanned.tree, name

    def _fitting(self, kind: str, key: str, tree: object, name: str | None, *, few: bool) -> Any:  # noqa: ANN401 - likewise
        """The frozen form of a tree that fits the grammar; None for one that does not, which is found out each time."""
        from orgreg.text.freeze import freeze

        if self.shapes is None:
            from orgreg.load.shapes import Shapes

            self.shapes = Shapes(self.source.cache)
        if not (few and self.shapes.fits(kind, tree)):
            from orgreg.text.grammar import faults

            found = faults(tree, kind, key)
            if kind != _VOCABULARY:
                self.shapes.keep(kind)
            if found:
                self.findings += found
                return None
        frozen = freeze(tree)
        if name is not None:
            self.made[kind][name] = _bytes(frozen)
        return frozen

    def keep(self) -> None:
        """Keep the frozen forms that have been made."""
        for kind, made in self.made.items():
            self.source.cache.put(kept_as(kind), made)
            made.clear()

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


@cache
def _thawing() -> Mapping[str, Callable[[str, Any], Any]]:
    """What makes a unit, a paper or a plan of an identity and its frozen form, by folder."""
    from orgreg.text.thaw import thaw_paper, thaw_plan, thaw_unit

    return {UNITS: thaw_unit, PAPERS: thaw_paper, PLANS: thaw_plan}


def _bytes(frozen: object) -> bytes:
    # As it reads, and not with escapes: what is kept is searched too. Half a pair of surrogates may be written in YAML.
    return _AS_TEXT(frozen).encode(errors="surrogatepass")


def kept_as(kind: str) -> str:
    """The kind of what the cache keeps of a file of that kind."""
    return f"{kind} {edition(*GRAMMAR)}"


def _trouble(trouble: Trouble, key: str) -> Finding:
    from orgreg.model.finding import Finding, Place
    from orgreg.text import refusals

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
    return Finding(rule, key, message, hint, place=Place(1, 1))
