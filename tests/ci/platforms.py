"""Stand-ins for GitHub, GitLab and pre-commit: they fetch as those do, and run the texts of the files for CI with bash.

Only two things are replaced. Steps that are other people's actions are not run, of `actions/checkout` the fetch is made
as it makes it. And where orgreg would be installed, a script is put that starts the orgreg of this venv. Everything
else is what stands in the files, with the variables that the platform sets.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import yaml

from tests.commands import ROOT
from tests.history import Repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_DAY: Final = "2026-03-02T09:00:00+01:00"
_EXPRESSION: Final = re.compile(r"\$\{\{ (.+?) \}\}")
_ANNOTATION: Final = re.compile(
    r"^::(error|warning|notice) file=([^,]+),line=(\d+),.*?title=([A-Z]\d{3})", re.MULTILINE
)
_OTHERS: Final = "actions/"


@dataclass(frozen=True)
class Found:
    """A finding as the platform shows it: how grave, which rule, at which line of which file."""

    severity: str
    code: str
    path: str
    line: int


@dataclass(frozen=True)
class Ended:
    """How a job ended: its exit code, its log, the findings that people see at the lines, the review of the change."""

    code: int
    log: str
    found: list[Found]
    review: str


def pulled(origin: Repository, branch: str, target: str, scratch: Path) -> str:
    """Open pull request 7 on the bare remote: the commit that merges the branch into the target, as GitHub makes it."""
    merging = origin.clone(scratch / "merging")
    merging.git("checkout", "--quiet", "--detach", f"origin/{target}")
    merging.git("merge", "--quiet", "--no-ff", "--message", "Merge", f"origin/{branch}", date=_DAY)
    merging.git("push", "--quiet", "origin", "--force", "HEAD:refs/pull/7/merge")
    return merging.head()


class GitHub:
    """A runner for one job of a workflow."""

    def __init__(self, origin: Repository, scratch: Path) -> None:
        self.origin = origin
        self.workspace = Repository.begin(scratch / "workspace")
        self.temporary = scratch / "temporary"
        self.temporary.mkdir()
        self.summary = scratch / "summary.md"
        self.summary.touch()
        self.log = ""

    def pull_request(
        self,
        workflow: Mapping[Any, Any],
        commit: str,
        target: str,
        *,
        depth: int | None = None,
        inputs: Mapping[str, str] | None = None,
    ) -> Ended:
        """Run the job on pull request 7. `depth` and `inputs` stand for a file that says them otherwise."""
        event = {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_BASE_REF": target, "GITHUB_REF": "refs/pull/7/merge"}
        return self._run(workflow, commit, event, depth, inputs or {})

    def push(self, workflow: Mapping[Any, Any], commit: str, branch: str) -> Ended:
        """Run the job on a push to a branch."""
        event = {"GITHUB_EVENT_NAME": "push", "GITHUB_BASE_REF": "", "GITHUB_REF": f"refs/heads/{branch}"}
        return self._run(workflow, commit, event, None, {})

    def _run(
        self,
        workflow: Mapping[Any, Any],
        commit: str,
        event: Mapping[str, str],
        depth: int | None,
        inputs: Mapping[str, str],
    ) -> Ended:
        (job,) = workflow["jobs"].values()
        checkout, orgreg = job["steps"]
        assert checkout["uses"].startswith("actions/checkout@")
        self._fetch(commit, event["GITHUB_REF"], checkout["with"].get("fetch-depth", 1) if depth is None else depth)
        variables = {**_runner(), **event, "GITHUB_SHA": commit, "GITHUB_ACTIONS": "true"}
        code = self._act(orgreg["uses"], {**orgreg.get("with", {}), **inputs}, variables)
        found = [Found(kind, rule, path, int(line)) for kind, path, line, rule in _ANNOTATION.findall(self.log)]
        return Ended(code, self.log, found, self.summary.read_text(encoding="utf-8"))

    def _fetch(self, commit: str, ref: str, depth: int) -> None:
        """As actions/checkout does it."""
        short = ref.removeprefix("refs/heads/").removeprefix("refs/pull/")
        here = f"refs/remotes/{'pull' if ref.startswith('refs/pull/') else 'origin'}/{short}"
        wanted = [f"+{commit}:{here}"]
        if depth == 0:
            pull = wanted if ref.startswith("refs/pull/") else []
            wanted = ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*", *pull]
        self.workspace.git("remote", "add", "origin", f"file://{self.origin.folder}")
        limit = [] if depth == 0 else [f"--depth={depth}"]
        self.workspace.git("fetch", "--quiet", "--no-tags", "--prune", *limit, "origin", *wanted)
        self.workspace.git("checkout", "--quiet", "--force", here)

    def _act(self, name: str, given: Mapping[str, Any], variables: Mapping[str, str]) -> int:
        """Run a composite action: of the repository checked out, or this one's where another repository is named."""
        folder = self.workspace.folder / name if name.startswith("./") else ROOT
        action = yaml.safe_load((folder / "action.yml").read_text(encoding="utf-8"))
        told = {name: str(one.get("default", "")) for name, one in action["inputs"].items()}
        assert set(given) <= set(told), "an input that the action does not have"
        told |= {name: _as_input(one) for name, one in given.items()}
        known = {f"inputs.{name}": one for name, one in told.items()}
        known["steps.python.outputs.python-path"] = sys.executable
        for step in action["runs"]["steps"]:
            if "uses" in step:
                assert step["uses"].startswith(_OTHERS)
                continue
            if step["name"] == "Install orgreg":
                _stand_in(self.temporary / "orgreg/bin/orgreg")
                continue
            own = {name: _filled(one, known) for name, one in step.get("env", {}).items()}
            where = {"GITHUB_ACTION_PATH": str(folder), "GITHUB_STEP_SUMMARY": str(self.summary)}
            where |= {"GITHUB_WORKSPACE": str(self.workspace.folder), "RUNNER_TEMP": str(self.temporary)}
            code = self._bash(step["run"], {**variables, **where, **own})
            if code:
                return code
        return 0

    def _bash(self, script: str, variables: Mapping[str, str]) -> int:
        """As GitHub starts `shell: bash`."""
        file = self.temporary / "script.sh"
        file.write_text(script, encoding="utf-8")
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(file)]
        code, told = _do(command, self.workspace.folder, variables)
        self.log += told
        return code


