"""A new register: its first files, made of the texts in `new/`, in house style."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files as resources
from typing import TYPE_CHECKING, Final

from orgreg.text.compose import notation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

LAENDER: Final = (
    *("Baden-Württemberg", "Bayern", "Berlin", "Brandenburg", "Bremen", "Hamburg", "Hessen", "Mecklenburg-Vorpommern"),
    *("Niedersachsen", "Nordrhein-Westfalen", "Rheinland-Pfalz", "Saarland", "Sachsen", "Sachsen-Anhalt"),
    *("Schleswig-Holstein", "Thüringen"),
)
"""What `land:` may be, for deadlines in school holidays."""

_ACTION: Final = ".github/actions/orgreg"
_TEXTS: Final = {
    "data/registry.yaml": "registry.yaml",
    "data/units/@id@/verwaltung.yaml": "unit.yaml",
    "data/decisions/@id@/anlage-des-registers.yaml": "paper.yaml",
    "README.md": "README.md",
    ".gitattributes": "gitattributes",
    ".editorconfig": "editorconfig",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
    ".gitlab-ci.yml": "gitlab-ci.yml",
    ".github/workflows/register.yml": "github-workflow.yml",
    f"{_ACTION}/action.yml": "github-action.yml",
}
_PLACE: Final = re.compile(r"@([a-z]+)@")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is to be said of a new register.

    `heading` is its name as Markdown. `requirement` is what pip installs as orgreg. `action` is what `uses:` names on
    GitHub; without it the action lies in the register itself.
    """

    id: str
    name: str
    heading: str
    land: str | None
    time_zone: str
    day: date
    requirement: str
    action: str | None
    branch: str


def first_files(of: Beginning) -> dict[str, bytes]:
    """The bytes of every file, by its path from the top of the register."""
    says = {
        "id": of.id,
        "city": notation("id", of.id),
        "name": notation("name", of.name),
        "heading": of.heading,
        "land": None if of.land is None else notation("land", of.land),
        "zone": notation("time_zone", of.time_zone),
        "day": of.day.isoformat(),
        "requirement": notation("version", of.requirement),
        "action": notation("uses", of.action or f"./{_ACTION}"),
        "branch": notation("branch", of.branch),
    }
    wanted = {key: name for key, name in _TEXTS.items() if of.action is None or not key.startswith(_ACTION)}
    return {_filled(key, says): _filled(_text(name), says).encode() for key, name in wanted.items()}


def shared(name: str, requirement: str) -> str:
    """One of the texts that other repositories use where it lies: the action or the template for GitLab."""
    return _filled(_text(name), {"requirement": notation("version", requirement)})


def _text(name: str) -> str:
    return resources("orgreg.text").joinpath("new", name).read_text(encoding="utf-8")


def _filled(text: str, says: Mapping[str, str | None]) -> str:
    """The text with everything that is said in its place. A line for what is not said is left out."""
    lines = (line for line in text.splitlines(keepends=True) if not _is_silent(line, says))
    return "".join(_PLACE.sub(lambda found: says[found[1]] or "", line) for line in lines)


def _is_silent(line: str, says: Mapping[str, str | None]) -> bool:
    return any(says[name] is None for name in _PLACE.findall(line))
