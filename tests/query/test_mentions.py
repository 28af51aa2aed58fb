"""All that a file names is mentioned, wherever in the file it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.load import load
from orgreg.query.mentions import mentions
from tests.strategies import memory, vocabulary

if TYPE_CHECKING:
    from tests.strategies import Frozen

_SOURCES = [{"paper": "source"}]
_FILES: dict[str, str | bytes | Frozen] = {
    "data/registry.yaml": vocabulary(["xa"]),
    "data/units/xa/u.yaml": {
        "timeline": [
            {"from": "2020-01-01", "name": "U", "kind": "Stelle", "parent": "above", "decided_by": ["decision"]}
            | {"also": [{"parent": "xb/rival", "sources": [{"paper": "other"}], "decided_by": "further"}]}
            | {"sources": _SOURCES},
            {"from": "2030-01-01", "ended": "merged", "into": ["heir"], "sources": "none"}
            | {"annulled": {"day": "2029-01-01", "by": "withdrawal"}},
        ],
        "posts": {"head": [{"from": "2020-01-01", "title": "Leitung", "out_of": ["old#head"], "sources": "none"}]},
        "corrections": [
            {
                "day": "2024-01-01",
                "of": "name",
                "was": "name: V",
                "because": "typo",
                "sources": [{"paper": "corrected"}],
            }
        ],
    },
    "data/decisions/xa/p.yaml": {
        "number": "unknown",
        "kind": "Mitteilung",
        "title": "P",
        "date": "2030-01-01",
        "author": ["writer"],
        "lead": ["leader"],
        "relations": {"answers": ["asked"], "cites": "unknown"},
        "consultations": [{"body": "council"}],
        "sources": [{"paper": "about"}, {"note": "read"}],
        "also": [{"date": "2029-12-31", "sources": [{"paper": "else"}]}],
    },
}


def test_what_a_unit_names() -> None:
    loaded = load(memory(_FILES))
    assert loaded.findings == ()
    names = ("above", "decision", "other", "further", "source", "heir", "withdrawal", "old", "corrected")
    assert mentions(loaded.registry.units["xa/u"]) == {*(f"xa/{name}" for name in names), "xb/rival"}


def test_what_a_paper_names() -> None:
    names = ("writer", "leader", "asked", "council", "about", "else")
    assert mentions(load(memory(_FILES)).registry.papers["xa/p"]) == {f"xa/{name}" for name in names}
