"""What ties units together beside the line, beside the tree."""

from __future__ import annotations

from datetime import date

from orgreg.formats.json import tree as json
from orgreg.formats.markdown import tree as markdown
from orgreg.formats.mermaid import tree as mermaid
from orgreg.formats.text import tree as text
from orgreg.query.relations import beside, relations
from orgreg.query.tree import trees
from tests.commands import run
from tests.show.small import register

DAY = date(2023, 1, 1)
AMT = """\
timeline:
  - from: 2010-01-01
    name: Amt
    kind: Referat
    parent: stadtverwaltung
    steers: [sozialreferat, "stadtverwaltung#post", verloren]
    involves: unknown
    advises: none
    members: [{rule: alle}]
    $
  - {from: 2015-01-01, coordinates: [sozialreferat], status: planned, sources: [{paper: beschluss}]}
"""
WHOLE = """\
timeline:
  - {from: unknown, name: Stadt, kind: Verwaltung, parent: none, agrees_with: [amt], sources: [{paper: beschluss}]}
"""


def test_what_a_unit_says_beside_the_line_stands_below_it() -> None:
    registry = register(amt=AMT, stadtverwaltung=WHOLE)
    grown = trees(registry, DAY, municipality="bs", planned=True)
    ties = relations(registry, grown, DAY, planned=True)
    lines = list(map(str, text.tree(grown, text.UNICODE, ties)))
    assert lines[:2] == ["Stadt Braunschweig", "│   ⇢ agrees with Amt"]
    start = lines.index("└── Amt")
    assert lines[start + 1 :] == [
        "        ⇢ members „alle“",
        "        ⇢ coordinates 0500 Sozialreferat   (coordinates planned)",
        "        ⇢ steers 0500 Sozialreferat",
        "        ⇢ steers post (Stadt)",
        "        ⇢ steers verloren",
        "        ⇢ involves unknown",
    ]
    assert "- ⇢ *agrees with* Amt" in list(markdown.tree(grown, DAY, ties))
    assert "  - ⇢ *coordinates* 0500 Sozialreferat *(coordinates planned)*" in list(markdown.tree(grown, DAY, ties))
    drawn = list(mermaid.tree(grown, ties))
    assert sum("-. " in line for line in drawn) == 7
    assert '  n3 -. "coordinates, coordinates planned" .-> n2' in drawn
    assert beside(ties, None) == ()


def test_without_being_asked_for_nothing_of_it_is_told() -> None:
    registry = register(amt=AMT)
    grown = trees(registry, DAY, municipality="bs")
    assert not any("⇢" in str(line) for line in text.tree(grown))
    assert not any("⇢" in line for line in markdown.tree(grown, DAY))
    assert not any("-. " in line for line in mermaid.tree(grown))
    assert "relations" not in json.tree(grown, DAY)["municipalities"][0]["roots"][0]


def test_the_sign_is_ascii_where_the_terminal_is() -> None:
    arguments = ("tree", "--relations", "--planned", "--date", "2019-06-03", "-m", "bux")
    assert "~> steers bestehende Arbeitskreise" in run(*arguments, encoding="ascii").out
    assert "⇢ steers bestehende Arbeitskreise" in run(*arguments, terminal=True).out
