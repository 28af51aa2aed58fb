"""The manual: a page for every rule and every refusal, from where each is defined."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from inspect import cleandoc
from typing import TYPE_CHECKING, Final

from orgreg.check import all_rules, between_rules
from orgreg.text.manual import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.finding import Rule

_NEAREST: Final = 3
_RATIO: Final = 0.6
_INDENT: Final = "    "


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an example as it stands, or the heading of the examples that follow."""

    text: str
    example: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What is wrong, why, what to do; an example of wrong and of right."""

    rule: Rule
    text: str

    @property
    def file_name(self) -> str:
        """Its name among the documents."""
        return f"{self.rule.code}-{self.rule.name}.md"

    @property
    def summary(self) -> str:
        """Its first sentence."""
        return " ".join(self.text.partition("\n\n")[0].split())

    def blocks(self) -> Iterator[Block]:
        """The page in its parts; an example is without its indentation, and may have empty lines in it."""
        example: list[str] = []
        for part in self.text.split("\n\n"):
            if part.startswith(_INDENT):
                example.append(part)
                continue
            yield from _example(example)
            example = []
            heading = part in {"Wrong:", "Right:"}
            yield Block(part.removesuffix(":") if heading else part, heading=heading)
        yield from _example(example)


def _example(parts: list[str]) -> Iterator[Block]:
    if parts:
        lines = "\n\n".join(parts).splitlines()
        yield Block("\n".join(line.removeprefix(_INDENT) for line in lines), example=True)


def pages() -> tuple[Page, ...]:
    """All of them, by code."""
    refused = [Page(rule, text) for rule, text in PAGES]
    checked = [Page(module.RULE, cleandoc(module.__doc__ or "")) for module in all_rules()]
    checked += [Page(module.RULE, cleandoc(module.__doc__ or "")) for module in between_rules()]
    return tuple(sorted((*refused, *checked), key=lambda page: page.rule.code))


def page(word: str) -> Page | tuple[str, ...]:
    """The page of a code or a name; where there is none, the nearest codes and names."""
    asked = word.strip().casefold()
    words: dict[str, Page] = {}
    for one in pages():
        words[one.rule.code.casefold()] = words[one.rule.name.casefold()] = one
    if asked in words:
        return words[asked]
    near = get_close_matches(asked, list(words), _NEAREST, _RATIO)
    return tuple(f"{words[one].rule.code} ({words[one].rule.name})" for one in near)
