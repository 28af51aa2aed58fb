"""A change as a sentence: the same words in a difference, a history, the audit trail and a commit message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.model.change import Verb
from orgreg.model.day import day_before
from orgreg.model.timeline import Absent
from orgreg.query.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orgreg.model.change import Change
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Value

_ENDS: Final = {
    Verb.SPLIT: "is split",
    Verb.MERGED: "is merged",
    Verb.ABSORBED: "is absorbed",
    Verb.REPLACED: "is replaced",
    Verb.DISSOLVED: "is dissolved",
    Verb.LEFT: "leaves the administration",
    Verb.ENDED: "ends, how is not known",
}
_TIES: Final = {
    "secretariat": "its business is run by",
    "members": "its members are",
    "coordinates": "it coordinates",
    "steers": "it steers",
    "involves": "it involves",
    "advises": "it advises",
    "agrees_with": "it has to agree with",
}
_WORDS: Final = {"aka": "also called", "short_name": "short name"}


def sentence(registry: Registry, change: Change) -> str:
    """What changes, as one sentence without its full stop. Units are called as on the day of the change."""
    return _Telling(registry, change).told()


class _Telling:
    """Tells one change; names of what was there before are those of the day before."""

    def __init__(self, registry: Registry, change: Change) -> None:
        self.change = change
        self.after: Mapping[str, Value] = dict(change.after)
        self.before: Mapping[str, Value] = dict(change.before)
        self.now = Labels(registry, change.day)
        self.earlier = Labels(registry, day_before(change.day))

    def told(self) -> str:
        verb = self.change.verb
        if verb in _ENDS:
            return f"{self.change.label} {_ENDS[verb]}{self._into()}"
        tellers: Mapping[Verb, Callable[[], str]] = {
            Verb.CREATED: lambda: self._begins("is created"),
            Verb.ATTESTED: lambda: self._begins("is first attested"),
            Verb.REVIVED: lambda: self._begins("is created again"),
            Verb.MOVED: self._moves,
            Verb.RENAMED: lambda: f"{self.change.label} is renamed {self._text('name')}",
            Verb.RECODED: self._recoded,
            Verb.REKINDED: lambda: f"{self.change.label} becomes a {self._text('kind')}{self._was('kind')}",
            Verb.RELATION: self._tied,
            Verb.TASK: self._task,
            Verb.POST: self._post,
            Verb.RESTATED: self._restated,
            Verb.ANNULLED: lambda: f"{self.change.label}: what was to be is withdrawn",
        }
        return tellers[verb]()

    def _begins(self, verb: str) -> str:
        kind = self.after.get("kind")
        as_kind = f" as {kind}" if isinstance(kind, str) else ""
        return f"{self.change.label} {verb}{as_kind}{self._place()}{self._out_of()}"

    def _place(self) -> str:
        for attribute, word in (("staff_of", "beside"), ("parent", "under")):
            found = self.after.get(attribute)
            if isinstance(found, str):
                return f" {word} {self.now.unit(found)}"
            if found is Absent.UNKNOWN:
                return ", under whom is not recorded"
        return ""

    def _into(self) -> str:
        into = self.change.into
        if into is Absent.UNKNOWN:
            return ", into what is not known"
        word = "by" if self.change.verb is Verb.REPLACED else "into"
        return f" {word} {self._several(into)}" if isinstance(into, tuple) else ""

    def _out_of(self) -> str:
        out_of = self.change.out_of
        if out_of is Absent.UNKNOWN:
            return ", out of what is not recorded"
        return f" out of {self._several(out_of, self.earlier)}" if isinstance(out_of, tuple) else ""

    def _moves(self) -> str:
        was = self.before.get("parent") or self.before.get("staff_of")
        origin = f" from {self.earlier.unit(was)}" if isinstance(was, str) else ""
        beside = self.after.get("staff_of")
        found = beside or self.after.get("parent")
        if isinstance(found, str):
            target = f" to stand beside {self.now.unit(found)}" if beside else f" to {self.now.unit(found)}"
        else:
            target = ", where to is not recorded" if found is Absent.UNKNOWN else " to the top"
        return f"{self.change.label} moves{origin}{target}"

    def _recoded(self) -> str:
        code = self.after["code"]
        if not isinstance(code, str):
            return f"{self.change.label} bears {'no code' if code is Absent.NONE else 'a code that is not known'}"
        return f"{self.change.name} takes the code {code}{self._was('code')}"

    def _tied(self) -> str:
        ((attribute, value),) = self.change.after
        return f"{self.change.label}: {_TIES[attribute]} {self._value(value)}{self._was(attribute, self.earlier)}"

    def _task(self) -> str:
        title = f"„{self._title('text')}“"
        if "text" in self.after and "text" not in self.before:
            origin = self.change.out_of
            if isinstance(origin, tuple):
                whole = [one.partition("#")[0] for one in origin]
                return f"{self.change.label} takes over the task {title} from {self._several(whole, self.earlier)}"
            return f"{self.change.label} has the task {title}"
        return f"{self.change.label}: the task {title} {self._part()}"

    def _post(self) -> str:
        holder = self.after.get("holder")
        held = {
            None: self._part(),
            "vacant": "is vacant",
            Absent.UNKNOWN: "is filled, by whom is not recorded" if self.before.get("holder") == "vacant" else "exists",
        }
        said = held.get(holder if not isinstance(holder, tuple) else None, f"is held by {holder}")
        return f"{self.change.label}: the post „{self._title('title')}“ {said}"

    def _part(self) -> str:
        into = self.change.into
        if isinstance(into, tuple):
            return f"goes to {self._several(into)}"
        return "is there" if self.change.after else "ends"

    def _restated(self) -> str:
        ((attribute, value),) = self.change.after
        word = _WORDS.get(attribute, attribute)
        return f"{self.change.label}: {word} {self._value(value)}"

    def _title(self, attribute: str) -> str:
        found = self.after.get(attribute)
        if isinstance(found, str):
            return found
        unit = self.now.registry.units[self.change.unit.partition("#")[0]]
        return self.now.part(unit, self.change.unit.partition("#")[2])

    def _text(self, attribute: str) -> str:
        return str(self.after[attribute])

    def _was(self, attribute: str, labels: Labels | None = None) -> str:
        was = self.before.get(attribute)
        if was is None:
            return ""
        return " (before: not recorded)" if was is Absent.UNKNOWN else f" (before: {self._value(was, labels)})"

    def _value(self, value: Value, labels: Labels | None = None) -> str:
        if isinstance(value, tuple):
            return self._several([str(one) for one in value], labels)
        if value is Absent.UNKNOWN:
            return "not known"
        return self._several([value], labels) if isinstance(value, str) else str(value)

    def _several(self, identities: list[str] | tuple[str, ...], labels: Labels | None = None) -> str:
        labels = labels or self.now
        *most, last = [labels.unit(one) if "/" in one and " " not in one else one for one in identities]
        return f"{', '.join(most)} and {last}" if most else last
