"""Manual pages for docs/rules and for those who show findings elsewhere. The text is ours, so its markup is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.check.manual import Page

_FAMILIES: Final = (
    ("Files as files", "R"),
    ("YAML", "Y"),
    ("The grammar of the files", "G"),
)
_CHECKED: Final = "What the files say together"
_BETWEEN: Final = ("What is proposed, against what is merged", "H")


def page(one: Page, level: int = 1) -> Iterator[str]:
    """A page, its heading of the level given."""
    rule = one.rule
    yield f"{'#' * level} {rule.code} {rule.name}"
    yield ""
    yield f"*{rule.severity}*"
    for block in one.blocks():
        yield ""
        if block.heading:
            yield f"{'#' * (level + 1)} {block.text}"
        elif block.example:
            yield "```console" if block.text.startswith("$ ") else "```yaml" if _is_yaml(block.text) else "```text"
            yield block.text
            yield "```"
        else:
            yield block.text


def _is_yaml(text: str) -> bool:
    return text.startswith("# data/")


def index(pages: Sequence[Page]) -> Iterator[str]:
    """The page that leads to all the others."""
    yield "# The rules"
    yield ""
    yield (
        "What `orgreg check` finds, by code. Errors fail a check; warnings do with `--strict`; notes never do. "
        "A code is never used again for anything else."
    )
    yield ""
    yield "Made by `make docs` from where each rule is defined; `orgreg explain CODE` shows the same page."
    for family, letter in _FAMILIES:
        yield from _family(family, [one for one in pages if one.rule.code.startswith(letter)])
    letters = tuple(letter for _, letter in (*_FAMILIES, _BETWEEN))
    yield from _family(_CHECKED, [one for one in pages if not one.rule.code.startswith(letters)])
    family, letter = _BETWEEN
    yield from _family(family, [one for one in pages if one.rule.code.startswith(letter)])


def _family(name: str, pages: Sequence[Page]) -> Iterator[str]:
    yield ""
    yield f"## {name}"
    yield ""
    yield "| code | name | severity | what it finds |"
    yield "|---|---|---|---|"
    for one in pages:
        rule, summary = one.rule, one.summary.replace("|", "&#124;")
        yield f"| [{rule.code}]({one.file_name}) | {rule.name} | {rule.severity} | {summary} |"
