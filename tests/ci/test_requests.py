"""Pull requests to a new register with a bare remote, good and bad, as GitHub, GitLab and pre-commit judge them.

The register is what `orgreg init` wrote, with some units more. Its own files for CI are run, and beside them those of
this repository; see tests.ci.platforms for what is replaced.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from shutil import copytree
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from tests.ci.platforms import Found, GitHub, GitLab, hooks, pulled
from tests.commands import ROOT, run
from tests.history import Repository

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ci.platforms import Ended

OWN: Final = ".github/workflows/register.yml"
REGISTRY: Final = "data/registry.yaml"
FACH: Final = "data/units/bs/soziales.yaml"
BUERO: Final = "data/units/bs/buero.yaml"
PAPER: Final = "data/decisions/bs/25-25182.yaml"
OLD: Final = "data/units/bs/alt.yaml"

FILES: Final = {
    FACH: """\
timeline:
  - from: 2016-01-01
    name: Soziales und Gesundheit
    kind: Fachbereich
    code: "50"
    parent: verwaltung
    sources:
      - paper: 25-25182
""",
    BUERO: """\
timeline:
  - from: 2016-01-01
    name: Büro für Migrationsfragen
    kind: Abteilung
    code: "50.2"
    parent: soziales
    sources:
      - paper: 25-25182
        quote: >-
          das Büro für Migrationsfragen
      - paper: anlage-des-registers
  - from: 2020-01-01
    name: Büro für Migration
    sources:
      - paper: 25-25182
""",
    PAPER: """\
number: "25-25182"
kind: Mitteilung
title: Neugliederung
date: 2025-02-18
author: [verwaltung]
sources:
  - quote: >-
      Neugliederung
""",
}
FAULTY: Final = """\
timeline:
  - from: 2016-01-01
    name: Altes Amt
    kind: Fachbereich
    code: 60
    parent: verwaltung
    sources:
      - paper: 25-25182
"""
NEW_UNIT: Final = """\
timeline:
  - from: 2024-03-01
    name: Integration
    kind: Abteilung
    code: "50.3"
    parent: soziales
    sources:
      - paper: 25-25182
"""


@dataclass(frozen=True)
class Request:
    """What a pull request does to the register, and the only errors that it must be shown.

    Each is a rule and how its line reads, in the file of that path; of a deleted file it is the first line. Of a good
    one, what the review tells.
    """

    says: str
    edits: dict[str, tuple[str, str]] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    tells: str = ""
    path: str = ""
    errors: tuple[tuple[str, str], ...] = ()

    def lay(self, folder: Path) -> None:
        """Make the edits."""
        for old, new in self.renamed.items():
            (folder / old).rename(folder / new)
        for key, (before, after) in self.edits.items():
            text = (folder / key).read_text(encoding="utf-8")
            assert text.count(before) == 1
            (folder / key).write_text(text.replace(before, after), encoding="utf-8")
        for key, text in self.new.items():
            (folder / key).write_text(text, encoding="utf-8")
        for key in self.gone:
            (folder / key).unlink()

    def found(self, folder: Path) -> list[Found]:
        """The errors that it must be shown, in the order of their lines."""
        file = folder / self.path
        lines = file.read_text(encoding="utf-8").splitlines() if self.path and file.exists() else [""]
        assert [line for _, line in self.errors if lines.count(line) != 1] == []
        return [Found("error", code, self.path, lines.index(line) + 1) for code, line in self.errors]

    def __str__(self) -> str:
        return self.says


CORRECTED: Final = """\
      - paper: 25-25182

corrections:
  - day: 2026-03-02
    of: timeline name
    was: "%s"
    because: the short form was taken for the name
    sources:
      - paper: 25-25182
"""
LAST: Final = """\
    name: Büro für Migration
    sources:
      - paper: 25-25182
