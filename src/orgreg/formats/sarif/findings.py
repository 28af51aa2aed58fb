"""Findings as a log of SARIF 2.1.0 with the manual pages of the rules, so that a reader needs no orgreg."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from orgreg.formats.fingerprint import fingerprints
from orgreg.formats.markdown import manual as markdown
from orgreg.model.finding import Severity, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgreg.check.manual import Page
    from orgreg.model.finding import Place
    from orgreg.review.placed import Placed

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASELINE: Final = {State.NEW: "new", State.INHERITED: "unchanged", State.FIXED: "absent"}
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def findings(placed: Sequence[Placed], pages: Sequence[Page], version: str) -> dict[str, Any]:
    """The log. Columns are counted in characters, as everywhere here."""
    places = {page.rule.code: number for number, page in enumerate(pages)}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "orgreg",
                        "semanticVersion": version,
                        "rules": [_rule(page) for page in pages],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"REGISTER": {"description": {"text": "The folder of the register."}}},
                "results": [
                    _result(one, places[one.finding.rule.code], fingerprint)
                    for one, fingerprint in zip(placed, fingerprints(placed), strict=True)
                ],
            }
        ],
    }


def _rule(page: Page) -> dict[str, Any]:
    rule = page.rule
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": " ".join(page.text.partition("Wrong:")[0].split())},
        "help": {"text": page.text, "markdown": "\n".join(markdown.page(page))},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(one: Placed, rule: int, fingerprint: str) -> dict[str, Any]:
    found = one.finding
    result: dict[str, Any] = {
        "ruleId": found.rule.code,
        "ruleIndex": rule,
        "level": _LEVELS[found.rule.severity],
        "message": {"text": f"{found.message}. {found.hint}"},
        "locations": [_location(found.path, one.place)],
        "partialFingerprints": {"orgreg/v1": fingerprint},
    }
    if one.state is not None:
        result["baselineState"] = _BASELINE[one.state]
    if found.entity is not None:
        result["locations"][0]["logicalLocations"] = [{"fullyQualifiedName": found.entity}]
    if one.related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": "also here"}, **_location(other.path, other.place)}
            for number, other in enumerate(one.related, 1)
        ]
    return result


def _location(path: str, place: Place) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(path, errors="backslashreplace"), "uriBaseId": "REGISTER"},
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endColumn": place.column + place.width,
            },
        }
    }
