"""Repositories for tests, built commit by commit with fixed dates: the same names of commits in every run.

history = Repository.begin(tmp_path / "register")
first = history.commit({"data/registry.yaml": "format: 1\n…"}, "Begin", "2024-03-01T09:00:00+01:00")
history.branch("report")
history.commit({"data/units/bs/rat.yaml": "…", "data/units/bs/old.yaml": None}, "Enter", "2024-04-09T10:00:00+02:00")
history.branch("main")
history.merge("report", "Merge the report", "2024-04-10T10:00:00+02:00")
"""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.commands import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

AUTHOR = "Ada Amt <ada@example.org>"


@dataclass(frozen=True)
class Repository:
    """A repository of git: every command that writes says the day, and who."""

    folder: Path

    @classmethod
    def begin(cls, folder: Path, *options: str) -> Repository:
        """An empty repository, on the branch main."""
        folder.mkdir(parents=True, exist_ok=True)
        made = cls(folder)
        made.git("init", "--quiet", "--initial-branch=main", *options)
        return made

    def git(self, *arguments: str, date: str | None = None, author: str = AUTHOR) -> str:
        """Run git, with the day as author's and committer's, and give back what it says."""
        name, _, mail = author.removesuffix(">").partition(" <")
        said = {f"GIT_{who}_{what}": told for who in ("AUTHOR", "COMMITTER") for what, told in _who(name, mail, date)}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={**os.environ, **said},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def commit(self, files: Mapping[str, str | bytes | None], message: str, date: str, author: str = AUTHOR) -> str:
        """Write these files, remove those that are None, commit all, and give back the commit's name."""
        for key, content in files.items():
            if content is None:
                (self.folder / key).unlink()
        write(self.folder, {key: content for key, content in files.items() if content is not None})
        return self.record(message, date, author)

    def rename(self, old: str, new: str, message: str, date: str, author: str = AUTHOR) -> str:
        """Rename a file or a folder, and commit that."""
        (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / old).rename(self.folder / new)
        return self.record(message, date, author)

    def record(self, message: str, date: str, author: str = AUTHOR) -> str:
        """Commit what lies there."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message, date=date, author=author)
        return self.head()

    def branch(self, name: str) -> None:
        """Go on at a branch: a new one begins where one stands."""
        known = self.git("branch", "--list", name)
        self.git("checkout", "--quiet", *([] if known else ["-b"]), name)

    def merge(self, branch: str, message: str, date: str, author: str = AUTHOR) -> str:
        """Merge a branch with a commit of its own."""
        self.git("merge", "--quiet", "--no-ff", "--message", message, branch, date=date, author=author)
        return self.head()

    def clone(self, folder: Path, *options: str) -> Repository:
        """A clone, made as over a network."""
        self.git("clone", "--quiet", *options, f"file://{self.folder}", str(folder))
        return Repository(folder)

    def head(self) -> str:
        """The name of the commit on which one stands."""
        return self.git("rev-parse", "HEAD")


def _who(name: str, mail: str, date: str | None) -> list[tuple[str, str]]:
    told = [("NAME", name), ("EMAIL", mail)]
    return told if date is None else [*told, ("DATE", date)]


@contextmanager
def counted(folder: Path) -> Iterator[Path]:
    """Write down the command of every git that is started meanwhile, one a line, into the file that is given."""
    log, program, before = folder / "counted", folder / "counting/git", os.environ["PATH"]
    log.touch()
    # The first word that is neither an option nor the value of -c is the command.
    write(
        folder,
        {
            "counting/git": f"#!/bin/sh\nPATH='{before}'\n"
            'for word do case "$last$word" in -*) ;; *)'
            f" echo \"$word\" >> '{log}'; break;; esac; "
            'case "$word" in -c) last=-c;; *) last=;; esac; done\n'
            'exec git "$@"\n'
        },
    )
    program.chmod(0o755)
    os.environ["PATH"] = f"{program.parent}:{before}"
    try:
        yield log
    finally:
        os.environ["PATH"] = before
