"""A new register: sound from its first commit, nothing overwritten, nothing left where it fails."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from orgreg.store import beginning, publishing
from orgreg.text.beginning import LAENDER
from tests.commands import ROOT, run, write
from tests.history import Repository

if TYPE_CHECKING:
    from tests.commands import Outcome

CITY = ("--id", "bs", "--name", "Stadt Braunschweig", "--date", "2026-03-02")
KEPT = (".editorconfig", ".gitattributes", ".gitlab-ci.yml", ".pre-commit-config.yaml", "README.md")
FILES = sorted([
    *KEPT,
    ".github/actions/orgreg/action.yml",
    ".github/workflows/register.yml",
    "data/decisions/bs/anlage-des-registers.yaml",
    "data/registry.yaml",
    "data/units/bs/verwaltung.yaml",
])  # fmt: skip


def init(folder: Path, *more: str, **said: object) -> Outcome:
    folder.mkdir(parents=True, exist_ok=True)
    return run("init", *CITY, *more, cwd=folder, **said)  # type: ignore[arg-type] # options of run


def files(folder: Path) -> dict[str, bytes]:
    """Every file, git's own left out."""
    found = (path for path in sorted(folder.rglob("*")) if ".git" not in path.relative_to(folder).parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found if path.is_file()}


def is_sound(folder: Path) -> bool:
    """Whether nothing is found, not even a note, and all is in house style."""
    checked, styled = run("check", "--strict", cwd=folder), run("fmt", "--check", cwd=folder)
    assert (checked.out, styled.out) == ("no findings\n", "0 files not in house style, of 3 files\n")
    return checked.code == styled.code == 0


# ------------------------------------------------------------------------------------------------- what comes of it


def test_a_new_register_is_sound_and_is_its_own_first_commit(tmp_path: Path) -> None:
    done = init(tmp_path, "--land", "Niedersachsen", "--yes")
    assert (done.code, done.err) == (0, "")
    assert sorted(files(tmp_path)) == FILES
    assert is_sound(tmp_path)
    git = Repository(tmp_path).git
    assert git("log", "--format=%an <%ae>: %s") == "Test <test@example.org>: Begin the register of Stadt Braunschweig"
    assert git("branch", "--show-current") == "main"
    assert git("status", "--porcelain") == ""
    assert sorted(git("ls-files").splitlines()) == FILES
    assert done.out.endswith(f"recorded as {git('rev-parse', 'HEAD')[:10]}: Begin the register of Stadt Braunschweig\n")
    assert run("tree", cwd=tmp_path).out == "Stadt Braunschweig\n"
    assert "since 2026" not in run("show", "verwaltung", cwd=tmp_path).out


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=60), st.sampled_from(["bs", "0", "1e3", "on", "no", "2024", "a-b"]))
def test_whatever_the_city_is_called_the_register_is_sound_or_refused(name: str, slug: str) -> None:
    with TemporaryDirectory() as folder:
        words = ("--id", slug, f"--name={name}", "--date", "2026-03-02", "--no-commit", "--yes")
        done = run("init", *words, cwd=Path(folder))
        if done.code == 0:
            assert is_sound(Path(folder))
            known = yaml.safe_load((Path(folder) / "data/registry.yaml").read_bytes())["municipalities"]
            assert {city: known[city]["name"] for city in known} == {slug: " ".join(name.split())}
        else:
            assert (done.code, files(Path(folder))) == (2, {})


def test_the_folder_is_made_or_named_with_c(tmp_path: Path) -> None:
    assert init(tmp_path, "deep/er", "--yes").code == 0
    assert is_sound(tmp_path / "deep/er")
    assert run("-C", "deep", "init", "other", *CITY, "--yes", cwd=tmp_path).code == 0
    assert is_sound(tmp_path / "deep/other")


