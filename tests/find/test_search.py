"""What `find` finds, in which order, with which days."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgreg.load import load
from orgreg.query.search import Closeness, Found, search
from orgreg.store.working_tree import WorkingTree
from tests.commands import ROOT, run, write

if TYPE_CHECKING:
    from pathlib import Path

    from orgreg.model.registry import Registry
    from orgreg.query.search import Hit

FILES = {
    "data/registry.yaml": """\
format: 1
municipalities:
  s:
    name: Stadt S
    kinds:
      Amt: {rank: 1, code: '\\d+(\\.\\d+)?'}
    topics:
      migration: [Zuwanderung, Migrationsfragen]
  t:
    name: Stadt T
    kinds: {Amt: {rank: 1}}
""",
    "data/units/s/amt.yaml": """\
formerly: [behoerde]
same_as: ["https://example.org/amt"]
note: once a Behörde
timeline:
  - from: 2000-01-01
    name: Amt für Größe
    code: "50"
    aka: [Größenamt, GA]
    kind: Amt
    parent: none
    inferred: {code: by its neighbours}
    also:
      - name: Amt der Größe
        code: "51"
        because: misprint
        sources: [{paper: brief, quote: das Amt der Größe}]
      - from: 1999-12-01
        sources: [{paper: brief}]
    sources:
      - {paper: brief, quote: "Amt\\u00a0für   Größe"}
  - from: 2010-01-01
    name: Amt für Weite
    wording: mit Jahresbeginn
    because: size was no longer wanted
    note: told late
    members: [t/amt, {rule: die Leitungen der Ämter}]
    contact: {phone: 0531 470-1, post: Platz 1}
    sources: [{paper: brief, quote: "heißt jetzt Amt für Weite", note: the quote is long}]
  - from: 2020-01-01
    ended: dissolved
    sources: none
  - from: 2030-01-01
    status: planned
    name: Amt für Ferne
    kind: Amt
    parent: none
    sources: none
tasks:
  weite:
    - from: 2000-01-01
      text: Weite und Breite
      topics: [migration, unlisted]
      sources: [{paper: brief, quote: "Amt für Größe"}]
posts:
  leitung:
    - from: 2000-01-01
      title: Amtsleitung
      head: true
      holder: Dr. Ärmel
      sources: none
  ferne:
    - from: 2005-01-01
      status: not_created
      title: Fernbeauftragte
      sources: none
    - from: 2006-01-01
      title: Fernleitung
      annulled: {day: 2005-12-01, because: no money for Ferne}
      sources: none
corrections:
  - day: 2021-01-01
    of: timeline
    was: "name: Amt fuer Grosses"
    because: misread
    sources: [{paper: brief, quote: niemals Grosses}]
""",
    "data/units/t/amt.yaml": """\
timeline:
  - {from: unknown, name: Amt für Weite, kind: Amt, parent: none, sources: none}
""",
    "data/decisions/s/brief.yaml": """\
number: 21-17479-01
kind: Brief
title: Über die Größe
date: 2001-02-03
author: unknown
signed: Dr. Ärmel
wording: im Februar
aka: [Größenbrief]
links: ["https://example.org/brief"]
inferred: {kind: by its form}
consultations:
  - {body: amt, role: zur Kenntnis, date: 2001-03-04, result: genommen, note: late, quote: zur Kenntnis genommen}
  - {body: none, role: ohne}
effects:
  - {informs: die Größe ist groß, quote: groß ist sie}
also:
  - title: Zur Größe
    sources: [{quote: Zur Größe}]
sources: [{quote: Über die Größe}, {note: page 1}]
""",
    "data/actionplans/s/plan.yaml": """\
timeline:
  - {from: 2022, title: Weitenplan, goals: [mehr Weite], sources: none}
dimensions:
  luft: [{from: 2022, values: [mehr Luft], state: proposed, sources: none}]
steps:
  anfang:
    - from: 2022
      title: Anfang
      kind: step
      due: {day: 2023, wording: bis zum Jahresende, modality: target}
      sources: none
