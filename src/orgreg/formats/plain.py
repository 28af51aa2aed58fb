"""Text out of files made harmless for where it goes: nothing in a name may steer a terminal, a page or a diagram."""

from __future__ import annotations

import unicodedata
from typing import Final

_ASCII: Final = {
    ord(sign): ascii_sign
    for signs, ascii_sign in (
        ("\u251c\u2502", "|"),
        ("\u2514", "`"),
        ("\u2500\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        ("\u201e\u201c\u201d\u00ab\u00bb", '"'),
        ("\u201a\u2018\u2019", "'"),
        ("\u2026", "..."),
        ("\u2192", "->"),
        ("\u21e2", "~>"),
        ("\u00a0\u202f\u2009", " "),
    )
    for sign in signs
}
"""Typographic signs: the lines of a tree, dashes, quotation marks, ellipsis, arrow, narrow and fixed spaces."""


def one_line(text: str) -> str:
    """The text on one line: white space folded, and every character that is not seen shown by its number."""
    folded = " ".join(text.split())
    if folded.isprintable():  # as nearly all is
        return folded
    return "".join(character if _is_seen(character) else f"\\u{ord(character):04x}" for character in folded)


def _is_seen(character: str) -> bool:
    return character == " " or (unicodedata.category(character)[0] not in "CZ")


def in_encoding(text: str, encoding: str) -> str:
    """The text as far as the encoding can write it: typographic signs as ASCII, the rest as question marks."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_ASCII).encode(encoding, errors="replace").decode(encoding)
    return text
