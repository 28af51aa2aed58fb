"""What would be different in a file, as a unified diff that patch and git apply take."""

from __future__ import annotations

from difflib import unified_diff


def patch(path: str, before: bytes, after: bytes) -> str:
    """The differing lines of a file with three lines around them, line ends as they are."""
    old, new = _lines(before), _lines(after)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(old, new, f"a/{path}", f"b/{path}")
    )


def _lines(data: bytes) -> list[str]:
    text = data.decode("utf-8")
    return [f"{line}\n" for line in text.split("\n")[:-1]] + ([last] if (last := text.rpartition("\n")[2]) else [])
