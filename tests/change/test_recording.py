"""From the command to the commit: in repositories made for it, as a person would."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from tests.change.before import before
from tests.change.small import SMALL
from tests.commands import ROOT, run, write
from tests.history import Repository

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands import Outcome

MOVE = ("move", "50.21", "0500.10", "--date", "2024-03-01", "--by", "23-20000", "--source", "23-20000")
TOUCHED = ["data/units/bs/buero.yaml", "data/units/bs/planung.yaml"]


@pytest.fixture
def register(tmp_path: Path) -> Repository:
    made = Repository.begin(tmp_path / "register")
    made.commit({**SMALL, "notes.txt": "one\n"}, "Begin", "2024-02-01T09:00:00+01:00")
    return made


def _do(register: Repository, *words: str) -> Outcome:
    return run(*words, "-C", str(register.folder))


def _bytes(register: Repository) -> dict[str, bytes]:
    folder = register.folder
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.glob("data/**/*.yaml")}


def test_one_change_is_one_commit_with_its_sentence_and_trailers(register: Repository) -> None:
    done = _do(register, *MOVE, "--yes")
    assert done.code == 0, done.err
    subject, *rest = register.git("log", "-1", "--format=%B").splitlines()
    assert subject == "50.21 Büro für Migrationsfragen is absorbed into 0500.10 Planung, and 2 more"
    assert [line for line in rest if ": " in line and line[0].isupper()] == [
        "Change: buero-2024-03-01",
        "Effective: 2024-03-01",
        "Decided-by: 23-20000",
        "Source: 23-20000",
    ]
    assert register.git("show", "--name-only", "--format=").splitlines() == TOUCHED
    assert register.git("rev-list", "--count", "HEAD") == "2"
    assert f"recorded as {register.head()[:10]}: {subject}" in done.out


def test_whatever_else_is_staged_or_dirty_stays_so(register: Repository) -> None:
    write(register.folder, {"notes.txt": "two\n", "staged.txt": "new\n", "data/units/bs/stab.yaml": "# mine\n"})
    register.git("add", "staged.txt")
    dirty = register.git("status", "--porcelain")
    write(register.folder, {"data/units/bs/stab.yaml": SMALL["data/units/bs/stab.yaml"] + "# mine\n"})
    assert _do(register, *MOVE, "--yes").code == 0
    assert register.git("status", "--porcelain") == dirty
    assert register.git("show", "--name-only", "--format=").splitlines() == TOUCHED


def test_undo_gives_back_the_same_bytes_as_a_new_commit(register: Repository) -> None:
    old = _bytes(register)
    assert _do(register, *MOVE, "--yes").code == 0
    assert _bytes(register) != old
    assert _do(register, "undo", "--dry-run").code == 0
    assert _bytes(register) != old
    assert _do(register, "undo").code == 1
    assert _bytes(register) != old
    undone = _do(register, "undo", "--yes")
    assert undone.code == 0, undone.err
    assert _bytes(register) == old
    assert register.git("rev-list", "--count", "HEAD") == "3"


def test_undo_takes_away_what_was_created(register: Repository) -> None:
    old = _bytes(register)
    given = ("name=X", "kind=Stelle", "parent=0500")
    assert _do(register, "create", "unit", "bs/x", *given, "--date", "2024-03-01", "--yes").code == 0
    assert "data/units/bs/x.yaml" in _bytes(register)
    assert _do(register, "undo", "--yes").code == 0
    assert _bytes(register) == old


def test_undo_where_nothing_was_recorded(register: Repository) -> None:
    found = _do(register, "undo", "--yes")
    assert found.code == 1
    assert "Traceback" not in found.err


@pytest.mark.parametrize("option", ["--dry-run", "--yes"])
def test_undo_leaves_no_error_in_a_file_that_it_does_not_touch(register: Repository, option: str) -> None:
    given = ("name=X", "kind=Referat", "parent=none")
    assert _do(register, "create", "unit", "bs/x", *given, "--date", "2024-03-01", "--yes").code == 0
    created = register.head()
    assert _do(register, "set", "stab", "parent", "x", "--date", "2024-04-01", "--yes").code == 0
    old = _bytes(register)
    refused = _do(register, "undo", created, option)
    assert (refused.code, refused.out, _bytes(register)) == (1, "", old)
    assert refused.err.startswith("orgreg: this would leave an error: ")
    assert "(data/units/bs/stab.yaml); undo first what builds on it, the newest first" in refused.err
    assert _do(register, "undo", "--yes").code == 0
    assert _do(register, "undo", created, option).code == 0


def test_undo_goes_on_beside_an_error_that_is_there_already(register: Repository) -> None:
    assert _do(register, "set", "stab", "short_name", "S", "--date", "2024-04-01", "--yes").code == 0
    register.commit({"data/units/bs/kaputt.yaml": "timeline: 1\n"}, "By hand", "2024-05-01T09:00:00+02:00")
    assert _do(register, "undo", "--yes").code == 0


def test_undo_of_what_git_does_not_know_is_no_refusal(register: Repository) -> None:
    unknown = _do(register, "undo", "nowhere", "--yes")
    assert (unknown.code, unknown.out) == (3, "")
    assert unknown.err == "orgreg: git knows no commit 'nowhere' here. Name one that git log shows.\n"


@pytest.mark.parametrize("option", [(), ("--dry-run",), ("--dry-run", "--format", "yaml")])
def test_without_yes_and_without_a_terminal_nothing_is_written(register: Repository, option: tuple[str, ...]) -> None:
    old = _bytes(register)
    done = _do(register, *MOVE, *option)
    assert done.code == (0 if option else 1)
    assert ("say --yes where no one can be asked" in done.err) is (done.code == 1)
    assert _bytes(register) == old
    assert register.git("rev-list", "--count", "HEAD") == "1"


class _Keys(io.StringIO):
    """A keyboard at which someone types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_at_a_terminal_it_is_asked(
    register: Repository, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    monkeypatch.setattr(sys, "stdin", _Keys(typed))
    done = _do(register, *MOVE)
    assert done.code == code
    assert "Record this?" in done.out
    assert register.git("rev-list", "--count", "HEAD") == str(2 - code)


def test_what_changes_while_one_is_asked_is_not_overwritten(
    register: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(_Keys):
        """Someone who answers after another has written."""

        def isatty(self) -> bool:
            write(register.folder, {TOUCHED[0]: SMALL[TOUCHED[0]] + "# mine\n"})
            return True

    monkeypatch.setattr(sys, "stdin", Slow("y\n"))
    done = _do(register, *MOVE)
    assert done.code == 1
    assert "the register has changed meanwhile" in done.err
    assert (register.folder / TOUCHED[0]).read_text().endswith("# mine\n")
    assert register.git("rev-list", "--count", "HEAD") == "1"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("correct", "50.2", "name", "Flucht", "--because", "misread"), "Correction: name of abteilung is Flucht"),
        (("merge", "50.21", "stab", "0500.10"), "50.21 Büro für Migrationsfragen is merged into 0500.10 Planung"),
        (("split", "50.21", "stab", "0500.10", "--tasks-to", "stab", "--posts-to", "none"), "is split into"),
        (("dissolve", "50.2", "--children-to", "50"), "50.2 Migration is dissolved"),
        (("transfer", "buero#asyl", "stab"), "Stab takes over the task „Asyl“"),
        (("move", "50.21", "--under", "stab"), "moves from 50.2 Migration to Stab"),
        (("move", "50.2", "--into", "0500", "--children-to", "50"), "50.2 Migration is absorbed into 0500"),
    ],
)
def test_every_verb_is_recorded_once_and_undone(register: Repository, words: tuple[str, ...], sentence: str) -> None:
    old = _bytes(register)
    done = _do(register, *words, "--date", "2024-03-01", "--yes")
    assert done.code == 0, done.err
    assert sentence in register.git("log", "-1", "--format=%B")
    again = _do(register, *words, "--date", "2024-03-01", "--yes")
    assert again.out.startswith("already recorded: ")
    assert register.git("rev-list", "--count", "HEAD") == "2"
    assert _do(register, "undo", "--yes").code == 0
    assert _bytes(register) == old


