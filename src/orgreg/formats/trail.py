"""How the audit trail is told to people, whatever the format: by whom, when it took effect, how long after."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from orgreg.model.day import Fault, parse
from orgreg.model.unit import slug_of
from orgreg.query.wording import moment
from orgreg.trail.record import Sort

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.store.history import Commit
    from orgreg.trail.record import Item, Record

SHORT: Final = 7
WORDS: Final = {
    Sort.CORRECTED: "Corrected",
    Sort.KNOWN: "Became known",
    Sort.RENAMED: "Renamed",
    Sort.VOCABULARY: "Vocabulary",
    Sort.UNREADABLE: "Cannot be read",
}


@dataclass(slots=True)
class Ending:
    """What is said after the records, when all have been gone through.

    `reference` is what was asked for. `cut` is the oldest commit of a shallow clone, if older ones may be missing. The
    counts are of commits that are told, and of those that only put files in another form.
    """

    reference: str | None
    cut: str | None
    told: int = 0
    left_out: int = 0

    @property
    def limit(self) -> str | None:
        """That the trail does not go back to its beginning."""
        if self.cut is None:
            return None
        return (
            f"the clone is shallow: what {self.cut[:SHORT]} and older commits recorded is not told. "
            "git fetch --unshallow brings them, in CI fetch-depth: 0."
        )

    @property
    def form_only(self) -> str | None:
        """That commits are left out, and why."""
        if not self.left_out:
            return None
        one = self.left_out == 1
        which = "1 commit that changed only the form of files is" if one else ""
        return f"{which or f'{self.left_out} commits that changed only the form of files are'} left out"


def by_whom(record: Record | Commit) -> str:
    """Who wrote it, of a merge also who wrote what it brought."""
    others = [one for one in record.merged if one != record.author]
    return f"{record.author}, merging what {' and '.join(others)} wrote" if others else record.author


def recorded(record: Record | Commit) -> str:
    """The day and minute on the clock of who committed it."""
    return f"{record.time:%Y-%m-%d %H:%M}"


def occasions(record: Record) -> Iterator[tuple[str, Sequence[Item]]]:
    """The changes of the city, those of the same day, word, decision and papers together, with what is said of all."""
    changes = [item for item in record.items if item.sort is Sort.CHANGE]
    for _, some in groupby(changes, key=lambda item: (item.on, item.word, item.decided_by, item.papers)):
        together = [*some]
        yield _heading(together[0]), together


def others(record: Record) -> Iterator[tuple[str, Item]]:
    """All other items, each with the word for its sort."""
    return ((WORDS[item.sort], item) for item in record.items if item.sort is not Sort.CHANGE)


def _heading(item: Item) -> str:
    said = [_day(item)]
    said += [f"change: {item.word}"] if item.word is not None else []
    if isinstance(item.decided_by, tuple):
        said.append(f"decided by {', '.join(map(slug_of, item.decided_by))}")
    elif item.decided_by is not None:
        said.append(f"decision: {'none recorded' if item.decided_by == 'unknown' else 'none'}")
    said += [f"by {', '.join(map(slug_of, item.papers))}"] if item.papers else []
    return "; ".join(said)


def _day(item: Item) -> str:
    when = parse(item.on or "unknown")
    day = item.on if isinstance(when, Fault) else moment(when)
    if item.on == "unknown":
        return "beginning unknown"
    if item.days is None:
        return f"effective {day}"
    count = f"{abs(item.days)} day{'' if abs(item.days) == 1 else 's'}"
    how = "on the day" if item.days == 0 else f"{count} {'later' if item.days > 0 else 'before'}"
    return f"effective {day}, recorded {how}"
