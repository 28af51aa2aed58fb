"""What the last checks found, kept in the cache by what the register was made of then."""

from __future__ import annotations

import json
import sys
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from orgreg.formats.placed import Placed, Related
from orgreg.model.finding import Finding, Place, Rule, Severity
from orgreg.store.edition import GRAMMAR, edition
from orgreg.store.working_tree import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from orgreg.model.finding import Route
    from orgreg.store.cache import Keeping

_MADE_OF: Final = (
    *GRAMMAR,
    *("text", "model", "query", "diff", "check", "check/rules", "load", "review"),
    *("store/__init__.py", "formats/placed.py", "cli/placing.py", "cli/results.py", "cli/checked.py"),
)
"""The sources of all that decides what is found and where it stands."""
_STATES: Final = 3
"""So many states of a register are kept: to go back and forth between branches takes two."""


class State(NamedTuple):
    """A state that was checked: the names of the bytes of its files by key, and what was found."""

    names: Mapping[str, str]
    found: list[Placed]


class Results:
    """What is kept for registers with the vocabulary of these files."""

    def __init__(self, cache: Keeping, names: Mapping[str, str]) -> None:
        made_of = f"{edition(*_MADE_OF)} {sys.version_info.major}.{sys.version_info.minor}"
        self._cache, self._names = cache, names
        self._found, self._files, self._states = (f"{what} {made_of}" for what in ("found", "found in", "checked"))
        self._told = "\n".join([f"{key} {names[key]}" for key in sorted(names)]).encode(errors="surrogateescape")
        self._key = blake2b(self._told, digest_size=20).hexdigest()

    def same(self) -> list[Placed] | None:
        """What was found in just these files."""
        return self._of(self._key)

    def nearest(self) -> State | None:
        """The kept state of which the fewest files differ from these."""
        told = self._cache.get(self._files, self._listed())
        mine = set(self._told.split(b"\n"))
        lines = {key: set(text.split(b"\n")) for key, text in told.items()}
        key = min(sorted(lines), key=lambda one: len(lines[one] ^ mine), default=None)
        found = None if key is None else self._of(key)
        if key is None or found is None:
            return None
        pairs = (line.decode(errors="surrogateescape").rpartition(" ") for line in lines[key])
        return State({name: of for name, _, of in pairs}, found)

    def keep(self, found: Collection[Placed]) -> None:
        """Keep what was found in these files."""
        rules = {one.finding.rule.code: one.finding.rule for one in found}
        told = {code: (rule.name, rule.severity.value) for code, rule in rules.items()}
        frozen = json.dumps((told, [_frozen(one) for one in found]), separators=(",", ":")).encode()
        states = [self._key, *(one for one in self._listed() if one != self._key)][:_STATES]
        self._cache.put(self._found, {self._key: frozen})
        self._cache.put(self._files, {self._key: self._told})
        self._cache.put(self._states, {self._vocabulary: "\n".join(states).encode()})

    @property
    def _vocabulary(self) -> str:
        return self._names.get(REGISTRY, "none")

    def _listed(self) -> list[str]:
        """The keys of the newest states, the newest first."""
        return self._cache.get(self._states, [self._vocabulary]).get(self._vocabulary, b"").decode().split()

    def _of(self, key: str) -> list[Placed] | None:
        kept = self._cache.get(self._found, [key]).get(key)
        if kept is None:
            return None
        told, found = json.loads(kept)
        rules = {code: Rule(code, name, Severity(severity)) for code, (name, severity) in told.items()}
        return [_thawed(one, rules) for one in found]


def _frozen(one: Placed) -> list[Any]:
    found = one.finding
    related = [(path, route, _told(also.place)) for (path, route), also in zip(found.related, one.related, strict=True)]
    return [
        *(found.rule.code, found.path, found.message, found.hint, found.route, found.at_key, found.entity),
        *(found.place and _told(found.place), _told(one.place), one.excerpt, related),
    ]


def _thawed(frozen: list[Any], rules: Mapping[str, Rule]) -> Placed:
    code, path, message, hint, route, at_key, entity, place, where, excerpt, related = frozen
    leads: tuple[tuple[str, Route], ...] = tuple((other, tuple(way)) for other, way, _ in related)
    found = Finding(
        rules[code], path, message, hint, tuple(route), at_key, entity, None if place is None else Place(*place), leads
    )
    return Placed(found, Place(*where), excerpt, tuple(Related(other, Place(*told)) for other, _, told in related))


def _told(place: Place) -> tuple[int, int, int]:
    return (place.line, place.column, place.width)
