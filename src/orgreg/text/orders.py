"""The file that `apply` reads and `--dry-run --format yaml` writes: several changes of one reorganisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orgreg.text.compose import notation
from orgreg.text.edit import folded
from orgreg.text.freeze import freeze
from orgreg.text.grammar import faults
from orgreg.text.scan import scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from orgreg.model.finding import Finding

Written = tuple[str, tuple[str, ...], "Mapping[str, str]", "Mapping[str, str]"]
"""An order as it stands in the file: its verb, its words, what `create` is given, its options."""

_GIVEN: Final = "with"
_CHANGES: Final = "changes"


def read(data: bytes, path: str) -> tuple[list[Written], list[Finding]]:
    """The orders of a file; what its top says holds for each of them that does not say otherwise."""
    scanned = scan(data, path)
    found = scanned.findings or faults(scanned.tree, "orders", path)
    if found:
        return [], found
    frozen: Any = freeze(scanned.tree)
    shared = {key: value for key, value in frozen.items() if key != _CHANGES}
    return [_order(one, shared) for one in frozen[_CHANGES]], []


def _order(one: dict[str, Any], shared: Mapping[str, str]) -> Written:
    verb = next(key for key, value in one.items() if isinstance(value, list))
    options = {key: value for key, value in one.items() if isinstance(value, str)}
    return verb, tuple(one[verb]), one.get(_GIVEN, {}), {**shared, **options}


def write(orders: Sequence[Written]) -> str:
    """The text of a file with these orders."""
    return "".join(f"{line}\n" for line in _lines(orders))


def _lines(orders: Sequence[Written]) -> Iterator[str]:
    yield "# orgreg apply FILE records these changes together, in one commit."
    yield f"{_CHANGES}:"
    for verb, words, given, options in orders:
        yield f"  - {verb}: [{', '.join(notation('code', word) for word in words)}]"
        if given:
            yield f"    {_GIVEN}:"
            yield from (f"      {key}: {notation('code', value)}" for key, value in given.items())
        for key, value in options.items():
            block = folded(value, 6) if key == "quote" else None
            if block is None:
                yield f"    {key}: {notation('date' if key == 'date' else key, value)}"
            else:
                yield f"    {key}: >-"
                yield from block
