"""A proposed state beside the one that is merged: what it says otherwise, and which findings are new."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.check import check, check_between
from orgreg.check.comparison import Compared, compared
from orgreg.check.reach import Sides, reached
from orgreg.check.states import States
from orgreg.check.unchanged import Unchanged
from orgreg.check.views import Days, Layers, knowing_texts
from orgreg.load import REGISTRY, kind_of, load, shelved
from orgreg.model.registry import Registry, path_of
from orgreg.model.unit import municipality_of
from orgreg.store import Named, Obstacle, Trouble
from orgreg.store.cache import NoCache
from orgreg.store.looks import name_of
from orgreg.text.scan import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from orgreg.diff.amendment import Difference
    from orgreg.diff.shelves import Known
    from orgreg.load import Loaded
    from orgreg.model.finding import Finding, Severity
    from orgreg.store import Files
    from orgreg.store.cache import Keeping

_SHA1: Final = 40
"""Letters of a name in a repository that uses SHA-1."""
_CIRCLE: Final = "U002"


@dataclass(frozen=True)
class Review:
    """Both states, what differs between them, and their findings told apart."""

    states: States
    findings: Compared

    @property
    def grave(self) -> frozenset[Severity]:
        """How grave the new findings are."""
        return frozenset(one.rule.severity for one in self.findings.new)

    @property
    def difference(self) -> Difference:
        """What the proposed state says otherwise."""
        return self.states.difference


def review(base: Files | None, now: Files) -> Review:
    """Compare the files as they are with those that are merged; None where there is no register yet.

    Only what differs is parsed, and what the difference can reach; where that cannot be told, everything.
    """
    return (None if base is None else _in_part(base, now)) or whole(base, now)


def whole(base: Files | None, now: Files) -> Review:
    """The same, by checking both states wholly."""
    before = Registry() if base is None else _knowing(base, found := load(base))
    old = [] if base is None else [*found.findings, *check(before)]
    loaded = load(now)
    after = _knowing(now, loaded)
    states = States(before, after, _Words(base))
    return _told(states, old, [*loaded.findings, *check(after)])


def _knowing(files: Files, loaded: Loaded) -> Registry:
    def text(known: Known) -> bytes | None:
        data = files.read(path_of(*known), MAX_BYTES)
        return data if isinstance(data, bytes) else None

    return knowing_texts(loaded.registry, text)


def _told(states: States, old: Iterable[Finding], new: Iterable[Finding]) -> Review:
    new = [*new, *check_between(states)]
    found = compared((states.before, old), (states.after, new), states.renamed)
    paths = {path_of(folder, identity) for folder, identity in states.differing}
    # Of what was there before, that of the files that differ: who reads what is proposed has these before him.
    return Review(states, found._replace(inherited=tuple(one for one in found.inherited if one.path in paths)))


class _Words:
    """The text of a merged file."""

    def __init__(self, files: Files | None) -> None:
        self._files = files

    def __call__(self, path: str) -> str:
        data = b"" if self._files is None else self._files.read(path, MAX_BYTES)
        return "" if isinstance(data, Trouble) else data.decode("utf-8-sig", errors="replace")


# ------------------------------------------------------------------------------------------------------------ in part


@dataclass(frozen=True)
class _Memory:
    """Files whose bytes are at hand, with the names of their bytes."""

    texts: Mapping[str, bytes]
    names: Mapping[str, str]
    cache: Keeping

    def keys(self) -> list[str]:
        return sorted(self.texts)

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        data = self.texts.get(key)
        return Trouble(Obstacle.UNREADABLE, "no such file or directory") if data is None else data[:at_most]

    def named(self, municipality: str | None = None) -> Mapping[str, str | None]:  # noqa: ARG002 - as the protocol says
        return {key: self.names.get(key) for key in self.texts}

    def folders(self, municipality: str | None = None) -> None:
        """They are not known by folder."""

    def prepare(self, keys: Collection[str]) -> None:
        """They are ready."""

    def settle(self) -> None:
        """Nothing is to be kept."""

    def only(self, keys: Collection[str]) -> _Memory:
        """Some of the files."""
        return _Memory({key: self.texts[key] for key in keys if key in self.texts}, self.names, self.cache)


class _Parts(NamedTuple):
    """Both states, the keys of what differs, and the other keys of the register's files."""

    before: _Memory
    after: _Memory
    differing: frozenset[str]
    same: frozenset[str]


