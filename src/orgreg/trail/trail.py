"""The trail of all that was recorded, or of one thing: commit by commit, the newest first."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from orgreg.store.history import Brought
from orgreg.store.index import Touch
from orgreg.trail.files import concerns, former_slugs, known_of
from orgreg.trail.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from orgreg.store.history import History
    from orgreg.trail.files import Known
    from orgreg.trail.following import Stay
    from orgreg.trail.record import Record
    from orgreg.trail.states import States

_TOGETHER: Final = 50
"""Commits whose files are looked up together."""


class Trail:
    """What the commits of a line recorded."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.kept = Kept(history)

    @cached_property
    def states(self) -> States:
        """The states of the line. What has been kept is told without them."""
        from orgreg.trail.states import States

        return States(self.history)

    def whole(self, oldest: int = 0) -> Iterator[Record]:
        """Every commit that touches files of the register, from the end of the line back to a position."""
        brought = (one for one in self.history.brought() if one.touches)
        while some := [*islice(brought, _TOGETHER)]:
            wanted = [one for one in some if one.position >= oldest]
            yield from self._told(wanted)
            if len(wanted) < len(some):
                return

    def of(self, known: Known, part: str | None, others: Collection[Known] = ()) -> list[Record]:
        """The commits that recorded anything of one thing, or only put its file in another form.

        `others` are files that may name it: what they say where they do is told too.
        """
        name = "#".join((*known, part or "", *map("/".join, sorted(others))))
        found = self.kept.answer(name)
        if found is None:
            found = [*self._of(known, part, others)]
            self.kept.keep_answer(name, found)
        return found

    def is_cut(self, known: Known) -> bool:
        """Whether older commits, which a shallow clone does not have, may have recorded something of it."""
        from orgreg.trail.following import stays

        return self.history.is_cut and any(stay.came == 0 for stay in stays(self.states, known))

    def _of(self, known: Known, part: str | None, others: Collection[Known]) -> Iterator[Record]:
        from orgreg.trail.following import stays

        own = stays(self.states, known)
        around = [stay for other in others for stay in stays(self.states, other)]
        identities = {known_of(stay.key)[1] for stay in own}
        mine = {version.position for stay in own for version in stay.versions}
        brought = [*self._brought([*own, *around])]
        parts = None if part is None else {part}
        for at in range(0, len(brought), _TOGETHER):
            some = brought[at : at + _TOGETHER]
            for record, one in zip(self._told(some), some, strict=True):
                items = tuple(item for item in record.items if concerns(item, known[0], identities, parts))
                if parts is not None:
                    # The newest come first: what is older speaks of the part by the slug that it had then.
                    parts |= former_slugs(items)
                if items or (one.position in mine and not record.items):
                    yield replace(record, items=items)

    def _brought(self, followed: Sequence[Stay]) -> Iterator[Brought]:
        keys: dict[int, set[str]] = {}
        for stay in followed:
            for version in stay.versions:
                keys.setdefault(version.position, set()).add(stay.key)
        oldest = 1 if self.history.is_cut else 0
        for position in sorted(keys, reverse=True):
            if position >= oldest:
                yield Brought(position, [self._touch(key, position) for key in sorted(keys[position])])

    def _touch(self, key: str, position: int) -> Touch:
        return Touch(key, self.history.object(key, position - 1), self.history.object(key, position))

    def _told(self, some: Sequence[Brought]) -> Iterator[Record]:
        """What these recorded; left out is what touches no file of the register."""
        from orgreg.trail.telling import told

        found = self.kept.records(some)
        self.history.expect(
            {
                name
                for one in some
                if one.position not in found
                for touch in one.touches
                for name in (touch.before, touch.after)
                if name is not None
            }
        )
        made = {}
        for one in some:
            record = found[one.position] if one.position in found else told(self.states, one)
            if one.position not in found:
                made[one.position] = record
            if record is not None:
                yield record
        self.kept.keep_records(some, made)
