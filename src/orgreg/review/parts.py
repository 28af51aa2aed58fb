"""Two states of a register told apart by the names of their bytes, and views of both that go through what differs.

What the cache has of the files is searched as it was kept; only of a file that it has not are the bytes read. Of the
municipalities in which nothing differs a gist is kept, and their files are not looked at.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.check.reach import Sides, reached
from orgreg.check.unchanged import Unchanged
from orgreg.check.views import Days, Layers
from orgreg.load import REGISTRY, load, shelved
from orgreg.load.keys import of_the_register
from orgreg.model.unit import municipality_of
from orgreg.review.memory import AtHand, Memory, Parts, known_of
from orgreg.review.same import Same
from orgreg.store import Named
from orgreg.store.cache import NoCache
from orgreg.store.looks import name_of, naming_of
from orgreg.text.scan import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from orgreg.diff.shelves import Known
    from orgreg.model.registry import Registry
    from orgreg.store import Files

CIRCLE: Final = "U002"
"""Where one comes or goes, another rule is silent or not for all that stands below it: see `orgreg.check.reach`."""


class Views(NamedTuple):
    """Registries of both states that go through what differs and what that can reach; and what differs."""

    before: Registry
    after: Registry
    among: frozenset[Known]


def parts_of(there: Mapping[str, str], base: Files | None, now: Files) -> Parts | None:
    """What differs, by bytes. None where reading may refuse something in one state only, or where words differ.

    `there` are the names of the bytes of the base. Where the files themselves are not there any more, it is None too
    if the cache lacks some of them.
    """
    naming = naming_of(next(iter(there.values()))) if there else "sha1"
    keys, names, texts = names_and_texts(now, naming)
    mine = of_the_register(keys | there.keys())
    come_or_gone = keys ^ there.keys()
    differing = {key for key in keys | there.keys() if names.get(key) != there.get(key)}
    refused = not names.keys() >= keys & mine or not come_or_gone <= mine
    if refused or REGISTRY in differing or (come_or_gone and not keys <= mine | {REGISTRY}):
        return None
    differing &= mine
    cache = AtHand(now.cache if isinstance(now, Named) else NoCache())
    fresh, lost = ({key: of[key] for key in differing & of.keys()} for of in (names, there))
    cache.fetch([*fresh.items(), *lost.items()])
    read = [{key for key, name in some.items() if cache.of(key, name) is None} for some in (fresh, lost)]
    come, gone = _texts(now, read[0] - texts.keys()), _texts(base, read[1])
    if come is None or gone is None:
        return None
    at_hand = {key: data for key, data in texts.items() if key not in differing}
    before = Memory(at_hand | gone, there, cache, now if base is None else base)
    return Parts(before, Memory(texts | come, names, cache, now), frozenset(differing), frozenset(mine - differing))


def views_of(parts: Parts, also: Collection[Known] = ()) -> Views | None:
    """Views of both states. None where only a check of everything can tell. `also` is gone through too."""
    with_words = {REGISTRY, *parts.differing}
    mine = [load(state.only(with_words)) for state in (parts.before, parts.after)]
    among = frozenset(map(known_of, parts.differing))
    known = mine[0].registry.municipalities
    cities = {municipality_of(identity) for _, identity in among}
    if any(one.findings or not one.registry.vocabulary_read for one in mine) or not cities <= known.keys():
        return None
    same = Same(parts, frozenset(known))
    unchanged = Unchanged(same)
    days = Days(unchanged, same.registry)
    layers = [Layers(same.registry, one.registry, among, days) for one in mine]
    read = [partial(_lazily, state) for state in (parts.before, parts.after)]
    bare = [layer.view((), all_of_it) for layer, all_of_it in zip(layers, read, strict=True)]
    through = among.union(also, reached(Sides(bare[0], bare[1], among, unchanged)))
    before, after = (layer.view(through, all_of_it) for layer, all_of_it in zip(layers, read, strict=True))
    return Views(before, after, among)


def _lazily(state: Memory, municipality: str | None) -> Registry:
    """All of a state, or of one municipality, read when it is gone through."""
    known = map(known_of, of_the_register(state.names))
    return shelved(state, through=[one for one in known if municipality in {None, municipality_of(one[1])}])


def names_and_texts(files: Files, naming: str) -> tuple[set[str], dict[str, str], dict[str, bytes]]:
    """All keys, the names of the bytes of all that have any, and the bytes of those that had to be read for that."""
    known = files.named() if isinstance(files, Named) else dict.fromkeys(files.keys())
    names = {key: name for key, name in known.items() if name is not None} if naming == "sha1" else {}
    read = {key: files.read(key, MAX_BYTES + 1) for key in known.keys() - names.keys()}
    texts = {key: data for key, data in read.items() if isinstance(data, bytes)}
    if isinstance(files, Named):
        files.settle()
    return set(known), names | {key: name_of(data, naming) for key, data in texts.items()}, texts


def names_of(files: Files) -> Mapping[str, str]:
    """The names of the bytes of all files; those of git where it has them."""
    if isinstance(files, Named):
        return {key: name for key, name in files.named().items() if name is not None}
    texts = {key: files.read(key, MAX_BYTES + 1) for key in files.keys()}  # noqa: SIM118 - no mapping
    return {key: name_of(data) for key, data in texts.items() if isinstance(data, bytes)}


def _texts(files: Files | None, keys: Collection[str]) -> dict[str, bytes] | None:
    """The bytes of some files; None where one has none."""
    if isinstance(files, Named) and keys:
        files.prepare(keys)
    texts = {} if files is None else {key: files.read(key, MAX_BYTES + 1) for key in keys}
    found = {key: data for key, data in texts.items() if isinstance(data, bytes)}
    return found if len(found) == len(keys) else None