"""
GOOD: Final = [
    Request("nothing in the register", new={"notes.txt": "remember\n"}, tells="Nothing that the register says"),
    Request(
        "a new unit",
        new={"data/units/bs/integration.yaml": NEW_UNIT},
        tells="50.3 Integration is created as Abteilung under 50 Soziales und Gesundheit",
    ),
    Request(
        "a new value",
        edits={FACH: ("    kind:", "    short_name: FB 50\n    kind:")},
        tells="short name „FB 50“ since 2016-01-01",
    ),
    Request(
        "a unit renamed with formerly",
        renamed={BUERO: "data/units/bs/migration.yaml"},
        edits={"data/units/bs/migration.yaml": (LAST, f"{LAST}\nformerly: [buero]\n")},
        tells="The file bs/buero is called bs/migration now",
    ),
    Request(
        "a correction that repeats what stood there",
        edits={BUERO: (LAST, LAST.replace("Migration", "Migration und Asyl").replace(
            "      - paper: 25-25182\n", CORRECTED % "name: Büro für Migration"))},
        tells="was „Büro für Migration“, is „Büro für Migration und Asyl“",
    ),
]  # fmt: skip
BAD: Final = [
    Request(
        "a fault in YAML",
        edits={FACH: ("    kind: Fachbereich\n", "    kind: Fachbereich: 50\n")},
        path=FACH, errors=(("Y004", "    kind: Fachbereich: 50"),),
    ),
    Request(
        "a code without quotes",
        edits={BUERO: ('"50.2"', "50.2")},
        path=BUERO, errors=(("G003", "    code: 50.2"),),
    ),
    Request(
        "a lost statement",
        edits={BUERO: ("  - from: 2020-01-01\n" + LAST, "")},
        path=BUERO, errors=(("H001", "timeline:"),),
    ),
    Request(
        "an altered statement",
        edits={BUERO: ("    name: Büro für Migration\n", "    name: Büro für Asyl\n")},
        path=BUERO, errors=(("H001", "    name: Büro für Asyl"),),
    ),
    Request(
        "a lost source",
        edits={FACH: ("      - paper: 25-25182\n", "      - paper: anlage-des-registers\n")},
        path=FACH, errors=(("H001", "  - from: 2016-01-01"),),
    ),
    Request("a deleted unit file", gone=(BUERO,), path=BUERO, errors=(("H002", ""),)),
    Request(
        "a rename without formerly",
        renamed={BUERO: "data/units/bs/migration.yaml"},
        path="data/units/bs/migration.yaml", errors=(("H003", "timeline:"),),
    ),
    Request(
        "a false was",
        edits={BUERO: (LAST, LAST.replace("Migration", "Migration und Asyl").replace(
            "      - paper: 25-25182\n", CORRECTED % "name: Büro für Zuwanderung"))},
        path=BUERO, errors=(
            ("H001", "    name: Büro für Migration und Asyl"),
            ("H004", '    was: "name: Büro für Zuwanderung"'),
        ),
    ),
    Request(
        "a changed number of a paper",
        edits={PAPER: ('"25-25182"', '"25-25183"')},
        path=PAPER, errors=(("H005", 'number: "25-25183"'),),
    ),
    Request(
        "a new unit under one that is not there",
        new={"data/units/bs/integration.yaml": NEW_UNIT.replace("parent: soziales", "parent: sozial")},
        path="data/units/bs/integration.yaml", errors=(("U001", "    parent: sozial"),),
    ),
]  # fmt: skip


@dataclass(frozen=True)
class Remote:
    """A register with a bare remote, its branch `main`, and a clone in which someone works."""

    origin: Repository
    clone: Repository
    scratch: Path

    def request(self, wanted: Request) -> str:
        """Push the pull request's branch, and give back its commit."""
        self.clone.git("checkout", "--quiet", "-b", "request", "origin/main")
        wanted.lay(self.clone.folder)
        commit = self.clone.record(wanted.says, "2026-03-02T10:00:00+01:00")
        self.clone.git("push", "--quiet", "origin", "request")
        return commit

    def on_main(self, files: dict[str, str]) -> str:
        """Push a commit to main."""
        self.clone.git("checkout", "--quiet", "main")
        commit = self.clone.commit(files, "Meanwhile", "2026-03-02T09:30:00+01:00")
        self.clone.git("push", "--quiet", "origin", "main")
        return commit


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _begun(tmp_path_factory.mktemp("begun"), FILES)


