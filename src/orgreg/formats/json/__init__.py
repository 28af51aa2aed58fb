"""JSON for programs: stable, versioned, documented in docs/json.md."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from orgreg.store import Recorded


def document(value: object) -> str:
    """A JSON document as text; keys in the order in which they are documented, umlauts as they are."""
    return dumps(value, ensure_ascii=False, indent=2) + "\n"


def answer(told: dict[str, Any], as_of: Recorded | None) -> str:
    """An answer about a state of the register as a document; `as_of` says which: null is the files as they are."""
    state = None if as_of is None else {"commit": as_of.commit, "time": as_of.time.isoformat()}
    return document({**told, "as_of": state})
