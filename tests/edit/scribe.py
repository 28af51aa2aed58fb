"""Files of the register as no two people write them: every style that YAML has, comments at odd places."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from orgreg.text.bare import Bare, unquoted
from orgreg.text.events import events

if TYPE_CHECKING:
    from random import Random

    from orgreg.model.finding import Route

TEXTS = (
    "Büro für Migrationsfragen",
    "😀 Straßen und Ämter",
    "50.20",
    "0500",
    "V",
    "unknown",
    "so: nicht",
    "ein # im Satz",
    "it's said",
    'mit "Zeichen" und \\d',
    "zwei  Leerzeichen",
    "- kein Punkt",
    "„durch die Bündelung dieser Aufgaben“ " * 6 + "im Referat 0500",
    "yes",
    "a",
)
DAYS = ("2024-03-01", "2022", "unknown", "..2024-02-29", "2016~", "2021-09..2021-11")


@dataclass
class Scribe:
    """Writes one file, remembering which comment stands above or behind what."""

    random: Random
    comments: list[str] = field(default_factory=list)
    above: dict[str, Route] = field(default_factory=dict)
    behind: dict[str, Route] = field(default_factory=dict)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def comment(self, about: str = "") -> str:
        self.comments.append(f"# {about}{len(self.comments)} Ä 😀 - ? {{")
        return self.comments[-1]

    def file(self, tree: dict[str, Any]) -> str:
        lines = [self.comment("top ")] if self.chance(0.5) else []
        lines += self.mapping(tree, 0, ())
        if self.chance(0.3):
            lines += ["", self.comment("end ")]
        lines += [" " * self.random.randint(0, 2)] * self.random.choice([0, 0, 1, 3])
        line_break = self.random.choice(["\n", "\n", "\r\n"])
        return line_break.join(lines) + self.random.choice([line_break, line_break, ""])

    def mapping(self, tree: dict[str, Any], column: int, route: Route) -> list[str]:
        keys = list(tree)
        self.random.shuffle(keys)
        lines: list[str] = []
        for position, key in enumerate(keys):
            step = (*route, key)
            written = self.value(f"{key}:", tree[key], column, step)
            lines += self.lead(column, step, first=position == 0)
            lines += [" " * column + written[0], *written[1:]]
        return lines

    def sequence(self, members: list[Any], column: int, route: Route) -> list[str]:
        lines: list[str] = []
        for position, member in enumerate(members):
            step = (*route, position)
            lines += self.lead(column, step, first=False)
            if isinstance(member, dict) and member and self.chance(0.9):
                deeper = self.random.choice([2, 2, 2, 4])
                inner = self.mapping(member, column + deeper, step)
                lines.append(" " * column + "-" + " " * (deeper - 1) + inner[0].lstrip(" "))
                lines += inner[1:]
            else:
                written = self.value("-", member, column, step)
                lines += [" " * column + written[0], *written[1:]]
        return lines

    def lead(self, column: int, route: Route, *, first: bool) -> list[str]:
        """What stands above a key or dash; nothing above the first key, which may share its line with a dash."""
        lines = [""] * self.random.choice([0] * 8 + [1, 2]) if not first else []
        if not first and self.chance(0.15):
            told = self.comment("above ")
            self.above[told] = route
            lines.append(" " * column + told)
        elif not first and self.chance(0.05):
            lines.append(" " * self.random.randint(0, column) + self.comment("odd "))
        return lines

    def value(self, head: str, value: Any, column: int, route: Route) -> list[str]:  # noqa: ANN401 - any node
        deeper = column + self.random.choice([2, 2, 2, 3, 4])
        if isinstance(value, dict | list) and (not value or self.chance(0.15)):
            return [self.behind_it(f"{head} {self.flow(value)}", route)]
        if isinstance(value, dict):
            return [self.behind_it(head, route), *self.mapping(value, deeper, route)]
        if isinstance(value, list):
            if head != "-" and self.chance(0.4):
                deeper = column
            return [self.behind_it(head, route), *self.sequence(value, deeper, route)]
        return self.scalar(head, value, deeper, route)

    def behind_it(self, line: str, route: Route) -> str:
        if self.chance(0.1):
            told = self.comment("behind ")
            self.behind[told] = route
            return f"{line}{' ' * self.random.randint(1, 5)}{told}"
        return line + " " * self.random.choice([0] * 8 + [1, 3])

    def flow(self, value: Any) -> str:  # noqa: ANN401 - any node
        gap = self.random.choice(["", " "])
        if isinstance(value, dict):
            keys = list(value)
            self.random.shuffle(keys)
            return "{" + gap + ", ".join(f"{key}: {self.flow(value[key])}" for key in keys) + gap + "}"
        if isinstance(value, list):
            return "[" + gap + f",{gap or ' '}".join(self.flow(one) for one in value) + gap + "]"
        return self.random.choice([_single, _double])(str(value)) if isinstance(value, str) else str(value[0])

    def scalar(self, head: str, value: str | tuple[str], deeper: int, route: Route) -> list[str]:
        space = " " * self.random.choice([1, 1, 1, 2, 4])
        if isinstance(value, tuple):
            return [self.behind_it(f"{head}{space}{value[0]}", route)]
        style = self.random.choice(["plain", "plain", "single", "double", ">-", "|-", "below", "lines"])
        if style in {">-", "|-"}:
            header = self.behind_it(f"{head}{space}{style}", route)
            return [header, *(" " * deeper + line for line in self.block(value, style))]
        text = value if style == "plain" and is_plain(value) else self.random.choice([_single, _double])(value)
        if style == "below":
            return [self.behind_it(head, route), " " * deeper + self.behind_it(text, route)]
        if style == "lines" and " " in text and "  " not in text:
            first, _, last = text.partition(" ")
            stray = "" if first.endswith("\\") else self.random.choice(["", " "])
            return [f"{head}{space}{first}{stray}", " " * deeper + last]
        return [self.behind_it(f"{head}{space}{text}", route)]

    def block(self, value: str, style: str) -> list[str]:
        if style == ">-" and "  " not in value and self.chance(0.5):
            first, _, last = value.partition(" ")
            return [first, last] if last else [first]
        return [value]


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _double(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def is_plain(text: str) -> bool:
    """Whether the text may stand without quotes."""
    if isinstance(unquoted(text), Bare) or text[0] in "-?:,[]{}#&*!|>'\"%@`" or ": " in text or " #" in text:
        return False
    return [getattr(event, "value", None) for event in events(f"k: {text}\n")].count(text) == 1


def _sources(random: Random) -> Any:  # noqa: ANN401 - a list, or none
    if random.random() < 0.2:
        return "none"
    source = {"paper": "ein-papier", "quote": random.choice(TEXTS), "note": random.choice(TEXTS)}
    return [_some(random, source, 0.7) or {"paper": "p"} for _ in range(random.randint(1, 2))]


def _some(random: Random, tree: dict[str, Any], share: float) -> dict[str, Any]:
    return {key: value for key, value in tree.items() if random.random() < share}


def _entry(random: Random, values: dict[str, Any]) -> dict[str, Any]:
    remarks = {
        "status": "planned",
        "wording": random.choice(TEXTS),
        "inferred": {"code": random.choice(TEXTS), "from": random.choice(TEXTS)},
        "also": [{"name": "Amt", "because": random.choice(TEXTS), "sources": "none", "from": (random.choice(DAYS),)}],
        "note": random.choice(TEXTS),
    }
    entry = {"from": (random.choice(DAYS),), "sources": _sources(random)}
    return entry | _some(random, values, 0.5) | _some(random, remarks, 0.25)


def unit(random: Random) -> dict[str, Any]:
    """The tree of a unit's file; a tuple is a text that stands without quotes."""
    values = {
        "name": random.choice(TEXTS),
        "aka": [random.choice(TEXTS) for _ in range(random.randint(1, 3))],
        "kind": "Stelle",
        "code": random.choice(TEXTS),
        "parent": "none",
        "contact": {"phone": "0531 4705091", "visit": "Auguststraße 9-11"},
        "staff": ("5",),
    }
    tree: dict[str, Any] = {"timeline": [_entry(random, values) for _ in range(random.randint(0, 3))]}
    task = {"text": random.choice(TEXTS), "topics": ["a", "b"]}
    tasks = {"eine": [_entry(random, task)], "andere": [_entry(random, task)]}
    return tree | _some(random, {"tasks": tasks, "note": random.choice(TEXTS), "formerly": ["alt"]}, 0.5)


@dataclass(frozen=True)
class File:
    """A file as it was written, and the scribe who knows where its comments stand."""

    text: str
    scribe: Scribe


@st.composite
def files(draw: st.DrawFn) -> File:
    """A unit's file in some style."""
    random = draw(st.randoms(use_true_random=False))
    scribe = Scribe(random)
    return File(scribe.file(unit(random)), scribe)
