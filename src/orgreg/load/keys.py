"""Which keys below `data/` are files of the register; a finding of each that only looks like one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from orgreg.load.reading import FOLDERS, REGISTRY
from orgreg.model.finding import Finding, Place, Rule
from orgreg.text import refusals

if TYPE_CHECKING:
    from collections.abc import Iterable

_SLUG: Final = re.compile("[a-z0-9][a-z0-9-]*", re.ASCII)
_FILE: Final = re.compile(rf"data/(?:{'|'.join(FOLDERS)})/{_SLUG.pattern}/{_SLUG.pattern}\.yaml", re.ASCII)
_TOP: Final = Place(1, 1)
_SPELLED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", " ": "-", "_": "-"})


def of_the_register(keys: Iterable[str]) -> set[str]:
    """The keys that are those of units, papers or plans."""
    return set(filter(_FILE.fullmatch, keys))


def sorted_out(keys: list[str], findings: list[Finding]) -> list[str]:
    """The keys that are files of the register; a finding for each that only looks like one."""
    mine: list[str] = []
    slugs = {key for key in keys if fault_of_name(key) is None}
    folded: dict[str, list[str]] = {}
    for key in keys:
        folded.setdefault(key.casefold(), []).append(key)
    for key in keys:
        if key in slugs:
            mine.append(key)
        elif key != REGISTRY and not _is_beside(key):
            twins = [other for other in folded[key.casefold()] if other != key]
            rule, message, hint = (_twin(twins[0]) if twins else None) or fault_of_name(key) or _misplaced()
            findings.append(Finding(rule, key, message, hint, place=_TOP))
    return mine


def misnamed(keys: Iterable[str], mine: Iterable[str]) -> set[tuple[str, str]]:
    """What files with a wrong name or place were meant to be."""
    return {_meant(key) for key in set(keys).difference(mine) if key != REGISTRY and not _is_beside(key)}


def _meant(key: str) -> tuple[str, str]:
    """The folder and identity that a file with a wrong name was meant to have: what leads there is not lost too."""
    folder, _, rest = key.casefold().translate(_SPELLED).removeprefix("data/").partition("/")
    return folder, rest.removesuffix(".yaml").removesuffix(".yml")


def _twin(other: str) -> tuple[Rule, str, str]:
    return (
        refusals.DIFFERS_BY_CASE,
        f"the name differs from {other} only by upper and lower case",
        "rename or join the two: on Windows and macOS they are one file",
    )


def _is_beside(key: str) -> bool:
    """Whether people put it beside the register's files on purpose: a README, not what looks like one of them."""
    parts = key.split("/")
    return len(parts) == 2 and not key.lower().endswith((".yaml", ".yml"))  # noqa: PLR2004 - data/README.md


def _misplaced() -> tuple[Rule, str, str]:
    folders = ", ".join(f"data/{folder}" for folder in FOLDERS)
    return (
        refusals.MISPLACED_FILE,
        "the register reads no file here",
        f"it reads <municipality>/<slug>.yaml in {folders}: move it there, or out of data/",
    )


def fault_of_name(key: str) -> tuple[Rule, str, str] | None:
    """Why the key is that of no file of the register, and what to do; None where it is."""
    parts = key.split("/")
    if len(parts) != 4 or parts[1] not in FOLDERS:  # noqa: PLR2004 - data/units/bs/rat.yaml
        return _misplaced()
    stem, _, ending = parts[3].rpartition(".")
    if ending != "yaml":
        if ending.lower() not in {"yml", "yaml"}:
            return _misplaced()
        message = "the register reads only files that end in .yaml"
        return refusals.MISPLACED_FILE, message, f"rename it to {stem}.yaml"
    for name in (parts[2], stem):
        if _SLUG.fullmatch(name) is None:
            hint = "rename it: a-z, 0-9 and hyphens, ä as ae, beginning with a letter or digit"
            return refusals.NO_SLUG, f"{name or 'an empty name'} is no slug", hint
    return None
