"""The states of a register after each commit of a line, read by name: a file is read once, however many have it."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

from orgreg.load import REGISTRY, alone
from orgreg.model.registry import PAPERS, PLANS, UNITS, Registry, path_of
from orgreg.store import Named
from orgreg.store.looks import name_of, naming_of
from orgreg.trail.files import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from orgreg.load import Loaded
    from orgreg.model.paper import Paper
    from orgreg.model.plan import Plan
    from orgreg.model.unit import Unit
    from orgreg.store import Trouble
    from orgreg.store.cache import Keeping
    from orgreg.store.history import History

_T = TypeVar("_T")
_MOST: Final = 20_000
"""Files that are remembered. A long line has more versions than fit into memory."""


class States:
    """The states of a line of commits. What is asked of one is found by name; nothing is gone through."""

    def __init__(self, history: History) -> None:
        self.history = history
        self._read: dict[tuple[str, str], Loaded] = {}

    def after(
        self,
        position: int,
        *,
        formerly: Mapping[Known, str] | None = None,
        instead: Mapping[str, str | None] | None = None,
    ) -> Registry:
        """The register after the commit at a position; -1 is before all.

        `formerly` are former identities that a file does not say itself. `instead` are the objects to be read for
        some files.
        """

        def named(folder: str, identity: str) -> str | None:
            key = path_of(folder, identity)
            return self.history.object(key, position) if instead is None or key not in instead else instead[key]

        def thing(folder: str, identity: str) -> Unit | Paper | Plan | None:
            name = named(folder, identity)
            found = None if name is None else self.thing(folder, identity, name)
            former = (formerly or {}).get((folder, identity))
            if found is None or former is None or former in found.formerly:
                return found
            return replace(found, formerly=(*found.formerly, former))

        def is_lost(folder: str, identity: str) -> bool:
            name = named(folder, identity)
            return name is not None and self.thing(folder, identity, name) is None

        vocabulary = self.vocabulary(position)
        return replace(
            vocabulary,
            units=_ByName[Any](thing, UNITS),
            papers=_ByName[Any](thing, PAPERS),
            plans=_ByName[Any](thing, PLANS),
            unreadable=_Lost(is_lost),
        )

    def vocabulary(self, position: int) -> Registry:
        """What registry.yaml said after a commit, without files; nothing where it was not there or not readable."""
        name = self.history.object(REGISTRY, position)
        return Registry(vocabulary_read=False) if name is None else self._loaded(REGISTRY, name).registry

    def thing(self, folder: str, identity: str, name: str) -> Unit | Paper | Plan | None:
        """What an object says as the file of an identity; None where it cannot be read."""
        registry = self._loaded(path_of(folder, identity), name).registry
        shelves: Mapping[str, Mapping[str, Unit | Paper | Plan]] = {
            UNITS: registry.units,
            PAPERS: registry.papers,
            PLANS: registry.plans,
        }
        return shelves[folder].get(identity)

    def fault(self, key: str, name: str) -> str | None:
        """What keeps an object from being read as the file of a key, in the words of its first finding."""
        findings = self._loaded(key, name).findings
        return findings[0].message if findings else None

    def _loaded(self, key: str, name: str) -> Loaded:
        found = self._read.get((key, name))
        if found is None:
            if len(self._read) >= _MOST:
                self._read.clear()
            found = self._read[key, name] = alone(_Lone(self.history, key, name), key)
        return found


class _Lone(Named):
    """One object as the only file of a register."""

    def __init__(self, history: History, key: str, name: str) -> None:
        self.cache: Keeping = history.kept
        self._history, self._key, self._name = history, key, name

    def keys(self) -> list[str]:
        """Its key."""
        return [self._key]

    def named(self, municipality: str | None = None) -> dict[str, str | None]:  # noqa: ARG002 - there is but one file
        """Its key with the name of its bytes, if these are an ordinary file's."""
        return {self._key: None if ":" in self._name else self._name}

    def folders(self, municipality: str | None = None) -> None:
        """No folder is asked for."""

    def name(self, key: str, data: bytes) -> str:  # noqa: ARG002 - there is but one file
        """The name of the object, of which these are the bytes."""
        return name_of(data, naming_of(self._name))

    def prepare(self, keys: Collection[str]) -> None:
        """Nothing is to be made ready."""

    def settle(self) -> None:
        """Nothing is to be kept."""

    def read(self, key: str, at_most: int) -> bytes | Trouble:  # noqa: ARG002 - there is but one file
        """The first bytes of the object."""
        return self._history.read(self._name, at_most)


class _ByName(Mapping[str, _T], Generic[_T]):
    """What a folder has, found by name. There is nothing to go through."""

    def __init__(self, find: Callable[[str, str], object], folder: str) -> None:
        self._find, self._folder = find, folder

    def __getitem__(self, identity: str) -> _T:
        found = self._find(self._folder, identity)
        if found is None:
            raise KeyError(identity)
        return cast("_T", found)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class _Lost(AbstractSet[Known]):
    """The files that cannot be read, found out when asked."""

    def __init__(self, is_lost: Callable[[str, str], bool]) -> None:
        self._is_lost = is_lost

    def __contains__(self, known: object) -> bool:
        folder, identity = cast("Known", known)
        return folder in {UNITS, PAPERS, PLANS} and self._is_lost(folder, identity)

    def __iter__(self) -> Iterator[Known]:
        return iter(())

    def __len__(self) -> int:
        return 0
