from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.transcripts import played, transcripts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("path", transcripts(), ids=lambda path: path.stem)
def test_the_commands_say_today_what_the_transcript_says(path: Path) -> None:
    assert played(path) == path.read_text(encoding="utf-8")
