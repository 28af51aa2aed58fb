"""The transcript of differences, played on the chronicle. `python -m tests.diff.transcripts` refreshes it."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.chronicle import chronicle
from tests.cli.transcripts import played

TRANSCRIPT = Path(__file__).parent / "transcript.txt"


if __name__ == "__main__":
    os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    with TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = f"{folder}/cache"
        register = chronicle(Path(folder) / "register")
        TRANSCRIPT.write_text(played(TRANSCRIPT, register.folder), encoding="utf-8")
