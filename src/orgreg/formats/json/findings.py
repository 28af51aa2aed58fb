"""`orgreg/check/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgreg.review.placed import Placed


def findings(placed: Sequence[Placed]) -> dict[str, Any]:
    """What a check found. `state` is null where nothing is compared."""
    return {"format": "orgreg/check/1", "findings": [_finding(one) for one in placed]}


def _finding(one: Placed) -> dict[str, Any]:
    found = one.finding
    return {
        "code": found.rule.code,
        "rule": found.rule.name,
        "severity": found.rule.severity.value,
        "path": found.path,
        "line": one.place.line,
        "column": one.place.column,
        "entity": found.entity,
        "message": found.message,
        "hint": found.hint,
        "state": None if one.state is None else one.state.value,
    }
