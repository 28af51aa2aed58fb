"""What a rehearsed change comes to in sentences: for the person who is asked, and for the commit that records it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgreg.model.day import ALWAYS, NEVER
from orgreg.model.timeline import Due
from orgreg.model.unit import slug_of, whole_of
from orgreg.model.wording import quoted
from orgreg.query.changes import occasions
from orgreg.query.labels import Labels
from orgreg.query.sentence import sentence, worded
from orgreg.query.wording import moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.change.proposal import Basis, Draft, Proposal, Righting
    from orgreg.change.rehearsal import Rehearsed
    from orgreg.model.change import Occasion
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Value


@dataclass(frozen=True, slots=True)
class Account:
    """A change told: its sentences, the first of which is the subject of the commit, and the commit's trailers."""

    occasions: tuple[Occasion, ...]
    sentences: tuple[str, ...]
    trailers: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]

    @property
    def subject(self) -> str:
        """The change as one sentence."""
        more = len(self.sentences) - 1
        return self.sentences[0] + (f", and {more} more" if more else "")


def account(rehearsed: Rehearsed, proposals: Sequence[Proposal]) -> Account:
    """Tell what proposals come to that were rehearsed together."""
    known = {change for occasion in _ever(rehearsed.before) for change in occasion.changes}
    # What a correction makes of an older change is no change of the city.
    meant = {(draft.identity, draft.entry.counts_from) for proposal in proposals for draft in proposal.drafts}
    new = {
        change: occasion
        for occasion in _ever(rehearsed.after)
        for change in occasion.changes
        if change not in known and (whole_of(change.unit), change.day) in meant
    }
    gained = tuple(dict.fromkeys(new.values()))
    told = [sentence(rehearsed.after, change) for change in new]
    for proposal in proposals:
        told += _beside(rehearsed, proposal)
    if not told:
        told = [f"{slug_of(draft.identity)} is recorded" for proposal in proposals for draft in proposal.drafts]
    remarks = [remark for proposal in proposals for remark in proposal.remarks]
    remarks += [f"{found.message} ({found.path})" for found in rehearsed.warnings]
    return Account(gained, tuple(dict.fromkeys(told)), tuple(_trailers(proposals)), tuple(dict.fromkeys(remarks)))


def _ever(registry: Registry) -> tuple[Occasion, ...]:
    return occasions(registry, ALWAYS, NEVER, planned=True)


def _beside(rehearsed: Rehearsed, proposal: Proposal) -> Iterator[str]:
    """What is no change of a unit: papers, plans, corrections."""
    for new in proposal.papers:
        title = f": {new.paper.title}" if isinstance(new.paper.title, str) else ""
        yield f"{new.paper.kind} {slug_of(new.paper.id)} is recorded{title}"
    for draft in proposal.drafts:
        if draft.folder != "units":
            yield _of_plan(rehearsed, draft)
    for righting in proposal.rightings:
        yield _righted(rehearsed, righting)


def _of_plan(rehearsed: Rehearsed, draft: Draft) -> str:
    labels = Labels(rehearsed.after, draft.entry.counts_from)
    name = slug_of(draft.identity) + ("" if len(draft.route) == 1 else f"#{draft.route[1]}")
    values = "; ".join(f"{key} {_worded(labels, value)}" for key, value in draft.entry.values.items())
    return f"{name}: {values}"


def _worded(labels: Labels, value: Value) -> str:
    """A value in words; of a due day with the words that were typed for it."""
    if not isinstance(value, Due):
        return worded(labels, value)
    wording = "" if value.wording is None else f", from the words {quoted(value.wording)}"
    return f"{moment(value.day)}, {value.modality}{wording}"


def _righted(rehearsed: Rehearsed, righting: Righting) -> str:
    labels = Labels(rehearsed.after, righting.basis.since.counts_from)
    name = slug_of(righting.identity) + (f"#{righting.route[1]}" if righting.route[1:] else "")
    return f"Correction: {righting.attribute} of {name} is {_worded(labels, righting.value)}"


def _trailers(proposals: Sequence[Proposal]) -> Iterator[tuple[str, str]]:
    bases = [draft.entry for proposal in proposals for draft in proposal.drafts]
    seen: list[tuple[str, str]] = []
    for entry in bases:
        seen += [("Change", entry.change)] if entry.change else []
        seen.append(("Effective", entry.since.text))
        decided = entry.decided_by if isinstance(entry.decided_by, tuple) else ()
        seen += [("Decided-by", slug_of(paper)) for paper in decided]
        seen += [("Source", slug_of(source.paper)) for source in entry.sources if source.paper is not None]
    for basis in (righting.basis for proposal in proposals for righting in proposal.rightings):
        seen += _of_basis(basis)
    for new in (new for proposal in proposals for new in proposal.papers):
        seen.append(("Effective", new.paper.date.text))
    yield from dict.fromkeys(seen)


def _of_basis(basis: Basis) -> list[tuple[str, str]]:
    sources = [("Source", slug_of(source.paper)) for source in basis.sources if source.paper is not None]
    return [("Effective", basis.since.text), *sources]
