"""What people read about each rule and refusal, word for word. `python -m tests.gallery` draws it anew."""

from __future__ import annotations

import pytest

from tests.gallery.__main__ import GALLERY, pictures

PICTURES = dict(pictures())


@pytest.mark.parametrize("code", PICTURES)
def test_a_finding_reads_as_in_the_gallery(code: str) -> None:
    assert PICTURES[code] == (GALLERY / f"{code}.txt").read_text("utf-8")


def test_the_gallery_shows_nothing_else() -> None:
    assert {path.stem for path in GALLERY.glob("*.txt")} == set(PICTURES)
