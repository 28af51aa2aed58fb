"""Asking git. Nothing but this room starts it, it is never asked to write, and the user's settings change no answer."""

from __future__ import annotations

import os
import re
import subprocess
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta, timezone
from itertools import chain
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
_LOG: Final = (
    *("-c", "log.showRoot=true", "-c", "log.diffMerges=first-parent"),
    *("log", "--first-parent", "-m", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-relative"),
    *("--no-show-signature", "--date=raw", "--format=%H,%cd,%P"),
)
"""What of the user's settings would change its words is set. To look for renames takes bytes that may be left out."""
_ORDINARY: Final = frozenset({"100644", "100755", "100664"})
_REGISTRIES: Final = ":(top,glob)**/data/registry.yaml"


class NoRepository(Missing):
    """The folder lies in no repository at all; one that git does not read is something else."""


class Leaf(NamedTuple):
    """A file of a tree: its mode and the name of its object as git writes them, and its path from the top."""

    mode: str
    name: str
    path: str


class _Object(NamedTuple):
    name: str
    kind: bytes
    data: bytes


class Step(NamedTuple):
    """A commit of a line and the files in which it differs from its first parent.

    `time` is the committer's: seconds, and the offset as git writes it. `parents` are those that git has here. A file
    is its path from the top with what lay there before and after: the name of an object, before a colon its mode where
    it is no ordinary file; None for nothing.
    """

    name: str
    time: tuple[int, str]
    parents: tuple[str, ...]
    files: list[tuple[bytes, str | None, str | None]]


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
            raise _no_repository(folder, told.stderr)
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

    def unborn(self) -> str | None:
        """The branch that is checked out, where no commit has been made on it yet."""
        told = self.run("symbolic-ref", "--quiet", "HEAD")
        branch = os.fsdecode(told.stdout).strip()
        if not branch or self.run("show-ref", "--verify", "--quiet", branch).returncode == 0:
            return None
        return branch.removeprefix("refs/heads/")

    def recorded(self, name: str) -> Recorded | None:
        """The commit of that name, or to which the tag of that name leads."""
        (found,) = self._objects([f"{name}^{{commit}}"], _CHUNK)
        return None if found is None else Recorded(found.name, _recorded_at(found.data))

    def line(self) -> Generator[tuple[int, str]]:
        """When it was committed, and its name, for each commit of the first-parent line from HEAD back."""
        yield from self._walked("rev-list", "--first-parent", "--timestamp", "HEAD", "--")

    def steps(self, tip: str, *, alone: bool = False) -> Generator[Step]:
        """Each commit of the first-parent line from the tip back, or that alone, with what it brought to it."""
        with self.started(*_LOG, *(["--max-count=1"] if alone else []), tip, "--", fetching=True) as process:
            try:
                yield from _steps(_pieces(cast("IO[bytes]", process.stdout)))
                ended = process.wait()
            finally:
                process.kill()
        if ended != 0:
            raise Missing(
                f"git cannot go through the history of {self.folder} from {tip[:7]} back: "
                "git log and git fsck say more."
            )

    def began(self) -> str | None:
        """The commit of that line that brought the first data/registry.yaml, wherever it lay."""
        here = f":(top,literal){self.prefix}registry.yaml"
        walked = self._walked("rev-list", "--first-parent", "--timestamp", "HEAD", "--", _REGISTRIES, here)
        try:
            return [name for _, name in walked][-1]
        except (IndexError, Missing):
            return None

    def merge_bases(self, one: str, other: str) -> list[str]:
        """The best commits from which both have come: one as a rule, several after crosswise merges, or none."""
        told = self.run("merge-base", "--all", one, other)
        if told.returncode not in {0, 1}:
            said = _words(told.stderr)
            raise Missing(f"git cannot tell where {one[:7]} and {other[:7]} parted: {said}. Try git fsck.")
        return told.stdout.decode("ascii").split()

    def lacks_between(self, base: str, *tips: str) -> bool:
        """Whether a shallow clone has cut off something between a commit and what came from it."""
        if not self.is_shallow:
            return False
        path = os.fsdecode(self.run("rev-parse", "--git-path", "shallow").stdout.removesuffix(b"\n"))
        cut = set((self.folder / path).read_text("ascii").split())
        between = self.run("rev-list", *tips, f"^{base}", "--").stdout.decode("ascii").split()
        return not cut.isdisjoint(between)

    def is_cut_off(self, name: str) -> bool:
        """Whether the commit has a parent which a shallow clone does not have."""
        (found,) = self._objects([name], _CHUNK) if self.is_shallow else (None,)
        return found is not None and b"\nparent " in _head(found.data)

    def names_like(self, word: str) -> list[str]:
        """The branches and tags that are called so, in full."""
        names = [f"refs/heads/{word}", f"refs/tags/{word}"]
        listed = os.fsdecode(self.run("for-each-ref", "--format=%(refname)", *names).stdout).splitlines()
        return [name for name in names if name in listed]

    def newer(self, tip: str, than: str) -> int:
        """How many commits of the first-parent line from the tip back are not reached from another commit."""
        told = self.run("rev-list", "--first-parent", "--count", tip, f"^{than}", "--")
        if told.returncode != 0:
            raise Missing(f"git cannot compare {tip[:7]} with {than[:7]}: {_words(told.stderr)}. Try git fsck.")
        return int(told.stdout)

    def written_by(self, merge: str) -> tuple[str, ...]:
        """The authors of what a merge brought to its first parent, each once, the newest first."""
        told = self.run("log", "--no-show-signature", "--no-merges", "--format=%an", merge, f"^{merge}^1", "--")
        return tuple(dict.fromkeys(told.stdout.decode("utf-8", errors="replace").splitlines()))

    def reader(self) -> Reader:
        """Objects one by one: for who learns from one which is needed next."""
        return Reader(self)

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
        with self.started("cat-file", "--batch", "--buffer") as process:
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
        with self.started(*arguments) as process:
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
    def started(self, *arguments: str, fetching: bool = False) -> Iterator[subprocess.Popen[bytes]]:
        """Start git, to be talked to while it runs. It fetches nothing, unless that is said."""
        with subprocess.Popen(
            ["git", *_SETTINGS, *arguments],
            cwd=self.folder,
            env=_surroundings() | ({} if fetching else {"GIT_NO_LAZY_FETCH": "1"}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=_CHUNK,
        ) as process:
            yield process


class Reader:
    """Objects by name, asked of one process that stays until it is closed."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._staying = ExitStack()
        self._process: subprocess.Popen[bytes] | None = None

    def get(self, name: str, at_most: int) -> bytes | None:
        """The first bytes of an object, or None where git does not have it; nothing is fetched."""
        if self._process is None:
            self._process = self._staying.enter_context(self._repository.started("cat-file", "--batch"))
            self._staying.callback(self._process.kill)
        requests, answers = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        with suppress(OSError):
            requests.write(f"{name}\n".encode("ascii"))
            requests.flush()
            told = answers.readline()
            if told:
                found = _answered(told, answers, at_most)
                return None if found is None else found.data
        # Of what a partial clone has left out, some versions of git say that it is missing, and others end.
        self.close()
        return None

    def close(self) -> None:
        """End the process."""
        with suppress(OSError):
            self._staying.close()
        self._process = None


def _pieces(answers: IO[bytes]) -> Iterator[list[bytes]]:
    rest = b""
    while block := answers.read(_CHUNK):
        *whole, rest = (rest + block).split(b"\0")
        yield whole


def _steps(pieces: Iterator[list[bytes]]) -> Iterator[Step]:
    step: Step | None = None
    lying: tuple[str | None, str | None] | None = None
    for piece in chain.from_iterable(pieces):
        if lying is not None:  # behind what lay there and lies there stands the path
            if step is not None:
                step.files.append((piece, *lying))
            lying = None
        elif piece[:1] == b":" or piece[:2] == b"\n:":
            was, mode, before, after, _ = piece.decode("ascii").lstrip("\n:").split(" ")
            lying = as_lies(was, before), as_lies(mode, after)
        else:
            if step is not None:
                yield step
            name, time, parents = piece.decode("ascii").split(",")
            second, _, offset = time.partition(" ")
            # A time that is none is read as git reads it: 1970.
            at = (min(int(second), _LATEST), offset) if second.isdecimal() else (0, "+0000")
            step = Step(name, at, tuple(parents.split()), [])
    if step is not None:
        yield step


def as_lies(mode: str, name: str) -> str | None:
    """What lies somewhere by its mode: the name of an object, of what is no ordinary file behind its mode, or None."""
    return name if mode in _ORDINARY else None if mode == "000000" else f"{mode}:{name}"


def _ask(requests: IO[bytes], names: Iterable[str]) -> None:
    with suppress(OSError), requests:  # whoever answers may have gone
        for name in names:
            requests.write(f"{name}\n".encode("ascii"))


def _answer(answers: IO[bytes], at_most: int) -> _Object | None:
    return _answered(answers.readline(), answers, at_most)


def _answered(heading: bytes, answers: IO[bytes], at_most: int) -> _Object | None:
    told = heading.split()
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


def _no_repository(folder: Path, said: bytes) -> Missing:
    words = _words(said)
    if owned := _OWNER.search(words):
        return Missing(
            f"git does not read the repository at {owned[1]}, since it belongs to another user. "
            f"If you trust it: git config --global --add safe.directory {owned[1]}"
        )
    nowhere = words.startswith("not a git repository")
    if nowhere:
        words = "it lies in no git repository"
    kind = NoRepository if nowhere else Missing
    return kind(f"{folder} has no history: {words}. Only what the working tree says can be asked for, without --as-of.")
