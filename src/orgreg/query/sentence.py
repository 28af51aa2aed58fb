"""A change as a sentence: the same words in a difference, a history, the audit trail and a commit message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.model.change import ENDS, Verb
from orgreg.model.day import day_before
from orgreg.model.timeline import Absent, Contact, Membership, Status
from orgreg.model.unit import whole_of
from orgreg.model.wording import quoted
from orgreg.query.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from orgreg.model.change import Change
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Value

_ENDED: Final = {
    "split": "is split",
    "merged": "is merged",
    "absorbed": "is absorbed",
    "replaced": "is replaced",
    "dissolved": "is dissolved",
    "left": "leaves the administration",
    "transferred": "goes",
}
_TIES: Final = {
    "members": "has as members",
    "coordinates": "coordinates",
    "steers": "steers",
    "involves": "involves",
    "advises": "advises",
    "agrees_with": "has to agree with",
}
_UNITS: Final = frozenset({"parent", "staff_of", "secretariat", "into", "out_of", *_TIES})
_NOT_RECORDED: Final = "not recorded"


def sentence(registry: Registry, change: Change) -> str:
    """What changes, as one sentence without its full stop. Units are called as on the day of the change."""
    told = _Telling(registry, change).told()
    marked = told if change.status is Status.IN_FORCE else f"{str(change.status).capitalize()}: {told}"
    return " ".join(marked.split())


def worded(labels: Labels, value: Value, attribute: str | None = None) -> str:
    """A value in words, of an attribute if it is known; units are called as the labels call them."""
    if isinstance(value, tuple):
        return joined(_one(labels, one, attribute) for one in value)
    if isinstance(value, Contact):
        return "; ".join(f"{way} {where}" for way, where in value.ways)
    return _NOT_RECORDED if value is Absent.UNKNOWN else _one(labels, value, attribute)


def _one(labels: Labels, value: object, attribute: str | None) -> str:
    if isinstance(value, Membership):
        return quoted(str(value))
    is_unit = whole_of(str(value)) in labels.registry.units if attribute is None else attribute in _UNITS
    return labels.unit(value) if is_unit and isinstance(value, str) else str(value)


def joined(words: Iterable[str]) -> str:
    """Several words as people list them; where one has a comma, semicolons tell them apart."""
    *most, last = [*words]
    if any("," in word for word in (*most, last)) and len(most) > 1:
        return "; ".join([*most, last])
    return f"{', '.join(most)} and {last}" if most else last


class _Telling:
    """Tells one change; names of what was there before are those of the day before."""

    def __init__(self, registry: Registry, change: Change) -> None:
        self.change = change
        self.label = change.label
        self.after: Mapping[str, Value] = dict(change.after)
        self.before: Mapping[str, Value] = dict(change.before)
        planned = change.status is not Status.IN_FORCE
        self.now = Labels(registry, change.day, planned=planned)
        self.earlier = Labels(registry, day_before(change.day), planned=planned)

    def told(self) -> str:
        verb = self.change.verb
        if verb in ENDS:
            return f"{self.label} {self._ends(verb.value)}"
        tellers: Mapping[Verb, Callable[[], str]] = {
            Verb.CREATED: lambda: self._begins("is created"),
            Verb.ATTESTED: self._attested,
            Verb.REVIVED: lambda: self._begins("is created again"),
            Verb.MOVED: self._moves,
            Verb.RENAMED: self._renamed,
            Verb.RECODED: self._recoded,
            Verb.REKINDED: self._rekinded,
            Verb.RELATION: self._tied,
            Verb.TASK: self._task,
            Verb.POST: self._post,
            Verb.RESTATED: self._restated,
            Verb.ANNULLED: self._withdrawn,
        }
        return tellers[verb]()

    # Lives

    def _begins(self, verb: str) -> str:
        return f"{self.label} {verb}{self._as_kind()}{self._place()}{self._out_of()}{self._with_ties()}"

    def _with_ties(self) -> str:
        stated = ((key, tie, self.after.get(key)) for key, tie in _TIES.items())
        told = [f"; it {tie} {worded(self.now, to, key)}" for key, tie, to in stated if isinstance(to, tuple)]
        secretariat = self.after.get("secretariat")
        if isinstance(secretariat, str):
            told.append(f"; its secretariat is {worded(self.now, secretariat, 'secretariat')}")
        return "".join(told)

    def _attested(self) -> str:
        if not self.change.on.known:
            if Absent.UNKNOWN in {self.after.get("parent"), self.after.get("staff_of")}:
                unknown = f"under whom and since when is {_NOT_RECORDED}"
                return f"{self.label} exists{self._as_kind()}; {unknown}{self._with_ties()}"
            return f"{self._begins('exists')}; since when is {_NOT_RECORDED}"
        was = self.before.get("code")
        code = self._was("code") if was is not None and was != self.after.get("code") else ""
        return self._begins("is first attested") + code.replace("(before", "(code before")

    def _as_kind(self) -> str:
        kind = self.after.get("kind")
        told = isinstance(kind, str) and kind.casefold() not in str(self.after.get("name", self.change.name)).casefold()
        return f" as {kind}" if told else ""

    def _place(self) -> str:
        for attribute, word in (("staff_of", "beside"), ("parent", "under")):
            found = self.after.get(attribute)
            if isinstance(found, str):
                return f" {word} {self.now.unit(found)}"
            if found is Absent.UNKNOWN:
                return f", {word} whom is {_NOT_RECORDED}"
        return ""

    def _ends(self, ended: str) -> str:
        return f"{_ENDED.get(ended, f'ends, how is {_NOT_RECORDED}')}{self._into(ended)}"

    def _into(self, ended: str) -> str:
        into = self.change.into
        word = {"replaced": "by", "transferred": "to", "left": "to"}.get(ended, "into")
        if isinstance(into, tuple):
            comma = "," if ended not in _ENDED or ended == "dissolved" else ""
            return f"{comma} {word} {self._units(into, self.now)}"
        return f", {word} what is {_NOT_RECORDED}" if into is Absent.UNKNOWN else ""

    def _out_of(self) -> str:
        out_of = self.change.out_of
        if out_of is Absent.UNKNOWN:
            return f", out of what is {_NOT_RECORDED}"
        return f" out of {self._units(out_of, self.earlier)}" if isinstance(out_of, tuple) else ""

    def _units(self, identities: tuple[str, ...], labels: Labels) -> str:
        """The units that are named, those of parts without their parts."""
        return joined(dict.fromkeys(labels.unit(whole_of(one)) for one in identities))

    # What a unit is called, and where it stands

    def _moves(self) -> str:
        was, beside = self.before.get("parent"), self.before.get("staff_of")
        attribute, to = next(iter(self.after.items()))
        word = "beside" if attribute == "staff_of" else "under"
        before = was if beside is None else beside
        origin = worded(self.earlier, before, "parent") if isinstance(before, str) else ""
        if origin and beside is not None:
            origin = f"beside {origin}"
        if not isinstance(to, str):
            if to is Absent.NONE:
                return f"{self.label} stands under no other unit{self._in_brackets('parent', before)}"
            return f"{self.label} moves{f' from {origin}' if origin else ''}, where to is {_NOT_RECORDED}"
        target = worded(self.now, to, attribute)
        if before == to:
            return f"{self.label} now stands {word} {target}, no longer {'under' if word == 'beside' else 'beside'} it"
        if not origin:
            return f"{self.label} stands {word} {target}{self._in_brackets('parent', before)}"
        return f"{self.label} moves from {origin} to {'stand beside ' if word == 'beside' else ''}{target}"

    def _renamed(self) -> str:
        name = self.after["name"]
        if name is Absent.UNKNOWN:
            return f"The name of {self.label} is no longer recorded"
        verb = "is named" if self.before.get("name") in {None, Absent.UNKNOWN} else "is renamed"
        return f"{self.label} {verb} {name}"

    def _recoded(self) -> str:
        code, was = self.after["code"], self.before.get("code")
        if code is Absent.NONE:
            return f"{self.change.name} bears no code{self._was('code')}"
        if code is Absent.UNKNOWN:
            return f"{self.change.name} bears a code that is {_NOT_RECORDED}{self._was('code')}"
        return f"{self.change.name} {'bears' if was is Absent.UNKNOWN else 'takes'} the code {code}{self._was('code')}"

    def _rekinded(self) -> str:
        kind = self.after["kind"]
        if kind is Absent.UNKNOWN:
            return f"Of what kind {self.label} is, is no longer recorded{self._was('kind')}"
        was = self.before.get("kind")
        if isinstance(was, str):
            return f"{self.label} turns from {was} into {kind}"
        return f"{self.label} is of the kind {kind}{self._was('kind')}"

    def _restated(self) -> str:
        if not self.after:
            out_of = self.change.out_of
            if isinstance(out_of, tuple):
                return f"{self.label} takes over a part of {self._units(out_of, self.earlier)}"
            return f"{self.label} takes over a part of another unit, of which is {_NOT_RECORDED}"
        ((attribute, value),) = self.after.items()
        told = {
            "short_name": f"is called {value} for short",
            "staff": f"has a staff of {value}",
            "contact": f"can be reached: {self._contact(value, self.before.get('contact'))}",
        }[attribute]
        if value is Absent.UNKNOWN or value is Absent.NONE:
            words = {"short_name": "short name", "staff": "number of staff", "contact": "contact"}[attribute]
            told = f"has no {words}" if value is Absent.NONE else f"has a {words} that is {_NOT_RECORDED}"
        before = self.before.get(attribute)
        if isinstance(value, Contact) and isinstance(before, Contact):
            return f"{self.label} {told} (before: {self._contact(before, value)})"
        return f"{self.label} {told}{self._was(attribute)}"

    @staticmethod
    def _contact(value: Value, other: Value | None) -> str:
        """The ways of a contact that the other one has not."""
        mine = value.ways if isinstance(value, Contact) else ()
        others = other.ways if isinstance(other, Contact) else ()
        return "; ".join(f"{way} {where}" for way, where in mine if (way, where) not in others) or "nothing else"

    # What it is tied to

    def _tied(self) -> str:
        ((attribute, value),) = self.after.items()
        before = self.before.get(attribute)
        if attribute == "secretariat":
            return self._secretariat(value)
        tie = _TIES[attribute]
        if value is Absent.UNKNOWN:
            return f"Whom {self.label} {tie} is {_NOT_RECORDED}{self._was(attribute)}"
        if not isinstance(value, tuple):
            return f"{self.label} {tie} nobody{self._was(attribute)}"
        if not isinstance(before, tuple):
            return f"{self.label} {tie} {worded(self.now, value, attribute)}{self._was(attribute)}"
        gained = tuple(one for one in value if one not in before)
        lost = tuple(one for one in before if one not in value)
        told = [f"now {tie} {worded(self.now, gained, attribute)}"] if gained else []
        told += [f"no longer {tie} {worded(self.earlier, lost, attribute)}"] if lost else []
        return f"{self.label} {' and '.join(told) or f'{tie} them in another order'}"

    def _secretariat(self, value: Value) -> str:
        if value is Absent.UNKNOWN:
            return f"Who runs the secretariat of {self.label} is {_NOT_RECORDED}{self._was('secretariat')}"
        if value is Absent.NONE:
            return f"{self.label} has no secretariat{self._was('secretariat')}"
        to = worded(self.now, value, "secretariat")
        return f"The secretariat of {self.label} goes to {to}{self._was('secretariat')}"

    # Tasks and posts

    def _task(self) -> str:
        title = f"the task {quoted(self._title('text'))}"
        if self.change.ended is not None:
            return f"{self.label}: {title} {self._ends(self.change.ended)}"
        if not self.before:
            return f"{self.label} {self._gets()} {title}{self._whence()}"
        if self.change.out_of is not None:
            return f"{self.label} takes over {title}{self._whence()}"
        return f"{self.label}: the task {quoted(str(self.before.get('text')))} now reads {quoted(self._title('text'))}"

    def _post(self) -> str:
        title = f"the post {quoted(self._title('title'))}"
        if self.change.ended is not None:
            return f"{self.label}: {title} {self._ends(self.change.ended)}"
        if not self.before:
            return f"{self.label} {self._gets()} {title}{self._whence()}{self._holder()}"
        told = [self._filled()] if "holder" in self.after else []
        if "head" in self.after:
            told.append("now heads the unit" if self.after["head"] is True else "no longer heads the unit")
        if "title" in self.after:
            title = f"the post {quoted(str(self.before.get('title', 'unnamed')))}"
            told.append(f"is now called {quoted(str(self.after['title']))}")
        if self.change.out_of is not None:
            told.append(f"comes{self._whence()}")
        return f"{self.label}: {title} {'; it '.join(told)}"

    def _gets(self) -> str:
        if self.change.out_of is not None:
            return "takes over"
        on = self.change.on
        return "has" if on.earliest == on.counts_from else "is first attested with"

    def _whence(self) -> str:
        out_of = self.change.out_of
        if isinstance(out_of, tuple):
            return f" from {self._units(out_of, self.earlier)}"
        return f", from whom is {_NOT_RECORDED}" if out_of is Absent.UNKNOWN else ""

    def _holder(self) -> str:
        holder = self.after.get("holder")
        if holder is None:
            return ""
        if holder is Absent.UNKNOWN:
            return ", its holder is not named"
        return ", vacant" if holder == "vacant" else f", held by {holder}"

    def _filled(self) -> str:
        holder, was = self.after["holder"], self.before.get("holder")
        if holder is Absent.UNKNOWN:
            verb = (
                f"is filled, by whom is {_NOT_RECORDED}" if was == "vacant" else "is held by somebody who is not named"
            )
            return f"{verb}{self._was('holder')}"
        return f"{'is vacant' if holder == 'vacant' else f'is held by {holder}'}{self._was('holder')}"

    def _title(self, attribute: str) -> str:
        found = self.after.get(attribute)
        if isinstance(found, str):
            return found
        whole, _, slug = self.change.unit.partition("#")
        labels = self.earlier if self.change.ended is not None else self.now
        return labels.part(labels.registry.units[whole], slug)

    # What was to be

    def _withdrawn(self) -> str:
        part = self.change.unit.partition("#")[2]
        whom = f"{self.label}: {part}" if part else self.label
        told = [f"{key} {worded(self.now, value, key)}" for key, value in self.after.items()]
        if self.change.ended is not None:
            told.append(f"that it {self._ends(self.change.ended)}")
        elif self.change.out_of is not None:
            told.append(f"that it takes something over{self._whence()}")
        return f"{whom}: what was to become different is withdrawn{f': {joined(told)}' if told else ''}"

    # Before

    def _was(self, attribute: str) -> str:
        return self._in_brackets(attribute, self.before.get(attribute))

    def _in_brackets(self, attribute: str, was: Value | None) -> str:
        return "" if was is None else f" (before: {worded(self.earlier, was, attribute)})"
