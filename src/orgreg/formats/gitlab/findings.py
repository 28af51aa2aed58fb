"""Findings as a Code Quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orgreg.formats.fingerprint import fingerprints
from orgreg.model.finding import Severity, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgreg.review.placed import Placed

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def findings(placed: Sequence[Placed]) -> list[dict[str, Any]]:
    """One object for each finding that is there, in the order of their places.

    GitLab compares the reports of two branches itself, so it is told what was there before too, and not what is fixed.
    """
    there = [one for one in placed if one.state is not State.FIXED]
    return [_finding(one, fingerprint) for one, fingerprint in zip(there, fingerprints(there), strict=True)]


def _finding(one: Placed, fingerprint: str) -> dict[str, Any]:
    found = one.finding
    return {
        "description": f"{found.rule.code} {found.rule.name}: {found.message}. {found.hint}",
        "check_name": f"{found.rule.code}-{found.rule.name}",
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[found.rule.severity],
        "location": {"path": found.path, "lines": {"begin": one.place.line}},
    }
