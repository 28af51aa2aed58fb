"""Two states of a small register for tests: what is merged, and what is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from orgreg.model.finding import State
from orgreg.review.placing import placed
from orgreg.review.proposed import review
from orgreg.store import Obstacle, Trouble
from tests.registers import Kept, over_base

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgreg.review.placed import Placed

RULES = Path(__file__).parent / "rules"


class Lying(Kept):
    """Files in memory of which some may be gone."""

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        """The first bytes of a file, or that there is none."""
        if key not in self.files:
            return Trouble(Obstacle.UNREADABLE, "no such file or directory")
        return super().read(key, at_most)


def over(files: Mapping[str, bytes], others: Mapping[str, str | bytes | None]) -> Lying:
    """The files with these others; what is None is taken out."""
    merged = dict(files)
    for path, text in others.items():
        if text is None:
            del merged[path]
        else:
            merged[path] = text.encode() if isinstance(text, str) else text
    return Lying(merged)


@dataclass(frozen=True)
class Case:
    """One case of a rule: what is merged, what is proposed, and what must be found in that."""

    code: str
    sentence: str
    merged: Lying
    now: Lying
    finds: list[Any]

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


def cases() -> Iterator[Case]:
    """The cases of all rules over two states, by file."""
    for path in sorted(RULES.glob("*.yaml")):
        for raw in yaml.safe_load(path.read_text("utf-8")):
            merged = over(over_base({}).files, raw.get("merged", {}))
            yield Case(path.stem, raw["case"], merged, over(merged.files, raw["now"]), raw["finds"])


def found_new(merged: Lying | None, now: Lying) -> list[Placed]:
    """What is new in the proposed state, in the order of its places."""
    return placed(review(merged, now).findings.new, now, State.NEW)


def of_code(found: list[Placed], code: str) -> list[Placed]:
    """The findings of one rule."""
    return [one for one in found if one.finding.rule.code == code]
