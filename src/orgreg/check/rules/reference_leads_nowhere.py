"""A reference leads to no file, or to no part of one.

References are slugs: the name of the file below the folder of its kind and municipality. `parent: sozialreferat` in a
file of `bs` leads to data/units/bs/sozialreferat.yaml; `mandate`, `decided_by`, `paper` and the relations of papers
lead to data/decisions; a part is named as `unit#post`, `unit#task` or `plan#step`. Whoever follows a reference that
leads nowhere loses the place, the paper or the evidence. A file that cannot be read has findings of its own, and what
leads to it is not reported.

Correct the slug, or enter what is missing: a paper of which only the name is known is a file of a few lines. After a
renaming, write the new slug.

Wrong:

    # data/units/bs/buero-fuer-migrationsfragen.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialrefarat

Right:

    # data/units/bs/buero-fuer-migrationsfragen.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
"""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from orgreg.check.references import Mention, leads
from orgreg.check.wording import joined, short, times
from orgreg.model.finding import Finding, Rule
from orgreg.model.registry import PAPERS, PLANS, UNITS, path_of
from orgreg.model.unit import municipality_of, slug_of, whole_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from orgreg.model.paper import Paper
    from orgreg.model.plan import Plan
    from orgreg.model.registry import Registry
    from orgreg.model.unit import Unit

RULE: Final = Rule("U001", "reference-leads-nowhere")

_WORD: Final = {UNITS: "unit", PAPERS: "paper", PLANS: "plan"}
_WHOLE: Final = frozenset({"parent", "staff_of", "body"})
"""The keys that name a whole unit, never a post or task of one."""
_SUGGESTED: Final = 20
"""For how many lost names the nearest is looked for: each look goes through all names of the register."""


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every name that leads nowhere, once a file, at its first place there."""
    lost: dict[tuple[str, str, str], list[Mention]] = defaultdict(list)
    whole: list[Mention] = []
    for mention in leads(registry).astray:
        if not _is_there(registry, mention):
            if not registry.is_lost(mention.folder, whole_of(mention.target)):
                lost[mention.path, mention.folder, mention.target].append(mention)
        elif "#" in mention.target and (mention.key in _WHOLE or mention.folder == PAPERS):
            whole += [mention] if _thing(registry, mention) is not None else []
    names = _Names(registry)
    near = dict.fromkeys(sorted({(folder, target) for _, folder, target in lost})[:_SUGGESTED])
    for (path, folder, target), found in sorted(lost.items()):
        first = found[0]
        message, hint = names.say(first, suggest=(folder, target) in near)
        yield Finding(
            RULE,
            path,
            message + times(len(found)),
            hint,
            route=first.route,
            entity=first.owner,
        )
    for mention in whole:
        yield _not_whole(mention)


def _is_there(registry: Registry, mention: Mention) -> bool:
    whole, _, part = mention.target.partition("#")
    there = whole in _folder(registry, mention.folder)
    if not there or not part or mention.folder == PAPERS or mention.key in _WHOLE:
        return there
    return _thing(registry, mention) is None or part in _parts(registry, mention.folder, whole)


def _thing(registry: Registry, mention: Mention) -> Unit | Paper | Plan | None:
    """What is named, without its part; None where it is not there or cannot be read."""
    return _folder(registry, mention.folder).get(whole_of(mention.target))


def _folder(registry: Registry, folder: str) -> Mapping[str, Unit | Paper | Plan]:
    folders: dict[str, Mapping[str, Unit | Paper | Plan]] = {
        UNITS: registry.units,
        PAPERS: registry.papers,
        PLANS: registry.plans,
    }
    return folders[folder]


def _parts(registry: Registry, folder: str, whole: str) -> Collection[str]:
    if folder == UNITS:
        unit = registry.units[whole]
        return [*unit.posts, *unit.tasks]
    return list(registry.plans[whole].steps)


def _not_whole(mention: Mention) -> Finding:
    city = municipality_of(mention.owner)
    said, whole = short(mention.target, city), short(whole_of(mention.target), city)
    word = "paper" if mention.folder == PAPERS else "unit"
    return Finding(
        RULE,
        mention.path,
        f"{mention.key} names a {word}, and {said} is only a part of one",
        f"write {whole}",
        route=mention.route,
        entity=mention.owner,
    )


class _Names:
    """What the register knows under which name: to tell what a lost reference may have meant."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._guessed: dict[tuple[str, str], list[str]] = {}
        self.former = {
            (folder, slug): identity
            for folder in _WORD
            for identity, thing in sorted(_folder(registry, folder).items(), reverse=True)
            for slug in thing.formerly
        }

    def say(self, mention: Mention, *, suggest: bool) -> tuple[str, str]:
        """What is wrong with a reference and what to do about it."""
        word, city = _WORD[mention.folder], municipality_of(mention.owner)
        whole = whole_of(mention.target)
        if whole in _folder(self.registry, mention.folder):
            return self._no_part(mention, whole)
        said = short(whole, city)
        now = self.former.get((mention.folder, whole))
        if now is not None:
            return f"{said} is the former slug of {short(now, city)}", f"write {short(now, city)}"
        for folder, other in _WORD.items():
            if whole in _folder(self.registry, folder):
                return (
                    f"{mention.key} leads to a {word}, and {said} is a {other}",
                    f"name the {word}, or correct the key",
                )
        where = path_of(mention.folder, whole)
        message = f"no {word} is recorded as {said}"
        guesses = self._guesses(mention.folder, whole) if suggest else []
        if guesses:
            near = " or ".join(short(guess, city) for guess in guesses)
            return message, f"did you mean {near}? If not, enter the {word} as {where}"
        return message, f"correct the slug, or enter the {word} as {where}"

    def _no_part(self, mention: Mention, whole: str) -> tuple[str, str]:
        said = short(whole, municipality_of(mention.owner))
        part = mention.target.partition("#")[2]
        parts = sorted(_parts(self.registry, mention.folder, whole))
        sort = "post or task" if mention.folder == UNITS else "step"
        message = f"{said} has no {sort} {part}"
        near = get_close_matches(part, parts, 1, 0.6)
        if near:
            return message, f"did you mean {said}#{near[0]}?"
        if not parts:
            return message, f"enter it in {path_of(mention.folder, whole)}, which has none yet"
        return message, f"{said} has {joined(parts)}: name one of them, or enter {part} there"

    def _guesses(self, folder: str, lost: str) -> list[str]:
        """What a lost name may have meant. Each look goes through all names, so each name is looked for once."""
        if (folder, lost) not in self._guessed:
            self._guessed[folder, lost] = self._near(folder, lost)
        return self._guessed[folder, lost]

    def _near(self, folder: str, lost: str) -> list[str]:
        """What bears the slug as its code, bears the slug in another city, or is spelled nearly alike."""
        slug, city = slug_of(lost), municipality_of(lost)
        known = sorted(_folder(self.registry, folder))
        found = self._bearing(slug, city) if folder == UNITS else []
        return (
            found
            or [other for other in known if slug_of(other) == slug]
            or get_close_matches(lost, [other for other in known if municipality_of(other) == city], 1, 0.7)
            or get_close_matches(lost, known, 1, 0.7)
        )

    def _bearing(self, code: str, city: str) -> list[str]:
        return [
            identity
            for identity, unit in sorted(self.registry.units.items())
            if unit.municipality == city
            and any(str(entry.values.get("code")).lower() == code for entry in unit.timeline.entries)
        ]
