"""fmt, check --fix and schema --write as they are typed."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from check_jsonschema.parsers import ParserSet  # type: ignore[import-untyped] # it ships no types
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from orgreg.load import kind_of
from orgreg.model.finding import Finding
from orgreg.text import refusals
from orgreg.text.remedy import remedied
from orgreg.text.schema import schema
from tests.commands import ROOT, run, write

if TYPE_CHECKING:
    from pathlib import Path

REGISTRY = "format: 1\nmunicipalities:\n  s:\n    name: Stadt S\n    kinds:\n      Amt: {rank: 1}\n"
FINE = "timeline:\n  - from: 2020-01-01\n    name: Amt\n    kind: Amt\n    parent: none\n    sources: none\n"
LOOSE = FINE.replace("    name: Amt\n", "    name: Amt   # so\n").replace("  - from", "  -  from", 1)
SORTED = FINE.replace("    name: Amt\n", "    name: Amt   # so\n")
BARE = FINE.replace("kind: Amt", "kind: Amt\r\n    code: 50.20  # number\r\n    short_name: {}".format("yes"))
AMT, BUERO = "data/units/s/amt.yaml", "data/units/s/buero.yaml"


def loose(text: str) -> str:
    return text.replace("    kind: Amt\n    parent: none\n", "    parent: none\n    kind: Amt\n")


def register(root: Path, **units: str | bytes) -> Path:
    return write(root, {"data/registry.yaml": REGISTRY, **{f"data/units/s/{k}.yaml": v for k, v in units.items()}})


def held(root: Path) -> dict[str, bytes]:
    there = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    # What a writer keeps in its own folder, which git does not see.
    return {key: data for key, data in there.items() if key not in {"data/.orgreg/.gitignore", "data/.orgreg/lock"}}


# ----------------------------------------------------------------------------------------------------------------- fmt


def test_fmt_writes_what_is_not_in_house_style_and_nothing_else(tmp_path: Path) -> None:
    before = held(register(tmp_path, amt=b"\xef\xbb\xbf" + loose(SORTED).encode(), buero=FINE))
    outcome = run("fmt", cwd=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"{AMT}\n1 file brought into house style, of 3 files\n"
    assert held(tmp_path) == before | {AMT: b"\xef\xbb\xbf" + SORTED.encode()}
    assert run("fmt", cwd=tmp_path).out == "0 files brought into house style, of 3 files\n"


def test_fmt_check_lists_and_writes_nothing(tmp_path: Path) -> None:
    before = held(register(tmp_path, amt=loose(FINE)))
    outcome = run("fmt", "--check", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (1, f"{AMT}\n1 file not in house style, of 2 files\n")
    assert held(tmp_path) == before
    assert run("fmt", "--check", "data/registry.yaml", cwd=tmp_path).code == 0


@pytest.mark.parametrize("end", ["\n", "", "\r\n"])
def test_fmt_diff_is_a_patch_that_git_takes(tmp_path: Path, end: str) -> None:
    text = loose(FINE).rstrip("\n").replace("\n", end or "\n") + end
    before = held(register(tmp_path, amt=text))
    outcome = run("fmt", "--diff", cwd=tmp_path)
    assert (outcome.code, run("fmt", "--diff", "--check", cwd=tmp_path).code) == (0, 1)
    assert held(tmp_path) == before
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=outcome.out.encode(), check=True)
    assert run("fmt", "--check", cwd=tmp_path).code == 0


def test_fmt_takes_files_and_folders(tmp_path: Path) -> None:
    register(tmp_path, amt=loose(FINE), buero=loose(FINE))
    assert run("fmt", "--check", "amt.yaml", cwd=tmp_path / "data/units/s").out.startswith(f"{AMT}\n1 file ")
    assert run("fmt", "--check", ".", "amt.yaml", cwd=tmp_path / "data/units/s").out.startswith(f"{AMT}\n{BUERO}\n2 ")
    assert run("fmt", "--check", "..", cwd=tmp_path / "data/units").out.endswith("of 3 files\n")


@pytest.mark.parametrize("path", ["nowhere", "/", "data/README.md", "data/units/s/link.yaml/x"])
def test_fmt_of_what_is_no_file_of_the_register_is_refused(tmp_path: Path, path: str) -> None:
    write(register(tmp_path, amt=FINE), {"data/README.md": "x"})
    outcome = run("fmt", path if path != "/" else os.devnull, cwd=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert "is no file of this register" in outcome.err


def test_fmt_leaves_alone_what_cannot_be_read_or_kept(tmp_path: Path) -> None:
    asked = "? timeline\n: []\n"
    before = held(register(tmp_path, amt="a: b: c\n", asked=asked, buero=FINE))
    outcome = run("fmt", cwd=tmp_path)
    assert outcome.code == 1
    assert outcome.err.splitlines() == [
        f"orgreg: {AMT} is left as it is: a second colon stands in the line; see orgreg check",
        "orgreg: data/units/s/asked.yaml is left as it is: a key in it stands behind a question mark",
    ]
    assert held(tmp_path) == before


def test_fmt_and_schema_refuse_a_register_of_a_later_format(tmp_path: Path) -> None:
    write(register(tmp_path, amt=loose(FINE)), {"data/registry.yaml": "format: 2\n"})
    for command in (["fmt"], ["schema", "--write"]):
        outcome = run(*command, cwd=tmp_path)
        assert outcome.code == 1
        assert "of format 2" in outcome.err


def test_what_was_changed_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register(tmp_path, amt=loose(FINE))
    monkeypatch.setattr("orgreg.store.publishing.publish", lambda *_: f"{AMT} was changed by someone else")
    outcome = run("fmt", cwd=tmp_path)
    assert outcome.code == 1
    assert outcome.err == f"orgreg: {AMT} was changed by someone else\n"
    write(tmp_path, {BUERO: BARE})
    assert "someone else" in run("check", "--fix", cwd=tmp_path).err


def test_a_full_disk_ends_with_3_and_what_was_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register(tmp_path, amt=loose(FINE), buero=loose(FINE))
    taken: list[int] = []
    sync = os.fsync

    def full(descriptor: int) -> None:
        taken.append(descriptor)
        if len(taken) > 3:  # the .gitignore of the writer's folder, a file, its folder
            raise OSError(28, "No space left on device")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    outcome = run("fmt", cwd=tmp_path)
    assert outcome.code == 3
    assert outcome.out == f"{AMT}\n1 file brought into house style, of 3 files\n"
    assert outcome.err == f"orgreg: {BUERO} cannot be written: no space left on device; it is as it was\n"
    assert (tmp_path / BUERO).read_text() == loose(FINE)
    assert len(held(tmp_path)) == 3


# ----------------------------------------------------------------------------------------------------------------- fix


def test_check_fix_quotes_what_has_to_be_quoted_and_nothing_else(tmp_path: Path) -> None:
    register(tmp_path, amt=loose(FINE), buero=b"\xef\xbb\xbf" + BARE.encode())
    before = held(tmp_path)
    assert run("check", cwd=tmp_path).code == 1
    assert held(tmp_path) == before
    outcome = run("check", "--fix", cwd=tmp_path)
    arrow = "\N{RIGHTWARDS ARROW}"
    assert outcome.out.splitlines()[:3] == [
        f'{BUERO}:5: code: 50.20 # number {arrow} code: "50.20" # number',
        f'{BUERO}:6: short_name: yes {arrow} short_name: "yes"',
        "",
    ]
    assert "G003" not in outcome.out
    fixed = BARE.replace("50.20", '"50.20"').replace("yes", '"yes"')
    assert held(tmp_path) == before | {BUERO: b"\xef\xbb\xbf" + fixed.encode()}
    assert "short_name" not in run("check", "--fix", cwd=tmp_path).out


def test_check_fix_keeps_standard_output_for_the_program_that_reads_it(tmp_path: Path) -> None:
    register(tmp_path, amt=BARE)
    outcome = run("check", "--fix", "--format", "json", cwd=tmp_path)
    assert json.loads(outcome.out)["format"] == "orgreg/check/1"
    assert len(outcome.err.splitlines()) == 2


def test_what_may_mean_nothing_is_for_a_person(tmp_path: Path) -> None:
    before = held(register(tmp_path, amt=FINE.replace("name: Amt", "name: null\n    nme: Amt")))
    outcome = run("check", "--fix", cwd=tmp_path)
    assert (outcome.code, held(tmp_path)) == (1, before)
    assert "G003" in outcome.out


def test_a_remedy_for_what_no_longer_stands_there_is_none() -> None:
    lost = Finding(refusals.QUOTE_IT, AMT, "", "", route=("gone",))
    assert remedied(b"a: 1\n", [lost]).lines == ()


@given(st.lists(st.sampled_from(["50.20", "yes", "0500", "Amt", '"5"', "2024-01-01", "~"]), min_size=1), st.booleans())
def test_a_fix_changes_only_its_own_lines(values: list[str], crlf: bool) -> None:  # noqa: FBT001 - an example
    lines = [f"  - {value}   # {position} 😀" for position, value in enumerate(values)]
    text = ("\r\n" if crlf else "\n").join(["a:", *lines])
    bare = [n for n, value in enumerate(values) if value in {"50.20", "yes", "0500", "2024-01-01", "~"}]
    made = remedied(text.encode(), [Finding(refusals.QUOTE_IT, AMT, "", "", route=("a", n)) for n in bare])
    expected = [n + 2 for n in bare if values[n] != "~"]
    assert [line.number for line in made.lines] == expected
    after = made.data.decode().split("\n")
    for number, line in enumerate(text.split("\n"), 1):
        assert (after[number - 1] != line) == (number in expected)


# -------------------------------------------------------------------------------------------------------------- schema


def test_schema_write_gives_every_file_its_schema_once(tmp_path: Path) -> None:
    register(tmp_path, amt=b"\xef\xbb\xbf" + FINE.encode(), buero=FINE.replace("from", "form"))
    outcome = run("schema", "--write", cwd=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith("7 files written; the others were as they should be\n")
    after = held(tmp_path)
    line = "# yaml-language-server: $schema=../../../schema/unit.json\n"
    assert after[AMT] == b"\xef\xbb\xbf" + (line + FINE).encode()
    assert after["data/registry.yaml"].startswith(b"# yaml-language-server: $schema=../schema/registry.json\n")
    assert json.loads(after["schema/unit.json"]) == schema("units")
    assert run("schema", "--write", cwd=tmp_path).out == "0 files written; the others were as they should be\n"
    assert held(tmp_path) == after
    assert "not in house style" not in run("fmt", "--check", AMT, cwd=tmp_path).out.replace("0 files not", "")


def test_schema_write_leaves_alone_what_is_no_text(tmp_path: Path) -> None:
    register(tmp_path, amt=b"name: \xff\n")
    outcome = run("schema", "--write", cwd=tmp_path)
    assert outcome.code == 1
    assert f"{AMT} is left as it is: the byte ff is not UTF-8" in outcome.err
    assert (tmp_path / AMT).read_bytes() == b"name: \xff\n"


def test_schema_says_where_it_cannot_write(tmp_path: Path) -> None:
    write(register(tmp_path), {"schema": "a file"})
    outcome = run("schema", "--write", cwd=tmp_path)
    assert outcome.code == 3
    assert "schema/unit.json cannot be" in outcome.err


@pytest.mark.parametrize("arguments", [[], ["unit", "--write"]])
def test_schema_takes_a_kind_or_write(arguments: list[str]) -> None:
    assert run("schema", *arguments).code == 2


def test_schema_prints_a_kind() -> None:
    assert json.loads(run("schema", "paper").out) == schema("decisions")


def as_jetbrains(node: Any) -> Any:  # noqa: ANN401 - any tree
    """What a reader of YAML 1.1 takes for a day is checked as the text that stands there."""
    if isinstance(node, dict):
        return {str(key): as_jetbrains(value) for key, value in node.items()}
    if isinstance(node, list):
        return [as_jetbrains(one) for one in node]
    return node.isoformat() if isinstance(node, date) else node


FILES = sorted((ROOT / "data").rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_shipped_files_are_valid_for_editors(path: Path) -> None:
    kind = kind_of(path.relative_to(ROOT).as_posix())
    assert kind is not None
    validator = Draft7Validator(schema(kind))
    parsers = ParserSet()
    for read in (parsers.parse_file(path, "yaml"), as_jetbrains(yaml.safe_load(path.read_text("utf-8")))):
        assert [error.message for error in validator.iter_errors(read)] == []


@pytest.mark.parametrize(("line", "fits"), [("2022", True), ("2024-03-01", True), ("2016~", True), ("March", False)])
def test_a_day_is_a_text_or_a_number_for_editors(line: str, fits: bool) -> None:  # noqa: FBT001 - an example
    read = as_jetbrains(yaml.safe_load(FINE.replace("2020-01-01", line)))
    assert Draft7Validator(schema("units")).is_valid(read) == fits
