"""Registers made up by hypothesis: days, entries, timelines and whole registers as files, legal or nearly so."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from orgreg.store import Obstacle, Trouble
from orgreg.text.thaw import thaw_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgreg.model.unit import Unit
    from orgreg.query.tree import Node, Tree

Frozen = dict[str, Any]

VOCABULARY = """\
format: 1
municipalities:
  xa:
    name: Stadt Anfang
    kinds:
      Verwaltung: {rank: 0}
      Dezernat: {rank: 1, code: '[IVX]+'}
      Fachbereich: {rank: 2, code: '\\d{2}'}
      Stelle: {rank: 4}
      Ausschuss: {body: true}
      Verein: {outside: true}
    numbers:
      - {from: unknown, form: '\\d{2}-\\d{5}', year: first}
"""
KINDS = ("Verwaltung", "Dezernat", "Fachbereich", "Stelle", "Ausschuss", "Verein", "Unbekanntes")
CITIES = ("xa", "xb")
FIRST, LAST = date(2009, 1, 1), date(2031, 12, 31)


def vocabulary(cities: Iterable[str] = CITIES) -> str:
    """A registry.yaml with the same words for each city."""
    _, _, block = VOCABULARY.partition("municipalities:\n")
    return "format: 1\nmunicipalities:\n" + "".join(block.replace("  xa:", f"  {city}:") for city in cities)


@dataclass
class Memory:
    """The files of a register in memory, given back in the order in which they were put in."""

    contents: dict[str, bytes] = field(default_factory=dict)

    def keys(self) -> list[str]:
        return list(self.contents)

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        if key not in self.contents:
            return Trouble(Obstacle.UNREADABLE, "no such file or directory")
        return self.contents[key][:at_most]


def memory(texts: Mapping[str, str | bytes | Frozen]) -> Memory:
    """Files from texts, bytes or frozen trees."""
    return Memory({key: _bytes(content) for key, content in texts.items()})


def _bytes(content: str | bytes | Frozen) -> bytes:
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else as_yaml(content)).encode()


def as_yaml(frozen: object) -> str:
    """The tree as the register would take it: JSON is YAML, and every text in it is quoted."""
    return json.dumps(frozen, ensure_ascii=False, indent=1)


def unit_of(timeline: list[Frozen], identity: str = "xa/u0") -> Unit:
    """The unit of a timeline."""
    return thaw_unit(identity, {"timeline": json.loads(json.dumps(timeline), parse_int=str)})


# ----------------------------------------------------------------------------------------------------------------- days


def days(first: date = FIRST, last: date = LAST) -> st.SearchStrategy[date]:
    """A day, more often than not one at the edge of a month or year."""
    edges = [
        date(year, month, number)
        for year in range(first.year, last.year + 1)
        for month, number in ((1, 1), (2, 28), (3, 1), (12, 31))
    ]
    return st.one_of(st.dates(first, last), st.sampled_from(edges))


@st.composite
def points(draw: st.DrawFn) -> str:
    """An exact day, month, quarter or year, perhaps approximate: what EDTF and the register write alike."""
    day = draw(days())
    form = draw(st.sampled_from(["day", "month", "quarter", "year"]))
    if form == "quarter":
        return f"{day.year}-{33 + (day.month - 1) // 3}"
    text = {"day": day.isoformat(), "month": f"{day:%Y-%m}", "year": f"{day:%Y}"}[form]
    return text + draw(st.sampled_from(["", "", "", "~", "?", "%"]))


@st.composite
def first_days(draw: st.DrawFn) -> str:
    """What may stand in `from`."""
    day, later = sorted((draw(days()), draw(days())))
    forms = [day.isoformat()] * 4 + [
        draw(points()),
        f"{day}..{later}",
        f"{day:%Y}..{later:%Y}",
        f"..{later}",
        f"{day}..",
        "unknown",
    ]
    return draw(st.sampled_from(forms))


# ---------------------------------------------------------------------------------------------------------------- units


def slugs(how_many: int) -> list[str]:
    return [f"u{number}" for number in range(how_many)]


def _parents(known: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from([*known, "none", "unknown", "nowhere", "xb/u0", "u0#leitung"])


_PAPERS = ("p0", "p1", "p2", "lost")
_SOURCES = st.one_of(
    st.just("none"),
    st.lists(
        st.fixed_dictionaries(
            {"paper": st.sampled_from(_PAPERS)},
            optional={"quote": st.just("wörtlich"), "attests": points(), "note": st.just("so")},
        ),
        min_size=1,
        max_size=2,
    ),
)


@st.composite
def values(draw: st.DrawFn, known: list[str], *, opening: bool) -> Frozen:
    """What an entry says of a unit."""
    parent = _parents(known)
    begin: dict[str, st.SearchStrategy[Any]] = {
        "name": st.sampled_from(["Rat", "Ämter", "Amt", "Öffentliches", "unknown", "Straße", "Zoo"]),
        "kind": st.sampled_from(KINDS),
        "parent": parent,
    }
    more: dict[str, st.SearchStrategy[Any]] = {
        "code": st.sampled_from(["10", "9", "IV", "V", "50.2", "50.21", "0500", "unknown", "none"]),
        "staff": st.integers(0, 50),
        "staff_of": parent,
        "aka": st.lists(st.sampled_from(["Alt", "Neu"]), min_size=1, max_size=2),
    }
    if opening:
        return draw(st.fixed_dictionaries(begin, optional=more))
    end: dict[str, st.SearchStrategy[Any]] = {
        "ended": st.sampled_from(["dissolved", "absorbed", "left", "unknown"]),
        "into": st.lists(st.sampled_from(known), min_size=1, max_size=2),
    }
    said = draw(st.one_of(st.fixed_dictionaries({}, optional=begin | more), st.fixed_dictionaries({}, optional=end)))
    return said or {"name": "Amt"}


@st.composite
def entries(draw: st.DrawFn, known: list[str], *, opening: bool = False) -> Frozen:
    """One entry of a unit's timeline."""
    said = draw(values(known, opening=opening))
    remarks: dict[str, st.SearchStrategy[Any]] = {
        "status": st.sampled_from(["planned", "proposed", "not_created"]),
        "change": st.just("neugliederung"),
        "wording": st.just("zum Jahreswechsel"),
        "inferred": st.dictionaries(st.sampled_from(["from", *said]), st.just("read from the name"), min_size=1),
        "also": st.lists(
            st.fixed_dictionaries(
                {"sources": _SOURCES, next(iter(said)): st.just(next(iter(said.values())))},
                optional={"from": first_days(), "because": st.just("the paper is older")},
            ),
            min_size=1,
            max_size=2,
        ),
        "decided_by": st.sampled_from(["p0", "unknown", "none"]),
        "annulled": st.fixed_dictionaries({"day": points()}),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(remarks)), max_size=2, unique=True))
    entry = {"from": draw(first_days()), **said, **{key: draw(remarks[key]) for key in chosen}}
    return entry | {"sources": draw(_SOURCES)}


