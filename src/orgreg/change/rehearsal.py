"""A change done in memory first: written, read back, checked, and compared with what was meant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from orgreg.change.proposal import PUT_RIGHT, Draft, Objection
from orgreg.check import check
from orgreg.diff.statements import diff_statements
from orgreg.load import load
from orgreg.model.day import exactly
from orgreg.model.finding import Severity
from orgreg.model.plan import Plan
from orgreg.model.registry import PAPERS, UNITS, Registry, path_of
from orgreg.model.timeline import Timeline
from orgreg.model.unit import Correction, Unit
from orgreg.store import Trouble
from orgreg.text.compose import (
    added,
    correction_added,
    freeze_correction,
    freeze_entry,
    freeze_paper,
    new_file,
    put_right,
)
from orgreg.text.edit import apart, apply
from orgreg.text.reasons import reason_put_right
from orgreg.text.scan import MAX_BYTES, scan
from orgreg.text.syntax import written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from orgreg.change.proposal import Proposal, Righting
    from orgreg.load import Loaded
    from orgreg.model.finding import Finding, Route
    from orgreg.model.timeline import Entry
    from orgreg.store import Files
    from orgreg.text.edit import Edit
    from orgreg.text.syntax import Written


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A change that may be published: every file it touches, as it was and as it will be, and both registries."""

    files: Mapping[str, tuple[bytes | None, bytes]]
    before: Registry
    after: Registry
    warnings: tuple[Finding, ...] = ()


class Overlaid:
    """Files as they would be: some bytes replaced, some files more, and those that are None no more."""

    def __init__(self, files: Files, changed: Mapping[str, bytes | None]) -> None:
        self.files = files
        self.changed = changed

    def keys(self) -> list[str]:
        """The keys that there would be."""
        gone = {key for key, data in self.changed.items() if data is None}
        return sorted({*self.files.keys(), *self.changed} - gone)

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        """The bytes as they would be."""
        found = self.changed.get(key)
        return self.files.read(key, at_most) if found is None else found[:at_most]


def all_found(loaded: Loaded) -> list[Finding]:
    """What is found in a state that was read: while reading it, and by the rules."""
    return [*loaded.findings, *check(loaded.registry)]


def new_findings(before: Iterable[Finding], after: Iterable[Finding], severity: Severity) -> tuple[Finding, ...]:
    """What is found afterwards only, of that severity."""
    known = {(one.rule.code, one.path, one.message) for one in before}
    grave = (one for one in after if one.rule.severity is severity)
    return tuple(one for one in grave if (one.rule.code, one.path, one.message) not in known)