""",
}


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    loaded = load(WorkingTree(write(tmp_path_factory.mktemp("find"), FILES)))
    assert loaded.findings == ()
    return loaded.registry


def said(hit: Hit) -> tuple[str, str, str]:
    shown, at = "", 0
    for start, end in hit.matches:
        shown += f"{hit.text[at:start]}[{hit.text[start:end]}]"
        at = end
    return hit.reference, hit.attribute, shown + hit.text[at:]


def found(registry: Registry, text: str) -> list[tuple[str, str, str]]:
    return [said(hit) for hit in search(registry, text).hits]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("50", ("s/amt", "code", "[50]")),
        ("51", ("s/amt", "code", "[51]")),
        ("amt für weite", ("s/amt", "name", "[Amt für Weite]")),
        ("ga", ("s/amt", "aka", "[GA]")),
        ("Amt der Größe", ("s/amt", "name", "[Amt der Größe]")),
        ("Amt für Ferne", ("s/amt", "name", "[Amt für Ferne]")),
        ("behoerde", ("s/amt", "formerly", "[behoerde]")),
        ("example.org/amt", ("s/amt", "same_as", "https://[example.org/amt]")),
        ("Behörde", ("s/amt", "note", "once a [Behörde]")),
        ("neighbours", ("s/amt", "because", "by its [neighbours]")),
        ("misprint", ("s/amt", "because", "[misprint]")),
        ("Jahresbeginn", ("s/amt", "wording", "mit [Jahresbeginn]")),
        ("no longer", ("s/amt", "because", "size was [no longer] wanted")),
        ("told late", ("s/amt", "note", "[told late]")),
        ("the quote is long", ("s/amt", "note", "[the quote is long]")),
        ("Leitungen", ("s/amt", "members", "die [Leitungen] der Ämter")),
        ("470-1", ("s/amt", "contact", "phone 0531 [470-1]")),
        ("fuer Grosses", ("s/amt", "was", "name: Amt [fuer Grosses]")),
        ("misread", ("s/amt", "because", "[misread]")),
        ("niemals", ("s/amt", "quote", "[niemals] Grosses")),
        ("breite", ("s/amt#weite", "text", "Weite und [Breite]")),
        ("Zuwanderung", ("s/amt#weite", "topics", "migration: [Zuwanderung]")),
        ("unlisted", ("s/amt#weite", "topics", "[unlisted]")),
        ("Amtsleitung", ("s/amt#leitung", "title", "[Amtsleitung]")),
        ("Fernbeauftragte", ("s/amt#ferne", "title", "[Fernbeauftragte]")),
        ("Fernleitung", ("s/amt#ferne", "title", "[Fernleitung]")),
        ("no money", ("s/amt#ferne", "because", "[no money] for Ferne")),
        ("Größenbrief", ("s/brief", "aka", "[Größenbrief]")),
        ("by its form", ("s/brief", "because", "[by its form]")),
        ("org/brief", ("s/brief", "links", "https://example.[org/brief]")),
        ("im Februar", ("s/brief", "wording", "[im Februar]")),
        ("genommen", ("s/brief", "result", "[genommen]")),
        ("ohne", ("s/brief", "role", "[ohne]")),
        ("ist groß", ("s/brief", "informs", "die Größe [ist groß]")),
        ("groß ist sie", ("s/brief", "quote", "[groß ist sie]")),
        ("page 1", ("s/brief", "note", "[page 1]")),
        ("Zur Größe", ("s/brief", "title", "[Zur Größe]")),
        ("Weitenplan", ("s/plan", "title", "[Weitenplan]")),
        ("mehr Weite", ("s/plan", "goals", "[mehr Weite]")),
        ("mehr Luft", ("s/plan#luft", "values", "[mehr Luft]")),
        ("Anfang", ("s/plan#anfang", "title", "[Anfang]")),
        ("Jahresende", ("s/plan#anfang", "due", "bis zum [Jahresende]")),
    ],
)
def test_everything_that_is_written_is_found(registry: Registry, text: str, wanted: tuple[str, str, str]) -> None:
    assert found(registry, text)[0] == wanted


@pytest.mark.parametrize(
    "text", ["Größenamt", "größenamt", "GROSSENAMT", "Grossenamt", "Groessenamt", "Gro\u0308ßenamt"]
)
def test_case_and_umlauts_do_not_matter(registry: Registry, text: str) -> None:
    assert found(registry, text)[0] == ("s/amt", "aka", "[Größenamt]")


@pytest.mark.parametrize("text", ["groesse", "grosse", "Größe"])
def test_the_match_is_where_it_stands_though_folding_changes_lengths(registry: Registry, text: str) -> None:
    assert ("s/amt", "name", "Amt für [Größe]") in found(registry, text)


@pytest.mark.parametrize("text", ["21-17479-01", "[DS 21\u201317479-01]", "DS-Nr. 21-17479-01", "Drs. 21 - 17479 - 01"])
def test_a_number_is_found_in_any_spelling(registry: Registry, text: str) -> None:
    first = search(registry, text).hits[0]
    assert (said(first), first.closeness) == (("s/brief", "number", "[21-17479-01]"), Closeness.CODE)


def test_the_beginning_of_a_number_is_found_too(registry: Registry) -> None:
    assert found(registry, "DS 21-17479")[0] == ("s/brief", "number", "[21-17479]-01")


def test_dashes_and_quotation_marks_are_one(registry: Registry) -> None:
    assert found(registry, "470\u20131")[0] == ("s/amt", "contact", "phone 0531 [470-1]")


def test_the_best_comes_first(registry: Registry) -> None:
    hits = search(registry, "Weite").hits
    assert [hit.closeness for hit in hits] == sorted(hit.closeness for hit in hits)
    assert hits[-1].closeness is Closeness.QUOTE
    assert [said(hit) for hit in hits][:3] == [
        ("s/plan", "title", "[Weite]nplan"),
        ("s/amt#weite", "text", "[Weite] und Breite"),
        ("s/amt", "name", "Amt für [Weite]"),
    ]


def test_parts_of_words_are_found_from_three_letters_on(registry: Registry) -> None:
    assert ("s/brief", "kind", "Br[ief]") in found(registry, "ief")
    assert all(shown.startswith("[") or " [" in shown for _, _, shown in found(registry, "we"))
    assert found(registry, "w") == []


def test_words_may_stand_apart(registry: Registry) -> None:
    hit = search(registry, "breite und weite").hits[0]
    assert (said(hit), hit.closeness) == (("s/amt#weite", "text", "[Weite] [und] [Breite]"), Closeness.APART)
    assert found(registry, "breite höhe") == []
    # One word may begin as the other does: it is shown once.
    assert said(search(registry, "brei weite breite").hits[0])[2] == "[Weite] und [Breite]"


def hit_of(registry: Registry, text: str, attribute: str, reference: str = "s/amt") -> Hit:
    return next(hit for hit in search(registry, text).hits if (hit.attribute, hit.reference) == (attribute, reference))


def test_a_hit_has_the_days_of_what_it_says(registry: Registry) -> None:
    first = hit_of(registry, "Amt für Größe", "name")
    assert (str(first.since), str(first.until)) == ("2000-01-01", "2009-12-31")
    assert str(hit_of(registry, "Amt für Weite", "name").until) == "2019-12-31"
    other = hit_of(registry, "Amt für Weite", "name", "t/amt")
    assert (str(other.since), other.until) == ("unknown", None)
    assert str(hit_of(registry, "21-17479-01", "number", "s/brief").since) == "2001-02-03"


def test_tasks_and_posts_end_with_their_unit(registry: Registry) -> None:
    assert str(hit_of(registry, "Breite", "text", "s/amt#weite").until) == "2019-12-31"
    assert str(hit_of(registry, "Amtsleitung", "title", "s/amt#leitung").until) == "2019-12-31"


@pytest.mark.parametrize(
    ("text", "attribute", "reference", "standing"),
    [
        ("Amt für Ferne", "name", "s/amt", "planned"),
        ("Fernbeauftragte", "title", "s/amt#ferne", "not created"),
        ("Fernleitung", "title", "s/amt#ferne", "withdrawn"),
        ("Amt der Größe", "name", "s/amt", "said by another source"),
        ("51", "code", "s/amt", "said by another source"),
        ("fuer Grosses", "was", "s/amt", "put right"),
        ("Amt für Größe", "name", "s/amt", None),
    ],
)
def test_what_is_not_simply_so_says_why(
    registry: Registry, text: str, attribute: str, reference: str, standing: str | None
) -> None:
    assert hit_of(registry, text, attribute, reference).standing == standing


def test_a_quote_names_its_paper_and_what_it_supports(registry: Registry) -> None:
    quote = hit_of(registry, "Amt für Größe", "quote")
    assert (quote.papers, quote.text) == (("s/brief",), "Amt für Größe")
    assert quote.states == ("name", "code", "aka", "kind", "parent")
    assert hit_of(registry, "Über die Größe", "quote", "s/brief").papers == ("s/brief",)
    assert hit_of(registry, "Amt der Größe", "quote").states == ("name", "code")


def test_a_slug_is_found_only_where_no_name_is(registry: Registry) -> None:
    assert [one for one in found(registry, "brief") if one[1] == "slug"] == []
    assert found(registry, "luft")[0][1] == "values"
    assert ("s/amt#leitung", "slug", "[leitung]") not in found(registry, "leitung")
    assert ("s/amt#ferne", "slug", "[fern]e") not in found(registry, "fern")


def test_one_municipality_may_be_asked(registry: Registry) -> None:
    assert {hit.reference for hit in search(registry, "t:Weite").hits} == {"t/amt"}
    assert search(registry, "x:Weite").hits == ()


def test_what_is_not_found_suggests_the_nearest(registry: Registry) -> None:
    answer = search(registry, "Grössenampt")
    assert (answer.hits, answer.near[0]) == ((), "Größenamt")
    assert search(registry, "Wiete").near == ("Weite",)


@pytest.mark.parametrize("text", ["", "  ", "\x1b[2J", "t:", "\u0308"])
def test_what_is_no_text_cannot_be_looked_for(registry: Registry, text: str) -> None:
    assert search(registry, text) == Found(text, (), impossible=True)


@given(st.text(max_size=12))
def test_matches_lie_in_the_text_and_the_order_is_stable(text: str) -> None:
    hits = search(_SHIPPED, text).hits
    assert hits == search(_SHIPPED, text).hits
    for hit in hits:
        ends = [place for span in hit.matches for place in span]
        assert ends == sorted(ends)
        assert 0 <= ends[0] < ends[-1] <= len(hit.text)
        assert all(start < end for start, end in hit.matches)


_SHIPPED = load(WorkingTree(ROOT)).registry


# ------------------------------------------------------------------------------------------------------------ output


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("found"), FILES)


def test_text_shows_things_then_quotes(root: Path) -> None:
    shown = run("find", "Größe", "-m", "s", cwd=root).out
    things, _, quotes = shown.partition("\n\nIn the words of the documents\n")
    assert things.splitlines()[:2] == [
        "unit s/amt   50 Amt für Weite",
        "  also called   »Größe«namt   2000-01-01 until 2019-12-31",
    ]
    assert (
        "\npaper s/brief\n  also called  »Größe«nbrief   2001-02-03\n  title        Über die »Größe«   2001" in things
    )
    assert "  name          Amt der »Größe«   said by another source, since 2000-01-01, brief" in things.splitlines()
    assert "  name          Amt für »Größe«   2000-01-01 until 2009-12-31, disputed" in things.splitlines()
    assert "    „das Amt der »Größe«“\n      says so of s/amt (name, code)\n" in quotes
    assert "    „Über die »Größe«“\n\n" in quotes  # that it stands in its own paper goes without saying
    assert shown.endswith("quotes; more of each: orgreg show REFERENCE\n")


def test_text_of_quotes_only(root: Path) -> None:
    assert run("find", "niemals", cwd=root).out == (
        "In the words of the documents\n"
        "  Brief 21-17479-01: Über die Größe (brief), 2001-02-03\n"
        "    „»niemals« Grosses“\n"
        "      says so of s/amt (correction)\n"
        "\n"
        "1 quote; more of each: orgreg show REFERENCE\n"
    )


def test_what_is_planned_or_nameless_is_said_so(root: Path) -> None:
    assert "planned, since 2030-01-01" in run("find", "Ferne", cwd=root).out
    assert run("find", "luft", cwd=root).out.startswith(
        "dimension s/plan#luft   Weitenplan\n  values  mehr »Luft«   since 2022\n"
    )
    assert run("show", "plan#luft", cwd=root).out.startswith("luft\nDimension of Weitenplan (plan), on ")
    assert run("find", "Jahresende", cwd=root).out.startswith("step s/plan#anfang   Anfang\n")
    assert "  former slug  behoerde\n" in run("find", "behoerde", cwd=root).out


def test_a_long_text_is_cut_round_its_match(tmp_path: Path) -> None:
    words = " ".join(f"wort{number}" for number in range(60))
    unit = FILES["data/units/t/amt.yaml"].replace("sources: none", f'note: "{words}", sources: none')
    write(tmp_path, {"data/registry.yaml": FILES["data/registry.yaml"], "data/units/t/amt.yaml": unit})
    (line,) = [one for one in run("find", "wort30", cwd=tmp_path).out.splitlines() if "note" in one]
    assert "»wort30«" in line
    assert line.startswith("  note  … wort2")
    assert line.endswith(" …")
    assert len(line) < 130
    (line,) = [one for one in run("find", "wort59", cwd=tmp_path).out.splitlines() if "note" in one]
    assert line.endswith("»wort59«")
    unit = FILES["data/units/t/amt.yaml"].replace("sources: none", f"note: {'x' * 600}, sources: none")
    write(tmp_path, {"data/units/t/amt.yaml": unit})
    (line,) = [one for one in run("find", "xxx", cwd=tmp_path).out.splitlines() if "note" in one]
    assert line == f"  note  {'»xxx«' * 33}x …"


def test_sources_that_are_not_recorded_or_not_named(tmp_path: Path) -> None:
    sources = "sources: [{paper: fehlt, quote: das Wort}, {quote: das Wort}]"
    unit = FILES["data/units/t/amt.yaml"].replace("sources: none", sources)
    write(tmp_path, {"data/registry.yaml": FILES["data/registry.yaml"], "data/units/t/amt.yaml": unit})
    shown = run("find", "Wort", cwd=tmp_path).out
    assert "  t/fehlt (not recorded)\n    „das »Wort«“\n      says so of t/amt (name, kind, parent)\n" in shown
    assert "  no paper named\n" in shown


def test_nothing_found_ends_with_1_and_what_is_no_text_with_2(root: Path) -> None:
    outcome = run("find", "Grössenampt", cwd=root)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("orgreg: nothing recorded holds Grössenampt. Did you mean Größenamt")
    assert run("find", "qqqqqq", cwd=root).err == "orgreg: nothing recorded holds qqqqqq\n"
    assert (run("find", "", cwd=root).code, run("find", "", cwd=root).out) == (2, "")


def _hits(root: Path, text: str) -> list[dict[str, Any]]:
    hits: list[dict[str, Any]] = json.loads(run("find", text, "--format", "json", cwd=root).out)["hits"]
    return hits


def test_json_tells_every_hit(root: Path) -> None:
    read = json.loads(run("find", "51", "--format", "json", cwd=root).out)
    assert read["format"] == "orgreg/find/1"
    assert read["hits"][0] == {
        "what": "unit",
        "reference": "s/amt",
        "attribute": "code",
        "text": "51",
        "matches": [[0, 2]],
        "closeness": "code",
        "since": "2000-01-01",
        "until": None,
        "standing": "said by another source",
        "certainty": None,
        "papers": ["s/brief"],
        "states": [],
    }
    weighed = {hit["text"]: hit["certainty"] for hit in _hits(root, "Größe") if hit["certainty"]}
    assert weighed["Amt für Größe"] == "disputed"
    assert weighed["Größenamt"] == weighed["Größenbrief"] == "stated"
    assert weighed["Über die Größe"] == "disputed"
    nothing = run("find", "qqqqqq", "--format", "json", cwd=root)
    assert (nothing.code, json.loads(nothing.out)["hits"]) == (1, [])


@pytest.mark.parametrize("terminal", [False, True])
def test_text_of_a_file_steers_nothing(tmp_path: Path, *, terminal: bool) -> None:
    name = "[bold]Amt[/bold] <b> \\u200b :smile: %s"
    unit = FILES["data/units/t/amt.yaml"].replace("Amt für Weite", f'"{name}"')
    write(tmp_path, {"data/registry.yaml": FILES["data/registry.yaml"], "data/units/t/amt.yaml": unit})
    outcome = run("find", "smile", cwd=tmp_path, terminal=terminal, environment={"TERM": "xterm-256color"})
    assert "[bold]Amt[/bold] <b> " in outcome.out
    assert "\u200b" not in outcome.out


def test_an_empty_register_holds_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"data/registry.yaml": "format: 1\nmunicipalities: {}\n"})
    assert run("find", "Amt", cwd=tmp_path).code == 1


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12))
def test_no_text_ends_in_a_traceback(text: str) -> None:
    assert run("find", "--", text).code in {0, 1, 2}
