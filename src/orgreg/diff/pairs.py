"""Which statement has taken the place of which: what is lost and what is gained of one file, brought together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from orgreg.diff.keeping import is_kept, keeps_basis, keeps_day
from orgreg.diff.statements import CORRECTIONS, FROM, IN_FORCE
from orgreg.model.unit import Correction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from orgreg.diff.statements import Statement

_INTENDED: Final = frozenset({"planned", "proposed"})


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement that is gone and the one that is there instead; one of them is None where there is no other."""

    lost: Statement | None
    gained: Statement | None

    @property
    def either(self) -> Statement:
        """The statement of the later state, else that of the earlier one."""
        return cast("Statement", self.gained or self.lost)

    @property
    def loses(self) -> bool:
        """Whether something that was said is said no more."""
        if self.lost is None:
            return False
        if self.gained is None:
            # That a day is no more inferred is no loss; what another source says instead is.
            return self.lost.value is not None or bool(self.lost.also)
        return not (
            is_kept(self.lost.value, self.gained.value)
            and keeps_day(self.lost, self.gained)
            and keeps_basis(self.lost, self.gained)
        )

    @property
    def is_event(self) -> bool:
        """Whether something happened to what was told: what was planned came, or what was decided was withdrawn."""
        if self.lost is None or self.gained is None or self.loses or self.lost.said is None or self.gained.said is None:
            return False
        came = self.lost.status in _INTENDED and self.gained.status == IN_FORCE
        return came or (self.lost.said.annulled is None and self.gained.said.annulled is not None)


def paired(lost: Iterable[Statement], gained: Iterable[Statement]) -> list[Pair]:
    """What is lost and gained of one file, each statement in one pair, in order of place."""
    was, now = _by_key(lost), _by_key(gained)
    places = sorted(was.keys() | now.keys())
    pairs = [pair for place in places if place[1] != FROM for pair in _matched(was[place], now[place], _RULES)]
    moved = {
        (pair.lost.timeline, pair.lost.since): pair.gained.since
        for pair in pairs
        if pair.lost is not None and pair.gained is not None
    }

    def of_one_day(before: Statement, after: Statement) -> bool:
        return moved.get((before.timeline, before.since), before.since) == after.since

    for place in places:
        if place[1] == FROM:
            pairs += _matched(was[place], now[place], (of_one_day,))
    return pairs


def _by_key(statements: Iterable[Statement]) -> defaultdict[tuple[str, str], list[Statement]]:
    found: defaultdict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in statements:
        found[one.timeline, one.key].append(one)
    return found


def _matched(
    lost: Sequence[Statement], gained: Sequence[Statement], rules: Iterable[Callable[[Statement, Statement], bool]]
) -> Iterator[Pair]:
    """Each rule in turn takes what fits; what no rule has brought together stands alone."""
    was, now = list(lost), list(gained)
    for rule in rules:
        for before in list(was):
            after = next((one for one in now if rule(before, one)), None)
            if after is not None:
                was.remove(before)
                now.remove(after)
                yield Pair(before, after)
    yield from (Pair(before, None) for before in was)
    yield from (Pair(None, after) for after in now)


def _says_the_same(before: Statement, after: Statement) -> bool:
    return before.since == after.since and before.value == after.value and before.status == after.status


def _has_become(before: Statement, after: Statement) -> bool:
    return before.since == after.since and before.value == after.value


def _says_more(before: Statement, after: Statement) -> bool:
    return _stands_there(before, after) and is_kept(before.value, after.value)


def _stands_there(before: Statement, after: Statement) -> bool:
    return before.since == after.since and before.status == after.status and _is_one_correction(before, after)


def _is_sharper(before: Statement, after: Statement) -> bool:
    return _is_moved(before, after) and keeps_day(before, after)


def _is_moved(before: Statement, after: Statement) -> bool:
    return before.value == after.value and before.status == after.status


def _is_sharper_and_known(before: Statement, after: Statement) -> bool:
    return before.status == after.status and keeps_day(before, after) and is_kept(before.value, after.value)


def _is_sharper_and_other(before: Statement, after: Statement) -> bool:
    # „Since an unknown day“ is no vague day: what is said of a later one may be a change of the city.
    day = before.day
    known = day is not None and day.known
    return known and before.status == after.status and keeps_day(before, after)


def _is_one_correction(before: Statement, after: Statement) -> bool:
    if before.key != CORRECTIONS:
        return True
    was, now = before.value, after.value
    return isinstance(was, Correction) and isinstance(now, Correction) and (was.day, was.of) == (now.day, now.of)


_RULES: Final = (
    _says_the_same,
    _has_become,
    _says_more,
    _stands_there,
    _is_sharper,
    _is_moved,
    _is_sharper_and_known,
    _is_sharper_and_other,
)
"""From the closest to the loosest. The order of the file plays no part: statements come in order of place."""
