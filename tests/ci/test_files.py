"""The files for CI as they stand: of the right form, pinned, without rights, and the same wherever they are shipped."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from typer.main import get_command

from orgreg.cli.app import app
from orgreg.load import kind_of
from orgreg.text.beginning import shared
from tests.commands import ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

WORKFLOWS: Final = (".github/workflows/test.yml", ".github/workflows/register.yml")
PINNED: Final = re.compile(r"^\s*(?:- )?uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new register."""
    folder = tmp_path_factory.mktemp("register")
    done = run("init", "--id", "bs", "--name", "Stadt Braunschweig", "--no-commit", "--yes", cwd=folder)
    assert done.code == 0, done.err
    return folder


@pytest.fixture(scope="module")
def actions(begun: Path) -> list[Path]:
    return [ROOT / "action.yml", begun / ".github/actions/orgreg/action.yml"]


@pytest.fixture(scope="module")
def workflows(begun: Path) -> list[Path]:
    return [*(ROOT / name for name in WORKFLOWS), begun / ".github/workflows/register.yml"]


def _fits(schema: str, files: list[Path]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def _read(file: Path) -> Any:  # noqa: ANN401 - whatever the YAML says
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def test_workflows_and_actions_are_of_the_form_that_github_reads(workflows: list[Path], actions: list[Path]) -> None:
    _fits("vendor.github-workflows", workflows)
    _fits("custom.github-workflows-require-timeout", workflows)
    _fits("vendor.github-actions", actions)


def test_the_template_is_of_the_form_that_gitlab_reads(begun: Path) -> None:
    _fits("vendor.gitlab-ci", [ROOT / "ci/gitlab.yml", begun / ".gitlab-ci.yml"])


def test_what_other_repositories_use_is_what_a_new_register_gets() -> None:
    assert (ROOT / "action.yml").read_text("utf-8") == shared("github-action.yml", "")
    assert (ROOT / "ci/gitlab.yml").read_text("utf-8") == shared("gitlab-ci.yml", "orgreg")


def test_the_hooks_of_a_new_register_are_those_of_this_repository(begun: Path) -> None:
    own = {hook["id"]: hook for hook in _read(ROOT / ".pre-commit-hooks.yaml")}
    (repository,) = _read(begun / ".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    for hook in repository["hooks"]:
        assert hook.pop("additional_dependencies") == ["orgreg"]
        assert hook == {key: told for key, told in own[hook["id"]].items() if key != "description"}
    assert list(own) == [hook["id"] for hook in repository["hooks"]] == ["orgreg-check", "orgreg-fmt"]


def test_hooks_say_what_pre_commit_needs_to_know() -> None:
    # No schema of pre-commit's is shipped with check-jsonschema: these are the keys that its manual demands and allows.
    allowed = {"id", "name", "description", "entry", "language", "files", "pass_filenames", "require_serial"}
    for hook in _read(ROOT / ".pre-commit-hooks.yaml"):
        assert {"id", "name", "entry", "language"} <= set(hook) <= allowed
        program, command, *rest = shlex.split(hook["entry"])
        group: Any = get_command(app)
        assert (program, command in group.commands, rest) == ("orgreg", True, [])


@pytest.mark.parametrize(
    ("path", "is_meant"),
    [
        ("data/registry.yaml", True),
        ("data/units/bs/rat.yaml", True),
        ("data/decisions/bs/25-25182-01.yaml", True),
        ("data/actionplans/bux/plan.yaml", True),
        ("data/units/bs/.hidden.yaml", False),
        ("data/units/bs/rat.yml", False),
        ("data/units/rat.yaml", False),
        ("data/notes.md", False),
    ],
)
def test_the_hook_for_style_gets_the_files_of_a_register_only(path: str, *, is_meant: bool) -> None:
    hook = _read(ROOT / ".pre-commit-hooks.yaml")[1]
    assert (re.search(hook["files"], path) is not None) is is_meant
    assert (kind_of(path) is not None) is is_meant


def test_every_action_of_others_is_pinned_to_a_commit(workflows: list[Path], actions: list[Path]) -> None:
    for file in [*workflows, *actions]:
        lines = [line for line in file.read_text("utf-8").splitlines() if "uses: actions/" in line]
        assert lines
        assert [line for line in lines if PINNED.match(line.partition(" # the")[0]) is None] == []
        named = re.findall(r"uses: (\S+)", file.read_text("utf-8"))
        assert [one for one in named if not one.startswith(("actions/", "./"))] == []


def test_no_workflow_can_write_or_keeps_a_token(workflows: list[Path]) -> None:
    for file in workflows:
        workflow = _read(file)
        assert workflow["permissions"] == {"contents": "read"}
        assert "pull_request_target" not in workflow[True]  # YAML 1.1 reads `on` as true
        assert "secrets" not in file.read_text("utf-8")
        for job in workflow["jobs"].values():
            assert "permissions" not in job
            (checkout,) = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
            assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}


def test_no_script_has_an_expression_in_it(workflows: list[Path], actions: list[Path]) -> None:
    steps = [step for file in actions for step in _read(file)["runs"]["steps"]]
    steps += [step for file in workflows for job in _read(file)["jobs"].values() for step in job["steps"]]
    scripts = [step["run"] for step in steps if "run" in step]
    assert len(scripts) >= 5
    assert [script for script in scripts if "${{" in script] == []


def test_scripts_are_bash(actions: list[Path], begun: Path) -> None:
    scripts = [step["run"] for file in actions for step in _read(file)["runs"]["steps"] if "run" in step]
    job = _read(begun / ".gitlab-ci.yml")["orgreg"]
    for script in [*scripts, *job["script"], *job["before_script"]]:
        subprocess.run(["bash", "-n", "-c", script], check=True)


def test_this_repository_runs_what_make_runs() -> None:
    (job,) = _read(ROOT / WORKFLOWS[0])["jobs"].values()
    assert [step["run"] for step in job["steps"] if "run" in step] == ["make test"]
    assert (ROOT / ".ci/run").read_text("utf-8").splitlines()[-1] == "exec make test"


def test_the_pythons_that_are_tested_are_those_that_are_promised() -> None:
    (job,) = _read(ROOT / WORKFLOWS[0])["jobs"].values()
    least = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert least is not None
    assert job["strategy"]["matrix"]["python"][0] == least[1]


def test_the_inputs_of_the_action_are_as_documented() -> None:
    told = re.findall(r"^\| `([a-z]+)` \|", (ROOT / "docs/ci.md").read_text("utf-8"), re.MULTILINE)
    assert told == list(_read(ROOT / "action.yml")["inputs"])


def test_the_files_shown_in_the_document_are_of_the_right_form(tmp_path: Path, begun: Path) -> None:
    shown = re.findall(r"^```yml\n(.*?)^```$", (ROOT / "docs/ci.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    github, gitlab, hooks = (yaml.safe_load(block) for block in shown)
    for name, block in zip(("github.yml", "gitlab.yml"), shown, strict=False):
        (tmp_path / name).write_text(block, encoding="utf-8")
    _fits("vendor.github-workflows", [tmp_path / "github.yml"])
    _fits("vendor.gitlab-ci", [tmp_path / "gitlab.yml"])
    own = _read(begun / ".github/workflows/register.yml")
    assert github["jobs"]["check"]["steps"][0] == own["jobs"]["check"]["steps"][0]
    assert github["permissions"] == own["permissions"]
    assert (ROOT / gitlab["include"][0]["file"]).is_file()
    assert set(gitlab["orgreg"]["variables"]) <= set(_read(ROOT / "ci/gitlab.yml")["orgreg"]["variables"])
    (repository,) = hooks["repos"]
    assert [hook["id"] for hook in repository["hooks"]] == [
        hook["id"] for hook in _read(ROOT / ".pre-commit-hooks.yaml")
    ]
