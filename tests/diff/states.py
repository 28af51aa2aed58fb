"""Two states of a small register, and what is told of the difference between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from orgreg.diff.difference import difference
from orgreg.diff.sentence import amended
from orgreg.load import load
from orgreg.query.sentence import sentence
from tests.strategies import memory, vocabulary

if TYPE_CHECKING:
    from orgreg.diff.amendment import Difference
    from orgreg.model.registry import Registry

Files = dict[str, Any]

P: list[dict[str, str]] = [{"paper": "p"}]
AMT = {"from": "2016", "name": "Amt", "code": "50", "kind": "Fachbereich", "parent": "haus", "sources": P}
HAUS = {"from": "unknown", "name": "Haus", "kind": "Verwaltung", "parent": "none", "sources": P}
PAPER = {
    "number": "24-00001",
    "kind": "Mitteilung",
    "title": "Titel",
    "date": "2024-03-01",
    "author": ["amt"],
    "sources": [{"note": "gelesen"}],
}
STEP = {"from": "2024-01-01", "title": "Gespräche", "state": "in Bearbeitung", "sources": P}
PLAN_ITSELF = {"from": "2024", "title": "Aktionsplan", "responsible": "unknown", "sources": P}
PLAN = {
    "timeline": [PLAN_ITSELF],
    "steps": {"gespraeche": [STEP]},
}


class Told(NamedTuple):
    """What is told of a difference, by its three sorts."""

    changes: list[str]
    corrections: list[str]
    known: list[str]


def entry(since: str, **values: Any) -> dict[str, Any]:  # noqa: ANN401 - trees of texts
    """An entry from a day; of the paper p where no other sources are named."""
    return {"from": since, **values, "sources": values.get("sources", P)}


def correction(of: str, was: str) -> dict[str, str]:
    """An entry of `corrections:`."""
    return {"day": "2026", "of": of, "was": was, "because": "verlesen", "sources": "none"}


def files(more: Files | None = None, /, **files: Any) -> Files:  # noqa: ANN401 - trees of texts
    """The files of a register: two units, a paper and a plan, and those given by slug; None takes one out."""
    folders = {"amt": "units", "haus": "units", "p": "decisions", "plan": "actionplans"}
    base = {"haus": {"timeline": [HAUS]}, "amt": {"timeline": [AMT]}, "p": PAPER, "plan": PLAN}
    named = {f"data/{folders[slug]}/xa/{slug}.yaml": content for slug, content in {**base, **files}.items()}
    named |= {f"data/{key}.yaml": content for key, content in (more or {}).items()}
    return {key: content for key, content in named.items() if content is not None}


def registry(contents: Files) -> Registry:
    """The register of some files."""
    return load(memory({"data/registry.yaml": vocabulary(["xa"]), **contents})).registry


def between(before: Files, after: Files) -> Difference:
    """The difference of two states."""
    return difference(registry(before), registry(after))


def told(before: Files, after: Files) -> Told:
    """What is told of it."""
    was, now = registry(before), registry(after)
    found = difference(was, now)
    return Told(
        [sentence(now, change) for occasion in found.occasions for change in occasion.changes],
        [amended(was, now, one) for one in found.corrections],
        [amended(was, now, one) for one in found.known],
    )


def amt(*entries: Any, **more: Any) -> Files:  # noqa: ANN401 - trees of texts
    """A register in which the unit says this besides what it said from the beginning."""
    return files(amt={"timeline": [AMT, *entries], **more})


def amt_is(**values: Any) -> Files:  # noqa: ANN401 - likewise
    """A register in which the unit's only entry says this; what is None is left out."""
    entry = {key: value for key, value in {**AMT, **values}.items() if value is not None}
    return files(amt={"timeline": [entry]})


def plan(*reports: Any, **values: Any) -> Files:  # noqa: ANN401 - likewise
    """A register in which the step says this, and the reports follow it."""
    return files(plan={**PLAN, "steps": {"gespraeche": [STEP | values, *reports]}})
