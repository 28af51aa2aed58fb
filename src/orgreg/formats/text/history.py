"""The life and lineage of a unit as people read them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from orgreg.formats.days import from_to
from orgreg.formats.line import Line, line
from orgreg.formats.text.diff import occasion
from orgreg.formats.text.facts import label, mark
from orgreg.model.certainty import Certainty
from orgreg.model.unit import slug_of
from orgreg.query.history import Role
from orgreg.query.labels import Labels
from orgreg.query.sentence import worded
from orgreg.query.succession import INTO
from orgreg.query.wording import moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.query.history import History, Stretch
    from orgreg.query.portrait import Fact
    from orgreg.query.succession import Succession

_HOW: Final = {
    "out_of": "out of it, which lives on",
    "unknown": "how is not recorded",
}


def history(one: History) -> Iterator[Line]:
    """The lineage in short, then every unit of it with its values and its changes, the oldest first."""
    if one.successions or one.passed:
        yield line(("Lineage", "heading"))
        for succession in one.successions:
            yield _succession(one, succession)
        for succession in one.passed:
            yield _succession(one, succession)
        yield line()
    for place, stretch in enumerate(one.stretches):
        if place:
            yield line()
        yield from _stretch(one, stretch)


def _succession(one: History, told: Succession) -> Line:
    day = told.since.counts_from
    labels = Labels(one.labels.registry, day, planned=one.labels.planned)
    # A post or task that goes into another unit is written at the older one, without the part in `older`.
    left = told.part if told.attribute == INTO and told.part is not None else told.older
    older, newer = ("not recorded" if side is None else labels.unit(side) for side in (left, told.newer))
    how = "moved" if told.part is not None else _HOW.get(told.verb, told.verb)
    said = [f"{how}, {moment(told.since)}"]
    said += [str(told.certainty)] if told.certainty is not Certainty.STATED else []
    said += ["by another source"] if told.rival is not None else []
    papers = dict.fromkeys(
        slug_of(source.paper) for source in (told.rival or told.entry).sources if source.paper is not None
    )
    by = f"   {', '.join(papers)}" if papers else ""
    return line(f"  {older} → {newer}", (f"   ({', '.join(said)})", "mark"), (by, "quiet"))


def _stretch(one: History, stretch: Stretch) -> Iterator[Line]:
    role = "" if stretch.role is Role.ITSELF else f", {stretch.role}"
    yield line((stretch.label, "heading"), (role, "quiet"), (f"   {stretch.unit.id}", "quiet"))
    heard = stretch.attested
    if heard is not None:
        days = heard.first.isoformat()
        days = f"on {days}" if heard.first == heard.last else f"from {days} to {heard.last.isoformat()}"
        yield line((f"  heard of {days}", "quiet"))
    if not stretch.runs and not stretch.occasions:
        yield line(("  in force on no day", "mark"))
    width = max((len(label(fact.attribute)) for fact in stretch.runs), default=0)
    for attribute, facts in groupby(stretch.runs, key=lambda fact: fact.attribute):
        for place, fact in enumerate(facts):
            yield _fact(one, fact, f"  {label(attribute) if place == 0 else '':<{width}}  ")
    for told in stretch.occasions:
        yield line()
        yield from occasion(one.labels.registry, told, indent="  ")


def _fact(one: History, fact: Fact, before: str) -> Line:
    labels = Labels(one.labels.registry, fact.since.counts_from)
    days = from_to(fact.since, fact.until)
    return line((before, "quiet"), worded(labels, fact.value, fact.attribute), (f"   {days}", "quiet"), mark(fact))
