"""`dissolve`, `merge`, `split` and `transfer`: how units and their parts end here or go elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgreg.change.drafting import Part, draft, living_parts, taken_over
from orgreg.change.objections import alive, below, first_of, left_below, other_city, too_early
from orgreg.change.proposal import Objection, Proposal, Recorded
from orgreg.model.unit import Unit, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.change.proposal import Answer, Case, Draft
    from orgreg.model.timeline import Value


class Heirs(NamedTuple):
    """To whom what a dissolved unit has goes; None where that is not said. `ends` are sections that end with it."""

    children: Unit | None = None
    tasks: Unit | None = None
    posts: Unit | None = None
    ends: frozenset[str] = frozenset()


def dissolve(case: Case, unit: Unit, heirs: Heirs) -> Answer:
    """The unit ends, and what it has goes where it is said to."""
    ended = _end(case, unit, {"ended": "dissolved"})
    if not isinstance(ended, Proposal):
        return ended
    objection = first_of(_without_heir(case, unit, heirs), *_no_heirs(case, unit, heirs))
    if objection is not None:
        return objection
    together = case.together(unit.id)
    moving = [*_inherited(together, unit, heirs)]
    return Proposal((draft(together if moving else case, unit.id, {"ended": "dissolved"}), *moving))


def _without_heir(case: Case, unit: Unit, heirs: Heirs) -> Objection | None:
    left = {
        "children": [slug_of(child) for child in below(case.registry, unit, case.day)],
        "tasks": [part.slug for part in living_parts(unit, case.day, "tasks")],
        "posts": [part.slug for part in living_parts(unit, case.day, "posts")],
    }
    for what, there in left.items():
        if there and getattr(heirs, what) is None and what not in heirs.ends:
            alone = "" if what == "children" else f", or --{what}-to none where they end with it"
            named = ", ".join(sorted(there))
            return Objection(f"{slug_of(unit.id)} still has {what}: {named}", f"say --{what}-to UNIT{alone}")
    return None


def _no_heirs(case: Case, unit: Unit, heirs: Heirs) -> Iterator[Objection | None]:
    for heir in (heirs.children, heirs.tasks, heirs.posts):
        if heir is not None:
            yield first_of(alive(case.registry, heir, case.day), other_city(unit.id, heir.id))


def _inherited(case: Case, unit: Unit, heirs: Heirs) -> Iterator[Draft]:
    if heirs.children is not None:
        for child in below(case.registry, unit, case.day):
            yield draft(case, child, {"parent": heirs.children.id})
    for section, heir in (("tasks", heirs.tasks), ("posts", heirs.posts)):
        if heir is not None:
            for part in living_parts(unit, case.day, section):
                yield taken_over(case, unit, part, heir)


def _end(case: Case, unit: Unit, values: dict[str, Value]) -> Answer:
    """The unit's own end, or why it cannot end like that."""
    for life in unit.timeline.lives:
        closing = life.closing
        if closing is not None and all(closing.values.get(key) == value for key, value in values.items()):
            return Recorded(f"already recorded: {slug_of(unit.id)} {values['ended']} on {closing.since}")
    objection = first_of(alive(case.registry, unit, case.day), too_early(unit.timeline, slug_of(unit.id), case.basis))
    return objection or Proposal((draft(case, unit.id, values),))


def merge(case: Case, units: Sequence[Unit], target: Unit) -> Answer:
    """Several units become one, which lives on the day."""
    told = case.together(target.id) if len(units) > 1 else case
    return _succeeded(told, [(unit, (target,)) for unit in units], "merged")


def split(case: Case, unit: Unit, targets: Sequence[Unit]) -> Answer:
    """One unit becomes several, which live on the day."""
    return _succeeded(case, [(unit, tuple(targets))], "split")


def _succeeded(case: Case, pairs: Sequence[tuple[Unit, tuple[Unit, ...]]], how: str) -> Answer:
    drafts: list[Draft] = []
    answers: list[Answer] = []
    for unit, targets in pairs:
        objection = first_of(
            *(alive(case.registry, target, case.day) for target in targets),
            *(other_city(unit.id, target.id) for target in targets),
        )
        into = tuple(target.id for target in targets)
        answers.append(objection or _end(case, unit, {"ended": how, "into": into}))
        if isinstance(answers[-1], Proposal):
            left = left_below(unit, below(case.registry, unit, case.day))
            answers[-1] = left or answers[-1]
    for answer in answers:
        if isinstance(answer, Objection):
            return answer
        if isinstance(answer, Proposal):
            drafts += answer.drafts
    return Proposal(tuple(drafts)) if drafts else answers[0]


def transfer(case: Case, unit: Unit, slug: str, target: Unit) -> Answer:
    """A task or post goes to another unit; both units live on."""
    part = Part("tasks" if slug in unit.tasks else "posts", slug)
    origin = (f"{unit.id}#{slug}",)
    theirs = {**target.tasks, **target.posts}
    if any(entry.values.get("out_of") == origin for timeline in theirs.values() for entry in timeline.entries):
        return Recorded(f"already recorded: {slug} went from {slug_of(unit.id)} to {slug_of(target.id)}")
    objection = first_of(
        alive(case.registry, unit, case.day),
        alive(case.registry, target, case.day),
        other_city(unit.id, target.id),
        _not_there(case, unit, part),
        too_early(part.of(unit), f"{slug_of(unit.id)}#{slug}", case.basis),
    )
    if objection is not None:
        return objection
    told = case.together(unit.id)
    leaving = draft(told, unit.id, {"ended": "transferred"}, route=tuple(part))
    return Proposal((leaving, taken_over(told, unit, part, target)))


def _not_there(case: Case, unit: Unit, part: Part) -> Objection | None:
    if part in living_parts(unit, case.day):
        return None
    name = f"{slug_of(unit.id)}#{part.slug}"
    return Objection(f"{name} is not there on {case.day.isoformat()}", f"see orgreg show {unit.id}#{part.slug}")
