"""Parts of a file that stand under another slug: what has come that says what is gone, all of it or most."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.diff.statements import statements_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from orgreg.diff.statements import Thing

SECTIONS: Final = ("tasks", "posts", "dimensions", "steps")
"""Where parts stand in their files; their routes are `posts/vorsitz`."""


class Called(NamedTuple):
    """A part that stands under another slug in the same section of its file; the routes before and now.

    It is certain where the part says word for word what stood there, else inferred since it says most of it.
    """

    before: str
    after: str
    is_certain: bool


class _Told(NamedTuple):
    """One statement of a part: what is said of which day, and who says so and how."""

    what: tuple[Hashable, ...]
    basis: tuple[Hashable, ...]


_Said = frozenset[_Told]


def slug_in(route: str) -> str:
    """The slug of a part, of its route."""
    return route.partition("/")[2]


def called_otherwise(earlier: Sequence[Thing], later: Thing) -> tuple[Called, ...]:
    """The parts of a file that bear another slug than before, where it is one alone that can be meant.

    The one slug must be gone and the other new, in every section: by a slug alone, as in `unit#slug`, nobody can tell
    a task from a post.
    """
    was, now = _said(earlier), _said([later])
    slugs = Counter(map(slug_in, was.keys() | now.keys()))
    gone, come = (
        {route: said for route, said in side.items() if route not in other and slugs[slug_in(route)] == 1}
        for side, other in ((was, now), (now, was))
    )
    return (*_matched(gone, come, _is_same, is_certain=True), *_matched(gone, come, _is_most, is_certain=False))


def _said(things: Iterable[Thing]) -> Mapping[str, _Said]:
    """What each part says, by its route."""
    said: defaultdict[str, set[_Told]] = defaultdict(set)
    for thing in things:
        for one in statements_of(thing):
            if one.part is not None:
                basis = (one.sources, one.inferred, one.also, one.said)
                said[one.timeline].add(_Told((one.since, one.key, one.value), basis))
    return {route: frozenset(told) for route, told in said.items()}


def _matched(
    gone: dict[str, _Said], come: dict[str, _Said], alike: Callable[[_Said, _Said], bool], *, is_certain: bool
) -> Iterator[Called]:
    """What is gone with what has come, where each is like no other; they are taken out."""
    fits = {
        old: [new for new in come if _section(new) == _section(old) and alike(gone[old], come[new])] for old in gone
    }
    times = Counter(new for found in fits.values() for new in found)
    for old in sorted(fits):
        if len(fits[old]) == 1 and times[fits[old][0]] == 1:
            yield Called(old, fits[old][0], is_certain)
            del gone[old], come[fits[old][0]]


def _is_same(was: _Said, now: _Said) -> bool:
    return was == now


def _is_most(was: _Said, now: _Said) -> bool:
    """Whether more than half of what was said of its days is said of them, whoever says so."""
    said = {one.what for one in was}
    return 2 * len(said & {one.what for one in now}) > len(said)


def _section(route: str) -> str:
    return route.partition("/")[0]
