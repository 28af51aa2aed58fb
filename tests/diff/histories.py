"""Histories of registers made up by hypothesis: states that follow one another as people edit files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.changes.test_laws import full_registers
from tests.strategies import Frozen, entries, first_days

if TYPE_CHECKING:
    from collections.abc import Callable

State = dict[str, Any]
"""The files of a register by key, each a frozen tree or a text."""

_PLAN: Frozen = {
    "timeline": [{"from": "2020-01-01", "title": "Plan", "responsible": ["u0"], "sources": "none"}],
    "dimensions": {"alter": [{"from": "2020", "values": ["jung", "alt"], "sources": "none"}]},
    "steps": {
        "eins": [
            {"from": "2020-01-01", "title": "Schritt", "due": {"day": "2025-36"}, "sources": "none"},
            {"from": "2022", "state": "offen", "sources": [{"paper": "p0", "quote": "noch offen"}]},
        ]
    },
}


@st.composite
def histories(draw: st.DrawFn, max_states: int = 2) -> list[State]:
    """States of one register, each made of the one before by a few edits."""
    state: State = {**draw(full_registers()), "data/actionplans/xa/plan.yaml": _PLAN}
    states = [state]
    for _ in range(draw(st.integers(1, max_states - 1))):
        state = json.loads(json.dumps(state))
        for _ in range(draw(st.integers(0, 5))):
            edit = draw(st.sampled_from(_EDITS))
            key = draw(st.sampled_from(sorted(key for key in state if key.count("/") == 3)))
            edit(draw, state, key)
        states.append(state)
    return states


def _timelines(content: Frozen) -> list[list[Frozen]]:
    parts = [
        part for section in ("tasks", "posts", "steps", "dimensions") for part in content.get(section, {}).values()
    ]
    return [*([content["timeline"]] if content.get("timeline") else []), *parts]


def _entry(draw: st.DrawFn, content: Frozen) -> Frozen:
    found = [entry for timeline in _timelines(content) for entry in timeline]
    # A paper has no entries: what is said of an entry is said of all of it.
    return draw(st.sampled_from(found)) if found else content


def _stated_at(content: Frozen, entry: Frozen, since: str) -> bool:
    """Whether some key of the entry is already said from that day: no key twice in one `from`."""
    timeline = next((one for one in _timelines(content) if any(other is entry for other in one)), [])
    said = {key for other in timeline if other is not entry and other["from"] == since for key in other}
    return bool(said & set(entry) - {"from", "sources"})


def _moved(draw: st.DrawFn, state: State, key: str) -> None:
    entry, since = _entry(draw, state[key]), draw(first_days())
    if "from" in entry and not _stated_at(state[key], entry, since):
        entry["from"] = since


def _restated(draw: st.DrawFn, state: State, key: str) -> None:
    entry = _entry(draw, state[key])
    values: dict[str, list[Any]] = {
        "name": ["Neuer Name", "unknown"],
        "code": ["50.2", "9", "unknown"],
        "text": ["Andere Aufgabe", "unknown"],
        "holder": ["vacant", "Frau C", "unknown"],
        "title": ["Anderer Titel", "unknown"],
        "date": ["2021", "2021-03", "2021-03-04"],
        "number": ["21-12345", "unknown"],
        "aka": [["Alt"], ["Alt", "Neu"]],
        "parent": ["u0", "u1", "unknown", "none"],
        "state": ["erledigt", "offen"],
        "into": [["u0"], ["u0", "u1"]],
        "ended": ["dissolved", "unknown"],
    }
    known = sorted(values.keys() & entry.keys())
    if known:
        chosen = draw(st.sampled_from(known))
        entry[chosen] = draw(st.sampled_from(values[chosen]))


_REMARKS: dict[str, list[Any]] = {
    "because": ["so", "so und so"],
    "decided_by": ["p0", "p1", "unknown"],
    "change": ["neugliederung"],
    "wording": ["zum Jahresende"],
    "note": ["eine Bemerkung"],
    "status": ["planned", "proposed", "in force"],
    "annulled": [{"day": "2020-05-05"}, {"day": "2020-05-05", "by": "p1"}],
    "inferred": [{"from": "so gelesen"}, {}],
}


def _remarked(draw: st.DrawFn, state: State, key: str) -> None:
    entry = _entry(draw, state[key])
    if "from" not in entry:
        return
    remark = draw(st.sampled_from(sorted(_REMARKS)))
    said = draw(st.sampled_from([*_REMARKS[remark], None]))
    if said in (None, {}, "in force"):
        entry.pop(remark, None)
    else:
        entry[remark] = said


def _sourced(draw: st.DrawFn, state: State, key: str) -> None:
    entry = _entry(draw, state[key])
    sources: list[Frozen] = [] if entry["sources"] == "none" else list(entry["sources"])
    shorter: bool = draw(st.booleans())
    if sources and shorter:
        sources.pop(draw(st.integers(0, len(sources) - 1)))
    else:
        sources.append({"paper": draw(st.sampled_from(["p0", "p1"])), "quote": draw(st.sampled_from(["ja", "nein"]))})
    entry["sources"] = sources or "none"


def _gone(draw: st.DrawFn, state: State, key: str) -> None:
    timelines = _timelines(state[key])
    if timelines:
        timeline = draw(st.sampled_from(timelines))
        timeline.remove(draw(st.sampled_from(timeline)))
        for section in ("tasks", "posts", "steps", "dimensions"):
            parts = {slug: part for slug, part in state[key].get(section, {}).items() if part}
            state[key] = {name: content for name, content in state[key].items() if name != section}
            state[key] |= {section: parts} if parts else {}


def _added(draw: st.DrawFn, state: State, key: str) -> None:
    if not key.startswith("data/units/"):
        return
    entry = draw(entries(["u0", "u1"]))
    if draw(st.booleans()):
        state[key].setdefault("tasks", {}).setdefault("zwei", [])
        entry = {"from": entry["from"], "text": "Zweite Aufgabe", "topics": ["t"], "sources": entry["sources"]}
        timeline = state[key]["tasks"]["zwei"]
    else:
        timeline = state[key]["timeline"]
    if not any(set(one) & set(entry) - {"sources"} for one in timeline if one["from"] == entry["from"]):
        timeline.append(entry)


def _put_right(draw: st.DrawFn, state: State, key: str) -> None:
    entry = _entry(draw, state[key])
    known = sorted({"name", "code", "title", "text", "state"} & entry.keys())
    if known:
        of = draw(st.sampled_from(known))
        was, entry[of] = entry[of], "Berichtigt"
        told = {"day": "2024-03-01", "of": f"timeline {of}", "was": f"{of}: {was}", "because": "verlesen"}
        state[key].setdefault("corrections", []).append({**told, "sources": "none"})


def _deleted(draw: st.DrawFn, state: State, key: str) -> None:
    if draw(st.booleans()) and not key.endswith("p0.yaml"):
        del state[key]


def _renamed(draw: st.DrawFn, state: State, key: str) -> None:
    folder, _, name = key.rpartition("/")
    new = f"{folder}/neu-{name}"
    if new in state:
        return
    old = name.removesuffix(".yaml")
    content = state.pop(key)
    state[new] = {**content, "formerly": [*content.get("formerly", []), old]}
    if draw(st.booleans()):
        for other in state.values():
            if isinstance(other, dict):
                _called(other, old, f"neu-{old}")


def _called(node: Any, old: str, new: str) -> None:  # noqa: ANN401 - texts, lists and mappings
    """Every reference to a file, with its new name."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in list(children):
        if key != "formerly" and child == old:
            node[key] = new
        elif key != "formerly" and isinstance(child, str) and child.startswith(f"{old}#"):
            node[key] = new + child.removeprefix(old)
        elif key != "formerly":
            _called(child, old, new)


