"""The git history of a made-up register, commit by commit as a city office would have made it, through git fast-import.

Every commit is a register without errors, the last one the register that `generate.write` writes. Where there are
more steps than commits, the first commit enters what was known until then. Where there are more commits than steps,
files are compared with the papers again and again, as their `note` tells, or only written differently.

Most commits touch one file. A plan of the whole administration touches every unit of a city, and once all files are
brought into house style. A renamed file takes along those that name it. Some work is done on branches and merged.
"""

from __future__ import annotations

import gc
import random
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import IO, TYPE_CHECKING, Final

from benchmarks import generate
from benchmarks.city import words

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.city.desk import Step
    from benchmarks.city.pages import File

_MERGES: Final = 0.06
"""The share of commits that merge a branch of one to three."""
_REFORMATTED: Final = 0.15
"""The share of those commits beyond the steps that only write a file differently."""


def write(root: Path, commits: int, units: int = 1000, seed: int = 1, each: int = generate.UNITS_IN_A_FOLDER) -> None:
    """Make `root` a repository with so many commits in all, packed, its last state checked out.

    Raises:
        ValueError: fewer than ten commits, or no codes for so many units.
        subprocess.CalledProcessError: git fails.
    """
    if commits < _FEWEST:
        raise ValueError(f"a history has at least {_FEWEST} commits here")
    root.mkdir(parents=True, exist_ok=True)
    _git(root, "init", "--quiet", "--initial-branch=main")
    with subprocess.Popen(
        ("git", "fast-import", "--quiet", "--date-format=raw"), cwd=root, stdin=subprocess.PIPE
    ) as importing:
        if importing.stdin is not None:
            history = _History(importing.stdin, units, seed, each)
            history.tell(commits)
            importing.stdin.close()
    if importing.returncode:
        raise subprocess.CalledProcessError(importing.returncode, "git fast-import")
    _git(root, "gc", "--quiet")
    _git(root, "reset", "--quiet", "--hard")


_FEWEST: Final = 10


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(("git", *arguments), cwd=root, check=True)


@dataclass(frozen=True, slots=True)
class _Told:
    """What one commit says and changes: texts by path, and paths that are no more."""

    message: str
    texts: dict[str, str]
    gone: tuple[str, ...]
    cities: frozenset[str]


