"""Text out of files made harmless for where it goes: nothing in a name may steer a terminal, a page or a diagram."""

from __future__ import annotations

import unicodedata
from typing import Final

_ASCII: Final = str.maketrans(
    {
        "├": "|", "└": "`", "│": "|", "─": "-", "„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "’": "'",
        "–": "-", "—": "-", "…": "...", "→": "->", "·": "-", "×": "x", "✓": "ok", "\u00a0": " ",
    }
)  # fmt: skip


def one_line(text: str) -> str:
    """The text on one line: white space folded, and every character that is not seen shown by its number."""
    folded = " ".join(text.split())
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
