"""What is merged beside what is proposed: the two states that a review looks at, and which files went where."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.diff.amendment import Aspect, Difference
from orgreg.diff.difference import difference
from orgreg.diff.shelves import shelf
from orgreg.diff.statements import statements_of
from orgreg.model.registry import PAPERS, PLANS, UNITS
from orgreg.model.unit import municipality_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from orgreg.diff.shelves import Known
    from orgreg.diff.statements import Thing
    from orgreg.model.registry import Registry
    from orgreg.model.unit import Correction

FOLDERS: Final = (UNITS, PAPERS, PLANS)
_MARKS: Final = re.compile("[\"'\\\\]|^\\s*- ", re.MULTILINE)
"""What YAML writes around a text: the same words may stand in quotes or not, and begin an entry or not."""


class Entered(NamedTuple):
    """An entry of `corrections:` that only the proposed state has, with its place in that list."""

    folder: str
    identity: str
    place: int
    correction: Correction


@dataclass(frozen=True)
class States:
    """Two registries, and of each file of the merged one the text that stands there.

    `among` are folder and identity of the files that differ, where the caller knows them; without it all are compared.
    """

    before: Registry
    after: Registry
    text: Callable[[str], str]
    among: Collection[Known] | None = field(default=None)

    @cached_property
    def difference(self) -> Difference:
        """What the proposed state says otherwise; nothing where the one was not read at all."""
        if self._is_unread:
            known = {
                (folder, one) for folder in FOLDERS for side in (self.before, self.after) for one in shelf(side, folder)
            }
            return Difference(uncompared=tuple(sorted(known)))
        return difference(self.before, self.after, among=self.among)

    @cached_property
    def _is_unread(self) -> bool:
        """Whether of one state no file was read, since registry.yaml is of a format that is not known here."""
        return any(
            not side.vocabulary_read and not any(shelf(side, folder) for folder in FOLDERS)
            for side in (self.before, self.after)
        )

    @cached_property
    def differing(self) -> tuple[Known, ...]:
        """The files that differ in more than how they are written, by folder and identity, in order."""
        sides, among = (self.before, self.after), self.among
        if self._is_unread:
            return ()
        if among is None:
            among = {(folder, one) for folder in FOLDERS for side in sides for one in shelf(side, folder)}
            among |= {*self.before.unreadable, *self.after.unreadable}
        return tuple(sorted(filter(self._differs, among)))

    @cached_property
    def renamed(self) -> Mapping[Known, str]:
        """The files that bear another name, each with its new identity."""
        return {(one.folder, one.before): one.after for one in self.difference.renamed}

    @cached_property
    def called(self) -> Mapping[Known, Mapping[str, str]]:
        """The parts that stand under another slug, by their files of today: the new route by the old one."""
        found: dict[Known, dict[str, str]] = {}
        for one in self.difference.corrections:
            if one.aspect is Aspect.SLUG:
                found.setdefault((one.folder, one.identity), {})[str(one.before)] = str(one.after)
        return found

    @cached_property
    def gone(self) -> Mapping[Known, str | None]:
        """The files that are there no more under any name that is said, each with what looks like it, or None.

        A file that cannot be read may be any of them: where there is one, nothing is concluded.
        """
        return {
            (folder, identity): self._like(folder, identity)
            for folder, identity in self.differing
            if identity in shelf(self.before, folder)
            and not self._is_there(folder, identity)
            and (folder, identity) not in self.renamed
            and not self._may_be_lost(folder, identity)
        }

    @cached_property
    def entered(self) -> tuple[Entered, ...]:
        """The corrections that are newly entered, by file."""
        return tuple(
            Entered(folder, identity, place, one)
            for folder, identity in self.differing
            if (thing := shelf(self.after, folder).get(identity)) is not None
            for place, one in enumerate(thing.corrections)
            if one not in {old for earlier in self.earlier(folder, identity) for old in earlier.corrections}
        )

    def earlier(self, folder: str, identity: str) -> list[Thing]:
        """What the file of that identity was, under this name and its former ones."""
        names = [identity, *(old for (where, old), new in self.renamed.items() if (where, new) == (folder, identity))]
        return [thing for name in names if (thing := shelf(self.before, folder).get(name)) is not None]

    def _differs(self, known: Known) -> bool:
        folder, identity = known
        if folder not in FOLDERS:
            return False
        was, now = shelf(self.before, folder).get(identity), shelf(self.after, folder).get(identity)
        return was != now or self.before.is_lost(*known) != self.after.is_lost(*known)

    def _is_there(self, folder: str, identity: str) -> bool:
        return identity in shelf(self.after, folder) or self.after.is_lost(folder, identity)

    def _may_be_lost(self, folder: str, identity: str) -> bool:
        """Whether a new file beside it cannot be read: it may say that it was this one."""
        return any(
            other == folder
            and municipality_of(name) == municipality_of(identity)
            and name not in shelf(self.before, folder)
            and self.after.is_lost(folder, name)
            for other, name in self.differing
        )

    def _like(self, folder: str, identity: str) -> str | None:
        """The new file of the same municipality that says most of what the file said, if that is half of it or more."""
        said = _said(shelf(self.before, folder)[identity])
        new = [
            name
            for other, name in self.differing
            if other == folder
            and municipality_of(name) == municipality_of(identity)
            and name in shelf(self.after, folder)
            and name not in shelf(self.before, folder)
        ]
        shared = {name: len(said & _said(shelf(self.after, folder)[name])) for name in new}
        best = max(shared, key=lambda name: shared[name], default=None)
        return best if best is not None and shared[best] * 2 >= len(said) > 0 else None


def _said(thing: Thing) -> set[tuple[object, ...]]:
    return {(one.timeline, one.since, one.key, one.value) for one in statements_of(thing)}


def folded(text: str) -> str:
    """The words of a text or of lines of a file, without what YAML writes around them."""
    return " ".join(_MARKS.sub(" ", text).split())
