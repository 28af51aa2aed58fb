"""The grammar both ways: from bytes to values and back. Imports nothing here, so that thawing needs no pydantic."""