def test_the_commands_of_its_readme_work_one_after_another(tmp_path: Path) -> None:
    assert init(tmp_path, "--yes").code == 0
    blocks = re.findall(r"^```sh\n(.*?)^```$", (tmp_path / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    commands = [shlex.split(line, comments=True)[1:] for block in blocks for line in block.splitlines()]
    assert {words[0] for words in commands} == {"tree", "show", "find", "create", "move", "check", "fmt"}
    for words in commands:
        done = run(*words, *(["--yes"] if words[0] == "create" else []), cwd=tmp_path)
        assert done.code == 0, (words, done.err)
    shown = "Stadt Braunschweig   (not attested before 2026-03-02)\n  I Dezernat I\n"
    assert run("tree", "--date", "2024-03-01", cwd=tmp_path).out == shown
    assert Repository(tmp_path).git("rev-list", "--count", "HEAD") == "3"


def test_where_orgreg_and_its_action_come_from_is_said_in_every_file_for_ci(tmp_path: Path) -> None:
    wanted = "orgreg @ git+https://example.org/orgreg@v1"
    assert init(tmp_path / "own", "--from", wanted, "--yes").code == 0
    action = yaml.safe_load(files(tmp_path / "own")[".github/actions/orgreg/action.yml"])
    assert action["inputs"]["version"]["default"] == wanted
    assert yaml.safe_load(files(tmp_path / "own")[".gitlab-ci.yml"])["orgreg"]["variables"]["ORGREG"] == wanted
    (repository,) = yaml.safe_load(files(tmp_path / "own")[".pre-commit-config.yaml"])["repos"]
    assert [hook["additional_dependencies"] for hook in repository["hooks"]] == [[wanted], [wanted]]

    assert init(tmp_path / "shared", "--action", "stadt/orgreg@v1", "--yes").code == 0
    assert ".github/actions/orgreg/action.yml" not in files(tmp_path / "shared")
    workflow = yaml.safe_load(files(tmp_path / "shared")[".github/workflows/register.yml"])
    assert workflow["jobs"]["check"]["steps"][1]["uses"] == "stadt/orgreg@v1"


def test_without_an_option_no_file_names_a_host() -> None:
    with TemporaryDirectory() as folder:
        assert init(Path(folder), "--yes").code == 0
        assert [key for key, data in files(Path(folder)).items() if b"://" in data] == []


# ------------------------------------------------------------------------------------------------- in a repository


def test_in_a_repository_it_goes_on_there_and_leaves_the_rest_alone(tmp_path: Path) -> None:
    register = Repository.begin(tmp_path / "register")
    register.git("symbolic-ref", "HEAD", "refs/heads/stand")
    register.commit({"LICENSE": "free\n"}, "Begin", "2026-03-01T09:00:00+01:00")
    write(register.folder, {"staged.txt": "new\n", "LICENSE": "freer\n"})
    register.git("add", "staged.txt")
    dirty = register.git("status", "--porcelain")
    assert init(register.folder, "--yes").code == 0
    assert register.git("status", "--porcelain") == dirty
    assert sorted(register.git("show", "--name-only", "--format=").splitlines()) == FILES
    workflow = yaml.safe_load(files(register.folder)[".github/workflows/register.yml"])
    assert workflow[True]["push"]["branches"] == ["stand"]  # YAML 1.1 reads `on` as true


def test_below_the_top_of_a_repository_it_refuses(tmp_path: Path) -> None:
    Repository.begin(tmp_path / "repository")
    done = init(tmp_path / "repository/below", "--yes")
    assert done.code == 3
    assert "files for CI count at its top only" in done.err
    assert files(tmp_path / "repository") == {}


def test_inside_the_folder_of_git_it_refuses(tmp_path: Path) -> None:
    inside = Repository.begin(tmp_path / "repository").folder / ".git"
    done = init(inside, "--yes")
    assert done.code == 3
    assert not (inside / "data").exists()


@pytest.mark.parametrize("there", ["a repository", "nothing"])
def test_without_an_identity_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str) -> None:
    if there == "a repository":
        Repository.begin(tmp_path / "register")
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.delenv(name)
    nobody = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.useConfigOnly", "GIT_CONFIG_VALUE_0": "true"}
    done = init(tmp_path / "register", "--yes", environment=nobody)
    assert done.code == 3
    assert "git does not know who you are" in done.err
    assert files(tmp_path) == {}
    assert (tmp_path / "register/.git").exists() is (there == "a repository")


def test_without_git_the_files_can_still_be_written(tmp_path: Path) -> None:
    nowhere = {"PATH": str(tmp_path / "nowhere")}
    refused = init(tmp_path / "a", "--yes", environment=nowhere)
    assert (refused.code, files(tmp_path)) == (3, {})
    assert "git is not installed" in refused.err
    assert init(tmp_path / "b", "--no-commit", "--yes", environment=nowhere).code == 0
    assert sorted(files(tmp_path / "b")) == FILES
    assert not (tmp_path / "b/.git").exists()


def test_a_hook_that_refuses_leaves_nothing(tmp_path: Path) -> None:
    register = Repository.begin(tmp_path / "register")
    hook = register.folder / ".git/hooks/pre-commit"
    write(hook.parent, {"pre-commit": "#!/bin/sh\necho not today >&2\nexit 1\n"})
    hook.chmod(0o755)
    done = init(register.folder, "--yes")
    assert done.code == 3
    assert "not today" in done.err
    assert files(register.folder) == {}
    assert register.git("status", "--porcelain") == ""


# ------------------------------------------------------------------------------------------------- what is there


@pytest.mark.parametrize("key", FILES)
def test_no_file_is_overwritten(tmp_path: Path, key: str) -> None:
    write(tmp_path, {key: "mine\n"})
    done = init(tmp_path, "--yes")
    assert (done.code, files(tmp_path)) == (1, {key: b"mine\n"})
    assert ("data/" if key.startswith("data/") else key) in done.err
    assert not (tmp_path / ".git").exists()


def test_all_that_is_there_is_listed_and_can_be_kept(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(KEPT, "mine\n"))
    refused = init(tmp_path, "--yes")
    assert refused.code == 1
    assert f"this is there already: {', '.join(KEPT)}. Move it away, or leave it as it is with --keep" in refused.err
    assert init(tmp_path, "--keep", "--yes").code == 0
    kept = files(tmp_path)
    assert sorted(kept) == FILES
    assert {kept[key] for key in KEPT} == {b"mine\n"}
    recorded = Repository(tmp_path).git("ls-files").splitlines()
    assert sorted(recorded) == sorted(set(FILES) - set(KEPT))


@pytest.mark.parametrize("key", ["data/registry.yaml", "data/other.csv"])
def test_data_that_is_there_is_never_kept_beside(tmp_path: Path, key: str) -> None:
    write(tmp_path, {key: "mine\n"})
    done = init(tmp_path, "--keep", "--yes")
    assert (done.code, files(tmp_path)) == (1, {key: b"mine\n"})
    assert "A register begins in a folder without data/" in done.err


def test_an_empty_data_folder_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert init(tmp_path, "--yes").code == 0


def test_the_beginning_is_not_undone_but_taken_back_with_git_and_made_again(tmp_path: Path) -> None:
    assert init(tmp_path, "--yes").code == 0
    git = Repository(tmp_path).git
    begun = f"{git('rev-parse', 'HEAD')[:10]} (Begin the register of Stadt Braunschweig)"
    undone = run("undo", "HEAD", "--yes", cwd=tmp_path)
    assert (undone.code, sorted(files(tmp_path))) == (
        1,
        sorted([*FILES, "data/.orgreg/.gitignore", "data/.orgreg/lock"]),
    )
    assert undone.err == (
        f"orgreg: {begun} began the register, and without it there is none; git revert takes back any commit\n"
    )
    git("revert", "--no-edit", "HEAD", date="2026-03-02T10:00:00+01:00")
    assert not (tmp_path / "data/registry.yaml").exists()
    again = init(tmp_path, "--yes")
    assert (again.code, again.err) == (0, "")


@pytest.mark.parametrize("name", ["pending", "staging"])
def test_a_change_that_was_interrupted_is_not_begun_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "data/.orgreg" / name).mkdir(parents=True)
    done = init(tmp_path, "--yes")
    assert (done.code, files(tmp_path)) == (1, {})
    assert "this is there already: data/" in done.err


