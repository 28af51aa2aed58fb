"""Law 6: the order of files and of entries never matters; a clean working tree and HEAD read alike."""

from __future__ import annotations

import os
import subprocess
from json import dumps, loads
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from orgreg.check import check
from orgreg.diff.statements import diff_statements
from orgreg.formats.json.tree import tree as as_json
from orgreg.load import load
from orgreg.query.tree import trees
from orgreg.store.past import revision
from orgreg.store.working_tree import WorkingTree
from orgreg.text.freeze import freeze
from orgreg.text.scan import scan
from orgreg.text.thaw import thaw_paper, thaw_plan, thaw_unit
from tests.strategies import as_yaml, days, memory, registers

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from orgreg.load import Loaded
    from tests.strategies import Frozen

DATA = Path(__file__).resolve().parents[2] / "data"
THAW = {"units": thaw_unit, "decisions": thaw_paper, "actionplans": thaw_plan}


def _shown(loaded: Loaded, day: date, *, planned: bool) -> dict[str, Any]:
    return as_json(trees(loaded.registry, day, planned=planned, bodies=True), day)


def _found(loaded: Loaded) -> list[tuple[object, ...]]:
    """What is found where, without the routes: positions in a list are what a permutation changes."""
    findings = (*loaded.findings, *check(loaded.registry))
    return sorted((found.rule.code, found.path, found.entity or "", found.message) for found in findings)


@settings(max_examples=30)
@given(files=registers(), day=days(), planned=st.booleans(), chance=st.randoms(use_true_random=False))
def test_the_order_of_files_and_of_entries_never_matters(
    files: dict[str, Frozen | str], day: date, *, planned: bool, chance: Random
) -> None:
    keys = list(files)
    chance.shuffle(keys)
    shuffled = {key: _entries_shuffled(files[key], chance) for key in keys}
    one, other = load(memory(files)), load(memory(shuffled))
    assert _shown(one, day, planned=planned) == _shown(other, day, planned=planned)
    assert _found(one) == _found(other)
    assert diff_statements(one.registry, other.registry) == ((), ())


def _entries_shuffled(content: Frozen | str, chance: Random) -> Frozen | str:
    if isinstance(content, str) or "timeline" not in content:
        return content
    entries = list(content["timeline"])
    chance.shuffle(entries)
    return content | {"timeline": [_keys_shuffled(entry, chance) for entry in entries]}


def _keys_shuffled(entry: Frozen, chance: Random) -> Frozen:
    keys = list(entry)
    chance.shuffle(keys)
    return {key: entry[key] for key in keys}


@settings(max_examples=30)
@given(registers())
def test_a_registry_does_not_differ_from_itself(files: dict[str, Frozen | str]) -> None:
    registry = load(memory(files)).registry
    assert diff_statements(registry, registry) == ((), ())
    assert diff_statements(registry, load(memory(files)).registry) == ((), ())


def test_the_frozen_form_of_every_shipped_file_can_be_kept_and_thaws_to_the_same() -> None:
    for path in sorted(DATA.glob("*/*/*.yaml")):
        folder, city = path.parts[-3:-1]
        frozen: Any = freeze(scan(path.read_bytes(), path.name).tree)
        identity = f"{city}/{path.stem}"
        assert THAW[folder](identity, loads(dumps(frozen))) == THAW[folder](identity, frozen)


@settings(max_examples=30)
@given(registers())
def test_the_frozen_form_thaws_to_what_is_read(files: dict[str, Frozen | str]) -> None:
    registry = load(memory(files)).registry
    for identity, unit in registry.units.items():
        content = files[f"data/units/{identity}.yaml"]
        assert isinstance(content, dict)
        frozen: Any = freeze(scan(as_yaml(content).encode(), "").tree)
        assert thaw_unit(identity, loads(dumps(frozen))) == unit


# --------------------------------------------------------------------------------------------------- working tree, HEAD


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def _committed(top: Path) -> None:
    _git(top, "init", "--quiet")
    _git(top, "add", "--all", "--force")
    _git(top, "commit", "--quiet", "--allow-empty", "--message", "state")


def _write(root: Path, files: dict[str, bytes]) -> None:
    for key, content in files.items():
        path = root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _alike(root: Path) -> None:
    here, head = WorkingTree(root), revision(root, "HEAD")
    assert head.keys() == here.keys()
    for key in head.keys():  # noqa: SIM118 - no mapping
        for at_most in (0, 7, 10_000_000):
            assert head.read(key, at_most) == here.read(key, at_most)
    assert load(head) == load(here)


# Names that git quotes, that look like options or patterns, and that are no text; a hidden file is left out by both.
_NAMES = st.one_of(
    st.sampled_from(['quo"te', "-x", "*", "a b", "tab\t", "line\nend", "grüße", ".hidden", ":(top)x", "\udcff", "Rat"]),
    st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=12),
).filter(
    lambda name: (
        name not in {".", "..", ".git"} and not name.lower().startswith(".git") and len(os.fsencode(name)) < 200
    )
)


@settings(max_examples=12)
@given(
    files=registers(max_units=3),
    more=st.lists(st.tuples(_NAMES, st.binary(max_size=40)), max_size=4),
    below=st.booleans(),
)
def test_a_clean_working_tree_and_head_read_alike(
    files: dict[str, Frozen | str], more: list[tuple[str, bytes]], *, below: bool
) -> None:
    with TemporaryDirectory() as folder:
        top = Path(folder)
        root = top / "register" if below else top
        _write(root, memory(files).contents)
        _write(root, {f"data/units/xa/{name}.yaml": content for name, content in more})
        _write(root, {f"data/{name}/{name}": content for name, content in more if name != "units"})
        (root / "data/units/xa").mkdir(exist_ok=True)
        (root / "data/units/xa/link.yaml").symlink_to("../../registry.yaml")
        (root / "data/units/outside").symlink_to("/")
        (root / "beside.yaml").write_text("not below data/")
        _committed(top)
        _alike(root)


def test_the_shipped_data_reads_alike_from_a_commit(tmp_path: Path) -> None:
    _write(tmp_path, {f"data/{path.relative_to(DATA)}": path.read_bytes() for path in DATA.rglob("*.yaml")})
    _write(tmp_path, {"data/units/bs/large.yaml": b"# \n" * 500_000, "data/units/bs/empty.yaml": b""})
    _committed(tmp_path)
    _alike(tmp_path)
