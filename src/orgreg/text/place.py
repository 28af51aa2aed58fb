"""From a route of keys to the line and column where it stands, for the few files that have something to be shown."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import yaml

from orgreg.model.finding import Place, Route
from orgreg.text.scan import MAX_DEPTH, events, start

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_DEEPEST: Final = MAX_DEPTH + 1
"""What is read stands at most MAX_DEPTH deep; of what is refused, the route to the refusal is enough."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a route stands: its key, if it has one, and its value."""

    key: Place | None
    value: Place


def spots(text: str) -> Mapping[Route, Spot]:
    """Every route of a file that can be parsed, with its spot; what comes after a fault of the YAML has none."""
    found: dict[Route, Spot] = {}
    with suppress(yaml.YAMLError, UnicodeDecodeError, _LostError):
        _Walk(found).walk(events(text))
    return found


def place(found: Mapping[Route, Spot], route: Route, *, at_key: bool = False) -> Place:
    """The place of a route; where it does not stand in the file, that of the nearest route above it."""
    for length in range(len(route), -1, -1):
        spot = found.get(route[:length])
        if spot is None:
            continue
        whole = length == len(route)
        if spot.key is not None and (at_key or not whole):
            return spot.key
        return spot.value
    return Place(1, 1)


class _LostError(Exception):
    """What follows in the file has no route of keys, or one that is too deep for the register."""


class _Walk:
    """Goes through the events once, noting where each route begins."""

    def __init__(self, found: dict[Route, Spot]) -> None:
        self.found = found

    def walk(self, stream: Iterator[yaml.Event]) -> None:
        for event in stream:
            if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
                self._node(event, stream, (), None)
                return

    def _node(self, event: yaml.Event, stream: Iterator[yaml.Event], route: Route, key: Place | None) -> None:
        if len(route) > _DEEPEST:
            raise _LostError
        here = _place(event)
        if isinstance(event, yaml.CollectionStartEvent) and not event.flow_style and key is not None:
            here = key
        self.found[route] = Spot(key, here)
        if isinstance(event, yaml.MappingStartEvent):
            self._mapping(stream, route)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._sequence(stream, route)

    def _mapping(self, stream: Iterator[yaml.Event], route: Route) -> None:
        for event in stream:
            if isinstance(event, yaml.MappingEndEvent):
                return
            if not isinstance(event, yaml.ScalarEvent):
                raise _LostError
            value = next(stream)
            step = (*route, event.value)
            # Of a key that stands twice the first is shown; the second has a finding of its own.
            if step in self.found:
                step = (*route, event.value, "again")
            self._node(value, stream, step, _place(event))

    def _sequence(self, stream: Iterator[yaml.Event], route: Route) -> None:
        for position, event in enumerate(stream):
            if isinstance(event, yaml.SequenceEndEvent):
                return
            self._node(event, stream, (*route, position), None)


def _place(event: yaml.Event) -> Place:
    line, column = start(event)
    last = event.end_mark
    width = last.column + 1 - column if last is not None and last.line + 1 == line else 1
    return Place(line, column, max(1, width))
