"""The words of each municipality as one text: by what a file's thing may be asked for, and what the file names.

A line stands for a file. Where a word or an identity stands in a line, the file may answer to it; where it does not,
it cannot. So only the files that a page needs are read, out of however many.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.load.texts import Fault, cities_of, texts_of
from orgreg.model.registry import PAPERS, PLANS, UNITS
from orgreg.query.names import needles
from orgreg.store.edition import GRAMMAR, edition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.load.reading import Progress, Reading
    from orgreg.load.texts import Make
    from orgreg.store import Files

MADE_OF: Final = (
    *GRAMMAR,
    *("model", "text/thaw.py", "text/vocabulary.py", "query/names.py", "query/order.py"),
    *("load/words.py", "load/worded.py", "load/renewing.py", "load/reading.py", "load/texts.py"),
)
"""The sources that make the text: what is kept counts for these only."""
FOLDERS: Final = (PAPERS, PLANS, UNITS)


class Words(NamedTuple):
    """The texts of all municipalities, or of one; the days of recorded changes in each; what cannot be read."""

    reading: Reading
    texts: list[str]
    changes: dict[str, list[date]]
    faults: list[Fault]

    def answering(self, word: str) -> set[tuple[str, str]]:
        """The folders and identities of what may answer to a word, and some that do not."""
        return {found for needle in needles(word) for found in self._with(needle, after="  [")}

    def naming(self, folder: str, identity: str) -> list[str]:
        """What in a folder names an identity or a part of it, and itself where it lies there."""
        return sorted(one for where, one in self._with(f" {identity} ", after=" ") if where == folder)

    def change_after(self, municipality: str, after: date, until: date) -> date | None:
        """A day with a recorded change of units in the municipality, after one day and until another, included."""
        days = self.changes.get(municipality, [])
        found = bisect_right(days, after)
        return days[found] if found < len(days) and days[found] <= until else None

    def _with(self, needle: str, *, after: str) -> Iterator[tuple[str, str]]:
        """The lines in which the needle stands somewhere from the first `after` on."""
        for text in self.texts:
            at = text.find(needle)
            while at >= 0:
                begins = text.rfind("\n", 0, at) + 1
                ends = text.find("\n", at)
                ends = len(text) if ends < 0 else ends
                if text.find(needle, text.find(after, begins), ends) >= 0:
                    folder, identity, _ = text[begins:ends].split(" ", 2)
                    yield folder, identity
                at = text.find(needle, ends)


def words(files: Files, *, municipality: str | None = None, progress: Progress | None = None) -> Words | None:
    """The words of all municipalities or of one; None where only the files themselves can tell."""
    found = cities_of(files, municipality, FOLDERS)
    if found is None:
        return None
    reading, cities = found
    told = Words(reading, [], {}, [])
    texts = texts_of(reading, cities, f"words {edition(*MADE_OF)}", _make, progress)
    for city, text in zip(cities, texts, strict=True):
        beginning, _, lines = text.partition("\n")
        head = json.loads(beginning)
        told.texts.append(lines)
        told.changes[city.identity] = [date.fromisoformat(one) for one in head["changes"]]
        told.faults.extend(Fault(*one) for one in head["faults"])
    told.faults.sort()
    return told


def _make() -> Make:
    from orgreg.load.worded import worded

    return worded
