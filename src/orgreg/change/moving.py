"""`move`: as `mv` does, a unit goes under another, into another, or takes another code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from orgreg.change.drafting import draft
from orgreg.change.ending import Heirs, depart
from orgreg.change.objections import alive, circle, code_taken, first_of, itself, other_city, too_early
from orgreg.change.proposal import Objection, Proposal, Recorded
from orgreg.model.unit import slug_of
from orgreg.query.labels import Labels
from orgreg.query.standing import standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.change.proposal import Answer, Case
    from orgreg.model.registry import Registry
    from orgreg.model.unit import Unit
    from orgreg.query.standing import Standing


def move(case: Case, unit: Unit, target: Unit, children: Unit | None) -> Answer:
    """Under the target where its kind ranks above the unit's, else into it."""
    done = _absorbed_already(case.registry, unit, target)
    if done is not None:
        return done
    mine, other = alive(case.registry, unit, case.day), alive(case.registry, target, case.day)
    if isinstance(mine, Objection):
        return mine
    if isinstance(other, Objection):
        return other
    above = _ranks_above(other, mine)
    return under(case, unit, target, children) if above else into(case, unit, target, children)


def _ranks_above(other: Standing, mine: Standing) -> bool:
    return other.kind.rank is not None and mine.kind.rank is not None and other.kind.rank < mine.kind.rank


def under(case: Case, unit: Unit, target: Unit, children: Unit | None = None) -> Answer:
    """The unit gets the target as its parent; the units below it stay there."""
    now = alive(case.registry, unit, case.day)
    if isinstance(now, Objection):
        return now
    objection = first_of(
        _go_along(children),
        alive(case.registry, target, case.day),
        other_city(unit.id, target.id),
        circle(case.registry, unit.id, target.id, case.day),
    )
    if objection is not None:
        return objection
    if now.parent == target.id:
        label = Labels(case.registry, case.day).unit(target.id)
        return Recorded(f"already recorded: {now.label} stands under {label}")
    early = too_early(unit.timeline, slug_of(unit.id), case.basis)
    return early or Proposal((draft(case, unit.id, {"parent": target.id}),))


def _go_along(children: Unit | None) -> Objection | None:
    if children is None:
        return None
    return Objection("what stands under a unit that lives on goes along with it", "leave --children-to out")


def recode(case: Case, unit: Unit, code: str, children: Unit | None = None) -> Answer:
    """The unit takes a free code that fits its kind, and the parent that the code implies."""
    now = alive(case.registry, unit, case.day)
    if isinstance(now, Objection):
        return now
    if now.code == code:
        return Recorded(f"already recorded: {now.label} bears {code}")
    objection = first_of(
        _go_along(children),
        _no_code(now, code),
        code_taken(case.registry, unit, code, case.day),
        too_early(unit.timeline, slug_of(unit.id), case.basis),
    )
    if objection is not None:
        return objection
    parent = _implied_parent(case, now, code)
    objection = parent if isinstance(parent, Objection) else _circle(case, unit, parent)
    if objection is not None:
        return objection
    moved = {} if parent in {None, now.parent} else {"parent": str(parent)}
    return Proposal((draft(case, unit.id, {"code": code, **moved}),))


def _no_code(now: Standing, code: str) -> Objection | None:
    if now.kind.fits(code) is not None:
        return None
    return Objection(
        f"{code} names no unit, and is no code of a {now.kind.name}",
        f"name a unit to move to, or a code as registry.yaml has it for {now.kind.name}",
    )


def _implied_parent(case: Case, now: Standing, code: str) -> str | Objection | None:
    fit = now.kind.fits(code)
    implied = None if fit is None else fit.groupdict().get("parent")
    if implied is None:
        return None
    for other in case.registry.units.values():
        found = standing(case.registry, other, case.day) if other.municipality == now.unit.municipality else None
        if found is not None and found.code == implied:
            return other.id
    return Objection(
        f"{code} belongs under {implied}, which nobody bears on {case.day.isoformat()}",
        f"create the unit with the code {implied} first, or choose another code",
    )


def _circle(case: Case, unit: Unit, parent: str | None) -> Objection | None:
    return None if parent is None else circle(case.registry, unit.id, parent, case.day)


def into(case: Case, unit: Unit, target: Unit, children: Unit | None = None) -> Answer:
    """The unit ends, and the target takes its place, its tasks and its posts."""
    done = _absorbed_already(case.registry, unit, target)
    if done is not None:
        return done
    objection = first_of(itself(unit, target), alive(case.registry, target, case.day), other_city(unit.id, target.id))
    if objection is not None:
        return objection
    answer = depart(case, unit, {"ended": "absorbed", "into": (target.id,)}, Heirs(children, target, target))
    if isinstance(answer, Proposal):
        return replace(answer, remarks=tuple(_still_referring(case, unit, target)))
    return answer


def _absorbed_already(registry: Registry, unit: Unit, target: Unit) -> Recorded | None:
    for life in unit.timeline.lives:
        closing = life.closing
        if closing is not None and closing.values.get("into") == (target.id,):
            found = standing(registry, target, closing.counts_from)
            label = slug_of(target.id) if found is None else found.code or found.name
            return Recorded(f"already recorded: {closing.values['ended']} into {label} on {closing.since}")
    return None


def _still_referring(case: Case, unit: Unit, target: Unit) -> Iterator[str]:
    """What still names the unit on the day: it is listed, not changed."""
    labels = Labels(case.registry, case.day)
    for other in case.registry.units.values():
        found = None if other.id in {unit.id, target.id} else standing(case.registry, other, case.day)
        for attribute, held in ({} if found is None else found.held).items():
            if unit.id in (held.value if isinstance(held.value, tuple) else (held.value,)):
                yield f"{labels.unit(other.id)} still names it as {attribute}"
    for plan in case.registry.plans.values():
        for step, timeline in plan.steps.items():
            life = timeline.life_on(case.day)
            responsible = None if life is None else life.held(case.day).get("responsible")
            if responsible is not None and isinstance(responsible.value, tuple) and unit.id in responsible.value:
                yield f"{plan.id}#{step} still has it as responsible"
