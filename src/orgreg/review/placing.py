"""Lines and columns for findings, looked up in the files they are about, just before they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.model.finding import Place
from orgreg.review.placed import Placed, Related
from orgreg.store import Trouble
from orgreg.text.place import Spots
from orgreg.text.scan import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from orgreg.model.finding import Finding, Route, State
    from orgreg.store import Files


def placed(findings: Iterable[Finding], files: Files, state: State | None = None) -> list[Placed]:
    """The findings in the order of their places, each with the line it points to."""
    texts = _Texts(files)
    return sorted((texts.place(finding, state) for finding in findings), key=lambda one: one.order)


def spots_of(files: Files, path: str) -> Callable[[Route], Place]:
    """The place of a route in one file, for whoever asks for several."""
    texts = _Texts(files)
    return lambda route: texts.look_up(path, route)


class _Texts:
    """Reads and parses each file that something is found in, once."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.lines: dict[str, list[str]] = {}
        self.spots: dict[str, Spots] = {}

    def place(self, finding: Finding, state: State | None) -> Placed:
        where = finding.place or self.look_up(finding.path, finding.route, at_key=finding.at_key)
        whole = finding.place == Place(1, 1) or (not finding.route and finding.place is None)
        related = tuple(Related(path, self.look_up(path, route)) for path, route in finding.related)
        return Placed(finding, where, None if whole else self._excerpt(finding.path, where), related, state)

    def look_up(self, path: str, route: Route, *, at_key: bool = False) -> Place:
        """The place of a route in a file."""
        self._read(path)
        return self.spots[path].place(route, at_key=at_key)

    def _excerpt(self, path: str, where: Place) -> str | None:
        self._read(path)
        lines = self.lines[path]
        return lines[where.line - 1] if where.line <= len(lines) else None

    def _read(self, path: str) -> None:
        if path in self.lines:
            return
        data = self.files.read(path, MAX_BYTES)
        text = "" if isinstance(data, Trouble) else data.decode("utf-8-sig", errors="replace")
        self.lines[path] = text.replace("\r\n", "\n").split("\n")
        self.spots[path] = Spots(text)
