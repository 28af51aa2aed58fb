"""How a value is told with what stands behind it: since when, how certain, who says so, what others say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from orgreg.formats.days import from_to
from orgreg.formats.line import Line, line
from orgreg.formats.text.sources import dated, title
from orgreg.model.certainty import Certainty
from orgreg.model.timeline import Absent, Contact, Due, Membership
from orgreg.model.unit import slug_of, whole_of
from orgreg.model.wording import quoted
from orgreg.query.wording import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from orgreg.formats.text.sources import Notes
    from orgreg.model.certainty import Doubt
    from orgreg.model.timeline import Alternative, Entry, Value
    from orgreg.model.unit import Correction
    from orgreg.query.labels import Labels
    from orgreg.query.portrait import Fact

LABELS: Final = {
    "short_name": "short name",
    "aka": "also called",
    "staff_of": "beside",
    "agrees_with": "agrees with",
    "depends_on": "depends on",
    "out_of": "origin",
    "ended": "end",
    "from": "day",
    "decided_by": "decision",
}
"""What an attribute is called where its key is no word of English."""

_UNITS: Final = frozenset(
    {
        "parent", "staff_of", "secretariat", "members", "coordinates", "steers", "involves", "advises", "agrees_with",
        "into", "out_of", "responsible", "author", "lead", "by",
    }
)  # fmt: skip
_PAPERS: Final = frozenset({"mandate", "answers", "amends", "supplements", "replaces", "cites"})
_UNNAMED: Final = "unnamed"


def label(attribute: str) -> str:
    """What an attribute is called for people."""
    return LABELS.get(attribute, attribute)


class Teller:
    """Tells values, names things as they are called on the day, and collects the sources."""

    def __init__(self, labels: Labels, notes: Notes) -> None:
        self.labels = labels
        self.notes = notes

    def unit(self, identity: str) -> str:
        """A unit, post or task by what people call it; with the slug where it has no code to ask for it by."""
        if whole_of(identity) not in self.labels.registry.units:
            return f"{slug_of(identity)} (not recorded)"
        told = self.labels.unit(identity)
        return told if self.labels.has_code(identity) else f"{told} ({slug_of(identity)})"

    def paper(self, identity: str) -> str:
        """A paper by its title, with its day."""
        paper = self.labels.paper(identity)
        return f"{slug_of(identity)} (not recorded)" if paper is None else f"{title(paper)}, {dated(paper)}"

    def value(self, attribute: str, value: Value) -> str:
        """A value in words."""
        if isinstance(value, tuple):
            return self._several(attribute, value)
        if isinstance(value, Absent):
            return _UNNAMED if attribute == "holder" and value is Absent.UNKNOWN else str(value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, Due):
            return due(value)
        return self._one(attribute, value)

    def _several(self, attribute: str, values: Sequence[object]) -> str:
        told = [self._one(attribute, one) for one in values]
        return ("; " if any("," in one for one in told) else ", ").join(told)

    def _one(self, attribute: str, value: object) -> str:
        if isinstance(value, Membership):
            return f"{quoted(value.rule)} (by rule)"
        if attribute in _UNITS:
            return self.unit(str(value))
        if attribute in _PAPERS:
            return self.paper(str(value))
        if attribute == "depends_on":
            return self.step(str(value))
        return str(value)

    def plan(self, identity: str) -> str:
        """A plan by its title, with its slug."""
        told = self.labels.plan(identity)
        return f"{slug_of(identity)} (not recorded)" if told is None else f"{told} ({slug_of(identity)})"

    def step(self, identity: str) -> str:
        """A step of a plan by its title, with its slug."""
        plan = self.labels.registry.plans.get(whole_of(identity))
        slug = identity.partition("#")[2]
        return f"{slug_of(identity)} (not recorded)" if plan is None else f"{self.labels.step(plan, slug)} (#{slug})"

    # A value with what belongs to it

    def fact(
        self, fact: Fact, indent: str, width: int, *, alone: bool = True, ends: date | None = None
    ) -> Iterator[Line]:
        """A value: what, since when, who says so, how certain. `alone` is false where the line above has told whence.

        An end that is the unit's own, `ends`, is not told of each value.
        """
        attribute = fact.attribute
        name = f"{indent}{label(attribute):<{width}}"
        told = self.value(attribute, fact.value)
        behind = f"   {self.whence(fact, ends)}" if alone else ""
        further: tuple[str, ...] = ()
        if isinstance(fact.value, Contact):
            told, *rest = (f"{way} {where}" for way, where in fact.value.ways)
            further = tuple(rest)
        yield line((name, "quiet"), (told, "code" if attribute == "code" else None), (behind, "quiet"), mark(fact))
        inner = indent + " " * width
        for more in further:
            yield line(inner, more)
        yield from self.behind(fact, inner)

    def whence(self, fact: Fact, ends: date | None = None) -> str:
        """Since when a value is held, and the references to who says so."""
        until = None if fact.until == ends else fact.until
        sources = [source for entry in fact.statements for source in entry.sources]
        return f"{from_to(fact.since, until)} {self.notes.refer(sources)}"

    def behind(self, fact: Fact, indent: str) -> Iterator[Line]:
        """Why a value is not simply stated, and what other sources say instead."""
        attribute, entry, doubt = fact.attribute, fact.entry, fact.doubt
        others = [other for other in entry.also if attribute in other.values]
        disputed = doubt is not None and doubt.certainty is Certainty.DISPUTED and bool(others)
        told_of_day = doubt is not None and doubt.because == entry.inferred.get("from")
        plain = doubt is not None and doubt.certainty is Certainty.UNKNOWN and attribute not in entry.inferred
        if doubt is not None and not (disputed or told_of_day or plain):
            yield reason(indent, str(doubt.certainty), doubt.because)
        for other in others:
            yield self.other(attribute, other, indent)
        for before in fact.statements[:-1]:
            if attribute in before.inferred and attribute not in entry.inferred:
                yield reason(indent, f"before {entry.counts_from.isoformat()} inferred", before.inferred[attribute])
            for other in before.also:
                if attribute in other.values:
                    yield self.other(attribute, other, indent)

    def other(self, attribute: str, other: Alternative, indent: str) -> Line:
        """What another source says of an attribute, and why it is not preferred."""
        return self.instead(indent, "another source says", self.value(attribute, other.values[attribute]), other)

    def instead(self, indent: str, word: str, told: str, other: Alternative) -> Line:
        """What another source says, in words that are already found."""
        because = f"; not preferred: {other.because}" if other.because else ""
        return line((f"{indent}{word}: ", "mark"), f"{told} {self.notes.refer(other.sources)}", (because, "quiet"))

    # What an entry says of itself

    def remarks(self, entry: Entry, indent: str) -> Iterator[Line]:
        """Everything that an entry says beside its values: its day, who decided, why, in which words."""
        if entry.wording is not None:
            yield reason(indent, "wording", quoted(entry.wording))
        if "from" in entry.inferred:
            yield reason(indent, "day inferred", entry.inferred["from"])
        for other in entry.also:
            if other.since is not None:
                yield self.instead(indent, "another source gives as the day", moment(other.since), other)
            if isinstance(other.decided_by, tuple):
                told = f"decided by {'; '.join(self.paper(one) for one in other.decided_by)}"
                yield self.instead(indent, "another source tells it as", told, other)
        yield from self.decision(entry, indent)
        if entry.because is not None:
            yield reason(indent, "because", entry.because)
        if entry.note is not None:
            yield reason(indent, "note", entry.note)

    def decision(self, entry: Entry, indent: str) -> Iterator[Line]:
        """Who decided it, and the change that it belongs to. Nothing is said where nobody says anything of either."""
        told = ""
        if isinstance(entry.decided_by, tuple):
            told = f"decided by: {'; '.join(self.paper(one) for one in entry.decided_by)}"
        elif entry.decided_by is not None:
            told = f"decision: {'none recorded' if entry.decided_by is Absent.UNKNOWN else 'none'}"
        change = f"change: {entry.change}" if entry.change is not None else ""
        if told or change:
            word, _, text = "; ".join(one for one in (told, change) if one).partition(": ")
            yield reason(indent, word, text)

    def corrections(self, told: Iterable[Correction]) -> Iterator[Line]:
        """What was recorded wrongly and has been put right."""
        told = tuple(told)
        if told:
            yield from section("Put right in the register")
        for one in told:
            yield line(f"  {moment(one.day)}, {one.of}: {one.because} {self.notes.refer(one.sources)}")
            yield reason("    ", "was", one.was)


def section(title: str) -> Iterator[Line]:
    """An empty line and the heading of what follows."""
    yield line()
    yield line((title, "heading"))


def existence(doubts: Iterable[Doubt], indent: str) -> Iterator[Line]:
    """Why it is not certain that something exists on the day, one line each.

    A day that is vague or inferred is told as such where the day is told.
    """
    for doubt in doubts:
        if doubt.attribute == "existence" and doubt.day is None:
            yield line((f"{indent}existence {doubt.certainty}: ", "mark"), doubt.because)


def without_echo(fact: Fact, told: frozenset[str]) -> Fact:
    """The value without a doubt for a reason that has been told of the whole."""
    return replace(fact, doubt=None) if fact.doubt is not None and fact.doubt.because in told else fact


def mark(fact: Fact) -> tuple[str, str]:
    """The word that says how certain a value is, where it is not simply stated and not itself „unknown“."""
    doubt = fact.doubt
    if doubt is None or doubt.certainty is Certainty.UNKNOWN:
        return ("", "mark")
    return (f"   ({doubt.brief or doubt.certainty})", "mark")


def reason(indent: str, word: str, text: str) -> Line:
    """A remark: a word of ours and the register's text."""
    return line((f"{indent}{word}: ", "quiet"), text)


