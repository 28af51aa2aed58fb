"""An amendment as a sentence: the same words in a difference, the audit trail and the comment of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from orgreg.diff.alike import slug_in
from orgreg.diff.amendment import Aspect, Sort
from orgreg.diff.basis import basis
from orgreg.diff.shelves import shelf
from orgreg.diff.statements import FROM
from orgreg.diff.words import Words, is_plural, key_in_words
from orgreg.model.day import day_before
from orgreg.model.paper import Paper
from orgreg.model.registry import PLANS
from orgreg.model.timeline import ONCE, Absent
from orgreg.model.unit import slug_of
from orgreg.model.wording import quoted
from orgreg.query.sentence import joined
from orgreg.query.wording import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from orgreg.diff.amendment import Amendment
    from orgreg.diff.statements import Statement, Thing
    from orgreg.model.day import When
    from orgreg.model.plan import Plan
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Held
    from orgreg.model.unit import Correction, Unit

_SORTS: Final = {Sort.CORRECTED: "Corrected", Sort.KNOWN: "Became known"}
_MANY: Final = 3
_ORDER: Final = (
    "title",
    "text",
    "name",
    "short_name",
    "aka",
    "kind",
    "code",
    "parent",
    "staff_of",
    "head",
    "holder",
    "state",
)
"""What is listed first, and in which order."""

_OPENS: Final = frozenset({"name", "kind"})
"""With these the life of a unit begins."""


def sentence(before: Registry, after: Registry, one: Amendment) -> str:
    """What was corrected or became known, as one sentence that says which of the two, without its full stop."""
    return f"{_SORTS[one.sort]}: {amended(before, after, one)}"


def amended(before: Registry, after: Registry, one: Amendment) -> str:
    """The sentence without saying which of the two.

    What is gone is called as the earlier registry calls it, all else as the later one does, on the day of which it is
    told. The reason is that of the file's own `corrections:`.
    """
    because = f": {one.because}" if one.because else ""
    return " ".join(f"{without_reason(before, after, one)}{because}".split())


def without_reason(before: Registry, after: Registry, one: Amendment) -> str:
    """The sentence without its reason. What is only planned is told so."""
    status = f"{one.status.replace('_', ' ')}: " if one.is_intended else ""
    return " ".join(f"{status}{_Telling(before, after, one).told()}".split())


class _Telling:
    """Tells one amendment."""

    def __init__(self, before: Registry, after: Registry, one: Amendment) -> None:
        self.one = one
        self.after = after
        self.was = Words(before, after, one.lost[0].day if one.lost else one.on)
        self.now = Words(after, before, one.on)
        # The entry of `corrections:` explains; it is not what is told.
        self.gained = tuple(each for each in one.gained if one.recorded is None or each.value != one.recorded)

    @property
    def first(self) -> Statement:
        """What is told, or the first of it."""
        return (*self.gained, *self.one.lost, *self.one.gained)[0]

    def told(self) -> str:
        tellers: Mapping[Aspect, Callable[[], str]] = {
            Aspect.RECORDED: self._recorded,
            Aspect.VALUE: self._value,
            Aspect.DAY: self._day,
            Aspect.BASIS: self._basis,
            Aspect.WITHDRAWN: self._withdrawn,
            Aspect.SLUG: self._slug,
            Aspect.NOTED: self._noted,
        }
        return tellers[self.one.aspect]()

    # Whom it is about

    def _whom(self, words: Words, without: str | None = None) -> str:
        one = self.one
        thing = words.thing(one.folder, one.identity, None if one.part else without)
        if one.part is None:
            return thing
        part = words.part(
            one.folder, one.identity, str(one.after) if one.aspect is Aspect.SLUG else self.first.timeline
        )
        return f"{thing}, {part.removeprefix('the ')}" if one.folder == PLANS else f"{part} of {thing}"

    def _since(self, stated: tuple[Statement, ...] = ()) -> str:
        """The day, unless what is stated is of several."""
        on = self.one.on
        several = len({one.since for one in stated}) > 1
        word = "of" if any(one.key in ONCE for one in stated) else "since"
        return f" {word} {moment(on)}" if on is not None and on.known and not several else ""

    def _listed(self, words: Words, stated: tuple[Statement, ...]) -> str:
        """The keys with their values, of several days each with its own."""
        return joined(self._told_of_each(words, stated, "") or [key_in_words(stated[0].key)])

    def _told_of_each(self, words: Words, stated: tuple[Statement, ...], colon: str) -> list[str]:
        several = len({one.since for one in stated}) > 1
        stated = tuple(sorted(stated, key=lambda one: _ORDER.index(one.key) if one.key in _ORDER else len(_ORDER)))
        told = (
            f"{self._key(words, one, colon)}{f' since {moment(one.day)}' if several and one.day is not None else ''}"
            for one in stated
            if one.value is not None
        )
        return list(dict.fromkeys(told))

    @staticmethod
    def _key(words: Words, stated: Statement, colon: str) -> str:
        key = key_in_words(stated.key, several=is_plural(stated.key, stated.value))
        if isinstance(stated.value, bool):
            return key if stated.value else f"not {key}"
        told = words.value(stated.key, stated.value)
        return f"{key}{colon} {f'({told})' if stated.key == 'ended' and not colon else told}"

    def _of(self, words: Words, stated: tuple[Statement, ...]) -> str:
        """Few statements one by one with whom they are about; of many only whom."""
        if len(stated) > _MANY:
            return f"what is said of {self._whom(words)}"
        only = stated[0].key if len(stated) == 1 else None
        return f"the {self._listed(words, stated)} of {self._whom(words, only)}"

    # What differs

    def _value(self) -> str:
        one, key = self.one, self.first.key
        was, now = self.was.value(key, one.before), self.now.value(key, one.after)
        several = is_plural(key, one.before, one.after)
        what = f"the {key_in_words(key, several=several)} of {self._whom(self.now, key)}{self._since()}"
        day = one.lost[0].day
        moved = "" if day is None or one.lost[0].since == self.first.since else f", said of {moment(day)}"
        had, has = ("were", "are") if several else ("was", "is")
        if one.sort is Sort.CORRECTED:
            return f"{what} {had} {was}{moved}, {has} {now}"
        return f"{what} {has} {now} ({had} {was}{moved})"

    def _slug(self) -> str:
        """What a part is called in references. No day is told: it was never called so in the city."""
        one = self.one
        was, now = (slug_in(str(route)) for route in (one.before, one.after))
        inferred = "" if one.inferred is None else f" (inferred: {one.inferred})"
        return f"the slug of {self._whom(self.now)} was {was}, is {now}{inferred}"

    def _day(self) -> str:
        one = self.one
        stated = tuple(each for each in one.lost if each.key != FROM) or one.lost
        keys = {each.key for each in stated}
        if "ended" in keys:
            what = f"the first day without {self._whom(self.was)}"
        elif keys >= _OPENS:
            what = f"the first day of {self._whom(self.now)}"
        else:
            what = f"the day of {self._of(self.was, stated).removeprefix('the ')}"
        return f"{what} is {moment(cast('When', one.after))} (was {moment(cast('When', one.before))})"

    def _basis(self) -> str:
        stated = self.gained or self.one.lost
        clauses = basis(self.one, self.was, self.now)
        what = f"{'what is said of ' if _are(stated) else ''}{self._of(self.now, stated)}"
        return f"{what}{self._since(stated)} {'; it '.join(clauses)}"

    # What is new

    def _recorded(self) -> str:
        one = self.one
        thing = shelf(self.after, one.folder).get(one.identity)
        if isinstance(thing, Paper) and one.whole:
            return self._paper(thing)
        # The title stands in the words for a part, and for a plan, already.
        titled = one.part is not None or (one.whole and one.folder == PLANS)
        stated = tuple(each for each in self.gained if not titled or each.key not in {"title", "text"})
        if not stated:
            return f"{self._whom(self.now)} is recorded{self._since().replace(' ', ', ', 1)}"
        if (told := self._told_again(thing)) is not None:
            return told
        listed = self._told_of_each(self.now, stated, ":")
        if len(listed) > 1:
            return f"{self._whom(self.now)}{self._since(stated).replace(' ', ', ', 1)}: {'; '.join(listed)}"
        only = stated[0].key if len(stated) == 1 else None
        what = self.now.value("state", one.after) if one.attribute == "state" else self._listed(self.now, stated)
        return f"{self._whom(self.now, only)}: {what}{self._since(stated)}{self._before(thing)}"

    def _paper(self, paper: Paper) -> str:
        name = " ".join(str(one) for one in (paper.kind, paper.number) if not isinstance(one, Absent))
        title = "" if isinstance(paper.title, Absent) else f": {quoted(paper.title)}"
        written = f" of {moment(paper.date)}" if paper.date.known else ""
        called = f" ({slug_of(paper.id)})" if name else ""
        return f"{name or slug_of(paper.id)}{written} is recorded{called}{title}"

    def _told_again(self, thing: Thing | None) -> str | None:
        """That a value which is held already is told of a later day too."""
        one = self.one
        if one.on is None or thing is None or isinstance(thing, Paper):
            return None
        said = [each for each in self.gained if each.value is not None]
        if all(self._is_held(thing, each) for each in said):
            papers = f", by {joined(map(slug_of, one.papers))}" if one.papers else ""
            verb = "are" if _are(self.gained) else "is"
            several = len({each.since for each in said}) > 1
            when = "again" if several else f"of {moment(one.on)} too"
            return f"{self._of(self.now, self.gained)} {verb} told {when}{papers}"
        return None

    def _is_held(self, thing: Unit | Plan, stated: Statement) -> bool:
        """Whether a value is held on its day since an earlier one."""
        on = cast("When", stated.day).counts_from
        held = self._held(thing, on).get(stated.key)
        return held is not None and held.since < on

    def _before(self, thing: Thing | None) -> str:
        """What was so until then, of a report on one thing."""
        one = self.one
        if one.attribute is None or one.on is None or not one.on.known or thing is None or isinstance(thing, Paper):
            return ""
        held = self._held(thing, day_before(one.on.counts_from)).get(one.attribute)
        return "" if held is None else f", before: {self.now.value(one.attribute, held.value)}"

    def _held(self, thing: Unit | Plan, day: date) -> Mapping[str, Held]:
        section, _, slug = self.first.timeline.partition("/")
        timeline = thing.timeline if not slug else getattr(thing, section)[slug]
        life = timeline.life_on(day) or timeline.intended_on(day)
        return {} if life is None else life.held(day)

    # What is gone

    def _withdrawn(self) -> str:
        one = self.one
        if one.whole:
            return f"{self._whom(self.was)} is no longer recorded"
        verb = "are" if _are(one.lost) else "is"
        return f"{self._of(self.was, one.lost)}{self._since(one.lost)} {verb} no longer recorded"

    def _noted(self) -> str:
        noted = cast("Correction", self.one.recorded)
        return f"{self._whom(self.now)}, {noted.of}: was {quoted(noted.was)}"


def _are(stated: tuple[Statement, ...]) -> bool:
    """Whether what is told of these by name wants „are“."""
    told = [one for one in stated if one.value is not None] or stated[:1]
    return len(stated) <= _MANY and (len(told) > 1 or is_plural(told[0].key, told[0].value))
