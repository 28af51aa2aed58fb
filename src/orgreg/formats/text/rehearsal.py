"""A change before it happens: what was understood, the places before and after, the files and their lines."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING, Protocol

from orgreg.formats.line import Line, line
from orgreg.formats.text.tree import Glyphs, tree
from orgreg.model.day import day_before
from orgreg.model.unit import whole_of
from orgreg.query.labels import nearest
from orgreg.query.tree import cut_tree, only, trees

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from orgreg.model.change import Occasion
    from orgreg.model.registry import Registry

_LEVELS = 3


class Rehearsed(Protocol):
    """A change done in memory: every file that it touches, and the register before and after."""

    @property
    def files(self) -> Mapping[str, tuple[bytes | None, bytes]]:
        """The bytes of each file as they were and as they will be."""

    @property
    def before(self) -> Registry:
        """The register as it is."""

    @property
    def after(self) -> Registry:
        """The register as it will be."""


class Told(Protocol):
    """The change in sentences."""

    @property
    def occasions(self) -> Sequence[Occasion]:
        """What happens on which day."""

    @property
    def sentences(self) -> Sequence[str]:
        """What happens, in words."""

    @property
    def trailers(self) -> Sequence[tuple[str, str]]:
        """What it stands on."""

    @property
    def remarks(self) -> Sequence[str]:
        """What the person should know."""


def rehearsal(rehearsed: Rehearsed, told: Told, glyphs: Glyphs) -> Iterator[Line]:
    """Everything that a person should see before saying yes."""
    for sentence in told.sentences:
        yield line((sentence, "heading"))
    for name, value in told.trailers:
        yield line("  ", (f"{name.lower()}: {value}", "quiet"))
    for remark in told.remarks:
        yield line("  ", (f"note: {remark}", "note"))
    yield from _places(rehearsed, told, glyphs)
    yield line()
    yield from files(rehearsed.files)


def files(touched: Mapping[str, tuple[bytes | None, bytes | None]]) -> Iterator[Line]:
    """The lines that go and come in every file that is touched."""
    for key, (before, after) in touched.items():
        yield from _file(key, before, after)


def _places(rehearsed: Rehearsed, told: Told, glyphs: Glyphs) -> Iterator[Line]:
    """The tree round what changes, the day before and on the day."""
    for occasion in told.occasions:
        units = {whole_of(change.unit) for change in occasion.changes}
        for title, registry, day in (
            ("before", rehearsed.before, day_before(occasion.day)),
            ("after", rehearsed.after, occasion.day),
        ):
            yield line()
            yield line((f"{title}, {day.isoformat()}", "quiet"))
            yield from _around(registry, units, day, glyphs)


def _around(registry: Registry, units: set[str], day: date, glyphs: Glyphs) -> Iterator[Line]:
    shown = trees(registry, day, bodies=True)
    tops = {_top(registry, unit, day) for unit in units}
    for top in sorted(top for top in tops if top is not None):
        found = only(shown, top)
        if found is not None:
            yield from tree([cut_tree(found, _LEVELS)], glyphs)


def _top(registry: Registry, unit: str, day: date) -> str | None:
    """The parent of a unit on the day, where it has one, else the unit."""
    whole = registry.units.get(unit)
    found = None if whole is None else nearest(registry, whole, day)
    if found is None or found.day != day:
        return None
    parent = found.standing.parent
    return parent if isinstance(parent, str) and parent in registry.units else unit


def _file(key: str, before: bytes | None, after: bytes | None) -> Iterator[Line]:
    old = [] if before is None else before.decode("utf-8-sig").splitlines()
    new = [] if after is None else after.decode("utf-8-sig").splitlines()
    name = f"{key} (new)" if before is None else f"{key} (deleted)" if after is None else key
    for number, told in enumerate(unified_diff(old, new, name, name, n=2, lineterm="")):
        if number == 0:
            yield Line(((name, "heading"),))
        elif number > 1:
            role = {"+": "hint", "-": "error"}.get(told[:1], "quiet")
            yield Line(((_visible(told), role),))


def _visible(told: str) -> str:
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in told)
