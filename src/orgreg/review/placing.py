"""Lines and columns for findings, looked up in the files they are about, just before they are shown."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.model.finding import Place
from orgreg.review.placed import Placed, Related
from orgreg.store import Trouble
from orgreg.text.place import Spots
from orgreg.text.scan import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from orgreg.model.finding import Finding, Route, State
    from orgreg.store import Files

_OPEN: Final = 16
"""So many files stay open: findings may point into another one beside their own."""


def placed(findings: Iterable[Finding], files: Files, state: State | None = None) -> list[Placed]:
    """The findings in the order of their places, each with the line it points to."""
    texts = _Texts(files)
    by_file = sorted(findings, key=lambda one: one.path)  # so that few files are open at once
    return sorted((texts.place(finding, state) for finding in by_file), key=lambda one: one.order)


def spots_of(files: Files, path: str) -> Callable[[Route], Place]:
    """The place of a route in one file, for whoever asks for several."""
    texts = _Texts(files)
    return lambda route: texts.look_up(path, route)


class _Text(NamedTuple):
    """A file that something is found in."""

    lines: list[str]
    spots: Spots


class _Texts:
    """Reads and parses the files that something is found in; a few at once, since what parses them is large."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._text = lru_cache(_OPEN)(self._read)

    def place(self, finding: Finding, state: State | None) -> Placed:
        where = finding.place or self.look_up(finding.path, finding.route, at_key=finding.at_key)
        whole = finding.place == Place(1, 1) or (not finding.route and finding.place is None)
        related = tuple(Related(path, self.look_up(path, route)) for path, route in finding.related)
        return Placed(finding, where, None if whole else self._excerpt(finding.path, where), related, state)

    def look_up(self, path: str, route: Route, *, at_key: bool = False) -> Place:
        """The place of a route in a file."""
        return self._text(path).spots.place(route, at_key=at_key)

    def _excerpt(self, path: str, where: Place) -> str | None:
        lines = self._text(path).lines
        return lines[where.line - 1] if where.line <= len(lines) else None

    def _read(self, path: str) -> _Text:
        data = self._files.read(path, MAX_BYTES)
        text = "" if isinstance(data, Trouble) else data.decode("utf-8-sig", errors="replace")
        return _Text(text.replace("\r\n", "\n").split("\n"), Spots(text))
