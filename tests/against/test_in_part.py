"""A review that goes through what the difference can reach says what two checks of everything say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from orgreg.load import load
from orgreg.review import proposed
from tests.against.editing import edits
from tests.against.states import Lying
from tests.registers import RULES, base, cases
from tests.test_mutations import SLIPS, Slip, _slipped, shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgreg.model.finding import Finding
    from orgreg.review.proposed import Review
    from tests.registers import Case


def _essence(findings: Iterable[Finding]) -> Counter[tuple[object, ...]]:
    return Counter((one.rule.code, one.path, one.entity, one.route, one.message) for one in findings)


def _same(one: Review, other: Review) -> None:
    assert one.states.differing == other.states.differing
    assert one.difference == other.difference
    for some, others in zip(one.findings, other.findings, strict=True):
        assert _essence(some) == _essence(others)


def _check(before: Lying, after: Lying) -> bool:
    """Compare both ways, and tell whether the short one could be gone."""
    made = proposed._in_part(before, after)
    if made is not None:
        _same(made, proposed.whole(before, after))
    return made is not None


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_slip_in_the_shipped_data_is_found_without_a_check_of_everything(slip: Slip) -> None:
    before, after = Lying(shipped()), Lying(_slipped(slip).files)
    short = _check(before, after)
    assert short or load(after).findings or "registry.yaml" in slip.file or slip.finds[:4] in {"U002", "V003"}


@pytest.mark.parametrize("slip", SLIPS[::5], ids=str)
def test_a_slip_that_is_put_right_is_fixed(slip: Slip) -> None:
    _check(Lying(_slipped(slip).files), Lying(shipped()))


@pytest.mark.parametrize("case", list(cases(RULES)), ids=str)
def test_what_a_rule_finds_is_found_in_what_is_proposed(case: Case) -> None:
    _check(Lying(base()), Lying(case.files.files))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits())
def test_any_edit_is_reviewed_alike(states: tuple[Lying, Lying]) -> None:
    _check(*states)
