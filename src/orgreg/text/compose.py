"""From the model back to lines of YAML, for what is added: the inverse of `thaw`, in house style."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orgreg.model.timeline import Absent, Contact, Due, Membership, Status
from orgreg.model.unit import municipality_of
from orgreg.text.edit import Edit, folded, insert_after, quoted, replace, spans
from orgreg.text.scan import scan
from orgreg.text.style import CODES, key_order
from orgreg.text.syntax import Mapping, Sequence
from orgreg.text.thaw import REFERENCE, REFERENCES, day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.model.finding import Route
    from orgreg.model.paper import Paper
    from orgreg.model.timeline import Alternative, Entry, Source, Value
    from orgreg.model.unit import Correction
    from orgreg.text.syntax import Written

Frozen = dict[str, Any]
_DEEPER: Final = 2
_WIDEST: Final = 110
_BARE_KEYS: Final = frozenset({"from", "day", "attests", "date", "staff", "head"})
"""Keys whose scalars stand without quotes though YAML may take them for days, numbers or truth."""


def added(file: Written, kind: str, identity: str, route: Route, entry: Entry) -> Edit:
    """An entry added to a timeline of a file, below the last one that counts as early. No line is touched.

    `route` leads to the timeline: `("timeline",)`, `("tasks", "migration")`. Where the file has none, it is begun.
    """
    frozen = freeze_entry(identity, entry)
    found = _node(file, route)
    _refuse_brackets(file, route)
    if isinstance(found, Sequence):
        after = _place(found, entry) if found.members else 0
        return _member_added(file, kind, found, (*route, after), frozen)
    return _begun(file, kind, route, frozen)


def _member_added(file: Written, kind: str, found: Sequence, after: Route, frozen: Frozen) -> Edit:
    """A member of a list below another, or the first one of an empty list."""
    *way, _ = after
    if found.members:
        return insert_after(file, after, _item(frozen, kind, (*way, 0), file.lines.column(found.start)))
    # What stands behind the brackets stays behind the key.
    begin = len(file.text[: found.start].rstrip(" "))
    end = file.lines.stop(file.lines.at(found.end))
    behind = file.text[found.end : end].strip()
    lines = _item(frozen, kind, (*way, 0), _column_of(file, tuple(way)) + _DEEPER)
    return Edit(begin, end, file.line_break.join([f" {behind}" if behind else "", *lines]))


def put_right(file: Written, identity: str, route: Route, value: Value) -> tuple[Edit, str]:
    """A value written anew where it stands, and the lines that are lost by it."""
    key = str(route[-1])
    frozen = _value(identity, key, value)
    spot = spans(file)[route]
    lost = file.text[spot.key.start if spot.key is not None else spot.value.start : spot.value.end]
    if isinstance(frozen, dict) and spot.key is not None and _stands_below(file, spot.key.start, spot.value.start):
        below = f"{file.line_break}{' ' * file.lines.column(spot.value.start)}"
        return replace(file, route, below.join(_named(name, one, "{}") for name, one in frozen.items())), lost
    return replace(file, route, _in_one_line(key, frozen)), lost


def _stands_below(file: Written, key: int, value: int) -> bool:
    return file.lines.at(key) != file.lines.at(value)


def correction_added(file: Written, kind: str, correction: Frozen) -> Edit:
    """An entry added to the file's corrections, which are begun where there are none."""
    route = ("corrections",)
    found = _node(file, route)
    _refuse_brackets(file, route)
    if isinstance(found, Sequence):
        return _member_added(file, kind, found, (*route, max(0, len(found.members) - 1)), correction)
    key, column = _last_key(file)
    item = _item(correction, kind, (*route, 0), column + _DEEPER)
    return insert_after(file, (key,), ["", f"{' ' * column}corrections:", *item])


def freeze_correction(identity: str, correction: Correction) -> Frozen:
    """A correction as the texts that stand in a file of this identity."""
    told: Frozen = {"day": correction.day.text, "of": correction.of, "was": correction.was}
    return told | {"because": correction.because, "sources": _sources(identity, correction.sources)}


