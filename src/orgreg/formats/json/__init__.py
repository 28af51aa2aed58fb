"""JSON for programs: stable, versioned, documented in docs/json.md."""

from __future__ import annotations

from json import dumps


def document(value: object) -> str:
    """A JSON document as text; keys in the order in which they are documented, umlauts as they are."""
    return dumps(value, ensure_ascii=False, indent=2) + "\n"
