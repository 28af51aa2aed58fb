"""A unit, or a post or task of it, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.formats.days import from_to, last_day, since
from orgreg.formats.line import Line, line
from orgreg.formats.marks import in_brief, marks
from orgreg.formats.text.facts import (
    Teller,
    behind_all,
    existence,
    label,
    mark,
    reason,
    section,
    without_echo,
)
from orgreg.formats.text.sources import Notes
from orgreg.model.certainty import Certainty
from orgreg.model.timeline import Absent, Status
from orgreg.model.unit import slug_of
from orgreg.model.wording import quoted
from orgreg.query.portrait import Sort, Why
from orgreg.query.wording import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.model.certainty import Attestation
    from orgreg.model.timeline import Entry
    from orgreg.query.portrait import Away, Fact, Part, PartPortrait, Portrait, Remark, Tie
    from orgreg.query.standing import Standing
    from orgreg.query.succession import Succession

_IN: Final = "  "
_DEEP: Final = "    "
_ENDED: Final = {
    "dissolved": "dissolved",
    "absorbed": "absorbed",
    "merged": "merged",
    "split": "split",
    "replaced": "replaced",
    "left": "left the administration",
    "transferred": "transferred",
    "unknown": "how is unknown",
}
_HOW: Final = {**_ENDED, "unknown": "how it ended is unknown"}
_TIES: Final = {
    "parent": "below it",
    "staff_of": "beside it",
    "secretariat": "runs the secretariat of",
    "members": "belongs to",
    "coordinates": "coordinated by",
    "steers": "steered by",
    "involves": "involved by",
    "advises": "advised by",
    "agrees_with": "must agree to",
}
"""What another unit's statement means, seen from this one."""


def portrait(one: Portrait) -> Iterator[Line]:
    """All that is recorded of a unit on a day."""
    teller = Teller(one.labels, Notes(one.labels))
    yield from _heading(one)
    if one.away is not None:
        yield from _away(one, one.away, teller)
    yield from _values(one, teller)
    yield from _ending(one, teller)
    yield from _parts("Tasks", one.tasks, one, teller)
    yield from _parts("Posts", one.posts, one, teller)
    yield from _ties(one, teller)
    yield from _remarks("Asked for and not created", one.refused, teller)
    yield from _remarks("Decided and withdrawn", one.withdrawn, teller)
    yield from _successions(one, teller)
    yield from _ever("Names", one.names, teller)
    yield from _ever("Codes", one.codes, teller)
    yield from teller.corrections(one.unit.corrections)
    yield from teller.notes.lines()


# The heading


def _heading(one: Portrait) -> Iterator[Line]:
    near = one.standing or (None if one.away is None or one.away.nearest is None else one.away.nearest.standing)
    code = near.code if near is not None else None
    name = near.name if near is not None else slug_of(one.unit.id)
    told = [] if one.standing is None else marks(one.standing)
    marked = f"   ({', '.join(told)})" if told else ""
    yield line((f"{code} " if code else "", "code"), (name, "heading"), (marked, "mark"))
    cities = one.labels.registry.municipalities
    city = cities[one.unit.municipality].name if one.unit.municipality in cities else one.unit.municipality
    kind = near.text("kind") if near is not None else None
    what = ", ".join(word for word in (kind, city) if word)
    yield line(f"{what}, on {one.day.isoformat()}", (f"   {one.unit.id}", "quiet"))
    if one.standing is not None:
        yield from _life(one, one.standing)
    if one.unit.formerly:
        yield line((f"formerly filed as {', '.join(slug_of(former) for former in one.unit.formerly)}", "quiet"))
    for address in one.unit.same_as:
        yield line((f"same as {address}", "quiet"))
    if one.unit.note is not None:
        yield reason("", "note", one.unit.note)


def _life(one: Portrait, found: Standing) -> Iterator[Line]:
    exact = one.ending is None or one.ending.since.exact
    days = from_to(found.life.entries[0].since, one.until if exact else None)
    yield line((f"{days}; {_heard(one.attested)}", "quiet"))
    if found.status is not Status.IN_FORCE:
        yield line((f"{found.status} only, not in force", "mark"))
    yield from existence(found.doubts, "")


def _heard(heard: Attestation | None) -> str:
    if heard is None:
        return "no dated source speaks of it"
    if heard.first == heard.last:
        return f"heard of on {heard.first.isoformat()}"
    return f"heard of from {heard.first.isoformat()} to {heard.last.isoformat()}"