def _begun(file: Written, kind: str, route: Route, frozen: Frozen) -> Edit:
    """A timeline that the file does not have yet, in a section that it may not have either."""
    section, slug = route
    existing = _node(file, (section,))
    key, column = _last_key(file)
    inner = file.lines.column(existing.members[0].start) if isinstance(existing, Mapping) else column + _DEEPER
    part = [f"{' ' * inner}{slug}:", *_item(frozen, kind, (*route, 0), inner + _DEEPER)]
    if isinstance(existing, Mapping):
        return insert_after(file, (section, existing.members[-1].key.value), part)
    return insert_after(file, (key,), ["", f"{' ' * column}{section}:", *part])


def _last_key(file: Written) -> tuple[str, int]:
    """The last key of a file, and the column of its keys."""
    assert isinstance(file.root, Mapping)  # noqa: S101 - what else is no file of the register
    return file.root.members[-1].key.value, file.lines.column(file.root.members[0].start)


def _refuse_brackets(file: Written, route: Route) -> None:
    """What stands in brackets takes no lines; an empty list takes its first."""
    for depth in range(len(route) + 1):
        node = _node(file, route[:depth])
        if isinstance(node, Mapping | Sequence) and node.flow and (node.members or depth < len(route)):
            raise ValueError(f"{route[0]} stands in brackets")


def _node(file: Written, route: Route) -> object:
    node: object = file.root
    for step in route:
        if not isinstance(node, Mapping):
            return None
        node = next((pair.value for pair in node.members if pair.key.value == step), None)
    return node


def _place(timeline: Sequence, entry: Entry) -> int:
    """The position of the entry below which the new one stands: the last that is not later, else the last of all."""
    places = [
        position
        for position, item in enumerate(timeline.members)
        if isinstance(item.value, Mapping)
        and (begun := next((p.value for p in item.value.members if p.key.value == "from"), None)) is not None
        and day(getattr(begun, "value", "")).counts_from <= entry.counts_from
    ]
    return places[-1] if places else len(timeline.members) - 1


def _column_of(file: Written, route: Route) -> int:
    node: Any = file.root
    column = 0
    for step in route:
        pair = next(pair for pair in node.members if pair.key.value == step)
        column, node = file.lines.column(pair.start), pair.value
    return column


def new_file(kind: str, frozen: Frozen) -> str:
    """The text of a file that is not there yet."""
    lines = list(_pairs(frozen, kind, (), 0))
    return "".join(f"{line}\n" for line in lines)


# ------------------------------------------------------------------------------------------------------ frozen forms


def freeze_entry(identity: str, entry: Entry) -> Frozen:
    """The entry as the texts that stand in a file of this identity."""
    told: Frozen = {"from": entry.since.text}
    if entry.status is not Status.IN_FORCE:
        told["status"] = entry.status.value
    told |= {"change": entry.change, **_values(identity, entry.values), "wording": entry.wording}
    told |= {"inferred": dict(entry.inferred), "also": [_alternative(identity, other) for other in entry.also]}
    told |= {"decided_by": _deciders(identity, entry.decided_by), "because": entry.because, "note": entry.note}
    return _without_gaps(told) | {"sources": _sources(identity, entry.sources)}


def freeze_paper(paper: Paper) -> Frozen:
    """A paper's file, as far as a command can write it."""
    identity = paper.id
    told: Frozen = {"number": str(paper.number), "kind": str(paper.kind), "title": str(paper.title)}
    told |= {"date": paper.date.text, "author": _authors(identity, paper.author)}
    told |= {"links": list(paper.links), "sources": _sources(identity, paper.sources)}
    return _without_gaps(told)


def _authors(identity: str, authors: tuple[str, ...] | Absent) -> object:
    return [_short(identity, one) for one in authors] if isinstance(authors, tuple) else str(authors)


def _without_gaps(told: Frozen) -> Frozen:
    return {key: value for key, value in told.items() if value not in (None, {}, [])}


def _values(identity: str, values: Any) -> Frozen:  # noqa: ANN401 - a mapping of values of any kind
    return {key: _value(identity, key, value) for key, value in values.items()}


def _value(identity: str, key: str, value: Value) -> object:
    if isinstance(value, tuple):
        return [_member(identity, key, one) for one in value]
    if isinstance(value, Contact):
        return dict(value.ways)
    if isinstance(value, Due):
        return _without_gaps({"day": value.day.text, "wording": value.wording, "modality": value.modality})
    if isinstance(value, bool):
        return "true" if value else "false"
    return _short(identity, value) if isinstance(value, str) and key in REFERENCE else str(value)


