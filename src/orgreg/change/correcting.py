"""`correct`: the register was wrong, the city did not change. The lost lines stay on record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from orgreg.change.proposal import Objection, Proposal, Recorded, Righting
from orgreg.change.setting import section_of, timeline_at
from orgreg.change.values import OF_PAPER, attributes, of_paper, read
from orgreg.model.day import When
from orgreg.model.registry import PAPERS, UNITS, path_of
from orgreg.model.timeline import Due
from orgreg.model.unit import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orgreg.change.proposal import Answer, Case
    from orgreg.model.paper import Paper
    from orgreg.model.plan import Plan
    from orgreg.model.timeline import Entry, Value
    from orgreg.model.unit import Unit
    from orgreg.query.names import Named


def correct(  # noqa: PLR0913, PLR0917 - what was typed, of what, and when
    case: Case, named: Named, attribute: str, text: str, today: date, modality: str | None = None
) -> Answer:
    """What is held on the day of the case was never so: every statement of it is put right in place."""
    objection = _objection(case, named, attribute)
    if objection is not None:
        return objection
    if named.folder == PAPERS:
        return _correct_paper(case, case.registry.papers[named.identity], attribute, text, today)
    identity, part = named.identity, named.part
    route = ("timeline",) if part is None else (section_of(case, named.folder, identity, part), part)
    thing: Unit | Plan = (case.registry.units if named.folder == UNITS else case.registry.plans)[identity]
    life = timeline_at(thing, route).life_on(case.day)
    runs = () if life is None else life.runs(attribute)
    held = next((found for span, found in runs if span.holds(case.day)), None)
    before = None if held is None else held.value
    made = read(case.registry, identity, attribute, text, case.day, modality=modality, before=before)
    if isinstance(made, Objection):
        return made
    if life is None or held is None:
        return _nothing_held(identity, attribute, f" on {case.day.isoformat()}")
    if held.value == made.value:
        return _recorded(identity, attribute, text)
    wrong = [
        entry
        for entry in life.entries
        if held.begun_by.counts_from <= entry.counts_from <= held.entry.counts_from
        and entry.values.get(attribute) == held.value
    ]
    places = tuple(entry.position for entry in wrong)
    right = Righting(named.folder, identity, route, places, attribute, made.value, case.basis, today, made.reason)
    righting = replace(right, same=made.reason is None and _same_day(held.value, made.value))
    read_as = () if made.remark is None else (made.remark,)
    return Proposal(rightings=(righting,), remarks=(*read_as, *_of_reasons(righting, wrong)))


def _same_day(before: Value, value: Value) -> bool:
    """Whether a step stays due on its day, and only how firmly that is meant was wrong."""
    return isinstance(before, Due) and isinstance(value, Due) and before.day == value.day


def _correct_paper(case: Case, paper: Paper, attribute: str, text: str, today: date) -> Answer:
    """What a paper is has no day: what stands in its file is put right."""
    made = of_paper(case.registry, paper.id, attribute, text)
    if isinstance(made, Objection):
        return made
    held = getattr(paper, attribute)
    if not held:
        return _nothing_held(paper.id, attribute, "")
    if held == made:
        return _recorded(paper.id, attribute, text)
    basis = replace(case.basis, since=made if isinstance(made, When) else paper.date)
    return Proposal(rightings=(Righting(PAPERS, paper.id, (), (), attribute, made, basis, today),))


def _nothing_held(identity: str, attribute: str, when: str) -> Objection:
    name = slug_of(identity)
    way = f"orgreg set {name} {attribute} … --source PAPER" if when else "write it into its file"
    reason = f"nothing is recorded as {attribute} of {name}{when}"
    return Objection(reason, f"what becomes known is no correction: {way}")


def _recorded(identity: str, attribute: str, text: str) -> Recorded:
    return Recorded(f"already recorded: {attribute} of {slug_of(identity)} is {text}")


def _of_reasons(righting: Righting, wrong: list[Entry]) -> Iterator[str]:
    """What becomes of the reasons for which the wrong value was concluded."""
    where = path_of(righting.folder, righting.identity)
    for entry in wrong:
        reason = entry.inferred.get(righting.attribute)
        if reason is not None and righting.same:
            yield f"{where} still says why it was inferred: {reason}"
        elif reason is not None and righting.reason is None:
            yield f"{where} no longer says why it was inferred: {reason}; if the new value is concluded too, say why"


def _objection(case: Case, named: Named, attribute: str) -> Objection | None:
    if named.folder == PAPERS:
        known = OF_PAPER
    else:
        section = None if named.part is None else section_of(case, named.folder, named.identity, named.part)
        known = attributes(named.folder, section)
    if attribute not in known:
        return Objection(f"{attribute} cannot be corrected here", f"name one of: {', '.join(sorted(known))}")
    if case.basis.because is None:
        return Objection("a correction needs its reason", "say with --because what was wrong")
    return None