def test_no_commit_leaves_the_files(register: Repository) -> None:
    done = _do(register, *MOVE, "--no-commit", "--yes")
    assert done.code == 0
    assert f"written, not recorded: {', '.join(TOUCHED)}" in done.out
    assert register.git("rev-list", "--count", "HEAD") == "1"
    assert register.git("diff", "--name-only").splitlines() == TOUCHED


def test_outside_of_git_it_is_written_with_no_commit_only(tmp_path: Path) -> None:
    write(tmp_path, SMALL)
    refused = run(*MOVE, "--yes", "-C", str(tmp_path))
    assert refused.code == 3
    assert "nothing was written" in refused.err
    assert (tmp_path / TOUCHED[0]).read_text() == SMALL[TOUCHED[0]]
    assert run(*MOVE, "--yes", "--no-commit", "-C", str(tmp_path)).code == 0
    assert "ended: absorbed" in (tmp_path / TOUCHED[0]).read_text()


def test_a_touched_file_that_is_dirty_is_not_recorded_with_it(register: Repository) -> None:
    write(register.folder, {TOUCHED[0]: SMALL[TOUCHED[0]] + "# mine\n"})
    done = _do(register, *MOVE, "--yes")
    assert done.code == 3
    assert "nothing was written" in done.err
    assert (register.folder / TOUCHED[0]).read_text().endswith("# mine\n")


