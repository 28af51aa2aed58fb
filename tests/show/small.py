"""Small registers for the tests of `show`: unit files over the base, read as orgreg reads them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from orgreg.load import load
from orgreg.query.portrait import portrait
from tests.registers import over_base

if TYPE_CHECKING:
    from orgreg.model.registry import Registry
    from orgreg.query.portrait import Portrait

PAPER = """\
number: unknown
kind: {kind}
title: {title}
date: {date}
author: unknown
sources: [{{note: made up}}]
"""


def register(**files: str) -> Registry:
    """A register of units (`amt`), papers (`decisions_brief`) and plans (`actionplans_plan`) of bs, over the base.

    `$` stands for the sources of an entry, a paper of 2016-03-15.
    """
    laid = {}
    for name, text in files.items():
        folder, _, slug = name.rpartition("_")
        written = re.sub(r"\$$", "sources: [{paper: beschluss}]", text, flags=re.MULTILINE)
        laid[f"data/{folder or 'units'}/bs/{slug}.yaml"] = written
    loaded = load(over_base(laid))
    assert [finding.message for finding in loaded.findings] == []
    return loaded.registry


def paper(day: str, title: str = "Brief", kind: str = "Mitteilung") -> str:
    """The file of a paper."""
    return PAPER.format(kind=kind, title=title, date=day)


def seen(registry: Registry, slug: str, day: str, *, planned: bool = False) -> Portrait:
    """The portrait of a unit of bs."""
    return portrait(registry, registry.units[f"bs/{slug}"], date.fromisoformat(day), planned=planned)
