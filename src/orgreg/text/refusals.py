"""What reading refuses, by code: faults of a file as a file (R), of its YAML (Y) and of the grammar (G)."""

from __future__ import annotations

from typing import Final

from orgreg.model.finding import Rule

UNREADABLE_FILE: Final = Rule("R001", "unreadable-file")
TOO_LARGE: Final = Rule("R002", "file-too-large")
LINK: Final = Rule("R003", "link")
NOT_A_FILE: Final = Rule("R004", "not-a-file")
MISPLACED_FILE: Final = Rule("R005", "misplaced-file")
NO_SLUG: Final = Rule("R006", "no-slug")
DIFFERS_BY_CASE: Final = Rule("R007", "names-differ-by-case")

NOT_UTF8: Final = Rule("Y001", "not-utf-8")
CONTROL_CHARACTER: Final = Rule("Y002", "control-character")
TAB: Final = Rule("Y003", "tab")
NO_YAML: Final = Rule("Y004", "no-yaml")
SEVERAL_DOCUMENTS: Final = Rule("Y005", "several-documents")
ANCHOR: Final = Rule("Y006", "anchor-or-alias")
TAG: Final = Rule("Y007", "tag")
DUPLICATE_KEY: Final = Rule("Y008", "duplicate-key")
TOO_DEEP: Final = Rule("Y009", "too-deep")
EMPTY_FILE: Final = Rule("Y010", "empty-file")
NO_TEXT_KEY: Final = Rule("Y011", "no-text-key")
DIRECTIVE: Final = Rule("Y012", "directive")

UNKNOWN_KEY: Final = Rule("G001", "unknown-key")
MISSING_KEY: Final = Rule("G002", "missing-key")
QUOTE_IT: Final = Rule("G003", "quote-it")
NO_DAY: Final = Rule("G004", "no-such-day")
WRONG_SHAPE: Final = Rule("G005", "wrong-shape")
NO_WORD_OF_THE_REGISTER: Final = Rule("G006", "not-one-of")
NO_REFERENCE: Final = Rule("G007", "no-reference")
EMPTY_VALUE: Final = Rule("G008", "empty-value")
NOTHING_SAID: Final = Rule("G009", "nothing-said")
NO_PATTERN: Final = Rule("G010", "no-pattern")
OTHER_FORMAT: Final = Rule("G011", "other-format")
AMBIGUOUS_PATTERN: Final = Rule("G012", "ambiguous-pattern")

REFUSALS: Final = tuple(
    sorted((rule for rule in list(globals().values()) if isinstance(rule, Rule)), key=lambda rule: rule.code)
)
"""All of them, by code. A file with one of these is not read: every one is an error."""
