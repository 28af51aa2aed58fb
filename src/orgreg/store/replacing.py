"""Writing a file so that whoever looks sees the old bytes or the new ones, and never a part."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from orgreg.store import Missing

if TYPE_CHECKING:
    from pathlib import Path


def replace_file(root: Path, key: str, before: bytes | None, after: bytes) -> bool:
    """Put new bytes in the place of those that were read; None is a file that is not there.

    False, and nothing written, where other bytes lie there now: someone else has changed the file meanwhile.
    """
    path = root / key
    try:
        if before is None:
            path.parent.mkdir(exist_ok=True)
        mode = _mode_of(path, before)
        if mode is not None:
            _write_beside(path, after, mode)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        kept = "it was not there and is not" if before is None else "it is as it was"
        raise Missing(f"{key} cannot be written: {reason}; {kept}") from None
    return mode is not None


_NEW = -1


def _mode_of(path: Path, before: bytes | None) -> int | None:
    """The rights of a file with these bytes; None where the file is another by now."""
    if before is None:
        return None if os.path.lexists(path) else _NEW
    try:
        found = path.lstat()
        return stat.S_IMODE(found.st_mode) if stat.S_ISREG(found.st_mode) and path.read_bytes() == before else None
    except FileNotFoundError:
        return None


def _write_beside(path: Path, data: bytes, mode: int) -> None:
    # Hidden, so that no reader of the register takes it for a file of it if the power fails right here.
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode != _NEW:
            beside.chmod(mode)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Have the folder's new entry on the disk too, where the system can do that."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
