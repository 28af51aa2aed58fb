"""What has been told of a commit, kept in the cache: telling it again takes no reading."""

from __future__ import annotations

import json
import os
from dataclasses import fields
from datetime import datetime
from hashlib import sha1
from typing import TYPE_CHECKING, Any, Final

from orgreg.store.edition import GRAMMAR, edition
from orgreg.trail.record import Item, Record, Sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orgreg.store.history import Brought, History

_ITEM: Final = tuple(field.name for field in fields(Item))
_MADE_OF: Final = (*GRAMMAR, "text/thaw.py", "model", "query", "diff", "trail")
"""The sources of all that decides what is told of a commit."""
_LISTS: Final = frozenset({"others", "papers"})


class Kept:
    """What is kept of a line: the answers seen from its end, and what each of its commits recorded."""

    def __init__(self, history: History) -> None:
        self._history, self._cache = history, history.kept
        made_of = edition(*_MADE_OF)
        self._answers, self._records = f"trail {made_of}", f"told {made_of}"

    def answer(self, name: str) -> list[Record] | None:
        """The answer to a question of that name, if nothing has been recorded since."""
        key = self._key(name)
        found = self._cache.get(self._answers, [key]).get(key)
        return None if found is None else [_thawed(one) for one in json.loads(found)]

    def keep_answer(self, name: str, records: Iterable[Record]) -> None:
        """Keep an answer."""
        self._cache.put(self._answers, {self._key(name): _bytes([_frozen(one) for one in records])})

    def word(self, name: str) -> list[Any] | None:
        """What a word was found to name, if nothing has been recorded since."""
        key = self._key(name)
        found = self._cache.get(self._answers, [key]).get(key)
        return None if found is None else list(json.loads(found))

    def keep_word(self, name: str, found: list[Any]) -> None:
        """Keep what a word was found to name."""
        self._cache.put(self._answers, {self._key(name): _bytes(found)})

    def records(self, some: Sequence[Brought]) -> dict[int, Record | None]:
        """What commits recorded, by their position, as far as it is kept."""
        keys = {self._of(one): one.position for one in some}
        found = self._cache.get(self._records, keys)
        return {
            keys[key]: None if (frozen := json.loads(told)) is None else _thawed(frozen) for key, told in found.items()
        }

    def keep_records(self, some: Sequence[Brought], made: Mapping[int, Record | None]) -> None:
        """Keep what commits recorded."""
        told = ((one, made[one.position]) for one in some if one.position in made)
        self._cache.put(
            self._records, {self._of(one): _bytes(None if record is None else _frozen(record)) for one, record in told}
        )

    def _key(self, name: str) -> str:
        return f"{self._place}:{self._history.tip.commit}:{_digest(name)}"

    def _of(self, one: Brought) -> str:
        touches = "\0".join(f"{key}\0{before}\0{after}" for key, before, after in one.touches)
        return f"{self._place}:{self._history.commit_name(one.position)}:{_digest(touches)}"

    @property
    def _place(self) -> str:
        # Of two registers in one repository the same commit tells different things.
        return _digest(self._history.place)


def _digest(name: str) -> str:
    return sha1(os.fsencode(name), usedforsecurity=False).hexdigest()


def _bytes(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _frozen(one: Record) -> list[Any]:
    items = [[item.sort.value, *(getattr(item, name) for name in _ITEM[1:])] for item in one.items]
    return [one.position, one.commit, one.time.isoformat(), one.author, one.merged, one.subject, one.trailers, items]


def _thawed(frozen: list[Any]) -> Record:
    position, commit, time, author, merged, subject, trailers, items = frozen
    return Record(
        position=position,
        commit=commit,
        time=datetime.fromisoformat(time),
        author=author,
        merged=tuple(merged),
        subject=subject,
        trailers=tuple((key, value) for key, value in trailers),
        items=tuple(_item(one) for one in items),
    )


def _item(frozen: list[Any]) -> Item:
    values = dict(zip(_ITEM, frozen, strict=True))
    values["sort"] = Sort(values["sort"])
    for name in _LISTS:
        values[name] = tuple(values[name])
    if isinstance(values["decided_by"], list):
        values["decided_by"] = tuple(values["decided_by"])
    return Item(**values)
