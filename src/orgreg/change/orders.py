"""An order is what a person asks for, in words; here it becomes a proposal, or the reason why it cannot."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from orgreg.change.correcting import correct
from orgreg.change.ending import Heirs, dissolve, merge, split, transfer
from orgreg.change.moving import into, move, recode, under
from orgreg.change.objections import not_recorded
from orgreg.change.proposal import PUT_RIGHT, Basis, Case, Objection, Proposal
from orgreg.change.setting import create_paper, create_part, create_plan, create_unit, set_value, timeline_at
from orgreg.model.day import Fault, parse
from orgreg.model.registry import PAPERS, PLANS, UNITS
from orgreg.model.timeline import Absent, Source
from orgreg.model.unit import municipality_of, slug_of
from orgreg.query.names import Ambiguous, Named, Names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from orgreg.change.proposal import Answer, Draft
    from orgreg.model.plan import Plan
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Entry
    from orgreg.model.unit import Unit

STANCE: Final = ("date", "by", "source", "quote", "because", "change")
"""The options that every order has: when, who decided, who says so, why, and the word for what belongs together."""

EXTRA: Final[Mapping[str, tuple[str, ...]]] = {
    "set": ("modality",),
    "correct": ("modality",),
    "move": ("under", "into", "children-to"),
    "merge": ("children-to",),
    "split": ("children-to", "tasks-to", "posts-to"),
    "dissolve": ("children-to", "tasks-to", "posts-to"),
}
"""The options of single verbs."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: a verb, its words in their order, what `create` is given, and options by their names."""

    verb: str
    words: tuple[str, ...]
    given: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Office:
    """Where orders are taken: the register as it is, the city whose names are meant, and the day of the clock."""

    registry: Registry
    city: str | None
    today: date


def propose(office: Office, order: Order) -> Answer:
    """What an order comes to."""
    case = _unfit(office, order) or _case(office, order)
    if isinstance(case, Objection):
        return case
    answer = _VERBS[order.verb][3](office, case, order)
    if isinstance(answer, Proposal):
        return replace(answer, remarks=(*answer.remarks, *_overtaken(office.registry, answer)))
    return answer


def _unfit(office: Office, order: Order) -> Objection | None:
    """Why this is no order at all."""
    if not office.registry.municipalities:
        return Objection("registry.yaml names no municipality that can be read", "see orgreg check")
    if order.verb not in _VERBS:
        return Objection(f"{order.verb} is no change", f"write one of: {', '.join(_VERBS)}")
    least, most, usage, _ = _VERBS[order.verb]
    if not least <= len(order.words) <= (most or len(order.words)):
        return Objection(
            f"{order.verb} does not fit its words: {' '.join(order.words)}", f"write: {order.verb} {usage}"
        )
    stray = next((name for name in order.options if name not in {*STANCE, *EXTRA.get(order.verb, ())}), None)
    if stray is not None or (order.given and order.verb != "create"):
        return Objection(f"{order.verb} takes no {stray or 'with'}", "leave it out")
    return None


def _overtaken(registry: Registry, proposal: Proposal) -> Iterator[str]:
    """What is recorded already for a later day than the change."""
    for one in proposal.drafts:
        things: Mapping[str, Unit | Plan] = registry.units if one.folder == UNITS else registry.plans
        if one.identity in things:
            later = [entry for entry in timeline_at(things[one.identity], one.route).entries if _after(entry, one)]
            days = sorted({entry.since.text for entry in later})
            name = slug_of(one.identity) + ("" if len(one.route) == 1 else f"#{one.route[1]}")
            yield from (f"{name} has an entry of {day}, which comes after this" for day in days)


def _after(entry: Entry, draft: Draft) -> bool:
    return entry.counts_from > draft.entry.counts_from


def _case(office: Office, order: Order) -> Case | Objection:
    """What the order stands on. Papers may go by any of their names."""
    since = parse(order.options.get("date", office.today.isoformat()))
    if isinstance(since, Fault):
        return Objection(since.reason, since.remedy)
    papers: dict[str, str] = {}
    for option in ("by", "source"):
        word = order.options.get(option)
        if word is not None and word not in {"unknown", "none"}:
            found = _paper(office, order, word, since.counts_from)
            if isinstance(found, Objection):
                return found
            papers[option] = found
    quote = order.options.get("quote")
    if quote is not None and "source" not in papers and order.words[0] != "paper":
        return Objection("a quote stands in a paper", "name the paper with --source")
    by = order.options.get("by")
    decided: tuple[str, ...] | Absent | None = Absent(by) if by in {"unknown", "none"} else None
    if "by" in papers:
        decided = (papers["by"],)
    cited = papers.get("source", papers.get("by") if "source" not in order.options else None)
    sources = () if cited is None else (Source(cited, quote),)
    basis = Basis(since, sources, decided, order.options.get("because"), order.options.get("change"))
    return Case(office.registry, basis)


