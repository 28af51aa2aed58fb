"""What each file of a municipality gives to one of its texts: after a change only what changed is worked out again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from orgreg.load.reading import File
from orgreg.model.finding import Severity
from orgreg.model.registry import path_of
from orgreg.store.looks import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from orgreg.load.reading import Progress, Reading
    from orgreg.load.texts import City

    Parts = dict[str, list[Any]]
    """By key what a file gives, and first the name of the bytes that gave it."""

_WHOLE: Final = 1 << 30


class Renewal(NamedTuple):
    """What the files of a municipality give. Of one that cannot be read `faults` has what is wrong with it first.

    After that what to do, and how many errors it has.
    """

    reading: Reading
    city: City
    faults: Parts
    progress: Progress | None

    def renew(self, folder: str, parts: Parts, tell: Callable[[Any], Sequence[Any]]) -> None:
        """Bring the parts of a folder up to the files as they are. `tell` says what a unit, paper or plan gives."""
        at = f"data/{folder}/{self.city.identity}"
        self._name_again(at, parts)
        for some in (parts, self.faults):
            mine = [(key, name) for key, (name, *_) in some.items() if key.startswith(f"{at}/")]
            for key, name in mine:
                if name is None or name != self.city.name(key):
                    del some[key]
        keys = (f"{at}/{name}" for name in sorted(self.city.folders[at]))
        wanted = [key for key in keys if key not in parts and key not in self.faults]
        told = len(self.reading.findings)
        self.reading.files([File.of(key) for key in wanted], self.progress)
        for key in wanted:
            if key in self.reading.learnt:
                self.city.folders[at][key.rpartition("/")[2]] = self.reading.learnt[key]
        for identity, thing in self.reading.read[folder].items():
            key = path_of(folder, identity)
            parts[key] = [self.city.name(key), *tell(thing)]
        self.reading.read[folder].clear()
        for finding in self.reading.findings[told:]:
            fault = self.faults.setdefault(
                finding.path, [self.city.name(finding.path), finding.message, finding.hint, 0]
            )
            fault[-1] += finding.rule.severity is Severity.ERROR

    def _name_again(self, at: str, parts: Parts) -> None:
        """Read what only looks otherwise, as after a checkout: where its bytes are the same it need not be parsed."""
        for name, told in self.city.folders[at].items():
            if told is None and f"{at}/{name}" in parts:
                data = self.reading.source.files.read(f"{at}/{name}", _WHOLE)
                if isinstance(data, bytes):
                    self.city.folders[at][name] = name_of(data)
