"""What changed between two days, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.formats.days import moment
from orgreg.formats.line import Line, line
from orgreg.model.certainty import Certainty
from orgreg.model.timeline import Absent
from orgreg.model.unit import slug_of
from orgreg.query.reporting import reported
from orgreg.query.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.model.change import Change, Occasion
    from orgreg.model.registry import Registry

_WORDS: Final = {"from": "day", "ended": "end", "into": "where to", "out_of": "origin"}


def diff(registry: Registry, occasions: Sequence[Occasion]) -> Iterator[Line]:
    """Every occasion under a heading with its decision and its reports, and its changes as sentences."""
    for place, occasion in enumerate(occasions):
        if place:
            yield line()
        yield from _occasion(registry, occasion)


def _occasion(registry: Registry, occasion: Occasion) -> Iterator[Line]:
    change = "" if occasion.word is None else f"change: {occasion.word}; "
    yield line((occasion.changes[0].on.text, "heading"), (f" {_title(registry, occasion)}", "heading"))
    yield line("  ", (f"{change}{_decision(registry, occasion)}{_reports(registry, occasion)}", "quiet"))
    for one in occasion.changes:
        yield line("  ", sentence(registry, one), (_certainty(one), "mark"))
        for doubt in one.doubts:
            if doubt.certainty in {Certainty.DISPUTED, Certainty.INFERRED}:
                attribute = _WORDS.get(doubt.attribute, doubt.attribute)
                yield line("    ", (f"{attribute} {doubt.certainty}: ", "mark"), doubt.because)


def _certainty(change: Change) -> str:
    return "" if change.certainty is Certainty.STATED else f"   ({change.certainty})"


def _title(registry: Registry, occasion: Occasion) -> str:
    """A change of several units has the title of its paper; else it is the unit's own."""
    if occasion.word is None:
        return occasion.changes[0].label
    papers = [*occasion.decided_by, *occasion.papers]
    titles = [registry.papers[paper].title for paper in papers if paper in registry.papers]
    return next((title for title in titles if isinstance(title, str)), occasion.word)


def _decision(registry: Registry, occasion: Occasion) -> str:
    if occasion.decided_by:
        return "decided by " + ", ".join(_paper(registry, paper) for paper in occasion.decided_by)
    nobody = any(change.decided_by is Absent.NONE for change in occasion.changes)
    return "decision: none" if nobody else "decision: none recorded"


def _paper(registry: Registry, identity: str) -> str:
    paper = registry.papers.get(identity)
    return slug_of(identity) if paper is None or not isinstance(paper.number, str) else paper.number


def _reports(registry: Registry, occasion: Occasion) -> str:
    told = [
        f"{_paper(registry, report.paper)} {_later(report.days)}"
        if report.days is not None
        else f"{_paper(registry, report.paper)} ({moment(report.written)})"
        for report in reported(registry, occasion)
    ]
    return f"; reported by {', '.join(told)}" if told else ""


def _later(days: int) -> str:
    if days == 0:
        return "on the day"
    count = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"{count} later" if days > 0 else f"{count} before"
