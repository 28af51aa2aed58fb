"""From a route of keys to the line and column where it stands, for the few files that have something to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

from orgreg.model.finding import Place, Route
from orgreg.text.events import events, start
from orgreg.text.plain import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator


_DEEPEST: Final = MAX_DEPTH + 1
"""What is read stands at most MAX_DEPTH deep; of what is refused, the route to the refusal is enough."""


class Spot(NamedTuple):
    """Where a route stands: its key, if it has one, and its value."""

    key: Place | None
    value: Place


class Spots:
    """Where the routes of a file stand, read as far as somebody has asked; behind a fault of the YAML nothing does."""

    def __init__(self, text: str) -> None:
        self._ahead = _walk(events(text))
        self._passed: dict[Route, tuple[yaml.Event | None, yaml.Event]] = {}

    def find(self, route: Route) -> Spot | None:
        """Where a route stands; None where the file does not have it."""
        for passed, key, value in () if route in self._passed else self._ahead:
            self._passed[passed] = key, value
            if passed == route:
                break
        if route not in self._passed:
            return None
        key, value = self._passed[route]
        at_key = None if key is None else _place(key)
        if at_key is not None and isinstance(value, yaml.CollectionStartEvent) and not value.flow_style:
            return Spot(at_key, at_key)
        return Spot(at_key, _place(value))

    def place(self, route: Route, *, at_key: bool = False) -> Place:
        """The place of a route; where it does not stand in the file, that of the nearest route above it."""
        for length in range(len(route), -1, -1):
            spot = self.find(route[:length])
            if spot is None:
                continue
            whole = length == len(route)
            if spot.key is not None and (at_key or not whole):
                return spot.key
            return spot.value
        return Place(1, 1)


_Passed = tuple[Route, "yaml.Event | None", yaml.Event]
"""A route, with the events of its key, if it has one, and of its value."""


class _LostError(Exception):
    """What follows in the file has no route of keys, or one that is too deep for the register."""


def _walk(stream: Iterator[yaml.Event]) -> Iterator[_Passed]:
    try:
        for event in stream:
            if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
                yield from _node(event, stream, (), None)
                return
    except (yaml.YAMLError, UnicodeDecodeError, _LostError):
        return


def _node(event: yaml.Event, stream: Iterator[yaml.Event], route: Route, key: yaml.Event | None) -> Iterator[_Passed]:
    if len(route) > _DEEPEST:
        raise _LostError
    yield route, key, event
    if isinstance(event, yaml.MappingStartEvent):
        yield from _mapping(stream, route)
    elif isinstance(event, yaml.SequenceStartEvent):
        yield from _sequence(stream, route)


def _mapping(stream: Iterator[yaml.Event], route: Route) -> Iterator[_Passed]:
    names: set[str] = set()
    for key in stream:
        if isinstance(key, yaml.MappingEndEvent):
            return
        if not isinstance(key, yaml.ScalarEvent):
            raise _LostError
        # Of a key that stands twice the first is shown; the second has a finding of its own.
        step: Route = (*route, key.value, "again") if key.value in names else (*route, key.value)
        names.add(key.value)
        yield from _node(next(stream), stream, step, key)


def _sequence(stream: Iterator[yaml.Event], route: Route) -> Iterator[_Passed]:
    for position, event in enumerate(stream):
        if isinstance(event, yaml.SequenceEndEvent):
            return
        yield from _node(event, stream, (*route, position), None)


def _place(event: yaml.Event) -> Place:
    line, column = start(event)
    last = event.end_mark
    width = last.column + 1 - column if last is not None and last.line + 1 == line else 1
    return Place(line, column, max(1, width))
