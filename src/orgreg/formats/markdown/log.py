"""The audit trail as headings and lists: for pages and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.formats.markdown import escape
from orgreg.formats.trail import SHORT, by_whom, occasions, others, recorded
from orgreg.model.unit import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.formats.trail import Ending
    from orgreg.trail.record import Record


def log(records: Iterable[Record], ending: Ending) -> Iterator[str]:
    """A heading for every commit, and a list of what it recorded."""
    for record in records:
        yield f"### {recorded(record)}, {escape(by_whom(record))}, `{record.commit[:SHORT]}`"
        yield ""
        for heading, items in occasions(record):
            yield f"*{escape(heading)}*"
            yield ""
            for item in items:
                yield f"- {escape(item.sentence)}{f' *({item.doubt})*' if item.doubt else ''}"
            yield ""
        rest = [*others(record)]
        for word, item in rest:
            papers = f" ({escape(', '.join(map(slug_of, item.papers)))})" if item.papers else ""
            yield f"- {word}: {escape(item.sentence)}{papers}"
        if rest:
            yield ""
    for said in (ending.form_only, ending.limit):
        if said is not None:
            yield f"*{escape(said)}*"
            yield ""
