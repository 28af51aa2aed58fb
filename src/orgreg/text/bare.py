"""Scalars without quotes that YAML readers take for a number, a date, true, false or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Bare:
    """Such a scalar, with the text that stands in the file."""

    text: str

    def __str__(self) -> str:
        return self.text


# What YAML 1.1 or 1.2 resolves to something other than text; both are about, so what either takes is bare.
_BARE: Final = re.compile(
    r"""(?:
      | ~ | null | Null | NULL
      | [yYnN] | yes | Yes | YES | no | No | NO | on | On | ON | off | Off | OFF
      | true | True | TRUE | false | False | FALSE
      | [-+]? (?: \.inf | \.Inf | \.INF ) | \.nan | \.NaN | \.NAN
      | [-+]? 0b[01_]+ | [-+]? 0o?[0-7_]+ | [-+]? 0x[0-9a-fA-F_]+
      | [-+]? [0-9][0-9_]*
      | [-+]? (?: [0-9][0-9_]* )? \.? [0-9_]* (?: [eE][-+]?[0-9]+ )?
      | [-+]? [0-9][0-9_]* (?: : [0-5]?[0-9] )+ (?: \.[0-9_]* )?
      | \d{4}-\d{1,2}-\d{1,2}
        (?: (?: [Tt] | [ ]+ ) \d{1,2} : \d{2} : \d{2} (?: \.\d* )? (?: [ ]* (?: Z | [-+]\d{1,2} (?: :? \d{2} )? ) )? )?
      | = | <<
    )""",
    re.VERBOSE | re.ASCII,
)
_PERHAPS_BARE: Final = frozenset("~nNyYtTfFoO.+-0123456789=<")


def unquoted(text: str) -> str | Bare:
    """What a scalar without quotes is: its text, or what YAML readers take for something else."""
    return _known(text) if not text or text[0] in _PERHAPS_BARE else text


@lru_cache(maxsize=4096)  # days and codes come again and again, and their forms take long to recognise
def _known(text: str) -> str | Bare:
    return Bare(text) if _BARE.fullmatch(text) else text
