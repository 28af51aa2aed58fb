"""Manual pages as people read them, and the list of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.formats.line import Line, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.check.manual import Page


def page(one: Page) -> Iterator[Line]:
    """A page."""
    rule = one.rule
    yield line((rule.code, rule.severity.value), f" {rule.name} ", (f"({rule.severity})", "quiet"))
    for block in one.blocks():
        yield line()
        if block.heading:
            yield line((f"{block.text}:", "heading"))
            continue
        for text in block.text.splitlines():
            # What is ours is told as it stands: the blanks of an example mean something.
            yield Line(((f"    {text}", "code"),)) if block.example else Line(((text, None),))


def index(pages: Sequence[Page]) -> Iterator[Line]:
    """The list: code, name, severity, first sentence."""
    width = max(len(one.rule.name) for one in pages)
    for one in pages:
        rule = one.rule
        yield line(
            (f"{rule.code}  ", rule.severity.value),
            f"{rule.name:<{width}}  ",
            (f"{rule.severity!s:<7}  ", "quiet"),
            one.summary,
        )
