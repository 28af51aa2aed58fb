"""The shipped data: read without findings, true to its seeds, and the trees that the sources tell."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from orgreg.check import check
from orgreg.load import load
from orgreg.model.finding import Severity
from orgreg.query.tree import trees
from orgreg.store.working_tree import WorkingTree
from tests.strategies import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgreg.load import Loaded
    from orgreg.query.row import Shown

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
SEEDS = {
    "bs/pressemitteilung-2024-04-08": "000",
    "bs/mitteilung-2024-04-02": "001",
    "bs/25-25182-01": "002",
    "bs/webseite-integrationskonzept": "003",
    "bux/wortprotokoll-2019-06-03": "004",
}

needs_seeds = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(),
    reason="the five seed documents lie beside the project, in ../shared, and not in it",
)


@pytest.fixture(scope="module")
def shipped() -> Loaded:
    return load(WorkingTree(PROJECT))


def test_it_reads_without_findings_and_what_is_found_in_it_is_what_the_sources_leave_open(shipped: Loaded) -> None:
    assert shipped.findings == ()
    found = list(check(shipped.registry))
    assert [one for one in found if one.rule.severity is Severity.ERROR] == []
    assert [one.rule.code for one in found if one.rule.severity is Severity.WARNING] == ["D001"]


# ---------------------------------------------------------------------------------------------------------------- seeds


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@cache
def _seed(paper: str) -> str:
    (path,) = (SHARED / "seeds").glob(f"{SEEDS[paper]}_*.txt")
    return _fold(path.read_text(encoding="utf-8"))


def _quotes(thing: object, own: str | None) -> Iterator[tuple[str | None, str]]:
    """Every quote in a thing of the model with the paper that it rests on; in a paper's own file, with that paper."""
    if is_dataclass(thing):
        told = {field.name: getattr(thing, field.name) for field in fields(thing)}
        quote = told.get("quote")
        if isinstance(quote, str):
            yield told.get("paper") or own, _fold(quote)
        thing = tuple(told.values())
    parts = thing.values() if isinstance(thing, dict) else thing
    if isinstance(parts, tuple | type({}.values())):
        yield from chain.from_iterable(_quotes(part, own) for part in parts)


def _quotes_by_paper(shipped: Loaded) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    registry = shipped.registry
    things: list[tuple[object, str | None]] = [
        (one, None) for one in (*registry.units.values(), *registry.plans.values())
    ]
    things += [(one, one.id) for one in registry.papers.values()]
    for thing, own in things:
        for paper, quote in _quotes(thing, own):
            assert paper is not None, quote
            found.setdefault(paper, []).append(quote)
    return found


@needs_seeds
@pytest.mark.parametrize("paper", SEEDS)
def test_every_quote_stands_word_for_word_in_its_seed(shipped: Loaded, paper: str) -> None:
    quotes = _quotes_by_paper(shipped)[paper]
    assert len(quotes) >= 10
    assert [quote for quote in quotes if quote not in _seed(paper)] == []


def _phrases() -> set[tuple[str, str]]:
    """The phrases that domain.md, part A, quotes, each with its paper; nested quotation marks are part of a phrase."""
    domain = (SHARED / "domain.md").read_text(encoding="utf-8")
    part = domain[domain.index("\n# A.") : domain.index("\n# B.")]
    papers = {f"S{int(number)}": paper for paper, number in SEEDS.items()}
    found: set[tuple[str, str]] = set()
    for start in re.finditer(r"\b(S[0-4]): „", part):
        depth, at = 1, start.end()
        while depth and part[at] != "\n":
            depth += {"„": 1, "“": -1}.get(part[at], 0)
            at += 1
        found.add((papers[start[1]], _fold(part[start.end() : at - 1].replace("\\|", "|"))))
    return found


def _covered(phrase: str, quotes: list[str]) -> bool:
    """Whether a quote holds the phrase, is a good part of it, or the quotes together hold each clause of it."""
    enough = 12
    if any(phrase in quote or (len(quote) >= enough and quote in phrase) for quote in quotes):
        return True
    return all(any(clause in quote for quote in quotes) for clause in re.split(r"(?<=[,.;:]) ", phrase))


@needs_seeds
@pytest.mark.skipif(not (SHARED / "domain.md").is_file(), reason="domain.md lies in ../shared, beside the project")
def test_no_phrase_that_the_domain_names_is_left_without_a_quote(shipped: Loaded) -> None:
    quotes = _quotes_by_paper(shipped)
    phrases = _phrases()
    assert len(phrases) >= 50
    assert sorted(phrase for paper, phrase in phrases if not _covered(phrase, quotes.get(paper, []))) == []


# ---------------------------------------------------------------------------------------------------------------- trees


class Drawn:
    """The trees of a day by the slugs of one city."""

    def __init__(self, shipped: Loaded, day: str, city: str = "bs", **asked: bool) -> None:
        (self.tree,) = trees(shipped.registry, date.fromisoformat(day), municipality=city, **asked)
        self.above = {
            _slug(node.standing): None if above is None else _slug(above.standing) for above, node in nodes([self.tree])
        }
        self.standing = {_slug(node.standing): node.standing for _, node in nodes([self.tree])}
        self.roots = [_slug(node.standing) for node in self.tree.roots]
        self.unplaced = [_slug(node.standing) for node in self.tree.unplaced]
        self.codes = {one.code for one in self.standing.values()}

    def doubts(self, slug: str) -> dict[str, str]:
        """How certain what is not simply stated of the unit is."""
        return {doubt.attribute: str(doubt.certainty) for doubt in self.standing[slug].doubts}


def _slug(standing: Shown) -> str:
    return standing.identity.partition("/")[2]


