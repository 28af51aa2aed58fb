"""orgreg: a register of how a city administration is organised, over plain files."""

__version__ = "0.1.0"
"""That of pyproject.toml; a test compares them."""
