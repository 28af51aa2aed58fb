"""Whether a tree fits the grammar; what pydantic reports is said again in the register's words."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Final, Union, get_args, get_origin

from pydantic import ValidationError

from orgreg.model.finding import Finding, Route, Rule
from orgreg.text import refusals
from orgreg.text.bare import Bare
from orgreg.text.records.common import SLUG, Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

FORMATS: Final = ("1",)
"""The formats of registry.yaml that this version reads."""

_RECORDS: Final = {
    "units": ("unit", "UnitFile"),
    "decisions": ("paper", "PaperFile"),
    "actionplans": ("plan", "PlanFile"),
    "registry": ("registry", "RegistryFile"),
    "orders": ("orders", "OrdersFile"),
}


@cache
def record(kind: str) -> type[Record]:
    """The record of a kind of file, by its folder; `registry` is registry.yaml itself.

    Making pydantic's classes is what costs most at the start, so those of a kind that is not read are not made.
    """
    module, name = _RECORDS[kind]
    found: type[Record] = getattr(import_module(f"orgreg.text.records.{module}"), name)
    return found


Said = tuple[Rule, str, str]


def faults(tree: object, kind: str, path: str) -> list[Finding]:
    """Where the tree of a file of that kind does not fit the grammar; empty where it does."""
    try:
        record(kind).model_validate(tree)
    except ValidationError as error:
        return [_finding(detail, kind, path) for detail in error.errors(include_url=False)]
    return []


def _finding(error: ErrorDetails, kind: str, path: str) -> Finding:
    location = error["loc"]
    route: Route = tuple(
        step for step in location if not (isinstance(step, str) and step.startswith("@")) and step != "[key]"
    )
    owner = _owner(record(kind), route)
    key = next((step for step in reversed(route) if isinstance(step, str)), "the file")
    say = _SAYINGS.get(error["type"], _in_general)
    rule, message, hint = say(_Case(error, key, owner, word=bool(location) and location[-1] == "@word"))
    at_key = rule is refusals.UNKNOWN_KEY or "[key]" in location
    if error["type"] == "inferred_nothing":
        route, at_key = (*route, "inferred", error["ctx"]["named"]), True
    return Finding(rule, path, message, hint, route=route, at_key=at_key)


class _Case:
    """One error of pydantic's with what is needed to say it: the key, the record it stands in, what was written."""

    def __init__(self, error: ErrorDetails, key: str, owner: type[Record], *, word: bool) -> None:
        self.written = error["input"]
        self.context: dict[str, Any] = error.get("ctx") or {}
        self.general = error["msg"]
        self.key = key
        self.owner = owner
        self.word = word

    @property
    def keys(self) -> list[str]:
        """The keys that the record knows."""
        return [field.alias or name for name, field in self.owner.model_fields.items()]

    @property
    def field(self) -> FieldInfo | None:
        """The key as the record has it; None where the value is a record of its own, whose keys were meant."""
        return next((field for name, field in self.owner.model_fields.items() if self.key in {field.alias, name}), None)


def _unknown_key(case: _Case) -> Said:
    near = get_close_matches(case.key, case.keys, 1, 0.6)
    hint = f"did you mean {near[0]}?" if near else f"{case.owner.called} knows: {', '.join(case.keys)}"
    if case.key == "until":
        hint = "there is no until: what ends is an entry with ended: on the first day without it"
    return refusals.UNKNOWN_KEY, f"{case.key} is no key of {case.owner.called}", hint


def _missing(case: _Case) -> Said:
    described = (case.field.description if case.field is not None else None) or ""
    return refusals.MISSING_KEY, f"{case.owner.called} needs {case.key}:", f"add it. {described}".strip()


def _text(case: _Case) -> Said:
    if isinstance(case.written, Bare):
        if not case.written.text:
            return _empty(case)
        message = f"YAML reads {case.written.text} as {_read_as(case.written.text)}"
        return refusals.QUOTE_IT, message, f'quote it: "{case.written.text}"'
    return refusals.WRONG_SHAPE, f"{case.key} is one text, not {_shape(case.written)}", "write one text after the colon"