@pytest.fixture(scope="module")
def begun_with_a_fault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _begun(tmp_path_factory.mktemp("begun"), {**FILES, OLD: FAULTY})


@pytest.fixture
def remote(begun: Path, tmp_path: Path) -> Remote:
    return _copied(begun, tmp_path)


@pytest.fixture
def burdened(begun_with_a_fault: Path, tmp_path: Path) -> Remote:
    """The same with an old fault in a file that no request touches."""
    return _copied(begun_with_a_fault, tmp_path)


def _begun(scratch: Path, files: dict[str, str]) -> Path:
    """The folder with a register and its remote."""
    clone = Repository(scratch / "clone")
    words = ("--id", "bs", "--name", "Stadt Braunschweig", "--date", "2026-03-02")
    done = run("init", str(clone.folder), *words, "--yes")
    assert done.code == 0, done.err
    clone.commit(files, "Enter", "2026-03-02T09:00:00+01:00")
    origin = Repository.begin(scratch / "origin.git", "--bare")
    clone.git("remote", "add", "origin", f"file://{origin.folder}")
    clone.git("push", "--quiet", "origin", "main")
    return scratch


def _copied(begun: Path, scratch: Path) -> Remote:
    copytree(begun, scratch, dirs_exist_ok=True)
    made = Remote(Repository(scratch / "origin.git"), Repository(scratch / "clone"), scratch)
    made.clone.git("remote", "set-url", "origin", f"file://{made.origin.folder}")
    return made


def _read(file: Path) -> Any:  # noqa: ANN401 - whatever the YAML says
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def on_github(remote: Remote, workflow: Path, **changed: Any) -> Ended:  # noqa: ANN401
    merge = pulled(remote.origin, "request", "main", remote.scratch)
    return GitHub(remote.origin, remote.scratch).pull_request(_read(workflow), merge, "main", **changed)


def on_gitlab(remote: Remote, commit: str, depth: str | None = None, **event: str) -> Ended:
    base = remote.clone.git("merge-base", "origin/main", "request")
    told = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": "", **event}
    return GitLab(remote.origin, remote.scratch).run(_read(remote.clone.folder / ".gitlab-ci.yml"), commit, told, depth)


def errors(ended: Ended) -> list[Found]:
    return [one for one in ended.found if one.severity == "error"]


# ------------------------------------------------------------------------------------------------- GitHub


@pytest.mark.parametrize("wanted", GOOD, ids=str)
def test_github_lets_a_good_pull_request_pass(remote: Remote, wanted: Request) -> None:
    remote.request(wanted)
    ended = on_github(remote, remote.clone.folder / OWN)
    assert (ended.code, errors(ended)) == (0, []), ended.log
    assert wanted.tells in ended.review


@pytest.mark.parametrize("wanted", BAD, ids=str)
def test_github_stops_a_bad_one_at_the_line(remote: Remote, wanted: Request) -> None:
    remote.request(wanted)
    ended = on_github(remote, remote.clone.folder / OWN)
    assert (ended.code, errors(ended)) == (1, wanted.found(remote.clone.folder)), ended.log
    assert [code for code, _ in wanted.errors if code not in ended.review] == []


@pytest.mark.parametrize("wanted", [GOOD[1], BAD[1], BAD[2]], ids=str)
def test_github_lets_an_old_fault_elsewhere_be(burdened: Remote, wanted: Request) -> None:
    burdened.request(wanted)
    ended = on_github(burdened, burdened.clone.folder / OWN)
    assert errors(ended) == wanted.found(burdened.clone.folder)
    assert ended.code == int(bool(wanted.errors)), ended.log


@pytest.mark.parametrize("wanted", [GOOD[1], BAD[2]], ids=str)
def test_the_workflow_and_the_action_of_this_repository_judge_alike(remote: Remote, wanted: Request) -> None:
    action = (ROOT / "action.yml").read_text(encoding="utf-8")
    remote.on_main({"action.yml": action})
    remote.request(wanted)
    ended = on_github(remote, ROOT / OWN)
    assert (ended.code, errors(ended)) == (int(bool(wanted.errors)), wanted.found(remote.clone.folder)), ended.log


