"""A reader who knows only the five documents finds each of their statements.

Of every phrase that domain.md, part A, quotes and a quote of the register covers, `find` of the phrase (or of what the
register has of it) leads to a hit that rests on that document; and what it leads to, `show` shows.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from orgreg.load import load
from orgreg.query.search import QUOTE, _everything, search
from orgreg.store.working_tree import WorkingTree
from tests.commands import ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

    from orgreg.model.registry import Registry

DOMAIN = ROOT.parent / "shared" / "domain.md"
PAPERS = {
    "S0": "bs/pressemitteilung-2024-04-08",
    "S1": "bs/mitteilung-2024-04-02",
    "S2": "bs/25-25182-01",
    "S3": "bs/webseite-integrationskonzept",
    "S4": "bux/wortprotokoll-2019-06-03",
}
ENOUGH = 12
"""So many letters of a phrase are a good part of it."""


def phrases(domain: Path) -> list[tuple[str, str]]:
    """The phrases of part A with their papers; nested quotation marks are part of a phrase."""
    if not domain.is_file():
        return []
    text = domain.read_text(encoding="utf-8")
    part = text[text.index("\n# A.") : text.index("\n# B.")]
    found = set()
    for start in re.finditer(r"\b(S[0-4]): „", part):
        depth, at = 1, start.end()
        while depth and part[at] != "\n":
            depth += {"„": 1, "“": -1}.get(part[at], 0)
            at += 1
        found.add((PAPERS[start[1]], " ".join(part[start.end() : at - 1].replace("\\|", "|").split())))
    return sorted(found)


@cache
def shipped() -> Registry:
    return load(WorkingTree(ROOT)).registry


def covered_by(phrase: str, paper: str) -> list[str]:
    """What of the phrase a reader can look for: the phrase, else what quotes have of it, else its clauses."""
    have = every_quote()[paper]
    if any(phrase in quote for quote in have):
        return [phrase]
    inside = [quote for quote in have if len(quote) >= ENOUGH and quote in phrase]
    return inside or re.split(r"(?<=[,.;:]) ", phrase)


@cache
def every_quote() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for text in _everything(shipped()):
        if text.attribute == QUOTE:
            for paper in text.papers:
                found.setdefault(paper, set()).add(text.text)
    return found


@pytest.mark.skipif(not DOMAIN.is_file(), reason="domain.md lies in ../shared, beside the project")
def test_there_are_phrases_of_all_five_documents() -> None:
    assert {paper for paper, _ in phrases(DOMAIN)} == set(PAPERS.values())
    assert len(phrases(DOMAIN)) >= 50


@pytest.mark.parametrize(("paper", "phrase"), phrases(DOMAIN))
def test_every_statement_of_the_documents_is_found(paper: str, phrase: str) -> None:
    for part in covered_by(phrase, paper):
        resting = [hit for hit in search(shipped(), part).hits if hit.attribute == QUOTE and paper in hit.papers]
        assert resting, part
        assert all(hit.states for hit in resting)


@pytest.mark.skipif(not DOMAIN.is_file(), reason="domain.md lies in ../shared, beside the project")
def test_what_a_statement_leads_to_is_shown() -> None:
    led_to = {
        hit.reference
        for paper, phrase in phrases(DOMAIN)
        for part in covered_by(phrase, paper)
        for hit in search(shipped(), part).hits
    }
    assert len(led_to) >= 40
    for reference in sorted(led_to):
        outcome = run("show", "--date", "2025-03-01", reference)
        assert (reference, outcome.code, outcome.err) == (reference, 0, "")