@pytest.mark.parametrize("name", [".github", "data", "data/units"])
def test_nothing_is_written_through_a_link(tmp_path: Path, name: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "register" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "elsewhere")
    done = init(tmp_path / "register", "--keep", "--yes")
    assert (done.code, list((tmp_path / "elsewhere").iterdir())) == (1, [])
    assert "this is there already" in done.err


def test_a_file_instead_of_the_folder_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"register": "mine\n"})
    done = init(tmp_path, "register", "--yes")
    assert (done.code, files(tmp_path)) == (1, {"register": b"mine\n"})


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("number", range(1, len(FILES) + 1))
def test_what_breaks_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException, number: int
) -> None:
    count = 0

    def put(path: Path, data: bytes) -> None:
        nonlocal count
        count += 1
        path.write_bytes(data[: len(data) // 2] if count == number else data)
        if count == number:
            raise failure

    monkeypatch.setattr(beginning, "put", put)
    done = init(tmp_path / "register", "--yes")
    assert done.code == (130 if isinstance(failure, KeyboardInterrupt) else 3)
    assert list((tmp_path / "register").iterdir()) == []


def test_a_folder_is_a_register_only_when_all_of_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    put = publishing.put

    def watched(path: Path, data: bytes) -> None:
        seen.append((tmp_path / "data/registry.yaml").exists())
        put(path, data)

    monkeypatch.setattr(beginning, "put", watched)
    assert init(tmp_path, "--yes").code == 0
    assert seen == [False] * len(FILES)


def test_a_file_that_comes_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put = publishing.put

    def slow(path: Path, data: bytes) -> None:
        put(path, data)
        if path.name == ".registry.yaml.new":
            write(tmp_path, {"data/registry.yaml": "mine\n"})

    monkeypatch.setattr(beginning, "put", slow)
    done = init(tmp_path, "--yes")
    assert (done.code, files(tmp_path)) == (3, {"data/registry.yaml": b"mine\n"})
    assert "has come into being meanwhile" in done.err


# ------------------------------------------------------------------------------------------------- what is asked


def test_a_rehearsal_shows_the_files_and_writes_nothing(tmp_path: Path) -> None:
    done = init(tmp_path, "--dry-run")
    assert (done.code, files(tmp_path)) == (0, {})
    assert [key for key in FILES if f"{key} (new)" not in done.out] == []
    assert "+    name: Stadt Braunschweig\n" in done.out


def test_where_no_one_can_be_asked_nothing_is_written(tmp_path: Path) -> None:
    done = init(tmp_path)
    assert (done.code, files(tmp_path)) == (1, {})
    assert "say --yes where no one can be asked" in done.err
    for words in ((), ("--name", "Stadt Braunschweig")):
        asked = run("init", *words, "--yes", cwd=tmp_path)
        assert (asked.code, files(tmp_path)) == (2, {})
        assert "orgreg init --id bs --name 'Stadt Braunschweig'" in asked.err


class _Keys(io.StringIO):
    """A keyboard at which someone types."""

    def isatty(self) -> bool:
        return True


def test_at_a_terminal_it_is_asked_until_the_answer_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = ["Stadt  Braunschweig", "Stadt Braunschweig/BS", "bs", "Nidersachsen", "Niedersachsen", "y"]
    monkeypatch.setattr(sys, "stdin", _Keys("".join(f"{line}\n" for line in typed)))
    done = run("init", cwd=tmp_path)
    assert done.code == 0, done.err
    (city,) = yaml.safe_load((tmp_path / "data/registry.yaml").read_bytes())["municipalities"].items()
    assert (city[0], city[1]["name"], city[1]["land"]) == ("bs", "Stadt Braunschweig", "Niedersachsen")
    assert is_sound(tmp_path)


@pytest.mark.parametrize("typed", ["\nn\n", "\n\n", ""])
def test_without_a_yes_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr(sys, "stdin", _Keys(typed))
    done = init(tmp_path)
    assert (done.code, files(tmp_path)) == (1, {})
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--id", "Braunschweig"), "write it with a-z, 0-9 and -, as bs"),
        (("--id", ""), "is no folder of a register"),
        (("--name", " "), "write a name in one line"),
        (("--name", "Stadt\x07"), "write a name in one line"),
        (("--land", "Nidersachsen"), "it is one of Baden-Württemberg"),
        (("--time-zone", "Europe/Brunswick"), "write it as Europe/Berlin"),
        (("--time-zone", "../etc"), "write it as Europe/Berlin"),
        (("--date", "2026-13"), "--date"),
        (("--from", "--index-url=x"), "write what pip installs"),
        (("--action", "orgreg"), "write OWNER/REPO@REF"),
        (("--action", "stadt/orgreg@v1\n      - run: x"), "write OWNER/REPO@REF"),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_out(tmp_path: Path, words: tuple[str, ...], sentence: str) -> None:
    done = init(tmp_path, *words, "--yes")
    assert (done.code, files(tmp_path)) == (2, {})
    assert " ".join(sentence.split()) in " ".join(done.err.split())


def test_every_land_has_its_holidays() -> None:
    from holidays import country_holidays

    assert [len(country_holidays("DE", subdiv=land, years=2026)) > 0 for land in LAENDER] == [True] * 16


# ------------------------------------------------------------------------------------------------- as it is installed


def test_an_installed_wheel_begins_a_register_too(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "installed")
    (tmp_path / "register").mkdir()
    done = subprocess.run(
        [sys.executable, "-P", "-m", "orgreg", "init", *CITY, "--yes"],
        cwd=tmp_path / "register",
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(files(tmp_path / "register")) == FILES
