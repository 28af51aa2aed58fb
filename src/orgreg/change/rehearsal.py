"""A change done in memory first: written, read back, checked, and compared with what was meant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from orgreg.change.proposal import Objection
from orgreg.check import check
from orgreg.diff import diff_statements
from orgreg.load import load
from orgreg.model.finding import Severity
from orgreg.model.registry import PAPERS, path_of
from orgreg.model.timeline import Timeline
from orgreg.model.unit import Unit
from orgreg.store import Trouble
from orgreg.text.compose import added, freeze_entry, freeze_paper, new_file
from orgreg.text.edit import apart, apply
from orgreg.text.scan import MAX_BYTES, scan
from orgreg.text.syntax import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgreg.change.proposal import Draft, Proposal
    from orgreg.model.finding import Finding
    from orgreg.model.registry import Registry
    from orgreg.store import Files


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A change that may be published: every file it touches, as it was and as it will be, and both registries."""

    files: Mapping[str, tuple[bytes | None, bytes]]
    before: Registry
    after: Registry


class Overlaid:
    """Files as they would be: some bytes replaced, some files more."""

    def __init__(self, files: Files, changed: Mapping[str, bytes]) -> None:
        self.files = files
        self.changed = changed

    def keys(self) -> list[str]:
        """The keys there are, and those that would be."""
        return sorted({*self.files.keys(), *self.changed})

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        """The bytes as they would be."""
        found = self.changed.get(key)
        return self.files.read(key, at_most) if found is None else found[:at_most]


def rehearse(files: Files, proposal: Proposal) -> Rehearsed | Objection:
    """Write the proposal in memory, read it back, and refuse it where anything is not as it was meant."""
    loaded = load(files)
    before = loaded.registry
    made = _written(files, proposal)
    if isinstance(made, Objection):
        return made
    read = load(Overlaid(files, {key: new for key, (_, new) in made.items()}))
    fault = _first_new_error([*loaded.findings, *check(before)], [*read.findings, *check(read.registry)])
    if fault is not None:
        return Objection(f"this would leave an error: {fault.message} ({fault.path})", fault.hint)
    lost, gained = diff_statements(_intended(before, proposal), read.registry)
    if lost or gained:
        stray = (*lost, *gained)[0]
        return Objection(
            f"what would be written reads back differently: {stray.key} of {stray.identity} from {stray.since}",
            "write it by hand, and tell orgreg's developers",
        )
    return Rehearsed(made, before, read.registry)


def _written(files: Files, proposal: Proposal) -> dict[str, tuple[bytes | None, bytes]] | Objection:
    made: dict[str, tuple[bytes | None, bytes]] = {}
    for paper in proposal.papers:
        key = path_of(PAPERS, paper.paper.id)
        made[key] = (None, new_file(PAPERS, freeze_paper(paper.paper)).encode())
    for draft in proposal.drafts:
        key = path_of(draft.folder, draft.identity)
        old, current = made[key] if key in made else (_bytes(files, key),) * 2
        new = _with(draft, current)
        if isinstance(new, Objection):
            return new
        made[key] = (old, new)
    return made


def _bytes(files: Files, key: str) -> bytes | None:
    found = files.read(key, MAX_BYTES) if key in set(files.keys()) else None
    return None if isinstance(found, Trouble) else found


def _with(draft: Draft, data: bytes | None) -> bytes | Objection:
    """The bytes of a file with the entry of a draft in it."""
    key = path_of(draft.folder, draft.identity)
    if data is None:
        return new_file(draft.folder, {"timeline": [freeze_entry(draft.identity, draft.entry)]}).encode()
    if scan(data, key).findings:
        return Objection(f"{key} cannot be read", "see orgreg check, and put it right first")
    mark, text = apart(data)
    file = written(text)
    try:
        edit = added(file, draft.folder, draft.identity, draft.route, draft.entry)
    except ValueError as error:
        return Objection(f"{key} is not written in lines: {error}", "bring it into house style first: orgreg fmt")
    return mark + apply(text, [edit]).encode()


def _first_new_error(before: Iterable[Finding], after: Iterable[Finding]) -> Finding | None:
    known = {(one.rule.code, one.path, one.message) for one in before}
    errors = (one for one in after if one.rule.severity is Severity.ERROR)
    return next((one for one in errors if (one.rule.code, one.path, one.message) not in known), None)


def _intended(before: Registry, proposal: Proposal) -> Registry:
    """The registry as it is meant to be: the value that the files must read back as."""
    units, plans = dict(before.units), dict(before.plans)
    for draft in proposal.drafts:
        if draft.folder == "units":
            unit = units.get(draft.identity) or Unit(draft.identity, Timeline(()))
            units[draft.identity] = _extended(unit, draft)
        else:
            plans[draft.identity] = _extended(plans[draft.identity], draft)
    papers = {**before.papers, **{new.paper.id: new.paper for new in proposal.papers}}
    return replace(before, units=units, plans=plans, papers=papers)


def _extended(thing: Any, draft: Draft) -> Any:  # noqa: ANN401 - a unit or a plan, given back as what it was
    section = str(draft.route[0])
    if section == "timeline":
        return replace(thing, timeline=_longer(thing.timeline, draft))
    parts = getattr(thing, section)
    slug = str(draft.route[1])
    return replace(thing, **{section: {**parts, slug: _longer(parts.get(slug), draft)}})


def _longer(timeline: Timeline | None, draft: Draft) -> Timeline:
    return Timeline((*(() if timeline is None else timeline.entries), draft.entry))
