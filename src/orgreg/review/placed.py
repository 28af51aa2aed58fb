"""A finding with its line and column, ready to be shown in any format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orgreg.model.finding import Finding, Place, State


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to a finding."""

    path: str
    place: Place


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding, where it stands, the line of the file that it points to, and the other places.

    `state` is None where nothing is compared. What is fixed stands where it stood in the earlier state.
    """

    finding: Finding
    place: Place
    excerpt: str | None = None
    related: tuple[Related, ...] = ()
    state: State | None = None

    @property
    def order(self) -> tuple[object, ...]:
        """Findings stand by file, line and column."""
        return (self.finding.path, self.place.line, self.place.column, self.finding.rule.code, self.finding.message)
