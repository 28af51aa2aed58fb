"""The comment for a pull request: what changes in the city, what is corrected, what became known, what is wrong.

Forges take comments of limited length, so each part has its share; what does not fit is counted in a sentence.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from orgreg.diff.sentence import amended
from orgreg.formats.amendment import VOCABULARY
from orgreg.formats.markdown import escape
from orgreg.formats.markdown import tree as nested
from orgreg.formats.occasion import about, cities, heading, told
from orgreg.model.day import ALWAYS, day_before
from orgreg.model.finding import SEVERITIES, Severity, State
from orgreg.model.registry import UNITS
from orgreg.model.timeline import Status
from orgreg.query.neighbourhood import around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from orgreg.diff.amendment import Amendment
    from orgreg.model.change import Occasion
    from orgreg.query.tree import Tree
    from orgreg.review.placed import Placed
    from orgreg.review.proposed import Review

LIMIT: Final = 65_536
"""What GitHub takes, in characters; here it is kept in bytes, which are never fewer."""

_SHARES: Final = {
    "changes": 16_000,
    "corrections": 10_000,
    "known": 10_000,
    "vocabulary": 4_000,
    "trees": 10_000,
    "findings": 12_000,
}
_STRUCTURE: Final = frozenset({"name", "code", "kind", "parent", "staff_of"})

Item = list[str]
"""Lines that stand together or not at all."""


def review(one: Review, found: Sequence[Placed]) -> str:
    """The comment. `found` are the findings of both states, with their places."""
    new = [placed for placed in found if placed.state is State.NEW]
    lines = ["## Review of the register", "", _summary(one, found)]
    parts = [
        ("What changes in the city", "changes", list(_changes(one))),
        ("What is corrected", "corrections", list(_amendments(one, one.difference.corrections))),
        ("What became known", "known", [*_renamed(one), *_amendments(one, one.difference.known)]),
        (VOCABULARY, "vocabulary", [[f"- {escape(worded.sentence)}"] for worded in one.difference.vocabulary]),
        ("The tree around it", "trees", list(_trees(one))),
        ("New findings", "findings", list(_findings(new))),
    ]
    for title, share, items in parts:
        if items:
            lines += ["", f"### {title}", "", *_fitting(items, _SHARES[share])]
    return "\n".join(lines) + "\n"


def _summary(one: Review, found: Sequence[Placed]) -> str:
    new = Counter(placed.finding.rule.severity for placed in found if placed.state is State.NEW)
    fixed = sum(placed.state is State.FIXED for placed in found)
    told = [] if one.difference else ["Nothing that the register says becomes different."]
    counted = [_count(new[severity], f"new {severity}") for severity in Severity if new[severity]]
    told.append(f"**{', '.join(counted)}**." if new[Severity.ERROR] else f"{', '.join(counted) or 'No new findings'}.")
    told += [f"Fixed: {_count(fixed, 'finding')}."] if fixed else []
    lost = len(one.difference.uncompared)
    told += [f"Not compared, since it cannot be read: {_count(lost, 'file')}."] if lost else []
    return " ".join(told)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _fitting(items: Sequence[Item], share: int) -> Iterator[str]:
    """As many of the items as the share has room for, then how many there are more."""
    left = share
    for number, item in enumerate(items):
        left -= sum(len(line.encode()) + 1 for line in item)
        if left < 0:
            more = len(items) - number
            yield ""
            are = "is" if more == 1 else "are"
            yield f"*{more} more {are} left out here: see `orgreg check --against` and `orgreg diff`.*"
            return
        yield from item


# ------------------------------------------------------------------------------------------------------ what differs


def _changes(one: Review) -> Iterator[Item]:
    registry, occasions = one.states.after, one.difference.occasions
    with_city = cities(occasions) > 1
    for occasion in occasions:
        day, rest = heading(registry, occasion, with_city=with_city)
        said = about(registry, occasion)
        item = [f"- **{escape(day + rest)}**" + (f" *{escape(said)}*" if said else "")]
        for change in told(registry, occasion):
            item.append(f"  - {escape(change.sentence)}{f' *({escape(change.mark)})*' if change.mark else ''}")
            item += [f"    - {escape(what)}: {escape(why)}" for what, why in change.reasons]
        yield item


def _amendments(one: Review, amendments: Iterable[Amendment]) -> Iterator[Item]:
    for amendment in amendments:
        yield [f"- {escape(amended(one.states.before, one.states.after, amendment))}"]


def _renamed(one: Review) -> Iterator[Item]:
    for renamed in one.difference.renamed:
        yield [f"- The file {escape(renamed.before)} is called {escape(renamed.after)} now."]


# ------------------------------------------------------------------------------------------------------------- trees


def _trees(one: Review) -> Iterator[Item]:
    """The tree before and after each day of change, and with each correction of it; what looks alike is left out."""
    after, before = one.states.after, one.states.before
    for day, planned, units in _touched(one.difference.occasions):
        last = day_before(day)
        old, new = around(after, units, last, planned=planned), around(after, units, day, planned=planned)
        yield from _beside((old, last), (new, day))
    for day, units in _corrected(one):
        yield from _beside((around(before, units, day), day), (around(after, units, day), day))


def _touched(occasions: Iterable[Occasion]) -> Iterator[tuple[date, bool, list[str]]]:
    """By day, and whether it is only planned then: the units that change."""
    days: dict[tuple[date, bool], dict[str, None]] = {}
    for occasion in occasions:
        for change in occasion.changes:
            if change.day != ALWAYS:
                key = (change.day, change.status is not Status.IN_FORCE)
                days.setdefault(key, {}).update(dict.fromkeys([change.unit.partition("#")[0]]))
    for (day, planned), units in sorted(days.items()):
        yield day, planned, list(units)


def _corrected(one: Review) -> Iterator[tuple[date, list[str]]]:
    """By day: the units of which something that a tree shows is corrected or became known, of a known day."""
    days: dict[date, dict[str, None]] = {}
    for amendment in one.difference.amendments:
        keys = {statement.key for statement in (*amendment.lost, *amendment.gained)}
        if amendment.folder == UNITS and amendment.part is None and amendment.on is not None and keys & _STRUCTURE:
            days.setdefault(amendment.on.settled, {})[amendment.identity] = None
    for day, units in sorted(days.items()):
        yield day, list(units)


def _beside(was: tuple[tuple[Tree, ...], date], now: tuple[tuple[Tree, ...], date]) -> Iterator[Item]:
    """Two trees, folded; nothing where a reader would see no difference."""
    old, new = _drawn(*was), _drawn(*now)
    if old == new:
        return
    title = f"{was[1].isoformat()} and {now[1].isoformat()}"
    if was[1] == now[1]:
        title = "As it was and as it is told" + ("" if now[1] == ALWAYS else f", on {now[1].isoformat()}")
    item = ["<details>", f"<summary>{title}</summary>", ""]
    for label, lines in (("Before", old), ("After", new)):
        item += [f"**{label}**", "", *(lines or ["*Nothing of it exists.*", ""])]
    yield [*item, "</details>", ""]


def _drawn(trees: Sequence[Tree], day: date) -> list[str]:
    """A nested list; its headings become plain lines, since the day stands above."""
    dated = f", {day.isoformat()}"
    return [
        line.removeprefix("## ").removesuffix(dated) if line.startswith("## ") else line
        for line in nested.tree(trees, day)
    ]


# ---------------------------------------------------------------------------------------------------------- findings


def _findings(new: Iterable[Placed]) -> Iterator[Item]:
    """The gravest first, each with its place and remedy."""
    for placed in sorted(new, key=lambda one: (SEVERITIES.index(one.finding.rule.severity), one.order)):
        found = placed.finding
        where = f"{escape(found.path)}:{placed.place.line}"
        rule = f"**{found.rule.severity} {found.rule.code}** {escape(found.rule.name)}"
        hint = f"{found.hint[:1].upper()}{found.hint[1:]}{'' if found.hint.endswith('?') else '.'}"
        yield [f"- {where} {rule}: {escape(found.message)}. {escape(hint)}"]