def _read_as(bare: str) -> str:
    """What YAML takes a scalar without quotes for."""
    if bare[0] in "+-.0123456789":
        return "a date" if re.match(r"\d{4}-", bare) else "a number"
    if bare in {"=", "<<"}:
        return "a sign of its own"
    return "nothing" if bare[0] in "~nN" and bare.lower() in {"~", "null"} else "true or false"


def _shape(written: object) -> str:
    if isinstance(written, Bare):
        return written.text or "nothing"
    if isinstance(written, list):
        return "a list"
    return "a mapping" if isinstance(written, dict) else str(written)


def _empty(case: _Case) -> Said:
    if case.field is not None and case.field.is_required():
        hint = (
            "name the paper that says it, or write none"
            if case.key == "sources"
            else "write it; where it is not known, write unknown"
        )
        return refusals.EMPTY_VALUE, f"{case.key} has no value", hint
    return refusals.EMPTY_VALUE, f"{case.key} has no value", "write it, write unknown, or delete the key"


def _list(case: _Case) -> Said:
    if isinstance(case.written, Bare) and not case.written.text:
        return _empty(case)
    return refusals.WRONG_SHAPE, f"{case.key} is a list, not {_shape(case.written)}", _as_list(case)


def _as_list(case: _Case) -> str:
    """How what was written stands in a list."""
    item = None if case.field is None else _inside(case.field.annotation)
    if isinstance(case.written, str) and not all(_record_in(arm) for arm in _arms(item)):
        return f"write {case.key}: [{case.written}]"
    if isinstance(case.written, str) and case.key == "sources":
        return f"write sources: [{{paper: {case.written}}}]"
    return "write each item on a line of its own after a dash"


def _mapping(case: _Case) -> Said:
    if isinstance(case.written, Bare) and not case.written.text:
        return _empty(case)
    return (
        refusals.WRONG_SHAPE,
        f"{case.owner.called} is a mapping of keys, not {_shape(case.written)}",
        f"write keys with values: {', '.join(case.keys[:6])} …",
    )


def _dictionary(case: _Case) -> Said:
    if isinstance(case.written, Bare) and not case.written.text:
        return _empty(case)
    return (
        refusals.WRONG_SHAPE,
        f"{case.key} is a mapping of names, not {_shape(case.written)}",
        "write a name, a colon, and below it what belongs to it",
    )


def _reference(case: _Case) -> Said:
    if case.context.get("pattern") == SLUG:
        return (
            refusals.NO_SLUG,
            f"{case.written} is no slug",
            "use a-z, 0-9 and hyphens, beginning with a letter or digit",
        )
    message = f"{case.written} is no reference"
    return (
        refusals.NO_REFERENCE,
        message,
        "write the slug of its file: buero-fuer-migrationsfragen; of another city bux/vhs, of a part unit#post",
    )


def _literal(case: _Case) -> Said:
    if case.word:
        return _mapping(case) if case.field is None else _list(case)
    if isinstance(case.written, Bare) and not case.written.text:
        return _empty(case)
    words = [word.strip("' ") for word in str(case.context.get("expected", "")).replace(" or ", ", ").split(",")]
    near = get_close_matches(str(case.written), words, 1, 0.6)
    hint = f"did you mean {near[0]}?" if near else f"write one of: {', '.join(words)}"
    return refusals.NO_WORD_OF_THE_REGISTER, f"{_shape(case.written)} is no word for {case.key}", hint


def _no_day(case: _Case) -> Said:
    return refusals.NO_DAY, case.context["reason"], case.context["remedy"]


def _misfit(case: _Case) -> Said:
    wanted, shown, hint = case.context["wanted"], _shape(case.written), f"write {case.context['wanted']}"
    if isinstance(case.written, str) and wanted.endswith("without quotes"):
        shown, hint = f'"{case.written}"', f"write {case.key}: {case.written}" if case.written.isdecimal() else hint
    if isinstance(case.written, list) and wanted == "a day":
        hint = "write one day; for days between write a..b without brackets"
    return refusals.WRONG_SHAPE, f"{case.key} is {wanted}, not {shown}", hint


