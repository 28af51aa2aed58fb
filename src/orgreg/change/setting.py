"""`set` and `create`: something becomes different, or begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from orgreg.change.drafting import entry
from orgreg.change.objections import alive, circle, code_taken, other_city, too_early
from orgreg.change.proposal import Draft, NewPaper, Objection, Proposal, Recorded
from orgreg.change.values import attributes, reference, value
from orgreg.model.day import Fault, parse
from orgreg.model.paper import Paper
from orgreg.model.registry import PAPERS, PLANS, UNITS
from orgreg.model.timeline import Absent, Source, Timeline
from orgreg.model.unit import BEGINS_WITH, Unit, municipality_of, slug_of
from orgreg.query.standing import standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from orgreg.change.proposal import Answer, Case
    from orgreg.model.plan import Plan
    from orgreg.model.timeline import Value
    from orgreg.query.names import Named

_SLUG: Final = re.compile("[a-z0-9][a-z0-9-]*", re.ASCII)
_SECTIONS: Final = {"task": "tasks", "post": "posts", "step": "steps"}
_NEEDS: Final = {"tasks": "text", "posts": "title", "steps": "title"}


def set_value(case: Case, named: Named, attribute: str, text: str) -> Answer:
    """An attribute of a unit, a plan, or a part of one has another value from the day on."""
    folder, identity, part = named.folder, named.identity, named.part
    section = None if part is None else section_of(case, folder, identity, part)
    known = attributes(folder, section)
    if attribute not in known:
        return Objection(f"{attribute} cannot be set here", f"name one of: {', '.join(sorted(known))}")
    thing: Unit | Plan = case.registry.units[identity] if folder == UNITS else case.registry.plans[identity]
    timeline = thing.timeline if section is None or part is None else getattr(thing, section)[part]
    day = case.day
    made = value(case.registry, municipality_of(identity), attribute, text, day)
    if isinstance(made, Objection):
        return made
    objection = _objection(case, thing, section, attribute, made)
    if objection is not None:
        return objection
    life = timeline.life_on(day)
    name = slug_of(identity) if part is None else f"{slug_of(identity)}#{part}"
    if life is None:
        return Objection(f"{name} is not there on {day.isoformat()}", f"see orgreg show {identity}")
    held = life.held(day).get(attribute)
    if held is not None and held.value == made:
        return Recorded(f"already recorded: {attribute} of {name} is {text}")
    route = ("timeline",) if section is None or part is None else (section, part)
    return too_early(timeline, name, case.basis) or Proposal(
        (Draft(folder, identity, route, entry(case, {attribute: made})),)
    )


def section_of(case: Case, folder: str, identity: str, part: str) -> str:
    """In which section of its file a part stands."""
    if folder == PLANS:
        return "steps" if part in case.registry.plans[identity].steps else "dimensions"
    return "posts" if part in case.registry.units[identity].posts else "tasks"


def _objection(case: Case, thing: Unit | Plan, section: str | None, attribute: str, made: Value) -> Objection | None:
    if section is not None or thing.id not in case.registry.units:
        return None
    unit, day = case.registry.units[thing.id], case.day
    lives = alive(case.registry, unit, day)
    if isinstance(lives, Objection):
        return lives
    if attribute == "code" and isinstance(made, str):
        return code_taken(case.registry, unit, made, day)
    if attribute in {"parent", "staff_of"} and isinstance(made, str):
        return other_city(unit.id, made) or circle(case.registry, unit.id, made, day)
    return None


def create_unit(case: Case, identity: str, pairs: Mapping[str, str]) -> Answer:
    """A unit begins."""
    day = case.day
    objection = _new_identity(case, UNITS, identity) or _keys(pairs, attributes(UNITS, None))
    if objection is not None:
        return objection
    made = _values(case, identity, pairs)
    if isinstance(made, Objection):
        return made
    missing = [key for key in BEGINS_WITH if key not in made and not (key == "parent" and "staff_of" in made)]
    if missing:
        return Objection(
            f"a unit begins with {', '.join(BEGINS_WITH)}",
            f"add {' '.join(f'{key}=…' for key in missing)}; what is not known is unknown",
        )
    code, parent = made.get("code"), made.get("parent")
    if isinstance(code, str):
        taken = code_taken(case.registry, _nobody(identity), code, day)
        if taken is not None:
            return taken
    if isinstance(parent, str):
        above = alive(case.registry, case.registry.units[parent], day)
        if isinstance(above, Objection):
            return above
    return Proposal((Draft(UNITS, identity, ("timeline",), entry(case, made)),))


def _nobody(identity: str) -> Unit:
    """The unit before it is."""
    return Unit(identity, Timeline(()))


def create_part(case: Case, kind: str, identity: str, part: str, pairs: Mapping[str, str]) -> Answer:
    """A task, post or step begins."""
    folder, section = (PLANS if kind == "step" else UNITS), _SECTIONS[kind]
    thing: Unit | Plan = case.registry.units[identity] if folder == UNITS else case.registry.plans[identity]
    if part in getattr(thing, section):
        return Objection(
            f"{slug_of(identity)} has a {kind} {part} already", "choose another slug, or set what is different"
        )
    objection = _slug(part) or _keys(pairs, attributes(folder, section))
    if objection is not None:
        return objection
    if _NEEDS[section] not in pairs:
        return Objection(f"a {kind} begins with its {_NEEDS[section]}", f"add {_NEEDS[section]}=…")
    if folder == UNITS and standing(case.registry, case.registry.units[identity], case.day) is None:
        lives = alive(case.registry, case.registry.units[identity], case.day)
        if isinstance(lives, Objection):
            return lives
    made = _values(case, identity, pairs)
    if isinstance(made, Objection):
        return made
    return Proposal((Draft(folder, identity, (section, part), entry(case, made)),))


def create_plan(case: Case, identity: str, pairs: Mapping[str, str]) -> Answer:
    """A plan begins."""
    objection = _new_identity(case, PLANS, identity) or _keys(pairs, attributes(PLANS, None))
    if objection is not None:
        return objection
    if "title" not in pairs:
        return Objection("a plan begins with its title", "add title=…")
    made = _values(case, identity, pairs)
    if isinstance(made, Objection):
        return made
    return Proposal((Draft(PLANS, identity, ("timeline",), entry(case, made)),))


_OF_PAPER: Final = frozenset({"number", "kind", "title", "date", "author", "link"})


def create_paper(case: Case, identity: str, pairs: Mapping[str, str], quote: str | None) -> Answer:
    """A paper is recorded; what is not said of it is unknown."""
    objection = _new_identity(case, PAPERS, identity) or _keys(pairs, _OF_PAPER)
    if objection is not None:
        return objection
    written = parse(pairs.get("date", "unknown"))
    if isinstance(written, Fault):
        return Objection(written.reason, written.remedy)
    authors = _authors(case, identity, pairs.get("author", "unknown"), written.counts_from)
    if isinstance(authors, Objection):
        return authors
    number = pairs.get("number", "unknown")
    absent = {"unknown": Absent.UNKNOWN, "none": Absent.NONE}
    return Proposal(
        papers=(
            NewPaper(
                Paper(
                    id=identity,
                    number=absent.get(number, number),
                    kind=absent.get(pairs.get("kind", "unknown"), pairs.get("kind", "")),
                    title=absent.get(pairs.get("title", "unknown"), pairs.get("title", "")),
                    date=written,
                    author=authors,
                    links=(pairs["link"],) if "link" in pairs else (),
                    sources=() if quote is None else (Source(None, quote),),
                )
            ),
        )
    )


def _authors(case: Case, identity: str, text: str, day: date) -> tuple[str, ...] | Absent | Objection:
    if text in {"unknown", "none"}:
        return Absent(text)
    found = reference(case.registry, municipality_of(identity), text, day, UNITS)
    return found if isinstance(found, Objection) else (found,)


def _values(case: Case, identity: str, pairs: Mapping[str, str]) -> dict[str, Value] | Objection:
    made: dict[str, Value] = {}
    for key, text in pairs.items():
        one = value(case.registry, municipality_of(identity), key, text, case.day)
        if isinstance(one, Objection):
            return one
        made[key] = one
    return made


def _new_identity(case: Case, folder: str, identity: str) -> Objection | None:
    city, _, slug = identity.partition("/")
    if city not in case.registry.municipalities:
        return Objection(
            f"{city} is no municipality of this register",
            f"name one of: {', '.join(sorted(case.registry.municipalities))}",
        )
    there = {UNITS: case.registry.units, PAPERS: case.registry.papers, PLANS: case.registry.plans}[folder]
    if identity in there or case.registry.is_lost(folder, identity):
        return Objection(f"{identity} is there already", "choose another slug, or set what is different")
    return _slug(slug)


def _slug(slug: str) -> Objection | None:
    if _SLUG.fullmatch(slug):
        return None
    return Objection(f"{slug} is no slug", "use a-z, 0-9 and hyphens, ä as ae, beginning with a letter or digit")


def _keys(pairs: Mapping[str, str], known: frozenset[str]) -> Objection | None:
    stray = next((key for key in pairs if key not in known), None)
    return (
        None
        if stray is None
        else Objection(f"{stray} cannot be given here", f"give some of: {', '.join(sorted(known))}")
    )
