"""Asking git. Nothing but this room starts it, it is never asked to write, and the user's settings change no answer."""

from __future__ import annotations

import os
import re
import subprocess
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta, timezone
from threading import Thread
from typing import IO, TYPE_CHECKING, Final, NamedTuple, cast

from orgreg.store import Missing, Recorded

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
    from pathlib import Path

_ASIDE: Final = frozenset({
    # What a hook sets: it would make git look in another repository than the one in which the register lies.
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_IMPLICIT_WORK_TREE"),
    # What would make paths mean something else.
    *("GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"),
})  # fmt: skip
_SURE: Final = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
"""Messages as they are matched here; no lock for an answer; no question to somebody who asked one."""

_SETTINGS: Final = (
    "--no-pager",
    *("-c", "core.quotePath=off"),
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.disambiguate=committish"),
    *("-c", "core.warnAmbiguousRefs=false"),
    *("-c", "gc.auto=0"),
    *("-c", "maintenance.auto=false"),
)
_CHUNK: Final = 1 << 20
_LATEST: Final = 253_370_764_800
"""The beginning of the year 9999: a later time is not a date of Python in every zone."""

_COMMITTER: Final = re.compile(rb"^committer .*> (\d{1,18}) ([+-])(\d\d)(\d\d)$", re.MULTILINE)
_OWNER: Final = re.compile(r"detected dubious ownership in repository at '(.*)'")
_REGISTRIES: Final = ":(top,glob)**/data/registry.yaml"


class Leaf(NamedTuple):
    """A file of a tree: its mode and the name of its object as git writes them, and its path from the top."""

    mode: str
    name: str
    path: str


class _Object(NamedTuple):
    name: str
    kind: bytes
    data: bytes


class Contents(NamedTuple):
    """The bytes of objects by name; of what is missing, git's words about why."""

    found: Mapping[str, bytes]
    trouble: str