def _nothing_said(case: _Case) -> Said:
    return (
        refusals.NOTHING_SAID,
        f"{case.owner.called} says nothing: it has no value",
        "say what became different, or delete the entry",
    )


def _inferred_nothing(case: _Case) -> Said:
    named = case.context["named"]
    return (
        refusals.NOTHING_SAID,
        f"inferred: names {named}, which is not said here",
        "name a key that is said here",
    )


def _one_verb(_case: _Case) -> Said:
    return (
        refusals.NOTHING_SAID,
        "an effect has one of orders, encourages, informs",
        "write one of them; make several effects of several",
    )


def _one_order(_case: _Case) -> Said:
    return (
        refusals.NOTHING_SAID,
        "a change has one verb",
        "write one of move, create, set … a change; several of several",
    )


def _no_pattern(case: _Case) -> Said:
    return refusals.NO_PATTERN, case.context["reason"], case.context["remedy"]


def _ambiguous_pattern(case: _Case) -> Said:
    return (
        refusals.AMBIGUOUS_PATTERN,
        f"{case.context['pattern']} may read one text in a great many ways, and trying them all may take for ever",
        r"let each sign decide what comes next: \d+ for (\d+)+, \d+(-\d+)* for (\d+-?)+",
    )


def _too_short(case: _Case) -> Said:
    if isinstance(case.written, list):
        return (
            refusals.EMPTY_VALUE,
            f"{case.key} is an empty list",
            "name what belongs to it, write unknown, or delete the key",
        )
    return _empty(case)


def _in_general(case: _Case) -> Said:
    return refusals.WRONG_SHAPE, f"{case.key}: {case.general}", "see docs/data-format.md"


_SAYINGS: Final[dict[str, Callable[[_Case], Said]]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "string_type": _text,
    "string_too_short": _too_short,
    "too_short": _too_short,
    "string_pattern_mismatch": _reference,
    "literal_error": _literal,
    "list_type": _list,
    "dict_type": _dictionary,
    "model_type": _mapping,
    "model_attributes_type": _mapping,
    "no_day": _no_day,
    "misfit": _misfit,
    "empty_value": _empty,
    "nothing_said": _nothing_said,
    "inferred_nothing": _inferred_nothing,
    "one_verb": _one_verb,
    "one_order": _one_order,
    "no_pattern": _no_pattern,
    "ambiguous_pattern": _ambiguous_pattern,
}


def _owner(top: type[Record], route: Route) -> type[Record]:
    """The record whose key the end of the route is; a route that leads to a record's whole gives that record."""
    annotation: object = top
    owner = top
    for step in route:
        inside = _record_in(annotation)
        if inside is not None:
            owner = inside
            field = next(
                (f for name, f in inside.model_fields.items() if step in {f.alias, name} and step != "since"), None
            )
            if field is None:
                return owner
            annotation = field.annotation
        else:
            annotation = _inside(annotation)
    return _record_in(annotation) or owner


def record_at(kind: str, route: Route) -> type[Record] | None:
    """The record of the mapping that a route leads to; None where its keys are names that the file gives."""
    annotation: object = record(kind)
    for step in route:
        inside = _record_in(annotation) if isinstance(step, str) else None
        if inside is None:
            annotation = _inside(annotation)
        else:
            fields = inside.model_fields.items()
            annotation = next((field.annotation for name, field in fields if step == (field.alias or name)), None)
    return _record_in(annotation)


def _inside(annotation: object) -> object:
    """What a list or a dictionary of the grammar holds."""
    for arm in _arms(annotation):
        if get_origin(arm) in {list, dict}:
            return get_args(arm)[-1]
    return None


def _record_in(annotation: object) -> type[Record] | None:
    return next((arm for arm in _arms(annotation) if isinstance(arm, type) and issubclass(arm, Record)), None)


def _arms(annotation: object) -> list[object]:
    """The alternatives of an annotation, without their decoration."""
    if get_origin(annotation) is Annotated:
        return _arms(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        return [inner for arm in get_args(annotation) for inner in _arms(arm)]
    return [annotation]