class _History:
    """Writes the stream that git fast-import reads."""

    def __init__(self, stream: IO[bytes], units: int, seed: int, each: int) -> None:
        self.stream = stream
        self.size = (units, seed, each)
        self.chance = random.Random(seed)  # noqa: S311  (repeatable on purpose)
        self.steps = generate.steps(*self.size)
        self.files: list[File] = []
        self.known: set[File] = set()
        self.loose = True
        self.altered: dict[File, bool] = {}  # with a note for now, or written differently (True)
        self.to_alter = 0
        self.clock = 0
        self.head = 0
        self.marks = 0

    def tell(self, commits: int) -> None:
        """All commits, in order."""
        known = sum(1 for _ in generate.steps(*self.size))
        gc.collect()  # a whole register, where nobody else collects
        plan = self._plan(commits)
        places = plan.count("step")
        at_once = max(known - places, min(known, _AT_ONCE))
        self._first(at_once)
        kinds = self._spread(plan, known - at_once)
        self.to_alter = kinds.count("alter")
        starts = {place - int(kind.removeprefix("merge ")): place for place, kind in enumerate(kinds) if kind[0] == "m"}
        place = 1
        while place < commits:
            if place in starts:
                self._branched(kinds[place : starts[place]])
                place = starts[place] + 1
                continue
            if kinds[place] == "style":
                self._style()
            else:
                self._commit("main", self._told(kinds[place]))
            place += 1
        self.stream.write(b"reset refs/heads/topic\nfrom %b\n" % (b"0" * 40))  # the branch goes once it is merged

    def _plan(self, commits: int) -> list[str]:
        """What each commit is: the first, a step, all files in house style, or the merge of some before it."""
        style = commits * 2 // 5
        plan = ["first"]
        while len(plan) < commits:
            branch = self.chance.choice((1, 2, 2, 3)) if self.chance.random() < _MERGES else 0
            reach = range(len(plan), len(plan) + branch + 1)
            if len(plan) == style:
                plan.append("style")
            elif branch and style not in reach and reach.stop <= commits:
                plan += [*["step"] * branch, f"merge {branch}"]
            else:
                plan.append("step")
        return plan

    def _spread(self, plan: list[str], steps: int) -> list[str]:
        """The plan with so many steps in it, evenly; what is left over alters how a file is written."""
        places = plan.count("step")
        kinds: list[str] = []
        for kind in plan:
            if kind == "step":
                taken = self.chance.random() * places < steps
                steps -= taken
                places -= 1
                kinds.append("step" if taken else "alter")
            else:
                kinds.append(kind)
        return kinds

    # ----------------------------------------------------------------------------------------------------- what is said

    def _first(self, steps: int) -> None:
        texts = {generate.REGISTRY: generate.registry(generate.municipalities(self.size[0], self.size[2]))}
        for step in islice(self.steps, steps):
            self._learn(step)
        texts |= {file.path: self._text(file) for file in self.files}
        self._commit("main", _Told("Begin the register", texts, (), frozenset()))

    def _learn(self, step: Step) -> None:
        self.clock = max(self.clock + 1, step.time)
        fresh = [file for file in dict.fromkeys(step.files) if file not in self.known]
        self.files += fresh
        self.known.update(fresh)

    def _told(self, kind: str) -> _Told:
        if kind == "alter":
            return self._alter()
        step = next(self.steps)
        self._learn(step)
        texts = {file.path: self._text(file) for file in step.files}
        return _Told(step.message, texts, step.gone, frozenset(_city(file) for file in step.files))

    def _text(self, file: File) -> str:
        return file.text(loose=self.loose or self.altered.get(file, False))

    def _alter(self) -> _Told:
        """A file gets a note, or is written differently, or is put right again; with the last of these all are."""
        self.clock += self.chance.randrange(1, 600)
        self.to_alter -= 1
        many = len(self.altered)
        if self.to_alter < many:
            return self._put_right(next(iter(self.altered)))
        if many and (self.to_alter == many or self.chance.random() * _OPEN < many):
            return self._again(self.chance.choice(list(self.altered)))
        if self.to_alter == 0:
            return _Told("Nothing to put right", {}, (), frozenset())
        file = self.chance.choice(self.files)
        if file in self.altered:
            return self._again(file)
        if not self.loose and file.parts and self.chance.random() < _REFORMATTED:
            self.altered[file] = True
            return self._of(f"Write {file.slug} closer", file)
        return self._noted(file)

    def _again(self, file: File) -> _Told:
        if self.altered[file] or self.chance.random() < 1 / 2:
            return self._put_right(file)
        return self._noted(file)

    def _put_right(self, file: File) -> _Told:
        differently = self.altered.pop(file)
        file.note = ""
        return self._of(f"Bring {file.slug} into house style" if differently else f"{file.slug} agrees", file)

    def _noted(self, file: File) -> _Told:
        self.altered[file] = False
        day = datetime.fromtimestamp(self.clock, UTC).date()
        file.note = f"to be compared with the plan of {day}, page {self.chance.randrange(1, 1000)}"
        return self._of(f"{file.slug} is to be compared", file)

    def _of(self, message: str, file: File) -> _Told:
        return _Told(message, {file.path: self._text(file)}, (), frozenset({_city(file)}))

    def _style(self) -> None:
        self.loose = False
        self.clock += 600
        texts = {file.path: self._text(file) for file in self.files}
        self._commit("main", _Told("Bring all files into house style", texts, (), frozenset()))

    # --------------------------------------------------------------------------------------------------- how it is told

    def _branched(self, kinds: list[str]) -> None:
        """Commits of a branch and its merge. Other cities go on beside it; none does both, so nothing conflicts."""
        before, cities, gone_on = self.head, frozenset[str](), frozenset[str]()
        branch, texts, gone = 0, dict[str, str](), dict[str, None]()
        for kind in kinds:
            told = self._told(kind)
            beside = told.cities.isdisjoint(cities) and self.chance.random() < 1 / 2
            if branch and (beside or not told.cities.isdisjoint(gone_on)):
                self._commit("main", told)
                gone_on |= told.cities
                continue
            branch = self._commit("topic", told, after=0 if branch else before)
            cities |= told.cities
            texts |= told.texts
            gone |= dict.fromkeys(told.gone)
        self.clock += 3600
        merged = {path: text for path, text in texts.items() if path not in gone}
        self._commit("main", _Told("Merge branch topic", merged, tuple(gone), cities), merged=branch)

    def _commit(self, branch: str, told: _Told, *, after: int = 0, merged: int = 0) -> int:
        """Write a commit; it follows the branch's last one, or what it is to come after."""
        self.marks += 1
        self.clock += 1
        name = words.FIRST_NAMES[self.chance.randrange(5)]
        who = f"{name} Amt <{name.lower()}@example.org> {self.clock} +0100"
        message = told.message.encode()
        lines = [f"commit refs/heads/{branch}\nmark :{self.marks}\nauthor {who}\ncommitter {who}\n".encode()]
        lines.append(b"data %d\n%b\n" % (len(message), message))
        if after:
            lines.append(b"from :%d\n" % after)
        if merged:
            lines.append(b"merge :%d\n" % merged)
        lines += [f"D {path}\n".encode() for path in told.gone]
        for path, text in told.texts.items():
            content = text.encode()
            lines.append(b"M 100644 inline %b\ndata %d\n%b\n" % (path.encode(), len(content), content))
        self.stream.writelines(lines)
        if branch == "main":
            self.head = self.marks
        return self.marks


def _city(file: File) -> str:
    return file.folder.partition("/")[2]


_AT_ONCE: Final = 20
"""The steps that the first commit enters at least."""
_OPEN: Final = 60
"""About so many files have a note for now."""
