"""Law 7: any byte sequence in data/ gives findings, not a crash, and every finding points into its file."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orgreg.check import check
from orgreg.load import REGISTRY, Loaded, load
from orgreg.model.finding import Severity
from orgreg.query.tree import trees
from orgreg.store import Trouble
from orgreg.store.working_tree import WorkingTree
from orgreg.text.place import Spots
from tests.strategies import Memory, as_yaml, memory, nodes, registers, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from orgreg.model.finding import Finding, Route
    from orgreg.store import Files
    from tests.strategies import Frozen

PROJECT = Path(__file__).resolve().parents[2]
SHIPPED = {
    path.relative_to(PROJECT).as_posix(): path.read_bytes() for path in sorted((PROJECT / "data").rglob("*.yaml"))
}
DAYS = (date(2016, 3, 31), date(2024, 3, 1))
# A few files that refer to each other are enough beside the one that is changed.
BESIDE = {
    key: SHIPPED[key]
    for key in (
        REGISTRY,
        "data/units/bs/sozialreferat.yaml",
        "data/units/bs/dezernat-v.yaml",
        "data/units/bs/stadtverwaltung.yaml",
        "data/decisions/bs/mitteilung-2024-04-02.yaml",
    )
}


def read(files: Files) -> Loaded:
    """Read and ask all that can be asked: what fails here fails for a user. Every finding points into its file."""
    loaded = load(files)
    findings = [*loaded.findings, *check(loaded.registry)]
    for day in DAYS:
        drawn = trees(loaded.registry, day, planned=True, bodies=True)
        assert {tree.municipality.id for tree in drawn} >= set(loaded.registry.municipalities)
    for found in findings:
        assert found.message
        assert found.hint
        _points_into(files, found)
    if not any(found.rule.severity is Severity.ERROR for found in findings):
        units = [key for key in sorted(files.keys()) if key.startswith("data/units/")]
        assert len(units) == len(loaded.registry.units)
    return loaded


def _points_into(files: Files, found: Finding) -> None:
    _look_up(files, found.path, found.route, at_key=found.at_key, known=found)
    for path, route in found.related:
        _look_up(files, path, route)


def _look_up(files: Files, path: str, route: Route, *, at_key: bool = False, known: Finding | None = None) -> None:
    data = files.read(path, 2_000_000)
    text = "" if isinstance(data, Trouble) else data.decode("utf-8-sig", errors="replace")
    known_place = None if known is None else known.place
    where = known_place or Spots(text).place(route, at_key=at_key)
    lines = text.split("\n")
    assert 1 <= where.line <= len(lines) + 1
    assert where.column >= 1
    assert where.width >= 1
    if where.line <= len(lines):
        assert where.column <= len(lines[where.line - 1]) + 1


# ---------------------------------------------------------------------------------------------------------------- bytes

METACHARACTERS = (
    *[
        ":",
        "#",
        "-",
        "?",
        "&",
        "*",
        "!",
        "|",
        ">",
        "'",
        '"',
        "%",
        "@",
        "`",
        "{",
        "}",
        "[",
        "]",
        ",",
        "~",
        "=",
        "<<",
        "---",
        "...",
        "\\",
    ],
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\0",
    "\x85",
    "\u2028",
    "\ufeff",
    "\u202e",
    "\ud7ff",
    "!!python/object:os.system",
    "!<%ED%A0%80>",
    "&a ",
    "*a",
    "? [a]\n: b\n",
    "[" * 20,
    "[" * 1200,
    "{a: " * 30,
    "- " * 40,
    "9" * 5000,
    "1e999",
    "0x10",
    "2023-02-29",
    "..",
    "../..",
    "9999-12-31",
    "true",
    "null",
    "unknown",
    "none",
    "\n  - from: unknown\n",
    "ended: unknown",
    "staff_of: rat",
    '"\\ud800"',
    '"\\0"',
    "a/b/c#d#e",
    "%YAML 1.2\n---\n",
    "%TAG ! tag:%ED%A0%80,2000:\n---\n",
    "\n---\nsecond: document\n",
)


@st.composite
def mutations(draw: st.DrawFn) -> dict[str, bytes]:
    """Some shipped files, one of them changed as an editor, a bad merge or a malicious hand might change it."""
    key = draw(st.sampled_from(list(SHIPPED)))
    data = SHIPPED[key]
    for _ in range(draw(st.integers(1, 3))):
        data = draw(_changed(data))
    return BESIDE | {key: data}


def _changed(data: bytes) -> st.SearchStrategy[bytes]:
    spot = st.integers(0, len(data))
    token = st.one_of(st.sampled_from(METACHARACTERS).map(str.encode), st.binary(min_size=1, max_size=4))
    lines = data.splitlines(keepends=True) or [b""]
    line = st.integers(0, len(lines) - 1)
    return st.one_of(
        st.builds(lambda at, new: data[:at] + new + data[at:], spot, token),
        st.builds(lambda at, length: data[:at] + data[at + length :], spot, st.integers(1, 30)),
        st.builds(lambda at, bit: _flipped(data, at, bit), spot, st.integers(0, 7)),
        st.builds(lambda a, b: b"".join(_swapped(lines, a, b)), line, line),
        st.builds(lambda a: b"".join([*lines[: a + 1], *lines[a:]]), line),
        st.builds(lambda a: b"".join([*lines[:a], *lines[a + 1 :]]), line),
        st.builds(lambda a, new: b"".join(_with_value(lines, a, new)), line, token),
        st.builds(lambda a, by: b"".join([*lines[:a], b" " * by + lines[a], *lines[a + 1 :]]), line, st.integers(1, 3)),
    )


def _flipped(data: bytes, at: int, bit: int) -> bytes:
    return data[:at] + bytes(byte ^ (1 << bit) for byte in data[at : at + 1]) + data[at + 1 :]


def _swapped(lines: list[bytes], a: int, b: int) -> list[bytes]:
    swapped = list(lines)
    swapped[a], swapped[b] = swapped[b], swapped[a]
    return swapped


def _with_value(lines: list[bytes], at: int, new: bytes) -> list[bytes]:
    before, colon, _ = lines[at].partition(b":")
    return [*lines[:at], before + (colon and b": ") + new + b"\n", *lines[at + 1 :]]


@settings(max_examples=150)
@given(mutations())
def test_a_changed_file_gives_findings_and_not_a_crash(files: dict[str, bytes]) -> None:
    read(memory(files))


@settings(max_examples=80)
@given(st.sampled_from([REGISTRY, "data/units/bs/rat.yaml", "data/decisions/bs/x.yaml"]), st.binary(max_size=60))
@example(key="data/units/bs/rat.yaml", data=b"!<%ED%A0%80> a")
@example(key="data/units/bs/rat.yaml", data=b"timeline: " + b"[" * 900 + b"]" * 900)
@example(key=REGISTRY, data=b"")
def test_any_bytes_at_all_give_findings_and_not_a_crash(key: str, data: bytes) -> None:
    assert read(memory(BESIDE | {key: data})).findings


# ---------------------------------------------------------------------------------------------------------------- trees

_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8),
    st.sampled_from(
        ["unknown", "none", "2024-03-01", "2016~", "..2020", "rat", "bs/rat", "rat#x", "50.21", "", "@word"]
    ),
)
_ANYTHING = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def misshapen(draw: st.DrawFn) -> dict[str, Frozen | str]:
    """A register in which something stands where the grammar wants something else."""
    files = draw(registers(max_units=3))
    key = draw(st.sampled_from([key for key in files if key != REGISTRY]))
    content = files[key]
    return files | {key: as_yaml(_replaced(draw, content))}


def _replaced(draw: st.DrawFn, tree: object) -> object:
    if isinstance(tree, dict) and tree and draw(st.integers(0, 4)):
        key = draw(st.sampled_from(list(tree)))
        if draw(st.integers(0, 9)):
            return tree | {key: _replaced(draw, tree[key])}
        return {other if other != key else draw(st.text(max_size=6)): value for other, value in tree.items()}
    if isinstance(tree, list) and tree and draw(st.integers(0, 4)):
        at = draw(st.integers(0, len(tree) - 1))
        return [*tree[:at], _replaced(draw, tree[at]), *tree[at + 1 :]]
    return draw(_ANYTHING)


@settings(max_examples=80)
@given(misshapen())
def test_a_value_of_another_shape_gives_findings_and_not_a_crash(files: dict[str, Frozen | str]) -> None:
    read(memory(files))


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(["name", "kinds", "numbers", "topics", "states", "x"]), _ANYTHING), _ANYTHING)
def test_a_vocabulary_of_another_shape_gives_findings_and_not_a_crash(city: Frozen, version: object) -> None:
    written = as_yaml({"format": version, "municipalities": {"bs": city}})
    read(memory(BESIDE | {REGISTRY: written.encode()}))


# ------------------------------------------------------------------------------------------------- what is no fault


def _as_windows_writes(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    "written",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        _as_windows_writes,
        lambda data: data.rstrip(b"\n"),
    ],
    ids=["with a BOM", "with CRLF", "with both", "without a line end at the end"],
)
def test_how_editors_save_makes_no_difference(written: Callable[[bytes], bytes]) -> None:
    saved = load(Memory({key: written(data) for key, data in SHIPPED.items()}))
    assert saved == load(Memory(SHIPPED))
    assert saved.findings == ()


# --------------------------------------------------------------------------------------------------------------- names

_NAME = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1, max_size=20),
    st.sampled_from(["Rat", "RAT", "rat.YAML", "rat.yml", "räte", "-rat", "rat ", "\udcff", "a" * 200, "con", "..."]),
).filter(lambda name: name not in {".", ".."} and len(os.fsencode(name)) < 240)


@settings(max_examples=40)
@given(
    names=st.lists(_NAME, min_size=1, max_size=5, unique=True),
    ending=st.sampled_from(["", ".yaml"]),
    folders=st.booleans(),
)
def test_any_name_of_a_file_gives_findings_and_not_a_crash(names: list[str], ending: str, *, folders: bool) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "data/units/xa").mkdir(parents=True)
        (root / REGISTRY).write_text(vocabulary(["xa"]))
        for name in names:
            path = root / "data/units/xa" / (name + ending)
            if folders:
                path = path / "inner.yaml"
                path.parent.mkdir(exist_ok=True)
            path.write_text("timeline: []\n")
        loaded = read(WorkingTree(root))
        visible = {name for name in names if not name.startswith(".")}
        assert len(loaded.findings) + len(loaded.registry.units) == len(visible)


def test_names_that_differ_by_case_links_and_what_is_no_file_are_findings(tmp_path: Path) -> None:
    units = tmp_path / "data/units/xa"
    units.mkdir(parents=True)
    (tmp_path / REGISTRY).write_text(vocabulary(["xa"]))
    for name in ("rat.yaml", "Rat.yaml", "amt.yaml"):
        (units / name).write_text("timeline: []\n")
    (units / "link.yaml").symlink_to(units / "amt.yaml")
    (units / "out.yaml").symlink_to("/etc/passwd")
    (units / "gone.yaml").symlink_to("nowhere")
    (tmp_path / "data/units/xb").symlink_to(units)
    os.mkfifo(units / "pipe.yaml")
    (units / ".hidden.yaml").write_text("not: read")
    (tmp_path / "data/README.md").write_text("beside the register's files")
    loaded = read(WorkingTree(tmp_path))
    assert sorted(loaded.registry.units) == ["xa/amt", "xa/rat"]
    assert {(found.path.removeprefix("data/units/"), found.rule.code) for found in loaded.findings} >= {
        ("xa/Rat.yaml", "R007"),
        ("xa/link.yaml", "R003"),
        ("xa/out.yaml", "R003"),
        ("xa/gone.yaml", "R003"),
        ("xa/pipe.yaml", "R004"),
    }
    assert "data/units/xb" in {found.path for found in loaded.findings}


@pytest.fixture
def bottomless(tmp_path: Path) -> Iterator[Path]:
    """A register with more folders in each other than Python calls functions; taken down again."""
    root = tmp_path / "register"
    (root / "data").mkdir(parents=True)
    (root / REGISTRY).write_text(vocabulary(["xa"]))
    start, depth = Path.cwd(), 1500
    try:
        os.chdir(root / "data")
        for _ in range(depth):
            Path("d").mkdir()
            os.chdir("d")
        Path("rat.yaml").touch()
        os.chdir(start)
        yield root
        os.chdir(root / "data")
        for _ in range(depth):
            os.chdir("d")
        Path("rat.yaml").unlink()
        for _ in range(depth):
            os.chdir("..")
            Path("d").rmdir()
    finally:
        os.chdir(start)


def test_folders_in_folders_without_end_are_findings(bottomless: Path) -> None:
    assert [found.rule.code for found in read(WorkingTree(bottomless)).findings] == ["R005"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_what_may_not_be_read_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "data/units/xa").mkdir(parents=True)
    (tmp_path / REGISTRY).write_text(vocabulary(["xa"]))
    closed = tmp_path / "data/units/xa/rat.yaml"
    closed.write_text("timeline: []\n")
    closed.chmod(0)
    assert [found.rule.code for found in read(WorkingTree(tmp_path)).findings] == ["R001"]


def test_a_line_of_parents_through_thousands_of_units_is_drawn() -> None:
    entry = {"from": "2020-01-01", "name": "Amt", "kind": "Stelle", "sources": "none"}
    parents = ["none", *(f"u{number}" for number in range(3000))]
    files: dict[str, str | bytes | Frozen] = {REGISTRY: vocabulary(["xa"])}
    for number, parent in enumerate(parents[:-1]):
        files[f"data/units/xa/u{number}.yaml"] = {"timeline": [entry | {"parent": parent}]}
    loaded = read(memory(files))
    assert len(nodes(trees(loaded.registry, DAYS[1]))) == 3000
