"""Writing files so that whoever looks sees the old bytes of all or the new ones of all, one writer at a time.

All new bytes are first staged in a hidden folder below `data/`, with a manifest, and count with one renaming of that
folder. Only then each file is put in its place. What an interruption leaves is ended by the next writer, and until
then the working tree is read as it will be. See `orgreg.store.journal`.
"""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from orgreg.store import Missing
from orgreg.store.journal import (
    HOME,
    MANIFEST,
    Journal,
    Part,
    Standing,
    digest,
    is_key,
    journal,
    words,
    written,
)
from orgreg.store.working_tree import PENDING, STAGING, has_begun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from filelock import BaseFileLock

WAIT: Final = 10.0
"""For how many seconds a second writer waits."""

_IGNORE: Final = f"{HOME}/.gitignore"
_LOCK: Final = f"{HOME}/lock"
_WRITER: Final = f"{HOME}/writer"
_BACK: Final = "back.json"
_KEPT: Final = "nothing was changed"


@dataclass(frozen=True, slots=True)
class Write:
    """A file that shall be another: its bytes as they were read and as they shall be. None: not there."""

    key: str
    before: bytes | None
    after: bytes | None


def _quietly(_: str) -> None:
    pass


def publish(root: Path, writes: Sequence[Write], *, step: Callable[[str], None] = _quietly) -> str | None:
    """Write all these files or none. None when done; a sentence, and nothing written, where one is another by now.

    `step` is told after everything that an interruption could follow.
    """
    with writing(root):
        complete(root)
        for write in writes:
            if not _is_as_read(root, write):
                return _changed(write.key)
        wanted = [write for write in writes if write.before != write.after]
        if not wanted:
            return None
        staged = _stage(root, wanted, step)
        # One file becomes another in one step anyway, so that it needs no journal.
        done = _replace(root, staged, step) if len(wanted) == 1 else _carry_out(root, staged, step)
        return None if done is None else _changed(done)


def interrupted(root: Path) -> str | None:
    """What is to be said of a change that was interrupted here; None where there is none, or it is being made."""
    if not has_begun(root) or _someone_writes(root):
        return None
    found = journal(root)
    if found is None:
        return "a change was interrupted before it counted: the files are as they were before it"
    return (
        f"a change of {_count(found)} was interrupted: it is read as made, "
        "and the next command that changes something puts in place what is left of it"
    )


def complete(root: Path) -> str | None:
    """End what an interrupted change has left: put it in place if it counts. What was put in place, as a sentence."""
    if not has_begun(root):
        return None
    with writing(root):
        found = journal(root)
        if found is None:
            _discard(root)
            return None
        stuck = found.stuck()
        if stuck is not None:
            raise Missing(
                f"{stuck.key} was changed after a change of {_count(found)} was interrupted, and is left as it is. "
                f"Look at it and at what git diff says, then delete the folder {PENDING}, which has the files as "
                "that change meant them."
            )
        try:
            _put_in_place(found, _quietly)
            _retire(root)
        except OSError as error:
            raise Missing(f"an interrupted change of {_count(found)} cannot be ended: {words(error)}") from None
        return f"an interrupted change was put in place: {', '.join(part.key for part in found.parts)}"


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Be the only writer. Another one waits, and is told who writes where that takes long; one may enter again."""
    from filelock import Timeout

    with _telling(HOME):
        _settle_in(root)
    lock = _lock(root)
    try:
        lock.acquire(timeout=WAIT)
    except Timeout:
        raise Missing(f"{_writer(root)} is writing here, and did not end within {WAIT:g} seconds; try again") from None
    except OSError as error:
        raise Missing(f"{_LOCK} cannot be locked: {words(error)}; nothing was changed") from None
    try:
        if lock.lock_counter == 1:
            with suppress(OSError):  # it only serves to tell others
                (root / _WRITER).write_text(str(os.getpid()), encoding="ascii")
        yield
    finally:
        if lock.lock_counter == 1:
            with suppress(OSError):
                (root / _WRITER).unlink()
        lock.release()


def put(path: Path, data: bytes) -> None:
    """Have these bytes on the disk. Every byte that the register writes goes through here."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _lock(root: Path) -> BaseFileLock:
    from filelock import FileLock

    return FileLock(root.resolve() / _LOCK, is_singleton=True)


def _someone_writes(root: Path) -> bool:
    from filelock import Timeout

    lock = _lock(root)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return False  # nobody can write here
    lock.release()
    return False


def _writer(root: Path) -> str:
    try:
        path = root / _WRITER
        since = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        return f"another orgreg (process {path.read_text(encoding='ascii')}, since {since:%Y-%m-%d %H:%M:%S})"
    except (OSError, ValueError):
        return "another orgreg"


def _settle_in(root: Path) -> None:
    home = root / HOME
    home.mkdir(exist_ok=True)
    if not stat.S_ISDIR(home.lstat().st_mode):
        raise Missing(f"{HOME} is a link, and orgreg writes only into its own folder; remove it")
    ignore = root / _IGNORE
    if not ignore.exists():
        put(ignore, b"*\n")


@contextmanager
def _telling(key: str, kept: str = _KEPT) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Missing(f"{key} cannot be written: {words(error)}; {kept}") from None


def _changed(key: str) -> str:
    return f"{key} was changed by someone else since it was read, and is left as it is; try again"


def _count(found: Journal) -> str:
    return f"{len(found.parts)} file{'s' * (len(found.parts) != 1)}"


