"""`orgreg/rules/1`.

| key | |
|---|---|
| `format` | `orgreg/rules/1` |
| `rules` | by code: `{"code", "name", "severity", "summary", "page"}`; `summary` is the first sentence of `page` |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgreg.check.manual import Page


def rules(pages: Sequence[Page]) -> dict[str, Any]:
    """Some rules, or all of them."""
    return {
        "format": "orgreg/rules/1",
        "rules": [
            {
                "code": one.rule.code,
                "name": one.rule.name,
                "severity": one.rule.severity.value,
                "summary": one.summary,
                "page": one.text,
            }
            for one in pages
        ],
    }