def _called_otherwise(draw: st.DrawFn, state: State, key: str) -> None:
    sections = [one for one in ("tasks", "posts", "steps", "dimensions") if state[key].get(one)]
    if not sections:
        return
    section = draw(st.sampled_from(sections))
    parts = state[key][section]
    old = draw(st.sampled_from(sorted(parts)))
    new = draw(st.sampled_from([f"neu-{old}", "zwei", "leitung"]))
    if new not in parts:
        state[key] = {**state[key], section: {new if slug == old else slug: part for slug, part in parts.items()}}
        if draw(st.booleans()):
            name = key.rpartition("/")[2].removesuffix(".yaml")
            for other in state.values():
                if isinstance(other, dict):
                    _called(other, f"{name}#{old}", f"{name}#{new}")


def _entered(draw: st.DrawFn, state: State, key: str) -> None:
    name = draw(st.sampled_from(["data/decisions/xa/p9.yaml", "data/actionplans/xa/zweiter.yaml"]))
    if "decisions" in name:
        paper = {"number": "24-00001", "kind": "Mitteilung", "title": "Neu", "date": "2024-04-01", "author": "unknown"}
        state[name] = {**paper, "sources": [{"note": "read"}]}
    else:
        state[name] = {**_PLAN, "note": "eine Bemerkung"}
    city = key.split("/")[2]
    opening = {"from": draw(first_days()), "name": "Neues Amt", "kind": "Stelle", "parent": "none", "code": "10"}
    state[f"data/units/{city}/neues-amt.yaml"] = {"timeline": [{**opening, "sources": [{"paper": "p9"}]}], "note": "x"}


def _shuffled(draw: st.DrawFn, state: State, key: str) -> None:
    for timeline in _timelines(state[key]):
        timeline[:] = draw(st.permutations(timeline))


def _unreadable(draw: st.DrawFn, state: State, key: str) -> None:
    if draw(st.integers(0, 4)) == 0:
        state[key] = {"timeline": "nothing of the kind"}


_EDITS: list[Callable[[st.DrawFn, State, str], None]] = [
    *(_moved, _restated, _remarked, _sourced, _gone, _added, _put_right, _deleted, _renamed, _entered, _shuffled),
    _called_otherwise,
    _restated,
    _remarked,
]
