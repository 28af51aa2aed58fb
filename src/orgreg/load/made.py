"""Making the text of a municipality's lives: see `lives`, which reads it.

Beside the text lies what each file gave to it, so that after a change only the files that changed, and the units that
rest on a changed paper, are worked out again.
"""

from __future__ import annotations

import json
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, cast

from orgreg.load.lives import ABSENT, BOTH, DAYS, MADE_OF, WITH, WITHOUT, Kinds, row_of
from orgreg.load.reading import File
from orgreg.load.renewing import Renewal
from orgreg.model.absent import Absent
from orgreg.model.registry import PAPERS, UNITS, Registry, path_of
from orgreg.query.order import standing_key
from orgreg.query.runs import runs
from orgreg.store.edition import edition
from orgreg.text.vocabulary import day as day_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgreg.load.reading import Progress, Reading
    from orgreg.load.renewing import Parts
    from orgreg.load.texts import City
    from orgreg.model.day import When
    from orgreg.model.paper import Paper
    from orgreg.model.unit import Unit
    from orgreg.query.runs import Run


class _Dated(NamedTuple):
    """As much of a paper as is needed here."""

    date: When


def made(reading: Reading, city: City, progress: Progress | None = None) -> str:
    """The text of a municipality, of what each file gives to it; an empty one where there can be none."""
    kind, key = f"lives of {edition(*MADE_OF)}", f"{city.identity} {city.vocabulary}"
    kept = reading.source.cache.get(kind, [key]).get(key)
    papers, units, faults = ({}, {}, {}) if kept is None else json.loads(kept)
    _renew(Renewal(reading, city, faults, progress), papers, units)
    told = json.dumps((papers, units, faults), separators=(",", ":"))
    reading.source.cache.put(kind, {key: told.encode()})
    if any(File.of(paper).city != city.identity for _, cited, *_ in units.values() for paper in cited):
        return ""
    head = {
        "changes": sorted({day for _, _, days, _ in units.values() for day in days}),
        "lost": sorted(File.of(key).identity for key in faults if File.of(key).folder == UNITS),
        "faults": [[key, *told] for key, (_, *told) in faults.items()],
    }
    kinds = Kinds(Registry(municipalities=reading.cities), city.identity)
    lines = [line for *_, lines in units.values() for line in lines]
    rows = (row_of(one, kinds) for one in json.loads(f"[{','.join(line[DAYS:] for line in lines)}]"))
    ordered = sorted(((standing_key(row), line) for row, line in zip(rows, lines, strict=True)), key=itemgetter(0))
    return "\n".join([json.dumps(head, separators=(",", ":")), *(line for _, line in ordered)])


def _renew(renewal: Renewal, papers: Parts, units: Parts) -> None:
    before = {paper: told for paper, (_, told) in papers.items()}
    renewal.renew(PAPERS, papers, lambda paper: [paper.date.text])
    now = {paper: told for paper, (_, told) in papers.items()}
    other = {paper for paper in before.keys() | now.keys() if before.get(paper) != now.get(paper)}
    for key in [key for key, (_, cited, *_) in units.items() if not other.isdisjoint(cited)]:
        del units[key]
    dated = {File.of(paper).identity: _Dated(day_of(told)) for paper, told in now.items()}
    # It goes through no units, and so knows of no changes: see `runs`.
    registry = Registry(municipalities=renewal.reading.cities, papers=cast("Mapping[str, Paper]", dated))
    renewal.renew(UNITS, units, partial(_part, registry))


def _part(registry: Registry, unit: Unit) -> tuple[list[str], list[str], list[str]]:
    """The papers that it cites, the days on which it changes, and its lines."""
    cited = {source.paper for entry in unit.timeline.entries for source in entry.sources if source.paper is not None}
    return (
        sorted(path_of(PAPERS, paper) for paper in cited),
        sorted({day.isoformat() for day in registry.changes_of(unit)}),
        [_line(run) for run in runs(registry, unit)],
    )


def _line(run: Run) -> str:
    """The first day, the first day after, whether it counts only with or without what is planned; then the row."""
    row, heard = run.row, run.row.attested
    told = [
        row.identity,
        row.code,
        row.known_name,
        row.kind.name,
        row.known_kind is not None,
        ABSENT.index(row.parent) if isinstance(row.parent, Absent) else row.parent,
        row.status.value,
        [
            [doubt.attribute, doubt.certainty.value, doubt.because, doubt.brief, doubt.day and doubt.day.text]
            for doubt in row.doubts
        ],
        *(("", "") if heard is None else (heard.first.isoformat(), heard.last.isoformat())),
    ]
    mode = {None: BOTH, False: WITHOUT, True: WITH}[run.planned]
    return f"{run.span.start.isoformat()}{run.span.end.isoformat()}{mode}{json.dumps(told, separators=(',', ':'))}"