class Repository:
    """The repository that a folder belongs to. `prefix` is the folder's path in it, with `/` at the end, or empty."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        told = self.run("rev-parse", "--is-bare-repository", "--is-shallow-repository", "--show-prefix")
        if told.returncode != 0:
            raise Missing(_no_repository(folder, told.stderr))
        bare, shallow, prefix = told.stdout.split(b"\n", 2)
        self.is_bare = bare == b"true"
        self.is_shallow = shallow == b"true"
        self.prefix = os.fsdecode(prefix.removesuffix(b"\n"))

    def commit(self, revision: str) -> Recorded | None:
        """The commit that a revision is or leads to, in any spelling that git understands."""
        if not revision or revision.startswith("-") or "\0" in revision:
            return None
        found = self.run("rev-parse", "--verify", "--quiet", "--end-of-options", revision)
        name = found.stdout.decode("ascii", errors="replace").strip()
        # Peeled here and not behind the word: `:/text^{commit}` would look for another text.
        return self.recorded(name) if found.returncode == 0 and name.isalnum() else None

    def recorded(self, name: str) -> Recorded | None:
        """The commit of that name, or to which the tag of that name leads."""
        (found,) = self._objects([f"{name}^{{commit}}"], _CHUNK)
        return None if found is None else Recorded(found.name, _recorded_at(found.data))

    def line(self) -> Generator[tuple[int, str]]:
        """When it was committed, and its name, for each commit of the first-parent line from HEAD back."""
        yield from self._walked("rev-list", "--first-parent", "--timestamp", "HEAD", "--")

    def began(self) -> str | None:
        """The commit of that line that brought the first data/registry.yaml, wherever it lay."""
        here = f":(top,literal){self.prefix}registry.yaml"
        walked = self._walked("rev-list", "--first-parent", "--timestamp", "HEAD", "--", _REGISTRIES, here)
        try:
            return [name for _, name in walked][-1]
        except (IndexError, Missing):
            return None

    def is_cut_off(self, name: str) -> bool:
        """Whether the commit has a parent which a shallow clone does not have."""
        (found,) = self._objects([name], _CHUNK) if self.is_shallow else (None,)
        return found is not None and b"\nparent " in _head(found.data)

    def names_like(self, word: str) -> list[str]:
        """The branches and tags that are called so, in full."""
        names = [f"refs/heads/{word}", f"refs/tags/{word}"]
        listed = os.fsdecode(self.run("for-each-ref", "--format=%(refname)", *names).stdout).splitlines()
        return [name for name in names if name in listed]

    def tree(self, commit: str, path: str = "") -> list[Leaf]:
        """Every file of a commit, or only those at or below a path."""
        below = [path.removesuffix("/")] if path else []
        listed = self.run("--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree", commit, "--", *below)
        if listed.returncode != 0:
            raise Missing(f"git cannot list the files of {commit[:12]}: {_words(listed.stderr)}. Try git fsck.")
        return [_leaf(line) for line in listed.stdout.split(b"\0")[:-1]]

    def contents(self, names: Collection[str], at_most: int) -> Contents:
        """The first bytes of each object. What a partial clone has left out is fetched, in one go."""
        found = self._found(names, at_most)
        lost = [name for name in names if name not in found]
        if not lost:
            return Contents(found, "")
        # To pack them git fetches all that are not there together; cat-file would fetch them one by one.
        told = self.run("pack-objects", "-q", "--stdout", given="".join(f"{name}\n" for name in lost).encode("ascii"))
        return Contents(found | self._found(lost, at_most), _words(told.stderr))

    def _found(self, names: Collection[str], at_most: int) -> dict[str, bytes]:
        return {one.name: one.data for one in self._objects(names, at_most) if one is not None}

    def _objects(self, names: Collection[str], at_most: int) -> Iterator[_Object | None]:
        """Each object, or None where git does not have it; nothing is fetched. Read while the names are written."""
        with self._started("cat-file", "--batch", "--buffer") as process:
            requests, answers = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
            writer = Thread(target=_ask, args=(requests, names), daemon=True)
            writer.start()
            try:
                for _ in names:
                    yield _answer(answers, at_most)
            finally:
                process.kill()
                writer.join()

    def _walked(self, *arguments: str) -> Iterator[tuple[int, str]]:
        with self._started(*arguments) as process:
            try:
                for line in cast("IO[bytes]", process.stdout):
                    when, _, name = line.decode("ascii").strip().partition(" ")
                    yield int(when), name
                ended = process.wait()
            finally:
                process.kill()
        if ended != 0:
            raise Missing(
                f"git cannot go through the history of {self.folder}: HEAD leads to no commit, or one is missing. "
                "git log and git fsck say more."
            )

    def run(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run git to its end. What it makes of something given is not kept."""
        with has_git(self.folder):
            return subprocess.run(
                ["git", *_SETTINGS, *arguments],
                cwd=self.folder,
                env=_surroundings(),
                input=given,
                stdout=subprocess.DEVNULL if given else subprocess.PIPE,
                stderr=subprocess.PIPE,
                check=False,
            )

    @contextmanager
    def _started(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        with subprocess.Popen(
            ["git", *_SETTINGS, *arguments],
            cwd=self.folder,
            env=_surroundings() | {"GIT_NO_LAZY_FETCH": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            yield process


def _ask(requests: IO[bytes], names: Iterable[str]) -> None:
    with suppress(OSError), requests:  # whoever answers may have gone
        for name in names:
            requests.write(f"{name}\n".encode("ascii"))


def _answer(answers: IO[bytes], at_most: int) -> _Object | None:
    told = answers.readline().split()
    if len(told) != 3:  # noqa: PLR2004 - name, kind, size; else it is missing, or git has gone
        return None
    size = int(told[2])
    data = answers.read(min(size, at_most))
    left = size - len(data) + 1  # the line end
    while left and (passed := answers.read(min(left, _CHUNK))):
        left -= len(passed)
    return None if left else _Object(told[0].decode("ascii"), told[1], data)


def _leaf(line: bytes) -> Leaf:
    described, _, path = line.partition(b"\t")
    mode, _, name = described.decode("ascii").split()
    return Leaf(mode, name, os.fsdecode(path))


def _head(commit: bytes) -> bytes:
    return commit.partition(b"\n\n")[0]


def _recorded_at(commit: bytes) -> datetime:
    """The committer's time. One that is no time is read as git reads it: 1970."""
    found = _COMMITTER.search(_head(commit))
    if found is None:
        return datetime.fromtimestamp(0, UTC)
    ahead = timedelta(hours=int(found[3]), minutes=int(found[4]))
    zone = timezone(ahead if found[2] == b"+" else -ahead) if ahead < timedelta(days=1) else UTC
    return datetime.fromtimestamp(0, zone) + timedelta(seconds=min(int(found[1]), _LATEST))


@contextmanager
def has_git(folder: Path) -> Iterator[None]:
    """Say in a sentence why git cannot be started."""
    try:
        yield
    except FileNotFoundError:
        raise Missing("git is not installed, and what the register said before is asked of it. Install git.") from None
    except OSError as error:
        raise Missing(f"git cannot be asked in {folder}: {(error.strerror or str(error)).lower()}.") from None


def of_the_user() -> dict[str, str]:
    """The user's environment, less what would make git look into another repository or take paths for patterns."""
    return {name: value for name, value in os.environ.items() if name not in _ASIDE}


def _surroundings() -> dict[str, str]:
    return of_the_user() | _SURE


def _words(said: bytes) -> str:
    lines = said.decode("utf-8", errors="replace").strip().splitlines()
    grave = [line for line in lines if line.startswith(("fatal: ", "error: "))] or lines
    return grave[0].removeprefix("fatal: ").removeprefix("error: ") if grave else "it does not say why"


def _no_repository(folder: Path, said: bytes) -> str:
    words = _words(said)
    if owned := _OWNER.search(words):
        return (
            f"git does not read the repository at {owned[1]}, since it belongs to another user. "
            f"If you trust it: git config --global --add safe.directory {owned[1]}"
        )
    if words.startswith("not a git repository"):
        words = "it lies in no git repository"
    return f"{folder} has no history: {words}. Only what the working tree says can be asked for, without --as-of."
