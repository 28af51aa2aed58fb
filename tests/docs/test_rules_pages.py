from __future__ import annotations

from tests.docs.rules import made, written


def test_the_pages_of_the_rules_are_fresh() -> None:
    """Not so? `make docs`."""
    assert written() == made()
