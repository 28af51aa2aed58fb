"""The command that explains what check finds: explain. It needs no register."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from orgreg.cli import output
from orgreg.model.wording import EMPTY, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgreg.check.manual import Page


class ExplainFormat(StrEnum):
    """How a page is written."""

    text = "text"
    json = "json"
    markdown = "markdown"


def _codes(incomplete: str) -> list[tuple[str, str]]:
    from orgreg.check.manual import pages

    words = [(word, one.summary) for one in pages() for word in (one.rule.code, one.rule.name)]
    return [(word, told) for word, told in words if word.casefold().startswith(incomplete.casefold())]


def explain(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE]", help="U003 or overlapping-codes; without it, the list.", autocompletion=_codes
        ),
    ] = None,
    format_: Annotated[ExplainFormat, typer.Option("--format", help="How it is written.")] = ExplainFormat.text,
) -> None:
    """Explain what check finds, with an example of wrong and of right.

    Without a code: every rule and refusal with its severity and its first sentence.
    """
    from orgreg.check.manual import Page, page, pages

    if code is None:
        _write_index(pages(), format_)
        return
    found = page(code)
    if not isinstance(found, Page):
        near = f". Did you mean {' or '.join(found)}?" if found else ""
        told = f"{shortened(code) or EMPTY} is no code and no name of a rule; orgreg explain lists them{near}"
        output.fail(told, output.USAGE)
    _write_page(found, format_)


def _write_page(page: Page, format_: ExplainFormat) -> None:
    if format_ is ExplainFormat.text:
        from orgreg.formats.text import manual as text

        output.lines(text.page(page))
    elif format_ is ExplainFormat.json:
        from orgreg.formats.json import document
        from orgreg.formats.json import manual as json

        output.text(document(json.rules([page])))
    else:
        from orgreg.formats.markdown import manual as markdown

        output.text("".join(f"{one}\n" for one in markdown.page(page)))


def _write_index(pages: Sequence[Page], format_: ExplainFormat) -> None:
    if format_ is ExplainFormat.text:
        from orgreg.formats.text import manual as text

        output.lines(text.index(pages))
    elif format_ is ExplainFormat.json:
        from orgreg.formats.json import document
        from orgreg.formats.json import manual as json

        output.text(document(json.rules(pages)))
    else:
        from orgreg.formats.markdown import manual as markdown

        output.text("".join(f"{one}\n" for one in markdown.index(pages)))
