"""`set` and `create`: something becomes different, or begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from orgreg.change.drafting import entry
from orgreg.change.due import misplaced
from orgreg.change.objections import alive, circle, code_taken, first_of, other_city, too_early
from orgreg.change.proposal import Draft, NewPaper, Objection, Proposal, Recorded
from orgreg.change.values import attributes, read, reference
from orgreg.model.day import Fault, parse
from orgreg.model.paper import Paper
from orgreg.model.registry import PAPERS, PLANS, UNITS, path_of
from orgreg.model.timeline import Absent, Source, Status, Timeline
from orgreg.model.unit import BEGINS_WITH, Unit, municipality_of, slug_of, whole_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from orgreg.change.due import Reading
    from orgreg.change.proposal import Answer, Case
    from orgreg.model.finding import Route
    from orgreg.model.plan import Plan
    from orgreg.model.timeline import Entry, Value
    from orgreg.query.names import Named

_SLUG: Final = re.compile("[a-z0-9][a-z0-9-]*", re.ASCII)
_SECTIONS: Final = {"task": "tasks", "post": "posts", "step": "steps"}
_NEEDS: Final = {"tasks": "text", "posts": "title", "steps": "title"}


def set_value(case: Case, named: Named, attribute: str, text: str, modality: str | None = None) -> Answer:
    """An attribute of a unit, a plan, or a part of one has another value from the day on."""
    folder, identity, part = named.folder, named.identity, named.part
    if attribute == "status" and folder == UNITS and part is None:
        return _come_into_force(case, case.registry.units[identity], text)
    section = None if part is None else section_of(case, folder, identity, part)
    known = attributes(folder, section)
    if attribute not in known:
        return Objection(f"{attribute} cannot be set here", f"name one of: {', '.join(sorted(known))}")
    route: Route = ("timeline",) if section is None or part is None else (section, part)
    thing: Unit | Plan = case.registry.units[identity] if folder == UNITS else case.registry.plans[identity]
    timeline = timeline_at(thing, route)
    life = timeline.life_on(case.day)
    held = None if life is None else life.held(case.day).get(attribute)
    made = _settable(case, named, attribute, text, modality, None if held is None else held.value)
    if isinstance(made, Objection):
        return made
    name = slug_of(named.reference)
    if life is None:
        return Objection(f"{name} is not there on {case.day.isoformat()}", f"see orgreg show {identity}")
    if held is not None and held.value == made.value:
        return Recorded(f"already recorded: {attribute} of {name} is {text}")
    return too_early(timeline, name, case.basis) or Proposal(
        (Draft(folder, identity, route, _saying(case, {attribute: made})),), remarks=_remarks({attribute: made})
    )


def _saying(case: Case, made: Mapping[str, Reading], status: Status = Status.IN_FORCE) -> Entry:
    """The entry that says what was typed."""
    reasons = {key: one.reason for key, one in made.items() if one.reason is not None}
    return entry(case, {key: one.value for key, one in made.items()}, status, reasons)


def _remarks(made: Mapping[str, Reading]) -> tuple[str, ...]:
    return tuple(one.remark for one in made.values() if one.remark is not None)


def timeline_at(thing: Unit | Plan, route: Route) -> Timeline:
    """The timeline to which a route leads; an empty one where there is none yet."""
    if len(route) == 1:
        return thing.timeline
    parts: Mapping[str, Timeline] = getattr(thing, str(route[0]))
    return parts.get(str(route[1]), Timeline(()))


def section_of(case: Case, folder: str, identity: str, part: str) -> str:
    """In which section of its file a part stands."""
    if folder == PLANS:
        return "steps" if part in case.registry.plans[identity].steps else "dimensions"
    return "posts" if part in case.registry.units[identity].posts else "tasks"


def _settable(  # noqa: PLR0913, PLR0917 - what was typed, of what, and what was there before
    case: Case, named: Named, attribute: str, text: str, modality: str | None, before: Value | None
) -> Reading | Objection:
    """The value, or why nothing of the unit, or not this, can be set on the day."""
    made = read(case.registry, named.identity, attribute, text, case.day, modality=modality, before=before)
    if named.folder != UNITS or isinstance(made, Objection):
        return made
    return _objection(case, case.registry.units[named.identity], attribute, made.value) or made


def _objection(case: Case, unit: Unit, attribute: str, made: Value) -> Objection | None:
    day = case.day
    lives = alive(case.registry, unit, day)
    if isinstance(lives, Objection):
        return lives
    if attribute == "code" and isinstance(made, str):
        return code_taken(case.registry, unit, made, day)
    if attribute in {"parent", "staff_of"} and isinstance(made, str):
        return first_of(
            alive(case.registry, case.registry.units[whole_of(made)], day),
            other_city(unit.id, made),
            circle(case.registry, unit.id, made, day),
        )
    return None


def _come_into_force(case: Case, unit: Unit, text: str) -> Answer:
    """What was planned or proposed is there from the day on, as it was meant to be."""
    name, day = slug_of(unit.id), case.day
    if text != str(Status.IN_FORCE):
        way = 'set status "in force", and name the source; what is planned is created so'
        return Objection(f"status cannot become {text}", way)
    if unit.timeline.life_on(day) is not None:
        return Recorded(f"already recorded: {name} is in force on {day.isoformat()}")
    meant = unit.timeline.intended_on(day)
    if meant is None:
        return Objection(f"nothing is planned of {name} on {day.isoformat()}", f"see orgreg show {unit.id} --planned")
    values = {key: held.value for key, held in meant.held(day).items()}
    code = values.get("code")
    objection = first_of(
        code_taken(case.registry, unit, code, day) if isinstance(code, str) else None,
        _meant_for(unit, case),
        too_early(unit.timeline, name, case.basis),
    )
    return objection or Proposal((Draft(UNITS, unit.id, ("timeline",), entry(case, values)),))


def _meant_for(unit: Unit, case: Case) -> Objection | None:
    """A key does not stand twice in one `from`."""
    if all(entry.since.text != case.basis.since.text for entry in unit.timeline.entries):
        return None
    return Objection(
        f"{slug_of(unit.id)} was meant to begin on this very day, {case.basis.since}",
        f"take the line status: out of {path_of(UNITS, unit.id)}, and name the source that says that it came",
    )


def create_unit(case: Case, identity: str, pairs: Mapping[str, str]) -> Answer:
    """A unit begins, or is planned or proposed where its `status` says so."""
    day = case.day
    objection = _keys(pairs, attributes(UNITS, None) | {"status"}) or _status(pairs)
    if objection is not None:
        return objection
    read_ = _readings(case, identity, {key: text for key, text in pairs.items() if key != "status"})
    if isinstance(read_, Objection):
        return read_
    begun = _saying(case, read_, Status(pairs.get("status", str(Status.IN_FORCE))))
    made = begun.values
    there = _there_already(case, UNITS, identity, begun)
    if there is not None:
        return there
    missing = [key for key in BEGINS_WITH if key not in made and not (key == "parent" and "staff_of" in made)]
    if missing:
        return Objection(
            f"a unit begins with {', '.join(BEGINS_WITH)}",
            f"add {' '.join(f'{key}=…' for key in missing)}; what is not known is unknown",
        )
    code, above = made.get("code"), made.get("parent", made.get("staff_of"))
    objection = first_of(
        code_taken(case.registry, _nobody(identity), code, day) if isinstance(code, str) else None,
        alive(case.registry, case.registry.units[whole_of(above)], day) if isinstance(above, str) else None,
        other_city(identity, above) if isinstance(above, str) else None,
    )
    return objection or Proposal((Draft(UNITS, identity, ("timeline",), begun),))


def _status(pairs: Mapping[str, str]) -> Objection | None:
    known = [str(one) for one in (Status.PLANNED, Status.PROPOSED)]
    if pairs.get("status", known[0]) in known:
        return None
    return Objection(f"{pairs['status']} is no status of what begins", f"write {' or '.join(known)}, or leave it out")


def _nobody(identity: str) -> Unit:
    """The unit before it is."""
    return Unit(identity, Timeline(()))


def create_part(case: Case, kind: str, identity: str, part: str, pairs: Mapping[str, str]) -> Answer:
    """A task, post or step begins."""
    folder, section = (PLANS if kind == "step" else UNITS), _SECTIONS[kind]
    thing: Unit | Plan = case.registry.units[identity] if folder == UNITS else case.registry.plans[identity]
    known = attributes(folder, section) | ({"modality"} if kind == "step" else set())
    made = _slug(part) or _keys(pairs, known) or _readings(case, identity, pairs)
    if isinstance(made, Objection):
        return made
    begun = _saying(case, made)
    if part in getattr(thing, section):
        name = f"{slug_of(identity)}#{part}"
        if _says(getattr(thing, section)[part], begun):
            return Recorded(f"already recorded: {name} from {begun.since}")
        return Objection(f"{name} is there already", "choose another slug, or set what is different")
    if _NEEDS[section] not in pairs:
        return Objection(f"a {kind} begins with its {_NEEDS[section]}", f"add {_NEEDS[section]}=…")
    lives = first_of(alive(case.registry, case.registry.units[identity], case.day) if folder == UNITS else None)
    return lives or Proposal((Draft(folder, identity, (section, part), begun),), remarks=_remarks(made))


def _says(timeline: Timeline, begun: Entry) -> bool:
    """Whether the timeline states all that the entry does, from the same day."""
    said: dict[str, Value] = {}
    for one in timeline.entries:
        said |= one.values if one.since.text == begun.since.text and one.status is begun.status else {}
    return all(said.get(key) == value for key, value in begun.values.items())


def create_plan(case: Case, identity: str, pairs: Mapping[str, str]) -> Answer:
    """A plan begins."""
    made = _keys(pairs, attributes(PLANS, None)) or _readings(case, identity, pairs)
    if isinstance(made, Objection):
        return made
    begun = _saying(case, made)
    there = _there_already(case, PLANS, identity, begun)
    if there is not None:
        return there
    if "title" not in pairs:
        return Objection("a plan begins with its title", "add title=…")
    return Proposal((Draft(PLANS, identity, ("timeline",), begun),))


_OF_PAPER: Final = frozenset({"number", "kind", "title", "date", "author", "link"})


def create_paper(case: Case, identity: str, pairs: Mapping[str, str], quote: str | None) -> Answer:
    """A paper is recorded; what is not said of it is unknown."""
    objection = _keys(pairs, _OF_PAPER)
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
    paper = Paper(
        id=identity,
        number=absent.get(number, number),
        kind=absent.get(pairs.get("kind", "unknown"), pairs.get("kind", "")),
        title=absent.get(pairs.get("title", "unknown"), pairs.get("title", "")),
        date=written,
        author=authors,
        links=(pairs["link"],) if "link" in pairs else (),
        sources=() if quote is None else (Source(None, quote),),
    )
    if case.registry.papers.get(identity) == paper:
        return Recorded(f"already recorded: {slug_of(identity)}")
    return _new_identity(case, PAPERS, identity) or Proposal(papers=(NewPaper(paper),))


def _authors(case: Case, identity: str, text: str, day: date) -> tuple[str, ...] | Absent | Objection:
    if text in {"unknown", "none"}:
        return Absent(text)
    found = reference(case.registry, municipality_of(identity), text, day, UNITS)
    return found if isinstance(found, Objection) else (found,)


def _readings(case: Case, identity: str, pairs: Mapping[str, str]) -> dict[str, Reading] | Objection:
    """What is given, by its keys. A modality is no key of its own: it belongs to the due day."""
    modality = pairs.get("modality")
    if "due" not in pairs and (objection := misplaced(modality)) is not None:
        return objection
    made: dict[str, Reading] = {}
    for key, text in pairs.items():
        if key == "modality":
            continue
        meant = modality if key == "due" else None
        one = read(case.registry, identity, key, text, case.day, modality=meant)
        if isinstance(one, Objection):
            return one
        made[key] = one
    return made


def _there_already(case: Case, folder: str, identity: str, begun: Entry) -> Recorded | Objection | None:
    things: Mapping[str, Unit | Plan] = case.registry.units if folder == UNITS else case.registry.plans
    if identity in things and begun.values and _says(things[identity].timeline, begun):
        return Recorded(f"already recorded: {slug_of(identity)} from {begun.since}")
    return _new_identity(case, folder, identity)


def _new_identity(case: Case, folder: str, identity: str) -> Objection | None:
    there = {UNITS: case.registry.units, PAPERS: case.registry.papers, PLANS: case.registry.plans}[folder]
    if identity in there or case.registry.is_lost(folder, identity):
        return Objection(f"{identity} is there already", "choose another slug, or set what is different")
    return _slug(slug_of(identity))


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
