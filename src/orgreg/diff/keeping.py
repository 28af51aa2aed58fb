"""Whether what was said is still said: what was unknown may be known, what was vague sharper, anything may be added."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Final

from orgreg.model.day import When
from orgreg.model.timeline import Absent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgreg.diff.statements import Said, Statement

_COMES: Final = ("proposed", "planned", "in force")
"""What may come of an entry, in this order; of one that was only intended also that it is not created."""


def is_kept(before: object, after: object) -> bool:
    """Whether all that a value says is said by another one too."""
    if before == after or before is None or before is Absent.UNKNOWN:
        return True
    if isinstance(before, When) and isinstance(after, When):
        return is_within(after, before)
    if type(before) is not type(after):
        return False
    if isinstance(before, tuple) and isinstance(after, tuple) and not hasattr(before, "_fields"):
        return all(any(is_kept(one, other) for other in after) for one in before)
    was, now = _fields(before), _fields(after)
    return bool(was) and all(is_kept(one, other) for one, other in zip(was, now, strict=True))


def _fields(value: object) -> Sequence[object]:
    """What a record is made of; of a plain value nothing."""
    if isinstance(value, tuple):
        return value
    return [getattr(value, one.name) for one in fields(value)] if is_dataclass(value) else ()


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

    That a value was inferred is no loss: what was concluded may become stated.
    """
    was, now = before.said, after.said
    return (
        is_kept(before.sources, after.sources)
        and is_kept(before.also, after.also)
        and (was is None or now is None or _keeps_remarks(was, now))
    )


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