def _away(one: Portrait, away: Away, teller: Teller) -> Iterator[Line]:
    yield line()
    day = one.day.isoformat()
    told = {
        Why.NOT_YET: f"It does not exist yet on {day}.",
        Why.ENDED: f"It no longer exists on {day}.",
        Why.INTENDED: f"It is not in force on {day}: {_status(away.entry)} only. Shown with --planned.",
        Why.NEVER: "It never was: nothing in force or planned is recorded of it.",
    }[away.why]
    yield line((told, "mark"))
    if away.why is not Why.ENDED and away.entry is not None:
        yield line(f"First day: {moment(away.entry.since)} {teller.notes.refer(away.entry.sources)}")
    if away.returns is not None:
        yield line(f"It begins again: {moment(away.returns.since)} {teller.notes.refer(away.returns.sources)}")
    if away.nearest is not None:
        words = {Why.ENDED: "As it last stood", Why.INTENDED: f"As {_status(away.entry)}"}
        near, how = away.nearest, words.get(away.why, "As it will stand")
        yield line(f"{how}, on {near.day.isoformat()}: {_placed(near.standing, teller)}")


def _status(entry: Entry | None) -> str:
    return "planned" if entry is None else str(entry.status)


def _placed(found: Standing, teller: Teller) -> str:
    kind = found.text("kind")
    parent = found.parent
    where = f"under {teller.unit(parent)}" if isinstance(parent, str) else "parent not recorded"
    if parent is Absent.NONE:
        where = "with no unit above it"
    return ", ".join(word for word in (found.label, kind, where) if word)


# Values and the end


def _values(one: Portrait, teller: Teller) -> Iterator[Line]:
    if not one.facts:
        return
    yield line()
    width = max(len(label(fact.attribute)) for fact in one.facts) + 2
    told = _told_above(one)
    for fact in one.facts:
        yield from teller.fact(without_echo(fact, told), _IN, width, ends=one.until)
    remarks = list(behind_all(teller, one.facts, _IN))
    if remarks:
        yield line()
        yield from remarks


def _ending(one: Portrait, teller: Teller) -> Iterator[Line]:
    entry = one.ending
    if entry is None:
        return
    yield from section("End")
    how = _ENDED.get(str(entry.values.get("ended")), "")
    into = entry.values.get("into")
    whither = f" into {teller.value('into', into)}" if into is not None else ""
    day = last_day(entry.since)
    status = "" if entry.status is Status.IN_FORCE else f"   ({entry.status}, not in force)"
    yield line(f"{_IN}{day}, {how}{whither} {teller.notes.refer(entry.sources)}", (status, "mark"))
    yield from _of_entry(entry, ("ended", "into"), _DEEP, teller)
    yield from teller.remarks(entry, _DEEP)


def _of_entry(entry: Entry, attributes: Iterable[str], indent: str, teller: Teller) -> Iterator[Line]:
    """What is inferred of an entry's attributes, and what other sources say of them."""
    for attribute in attributes:
        if attribute in entry.inferred:
            yield reason(indent, f"{label(attribute)} inferred", entry.inferred[attribute])
        for other in entry.also:
            if attribute in other.values:
                told = _HOW.get(str(other.values[attribute])) if attribute == "ended" else None
                words = told or f"{label(attribute)} {teller.value(attribute, other.values[attribute])}"
                yield teller.instead(indent, "another source says", words, other)


def _told_above(one: Portrait) -> frozenset[str]:
    """The reasons for doubt that the heading tells of the whole: said once, and not of each value again."""
    doubts = () if one.standing is None else one.standing.doubts
    return frozenset(doubt.because for doubt in doubts if doubt.attribute == "existence")


# Tasks and posts


def _parts(title: str, parts: Iterable[Part], one: Portrait, teller: Teller) -> Iterator[Line]:
    parts = tuple(parts)
    if parts:
        yield from section(title)
    for part in parts:
        yield from _part(part, one, teller)


def _part(part: Part, one: Portrait, teller: Teller) -> Iterator[Line]:
    days = {doubt.because for doubt in part.doubts} | {
        entry.inferred.get("from", "") for fact in part.facts for entry in fact.statements
    }
    told = _told_above(one) | days
    facts = {fact.attribute: without_echo(fact, told) for fact in part.facts}
    main = facts.get("title") or facts.get("text")
    yield _part_line(part, main, facts.get("head"), one, teller)
    above = _told_above(one) | (days - {doubt.because for doubt in part.doubts})
    yield from existence((doubt for doubt in part.doubts if doubt.because not in above), _DEEP)
    if main is not None:
        yield from teller.behind(main, _DEEP)
    yield from _head(facts.get("head"), _DEEP)
    for attribute in ("holder", "topics"):
        if attribute in facts:
            fact = facts[attribute]
            alone = main is None or fact.statements != main.statements
            yield from teller.fact(fact, _DEEP, 8, alone=alone, ends=one.until)
    for entry in part.origins:
        yield line((f"{_DEEP}{label('out_of'):<8}", "quiet"), teller.value("out_of", entry.values["out_of"]))
        yield from _of_entry(entry, ("out_of",), _DEEP, teller)
    entries = list({id(entry): entry for fact in part.facts for entry in fact.statements}.values())
    if len(entries) == 1:
        yield from teller.remarks(entries[0], _DEEP)
    else:
        yield from behind_all(teller, part.facts, _DEEP)