def _member(identity: str, key: str, one: str | Membership) -> object:
    if isinstance(one, Membership):
        return {"rule": one.rule}
    if key == "depends_on":
        return one.removeprefix(f"{identity}#")
    return _short(identity, one) if key in REFERENCES or key == "members" else one


def _short(identity: str, reference: str) -> str:
    """A reference as a file of that identity writes it: the own municipality left out."""
    return reference.removeprefix(f"{municipality_of(identity)}/")


def _deciders(identity: str, papers: tuple[str, ...] | Absent | None) -> object:
    if isinstance(papers, tuple):
        short = [_short(identity, paper) for paper in papers]
        return short[0] if len(short) == 1 else short
    return None if papers is None else str(papers)


def _sources(identity: str, sources: Iterable[Source]) -> object:
    return [
        _without_gaps(
            {
                "paper": None if one.paper is None else _short(identity, one.paper),
                "quote": one.quote,
                "attests": None if one.attests is None else one.attests.text,
                "note": one.note,
            }
        )
        for one in sources
    ] or "none"


def _alternative(identity: str, other: Alternative) -> Frozen:
    since = {} if other.since is None else {"from": other.since.text}
    told = {**since, **_values(identity, other.values), "because": other.because}
    return _without_gaps(told) | {"sources": _sources(identity, other.sources)}


# ------------------------------------------------------------------------------------------------------------- lines


def _item(frozen: Frozen, kind: str, route: Route, column: int) -> list[str]:
    """A mapping as a member of a list: its first line has the dash."""
    lines = list(_pairs(frozen, kind, route, column + _DEEPER))
    return [f"{' ' * column}- {lines[0].lstrip(' ')}", *lines[1:]]


def _pairs(frozen: Frozen, kind: str, route: Route, column: int) -> Iterator[str]:
    order = {key: place for place, key in enumerate(key_order(kind, route))}
    indentation = " " * column
    for key in sorted(frozen, key=lambda key: order.get(key, len(order))):
        value = frozen[key]
        if key == "due" and isinstance(value, dict) and column + len(_in_one_line(key, value)) <= _WIDEST:
            yield f"{indentation}{key}: {_in_one_line(key, value)}"
        elif isinstance(value, dict):
            yield f"{indentation}{key}:"
            yield from _pairs(value, kind, (*route, key), column + _DEEPER)
        elif isinstance(value, list):
            yield from _list(key, value, kind, (*route, key), column)
        elif key == "quote" and (block := folded(value, column + _DEEPER)) is not None:
            yield f"{indentation}{key}: >-"
            yield from block
        else:
            yield f"{indentation}{key}: {notation(key, value)}"


def _list(key: str, members: list[Any], kind: str, route: Route, column: int) -> Iterator[str]:
    indentation = " " * column
    inline = None if any(isinstance(one, dict) for one in members) else _in_brackets(key, members)
    if inline is not None and len(inline) + column <= _WIDEST:
        yield f"{indentation}{key}: {inline}"
        return
    yield f"{indentation}{key}:"
    for one in members:
        if isinstance(one, dict):
            yield from _item(one, kind, (*route, 0), column + _DEEPER)
        else:
            yield f"{indentation}{' ' * _DEEPER}- {notation(key, one)}"


def _in_one_line(key: str, value: object) -> str:
    """A value as it stands behind its key where nothing stands below it."""
    if isinstance(value, dict):
        return f"{{{', '.join(_named(name, one, '{{k: {}}}') for name, one in value.items())}}}"
    return _in_brackets(key, value) if isinstance(value, list) else notation(key, str(value))


def _named(key: str, text: str, around: str) -> str:
    return f"{key}: {_notation(key, text, around)}"


def _in_brackets(key: str, members: list[str]) -> str:
    return f"[{', '.join(_notation(key, one, '[{}]') for one in members)}]"


def notation(key: str, text: str) -> str:
    """A scalar as it stands behind its key: bare where YAML reads the same text, else in double quotes."""
    return _notation(key, text, "{}")


def _notation(key: str, text: str, around: str) -> str:
    if key in _BARE_KEYS:
        return text
    if key in CODES and text not in {"unknown", "none"}:
        return quoted(text)
    told = f"{key}: {around.format(text)}\n"
    read = scan(told.encode(), "").tree if "\n" not in text and text == text.strip() else None
    bare = isinstance(read, dict) and read.get(key) in (text, [text], {"k": text})
    return text if bare else quoted(text)
