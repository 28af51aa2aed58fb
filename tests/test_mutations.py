"""Slips made in the shipped data, one at a time: each is found at its line, and nothing else is."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml

from orgreg.check import all_rules, check
from orgreg.load import load
from orgreg.review.placing import placed
from orgreg.text.refusals import REFUSALS
from tests.registers import Kept, built

if TYPE_CHECKING:
    from orgreg.model.finding import Finding

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "data"


class Slip(NamedTuple):
    """One slip: a text of a file, or the whole file, and what is typed instead."""

    file: str
    new: str
    finds: str
    old: str | None = None

    def __str__(self) -> str:
        return f"{self.finds.split()[0]} in {self.file}: {' '.join(self.new.split())[:40]}"


SLIPS = [Slip(**raw) for raw in yaml.safe_load((HERE / "mutations.yaml").read_text("utf-8"))]

_LATIN = "Y001"
"""What is found where a file was saved in another encoding: then the slip is made in that."""


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


def _slipped(slip: Slip) -> Kept:
    files, path = dict(shipped()), f"data/{slip.file}"
    new = slip.new.encode("latin-1" if slip.finds.startswith(_LATIN) else "utf-8")
    if slip.old is not None:
        assert slip.old.encode() in files[path], f"{slip.old} does not stand in {path}"
        new = files[path].replace(slip.old.encode(), new, 1)
    return Kept(files | {path: new})


def _fresh(slip: Slip) -> list[str]:
    """What was not found before, as code and line, after the path where that is another file."""
    files, left = _slipped(slip), _before().copy()
    fresh = []
    for finding in _found(files):
        left[_essence(finding)] -= 1
        if left[_essence(finding)] < 0:
            fresh.append(finding)
    said = []
    for one in placed(fresh, files):
        path = one.finding.path.removeprefix("data/")
        where = "" if path == slip.file else f"{path}:"
        said.append(f"{one.finding.rule.code} {where}{one.place.line}")
    return said


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_slip_is_found_at_its_line_and_nothing_else_is(slip: Slip) -> None:
    assert "; ".join(_fresh(slip)) == slip.finds


def test_there_is_a_slip_for_every_rule_and_every_refusal() -> None:
    """But not for what no text of a file can be: a link, a file that is too large or cannot be read."""
    codes = {rule.code for rule in REFUSALS} | {rule.RULE.code for rule in all_rules()}
    assert codes - {found.split()[0] for slip in SLIPS for found in slip.finds.split("; ")} == set(built())
    assert len(SLIPS) >= 60
