"""Slips made in the shipped data, one at a time: each is found at its line, and nothing else is.

A mutation is a file, a text that stands in it (its first place counts), and what is typed instead. It expects the
findings that the data do not have without it, as code and line; the path stands before the line where it is another.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from orgreg.check import all_rules, check
from orgreg.cli.placing import placed
from orgreg.load import load
from orgreg.text.refusals import REFUSALS
from tests.registers import Kept, built

if TYPE_CHECKING:
    from orgreg.model.finding import Finding

DATA = Path(__file__).resolve().parents[1] / "data"


class Slip(NamedTuple):
    """One slip. Without `old` the file is written anew; without `new` as well it is deleted."""

    path: str
    old: str | None
    new: str | None
    finds: str

    def __str__(self) -> str:
        return f"{self.finds.split()[0]} {self.path} {(self.new or '').strip().splitlines()[:1]}"


SOURCED = "\n    sources:\n      - paper: 25-25182-01\n"

SLIPS = [
@@SLIPS@@
]


@cache
def shipped() -> dict[str, bytes]:
    return {f"data/{path.relative_to(DATA).as_posix()}": path.read_bytes() for path in sorted(DATA.rglob("*.yaml"))}


def _found(files: Kept) -> list[Finding]:
    loaded = load(files)
    return [*loaded.findings, *check(loaded.registry)]


def _essence(finding: Finding) -> tuple[str, str, str]:
    return (finding.rule.code, finding.path, finding.message)


@cache
def _before() -> Counter[tuple[str, str, str]]:
    return Counter(_essence(finding) for finding in _found(Kept(shipped())))


def slipped(slip: Slip) -> Kept:
    files, path = dict(shipped()), f"data/{slip.path}"
    if slip.new is None:
        del files[path]
    else:
        new = slip.new.encode("latin-1" if slip.finds.startswith("Y001") else "utf-8")
        if slip.old is not None:
            old = slip.old.encode()
            assert old in files[path], slip
            new = files[path].replace(old, new, 1)
        files[path] = new
    return Kept(files)


def new_findings(slip: Slip) -> list[str]:
    """What was not found before, as code, path where it is another, and line."""
    files, left = slipped(slip), _before().copy()
    fresh = []
    for finding in _found(files):
        left[_essence(finding)] -= 1
        if left[_essence(finding)] < 0:
            fresh.append(finding)
    return [
        f"{one.finding.rule.code} "
        + ("" if one.finding.path == f"data/{slip.path}" else one.finding.path.removeprefix("data/") + ":")
        + str(one.place.line)
        for one in placed(fresh, files)
    ]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_slip_is_found_at_its_line_and_nothing_else_is(slip: Slip) -> None:
    assert "; ".join(new_findings(slip)) == slip.finds


def test_there_is_a_slip_for_every_rule_and_every_refusal() -> None:
    """What no text in a file can be, a link or an unreadable file, is made elsewhere; how a register is counted, too."""
    codes = {rule.code for rule in REFUSALS} | {rule.RULE.code for rule in all_rules()}
    told = {found.split()[0] for slip in SLIPS for found in slip.finds.split("; ")}
    assert codes - told <= built().keys() | NOT_HERE
    assert len(SLIPS) >= 60


NOT_HERE: set[str] = set()
"""The codes for which the shipped data have no place."""
