"""Registers for tests: a few files over a small base, read and checked as orgreg does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from orgreg.check import check
from orgreg.load import load
from orgreg.model.finding import Severity
from orgreg.review.placing import placed
from orgreg.store import Obstacle, Trouble
from orgreg.text.scan import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgreg.review.placed import Placed
    from orgreg.store import Files

TESTS = Path(__file__).parent
BASE = TESTS / "rules" / "base"
RULES = TESTS / "rules"
READING = TESTS / "reading"


@dataclass(frozen=True)
class Kept:
    """Files that are kept in memory."""

    files: Mapping[str, bytes]

    def keys(self) -> list[str]:
        """Every key, sorted."""
        return sorted(self.files)

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        """The first bytes of a file."""
        return self.files[key][:at_most]


@dataclass(frozen=True)
class Troubled(Kept):
    """Files of which one cannot be read."""

    key: str
    trouble: Trouble

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        """The first bytes of a file, or why there are none."""
        return self.trouble if key == self.key else super().read(key, at_most)


@dataclass(frozen=True)
class Case:
    """One case of a YAML file: a register and what must be found in it."""

    code: str
    sentence: str
    files: Kept
    finds: list[Any]

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


@cache
def base() -> dict[str, bytes]:
    """The files over which those of a case are laid."""
    return {path.relative_to(BASE).as_posix(): path.read_bytes() for path in sorted(BASE.rglob("*.yaml"))}


def over_base(files: Mapping[str, str | bytes | None]) -> Kept:
    """The base with these files; what is None is taken out."""
    merged: dict[str, bytes] = dict(base())
    for path, text in files.items():
        if text is None:
            del merged[path]
        else:
            merged[path] = text.encode() if isinstance(text, str) else text
    return Kept(merged)


def cases(folder: Path) -> Iterator[Case]:
    """The cases of a folder, by file."""
    for path in sorted(folder.glob("*.yaml")):
        for raw in yaml.safe_load(path.read_text("utf-8")):
            files = dict(raw.get("files", {}))
            # Bytes that are no text are written with the escapes of Python.
            escaped = raw.get("bytes", {})
            files |= {
                key: text.encode("latin-1").decode("unicode_escape").encode("latin-1") for key, text in escaped.items()
            }
            yield Case(path.stem, raw["case"], over_base(files), raw["finds"])


_UNIT = "data/units/bs/buero.yaml"


def built() -> dict[str, Kept]:
    """By code, a register with what no case can hold: unreadable, too large, a link, no ordinary file."""
    troubles = {
        "R001": Trouble(Obstacle.UNREADABLE, "permission denied"),
        "R003": Trouble(Obstacle.LINK, "/etc/passwd"),
        "R004": Trouble(Obstacle.SPECIAL, "no ordinary file"),
    }
    files = {**base(), _UNIT: b""}
    large = Kept({**base(), _UNIT: b"#" * (MAX_BYTES + 1)})
    return {"R002": large} | {code: Troubled(files, _UNIT, trouble) for code, trouble in troubles.items()}


def found_in(files: Files) -> list[Placed]:
    """What reading and every rule find, in the order of their places."""
    loaded = load(files)
    return placed([*loaded.findings, *check(loaded.registry)], files)


def told(found: list[Placed], code: str) -> list[Placed]:
    """What a case or page about a code speaks of: every error and warning, and of the many notes its own."""
    return [placed for placed in found if placed.finding.rule.severity is not Severity.NOTE or _code(placed) == code]


def _code(placed: Placed) -> str:
    return placed.finding.rule.code
