"""Why a value was concluded, as it stands beside the value: written, replaced or taken out, and no other line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.text.compose import notation
from orgreg.text.edit import Edit, insert_after, quoted, replace, spans
from orgreg.text.style import key_order
from orgreg.text.syntax import Mapping, Sequence

if TYPE_CHECKING:
    from orgreg.model.finding import Route
    from orgreg.text.syntax import Written

_REASONS: Final = "inferred"
_DEEPER: Final = 2
_NOWHERE: Final = Mapping(0, 0, flow=False, members=())


def reason_put_right(
    file: Written, kind: str, entry: Route, key: str, reason: str | None
) -> tuple[list[Edit], str | None]:
    """The reason of a key of an entry as it shall stand, None where none shall; and the lines that are lost by it.

    Raises ValueError where the file has to be brought into house style first.
    """
    reasons = _mapping(file, (*entry, _REASONS))
    old = next((pair for pair in reasons.members if pair.key.value == key), None)
    if old is None:
        return ([] if reason is None else [_added(file, kind, entry, key, reason)]), None
    lost = f"{_REASONS}:\n  {file.text[old.start : old.value.end].rstrip()}"
    if reason is not None:
        return [replace(file, (*entry, _REASONS, key), _told(reasons, reason))], lost
    return [
        _taken_out(file, entry, _REASONS) if len(reasons.members) == 1 else _taken_out(file, (*entry, _REASONS), key)
    ], lost


def _mapping(file: Written, route: Route) -> Mapping:
    """The mapping to which a route leads; an empty one where it leads to none."""
    node: object = file.root
    for step in route:
        if isinstance(node, Sequence) and isinstance(step, int):
            node = node.members[step].value
        elif isinstance(node, Mapping):
            node = next((pair.value for pair in node.members if pair.key.value == step), None)
    return node if isinstance(node, Mapping) else _NOWHERE


def _told(around: Mapping, reason: str) -> str:
    return quoted(reason) if around.flow else notation("because", reason)


def _added(file: Written, kind: str, entry: Route, key: str, reason: str) -> Edit:
    """The reason below those that stand there, or as the first one."""
    reasons, holder = _mapping(file, (*entry, _REASONS)), _mapping(file, entry)
    if reasons.members and reasons.flow:
        return _behind(reasons, f"{key}: {quoted(reason)}")
    if reasons.members:
        last = reasons.members[-1]
        indentation = " " * file.lines.column(last.start)
        return insert_after(file, (*entry, _REASONS, last.key.value), [f"{indentation}{key}: {_told(reasons, reason)}"])
    if holder.flow:
        return _behind(holder, f"{_REASONS}: {{{key}: {quoted(reason)}}}")
    order = {name: place for place, name in enumerate(key_order(kind, (*entry[:-1], 0)))}
    above = [pair for pair in holder.members if order[pair.key.value] < order[_REASONS]][-1]
    indentation = " " * file.lines.column(above.start)
    lines = [f"{indentation}{_REASONS}:", f"{indentation}{' ' * _DEEPER}{key}: {_told(holder, reason)}"]
    return insert_after(file, (*entry, above.key.value), lines)


def _behind(braces: Mapping, told: str) -> Edit:
    end = braces.members[-1].value.end
    return Edit(end, end, f", {told}")


def _taken_out(file: Written, route: Route, key: str) -> Edit:
    """A key with its value and what belongs to it."""
    holder = _mapping(file, route)
    place = next(place for place, pair in enumerate(holder.members) if pair.key.value == key)
    pair = holder.members[place]
    if holder.flow:
        if place:
            return Edit(holder.members[place - 1].value.end, pair.value.end, "")
        return Edit(pair.start, holder.members[place + 1].start, "")
    whole = spans(file)[*route, key].entry
    if not file.lines.is_first(pair.start):
        raise ValueError(f"{key} stands behind a dash")
    return Edit(whole.start, whole.end, "")
