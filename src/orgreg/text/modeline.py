"""The first line of a file, which tells an editor where the schema of such files lies."""

from __future__ import annotations

import re
from typing import Final

from orgreg.text.edit import Edit, apply
from orgreg.text.syntax import Lines

_MODELINE: Final = re.compile(r" *# *yaml-language-server: *\$schema=")


def with_modeline(text: str, schema: str) -> str:
    """The text with a first line that points to the schema; one that points elsewhere gives way to it."""
    lines = Lines(text)
    top = next((line for line in range(len(lines)) if not _is_comment(lines.line(line))), len(lines))
    wanted = f"# yaml-language-server: $schema={schema}"
    found = [line for line in range(top) if _MODELINE.match(lines.line(line))]
    if found == [0] and lines.line(0) == wanted:
        return text
    line_break = "\r\n" if "\r\n" in text[: lines.begin(1)] else "\n"
    gone = [Edit(lines.begin(line), lines.begin(line + 1), "") for line in found]
    return apply(text, [Edit(0, 0, wanted + line_break), *gone])


def _is_comment(line: str) -> bool:
    return line.lstrip(" ").startswith("#") or not line.strip()