def _paper(office: Office, order: Order, word: str, day: date) -> str | Objection:
    names = Names(office.registry, day, municipality=office.city)
    found = names.resolve(word, folders=(PAPERS,))
    if isinstance(found, Named):
        return found.identity
    if isinstance(found, Ambiguous):
        several = ", ".join(candidate for candidate, _ in found.candidates)
        return Objection(f"{word} names several papers: {several}", "name one of them")
    if found.lost:
        return Objection(found.reason, PUT_RIGHT)
    if found.impossible:
        return Objection(found.reason, "name a paper that is recorded; see orgreg find")
    meant = (names.resolve(one, folders=(UNITS, PLANS)) for one in order.words)
    said = [municipality_of(one.identity if isinstance(one, Named) else one.word) for one in meant]
    cities = office.registry.municipalities
    return not_recorded(next(cities[one] for one in (office.city or "", *said, *cities) if one in cities), word)


def _named(office: Office, case: Case, word: str, folders: tuple[str, ...] = (UNITS,)) -> Named | Objection:
    found = Names(office.registry, case.day, municipality=office.city).resolve(word, folders=folders)
    if isinstance(found, Named):
        return found
    if isinstance(found, Ambiguous):
        several = ", ".join(f"{candidate} ({told})" for candidate, told in found.candidates)
        return Objection(f"{word} names several: {several}", "name one of them")
    if found.lost:
        return Objection(found.reason, PUT_RIGHT)
    near = f"did you mean {' or '.join(found.near)}?" if found.near else "see orgreg find"
    return Objection(found.reason, near)


def _unit(office: Office, case: Case, word: str) -> Unit | Objection:
    found = _named(office, case, word)
    return found if isinstance(found, Objection) else office.registry.units[found.identity]


def _heir(office: Office, case: Case, order: Order, what: str) -> Unit | Objection | None:
    """The unit that an option names; none where it is not given."""
    word = order.options.get(f"{what}-to")
    return None if word is None else _unit(office, case, word)


def _units(office: Office, case: Case, words: tuple[str, ...]) -> list[Unit] | Objection:
    units: list[Unit] = []
    for word in words:
        found = _unit(office, case, word)
        if isinstance(found, Objection):
            return found
        units.append(found)
    return units


def _move(office: Office, case: Case, order: Order) -> Answer:
    outright = [name for name in ("under", "into") if name in order.options]
    if len(order.words) + len(outright) != 2:  # noqa: PLR2004 - the unit and one target
        return Objection(
            "move wants one unit and one target", "write: move UNIT TARGET, move UNIT --under UNIT or --into UNIT"
        )
    unit = _unit(office, case, order.words[0])
    if isinstance(unit, Objection):
        return unit
    children = _heir(office, case, order, "children")
    if isinstance(children, Objection):
        return children
    word = order.options[outright[0]] if outright else order.words[1]
    found = _named(office, case, word)
    # A code that nobody bears on the day, or that the unit itself bears by now.
    free = isinstance(found, Objection) or found.note is not None or found.identity == unit.id
    city = office.registry.municipalities.get(unit.municipality)
    if not outright and free and city is not None and any(kind.fits(word) for kind in city.kinds.values()):
        return recode(case, unit, word, children)
    if isinstance(found, Objection):
        return found
    target = office.registry.units[found.identity]
    how = {"under": under, "into": into}[outright[0]] if outright else move
    return how(case, unit, target, children)


def _set(office: Office, case: Case, order: Order) -> Answer:
    found = _named(office, case, order.words[0], (UNITS, PLANS, PAPERS))
    if isinstance(found, Objection):
        return found
    if found.folder == PAPERS:
        slug = slug_of(found.identity)
        return Objection(f"{slug} is a paper, and what it says does not change", f"orgreg correct {slug} puts it right")
    return set_value(case, found, order.words[1], order.words[2], order.options.get("modality"))