def test_what_came_to_the_target_meanwhile_is_not_the_pull_requests(remote: Remote) -> None:
    remote.request(GOOD[1])
    remote.on_main({OLD: FAULTY, PAPER: FILES[PAPER].replace("Neugliederung", "Neue Gliederung")})
    ended = on_github(remote, remote.clone.folder / OWN)
    assert (ended.code, errors(ended)) == (0, []), ended.log


def test_a_shallow_checkout_says_that_the_history_is_needed(remote: Remote) -> None:
    remote.request(GOOD[1])
    ended = on_github(remote, remote.clone.folder / OWN, depth=1)
    assert ended.code == 3
    (told,) = [line for line in ended.log.splitlines() if line.startswith("::error title=Not checked::")]
    assert "fetch-depth: 0" in told
    assert ended.review == ""


def test_a_push_is_checked_whole(burdened: Remote) -> None:
    ended = GitHub(burdened.origin, burdened.scratch).push(
        _read(burdened.clone.folder / OWN), burdened.clone.head(), "main"
    )
    assert (ended.code, ended.review) == (1, "")
    assert [(one.code, one.path) for one in errors(ended)] == [("G003", OLD)]


def test_strict_stops_at_a_warning(remote: Remote) -> None:
    unsourced = NEW_UNIT.replace("    sources:\n      - paper: 25-25182\n", "    sources: none\n")
    remote.request(Request("a unit without a source", new={"data/units/bs/integration.yaml": unsourced}))
    workflow = remote.clone.folder / OWN
    merge = pulled(remote.origin, "request", "main", remote.scratch)
    for number, (strict, code) in enumerate({"false": 0, "true": 1}.items()):
        scratch = remote.scratch / str(number)
        ended = GitHub(remote.origin, scratch).pull_request(_read(workflow), merge, "main", inputs={"strict": strict})
        assert ended.code == code, ended.log
        assert [(one.severity, one.code) for one in ended.found] == [("warning", "S001")]


def test_a_register_in_a_folder_has_its_annotations_there(remote: Remote) -> None:
    inner = {key: (remote.clone.folder / key).read_text("utf-8") for key in [*FILES, REGISTRY]}
    inner |= {key: (remote.clone.folder / key).read_text("utf-8") for key in
              ("data/units/bs/verwaltung.yaml", "data/decisions/bs/anlage-des-registers.yaml")}  # fmt: skip
    remote.clone.git("rm", "--quiet", "-r", "data")
    remote.on_main({f"city data/{key}": text for key, text in inner.items()})
    key = f"city data/{BUERO}"
    wanted = Request(
        "a code without quotes", edits={key: ('"50.2"', "50.2")}, path=key, errors=(("G003", "    code: 50.2"),)
    )
    remote.request(wanted)
    ended = on_github(remote, remote.clone.folder / OWN, inputs={"directory": "./city data/"})
    assert (ended.code, errors(ended)) == (1, wanted.found(remote.clone.folder)), ended.log


# ------------------------------------------------------------------------------------------------- GitLab


@pytest.mark.parametrize("wanted", GOOD, ids=str)
def test_gitlab_lets_a_good_merge_request_pass(remote: Remote, wanted: Request) -> None:
    ended = on_gitlab(remote, remote.request(wanted))
    assert (ended.code, errors(ended)) == (0, []), ended.log
    assert wanted.tells in ended.review


@pytest.mark.parametrize("wanted", BAD, ids=str)
def test_gitlab_stops_a_bad_one_at_the_line(remote: Remote, wanted: Request) -> None:
    ended = on_gitlab(remote, remote.request(wanted))
    assert (ended.code, errors(ended)) == (1, wanted.found(remote.clone.folder)), ended.log
    assert [code for code, _ in wanted.errors if code not in ended.review] == []


