"""Whether what was said is still said: what was unknown may be known, what was vague sharper, anything may be added."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Final

from orgreg.diff.statements import FROM
from orgreg.model.day import When
from orgreg.model.paper import Consultation
from orgreg.model.timeline import Absent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgreg.diff.statements import Said, Statement

_COMES: Final = ("proposed", "planned", "in force")
"""What may come of an entry, in this order; of one that was only intended also that it is not created."""


def is_kept(before: object, after: object) -> bool:
    """Whether all that a value says is said by another one too."""
    if before == after or before is None:
        return True
    if before is Absent.UNKNOWN:
        # That nobody knows is said too: it may become known, and may not be passed over.
        return after is not None
    if isinstance(before, When) and isinstance(after, When):
        return is_within(after, before)
    if type(before) is not type(after):
        return False
    if isinstance(before, tuple) and isinstance(after, tuple) and not hasattr(before, "_fields"):
        return all(any(is_kept(one, other) for other in after) for one in before)
    if isinstance(before, Consultation) and isinstance(after, Consultation):
        before = _without_unknown(before, after)
    was, now = _fields(before), _fields(after)
    return bool(was) and all(is_kept(one, other) for one, other in zip(was, now, strict=True))


def _fields(value: object) -> Sequence[object]:
    """What a record is made of; of a plain value nothing."""
    if isinstance(value, tuple):
        return value
    return [getattr(value, one.name) for one in fields(value)] if is_dataclass(value) else ()


def _without_unknown(before: Consultation, after: Consultation) -> Consultation:
    """The station without what is known of it now: item, role and result are texts, in which `unknown` may stand."""
    return replace(
        before,
        item=_unless_known(before.item, after.item),
        role=_unless_known(before.role, after.role),
        result=_unless_known(before.result, after.result),
    )


def _unless_known(before: str | None, after: str | None) -> str | None:
    return None if before == Absent.UNKNOWN.value and after is not None else before


def is_within(day: When, vague: When) -> bool:
    """Whether a day is one of those that a vague day may be, and not vaguer itself."""
    if not vague.known or not day.known:
        return not vague.known
    inside = vague.earliest <= day.earliest and day.latest <= vague.latest
    return inside and (vague.approximate or not day.approximate)


def keeps_day(before: Statement, after: Statement) -> bool:
    """Whether a statement is of the same day as another, or of a sharper one."""
    was, now = before.day, after.day
    return before.since == after.since or (was is not None and now is not None and is_within(now, was))


def keeps_basis(before: Statement, after: Statement) -> bool:
    """Whether whoever said it still does, in the same words, and with what was remarked on it.

    That a value was inferred is no loss: what was concluded may become stated. What was only intended comes or not
    because somebody says so who did not before.
    """
    was, now = before.said, after.said
    return (
        is_kept(before.sources, after.sources)
        and is_kept(before.also, after.also)
        and _keeps_reason(before, after)
        and (was is None or now is None or _keeps_remarks(was, now))
        and (before.status == after.status or _is_newly_told(before, after))
    )


def _keeps_reason(before: Statement, after: Statement) -> bool:
    """Whether it is not inferred for another reason now; what has become known of something may have its own."""
    other = before.value != after.value or (before.key == FROM and before.since != after.since)
    return other or after.inferred is None or _goes_on(before.inferred, after.inferred)


def _is_newly_told(before: Statement, after: Statement) -> bool:
    """Whether there is a source more; that the earlier ones are kept is asked for already."""
    return len(set(after.sources)) > len(set(before.sources))


def _keeps_remarks(before: Said, after: Said) -> bool:
    return (
        _may_become(before.status, after.status)
        and all(is_kept(getattr(before, key), getattr(after, key)) for key in ("change", "decided_by", "annulled"))
        and all(_goes_on(getattr(before, key), getattr(after, key)) for key in ("wording", "because", "note"))
    )


def _may_become(before: str, after: str) -> bool:
    if before == after:
        return True
    if before not in _COMES:
        return False
    return _COMES.index(before) < (_COMES.index(after) if after in _COMES else _COMES.index("in force"))


def _goes_on(before: str | None, after: str | None) -> bool:
    """Whether a text stands in the other, which may say more."""
    return before is None or (after is not None and before in after)
