"""The transcripts of what asks about history, played on the chronicle. `python -m tests.log.transcripts` refreshes."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.chronicle import chronicle
from tests.cli.transcripts import played

FOLDERS = (Path(__file__).parent / "transcripts", Path(__file__).parents[1] / "why")


def transcripts() -> list[Path]:
    """The files, by name."""
    return sorted(path for folder in FOLDERS for path in folder.glob("*.txt"))


if __name__ == "__main__":
    os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    with TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = f"{folder}/cache"
        register = chronicle(Path(folder) / "register")
        for one in transcripts():
            one.write_text(played(one, register.folder), encoding="utf-8")