class Rehearsal:
    """Writes proposals twice, one after the other: as bytes, and as the registry that these must read back as."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.keys = set(files.keys())
        self.loaded = load(files)
        self.made: dict[str, tuple[bytes | None, bytes]] = {}
        self.intended = self.loaded.registry

    def end(self) -> Rehearsed | Objection:
        """Read back what was written, and refuse it where anything is wrong or not as it was meant."""
        read = load(Overlaid(self.files, {key: new for key, (_, new) in self.made.items()}))
        before, after = all_found(self.loaded), all_found(read)
        for fault in new_findings(before, after, Severity.ERROR):
            return Objection(f"this would leave an error: {fault.message} ({fault.path})", fault.hint)
        lost, gained = diff_statements(self.intended, read.registry)
        if lost or gained:
            stray = (*lost, *gained)[0]
            return Objection(
                f"what would be written reads back differently: {stray.key} of {stray.identity} from {stray.since}",
                "write it by hand, and tell orgreg's developers",
            )
        warnings = new_findings(before, after, Severity.WARNING)
        return Rehearsed(self.made, self.loaded.registry, read.registry, warnings)

    def write(self, proposal: Proposal) -> Objection | None:
        """Write what is proposed, on top of what has been written before."""
        for recorded in proposal.papers:
            paper = recorded.paper
            self.made[path_of(PAPERS, paper.id)] = (None, new_file(PAPERS, freeze_paper(paper)).encode())
            self.intended = replace(self.intended, papers={**self.intended.papers, paper.id: paper})
        steps: tuple[Draft | Righting, ...] = (*proposal.drafts, *proposal.rightings)
        for one in steps:
            key = path_of(one.folder, one.identity)
            old, current = self.made[key] if key in self.made else (self._bytes(key),) * 2
            new = self._drafted(one, current) if isinstance(one, Draft) else self._righted(one, current)
            if isinstance(new, Objection):
                return new
            self.made[key] = (old, new)
        return None

    def _bytes(self, key: str) -> bytes | None:
        found = self.files.read(key, MAX_BYTES) if key in self.keys else None
        return None if isinstance(found, Trouble) else found

    def _drafted(self, draft: Draft, data: bytes | None) -> bytes | Objection:
        self._change(draft.folder, draft.identity, lambda thing: _with_entry(thing, draft))
        if data is None:
            return new_file(draft.folder, {"timeline": [freeze_entry(draft.identity, draft.entry)]}).encode()
        return _edited(
            path_of(draft.folder, draft.identity),
            data,
            lambda file: [added(file, draft.folder, draft.identity, draft.route, draft.entry)],
        )

    def _righted(self, righting: Righting, data: bytes | None) -> bytes | Objection:
        def edits(file: Written) -> list[Edit]:
            put = [one for route in righting.places for one in _put_right(file, righting, route)]
            correction = _correction(righting, "\n".join(lost for _, lost in put if lost is not None))
            self._change(righting.folder, righting.identity, lambda thing: _with_value(thing, righting, correction))
            record = freeze_correction(righting.identity, correction)
            edits_ = [edit for some, _ in put for edit in some]
            return [*edits_, correction_added(file, righting.folder, record)]

        return _edited(path_of(righting.folder, righting.identity), data or b"", edits)

    def _change(self, folder: str, identity: str, change: Callable[[Any], Any]) -> None:
        """Change a unit, plan or paper of the registry that is meant."""
        if folder == PAPERS:
            paper = self.intended.papers[identity]
            self.intended = replace(self.intended, papers={**self.intended.papers, identity: change(paper)})
        elif folder == UNITS:
            unit = self.intended.units.get(identity) or Unit(identity, Timeline(()))
            self.intended = replace(self.intended, units={**self.intended.units, identity: change(unit)})
        else:
            plan = self.intended.plans.get(identity) or Plan(identity, Timeline(()))
            self.intended = replace(self.intended, plans={**self.intended.plans, identity: change(plan)})


def _edited(key: str, data: bytes, edits: Callable[[Written], list[Edit]]) -> bytes | Objection:
    if scan(data, key).findings:
        return Objection(f"{key} cannot be read", PUT_RIGHT)
    mark, text = apart(data)
    try:
        return mark + apply(text, edits(written(text))).encode()
    except ValueError as error:
        return Objection(f"{key} is not written in lines: {error}", "bring it into house style first: orgreg fmt")


def _put_right(file: Written, righting: Righting, route: Route) -> Iterator[tuple[list[Edit], str | None]]:
    """The edits of one statement and the lines lost by them: of its value, and of why it was concluded."""
    edit, lost = put_right(file, righting.identity, route, righting.value)
    yield [edit], lost
    if righting.route and not righting.same:
        yield reason_put_right(file, righting.folder, route[:-1], righting.attribute, righting.reason)


def _correction(righting: Righting, was: str) -> Correction:
    of = " ".join((*map(str, righting.route), righting.attribute))
    basis = righting.basis
    return Correction(exactly(righting.today), of, was, basis.because or "", basis.sources)


def _with_entry(thing: Any, draft: Draft) -> Any:  # noqa: ANN401 - a unit or a plan, given back as what it was
    return _with_timeline(thing, draft.route, lambda entries: (*entries, draft.entry))


def _with_value(thing: Any, righting: Righting, correction: Correction) -> Any:  # noqa: ANN401 - likewise
    def righted(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return tuple(
            replace(
                entry,
                values={**entry.values, righting.attribute: righting.value},
                inferred=_with_reason(entry.inferred, righting),
            )
            if entry.position in righting.positions
            else entry
            for entry in entries
        )

    put = _with_timeline(thing, righting.route, righted) if righting.route else _with_key(thing, righting)
    return replace(put, corrections=(*thing.corrections, correction))


def _with_reason(inferred: Mapping[str, str], righting: Righting) -> Mapping[str, str]:
    if righting.same:
        return inferred
    others = {key: reason for key, reason in inferred.items() if key != righting.attribute}
    return others if righting.reason is None else {**others, righting.attribute: righting.reason}


def _with_key(paper: Any, righting: Righting) -> Any:  # noqa: ANN401 - likewise
    return replace(paper, **{righting.attribute: righting.value})


def _with_timeline(
    thing: Any,  # noqa: ANN401 - likewise
    route: Route,
    change: Callable[[tuple[Entry, ...]], tuple[Entry, ...]],
) -> Any:  # noqa: ANN401 - likewise
    section = str(route[0])
    if section == "timeline":
        return replace(thing, timeline=Timeline(change(thing.timeline.entries)))
    parts, slug = getattr(thing, section), str(route[1])
    entries = parts[slug].entries if slug in parts else ()
    return replace(thing, **{section: {**parts, slug: Timeline(change(entries))}})