@st.composite
def timelines(draw: st.DrawFn, known: list[str], max_size: int = 4) -> list[Frozen]:
    """A timeline in which no key stands twice in one `from`."""
    written = [draw(entries(known, opening=True)), *draw(st.lists(entries(known), max_size=max_size - 1))]
    seen: set[tuple[str, str]] = set()
    kept: list[Frozen] = []
    for entry in written:
        stated = set(entry) & _STATED
        twice = {key for key in stated if (entry["from"], key) in seen}
        seen |= {(entry["from"], key) for key in stated}
        if stated - twice:
            kept.append(_without(entry, twice))
    return kept


_STATED = {"name", "kind", "parent", "staff_of", "code", "staff", "aka", "ended", "into"}


def _without(entry: Frozen, gone: set[str]) -> Frozen:
    entry = {key: value for key, value in entry.items() if key not in gone}
    if gone and "inferred" in entry:
        del entry["inferred"]
    if gone and "also" in entry:
        del entry["also"]
    return entry


@st.composite
def registers(draw: st.DrawFn, max_units: int = 6) -> dict[str, Frozen | str]:
    """The files of a register of two cities, by key."""
    known = slugs(draw(st.integers(1, max_units)))
    files: dict[str, Frozen | str] = {"data/registry.yaml": vocabulary()}
    for paper in _PAPERS[:-1]:
        files[f"data/decisions/xa/{paper}.yaml"] = {
            "number": "unknown",
            "kind": "Mitteilung",
            "title": "Titel",
            "date": draw(points()),
            "author": "unknown",
            "sources": [{"note": "read"}],
        }
    for slug in known:
        city = draw(st.sampled_from(["xa", "xa", "xa", "xb"]))
        files[f"data/units/{city}/{slug}.yaml"] = {"timeline": draw(timelines(known))}
    return files


@st.composite
def circling_registers(draw: st.DrawFn, max_units: int = 7) -> dict[str, Frozen | str]:
    """A register whose units stand under each other in circles and in lines that lead into circles."""
    known = slugs(draw(st.integers(1, max_units)))
    files: dict[str, Frozen | str] = {"data/registry.yaml": vocabulary(["xa"])}
    for slug in known:
        opening = {
            "from": "2020-01-01",
            "name": slug,
            "kind": draw(st.sampled_from(["Stelle", "Ausschuss"])),
            "parent": draw(st.sampled_from(known)),
            "sources": "none",
        }
        later = {"from": "2024-01-01", "parent": draw(st.sampled_from([*known, "none"])), "sources": "none"}
        files[f"data/units/xa/{slug}.yaml"] = {"timeline": [opening, later]}
    return files


# ---------------------------------------------------------------------------------------------------------------- trees


def nodes(trees: Iterable[Tree]) -> list[tuple[Node | None, Node]]:
    """Every node of the trees with the one above it."""
    waiting: list[tuple[Node | None, Node]] = [(None, top) for tree in trees for top in (*tree.roots, *tree.unplaced)]
    found: list[tuple[Node | None, Node]] = []
    while waiting:
        above, node = waiting.pop()
        found.append((above, node))
        waiting += [(node, child) for child in node.children]
    return found
