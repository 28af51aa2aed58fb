"""What a value may be instead of a value, and whether what is said of it counts."""

from __future__ import annotations

from enum import Enum


class Absent(Enum):
    """A value that says that there is none: `unknown` is not known, `none` is known not to be."""

    UNKNOWN = "unknown"
    NONE = "none"

    def __str__(self) -> str:
        return self.value


class Status(Enum):
    """Whether an entry counts: in force always, planned and proposed when asked for, not created never."""

    IN_FORCE = "in force"
    PLANNED = "planned"
    PROPOSED = "proposed"
    NOT_CREATED = "not_created"

    def __str__(self) -> str:
        return self.value