def _part_line(part: Part, main: Fact | None, head: Fact | None, one: Portrait, teller: Teller) -> Line:
    name = part.slug if main is None else teller.value(main.attribute, main.value)
    lead = " (head)" if head is not None and head.value is True else ""
    whence = f"   {teller.whence(main, one.until)}" if main is not None else ""
    marked = ("", "mark") if main is None else mark(main)
    status = "" if part.status is Status.IN_FORCE else f"   ({part.status})"
    return line(f"{_IN}{name}{lead}", (f"   #{part.slug}", "quiet"), (whence, "quiet"), marked, (status, "mark"))


def _head(head: Fact | None, indent: str) -> Iterator[Line]:
    if head is not None and head.value is True and "head" in head.entry.inferred:
        yield reason(indent, "head inferred", head.entry.inferred["head"])


# Relations, successions, names


def _ties(one: Portrait, teller: Teller) -> Iterator[Line]:
    if not one.ties:
        return
    yield from section("Relations")
    width = max(len(_TIES[tie.fact.attribute]) for tie in one.ties) + 2
    for tie in one.ties:
        yield from _tie(tie, one, width, teller)


def _tie(tie: Tie, one: Portrait, width: int, teller: Teller) -> Iterator[Line]:
    word = f"{_IN}{_TIES[tie.fact.attribute]:<{width}}"
    part = f"   (its {one.labels.part(one.unit, tie.to.partition('#')[2])})" if "#" in tie.to else ""
    told = [*dict.fromkeys(in_brief(doubt) for doubt in tie.other.doubts if doubt.attribute == "existence")]
    if tie.fact.doubt is not None:
        told.append(in_brief(tie.fact.doubt))
    if tie.other.status is not Status.IN_FORCE:
        told = [str(tie.other.status)]
    marked = f"   ({', '.join(told)})" if told else ""
    refs = teller.notes.refer(source for entry in tie.fact.statements for source in entry.sources)
    yield line((word, "quiet"), f"{teller.unit(tie.other.unit.id)}{part}", (f"   {refs}", "quiet"), (marked, "mark"))


def _successions(one: Portrait, teller: Teller) -> Iterator[Line]:
    before = [found for found in one.predecessors if found.part is None]
    after = [found for found in one.successors if found.entry is not one.ending]
    if before:
        yield from section("Predecessors")
        for found in before:
            yield from _predecessor(found, teller)
    if after:
        yield from section("What went on elsewhere")
        for found in after:
            yield from _successor(found, one, teller)


def _predecessor(found: Succession, teller: Teller) -> Iterator[Line]:
    who = "unknown" if found.older is None else teller.unit(found.older)
    how = "lives on" if found.verb == "out_of" else _ENDED.get(found.verb, found.verb)
    refs = teller.notes.refer(found.entry.sources if found.rival is None else found.rival.sources)
    yield line(f"{_IN}{who}", (f"   {how}, from {moment(found.since)} {refs}", "quiet"), _certainty(found))
    yield from _why(found, teller)


def _successor(found: Succession, one: Portrait, teller: Teller) -> Iterator[Line]:
    who = "unknown" if found.newer is None else teller.unit(found.newer)
    how = f", {_ENDED.get(found.verb, found.verb)}" if found.verb != "out_of" else ""
    what = _moved(found, one)
    refs = teller.notes.refer(found.entry.sources if found.rival is None else found.rival.sources)
    yield line(f"{_IN}{what}{who}", (f"   from {moment(found.since)}{how} {refs}", "quiet"), _certainty(found))
    yield from _why(found, teller)


def _moved(found: Succession, one: Portrait) -> str:
    if found.part is None:
        return ""
    home = one.labels.registry.units[found.part.partition("#")[0]]
    slug = found.part.partition("#")[2]
    sort = Sort.POST if slug in home.posts and slug not in home.tasks else Sort.TASK
    return f"{sort} {quoted(one.labels.part(home, slug))} to "


