"""Other people's words within a sentence: in quotation marks, and no more of them than anybody wants to read again."""

from __future__ import annotations

from typing import Final

LONGEST: Final = 100
"""The signs of a word that an answer repeats."""
EMPTY: Final = "an empty text"
"""What is said in place of a word that was typed as nothing."""
_INNER: Final = str.maketrans("„“”", "‚‘’")  # noqa: RUF001 - quotation marks within quotation marks


def quoted(words: str) -> str:
    """The words in quotation marks; those within them become single ones."""
    return f"„{inner(words.strip())}“"


def inner(words: str) -> str:
    """The words as they stand within quotation marks."""
    return words.translate(_INNER)


def shortened(words: str, longest: int = LONGEST) -> str:
    """The words as an answer repeats them: nobody has to read all of a page that was pasted."""
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
