"""`move`: as `mv` does, a unit goes under another, into another, or takes another code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.change.drafting import draft, new_entry, part_draft, word_for
from orgreg.change.objections import alive, circle, code_taken, other_city, too_early
from orgreg.change.proposal import Objection, Proposal, Recorded
from orgreg.model.unit import slug_of
from orgreg.query.labels import Labels
from orgreg.query.standing import standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orgreg.change.proposal import Answer, Basis, Draft
    from orgreg.model.registry import Registry
    from orgreg.model.unit import Unit
    from orgreg.query.standing import Standing


def move(registry: Registry, unit: Unit, target: Unit, basis: Basis) -> Answer:
    """Under the target where its kind ranks above the unit's, else into it."""
    day = basis.since.counts_from
    done = _already_absorbed(registry, unit, target)
    if done is not None:
        return done
    mine, other = alive(registry, unit, day), alive(registry, target, day)
    for one in (mine, other):
        if isinstance(one, Objection):
            return one
    above = _ranks_above(other, mine)  # type: ignore[arg-type] # objections are gone
    return under(registry, unit, target, basis) if above else into(registry, unit, target, basis)


def _ranks_above(other: Standing, mine: Standing) -> bool:
    if other.kind.rank is None or mine.kind.rank is None:
        return False
    return other.kind.rank < mine.kind.rank


def under(registry: Registry, unit: Unit, target: Unit, basis: Basis) -> Answer:
    """The unit gets the target as its parent."""
    day = basis.since.counts_from
    mine, other = alive(registry, unit, day), alive(registry, target, day)
    objection = next((one for one in (mine, other) if isinstance(one, Objection)), None)
    objection = objection or other_city(unit.id, target.id) or circle(registry, unit.id, target.id, day)
    if objection is not None:
        return objection
    now = standing(registry, unit, day)
    if now is not None and now.parent == target.id:
        return Recorded(f"already recorded: {now.label} stands under {Labels(registry, day).unit(target.id)}")
    early = too_early(unit.timeline, slug_of(unit.id), basis)
    return early or Proposal((draft(unit.id, new_entry(basis, {"parent": target.id})),))


def recode(registry: Registry, unit: Unit, code: str, basis: Basis) -> Answer:
    """The unit takes a free code that fits its kind, and the parent that the code implies."""
    day = basis.since.counts_from
    now = alive(registry, unit, day)
    if isinstance(now, Objection):
        return now
    if now.code == code:
        return Recorded(f"already recorded: {now.label} bears {code}")
    fit = now.kind.fits(code)
    if fit is None:
        return Objection(
            f"{code} names no unit, and is no code of a {now.kind.name}",
            f"name a unit to move to, or a code such as registry.yaml has it for {now.kind.name}",
        )
    objection = code_taken(registry, unit, code, day) or too_early(unit.timeline, slug_of(unit.id), basis)
    if objection is not None:
        return objection
    implied = fit.groupdict().get("parent")
    if implied is None:
        return Proposal((draft(unit.id, new_entry(basis, {"code": code})),))
    parent = _bearer(registry, unit, implied, day)
    if parent is None:
        return Objection(
            f"{code} belongs under {implied}, which nobody bears on {day.isoformat()}",
            f"create the unit with the code {implied} first, or give {slug_of(unit.id)} another code",
        )
    objection = circle(registry, unit.id, parent, day)
    if objection is not None:
        return objection
    values = {"code": code} if now.parent == parent else {"code": code, "parent": parent}
    return Proposal((draft(unit.id, new_entry(basis, values)),))


def _bearer(registry: Registry, unit: Unit, code: str, day: date) -> str | None:
    for other in registry.units.values():
        if other.municipality == unit.municipality:
            found = standing(registry, other, day)
            if found is not None and found.code == code:
                return other.id
    return None


def into(registry: Registry, unit: Unit, target: Unit, basis: Basis) -> Answer:
    """The unit ends, and the target takes its place, its tasks and its posts."""
    done = _already_absorbed(registry, unit, target)
    if done is not None:
        return done
    day = basis.since.counts_from
    mine, other = alive(registry, unit, day), alive(registry, target, day)
    objection = next((one for one in (mine, other) if isinstance(one, Objection)), None)
    objection = objection or other_city(unit.id, target.id) or _itself(unit, target)
    objection = objection or _children(registry, unit, day) or too_early(unit.timeline, slug_of(unit.id), basis)
    if objection is not None:
        return objection
    going = [*_going(unit, day)]
    word = word_for(basis, unit.id) if going else basis.word
    ending = new_entry(basis, {"ended": "absorbed", "into": (target.id,)}, word=word)
    drafts = (draft(unit.id, ending), *_taken_over(unit, target, going, basis, word))
    return Proposal(drafts, remarks=tuple(_still_referring(registry, unit, target, day)))


def _already_absorbed(registry: Registry, unit: Unit, target: Unit) -> Recorded | None:
    for life in unit.timeline.lives:
        closing = life.closing
        if closing is not None and closing.values.get("into") == (target.id,):
            label = Labels(registry, closing.counts_from).unit(target.id).partition(" ")[0]
            return Recorded(f"already recorded: {closing.values['ended']} into {label} on {closing.since}")
    return None


def _itself(unit: Unit, target: Unit) -> Objection | None:
    if unit.id != target.id:
        return None
    return Objection(f"{slug_of(unit.id)} cannot go into itself", "name another unit")


def _children(registry: Registry, unit: Unit, day: date) -> Objection | None:
    below = [
        found.label
        for other in registry.units.values()
        if (found := standing(registry, other, day)) is not None and found.parent == unit.id
    ]
    if not below:
        return None
    return Objection(f"{', '.join(sorted(below))} would be left under a unit that ended", "move them first")


def _going(unit: Unit, day: date) -> Iterator[tuple[str, str]]:
    for section, parts in (("tasks", unit.tasks), ("posts", unit.posts)):
        for slug, timeline in parts.items():
            if timeline.life_on(day) is not None:
                yield section, slug


def _taken_over(
    unit: Unit, target: Unit, going: list[tuple[str, str]], basis: Basis, word: str | None
) -> Iterator[Draft]:
    day = basis.since.counts_from
    for section, slug in going:
        timeline = (unit.tasks if section == "tasks" else unit.posts)[slug]
        life = timeline.life_on(day)
        held = {} if life is None else {name: one.value for name, one in life.held(day).items()}
        values = {**held, "out_of": (f"{unit.id}#{slug}",)}
        taken = slug if slug not in {**target.tasks, **target.posts} else f"{slug}-{slug_of(unit.id)}"
        yield part_draft(target.id, (section, taken), new_entry(basis, values, word=word))


def _still_referring(registry: Registry, unit: Unit, target: Unit, day: date) -> Iterator[str]:
    """What still names the unit from the day on: it is listed, not changed."""
    labels = Labels(registry, day)
    for other in registry.units.values():
        found = standing(registry, other, day)
        for attribute, held in ({} if found is None or other.id in {unit.id, target.id} else found.held).items():
            named = held.value if isinstance(held.value, tuple) else (held.value,)
            if unit.id in named:
                yield f"{labels.unit(other.id)} still names it as {attribute}"
    for plan in registry.plans.values():
        for step, timeline in plan.steps.items():
            life = timeline.life_on(day)
            responsible = None if life is None else life.held(day).get("responsible")
            if responsible is not None and isinstance(responsible.value, tuple) and unit.id in responsible.value:
                yield f"{plan.id}#{step} still has it as responsible"
