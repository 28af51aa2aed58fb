"""Markdown: for comments, wikis and pages."""

from __future__ import annotations

import re
from typing import Final

from orgreg.formats.plain import one_line

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#+!|~&$@])")
_AT_START: Final = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-=])")


def escape(text: str) -> str:
    """Text that no reader of markdown takes for anything but text: no markup, no HTML, no mention."""
    escaped = _SPECIAL.sub(r"\\\1", one_line(text))
    return _AT_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", escaped)
