"""Writing down what the records say as plain lists: see `orgreg.text.shape`, which compares trees with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orgreg.text.grammar import record
from orgreg.text.records.common import EntryRecord, InsteadRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgreg.text.records.common import Record
    from orgreg.text.shape import Shape

_READ: Final = {
    "_day": "day",
    "_first_day": "first day",
    "whole_number": "whole number",
    "_staff": "staff",
    "_truth": "truth",
}
"""What the functions of the records read."""
_EITHER: Final = {"list_or_word": ("list or", "@list"), "mapping_or_word": ("mapping or", "@mapping")}


def shape(kind: str) -> list[Any] | None:
    """The shape of a kind of file, by its folder; None where the records say what cannot be written down so."""
    made = record(kind)
    made.model_rebuild()  # now, and not when the first tree is compared
    schema: dict[str, Any] = dict(made.__pydantic_core_schema__)
    try:
        return [_shape(schema), {one["ref"]: _shape(one) for one in schema.get("definitions", ())}]
    except KeyError:  # there is no word for it here
        return None


def _shape(schema: dict[str, Any]) -> Shape:
    return _TOLD[schema["type"]](schema)


def _text(schema: dict[str, Any]) -> Shape:
    return ["text", schema.get("min_length", 0), schema.get("pattern")]


def _word(schema: dict[str, Any]) -> Shape:
    return ["word", schema["expected"]]


def _list(schema: dict[str, Any]) -> Shape:
    return ["list", schema.get("min_length", 0), _shape(schema["items_schema"])]


def _names(schema: dict[str, Any]) -> Shape:
    return ["names", _shape(schema["keys_schema"]), _shape(schema["values_schema"])]


def _either(schema: dict[str, Any]) -> Shape:
    word, one = _EITHER[schema["discriminator"].__name__]
    return [word, _shape(schema["choices"][one]), _shape(schema["choices"]["@word"])]


def _defined(schema: dict[str, Any]) -> Shape:
    return ["defined", schema["schema_ref"]]


def _inside(schema: dict[str, Any]) -> Shape:
    return _shape(schema["schema"])


def _record(schema: dict[str, Any]) -> Shape:
    fields = {field.get("validation_alias", name): field["schema"] for name, field in schema["fields"].items()}
    required = [key for key, field in fields.items() if field["type"] != "default"]
    return ["record", {key: _shape(field) for key, field in fields.items()}, required]


def _read(schema: dict[str, Any]) -> Shape:
    return [_READ[schema["function"]["function"].__name__]]


def _looked_over(schema: dict[str, Any]) -> Shape:
    """A record that is looked over as a whole when its keys fit."""
    inside = _shape(schema["schema"])
    return _OVER[schema["function"]["function"].__qualname__](inside)


def _keys(made: type[Record]) -> list[str]:
    return [field.alias or name for name, field in made.model_fields.items()]


def _entry(inside: Shape) -> Shape:
    keys = _keys(EntryRecord)
    return ["saying", inside, [*keys, "also"], [key for key in keys if key != "from"]]


_OVER: Final[dict[str, Callable[[Shape], Shape]]] = {
    "EntryRecord._says_something": _entry,
    "InsteadRecord._says_something": lambda inside: ["saying", inside, _keys(InsteadRecord), []],
    "PaperFile._infers_what_is_said": lambda inside: ["saying", inside, [], []],
    "EffectRecord._one_verb": lambda inside: ["one of", inside, [key for key in inside[1] if key != "quote"]],
}
"""What the functions of the records demand of a record as a whole."""
_TOLD: Final[dict[str, Callable[[dict[str, Any]], Shape]]] = {
    "str": _text,
    "literal": _word,
    "list": _list,
    "dict": _names,
    "tagged-union": _either,
    "definitions": _inside,
    "definition-ref": _defined,
    "default": _inside,
    "model": _inside,
    "model-fields": _record,
    "function-plain": _read,
    "function-after": _looked_over,
}
