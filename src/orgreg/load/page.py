"""A register for one page: of however many files only those are read that the page needs, and it is the same page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, TypeVar

from orgreg.load import registry_of
from orgreg.load.reading import FOLDERS, File
from orgreg.load.words import words
from orgreg.model.registry import PAPERS, PLANS, UNITS, Registry, path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from orgreg.load.reading import Progress, Reading
    from orgreg.load.texts import Fault
    from orgreg.load.words import Words
    from orgreg.model.paper import Paper
    from orgreg.model.plan import Plan
    from orgreg.model.unit import Unit
    from orgreg.store import Files

_Thing = TypeVar("_Thing")


@dataclass(frozen=True)
class Page(Registry):
    """A registry that knows by its words which files name what; each file is read when it is asked for."""

    words: Words | None = None

    def among(self, word: str) -> Registry:
        """The same, to look a word up: it goes only through what may answer to it."""
        known = {folder: _Identified(self._words.reading, folder) for folder in FOLDERS}
        return registry_of(self._words.reading, known, self._words.answering(word))

    def units_naming(self, identity: str) -> Iterable[Unit]:
        """The units that may name an identity or a part of it, and itself."""
        return _existing(self.units, self._words.naming(UNITS, identity))

    def papers_naming(self, identity: str) -> Iterable[Paper]:
        """The papers that may name it, likewise."""
        return _existing(self.papers, self._words.naming(PAPERS, identity))

    def plans_naming(self, identity: str) -> Iterable[Plan]:
        """The plans that may name it, likewise."""
        return _existing(self.plans, self._words.naming(PLANS, identity))

    def change_after(self, municipality: str, after: date, until: date) -> date | None:
        """A day with a recorded change of units in the municipality, after one day and until another, included."""
        return self._words.change_after(municipality, after, until)

    @property
    def faults(self) -> Sequence[Fault]:
        """What cannot be read, by path."""
        return self._words.faults

    @property
    def _words(self) -> Words:
        assert self.words is not None  # noqa: S101 - `page` makes it with them
        return self.words


def page(files: Files, *, municipality: str | None = None, progress: Progress | None = None) -> Page | None:
    """A register for one page; None where only all files together can tell."""
    found = words(files, municipality=municipality, progress=progress)
    if found is None:
        return None
    known = {folder: _Identified(found.reading, folder) for folder in FOLDERS}
    whole = registry_of(found.reading, known, None)
    return Page(**{one.name: getattr(whole, one.name) for one in fields(Registry)}, words=found)


class _Identified(Mapping[str, File]):
    """The files of a folder by identity, found by their keys."""

    def __init__(self, reading: Reading, folder: str) -> None:
        self._names, self._folder = reading.source.names, folder

    def __getitem__(self, identity: str) -> File:
        key = path_of(self._folder, identity)
        if "#" in identity or key not in self._names:
            raise KeyError(identity)
        return File(key, self._folder, identity)

    def __iter__(self) -> Iterator[str]:
        beginning = f"data/{self._folder}/"
        return (File.of(key).identity for key in self._names if key.startswith(beginning))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _existing(things: Mapping[str, _Thing], identities: Iterable[str]) -> Iterator[_Thing]:
    return (things[identity] for identity in identities if identity in things)
