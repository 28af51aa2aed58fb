"""Pairs of statements as amendments: what one entry, part or file says otherwise for one reason is told once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from orgreg.diff.amendment import Amendment, Aspect, Sort
from orgreg.diff.statements import FROM, OWN, WHOLE
from orgreg.model.registry import PAPERS

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence

    from orgreg.diff.pairs import Pair
    from orgreg.diff.statements import Statement


class _Reason(NamedTuple):
    """Why some statements are told together. `is_whole` of a file or a part that is wholly new, or gone."""

    aspect: Aspect
    detail: tuple[Hashable, ...]
    is_whole: bool = False


def amendments(
    pairs: Sequence[Pair], before: Collection[Statement], after: Collection[Statement], identity: str
) -> Iterator[Amendment]:
    """What the pairs of one file amend. `before` and `after` are all that the file said and says."""
    was, now = {one.timeline for one in before}, {one.timeline for one in after}
    gone = {_entry(pair) for pair in pairs if pair.gained is None and pair.either.value is not None}
    new = {_entry(pair) for pair in pairs if pair.lost is None and pair.either.value is not None}
    together: defaultdict[tuple[_Reason, bool], list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.lost is None:
            reason = _alone(pair, was, new, Aspect.RECORDED)
        elif pair.gained is None:
            reason = _alone(pair, now, gone, Aspect.WITHDRAWN)
        else:
            reason = _both(pair.lost, pair.gained)
        together[reason, pair.loses or reason.aspect is Aspect.WITHDRAWN].append(pair)
    for (reason, loses), some in together.items():
        yield _amendment(some, reason, identity, Sort.CORRECTED if loses else Sort.KNOWN)


def _entry(pair: Pair) -> tuple[str, str]:
    return pair.either.timeline, pair.either.since


def _alone(pair: Pair, other: Collection[str], entries: Collection[tuple[str, str]], aspect: Aspect) -> _Reason:
    """What the pair belongs to, of which one side is missing. `other` are the timelines of the other state."""
    one = pair.either
    if not other and (one.folder == PAPERS or aspect is Aspect.WITHDRAWN):
        return _Reason(aspect, (WHOLE,), is_whole=True)
    if not other or (one.timeline not in other and one.timeline != WHOLE):
        return _Reason(aspect, (OWN if one.timeline == WHOLE else one.timeline,), is_whole=True)
    if one.value is None and _entry(pair) not in entries:
        # Of the day, or of what the entry itself does not say, only another source's word is told.
        return _Reason(Aspect.BASIS, (one.timeline, one.since, one.key))
    return _Reason(aspect, (one.timeline, one.since, one.status, one.key if one.timeline == WHOLE else None))


def _both(lost: Statement, gained: Statement) -> _Reason:
    if lost.value != gained.value:
        detail = (lost.timeline, lost.since, lost.status, lost.key, lost.value, gained.since, gained.value)
        return _Reason(Aspect.VALUE, detail)
    if lost.since != gained.since:
        return _Reason(Aspect.DAY, (lost.timeline, lost.since, gained.since, lost.status))
    sources = (
        frozenset(lost.sources) - frozenset(gained.sources),
        frozenset(gained.sources) - frozenset(lost.sources),
    )
    remarks = ((lost.inferred, gained.inferred), (lost.also, gained.also), (lost.said, gained.said))
    differing = tuple(None if was == now else (was, now) for was, now in remarks)
    return _Reason(Aspect.BASIS, (lost.timeline, lost.since, *sources, *differing))


def _amendment(pairs: Iterable[Pair], reason: _Reason, identity: str, sort: Sort) -> Amendment:
    pairs = sorted(pairs, key=lambda pair: (_starts(pair.either), pair.either.place))
    lost = tuple(pair.lost for pair in pairs if pair.lost is not None)
    gained = tuple(pair.gained for pair in pairs if pair.gained is not None)
    first = pairs[0].either
    one_key = len({pair.either.key for pair in pairs}) == 1 and not reason.is_whole
    attribute = first.key if one_key else None
    old, new = (some[0].value if some and one_key else None for some in (lost, gained))
    if reason.aspect is Aspect.DAY:
        attribute, old, new = FROM, lost[0].day, gained[0].day
    return Amendment(
        sort=sort,
        aspect=reason.aspect,
        folder=first.folder,
        identity=identity,
        part=first.part if len({pair.either.part for pair in pairs}) == 1 else None,
        attribute=attribute,
        on=first.day,
        before=old,
        after=new,
        whole=reason.is_whole,
        lost=lost,
        gained=gained,
        papers=_papers(lost, gained),
    )


def _starts(statement: Statement) -> tuple[object, ...]:
    day = statement.day
    return () if day is None else (day.counts_from,)


def _papers(lost: Iterable[Statement], gained: Iterable[Statement]) -> tuple[str, ...]:
    had = set(_told_by(lost))
    return tuple(dict.fromkeys(paper for paper in _told_by(gained) if paper not in had))


def _told_by(statements: Iterable[Statement]) -> Iterator[str]:
    for one in statements:
        for sources in (one.sources, *(other.sources for other in one.also)):
            yield from (one.identity if source.paper is None else source.paper for source in sources)
