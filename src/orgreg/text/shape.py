"""The grammar of a kind of file as plain lists, by which a tree that fits is known without pydantic.

Making pydantic's classes takes longer than checking a whole register again after one file was edited. So what the
records say is written down once as lists and texts, which can be kept. They only say yes: a tree that they do not
accept may fit all the same, and what is wrong with one that does not is told by `orgreg.text.grammar`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from orgreg.model.day import Fault, Nature, parse
from orgreg.text.bare import Bare

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Shape = list[Any]
    """What stands there, in a word, and what belongs to it: see `_FITS`."""
    Definitions = Mapping[str, Shape]

_HALF: Final = re.compile("[\ud800-\udfff]")
_WHOLE: Final = re.compile("0|[1-9][0-9]{0,8}", re.ASCII)


def fits(tree: object, shape: list[Any]) -> bool:
    """Whether a tree surely fits the grammar whose shape this is."""
    top, definitions = shape
    return _fits(tree, top, definitions)


def _fits(value: object, shape: Shape, definitions: Definitions) -> bool:
    return _FITS[shape[0]](value, shape, definitions)


def _text(value: object, shape: Shape, _: Definitions) -> bool:
    if not isinstance(value, str) or (not value.isascii() and _HALF.search(value)):
        return False
    return len(value) >= shape[1] and (shape[2] is None or _pattern(shape[2]).fullmatch(value) is not None)


@lru_cache
def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written, re.ASCII)


def _word(value: object, shape: Shape, _: Definitions) -> bool:
    return isinstance(value, str) and value in shape[1]


def _list(value: object, shape: Shape, definitions: Definitions) -> bool:
    if not isinstance(value, list) or len(value) < shape[1]:
        return False
    return all(_fits(one, shape[2], definitions) for one in value)


def _names(value: object, shape: Shape, definitions: Definitions) -> bool:
    if not isinstance(value, dict):
        return False
    return all(_fits(key, shape[1], definitions) and _fits(one, shape[2], definitions) for key, one in value.items())


def _list_or(value: object, shape: Shape, definitions: Definitions) -> bool:
    return _fits(value, shape[1] if isinstance(value, list) else shape[2], definitions)


def _mapping_or(value: object, shape: Shape, definitions: Definitions) -> bool:
    return _fits(value, shape[1] if isinstance(value, dict) else shape[2], definitions)


def _defined(value: object, shape: Shape, definitions: Definitions) -> bool:
    return _fits(value, definitions[shape[1]], definitions)


def _record(value: object, shape: Shape, definitions: Definitions) -> bool:
    _, keys, required = shape
    if not isinstance(value, dict) or any(key not in value for key in required):
        return False
    return all(key in keys and _fits(one, keys[key], definitions) for key, one in value.items())


def _saying(value: object, shape: Shape, definitions: Definitions) -> bool:
    """A record that says something beside some keys, and infers only what it says and what is no remark."""
    _, record, beside, remarks = shape
    if not isinstance(value, dict) or not _fits(value, record, definitions) or value.keys() <= set(beside):
        return False
    inferred = value.get("inferred", ())
    return all(named in value and named not in remarks for named in inferred)


def _one_of(value: object, shape: Shape, definitions: Definitions) -> bool:
    """A record that says just one of some keys."""
    _, record, keys = shape
    return isinstance(value, dict) and len(value.keys() & set(keys)) == 1 and _fits(value, record, definitions)


def _day(value: object, _: Shape, __: Definitions) -> bool:
    return _nature(value) is not None


def _first_day(value: object, _: Shape, __: Definitions) -> bool:
    return _nature(value) not in {None, Nature.THROUGHOUT}


def _nature(value: object) -> Nature | None:
    """What kind of day it is; None where it is none."""
    text = value.text if isinstance(value, Bare) else value
    read = parse(text) if isinstance(text, str) and text else None
    return None if read is None or isinstance(read, Fault) else read.nature


def _whole_number(value: object, _: Shape, __: Definitions) -> bool:
    return isinstance(value, Bare) and _WHOLE.fullmatch(value.text) is not None


def _staff(value: object, shape: Shape, definitions: Definitions) -> bool:
    return value == "unknown" or _whole_number(value, shape, definitions)


def _truth(value: object, _: Shape, __: Definitions) -> bool:
    return isinstance(value, Bare) and value.text in {"true", "false"}


_FITS: Final[dict[str, Callable[[object, Shape, Definitions], bool]]] = {
    "text": _text,  # how long at least, what it is like
    "word": _word,  # the words
    "list": _list,  # how long at least, of what
    "names": _names,  # what the keys are, what stands there
    "list or": _list_or,  # what the list is, what else
    "mapping or": _mapping_or,  # likewise
    "defined": _defined,  # by which name
    "record": _record,  # what stands at its keys, those that must be there
    "saying": _saying,  # the record, the keys that say nothing, those of them that cannot be inferred
    "one of": _one_of,  # the record, the keys
    "day": _day,
    "first day": _first_day,
    "whole number": _whole_number,
    "staff": _staff,
    "truth": _truth,
}
