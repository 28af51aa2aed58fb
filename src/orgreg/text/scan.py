"""From the bytes of a file to plain keys, texts and lists; YAML's own idea of numbers, dates and truth is not asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from orgreg.model.finding import Finding, Place
from orgreg.text import refusals
from orgreg.text.plain import read

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES: Final = 1_000_000
"""A file of the register is a few kilobytes; what is larger than this was not written for it."""


@dataclass(slots=True)
class Scanned:
    """What a file says: its tree, or None with the findings that say why not."""

    tree: object
    findings: list[Finding] = field(default_factory=list)


REFUSED_CHARACTER: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
_LONE_RETURN: Final = re.compile("\r(?!\n)")
_HARMLESS: Final = b"\n" + bytes({*range(0x20, 0x7F), *range(0x80, 0x100)} - {0xC2, 0xE2, 0xEF})
"""Bytes with which no character begins, and none is, that is refused: a file of these need not be searched for any."""
_BOM: Final = "\ufeff"


def scan(data: bytes, path: str) -> Scanned:
    """Read the bytes of one file. Every fault that can be told apart from its follow-ups is a finding."""
    text, findings = decode(data, path)
    if text is None or findings:
        return Scanned(None, findings)
    tree = read(text)
    if tree is not None:
        return Scanned(tree)
    from orgreg.text.events import build  # libyaml is not needed for what everybody writes

    return build(text, path)


def decode(data: bytes, path: str) -> tuple[str | None, list[Finding]]:
    """The text of a file: UTF-8, a leading BOM taken off, and no character that an editor would not show."""
    if len(data) > MAX_BYTES:
        # How many there are nobody knows: no more are read than show that it is too many.
        message, hint = f"the file has more than {MAX_BYTES:,} bytes", "split it"
        return None, [Finding(refusals.TOO_LARGE, path, message, hint, place=Place(1, 1))]
    try:
        text = data.decode().removeprefix(_BOM)  # Python's own utf-8-sig takes five times as long
    except UnicodeDecodeError as error:
        return None, [_not_utf8(data, error.start, path)]
    return text, list(_refused_characters(text, path)) if data.translate(None, _HARMLESS) else []


def _not_utf8(data: bytes, start: int, path: str) -> Finding:
    before = data[:start].decode("utf-8-sig", errors="replace")
    guess = data[start : start + 1].decode("cp1252", errors="replace")
    message = f"the byte {data[start]:02x} is not UTF-8" + (
        f" (in Windows-1252 it is „{guess}“)" if guess.isprintable() else ""
    )
    return Finding(refusals.NOT_UTF8, path, message, "save the file as UTF-8", place=_place_of(before, len(before)))


def _refused_characters(text: str, path: str) -> Iterator[Finding]:
    if found := REFUSED_CHARACTER.search(text):
        message = f"the character U+{ord(found[0]):04X} is one that is not seen"
        yield Finding(refusals.CONTROL_CHARACTER, path, message, "delete it", place=_place_of(text, found.start()))
    elif found := _LONE_RETURN.search(text):
        message = "a carriage return stands without its line feed"
        yield Finding(
            refusals.CONTROL_CHARACTER,
            path,
            message,
            "save the file with one kind of line end",
            place=_place_of(text, found.start()),
        )
    if (tab := text.find("\t")) >= 0:
        message = "a tab stands in the file"
        yield Finding(refusals.TAB, path, message, "use spaces: two for each level", place=_place_of(text, tab))


def _place_of(text: str, offset: int) -> Place:
    return Place(text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1)
