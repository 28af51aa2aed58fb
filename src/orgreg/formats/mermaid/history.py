"""A lineage as a diagram, from left to right: what each unit was called, and on which day it became something else.

What is not simply stated is drawn with a broken line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.formats.days import from_to
from orgreg.formats.mermaid import label
from orgreg.model.certainty import Certainty
from orgreg.model.day import day_before
from orgreg.query.wording import moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.query.history import History


def history(one: History) -> Iterator[str]:
    """The diagram."""
    yield "flowchart LR"
    names: dict[tuple[str, int], str] = {}
    for stretch in one.stretches:
        for place, bearing in enumerate(stretch.bearings):
            name = names[stretch.unit.id, place] = f"n{len(names) + 1}"
            days = from_to(bearing.since, bearing.until)
            yield f'  {name}["{label(bearing.label)}<br/>{label(days)}"]'
            if place:
                yield f'  {names[stretch.unit.id, place - 1]} -->|"{label(moment(bearing.since))}"| {name}'
    units = {stretch.unit.id: stretch for stretch in one.stretches}
    for told in one.successions:
        older, newer = units[str(told.older)], units[str(told.newer)]
        day = told.since.counts_from
        ends = (older.unit.id, older.bearing(day_before(day))), (newer.unit.id, newer.bearing(day))
        if all(end in names for end in ends):
            doubtful = told.certainty is not Certainty.STATED
            words = f"{told.verb.replace('_', ' ')} {moment(told.since)}{f', {told.certainty}' if doubtful else ''}"
            yield f'  {names[ends[0]]} {"-.->" if doubtful else "-->"}|"{label(words)}"| {names[ends[1]]}'
