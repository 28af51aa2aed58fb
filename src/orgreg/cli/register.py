"""The register that a command was asked about: found, read, and what could not be read said aside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from orgreg.cli.output import FAILED, USAGE, aside, fail

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    import typer

    from orgreg.load import Loaded
    from orgreg.model.registry import Registry
    from orgreg.query.names import Named
    from orgreg.store import Files

EVERYTHING: Final = ("units", "decisions", "actionplans")


def files(context: typer.Context, directory: Path | None) -> Files:
    """The files of the register: of -C, behind the command or before it, else of where one stands."""
    from orgreg.store.working_tree import WorkingTree, find_root

    given = directory or (context.parent.params.get("directory") if context.parent else None)
    return WorkingTree(find_root(Path(given or ".")))


def ask(
    context: typer.Context, directory: Path | None, city: str | None, folders: Collection[str] = EVERYTHING
) -> Registry:
    """The registry for a question. What cannot be read is left out and counted on standard error."""
    from orgreg.load import load

    loaded = load(files(context, directory), folders=folders, municipality=city)
    _say_what_is_left_out(loaded)
    registry = loaded.registry
    if city is not None and city not in registry.municipalities:
        known = ", ".join(sorted(registry.municipalities)) or "none"
        fail(f"{city} is no municipality of this register; it has: {known}", USAGE)
    return registry


def _say_what_is_left_out(loaded: Loaded) -> None:
    from orgreg.model.finding import Severity

    errors = sum(finding.rule.severity is Severity.ERROR for finding in loaded.findings)
    if errors:
        lost = len({finding.path for finding in loaded.findings})
        counted = f"{errors} error{'s' * (errors != 1)} in {lost} file{'s' * (lost != 1)}"
        aside(f"{counted}, left out here; see orgreg check")


def name(registry: Registry, word: str, day: date, city: str | None, folders: Collection[str] = EVERYTHING) -> Named:
    """What the word names, or the end with a sentence that helps."""
    from orgreg.query.names import Ambiguous, Named, Names

    found = Names(registry, day, municipality=city).resolve(word, folders=folders)
    if isinstance(found, Named):
        if found.note is not None:
            aside(found.note)
        return found
    if isinstance(found, Ambiguous):
        several = "; ".join(f"{reference} ({told})" for reference, told in found.candidates)
        fail(f"{found.word} names several: {several}. Name one of them.", FAILED)
    elsewhere = Names(registry, day, municipality=city).resolve(word)
    if isinstance(elsewhere, Named) and not found.impossible:
        what = {"units": "a unit", "decisions": "a paper", "actionplans": "a plan"}[elsewhere.folder]
        fail(f"{word} names {what}, {elsewhere.reference}; see orgreg show {elsewhere.reference}")
    near = f". Did you mean {' or '.join(found.near)}?" if found.near else ""
    return fail(f"{found.reason}{near}", USAGE if found.impossible else FAILED)
