"""Two states of the register compared: changes of the city, corrections, and what became known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from orgreg.diff.alike import slug_in
from orgreg.diff.amending import amendments
from orgreg.diff.amendment import Amendment, Aspect, Difference, Renamed, Sort
from orgreg.diff.explaining import explained
from orgreg.diff.news import news
from orgreg.diff.pairs import Pair, paired
from orgreg.diff.renaming import earlier_of, names_between, renamed_files, renamed_parts
from orgreg.diff.shelves import by_key, shelf
from orgreg.diff.statements import CORRECTIONS, WHOLE, in_order, statements_of
from orgreg.diff.vocabulary import vocabulary
from orgreg.model.registry import PAPERS, PLANS, UNITS
from orgreg.model.unit import Correction, Unit
from orgreg.query.changes import grouped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from orgreg.diff.alike import Called
    from orgreg.diff.renaming import Parts
    from orgreg.diff.shelves import Known
    from orgreg.diff.statements import Statement
    from orgreg.model.change import Change
    from orgreg.model.registry import Registry

_FOLDERS: Final = (UNITS, PLANS, PAPERS)
_MOST: Final = "most of what it says stood there"


def difference(
    before: Registry,
    after: Registry,
    *,
    among: Collection[Known] | None = None,
    moved: Mapping[Known, str] | None = None,
) -> Difference:
    """What the later state says otherwise than the earlier one.

    `among` are folder and identity of the files that differ, where the caller knows them (git tells), of a renamed
    file both names. Only they are compared, and what else is needed is looked up by its identity. Without it every
    file is compared. `moved` are new identities of files that are known to be the same though no `formerly:` says so.
    """
    if among is None:
        among = {(folder, one) for folder in _FOLDERS for side in (before, after) for one in shelf(side, folder)}
        # What lies in no folder of the register is nothing that could be compared.
        among |= {known for known in (*before.unreadable, *after.unreadable) if known[0] in _FOLDERS}
    differing = {
        (folder, identity)
        for folder, identity in among
        if shelf(before, folder).get(identity) != shelf(after, folder).get(identity)
    }
    uncompared = {known for known in differing if before.is_lost(*known) or after.is_lost(*known)}
    renamed = {**(moved or {}), **renamed_files(before, after, differing - uncompared)}
    sides, compared = (by_key(before), by_key(after)), sorted(differing - uncompared - renamed.keys())
    comparing = _Comparing(*sides, renamed, renamed_parts(*sides, renamed, compared))
    for folder, identity in compared:
        comparing.file(folder, identity)
    return comparing.whole(sorted(uncompared))


@dataclass(slots=True)
class _Comparing:
    """Compares file by file, and keeps what it finds."""

    before: Registry
    after: Registry
    renamed: Mapping[Known, str]
    parts: Parts
    changes: list[Change] = field(default_factory=list)
    amended: list[Amendment] = field(default_factory=list)
    names: list[Renamed] = field(default_factory=list)
    lost: list[Statement] = field(default_factory=list)
    gained: list[Statement] = field(default_factory=list)

    def whole(self, uncompared: Iterable[Known]) -> Difference:
        """All that was found."""
        amended = sorted(self.amended, key=_order)
        return Difference(
            occasions=grouped(self.after, self.changes),
            corrections=tuple(one for one in amended if one.sort is Sort.CORRECTED),
            known=tuple(one for one in amended if one.sort is Sort.KNOWN),
            renamed=tuple(self.names),
            lost_for_changes=tuple(self.lost),
            gained_by_changes=tuple(self.gained),
            uncompared=tuple(uncompared),
            vocabulary=vocabulary(self.before, self.after),
        )

    def file(self, folder: str, identity: str) -> None:
        """Compare one file, under the name that it has now, with all that it was before."""
        later = shelf(self.after, folder).get(identity)
        former = [old for (where, old), new in sorted(self.renamed.items()) if (where, new) == (folder, identity)]
        earlier = earlier_of(self.before, self.renamed, folder, identity)
        called = self.parts.get((folder, identity), ())
        if later is not None:
            names = names_between(self.after, self.renamed, earlier, later, self.parts)
            # On both sides: a file that still uses an old name says nothing else by that.
            earlier = [names.thing(folder, one) for one in earlier]
            later = names.thing(folder, later)
        was = {one for thing in earlier for one in statements_of(thing)}
        now = set() if later is None else set(statements_of(later))
        pairs = paired(in_order(was - now), in_order(now - was))
        if former:
            pairs = self._under_another_name(folder, identity, former, pairs)
        if isinstance(later, Unit):
            pairs = self._in_the_city(later, [one for one in earlier if isinstance(one, Unit)], pairs)
        new = {
            one.gained: one.gained.value
            for one in pairs
            if one.lost is None and one.gained is not None and isinstance(one.gained.value, Correction)
        }
        rest = [one for one in pairs if one.gained not in new]
        amended = [*(_slug(folder, identity, one) for one in called), *amendments(rest, was, now, identity)]
        self.amended += explained(amended, new, {one.after: slug_in(one.before) for one in called})

    def _under_another_name(
        self, folder: str, identity: str, former: Sequence[str], pairs: Iterable[Pair]
    ) -> list[Pair]:
        """The pairs but for what the file says of its former names, which belongs to its being renamed."""
        mine = [one for one in pairs if one.either.key == "formerly"]
        for number, old in enumerate(former):
            lost = tuple(one.lost for one in mine if one.lost is not None and not number)
            gained = tuple(one.gained for one in mine if one.gained is not None and not number)
            self.names.append(Renamed(folder, old, identity, lost, gained))
        return [one for one in pairs if one.either.key != "formerly"]

    def _in_the_city(self, later: Unit, earlier: Sequence[Unit], pairs: Sequence[Pair]) -> list[Pair]:
        """The pairs but for those that are changes of the city."""
        fresh = {one.gained: one for one in pairs if one.gained is not None and (one.lost is None or one.is_event)}
        found = news(self.before, earlier, self.after, later, fresh.keys())
        self.changes += found.changes
        mine = [fresh[one] for one in in_order(found.statements)]
        if found.changes and not earlier:
            # What a new unit's file says of the whole comes with its beginning.
            mine += [one for one in pairs if one.either.timeline == WHOLE and one.either.key != CORRECTIONS]
        taken = set(mine)
        self.lost += [one.lost for one in mine if one.lost is not None]
        self.gained += [one.gained for one in mine if one.gained is not None]
        return [one for one in pairs if one not in taken]


def _slug(folder: str, identity: str, one: Called) -> Amendment:
    return Amendment(
        sort=Sort.CORRECTED,
        aspect=Aspect.SLUG,
        folder=folder,
        identity=identity,
        part=slug_in(one.after),
        before=one.before,
        after=one.after,
        inferred=None if one.is_certain else _MOST,
    )


def _order(one: Amendment) -> tuple[object, ...]:
    day = () if one.on is None else (one.on.counts_from, one.on.text)
    stated = [statement.place for statement in (*one.lost, *one.gained)]
    return (_FOLDERS.index(one.folder), one.identity, one.part or "", day, one.attribute or "", stated, repr(one))
