"""A lineage as a diagram, from left to right: what each unit was called, and on which day it became something else.

What is not simply stated is drawn with a broken line: a dotted arrow, a dashed border.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.formats.days import from_to
from orgreg.formats.marks import in_brief
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
    yield "  classDef doubtful stroke-dasharray: 4 3"
    names: dict[tuple[str, int], str] = {}
    for stretch in one.stretches:
        for place, bearing in enumerate(stretch.bearings):
            name = names[stretch.unit.id, place] = f"n{len(names) + 1}"
            days = from_to(bearing.since, bearing.until)
            told = [in_brief(doubt) for doubt in bearing.doubts]
            marked = f"<br/>{label(', '.join(told))}" if told else ""
            yield f'  {name}["{label(bearing.label)}<br/>{label(days)}{marked}"]{":::doubtful" if told else ""}'
            if place:
                yield f'  {names[stretch.unit.id, place - 1]} -->|"{label(moment(bearing.since))}"| {name}'
    units = {stretch.unit.id: stretch for stretch in one.stretches}
    for led in one.successions:
        older, newer = units[str(led.older)], units[str(led.newer)]
        day = led.since.counts_from
        ends = (older.unit.id, older.bearing(day_before(day))), (newer.unit.id, newer.bearing(day))
        if all(end in names for end in ends):
            doubtful = led.certainty is not Certainty.STATED
            words = f"{led.verb.replace('_', ' ')} {moment(led.since)}{f', {led.certainty}' if doubtful else ''}"
            yield f'  {names[ends[0]]} {"-.->" if doubtful else "-->"}|"{label(words)}"| {names[ends[1]]}'