def remarkable(entry: Entry) -> bool:
    """Whether an entry says anything beside its values."""
    remarks = (entry.wording, entry.decided_by, entry.because, entry.note, entry.change)
    otherwise = any(other.since is not None or other.decided_by is not None for other in entry.also)
    return any(one is not None for one in remarks) or "from" in entry.inferred or otherwise


def behind_all(teller: Teller, facts: Iterable[Fact], indent: str) -> Iterator[Line]:
    """What the entries behind several values say of themselves, each entry once, by day."""
    spoken: dict[int, tuple[Entry, list[str]]] = {}
    for fact in facts:
        for entry in fact.statements:
            spoken.setdefault(id(entry), (entry, []))[1].append(label(fact.attribute))
    told = [(entry, names) for entry, names in spoken.values() if remarkable(entry)]
    for entry, names in sorted(told, key=lambda one: one[0].counts_from):
        day = moment(entry.since) if entry.since.known else "beginning unknown"
        yield line((f"{indent}{day} ({', '.join(names)})", "quiet"))
        yield from teller.remarks(entry, indent + "  ")


def due(value: Due) -> str:
    """When a step is due, in words."""
    modality = f", {value.modality}" if value.modality else ""
    wording = f" ({quoted(value.wording)})" if value.wording else ""
    day = value.day
    words = moment(day)
    if day.known and words.endswith(" or before"):
        words = f"by {words.removesuffix(' or before')}"
    return f"{words}{modality}{wording}"
