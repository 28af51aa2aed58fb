"""The audit trail as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.formats.line import Line, line
from orgreg.formats.trail import SHORT, by_whom, occasions, others, recorded
from orgreg.model.unit import slug_of
from orgreg.model.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.formats.trail import Ending
    from orgreg.trail.record import Record


def log(records: Iterable[Record], ending: Ending) -> Iterator[Line]:
    """Commit by commit: when, by whom, and what it recorded."""
    first = True
    for record in records:
        if not first:
            yield line()
        first = False
        yield from _record(record)
    for said in (ending.form_only, ending.limit):
        if said is not None:
            if not first:
                yield line()
            first = False
            yield line((said, "quiet"))


def _record(record: Record) -> Iterator[Line]:
    yield line((recorded(record), "heading"), f"  {by_whom(record)}", (f"  {record.commit[:SHORT]}", "code"))
    if record.subject not in {item.sentence for item in record.items}:
        yield line((f"  {quoted(record.subject)}", "quiet"))
    for heading, items in occasions(record):
        yield line((f"  {heading}", "quiet"))
        for item in items:
            yield line("    ", item.sentence, (f"   ({item.doubt})" if item.doubt else "", "mark"))
    for word, item in others(record):
        papers = f"   {', '.join(map(slug_of, item.papers))}" if item.papers else ""
        yield line((f"  {word}: ", "mark"), item.sentence, (papers, "quiet"))
