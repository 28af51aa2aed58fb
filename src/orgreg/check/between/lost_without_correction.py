"""Something that was merged is said no more, or otherwise, and nothing says why.

What the register said, others have read and built upon. A register that forgets what it said cannot be trusted, and who
asks it as of a past time finds no reason for the difference. So nothing that is merged is lost or altered without a
word. It is no loss when `unknown` becomes known, a vague day sharper, an inference stated, a list longer; sources and
everything else may be added, entries may stand in another order, and a file may be written in another style. What was
planned or proposed may come when a source is added that says so; an intention does not become a fact by itself. By the
slug of a task, post or step others refer to it, so that is not altered without a word either.

If the city has changed, put the old lines back and enter the change as a new entry, with its day. If the register was
wrong, put it right in place and enter under `corrections:` what was lost and why; `orgreg correct` does both.

Wrong:

    # data/units/bs/sozialreferat.yaml, merged
    timeline:
      - from: unknown
        name: Sozialreferat
        kind: Referat
        code: "0500"
        parent: stadtverwaltung
    # data/units/bs/sozialreferat.yaml, now
    timeline:
      - from: unknown
        name: Sozialreferat
        kind: Referat
        code: "0510"
        parent: stadtverwaltung

Right:

    # data/units/bs/sozialreferat.yaml, merged
    timeline:
      - from: unknown
        name: Sozialreferat
        kind: Referat
        code: "0500"
        parent: stadtverwaltung
    # data/units/bs/sozialreferat.yaml, now
    timeline:
      - from: unknown
        name: Sozialreferat
        kind: Referat
        code: "0510"
        parent: stadtverwaltung
    corrections:
      - day: 2026-11-22
        of: timeline code
        was: 'code: "0500"'
        because: misread in the Organigramm
        sources: [{paper: beschluss}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.losses import unexplained
from orgreg.diff.amendment import Aspect
from orgreg.diff.sentence import without_reason
from orgreg.diff.shelves import shelf
from orgreg.diff.statements import CORRECTIONS, OWN, WHOLE
from orgreg.model.finding import Finding, Rule
from orgreg.model.registry import PAPERS, path_of
from orgreg.model.timeline import Status, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.states import States
    from orgreg.diff.amendment import Amendment
    from orgreg.diff.shelves import Known
    from orgreg.diff.statements import Statement
    from orgreg.model.finding import Route
    from orgreg.model.timeline import Entry

RULE: Final = Rule("H001", "lost-without-correction")

_ADD: Final = "put it back and enter a change as a new entry; or, if it was wrong, say so with orgreg correct"
_CAME: Final = "name under sources: who says that it came, and keep the other sources; or put the status back"
_INTENDED: Final = frozenset({str(Status.PLANNED), str(Status.PROPOSED)})
_NOTHING: Final = Timeline(())


def check(states: States) -> Iterator[Finding]:
    """A finding for everything that is lost together for one reason, at what stands there now."""
    for one, unsaid in unexplained(states):
        if _is_number(one):
            continue
        what = without_reason(states.before, states.after, one)
        message, hint = f"{what}; no entry of corrections says why", _remedy(one)
        if one.recorded is not None:
            message = f"{what}; the entry of corrections does not repeat {', '.join(unsaid)}"
            hint = "repeat in was: all lines that are lost"
        yield Finding(
            RULE,
            path_of(one.folder, one.identity),
            message,
            hint,
            route=_route(states, one),
            entity=one.entity,
        )


def _is_number(one: Amendment) -> bool:
    """Whether a number of a paper is altered: that has a rule of its own."""
    return one.folder == PAPERS and one.attribute == "number" and one.aspect is Aspect.VALUE


def _remedy(one: Amendment) -> str:
    if one.aspect is Aspect.SLUG:
        section, _, slug = str(one.before).partition("/")
        return f"put the slug back; or say why under corrections, with of: {section} {slug} and was: '{slug}:'"
    return _CAME if _comes(one) else _ADD


def _comes(one: Amendment) -> bool:
    """Whether what was only intended is told as what has become of it."""
    was = {lost.status for lost in one.lost if lost.said is not None}
    return one.aspect is Aspect.BASIS and was <= _INTENDED and one.status not in was


def _route(states: States, one: Amendment) -> Route:
    """Where it stands now; where nothing does, what is nearest above that place."""
    if one.aspect is Aspect.SLUG:
        return tuple(str(one.after).split("/"))
    now = one.gained[0] if one.gained and one.gained[0].key != CORRECTIONS else one.lost[0]
    if now.timeline == WHOLE:
        return (now.key,)
    route: Route = tuple(now.timeline.split("/"))
    entries = _timeline(states, (one.folder, one.identity), route).entries
    entry = next((entry for entry in entries if _states(entry, now)), None)
    if entry is None:
        return route
    if one.aspect is Aspect.DAY:
        return (*route, entry.position, "from")
    return (*route, entry.position, *((now.key,) if one.attribute in entry.values else ()))


def _timeline(states: States, known: Known, route: Route) -> Timeline:
    folder, identity = known
    section = getattr(shelf(states.after, folder)[identity], str(route[0]))
    found: Timeline = section if route == (OWN,) else section.get(route[1], _NOTHING)
    return found


def _states(entry: Entry, said: Statement) -> bool:
    return entry.since.text == said.since and (said.key in entry.values or said.key == "from")
