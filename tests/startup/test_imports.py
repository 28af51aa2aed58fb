"""What a command imports is what it needs: a warm tree reads neither YAML nor records, and asks no git."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
from typer.main import get_command

from orgreg import __version__
from orgreg.cli.app import COMMANDS, app
from tests.commands import ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

_HEAVY = {
    "pydantic",
    "pydantic_core",
    "yaml",
    "ruamel",
    "git",
    "rich",
    "holidays",
    "icalendar",
    "filelock",
    "markdown_it",
}
_WARM = """
orgreg
orgreg.cli orgreg.cli.app orgreg.cli.asking orgreg.cli.complete orgreg.cli.options orgreg.cli.output
orgreg.cli.register
orgreg.formats orgreg.formats.days orgreg.formats.line orgreg.formats.marks orgreg.formats.outline orgreg.formats.plain
orgreg.formats.text orgreg.formats.text.tree
orgreg.load orgreg.load.lives orgreg.load.reading orgreg.load.texts
orgreg.model orgreg.model.absent orgreg.model.certainty orgreg.model.day orgreg.model.identity orgreg.model.registry
orgreg.model.wording
orgreg.query orgreg.query.order orgreg.query.row orgreg.query.tree orgreg.query.wording
orgreg.store orgreg.store.cache orgreg.store.edition orgreg.store.looks orgreg.store.working_tree
orgreg.text orgreg.text.vocabulary
"""


def imported(*asked: str, home: Path, register: Path = ROOT) -> set[str]:
    """The modules that a command imports in a process of its own."""
    script = (
        "import os, sys\nexit = os._exit\n"
        "os._exit = lambda code: (print(*sys.modules, sep='\\n', file=sys.stderr, flush=True), exit(code))\n"
        "from orgreg.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *asked],
        cwd=register,
        env={"PATH": "", "XDG_CACHE_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


def test_a_warm_tree_imports_this_and_no_more(tmp_path: Path) -> None:
    asked = ("tree", "--date", "2024-03-01")
    imported(*asked, home=tmp_path)
    found = imported(*asked, home=tmp_path)
    assert {name for name in found if name.split(".")[0] == "orgreg"} == set(_WARM.split())
    assert {name.split(".")[0] for name in found} & _HEAVY == set()


@pytest.mark.parametrize(
    "asked", [("show", "50.21"), ("show", "25-25182"), ("show", "aktionsplan"), ("tree", "bs/sozialreferat")]
)
def test_a_warm_page_reads_no_yaml(tmp_path: Path, asked: tuple[str, ...]) -> None:
    imported(*asked, "--date", "2024-03-01", home=tmp_path)
    found = imported(*asked, "--date", "2024-03-01", home=tmp_path)
    assert {name.split(".")[0] for name in found} & _HEAVY == set()


def test_a_check_after_an_edit_makes_no_records_and_compares_no_states(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    edited = tmp_path / "data" / "units" / "bs" / "sozialreferat.yaml"
    found: set[str] = set()
    for number in range(3):
        edited.write_text(edited.read_text("utf-8") + f"# read again {number}\n", "utf-8")
        found = imported("check", home=tmp_path / "home", register=tmp_path)
    assert {name.split(".")[0] for name in found} & {"pydantic", "pydantic_core", "git"} == set()
    assert {"orgreg.review.proposed", "orgreg.check.comparison", "orgreg.diff.difference"} & found == set()


def test_a_plain_word_imports_next_to_nothing(tmp_path: Path) -> None:
    found = imported("--version", home=tmp_path)
    assert {name for name in found if name.startswith(("orgreg.load", "orgreg.query", "orgreg.check"))} == set()
    assert {name.split(".")[0] for name in found} & (_HEAVY | {"sqlite3", "json", "hashlib"}) == set()


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert run("--version").out == f"orgreg {__version__}\n"
    assert project["version"] == __version__


def test_every_command_is_made_when_it_is_asked_for() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined] # it is a group
    assert list(commands)[: len(COMMANDS)] == list(COMMANDS)
    assert all(commands[name].name == name for name in commands)
    assert len(commands) == len(list(commands))
    assert "nothing" not in commands


def test_no_cache_may_stand_before_a_command_and_behind_it(tmp_path: Path) -> None:
    environment = {"XDG_CACHE_HOME": str(tmp_path / "home")}
    for asked in (("--no-cache", "tree"), ("tree", "--no-cache"), ("show", "50.21", "--no-cache")):
        assert run(*asked, "--date", "2024-03-01", environment=environment).code == 0
        assert not (tmp_path / "home").exists()
    assert run("tree", "--date", "2024-03-01", environment=environment).code == 0
    assert (tmp_path / "home" / "orgreg").is_dir()
