"""`undo`: bytes are given back only where they leave the register without an error that it does not have now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.change.proposal import Objection
from orgreg.change.rehearsal import Overlaid, all_found, new_findings
from orgreg.load import load
from orgreg.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgreg.store import Files

_WAY: Final = "undo first what builds on it, the newest first; git revert takes back any commit"


def objection(files: Files, given_back: Mapping[str, bytes | None]) -> Objection | None:
    """Why these bytes are not to be given back, by key; None is a file that was not there."""
    before, after = (all_found(load(state)) for state in (files, Overlaid(files, given_back)))
    fault = next(iter(new_findings(before, after, Severity.ERROR)), None)
    if fault is None:
        return None
    return Objection(f"this would leave an error: {fault.message} ({fault.path})", _WAY)
