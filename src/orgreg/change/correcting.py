"""`correct`: the register was wrong, the city did not change. The lost lines stay on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.change.proposal import Objection, Proposal, Recorded, Righting
from orgreg.change.setting import section_of, timeline_at
from orgreg.change.values import attributes, value
from orgreg.model.registry import PLANS, UNITS
from orgreg.model.unit import municipality_of, slug_of

if TYPE_CHECKING:
    from datetime import date

    from orgreg.change.proposal import Answer, Case
    from orgreg.model.plan import Plan
    from orgreg.model.unit import Unit
    from orgreg.query.names import Named


def correct(case: Case, named: Named, attribute: str, text: str, today: date) -> Answer:
    """What is held on the day of the case was never so: every statement of it is put right in place."""
    objection = _objection(case, named, attribute)
    if objection is not None:
        return objection
    identity, part = named.identity, named.part
    made = value(case.registry, municipality_of(identity), attribute, text, case.day)
    if isinstance(made, Objection):
        return made
    route = ("timeline",) if part is None else (section_of(case, named.folder, identity, part), part)
    thing: Unit | Plan = (case.registry.units if named.folder == UNITS else case.registry.plans)[identity]
    life = timeline_at(thing, route).life_on(case.day)
    runs = () if life is None else life.runs(attribute)
    held = next((found for span, found in runs if span.holds(case.day)), None)
    if life is None or held is None:
        return Objection(
            f"nothing is recorded as {attribute} of {slug_of(identity)} on {case.day.isoformat()}",
            f"what becomes known is no correction: orgreg set {slug_of(identity)} {attribute} …",
        )
    if held.value == made:
        return Recorded(f"already recorded: {attribute} of {slug_of(identity)} is {text}")
    wrong = tuple(
        entry.position
        for entry in life.entries
        if held.begun_by.counts_from <= entry.counts_from <= held.entry.counts_from
        and entry.values.get(attribute) == held.value
    )
    return Proposal(rightings=(Righting(named.folder, identity, route, wrong, attribute, made, case.basis, today),))


def _objection(case: Case, named: Named, attribute: str) -> Objection | None:
    if named.folder not in {UNITS, PLANS}:
        slug = slug_of(named.identity)
        return Objection(f"{slug} is a paper", "put its file right by hand, with an entry in corrections:")
    section = None if named.part is None else section_of(case, named.folder, named.identity, named.part)
    known = attributes(named.folder, section)
    if attribute not in known:
        return Objection(f"{attribute} cannot be corrected here", f"name one of: {', '.join(sorted(known))}")
    if case.basis.because is None:
        return Objection("a correction needs its reason", "say with --because what was wrong")
    return None