def _correct(office: Office, case: Case, order: Order) -> Answer:
    found = _named(office, case, order.words[0], (UNITS, PLANS, PAPERS))
    if isinstance(found, Objection):
        return found
    return correct(case, found, order.words[1], order.words[2], office.today, order.options.get("modality"))


def _create(office: Office, case: Case, order: Order) -> Answer:
    kind, word = order.words
    makers = {"unit": create_unit, "plan": create_plan}
    if kind in makers or kind == "paper":
        identity = _new_identity(office, word)
        if isinstance(identity, Objection):
            return identity
        if kind == "paper":
            return create_paper(case, identity, order.given, order.options.get("quote"))
        return makers[kind](case, identity, order.given)
    if kind not in {"task", "post", "step"}:
        return Objection(f"{kind} cannot be created", "write unit, paper, plan, task, post or step")
    whole, _, part = word.partition("#")
    if not part:
        return Objection(f"a {kind} belongs to a {'plan' if kind == 'step' else 'unit'}", f"write {word}#its-slug")
    found = _named(office, case, whole, (PLANS,) if kind == "step" else (UNITS,))
    return found if isinstance(found, Objection) else create_part(case, kind, found.identity, part, order.given)


def _new_identity(office: Office, word: str) -> str | Objection:
    known = sorted(office.registry.municipalities)
    told, _, slug = word.rpartition("/")
    cities = [told] if told else known if office.city is None else [office.city]
    if len(cities) > 1:
        return Objection(f"{word} could be of {' or '.join(cities)}", f"write {cities[0]}/{word}")
    if cities[0] not in known:
        return Objection(f"{cities[0]} is no municipality of this register", f"name one of: {', '.join(known)}")
    return f"{cities[0]}/{slug}"


def _merge(office: Office, case: Case, order: Order) -> Answer:
    units, children = _units(office, case, order.words), _heir(office, case, order, "children")
    if isinstance(units, Objection):
        return units
    return children if isinstance(children, Objection) else merge(case, units[:-1], units[-1], children)


def _split(office: Office, case: Case, order: Order) -> Answer:
    units, heirs = _units(office, case, order.words), _heirs(office, case, order)
    if isinstance(units, Objection):
        return units
    return heirs if isinstance(heirs, Objection) else split(case, units[0], units[1:], heirs)


def _dissolve(office: Office, case: Case, order: Order) -> Answer:
    unit, heirs = _unit(office, case, order.words[0]), _heirs(office, case, order)
    if isinstance(unit, Objection):
        return unit
    return heirs if isinstance(heirs, Objection) else dissolve(case, unit, heirs)


def _heirs(office: Office, case: Case, order: Order) -> Heirs | Objection:
    heirs: dict[str, Unit] = {}
    ends: set[str] = set()
    for what in ("children", "tasks", "posts"):
        if order.options.get(f"{what}-to") == "none" and what != "children":
            ends.add(what)
            continue
        heir = _heir(office, case, order, what)
        if isinstance(heir, Objection):
            return heir
        if heir is not None:
            heirs[what] = heir
    return Heirs(**heirs, ends=frozenset(ends))


def _transfer(office: Office, case: Case, order: Order) -> Answer:
    found = _named(office, case, order.words[0])
    target = _unit(office, case, order.words[1])
    if isinstance(found, Objection):
        return found
    if isinstance(target, Objection):
        return target
    if found.part is None:
        return Objection(f"{order.words[0]} is a whole unit", "name its task or post: UNIT#slug; or move the unit")
    return transfer(case, office.registry.units[found.identity], found.part, target)


_VERBS: Final[Mapping[str, tuple[int, int | None, str, Callable[[Office, Case, Order], Answer]]]] = {
    "create": (2, 2, "KIND REF KEY=VALUE …", _create),
    "set": (3, 3, "REF ATTRIBUTE VALUE", _set),
    "correct": (3, 3, "REF ATTRIBUTE VALUE", _correct),
    "move": (1, 2, "UNIT TARGET", _move),
    "merge": (2, None, "UNIT … INTO", _merge),
    "split": (3, None, "UNIT INTO …", _split),
    "dissolve": (1, 1, "UNIT", _dissolve),
    "transfer": (2, 2, "UNIT#PART TARGET", _transfer),
}
