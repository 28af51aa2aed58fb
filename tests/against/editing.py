"""Pairs of registers for tests: one, and the same with some files written otherwise, new, or gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.against.states import Lying
from tests.strategies import CITIES, circling_registers, memory, points, registers

if TYPE_CHECKING:
    from tests.strategies import Frozen

_NUMBERS = ("24-00001", "24-00002", "24-00007", "23-00005", "25-00003", "1-2", "unknown", "none")
_PAPERS = ("p0", "p1", "24-00001", "24-00002", "weg")
_UNITS = ("u0", "u1", "u2", "u0#leitung", "weg")
_WORDS = st.sampled_from(["so", "DS 24-00002 und (25\u201300003)", "[24-00001] 2099-05-01", "weg\nu0 Amt"])


def _source(draw: st.DrawFn) -> Frozen:
    paper, quote = draw(st.sampled_from(_PAPERS)), draw(_WORDS)
    return {"paper": paper} | ({"quote": quote} if draw(st.booleans()) else {})


@st.composite
def papers(draw: st.DrawFn) -> Frozen:
    """A paper with a number, that answers others and cites numbers."""
    paper: Frozen = {
        "number": draw(st.sampled_from(_NUMBERS)),
        "kind": draw(st.sampled_from(["Anfrage", "Stellungnahme"])),
        "title": draw(_WORDS),
        "date": draw(st.one_of(points(), st.sampled_from(["unknown", "2099-01-01", "2024-05-06"]))),
        "author": draw(st.sampled_from([["u0"], ["weg"], "unknown"])),
        "sources": draw(st.sampled_from(["none", [{"note": "read"}], [{"quote": "DS 24-00002"}]])),
    }
    if draw(st.booleans()):
        paper["relations"] = {"answers": [draw(st.sampled_from(_PAPERS))]}
    if draw(st.booleans()):
        paper["formerly"] = [draw(st.sampled_from(["weg", "p9"]))]
    return paper


@st.composite
def plans(draw: st.DrawFn, slug: str) -> Frozen:
    """A plan whose steps wait for each other and for those of another plan."""
    other = "q" if slug == "p" else "p"
    steps: dict[str, Any] = {}
    for step in ("a", "b"):
        entry: Frozen = {"from": draw(st.sampled_from(["unknown", "2024-01-01"])), "title": step, "sources": "none"}
        if draw(st.booleans()):
            entry["depends_on"] = [draw(st.sampled_from(["a", "b", f"{other}#a", f"{other}#b", "weg#a"]))]
        if draw(st.booleans()):
            entry["responsible"] = [draw(st.sampled_from(_UNITS))]
            entry["due"] = {"day": draw(points())}
        steps[step] = [entry]
    begun: Frozen = {"from": "unknown", "title": "Plan", "sources": [_source(draw)]}
    if draw(st.booleans()):
        begun["responsible"] = [draw(st.sampled_from(_UNITS))]
    return {"timeline": [begun], "steps": steps}


@st.composite
def whole_registers(draw: st.DrawFn) -> dict[str, Frozen | str]:
    """A register with units, papers and plans, in which much is wrong."""
    files = dict(draw(st.one_of(registers(5), registers(5), circling_registers(5))))
    from_registry = files["data/registry.yaml"]
    assert isinstance(from_registry, str)
    for slug in draw(st.lists(st.sampled_from(_PAPERS[:-1]), max_size=4, unique=True)):
        city = draw(st.sampled_from([CITIES[0], CITIES[0], CITIES[1]])) if "xb" in from_registry else CITIES[0]
        files[f"data/decisions/{city}/{slug}.yaml"] = draw(papers())
    for slug in draw(st.lists(st.sampled_from(["p", "q"]), max_size=2, unique=True)):
        files[f"data/actionplans/xa/{slug}.yaml"] = draw(plans(slug))
    return files


@st.composite
def edits(draw: st.DrawFn) -> tuple[Lying, Lying]:
    """A register, and what became of it."""
    before, other = draw(whole_registers()), draw(whole_registers())
    other["data/registry.yaml"] = before["data/registry.yaml"]
    cities = [city for city in CITIES if f"  {city}:" in str(before["data/registry.yaml"])]
    before = {key: file for key, file in before.items() if key.count("/") < 2 or key.split("/")[2] in cities}
    other = {key: file for key, file in other.items() if key.count("/") < 2 or key.split("/")[2] in cities}
    keys = sorted((before.keys() | other.keys()) - {"data/registry.yaml"})
    after = dict(before)
    for key in draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True)) if keys else ():
        after.pop(key, None)
        if key in other:
            after[key] = other[key]
    return Lying(memory(before).contents), Lying(memory(after).contents)


_BROKEN = ("timeline: 1\n", "a: [", "", "timeline: []\n# read\n")
_STRAY = ("data/units/xa/U0.yaml", "data/units/xa/u0.yml", "data/README.md", "data/units/zz/rat.yaml")


@st.composite
def sequences(draw: st.DrawFn) -> list[dict[str, Frozen | str]]:
    """A register, and what became of it time after time: other files, none, broken ones, ones that do not belong."""
    files, other = draw(whole_registers()), draw(whole_registers())
    made = [dict(files)]
    keys = sorted(files.keys() | other.keys())
    for _ in range(draw(st.integers(1, 4))):
        for key in draw(st.lists(st.sampled_from(keys), max_size=2, unique=True)):
            became = draw(st.integers(0, 11))
            if became == 0:
                files[key] = draw(st.sampled_from(_BROKEN))
            elif became == 1 and key != "data/registry.yaml":
                files.pop(key, None)
            elif became < 4 and key in made[0]:
                files[key] = made[0][key]
            elif key in other:
                files[key] = other[key]
        if draw(st.integers(0, 9)) == 0:
            files[draw(st.sampled_from(_STRAY))] = draw(st.sampled_from(_BROKEN))
        made.append(dict(files))
    return made
