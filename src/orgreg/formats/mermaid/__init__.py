"""Mermaid: diagrams that GitHub, GitLab and many wikis draw from text."""

from __future__ import annotations

from orgreg.formats.plain import one_line


def label(text: str) -> str:
    """Text in a diagram: everything but letters, digits and plain signs as a numeric entity, so that none is syntax."""
    return "".join(sign if sign.isalnum() or sign in " .,-" else f"#{ord(sign)};" for sign in one_line(text))
