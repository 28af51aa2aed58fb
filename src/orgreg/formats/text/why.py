"""Why the register says something, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.diff.words import Words
from orgreg.formats.days import from_to
from orgreg.formats.line import Line, line
from orgreg.formats.text.facts import Teller, label, reason
from orgreg.formats.text.sources import Notes, dated, title
from orgreg.formats.trail import SHORT, by_whom, recorded
from orgreg.model.certainty import weakest
from orgreg.model.paper import Consultation, Effect
from orgreg.model.timeline import Absent, Status
from orgreg.model.unit import slug_of
from orgreg.model.wording import quoted
from orgreg.query.why import END, EXISTENCE
from orgreg.query.wording import moment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from orgreg.formats.why import Ground, Grounds
    from orgreg.model.finding import Place
    from orgreg.model.timeline import Alternative, Source, Value
    from orgreg.model.unit import Correction
    from orgreg.query.why import Reason, Statement, Why
    from orgreg.store.history import Commit

_INNER = "    "


def why(told: Grounds) -> Iterator[Line]:
    """Attribute by attribute: the value, where it stands, who says so, who decided, who recorded it."""
    telling = _Telling(told)
    yield line((telling.label(), "heading"), (f"   {told.why.reference}", "quiet"), f" on {told.why.labels.day}")
    for one in told.grounds:
        yield line()
        yield from telling.ground(one)
    yield from telling.kept()
    if told.without_git is not None:
        yield line()
        yield line(("which commit recorded it cannot be told: ", "quiet"), told.without_git)


class _Telling:
    def __init__(self, told: Grounds) -> None:
        self._told = told
        self._labels = told.why.labels
        # The sources are told where they are needed, with their quotes: notes under numbers would lead away.
        self._teller = Teller(self._labels, Notes(self._labels))

    def label(self) -> str:
        """What the thing is called."""
        asked: Why = self._told.why
        if asked.folder == "units":
            return self._labels.unit(asked.reference)
        if asked.folder == "decisions":
            paper = self._labels.paper(asked.identity)
            return asked.identity if paper is None else title(paper)
        plan = self._labels.registry.plans[asked.identity]
        whole = self._labels.plan(asked.identity) or asked.identity
        return whole if asked.part is None else f"{whole}: {self._labels.step(plan, asked.part)}"

    def ground(self, one: Ground) -> Iterator[Line]:
        """One attribute."""
        asked = one.reason
        certainty = weakest(doubt.certainty for doubt in asked.doubts)
        doubts = {doubt.because for doubt in asked.doubts}
        name = label(asked.attribute) if asked.attribute != END else "end"
        yield line(
            (name, "heading"), f": {self._value(asked)}", (self._days(asked), "quiet"), (f"   {certainty}", "mark")
        )
        yield from self._statement(asked.statement, one.place, "stated in", doubts)
        for doubt in asked.doubts:
            yield reason(_INNER, f"{label(doubt.attribute)} {doubt.certainty}", doubt.because)
        for statement, place in zip(asked.confirmed, one.confirmed, strict=True):
            yield from self._statement(statement, place, "said again in", doubts)
        for other in asked.also:
            yield from self._other(asked, other)
        for word, text in (("wording", asked.wording), ("because", asked.because), ("note", asked.note)):
            if text is not None:
                yield reason(_INNER, word, quoted(text) if word == "wording" else text)
        if asked.statement.timeline:
            yield reason(_INNER, "decision", self._decision(asked))
        yield from self._commit(one)

    def _value(self, asked: Reason) -> str:
        intended = asked.status is not Status.IN_FORCE
        if asked.attribute == EXISTENCE:
            return f"it is only {asked.status}" if intended else "it is there"
        told = "" if asked.value is None else self._worded(asked.attribute, asked.value)
        return f"{told} ({asked.status})" if intended else told

    def _worded(self, attribute: str, value: Value | tuple[Consultation | Effect, ...]) -> str:
        if isinstance(value, tuple) and isinstance(value[0], Consultation | Effect):
            registry = self._labels.registry
            return Words(registry, registry, None).value(attribute, value)
        return self._teller.value(attribute, value)

    @staticmethod
    def _days(asked: Reason) -> str:
        since = asked.statement.since
        if since is None:
            return ""
        return f"   {moment(since)}" if asked.attribute == END else f"   {from_to(since, asked.until)}"

    def _statement(self, one: Statement, place: Place, word: str, doubts: Collection[str]) -> Iterator[Line]:
        day = "" if one.since is None else f", from {one.since}"
        yield reason(_INNER, word, f"{self._told.path}:{place.line}{day}")
        if one.inferred is not None and one.inferred not in doubts:
            yield reason(f"{_INNER}  ", "inferred", one.inferred)
        yield from self._sources(one.sources)

    def _sources(self, sources: Iterable[Source]) -> Iterator[Line]:
        sources = tuple(sources)
        if not sources:
            yield line(f"{_INNER}  ", ("no source is named", "mark"))
        for source in sources:
            said = [] if source.attests is None else [f"speaks of {moment(source.attests)}"]
            said += [] if source.note is None else [source.note]
            yield line(f"{_INNER}  ", self._paper(source), (f"   ({'; '.join(said)})" if said else "", "quiet"))
            if source.quote is not None:
                yield line(f"{_INNER}    ", (quoted(source.quote), "quote"))

    def _paper(self, source: Source) -> str:
        if source.paper is None:
            return "no paper named" if self._told.why.folder != "decisions" else "the paper itself"
        paper = self._labels.paper(source.paper)
        return f"{slug_of(source.paper)} (not recorded)" if paper is None else f"{title(paper)}, {dated(paper)}"

    def _other(self, asked: Reason, other: Alternative) -> Iterator[Line]:
        said = []
        if asked.statement.key in other.values:
            said.append(f"{self._teller.value(asked.attribute, other.values[asked.statement.key])}")
        said += [] if other.since is None else [f"the day {moment(other.since)}"]
        if isinstance(other.decided_by, tuple):
            said.append(f"decided by {'; '.join(self._teller.paper(one) for one in other.decided_by)}")
        preferred = "" if other.because is None else f"; not preferred: {other.because}"
        yield reason(_INNER, "another source says", f"{'; '.join(said) or 'no decision'}{preferred}")
        yield from self._sources(other.sources)

    def _decision(self, asked: Reason) -> str:
        change = "" if asked.word is None else f" (change: {asked.word})"
        if isinstance(asked.decided_by, tuple):
            return f"{'; '.join(self._teller.paper(one) for one in asked.decided_by)}{change}"
        return f"{'there was none' if asked.decided_by is Absent.NONE else 'no decision recorded'}{change}"

    def _commit(self, one: Ground) -> Iterator[Line]:
        begun = one.beginning
        if begun is None:
            return
        if begun.commit is None:
            yield reason(_INNER, "recorded", "not recorded in git yet")
        else:
            limit = "; or before: the clone is shallow and has no older commits" if begun.is_cut else ""
            yield reason(_INNER, "first recorded", f"{_commit(begun.commit)}{limit}")
        for record, item in one.corrected:
            yield reason(_INNER, f"corrected {record.time:%Y-%m-%d}", f"{item.sentence}   {record.commit[:SHORT]}")
        if begun.again is not None:
            yield reason(_INNER, "recorded again", _commit(begun.again))

    def kept(self) -> Iterator[Line]:
        """The corrections that the file itself keeps."""
        told: tuple[Correction, ...] = self._told.why.corrections
        if told:
            yield line()
            yield line(("Put right in this file", "heading"))
        for one in told:
            yield line(f"{_INNER}{moment(one.day)}, {one.of}: {one.because}")
            yield reason(f"{_INNER}  ", "was", one.was)
            yield from self._sources(one.sources)


def _commit(one: Commit) -> str:
    return f"{recorded(one)} by {by_whom(one)}, {one.name[:SHORT]} {quoted(one.subject)}"
