"""Who is responsible, as people read it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from orgreg.formats.days import from_to, since
from orgreg.formats.line import Line, line
from orgreg.formats.marks import marks
from orgreg.formats.text.facts import Teller, label, reason, section
from orgreg.formats.text.sources import Notes
from orgreg.model.certainty import Certainty
from orgreg.model.timeline import Status
from orgreg.model.unit import slug_of
from orgreg.model.wording import shortened
from orgreg.query.responsibility import By

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.query.portrait import Part
    from orgreg.query.responsibility import Neighbour, Responsible, Who
    from orgreg.query.standing import Standing

_IN: Final = "  "
_WIDTH: Final = 13
_INNER: Final = _IN + " " * _WIDTH
NOBODY: Final = "nobody recorded"


def who(one: Who) -> Iterator[Line]:
    """Who is responsible on the day, what only its name speaks for, and what is planned."""
    teller = Teller(one.labels, Notes(one.labels))
    yield line((f"Responsible for {one.asked} on {one.day.isoformat()}", "heading"), (_read_as(one), "quiet"))
    if not one.responsible:
        yield line()
        yield line((f"Nobody is recorded as responsible on {one.day.isoformat()}.", "mark"))
        for word, several in (("last before", one.last), ("first after", one.first)):
            if several:
                yield from _neighbours(word, several, teller)
    yield from _units(one.responsible, teller)
    if one.named:
        yield from section("Found by name or text only")
        for found in one.named:
            yield _named(found, teller)
    if one.planned:
        yield from section("Planned or proposed, not in force")
        yield from _units(one.planned, teller)
    yield from teller.notes.lines()


def _read_as(one: Who) -> str:
    """The topics, where they are not called as was asked."""
    told = dict.fromkeys(topic.name for topic in one.topics if topic.name.casefold() != one.asked.casefold())
    if not told:
        return ""
    return f"   read as the {'topic' if len(told) == 1 else 'topics'} {', '.join(told)}"


def _units(found: Iterable[Responsible], teller: Teller) -> Iterator[Line]:
    for _, several in groupby(found, key=lambda one: (one.standing.unit.id, one.standing.status)):
        tasks = list(several)
        yield line()
        yield from _unit(tasks[0], teller)
        for one in tasks:
            yield from _task(one, teller)


def _unit(one: Responsible, teller: Teller) -> Iterator[Line]:
    found = one.standing
    told = marks(found)
    marked = f"   ({', '.join(told)})" if told else ""
    yield line((f"{found.code} " if found.code else "", "code"), (found.name, "heading"), (marked, "mark"))
    yield line(f"{_IN}{_kind(found, teller)}", (f"   {found.unit.id}", "quiet"))
    yield _row("line", _line(one))
    if one.place is not None:
        began = "" if one.place.since.known or one.place.until is None else f"{since(one.place.since)}, "
        yield _row("there", f"{began}{teller.whence(one.place)}")


def _kind(found: Standing, teller: Teller) -> str:
    cities = teller.labels.registry.municipalities
    city = cities[found.unit.municipality].name if found.unit.municipality in cities else found.unit.municipality
    return ", ".join(word for word in (found.text("kind"), city) if word)


def _line(one: Responsible) -> str:
    """The units above, the nearest first; and where what is above them is not recorded, that."""
    told = [_with_kind(above) for above in one.line]
    if not one.is_whole:
        told.append("parent not recorded")
    return " → ".join(told) or "directly under the administration"


def _with_kind(above: Standing) -> str:
    kind = above.text("kind")
    told = [*([kind] if kind is not None and kind not in above.label else []), *marks(above)]
    return f"{above.label} ({', '.join(told)})" if told else above.label


def _task(one: Responsible, teller: Teller) -> Iterator[Line]:
    if one.task is not None:
        status = "" if one.task.status is Status.IN_FORCE else f"   ({one.task.status})"
        name, slug = (f"{_IN}{'task':<{_WIDTH}}", "quiet"), (f"   #{one.task.slug}", "quiet")
        yield line(name, _text(one.task), slug, (status, "mark"))
    began = "" if one.since.known or one.until is None else f"{since(one.since)}, "
    yield _row("responsible", f"{began}{from_to(one.since, one.until)} {teller.notes.refer(one.sources)}")
    decisions = "; ".join(teller.paper(paper) for paper in one.decisions)
    yield _row("basis", f"decided by {decisions}" if decisions else "no decision recorded")
    yield _row("certainty", str(one.certainty))
    for doubt in one.doubts:
        # Of the unit as a whole it is its existence that is in doubt.
        what = "unit" if doubt.attribute == "existence" else label(doubt.attribute)
        yield reason(_INNER, f"{what} {doubt.certainty}", doubt.because)
    yield from _neighbours("before", one.before, teller)
    yield from _neighbours("after", one.after, teller)


def _text(task: Part) -> str:
    text = task.fact("text")
    return task.slug if text is None else str(text.value)


def _neighbours(word: str, found: tuple[Neighbour, ...], teller: Teller) -> Iterator[Line]:
    if not found:
        yield _row(word, NOBODY)
    for number, one in enumerate(found):
        day = f"until {one.day.isoformat()}" if "before" in word else f"from {one.day.isoformat()}"
        where = "" if one.above is None else f", in {one.above.label}"
        refs, mark = "", ""
        if one.succession is None:
            refs = "" if " " in word else "the same unit"
        else:
            rival = one.succession.rival
            refs = teller.notes.refer(one.succession.entry.sources if rival is None else rival.sources)
            certainty = one.succession.certainty
            mark = "" if certainty is Certainty.STATED else f"   ({'another source' if rival else certainty})"
        yield line(
            (f"{_IN}{word if number == 0 else '':<{_WIDTH}}", "quiet"),
            f"{one.standing.label}{where}, {day}",
            (f"   {refs}", "quiet"),
            (mark, "mark"),
        )


def _named(one: Responsible, teller: Teller) -> Line:
    told = marks(one.standing)
    slug = "" if one.standing.code else f" ({slug_of(one.standing.unit.id)})"
    task = "" if one.task is None else f": {_text(one.task)}"
    how = "by the text of a task" if one.by is By.TASK else "by its name"
    return line(
        f"{_IN}{one.standing.label}{slug}{task}",
        (f"   {how}, {_kind(one.standing, teller)}", "quiet"),
        (f"   ({', '.join(told)})" if told else "", "mark"),
    )


def _row(word: str, told: str) -> Line:
    return line((f"{_IN}{word:<{_WIDTH}}", "quiet"), told)


def nothing(one: Who) -> str:
    """What is said where the word finds nothing."""
    near = f". Did you mean {' or '.join(one.near)}?" if one.near else ""
    return f"no topic, unit or task is recorded under {shortened(one.asked)}{near}"
