"""Beginning a register where none is: its first files written, none over another, and recorded by the first commit."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from orgreg.store import Missing
from orgreg.store.git import NoRepository, Repository, has_git, of_the_user
from orgreg.store.journal import HOME, words
from orgreg.store.publishing import put
from orgreg.store.recording import ready, record
from orgreg.store.working_tree import DATA, REGISTRY, has_begun

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from orgreg.store import Trouble

_BRANCH: Final = "main"


class Drafted:
    """Files of a register that are not written yet."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def keys(self) -> list[str]:
        """Every key below `data/`, sorted."""
        return sorted(key for key in self.files if key.startswith(f"{DATA}/"))

    def read(self, key: str, at_most: int) -> bytes | Trouble:
        """The first bytes of a file."""
        return self.files[key][:at_most]


def in_the_way(root: Path, keys: Sequence[str]) -> list[str]:
    """What lies where these files shall lie, or where a folder of theirs shall: a file, a link, a filled `data/`."""
    with _telling(root):
        return sorted({found for key in keys if (found := _in_the_way(root, key)) is not None})


def branch_at(root: Path) -> str:
    """The branch that the first commit would go to; `main` where no repository is."""
    with suppress(Missing):
        told = _repository(root).run("symbolic-ref", "--short", "HEAD") if root.is_dir() else None
        if told is not None and told.returncode == 0:
            return os.fsdecode(told.stdout).strip()
    return _BRANCH


def begin(root: Path, files: Mapping[str, bytes], subject: str | None) -> str | None:
    """Write these files, all or none, and record them under that subject: the commit's name.

    Without a subject they are only written. Where no repository is, one is begun. `data/registry.yaml`, which makes a
    register of a folder, comes last.
    """
    made: list[Path] = []
    done = False
    try:
        with _telling(root):
            _folder(root / DATA, made)
        if subject is not None:
            _prepare(root, list(files), made)
        with _telling(root):
            for key in sorted(files, key=lambda key: (key == REGISTRY, key)):
                _folder((root / key).parent, made)
                _place(root / key, files[key], made)
        commit = None if subject is None else record(root, list(files), subject, ())
        done = True
    finally:
        if not done:
            _take_back(made)
    return commit


def _in_the_way(root: Path, key: str) -> str | None:
    if key.startswith(f"{DATA}/") and (root / DATA).is_dir() and _is_filled(root):
        return f"{DATA}/"
    if os.path.lexists(root / key):
        return key
    folders = [root, *(root / folder for folder in _folders(key))]
    odd = next((one for one in folders if os.path.lexists(one) and not stat.S_ISDIR(_mode(root, one))), None)
    return None if odd is None else odd.relative_to(root).as_posix()


def _is_filled(root: Path) -> bool:
    """Whether more lies in `data/` than the folder in which orgreg took turns at writing a register that is gone."""
    return has_begun(root) or any(one != root / HOME for one in (root / DATA).iterdir())


def _folders(key: str) -> list[str]:
    parts = key.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


def _mode(root: Path, folder: Path) -> int:
    # The way to the register may lead over links; inside it they could lead anywhere.
    return (folder.stat() if folder == root else folder.lstat()).st_mode


def _prepare(root: Path, keys: Sequence[str], made: list[Path]) -> None:
    """See to it that there is a repository, and that it can record; else say what hinders."""
    try:
        repository = _repository(root)
    except NoRepository:
        made.append(root / ".git")
        _do(root, "init", "--quiet", f"--initial-branch={_BRANCH}")
    else:
        inside = repository.run("rev-parse", "--is-inside-work-tree").stdout.strip() == b"true"
        if not inside or repository.prefix:
            raise Missing(
                f"nothing was written: {root} lies inside a repository of git, and files for CI count at its top only; "
                "begin the register there, or in a folder of its own"
            )
    hindrance = ready(root, keys)
    if hindrance is not None:
        raise Missing(f"nothing was written: {hindrance}")


def _repository(root: Path) -> Repository:
    return Repository(root.resolve())


def _folder(folder: Path, made: list[Path]) -> None:
    wanted = [one for one in (folder, *folder.parents) if not os.path.lexists(one)]
    for one in reversed(wanted):
        one.mkdir()
        made.append(one)


def _place(path: Path, data: bytes, made: list[Path]) -> None:
    """Write a file where none is: whole under another name first, so that it is never there in part."""
    draft = path.with_name(f".{path.name}.new")
    try:
        put(draft, data)
        if os.path.lexists(path):
            raise Missing(f"nothing was written: {path} has come into being meanwhile")
        draft.rename(path)
        made.append(path)
    finally:
        draft.unlink(missing_ok=True)


def _take_back(made: Sequence[Path]) -> None:
    for path in reversed(made):
        with suppress(OSError):
            if path.name == ".git":
                shutil.rmtree(path)
            elif path.is_dir():
                path.rmdir()
            else:
                path.unlink()


@contextmanager
def _telling(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Missing(f"nothing was written: {error.filename or root}: {words(error)}") from None


def _do(root: Path, *arguments: str) -> None:
    """Run git as the user would."""
    with has_git(root):
        told = subprocess.run(["git", *arguments], cwd=root, env=of_the_user(), capture_output=True, check=False)
    if told.returncode != 0:
        raise Missing(f"git {arguments[0]} failed: {told.stderr.decode('utf-8', errors='replace').strip()}")