def _is_as_read(root: Path, write: Write) -> bool:
    """Whether the file has the bytes that were read, and nothing is in the way of others."""
    if not is_key(write.key):
        raise Missing(f"{write.key} is no place for a file of a register; nothing was changed")
    with _telling(write.key):
        _can_hold(root, write.key)
        path = root / write.key
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            return write.before is None
        if not stat.S_ISREG(mode):
            what = "a link" if stat.S_ISLNK(mode) else "no ordinary file"
            raise Missing(f"{write.key} is {what}, which orgreg does not write; nothing was changed")
        if not os.access(path, os.W_OK):
            raise Missing(f"{write.key} is read-only; nothing was changed")
        return path.read_bytes() == write.before


def _can_hold(root: Path, key: str) -> None:
    """Refuse a place whose folder is none, is a link, or lets nothing be written; what is not there is made later."""
    folders = [folder for folder in list((root / key).parents) if folder.is_relative_to(root)]
    there = [folder for folder in folders if os.path.lexists(folder)]
    for folder in there[:-2]:  # data/ itself may be a link, and so may the way to the register
        if not stat.S_ISDIR(folder.lstat().st_mode):
            name = folder.relative_to(root).as_posix()
            raise Missing(f"{name} is a link or a file, and {key} must lie in a folder; nothing was changed")
    if not os.access(there[0], os.W_OK | os.X_OK):
        name = there[0].relative_to(root).as_posix()
        raise Missing(f"{key} cannot be written: the folder {name} is read-only; nothing was changed")


def _stage(root: Path, writes: Sequence[Write], step: Callable[[str], None]) -> list[Part]:
    """Write down all that is needed to go on, or to go back; nothing of it counts yet."""
    _discard(root)
    staging = root / STAGING
    parts: list[Part] = []
    name = HOME
    try:
        staging.mkdir()
        step("begun")
        for number, write in enumerate(writes):
            name = write.key
            part = _part(root, number, write)
            if write.after is not None:
                put(staging / part.staged, write.after)
            if write.before is not None and len(writes) > 1:
                put(staging / _back(part).staged, write.before)
            parts.append(part)
            step(f"staged {name}")
        if len(writes) > 1:
            put(staging / MANIFEST, written(parts))
            put(staging / _BACK, written(map(_back, parts)))
            _settle(staging)
            step("written down")
    except OSError as error:
        _discard(root)
        kept = "it is as it was" if len(writes) == 1 else _KEPT
        raise Missing(f"{name} cannot be written: {words(error)}; {kept}") from None
    return parts


def _part(root: Path, number: int, write: Write) -> Part:
    mode = None if write.before is None else stat.S_IMODE((root / write.key).lstat().st_mode)
    return Part(write.key, digest(write.before), digest(write.after), f"{number}.new", mode)


def _back(part: Part) -> Part:
    """The way back."""
    return Part(part.key, part.after, part.before, part.staged.replace("new", "old"), part.mode)


def _replace(root: Path, parts: Sequence[Part], step: Callable[[str], None]) -> str | None:
    """Put the only file in its place; its key where another lies there by now."""
    (part,) = parts
    try:
        with _telling(part.key, "it is as it was"):
            if Journal(root, parts).standing(part) is not Standing.BEFORE:
                return part.key
            _put(root, part, root / STAGING)
        step(f"placed {part.key}")
    finally:
        shutil.rmtree(root / STAGING, ignore_errors=True)
    return None


def _carry_out(root: Path, parts: Sequence[Part], step: Callable[[str], None]) -> str | None:
    """Make the staged files count and put them in place; the key of a file that is another by now."""
    with _telling(HOME):
        (root / STAGING).rename(root / PENDING)
        _settle(root / HOME)
    step("counts")
    made = Journal(root, parts)
    try:
        _put_in_place(made, step)
    except _Elsewise as stuck:
        _turn_back(made, f"{stuck.key} was changed")
        return stuck.key
    except OSError as error:
        reason = f"a file cannot be put in its place: {words(error)}"
        _turn_back(made, reason)
        raise Missing(f"{reason}; nothing was changed") from None
    with suppress(OSError):  # all is in place, and the next writer finds that out
        _retire(root, step)
    return None


class _Elsewise(Exception):  # noqa: N818 - someone else was quicker
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _put_in_place(made: Journal, step: Callable[[str], None]) -> None:
    for part in made.parts:
        standing = made.standing(part)
        if standing is Standing.OTHER:
            raise _Elsewise(part.key)
        if standing is Standing.BEFORE:
            _put(made.root, part, made.root / PENDING)
            step(f"placed {part.key}")


def _put(root: Path, part: Part, folder: Path) -> None:
    path = root / part.key
    if part.after is None:
        path.unlink()
    else:
        staged = folder / part.staged
        if part.mode is not None:
            staged.chmod(part.mode)
        path.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(path)
    _settle(path.parent)


def _turn_back(made: Journal, reason: str) -> None:
    """Take back what is in place already: from one renaming on the old bytes count again."""
    pending = made.root / PENDING
    back = Journal(made.root, [_back(part) for part in made.parts])
    try:
        (pending / _BACK).replace(pending / MANIFEST)
        _settle(pending)
        for part in back.parts:
            if back.standing(part) is Standing.BEFORE:
                _put(made.root, part, pending)
        _retire(made.root)
    except OSError as error:
        raise Missing(
            f"{reason}; and what was in place already could not be taken back: {words(error)}. "
            "The next command that changes something ends it."
        ) from None


def _retire(root: Path, step: Callable[[str], None] = _quietly) -> None:
    """Take the journal away: by one renaming it no longer counts."""
    (root / PENDING).rename(root / STAGING)
    _settle(root / HOME)
    step("retired")
    shutil.rmtree(root / STAGING, ignore_errors=True)


def _discard(root: Path) -> None:
    """Remove what was staged and does not count."""
    with _telling(STAGING), suppress(FileNotFoundError):
        shutil.rmtree(root / STAGING)


def _settle(folder: Path) -> None:
    """Have the folder's new entries on the disk too, where the system can do that."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