def _certainty(found: Succession) -> tuple[str, str]:
    if found.rival is not None:
        return ("   (another source)", "mark")
    return ("" if found.certainty is Certainty.STATED else f"   ({found.certainty})", "mark")


def _why(found: Succession, teller: Teller) -> Iterator[Line]:
    if found.rival is not None:
        yield from [reason(_DEEP, "not preferred", found.rival.because)] if found.rival.because else []
        return
    yield from _of_entry(found.entry, ("ended", found.attribute), _DEEP, teller)
    if "from" in found.entry.inferred:
        yield reason(_DEEP, "day inferred", found.entry.inferred["from"])


def _ever(title: str, facts: tuple[Fact, ...], teller: Teller) -> Iterator[Line]:
    """Names or codes with their days, where there was more than one."""
    if len(facts) <= 1:
        return
    yield from section(title)
    for fact in facts:
        days = from_to(fact.since, fact.until)
        value = teller.value(fact.attribute, fact.value)
        refs = teller.notes.refer(source for entry in fact.statements for source in entry.sources)
        told = "" if fact.certainty in {Certainty.STATED, Certainty.UNKNOWN} else f"   ({fact.certainty})"
        yield line(f"{_IN}{value}", (f"   {days} {refs}", "quiet"), (told, "mark"))


# What counts on no day, and what was put right


def _remarks(title: str, remarks: Iterable[Remark], teller: Teller) -> Iterator[Line]:
    remarks = tuple(remarks)
    if remarks:
        yield from section(title)
    for remark in remarks:
        yield from _remark(remark, teller)


def _remark(remark: Remark, teller: Teller) -> Iterator[Line]:
    entry = remark.entry
    named = next((entry.values[key] for key in ("name", "title", "text") if key in entry.values), None)
    name = remark.part or "" if named is None else str(named)
    what = f"{remark.sort} " if remark.sort is not None else ""
    slug = f"   #{remark.part}" if remark.part is not None else ""
    words = f"   {since(entry.since)} {teller.notes.refer(entry.sources)}"
    yield line(f"{_IN}{what}{name}", (slug, "quiet"), (words, "quiet"))
    for attribute, value in entry.values.items():
        if value is not named:
            yield reason(_DEEP, label(attribute), teller.value(attribute, value))
    yield from teller.remarks(entry, _DEEP)
    if entry.annulled is not None:
        by = "" if entry.annulled.by is None else f" by {teller.paper(entry.annulled.by)}"
        because = f": {entry.annulled.because}" if entry.annulled.because else ""
        yield line(f"{_DEEP}withdrawn on {moment(entry.annulled.day)}{by}{because}")


# A post or a task alone


def part(one: PartPortrait) -> Iterator[Line]:
    """A post or a task with its whole timeline."""
    teller = Teller(one.labels, Notes(one.labels))
    yield line((one.labels.part(one.unit, one.slug), "heading"))
    where = f"{one.sort} of {teller.unit(one.unit.id)}, on {one.day.isoformat()}"
    yield line(where, (f"   {one.identity}", "quiet"))
    yield line((_heard(one.attested), "quiet"))
    if one.on_day is None:
        why = "" if one.unit_lives else ": its unit does not exist on that day"
        yield line((f"There is none on {one.day.isoformat()}{why}.", "mark"))
    else:
        yield line(f"On this day: {_summary(one.on_day, teller)}")
        yield from existence(one.on_day.doubts, "")
    yield from section("Timeline")
    for entry in one.timeline:
        yield from _entry(entry, teller)
    yield from teller.notes.lines()


def _summary(told: Part, teller: Teller) -> str:
    words = [] if told.status is Status.IN_FORCE else [str(told.status)]
    for fact in told.facts:
        doubt = "" if fact.doubt is None or fact.certainty is Certainty.UNKNOWN else f" ({fact.certainty})"
        words.append(f"{label(fact.attribute)} {teller.value(fact.attribute, fact.value)}{doubt}")
    return "; ".join(words)


def _entry(entry: Entry, teller: Teller) -> Iterator[Line]:
    status = "" if entry.status is Status.IN_FORCE else f"   ({str(entry.status).replace('_', ' ')})"
    refs = teller.notes.refer(entry.sources)
    begun = since(entry.since) if not entry.ends else last_day(entry.since)
    yield line(f"{_IN}{begun}", (f" {refs}", "quiet"), (status, "mark"))
    for attribute, value in entry.values.items():
        told = _ENDED.get(str(value)) if attribute == "ended" else None
        yield reason(_DEEP, label(attribute), told or teller.value(attribute, value))
        yield from _of_entry(entry, (attribute,), _DEEP + _IN, teller)
    yield from teller.remarks(entry, _DEEP)
