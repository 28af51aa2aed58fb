"""Which keys name other files of the register, and in which folder those lie."""

from __future__ import annotations

from typing import Final

from orgreg.model.registry import PAPERS, PLANS, UNITS

LEADS_TO: Final = {
    **dict.fromkeys(("parent", "staff_of", "secretariat", "members"), UNITS),
    **dict.fromkeys(("coordinates", "steers", "involves", "advises", "agrees_with"), UNITS),
    **dict.fromkeys(("into", "out_of", "responsible", "by", "author", "lead"), UNITS),
    "mandate": PAPERS,
    "depends_on": PLANS,
}
"""The keys whose values are references, each with the folder that it leads to."""
