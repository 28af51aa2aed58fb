"""The lives of each municipality as one text: what a tree needs of all its units on every day, and no more.

Reading it takes a small part of the time that reading the files takes. Where a unit cites a paper of another
municipality there is no such text, since what is known of one must not depend on the other.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from orgreg.load.texts import Fault, cities_of, texts_of
from orgreg.model.absent import Absent, Status
from orgreg.model.certainty import Attestation, Certainty, Doubt
from orgreg.model.registry import PAPERS, UNITS, Registry
from orgreg.query.row import Row, on
from orgreg.store.edition import GRAMMAR, edition
from orgreg.text.vocabulary import day as day_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from orgreg.load.reading import Progress
    from orgreg.load.texts import Make
    from orgreg.model.registry import Kind, Municipality
    from orgreg.store import Files

MADE_OF: Final = (
    *GRAMMAR,
    *("model", "text/thaw.py", "text/vocabulary.py"),
    *("query/row.py", "query/standing.py", "query/runs.py", "query/order.py"),
    *("load/lives.py", "load/made.py", "load/renewing.py", "load/reading.py", "load/texts.py"),
)
"""The sources that make the text: what is kept counts for these only."""
DAYS: Final = 21
"""Where in a line the row begins."""
BOTH, WITHOUT, WITH = "*", "-", "+"
"""Whether a line counts where what is planned counts too."""
ABSENT: Final = (Absent.UNKNOWN, Absent.NONE)

_STATUS: Final = {status.value: status for status in Status}
_CERTAINTY: Final = {certainty.value: certainty for certainty in Certainty}


class Lives(NamedTuple):
    """What lives on a day: rows, those of one municipality in the order of a tree; what cannot be read, by path."""

    municipalities: Mapping[str, Municipality]
    rows: list[Row]
    lost: set[str]
    faults: list[Fault]


def lives(
    files: Files,
    day: date,
    *,
    municipality: str | None = None,
    planned: bool = False,
    progress: Progress | None = None,
) -> Lives | None:
    """What lives on a day, in all municipalities or in one; None where only the files themselves can tell."""
    found = cities_of(files, municipality, (PAPERS, UNITS))
    if found is None:
        return None
    reading, cities = found
    texts = texts_of(reading, cities, f"lives {edition(*MADE_OF)}", _make, progress)
    if not all(texts):
        return None
    told = Lives(reading.cities, [], set(), [])
    registry = Registry(municipalities=reading.cities)
    for city, text in zip(cities, texts, strict=True):
        beginning, _, lines = text.partition("\n")
        head = json.loads(beginning)
        told.lost.update(head["lost"])
        told.faults.extend(Fault(*one) for one in head["faults"])
        days = [date.fromisoformat(one) for one in head["changes"]]
        told.rows.extend(_rows(lines, day, days, Kinds(registry, city.identity), planned=planned))
    told.faults.sort()
    return told


def _make() -> Make:
    from orgreg.load.made import made

    return made


class Kinds(dict[str, "Kind"]):
    """The kinds of a municipality by name."""

    def __init__(self, registry: Registry, city: str) -> None:
        super().__init__()
        self._registry, self._city = registry, city

    def __missing__(self, name: str) -> Kind:
        kind = self[name] = self._registry.kind(self._city, name)
        return kind


def _rows(lines: str, day: date, changes: Sequence[date], kinds: Kinds, *, planned: bool) -> Iterator[Row]:
    """The rows of a day."""
    asked, mode = day.isoformat(), BOTH + (WITH if planned else WITHOUT)
    alive = [line[DAYS:] for line in lines.split("\n") if line[:10] <= asked < line[10:20] and line[20] in mode]
    known = changes[: bisect_right(changes, day)]
    last = known[-1] if known else date.min

    def change_after(after: date, _: date) -> date | None:
        return known[bisect_right(known, after)] if after < last else None

    for told in json.loads(f"[{','.join(alive)}]"):
        row = row_of(told, kinds)
        yield on(row, day, change_after) if row.attested is not None and row.attested.last < last else row


def row_of(told: list[Any], kinds: Kinds) -> Row:
    """The row that a line tells."""
    identity, code, name, kind, is_known, parent, status, doubts, first, last = told
    return Row(
        identity,
        code,
        name,
        kind if is_known else None,
        kinds[kind],
        ABSENT[parent] if isinstance(parent, int) else parent,
        _STATUS[status],
        tuple([_doubt(*doubt) for doubt in doubts]) if doubts else (),
        Attestation(date.fromisoformat(first), date.fromisoformat(last)) if first else None,
    )


def _doubt(attribute: str, certainty: str, because: str, brief: str | None, day: str | None) -> Doubt:
    return Doubt(attribute, _CERTAINTY[certainty], because, brief, None if day is None else day_of(day))
