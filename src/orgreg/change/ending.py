"""`dissolve`, `merge`, `split` and `transfer`: how units and their parts end here or go elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgreg.change.drafting import Part, draft, living_parts, taken_over
from orgreg.change.objections import alive, below, circle, first_of, itself, other_city, too_early
from orgreg.change.proposal import Objection, Proposal, Recorded
from orgreg.model.unit import Unit, slug_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from orgreg.change.proposal import Answer, Case, Draft
    from orgreg.model.timeline import Value


class Heirs(NamedTuple):
    """To whom what an ended unit has goes; None where that is not said. `ends` are sections that end with it."""

    children: Unit | None = None
    tasks: Unit | None = None
    posts: Unit | None = None
    ends: frozenset[str] = frozenset()


def dissolve(case: Case, unit: Unit, heirs: Heirs) -> Answer:
    """The unit ends, and what it has goes where it is said to."""
    return depart(case, unit, {"ended": "dissolved"}, heirs)


def split(case: Case, unit: Unit, targets: Sequence[Unit], heirs: Heirs) -> Answer:
    """One unit becomes several, which live on the day."""
    into = tuple(target.id for target in targets)
    return _cannot_succeed(case, unit, targets) or depart(case, unit, {"ended": "split", "into": into}, heirs)


def merge(case: Case, units: Sequence[Unit], target: Unit, children: Unit | None) -> Answer:
    """Several units become one, which lives on the day and takes their tasks and posts."""
    told = case.together(target.id) if len(units) > 1 else case
    heirs = Heirs(children, target, target)
    drafts: list[Draft] = []
    answer: Answer = Proposal()
    for unit in units:
        taken = {str(one.route[-1]) for one in drafts if len(one.route) > 1}
        answer = _cannot_succeed(case, unit, [target]) or depart(
            told, unit, {"ended": "merged", "into": (target.id,)}, heirs, taken
        )
        if isinstance(answer, Objection):
            return answer
        drafts += answer.drafts if isinstance(answer, Proposal) else ()
    return Proposal(tuple(drafts)) if drafts else answer


def _cannot_succeed(case: Case, unit: Unit, targets: Sequence[Unit]) -> Objection | None:
    """Why the targets cannot be what the unit became. What ended already is told of as recorded first."""
    if unit.timeline.life_on(case.day) is None:
        return None
    return first_of(
        *(itself(unit, target) for target in targets),
        *(alive(case.registry, target, case.day) for target in targets),
        *(other_city(unit.id, target.id) for target in targets),
    )


def depart(case: Case, unit: Unit, ended: Mapping[str, Value], heirs: Heirs, taken: Collection[str] = ()) -> Answer:
    """The unit ends as `ended` says, and what it has goes to its heirs; `taken` are slugs that others bring them."""
    for life in unit.timeline.lives:
        closing = life.closing
        if closing is not None and all(closing.values.get(key) == value for key, value in ended.items()):
            return Recorded(f"already recorded: {slug_of(unit.id)} {ended['ended']} on {closing.since}")
    objection = first_of(
        alive(case.registry, unit, case.day),
        too_early(unit.timeline, slug_of(unit.id), case.basis),
        _without_heir(case, unit, heirs),
        *_no_heirs(case, unit, heirs),
        *_hindered(case, unit, heirs),
    )
    if objection is not None:
        return objection
    together = case.together(unit.id)
    moving = tuple(_inherited(together, unit, heirs, taken))
    return Proposal((draft(together if moving else case, unit.id, ended), *moving))


def _without_heir(case: Case, unit: Unit, heirs: Heirs) -> Objection | None:
    left = {
        "children": [slug_of(child) for child in below(case.registry, unit, case.day)],
        "tasks": [part.slug for part in living_parts(unit, case.day, "tasks")],
        "posts": [part.slug for part in living_parts(unit, case.day, "posts")],
    }
    for what, there in left.items():
        if there and getattr(heirs, what) is None and what not in heirs.ends:
            alone = ", or move them first" if what == "children" else f", or --{what}-to none where they end with it"
            named = ", ".join(sorted(there))
            return Objection(f"{slug_of(unit.id)} still has {what}: {named}", f"say --{what}-to UNIT{alone}")
    return None


def _no_heirs(case: Case, unit: Unit, heirs: Heirs) -> Iterator[Objection | None]:
    for heir in (heirs.children, heirs.tasks, heirs.posts):
        if heir is not None:
            yield first_of(itself(unit, heir), alive(case.registry, heir, case.day), other_city(unit.id, heir.id))


def _hindered(case: Case, unit: Unit, heirs: Heirs) -> Iterator[Objection | None]:
    """Why what the unit has cannot go on this day."""
    if heirs.children is not None:
        for child in below(case.registry, unit, case.day):
            yield circle(case.registry, child, heirs.children.id, case.day)
            yield too_early(case.registry.units[child].timeline, slug_of(child), case.basis)
    for part in living_parts(unit, case.day):
        yield too_early(part.of(unit), f"{slug_of(unit.id)}#{part.slug}", case.basis)


def _inherited(case: Case, unit: Unit, heirs: Heirs, taken: Collection[str]) -> Iterator[Draft]:
    if heirs.children is not None:
        for child in below(case.registry, unit, case.day):
            yield draft(case, child, {"parent": heirs.children.id})
    for section, heir in (("tasks", heirs.tasks), ("posts", heirs.posts)):
        if heir is not None:
            for part in living_parts(unit, case.day, section):
                yield taken_over(case, unit, part, heir, taken)


def transfer(case: Case, unit: Unit, slug: str, target: Unit) -> Answer:
    """A task or post goes to another unit; both units live on."""
    part = Part("tasks" if slug in unit.tasks else "posts", slug)
    origin = (f"{unit.id}#{slug}",)
    theirs = {**target.tasks, **target.posts}
    if any(entry.values.get("out_of") == origin for timeline in theirs.values() for entry in timeline.entries):
        return Recorded(f"already recorded: {slug} went from {slug_of(unit.id)} to {slug_of(target.id)}")
    objection = first_of(
        itself(unit, target),
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