def test_a_hook_that_refuses_leaves_the_files_as_they_were(register: Repository) -> None:
    hook = write(register.folder, {".git/hooks/pre-commit": "#!/bin/sh\necho no; exit 1\n"}) / ".git/hooks/pre-commit"
    hook.chmod(0o755)
    old = _bytes(register)
    done = _do(register, *MOVE, "--yes")
    assert done.code == 3
    assert _bytes(register) == old
    assert register.git("status", "--porcelain") == ""


def test_a_change_that_is_refused_says_why_and_ends_with_1(register: Repository) -> None:
    done = _do(register, "move", "50.2", "--into", "0500", "--yes")
    assert done.code == 1
    assert done.err == "orgreg: abteilung still has children: buero; say --children-to UNIT, or move them first\n"


def test_the_line_that_records_a_missing_paper_works(register: Repository) -> None:
    refused = _do(register, "set", "50.2", "name", "X", "--by", "24-12345", "--yes")
    assert refused.code == 1
    words = refused.err.strip().partition("orgreg create ")[2].split()
    assert _do(register, "create", *words, "--yes").code == 0
    assert _do(register, "set", "50.2", "name", "X", "--by", "24-12345", "--yes").code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("create", "unit", "bs/x", "name"), "name is no KEY=VALUE"),
        (("move", "50.21", "0500.10", "--format", "yaml"), "yaml goes with --dry-run"),
        (("move", "50.21", "0500.10", "-m", "xx"), "xx is no municipality of this register; it has: bs, bux"),
    ],
)
def test_what_is_no_command(register: Repository, words: tuple[str, ...], told: str) -> None:
    done = _do(register, *words)
    assert done.code == 2
    assert told in " ".join(done.err.replace("│", " ").split())


def test_apply_records_a_file_of_changes_in_one_commit(register: Repository) -> None:
    shown = _do(register, *MOVE, "--dry-run", "--format", "yaml")
    more = '  - set: [stab, name, "Stab: neu"]\n    date: 2024-03-01\n'
    file = write(register.folder, {"changes.yaml": shown.out + more}) / "changes.yaml"
    assert _do(register, "apply", str(file), "--yes").code == 0
    assert register.git("rev-list", "--count", "HEAD") == "2"
    applied = _bytes(register)
    register.git("reset", "--quiet", "--hard", "HEAD~1")
    assert _do(register, *MOVE, "--yes").code == 0
    assert _do(register, "set", "stab", "name", "Stab: neu", "--date", "2024-03-01", "--yes").code == 0
    assert _bytes(register) == applied
    again = _do(register, "apply", str(file), "--yes")
    assert (again.code, register.git("rev-list", "--count", "HEAD")) == (0, "3")


@pytest.mark.parametrize(("text", "code"), [("changes: [", 1), ("changes:\n  - rename: [a]\n", 1), (None, 3)])
def test_a_file_of_changes_that_is_none(register: Repository, text: str | None, code: int) -> None:
    file = register.folder / "changes.yaml"
    if text is not None:
        file.write_text(text)
    assert _do(register, "apply", str(file), "--yes").code == code


def test_on_the_shipped_data_the_move_is_recorded_already() -> None:
    before_it = {path: path.read_bytes() for path in (ROOT / "data").rglob("*.yaml")}
    for words in (("move", "50.21", "0500.10"), ("move", "50.21", "0500.10", "--yes")):
        done = run(*words)
        assert (done.code, done.out) == (0, "already recorded: absorbed into 0500.10 on 2024-03-01\n")
    assert {path: path.read_bytes() for path in (ROOT / "data").rglob("*.yaml")} == before_it


def test_on_the_state_before_the_move_is_shown_and_rehearsed(tmp_path: Path) -> None:
    write(tmp_path, before(created=True))
    words = ("move", "50.21", "0500.10", "--date", "2024-03-01", "--source", "mitteilung-2024-04-02", "--dry-run")
    done = run(*words, "-C", str(tmp_path))
    assert done.code == 0, done.err
    assert done.out.startswith(
        "50.21 Büro für Migrationsfragen is absorbed into 0500.10 Integration, Vielfalt und Demokratie\n"
    )
    assert "takes over the task „Migrationsfragen“" in done.out
    assert "+    ended: absorbed\n+    into: [integration-vielfalt-und-demokratie]\n" in done.out
