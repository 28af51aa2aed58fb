"""The files of a made-up register while they grow: what stands in them by now, and how they are written.

References are held as the file that they lead to, so that a renamed file is called by its new name wherever it is
named. Everything is written in house style.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Value: TypeAlias = "str | File | tuple[File, ...] | dict[str, str] | list[dict[str, str]]"
"""Text as it stands in YAML; a reference, or several; a mapping; a list of mappings."""

_LAST: Final = ("wording", "inferred", "decided_by", "because", "note")
"""The keys that house style puts behind the values, in its order."""
_SECTIONS: Final = ("tasks", "posts", "steps")


@dataclass(slots=True, eq=False)
class Source:
    """What one paper says, in words; nothing where a file quotes itself."""

    paper: File | None
    quote: str

    def lines(self, pad: str) -> Iterator[str]:
        """As an item of a list that stands at `pad`."""
        if self.paper is None:
            yield f"{pad}- quote: >-"
        else:
            yield f"{pad}- paper: {self.paper.slug}"
            yield f"{pad}  quote: >-"
        yield f"{pad}    {self.quote}"


@dataclass(slots=True, eq=False)
class Entry:
    """An entry of a timeline: its day as written, what it says, and its sources."""

    day: str
    values: dict[str, Value]
    sources: list[Source]
    status: str = ""
    change: str = ""
    instead: tuple[str, Source] | None = None

    def lines(self, pad: str) -> Iterator[str]:
        """As an item of a list that stands at `pad`."""
        yield f"{pad}- from: {self.day}"
        if self.status:
            yield f"{pad}  status: {self.status}"
        if self.change:
            yield f"{pad}  change: {self.change}"
        for key, value in self.values.items():
            if key not in _LAST:
                yield from _value(f"{pad}  ", key, value)
        for key in _LAST:
            if key == "decided_by" and self.instead is not None:
                name, source = self.instead
                yield f"{pad}  also:"
                yield f"{pad}    - name: {name}"
                yield f"{pad}      because: nearer to the decision"
                yield f"{pad}      sources:"
                yield from source.lines(f"{pad}        ")
            if key in self.values:
                yield from _value(f"{pad}  ", key, self.values[key])
        yield f"{pad}  sources:"
        for source in self.sources:
            yield from source.lines(f"{pad}    ")


@dataclass(slots=True, eq=False)
class Correction:
    """What was wrong, and since when it is right."""

    day: str
    of: str
    was: str
    source: Source

    def lines(self) -> Iterator[str]:
        """As an item of the list of a file."""
        yield f"  - day: {self.day}"
        yield f"    of: {self.of}"
        yield "    was: |-"
        yield f"      {self.was}"
        yield "    because: read wrongly"
        yield "    sources:"
        yield from self.source.lines("      ")


@dataclass(slots=True, eq=False)
class File:
    """One file: a unit, a paper or a plan.

    `head` is what is no timeline, the keys of a paper. `parts` are the timelines below `tasks`, `posts` and `steps`.
    """

    folder: str
    slug: str
    head: dict[str, Value] = field(default_factory=dict)
    timeline: list[Entry] = field(default_factory=list)
    parts: dict[str, dict[str, list[Entry]]] = field(default_factory=dict)
    formerly: list[str] = field(default_factory=list)
    note: str = ""
    corrections: list[Correction] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    named_by: list[File] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where it stands in the register."""
        return f"data/{self.folder}/{self.slug}.yaml"

    def text(self, *, loose: bool = False) -> str:
        """What it says by now; `loose` in the style of the time before house style, which reads the same."""
        lines: list[str] = []
        for key, value in self.head.items():
            lines += _value("", key, value)
        if self.timeline:
            lines.append("timeline:")
            for entry in self.timeline:
                lines += entry.lines("  ")
        for section in _SECTIONS:
            parts = self.parts.get(section)
            if parts is None:
                continue
            if not loose:
                lines.append("")
            lines.append(f"{section}:")
            for part, entries in parts.items():
                lines.append(f"  {part}:")
                for entry in entries:
                    lines += entry.lines("    ")
        gap = [""] if self.timeline and not loose else []
        for last in self._last():
            lines += [*gap, *last]
        return "\n".join(lines) + "\n"

    def _last(self) -> Iterator[list[str]]:
        if self.formerly:
            yield [f"formerly: [{', '.join(self.formerly)}]"]
        if self.note:
            yield [f"note: {self.note}"]
        if self.corrections:
            yield ["corrections:", *(line for correction in self.corrections for line in correction.lines())]
        if self.sources:
            yield ["sources:", *(line for source in self.sources for line in source.lines("  "))]


def named(value: Value) -> tuple[File, ...]:
    """The files that a value refers to."""
    if isinstance(value, File):
        return (value,)
    return value if isinstance(value, tuple) else ()


def _value(pad: str, key: str, value: Value) -> Iterator[str]:
    if isinstance(value, File):
        yield f"{pad}{key}: {value.slug}"
    elif isinstance(value, tuple):
        yield f"{pad}{key}: [{', '.join(file.slug for file in value)}]"
    elif isinstance(value, dict):
        yield f"{pad}{key}:"
        for inner, text in value.items():
            yield f"{pad}  {inner}: {text}"
    elif isinstance(value, list):
        yield f"{pad}{key}:"
        for item in value:
            sign = "-"
            for inner, text in item.items():
                yield f"{pad}  {sign} {inner}: {text}"
                sign = " "
    else:
        yield f"{pad}{key}: {value}"