def _in_part(base: Files, now: Files) -> Review | None:
    """The review by what the difference can reach; None where only a check of everything can tell."""
    parts = _parts(base, now)
    if parts is None:
        return None
    with_words = {REGISTRY, *parts.differing}
    mine = [load(state.only(with_words)) for state in (parts.before, parts.after)]
    among = frozenset(map(_known, parts.differing))
    known = mine[0].registry.municipalities
    cities = {municipality_of(identity) for _, identity in among}
    if any(one.findings or not one.registry.vocabulary_read for one in mine) or not cities <= known.keys():
        return None
    unchanged = Unchanged({_known(key): parts.before.texts[key] for key in sorted(parts.same)})
    same = shelved(parts.before.only(parts.before.texts.keys() - parts.differing), through=())
    days = Days(unchanged, same)
    layers = [Layers(same, one.registry, among, days) for one in mine]
    states = (parts.before, parts.after)
    read = [partial(_lazily, state) for state in states]
    bare = [layer.view((), all_of_it) for layer, all_of_it in zip(layers, read, strict=True)]
    through = among | reached(Sides(bare[0], bare[1], among, unchanged))
    before, after = (layer.view(through, all_of_it) for layer, all_of_it in zip(layers, read, strict=True))
    made = _told(States(before, after, _Words(parts.before), among), check(before), check(after))
    turned = any(one.rule.code == _CIRCLE for one in (*made.findings.new, *made.findings.fixed))
    return None if turned else made


def _lazily(state: _Memory, municipality: str | None) -> Registry:
    """All of a state, or of one municipality, read when it is gone through."""
    known = [_known(key) for key in state.keys() if key != REGISTRY and kind_of(key) is not None]  # noqa: SIM118
    return shelved(state, through=[one for one in known if municipality in {None, municipality_of(one[1])}])


def _parts(base: Files, now: Files) -> _Parts | None:
    """What differs, by bytes. None where reading may refuse something in one state only, or where words differ."""
    there = _names(base)
    naming = "sha256" if any(len(name) > _SHA1 for name in there.values()) else "sha1"
    keys = set(now.keys())
    names, texts = _names_and_texts(now, keys, naming)
    mine = {key for key in keys | there.keys() if key != REGISTRY and kind_of(key) is not None}
    come_or_gone = keys ^ there.keys()
    differing = {key for key in keys | there.keys() if names.get(key) != there.get(key)}
    refused = not names.keys() >= keys & mine or not come_or_gone <= mine
    if refused or REGISTRY in differing or (come_or_gone and not keys <= mine | {REGISTRY}):
        return None
    differing &= mine
    fresh = _texts(now, (differing & keys) - texts.keys())
    same = _texts(base, keys - differing - texts.keys())
    fetched = _texts(base, differing & there.keys())
    if fresh is None or same is None or fetched is None:
        return None
    texts |= fresh | same
    was = {key: data for key, data in texts.items() if key not in differing} | fetched
    cache = now.cache if isinstance(now, Named) else NoCache()
    before, after = _Memory(was, there, cache), _Memory(texts, names, cache)
    return _Parts(before, after, frozenset(differing), frozenset(mine - differing))


def _names_and_texts(files: Files, keys: Collection[str], naming: str) -> tuple[dict[str, str], dict[str, bytes]]:
    """The names of the bytes of all files, and the bytes of those that had to be read for that."""
    known = files.named() if isinstance(files, Named) and naming == "sha1" else {}
    names = {key: name for key in keys if (name := known.get(key)) is not None}
    read = {key: files.read(key, MAX_BYTES + 1) for key in keys if key not in names}
    texts = {key: data for key, data in read.items() if isinstance(data, bytes)}
    if isinstance(files, Named):
        files.settle()
    return names | {key: name_of(data, naming) for key, data in texts.items()}, texts


def _names(files: Files) -> Mapping[str, str]:
    """The names of the bytes of all files; those of git where it has them."""
    if isinstance(files, Named):
        return {key: name for key, name in files.named().items() if name is not None}
    texts = {key: files.read(key, MAX_BYTES + 1) for key in files.keys()}  # noqa: SIM118 - no mapping
    return {key: name_of(data) for key, data in texts.items() if isinstance(data, bytes)}


def _texts(files: Files, keys: Collection[str]) -> dict[str, bytes] | None:
    """The bytes of some files; None where one has none."""
    if isinstance(files, Named):
        files.prepare(keys)
    texts = {key: files.read(key, MAX_BYTES + 1) for key in keys}
    found = {key: data for key, data in texts.items() if isinstance(data, bytes)}
    return found if len(found) == len(texts) else None


def _known(key: str) -> Known:
    _, folder, identity = key.removesuffix(".yaml").split("/", 2)
    return folder, identity
