"""The files as a revision of git holds them: the same keys and the same bytes as in a clean working tree."""

from __future__ import annotations

import os
import subprocess
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from orgreg.store import Missing, Obstacle, Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_DATA: Final = "data"
_LINK: Final = "120000"
_SUBMODULE: Final = "160000"
_TOGETHER: Final = 1_100_000
"""Files up to this size are read in one go; a larger one is read alone, and only as far as asked for."""

_ASIDE: Final = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"})
"""What a hook sets: it would make git look in another repository than the one in which the register lies."""


class _Blob(NamedTuple):
    mode: str
    name: str
    size: int


class Revision:
    """The register's files at a commit. The register may be a folder of the repository."""

    def __init__(self, root: Path, revision: str) -> None:
        self.root = root
        self.commit = self._commit(revision)

    def keys(self) -> list[str]:
        """Every key below `data/`, sorted; hidden files are left out, links are listed as they are."""
        return sorted(self._blobs)

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        """The first bytes of the key's file, or why there are none."""
        blob = self._blobs.get(key)
        if blob is None:
            return Trouble(Obstacle.UNREADABLE, "no such file or directory")
        if blob.mode == _SUBMODULE:
            return Trouble(Obstacle.SPECIAL, "a submodule, another repository's folder")
        data = self._contents.get(blob.name) if blob.size <= _TOGETHER else self._alone(blob.name, at_most)
        if data is None:
            return Trouble(Obstacle.UNREADABLE, f"git does not have its bytes, the object {blob.name[:12]}")
        if blob.mode == _LINK:
            return Trouble(Obstacle.LINK, os.fsdecode(data))
        return data[:at_most]

    def _commit(self, revision: str) -> str:
        self._require_repository()
        if revision.startswith("-") or "\0" in revision:
            raise Missing(_no_revision(revision))
        found = self._git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        if found.returncode == 0:
            return found.stdout.decode("ascii").strip()
        shallow = self._git("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
        hint = " The clone is shallow and knows only the newest commits: git fetch --unshallow." if shallow else ""
        raise Missing(_no_revision(revision) + hint)

    def _require_repository(self) -> None:
        found = self._git("rev-parse", "--is-inside-work-tree")
        if found.returncode == 0 and found.stdout.strip() == b"true":
            return
        words = _words(found.stderr)
        if not words or words.startswith("not a git repository"):
            words = "it lies in no git repository"
        raise Missing(
            f"the register in {self.root} has no history: {words}. Only what the working tree says can be asked for."
        )

    def _git(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                ["git", *arguments], cwd=self.root, env=_surroundings(), input=given, capture_output=True, check=False
            )
        except FileNotFoundError:
            raise Missing(
                "git is not installed, and what the register said before is asked of it. Install git."
            ) from None

    @cached_property
    def _blobs(self) -> Mapping[str, _Blob]:
        listed = self._git("ls-tree", "-r", "-l", "-z", self.commit, "--", _DATA)
        if listed.returncode != 0:
            raise Missing(f"git cannot list the files of {self.commit[:12]}: {_words(listed.stderr)}. Try git fsck.")
        blobs: dict[str, _Blob] = {}
        for line in listed.stdout.split(b"\0")[:-1]:
            described, _, path = line.partition(b"\t")
            mode, _, name, size = described.decode("ascii").split()
            key = os.fsdecode(path)
            if not any(part.startswith(".") for part in key.split("/")):
                blobs[key] = _Blob(mode, name, int(size) if size.isdecimal() else 0)
        return blobs

    @cached_property
    def _contents(self) -> Mapping[str, bytes]:
        """The bytes of every blob that is not too large, by its name."""
        wanted = {
            blob.name: None for blob in self._blobs.values() if blob.mode != _SUBMODULE and blob.size <= _TOGETHER
        }
        answer = self._git("cat-file", "--batch", given="".join(f"{name}\n" for name in wanted).encode("ascii")).stdout
        return _answered(answer, list(wanted))

    def _alone(self, name: str, at_most: int) -> bytes:
        with subprocess.Popen(
            ["git", "cat-file", "blob", name], cwd=self.root, env=_surroundings(), stdout=subprocess.PIPE
        ) as process:
            data = b"" if process.stdout is None else process.stdout.read(at_most)
            process.kill()  # it need not say the rest
        return data


def _answered(answer: bytes, wanted: Sequence[str]) -> dict[str, bytes]:
    """What `cat-file --batch` said: for each name a line with the size and the bytes, or a line that it is missing."""
    contents: dict[str, bytes] = {}
    start = 0
    for name in wanted:
        end = answer.index(b"\n", start)
        told = answer[start:end].split()
        start = end + 1
        if told[1:2] == [b"blob"]:
            size = int(told[2])
            contents[name] = answer[start : start + size]
            start += size + 1
    return contents


def _surroundings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _ASIDE} | {"LC_ALL": "C"}


def _words(said: bytes) -> str:
    return said.decode("utf-8", errors="replace").strip().partition("\n")[0].removeprefix("fatal: ")


def _no_revision(revision: str) -> str:
    return f"git knows no revision {revision!r} here. Name a commit, a branch or a tag; git log shows the commits."
