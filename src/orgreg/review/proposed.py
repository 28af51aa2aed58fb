"""A proposed state beside the one that is merged: what it says otherwise, and which findings are new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgreg.check import check, check_between
from orgreg.check.comparison import Compared, compared
from orgreg.check.losses import emptied
from orgreg.check.states import States
from orgreg.check.views import knowing_texts
from orgreg.load import load
from orgreg.model.registry import Registry, path_of
from orgreg.review.parts import CIRCLE, names_of, parts_of, views_of
from orgreg.store import Trouble
from orgreg.text.scan import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgreg.diff.amendment import Difference
    from orgreg.diff.shelves import Known
    from orgreg.load import Loaded
    from orgreg.model.finding import Finding, Severity
    from orgreg.store import Files


@dataclass(frozen=True)
class Review:
    """Both states, what differs between them, and their findings told apart."""

    states: States
    findings: Compared

    @property
    def grave(self) -> frozenset[Severity]:
        """How grave the new findings are."""
        return frozenset(one.rule.severity for one in self.findings.new)

    @property
    def difference(self) -> Difference:
        """What the proposed state says otherwise."""
        return self.states.difference


def review(base: Files | None, now: Files) -> Review:
    """Compare the files as they are with those that are merged; None where there is no register yet.

    Only what differs is parsed, and what the difference can reach; where that cannot be told, everything.
    """
    return (None if base is None else _in_part(base, now)) or whole(base, now)


def whole(base: Files | None, now: Files) -> Review:
    """The same, by checking both states wholly."""
    before = Registry() if base is None else _knowing(base, found := load(base))
    old = [] if base is None else [*found.findings, *check(before)]
    loaded = load(now)
    after = _knowing(now, loaded)
    states = States(before, after, _Words(base))
    return _told(states, old, [*loaded.findings, *check(after)])


def _knowing(files: Files, loaded: Loaded) -> Registry:
    def text(known: Known) -> bytes | None:
        data = files.read(path_of(*known), MAX_BYTES)
        return data if isinstance(data, bytes) else None

    return knowing_texts(loaded.registry, text)


def _told(states: States, old: Iterable[Finding], new: Iterable[Finding]) -> Review:
    new = [*new, *check_between(states)]
    found = compared((states.before, old), (states.after, new), states.renamed, states.called, emptied(states))
    paths = {path_of(folder, identity) for folder, identity in states.differing}
    # Of what was there before, that of the files that differ: who reads what is proposed has these before him.
    return Review(states, found._replace(inherited=tuple(one for one in found.inherited if one.path in paths)))


class _Words:
    """The text of a merged file."""

    def __init__(self, files: Files | None) -> None:
        self._files = files

    def __call__(self, path: str) -> str:
        data = b"" if self._files is None else self._files.read(path, MAX_BYTES)
        return "" if isinstance(data, Trouble) else data.decode("utf-8-sig", errors="replace")


def _in_part(base: Files, now: Files) -> Review | None:
    """The review by what the difference can reach; None where only a check of everything can tell."""
    parts = parts_of(names_of(base), base, now)
    views = None if parts is None else views_of(parts)
    if views is None:
        return None
    states = States(views.before, views.after, _Words(base), views.among)
    made = _told(states, check(views.before), check(views.after))
    turned = any(one.rule.code == CIRCLE for one in (*made.findings.new, *made.findings.fixed))
    return None if turned else made