class GitLab:
    """A runner for the one job of a file for GitLab."""

    def __init__(self, origin: Repository, scratch: Path) -> None:
        self.origin = origin
        self.project = Repository.begin(scratch / "project")
        self.scratch = scratch

    def run(self, file: Mapping[str, Any], commit: str, event: Mapping[str, str], depth: str | None = None) -> Ended:
        """Run the job on a commit, with what the event says. `depth` stands for a file that says another GIT_DEPTH."""
        ((_, job),) = file.items()
        variables = {**job["variables"], **({} if depth is None else {"GIT_DEPTH": depth})}
        self._fetch(commit, int(variables["GIT_DEPTH"]))
        path = os.pathsep.join([_runner()["PATH"], str(_only_orgreg(self.scratch))])
        surroundings = {**_runner(), "GITLAB_CI": "true", **event, **variables, "CI_COMMIT_SHA": commit, "PATH": path}
        script = "\n".join(["set -eo pipefail", *job["script"]])
        code, log = _do(["bash", "-c", script], self.project.folder, surroundings)
        report = self.project.folder / job["artifacts"]["reports"]["codequality"]
        (kept,) = job["artifacts"]["paths"]
        review = self.project.folder / kept
        return Ended(code, log, list(_reported(report)), review.read_text("utf-8") if review.exists() else "")

    def _fetch(self, commit: str, depth: int) -> None:
        """As GitLab's runner does it in a pipeline of a merge request."""
        self.origin.git("update-ref", "refs/pipelines/9", commit)
        wanted = ["+refs/pipelines/9:refs/pipelines/9"]
        limit = [f"--depth={depth}"] if depth else []
        if not depth:
            wanted += ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"]
        self.project.git("remote", "add", "origin", f"file://{self.origin.folder}")
        self.project.git("fetch", "--quiet", "--prune", "--force", *limit, "origin", *wanted)
        self.project.git("checkout", "--quiet", "--force", "--detach", commit)


def hooks(folder: Path, listed: list[dict[str, Any]], changed: list[str], *more: str) -> dict[str, tuple[int, str]]:
    """Run hooks as pre-commit does: on the changed files that fit, and not at all where none does. What each told."""
    ended = {}
    for hook in listed:
        fitting = [path for path in changed if re.search(hook["files"], path) and (folder / path).exists()]
        if not fitting:
            continue
        files = fitting if hook.get("pass_filenames", True) else []
        command = [*shlex.split(hook["entry"]), *hook.get("args", []), *more, *files]
        path = os.pathsep.join([str(_only_orgreg(folder.parent)), _runner()["PATH"]])
        before = {one: (folder / one).read_bytes() for one in fitting}
        code, told = _do(command, folder, {**_runner(), "PATH": path})
        # pre-commit fails where a hook has changed a file.
        rewritten = before != {one: (folder / one).read_bytes() for one in fitting}
        ended[hook["id"]] = (code or int(rewritten), told)
    return ended


def _runner() -> dict[str, str]:
    """What a runner has: no user, no settings of git but that it is not asked for any."""
    kept = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM")
    return {"PATH": os.defpath, "HOME": "/nonexistent", "CI": "true", **{name: os.environ[name] for name in kept}}


def _only_orgreg(folder: Path) -> Path:
    """What installing comes to: a folder on the path that has orgreg alone."""
    return _stand_in(folder / "orgreg-alone/orgreg").parent


def _stand_in(program: Path) -> Path:
    """The orgreg of this venv, in another place."""
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m orgreg "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return program


def _as_input(told: object) -> str:
    return str(told).lower() if isinstance(told, bool) else str(told)


def _filled(text: str, known: Mapping[str, str]) -> str:
    return _EXPRESSION.sub(lambda found: known[found[1]], str(text))


def _do(command: list[str], folder: Path, variables: Mapping[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        command, cwd=folder, env=dict(variables), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return done.returncode, done.stdout.decode("utf-8")


def _reported(report: Path) -> Iterator[Found]:
    severities = {"major": "error", "minor": "warning", "info": "notice"}
    for one in json.loads(report.read_text(encoding="utf-8")) if report.exists() else ():
        where = one["location"]
        code = one["check_name"].partition("-")[0]
        yield Found(severities[one["severity"]], code, where["path"], where["lines"]["begin"])