def test_gitlab_lets_an_old_fault_elsewhere_be(burdened: Remote) -> None:
    assert on_gitlab(burdened, burdened.request(GOOD[1])).code == 0


def test_gitlab_compares_a_merged_result_with_the_target_as_it_is_now(remote: Remote) -> None:
    remote.request(GOOD[1])
    target = remote.on_main({OLD: FAULTY})
    merge = pulled(remote.origin, "request", "main", remote.scratch)
    ended = on_gitlab(remote, merge, CI_MERGE_REQUEST_TARGET_BRANCH_SHA=target)
    assert ended.code == 0, ended.log


def test_gitlab_checks_the_main_branch_whole(burdened: Remote) -> None:
    file = _read(burdened.clone.folder / ".gitlab-ci.yml")
    ended = GitLab(burdened.origin, burdened.scratch).run(file, burdened.clone.head(), {})
    assert (ended.code, ended.review) == (1, "")
    assert [(one.code, one.path) for one in errors(ended)] == [("G003", OLD)]


def test_gitlab_says_that_the_history_is_needed(remote: Remote) -> None:
    ended = on_gitlab(remote, remote.request(GOOD[1]), depth="1")
    assert ended.code == 3
    assert "fetch-depth: 0" in ended.log


# ------------------------------------------------------------------------------------------------- pre-commit


def _hooks(remote: Remote, wanted: Request, *more: str) -> dict[str, tuple[int, str]]:
    """What pre-commit runs before the commit of a request, by the register's own file."""
    folder = remote.clone.folder
    wanted.lay(folder)
    remote.clone.git("add", "--all")
    changed = remote.clone.git("diff", "--name-only", "--cached", "--no-renames").splitlines()
    (repository,) = _read(folder / ".pre-commit-config.yaml")["repos"]
    return hooks(folder, repository["hooks"], changed, *more)


@pytest.mark.parametrize("wanted", GOOD[1:], ids=str)
def test_hooks_let_a_good_commit_pass(remote: Remote, wanted: Request) -> None:
    assert {name: code for name, (code, _) in _hooks(remote, wanted).items()} == {"orgreg-check": 0, "orgreg-fmt": 0}


def test_hooks_are_silent_where_the_register_is_not_touched(remote: Remote) -> None:
    assert _hooks(remote, GOOD[0]) == {}


@pytest.mark.parametrize("wanted", [BAD[0], BAD[1], BAD[-1]], ids=str)
def test_hooks_stop_a_fault(remote: Remote, wanted: Request) -> None:
    code, told = _hooks(remote, wanted)["orgreg-check"]
    (found,) = wanted.found(remote.clone.folder)
    assert code == 1
    assert f"{found.path}:{found.line}:" in told
    assert f" {found.code} " in told


def test_the_hook_for_style_puts_it_right_and_stops(remote: Remote) -> None:
    untidy = NEW_UNIT.replace("  - from", "- from").replace("\n    ", "\n  ").replace("\n      - ", "\n    - ")
    ended = _hooks(remote, Request("", new={"data/units/bs/integration.yaml": untidy}))
    assert {name: code for name, (code, _) in ended.items()} == {"orgreg-check": 0, "orgreg-fmt": 1}
    assert run("fmt", "--check", cwd=remote.clone.folder).code == 0


@pytest.mark.parametrize(("wanted", "code"), [(GOOD[1], 0), (BAD[2], 1)], ids=["a new unit", "a lost statement"])
def test_hooks_can_leave_old_faults_aside(burdened: Remote, wanted: Request, code: int) -> None:
    burdened.clone.git("fetch", "--quiet", "origin")
    check = [one for one in _read(ROOT / ".pre-commit-hooks.yaml") if one["id"] == "orgreg-check"]
    wanted.lay(burdened.clone.folder)
    changed = ["data/units/bs/integration.yaml", BUERO]
    against = ("--against", "origin/main")
    assert hooks(burdened.clone.folder, check, changed)["orgreg-check"][0] == 1
    ended = hooks(burdened.clone.folder, check, changed, *against)
    assert ended["orgreg-check"][0] == code, ended