def test_on_the_first_of_march_2024_the_sozialreferat_has_two_stellen(shipped: Loaded) -> None:
    drawn = Drawn(shipped, "2024-03-01")
    assert drawn.tree.municipality.name == "Stadt Braunschweig"
    assert drawn.roots == ["stadtverwaltung"]
    assert drawn.above == {
        "stadtverwaltung": None,
        "dezernat-v": "stadtverwaltung",
        "sozialreferat": "dezernat-v",
        "integration-vielfalt-und-demokratie": "sozialreferat",
        "sozial-und-gesundheitsplanung": "sozialreferat",
        "soziales-und-gesundheit": None,
        "migrationsfragen-und-integration": "soziales-und-gesundheit",
        "koordinierungsstelle-ehrenamt": None,
    }
    assert {one.label for one in drawn.standing.values()} == {
        "Stadt Braunschweig",
        "V Dezernat V",
        "0500 Sozialreferat",
        "0500.10 Integration, Vielfalt und Demokratie",
        "0500.20 Sozial- und Gesundheitsplanung",
        "50 Soziales und Gesundheit",
        "50.2 Migrationsfragen und Integration",
        "Koordinierungsstelle Ehrenamt",
    }
    assert drawn.unplaced == ["soziales-und-gesundheit", "koordinierungsstelle-ehrenamt"]
    assert drawn.doubts("integration-vielfalt-und-demokratie") == {"name": "disputed"}
    assert drawn.doubts("migrationsfragen-und-integration") == {"existence": "inferred"}
    assert drawn.doubts("sozialreferat") == {}
    assert drawn.doubts("soziales-und-gesundheit")["parent"] == "unknown"


def test_of_a_unit_heard_of_last_before_the_day_it_says_so(shipped: Loaded) -> None:
    standing = Drawn(shipped, "2024-03-01").standing["migrationsfragen-und-integration"]
    assert [doubt.brief for doubt in standing.doubts] == ["last heard of on 2016-05-09"]


def test_the_day_before_it_is_the_old_order(shipped: Loaded) -> None:
    drawn = Drawn(shipped, "2024-02-29")
    assert "0500.10" not in drawn.codes
    assert "0500.20" not in drawn.codes
    assert "integration-vielfalt-und-demokratie" not in drawn.above
    assert drawn.above["buero-fuer-migrationsfragen"] == "migrationsfragen-und-integration"
    assert drawn.standing["buero-fuer-migrationsfragen"].code == "50.21"
    assert drawn.standing["migrationsfragen-und-integration"].code == "50.2"
    assert "stabsstelle-vielfalt-zuwanderung-und-demokratie" in drawn.unplaced
    assert drawn.doubts("stabsstelle-vielfalt-zuwanderung-und-demokratie")["parent"] == "unknown"
    assert drawn.above["sozialreferat"] == "dezernat-v"
    assert drawn.doubts("sozialreferat") == {"parent": "inferred"}


def test_before_april_2016_the_buero_stands_under_the_sozialreferat(shipped: Loaded) -> None:
    drawn = Drawn(shipped, "2016-03-31")
    assert drawn.above["buero-fuer-migrationsfragen"] == "sozialreferat"
    assert "migrationsfragen-und-integration" not in drawn.above
    assert "50.2" not in drawn.codes
    assert drawn.doubts("sozialreferat") == {"parent": "inferred"}


def test_in_may_2017_it_stands_under_the_abteilung(shipped: Loaded) -> None:
    drawn = Drawn(shipped, "2017-05-01")
    assert drawn.above["buero-fuer-migrationsfragen"] == "migrationsfragen-und-integration"
    assert drawn.above["migrationsfragen-und-integration"] == "soziales-und-gesundheit"
    assert drawn.standing["migrationsfragen-und-integration"].code == "50.2"


_DAYS = ("2016-03-31", "2017-05-01", "2019-06-03", "2024-02-29", "2024-03-01", "2030-01-01")


@pytest.mark.parametrize("day", _DAYS)
@pytest.mark.parametrize("city", ["bs", "bux"])
def test_what_is_planned_stands_in_it_only_when_asked_for(shipped: Loaded, day: str, city: str) -> None:
    without = Drawn(shipped, day, city, bodies=True)
    planned = Drawn(shipped, day, city, bodies=True, planned=True)
    assert {one.status.value for one in without.standing.values()} == {"in force"}
    intended = {slug for slug, one in planned.standing.items() if one.status.value != "in force"}
    assert set(planned.above) - set(without.above) == intended
    assert ("praeventionskoordination" in intended) is (city == "bux" and day >= "2019-06-03")


@pytest.mark.parametrize("day", _DAYS)
def test_what_was_refused_stands_in_no_tree(shipped: Loaded, day: str) -> None:
    drawn = Drawn(shipped, day, "bux", bodies=True, planned=True)
    assert not [one.name for one in drawn.standing.values() if "Integrationskoordinator" in one.name]
    posts: dict[str, Any] = dict(shipped.registry.units["bux/stadtverwaltung"].posts)
    refused = [post for post in posts.values() if post.refused]
    assert [entry.values["title"] for post in refused for entry in post.refused] == ["Integrationskoordinatorin"]
    assert [post.life_on(date.fromisoformat(day)) or post.intended_on(date.fromisoformat(day)) for post in refused] == [
        None
    ]


def test_bodies_stand_in_it_only_when_asked_for(shipped: Loaded) -> None:
    shown, all_of_them = (Drawn(shipped, "2024-03-01", bodies=bodies) for bodies in (False, True))
    more = set(all_of_them.above) - set(shown.above)
    assert {"rat", "ausschuss-fuer-vielfalt-und-integration"} <= more
    assert all(not all_of_them.standing[slug].kind.in_line for slug in more)
