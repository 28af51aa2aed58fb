"""`orgreg/find/1`.

| key | |
|---|---|
| `format` | `orgreg/find/1` |
| `text` | what was looked for |
| `as_of` | `commit`, `time`; null: the working tree |
| `hits` | best first; empty where nothing was found (then the command ends with 1) |
| `near` | where nothing was found, the nearest words |

A hit is `{"what", "reference", "attribute", "text", "matches", "closeness", "since", "until", "standing", "certainty",
"papers", "states"}`. `what` is `unit`, `post`, `task`, `paper`, `plan`, `dimension` or `step`; `reference` is what to
ask `show` for. `attribute` says where the text stands: `name`, `code`, `title`, `quote` … `matches` are places in
`text`, `[first, after the last]`, counted in characters from 0. `closeness` is `code`, `exact`, `beginning`, `word`,
`part`, `apart`, `remark` or `quote`, from the closest to the loosest. `since` is the day as it is written, of a paper
its own, or null; `until` is the last day, included, or null. `standing` is null, or why the text is not simply so:
`planned`, `proposed`, `not created`, `withdrawn`, `said by another source`, `put right`. `certainty` is how certain a
value is on its least certain day; null where the text is none, or not simply so. `papers` say it; of a quote it is the
one in which it stands, and `states` are the attributes that it supports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from orgreg.query.search import Found, Hit


def found(answer: Found) -> dict[str, Any]:
    """What was found."""
    return {
        "format": "orgreg/find/1",
        "text": answer.asked,
        "as_of": None,
        "hits": [_hit(hit) for hit in answer.hits],
        "near": list(answer.near),
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "what": hit.what,
        "reference": hit.reference,
        "attribute": hit.attribute,
        "text": hit.text,
        "matches": [list(span) for span in hit.matches],
        "closeness": hit.closeness.name.lower(),
        "since": None if hit.since is None else str(hit.since),
        "until": None if hit.until is None else hit.until.isoformat(),
        "standing": hit.standing,
        "certainty": None if hit.certainty is None else hit.certainty.value,
        "papers": list(hit.papers),
        "states": list(hit.states),
    }
