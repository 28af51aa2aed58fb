"""The shipped register as it was before the reorganisation of 1 March 2024: what that recorded is cut out of the files.

`python -m tests.change.before FOLDER` writes it there. 0500.10 is there already, and 50.21 is alive under 50.2.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from orgreg.store.working_tree import WorkingTree
from orgreg.text.edit import Edit, apply, spans
from orgreg.text.syntax import Mapping, Sequence, parts, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.finding import Route
    from orgreg.text.syntax import Written

ROOT = Path(__file__).resolve().parents[2]
WORD = "neugliederung-0500"
CREATED = "data/units/bs/integration-vielfalt-und-demokratie.yaml"
BUILDS_ON_IT = "data/actionplans/bs/aktionsplan.yaml"


def before(*, created: bool) -> dict[str, bytes]:
    """The files of the register before; `created` where 0500.10 is there, and only the rest is still to be done."""
    tree = WorkingTree(ROOT)
    keys = tree.keys()
    files = {key: data for key in keys if isinstance(data := tree.read(key, 10**6), bytes)}
    told = {key: _without(key, data.decode()).encode() for key, data in files.items()}
    return told if created else {key: data for key, data in told.items() if key not in {CREATED, BUILDS_ON_IT}}


def _without(key: str, text: str) -> str:
    """The file without the entries of the reorganisation; of 0500.10 itself only what came to it goes."""
    if WORD not in text or not key.startswith("data/units/"):
        return text
    file = written(text)
    places = spans(file)
    gone = [route for route in _entries(file) if key != CREATED or route[0] == "tasks"]
    return apply(text, [Edit(places[one].entry.start, places[one].entry.end, "") for one in _whole(file, gone)])


def _entries(file: Written) -> Iterator[Route]:
    for route, _, part in parts(file.root):
        node = part.value
        if isinstance(node, Mapping) and isinstance(route[-1], int):
            said = {pair.key.value: getattr(pair.value, "value", None) for pair in node.members}
            if said.get("change") == WORD:
                yield route


def _whole(file: Written, gone: list[Route]) -> Iterator[Route]:
    """The entries, or the timeline where all of it goes, or the section where all of that goes."""
    routes = set(gone)
    for route, _, part in reversed(list(parts(file.root))):
        node = part.value
        if isinstance(node, Mapping | Sequence) and node.members and route not in routes:
            steps = [one.key.value if hasattr(one, "key") else at for at, one in enumerate(node.members)]
            if all((*route, step) in routes for step in steps):
                routes -= {(*route, step) for step in steps}
                routes.add(route)
    return iter(sorted(routes, key=str))


def write(folder: Path, *, created: bool) -> None:
    """Write the files below a folder."""
    for key, data in before(created=created).items():
        path = folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    write(Path(sys.argv[1]), created=True)
