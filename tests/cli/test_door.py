"""The door: surroundings, streams, exit codes; no traceback whatever is typed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.commands import ROOT, run, write
from tests.history import Repository

REGISTRY = """\
format: 1
municipalities:
  s:
    name: Stadt S
    kinds:
      Amt: {rank: 1}
"""
UNIT = """\
timeline:
  - from: 2020-01-01
    name: %s
    kind: Amt
    parent: none
    sources: none
"""
ORGREG = (sys.executable, "-m", "orgreg")


def register(root: Path, name: str = "Amt") -> Path:
    return write(root, {"data/registry.yaml": REGISTRY, "data/units/s/amt.yaml": UNIT % name})


def test_without_a_register_it_says_so_and_ends_with_3(tmp_path: Path) -> None:
    outcome = run("tree", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (3, "")
    assert "no register here" in outcome.err
    assert "-C" in outcome.err


def test_the_register_is_the_nearest_one_upward(tmp_path: Path) -> None:
    inside = register(tmp_path) / "data" / "units" / "s"
    assert run("tree", "--date", "2024-01-01", cwd=inside).out == "Stadt S\n  Amt\n"


@pytest.mark.parametrize("arguments", [["-C", "{}", "tree"], ["tree", "-C", "{}"]])
def test_another_register_is_named_with_c_before_or_behind_the_command(tmp_path: Path, arguments: list[str]) -> None:
    register(tmp_path / "elsewhere")
    given = [argument.format("elsewhere") for argument in arguments]
    assert "Amt" in run(*given, "--date", "2024-01-01", cwd=tmp_path).out


def test_an_empty_register_answers_with_nothing_and_0(tmp_path: Path) -> None:
    write(tmp_path, {"data/registry.yaml": "format: 1\nmunicipalities: {}\n"})
    assert run("tree", cwd=tmp_path) == run("tree", "--planned", "--bodies", cwd=tmp_path)
    outcome = run("tree", cwd=tmp_path)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert run("check", cwd=tmp_path).code == 0


def test_what_cannot_be_read_is_left_out_and_counted_aside(tmp_path: Path) -> None:
    register(tmp_path)
    write(tmp_path, {"data/units/s/broken.yaml": "a: b: c\n"})
    outcome = run("tree", "--date", "2024-01-01", cwd=tmp_path)
    assert outcome.code == 0
    assert "Amt" in outcome.out
    assert outcome.err == "orgreg: 1 error in 1 file, left out here; see orgreg check\n"


def test_warnings_fail_only_when_strict(tmp_path: Path) -> None:
    register(tmp_path)
    assert run("check", cwd=tmp_path).code == 0
    assert run("check", "--strict", cwd=tmp_path).code == 1


def test_json_is_utf_8_whatever_the_terminal_is(tmp_path: Path) -> None:
    register(tmp_path, "Büro für Übergänge „Ψ“")
    outcome = subprocess.run(
        [*ORGREG, "tree", "--date", "2024-01-01", "--format", "json"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=True,
    )
    read = json.loads(outcome.stdout.decode("utf-8"))
    assert read["municipalities"][0]["roots"][0]["name"] == "Büro für Übergänge „Ψ“"


def test_a_latin_1_terminal_gets_what_it_can_show(tmp_path: Path) -> None:
    register(tmp_path, "Büro für Übergänge „Ψ“")
    outcome = run("tree", "--date", "2024-01-01", cwd=tmp_path, encoding="latin-1", terminal=True)
    assert outcome.out == 'Stadt S\n`-- Büro für Übergänge "?"\n'


def test_a_terminal_gets_tree_lines_and_colours_and_a_pipe_neither(tmp_path: Path) -> None:
    register(tmp_path)
    day = ("tree", "--date", "2024-01-01")
    piped = run(*day, cwd=tmp_path)
    dumb = run(*day, cwd=tmp_path, terminal=True)
    coloured = run(*day, cwd=tmp_path, terminal=True, environment={"TERM": "xterm-256color"})
    uncoloured = run(*day, cwd=tmp_path, terminal=True, environment={"TERM": "xterm-256color", "NO_COLOR": "1"})
    assert piped.out == "Stadt S\n  Amt\n"
    assert dumb.out == uncoloured.out == "Stadt S\n└── Amt\n"
    assert "\x1b[" in coloured.out
    assert "└── " in coloured.out


@pytest.mark.parametrize("terminal", [False, True])
def test_text_of_a_file_is_printed_as_text(tmp_path: Path, *, terminal: bool) -> None:
    name = "'[bold]A[/bold] <b>&amp; :smile: ](x) %s' "
    register(tmp_path, name)
    outcome = run("tree", "--date", "2024-01-01", cwd=tmp_path, terminal=terminal, environment={"TERM": "xterm"})
    assert "[bold]A[/bold] <b>&amp; :smile: ](x) %s" in outcome.out


def test_head_ends_it_without_a_word() -> None:
    first = "import sys; sys.stdin.readline()"
    command = f"{sys.executable} -m orgreg tree --date 2024-03-01 --format json | {sys.executable} -c '{first}'"
    outcome = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], cwd=ROOT, capture_output=True, check=False)
    assert (outcome.returncode, outcome.stderr) == (0, b"")


def of_shell(command: str) -> tuple[int, bytes, bytes]:
    command = command.replace("orgreg", f"{sys.executable} -m orgreg", 1)
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_a_closed_standard_output_is_said_and_ends_with_3() -> None:
    told = b"orgreg: the answer cannot be written: standard output is closed\n"
    assert of_shell("orgreg tree --date 2024-03-01 >&-") == (3, b"", told)


def test_where_standard_error_is_closed_the_answer_comes_all_the_same() -> None:
    whole = of_shell("orgreg tree --date 2024-03-01")
    assert of_shell("orgreg tree --date 2024-03-01 2>&-") == whole
    assert whole[0] == 0
    assert of_shell("orgreg tree nosuch 2>&-") == (1, b"", b"")
    assert of_shell("orgreg tree >&- 2>&-") == (3, b"", b"")


_INTERRUPTING = """\
import os, sys
class Interrupting:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), {number})
{before}
sys.meta_path.insert(0, Interrupting)
sys.argv = ["orgreg", "tree", "--date", "2024-03-01"]
from orgreg.cli import main
main()
"""


def interrupted(module: str, before: str = "") -> tuple[int, bytes]:
    """How a process ends in which Ctrl-C is hit while a module is looked for."""
    script = _INTERRUPTING.format(module=module, number=int(signal.SIGINT), before=before)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)
    return done.returncode, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send itself Ctrl-C there")
@pytest.mark.parametrize("module", ["signal", "orgreg.cli.app", "typer", "orgreg.cli.asking", "orgreg.query.tree"])
def test_ctrl_c_ends_it_with_130_and_without_a_word_however_early(module: str) -> None:
    code, said = interrupted(module)
    # Ended by the signal itself, of which a shell makes 130.
    assert code in {130, -signal.SIGINT}
    assert said == b""


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send itself Ctrl-C there")
def test_who_has_ctrl_c_ignored_gets_the_answer() -> None:
    assert interrupted("orgreg.cli.app", before="import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)") == (
        0,
        b"",
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_said_and_ends_with_3() -> None:
    outcome = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m orgreg tree --date 2024-03-01 > /dev/full"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert outcome.returncode == 3
    assert outcome.stderr == b"orgreg: the answer cannot be written: no space left on device\n"


def test_interrupted_it_ends_with_130_and_no_traceback(tmp_path: Path) -> None:
    register(tmp_path)
    pipe = tmp_path / "data" / "units" / "s" / "waiting.yaml"
    script = (
        "import os, signal, orgreg.load.lives as load\n"
        # Where the tests run in the background, the shell has told them to ignore it.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "load.lives = lambda *a, **k: os.kill(os.getpid(), signal.SIGINT)\n"
        "import sys; sys.argv = ['orgreg', 'tree']\n"
        "from orgreg.cli import main; main()"
    )
    outcome = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, check=False)
    assert not pipe.exists()
    assert (outcome.returncode, outcome.stdout) == (130, b"")
    assert b"Traceback" not in outcome.stderr


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@given(WORDS)
def test_no_word_ends_in_a_traceback(word: str) -> None:
    assert run("tree", "--date", "2024-03-01", "--", word).code in {0, 1, 2}
    assert run("show", "--date", "2024-03-01", "--", word).code in {0, 1, 2}


@given(WORDS)
def test_no_day_ends_in_a_traceback(word: str) -> None:
    assert run("tree", f"--date={word}").code in {0, 2}


def test_completion_offers_codes_slugs_and_municipalities() -> None:
    def offered(words: str) -> str:
        environment = {
            "_ORGREG_COMPLETE": "complete_bash",
            "COMP_WORDS": f"orgreg {words}",
            "COMP_CWORD": str(len(words.split())),
        }
        return run(environment=environment).out

    assert "0500.10" in offered("tree 0500").splitlines()
    assert "buero-fuer-migrationsfragen" in offered("show buero").splitlines()
    assert "25-25182-01" in offered("show 25-").splitlines()
    assert offered("tree -m b").splitlines() == ["bs", "bux"]
    assert "tree" in offered("t").splitlines()


def test_completion_outside_a_register_is_silent(tmp_path: Path) -> None:
    environment = {"_ORGREG_COMPLETE": "complete_bash", "COMP_WORDS": "orgreg tree 05", "COMP_CWORD": "2"}
    outcome = run(cwd=tmp_path, environment=environment)
    assert (outcome.out.strip(), outcome.err) == ("", "")


@pytest.mark.parametrize(
    "typed",
    [
        "heute", "2024-03", "unknown", "2016~", "..", "0001-01-01", "2024-13-01", "2024-22", "2024/03", "[2024]", "",
        "2024-04..2024-03", "01.03.2024", "2024-03-01T10:00",
    ],
)  # fmt: skip
def test_a_question_that_names_no_day_offers_one_that_is_taken(tmp_path: Path, typed: str) -> None:
    register(tmp_path)
    outcome = run("tree", "--date", typed, cwd=tmp_path)
    assert outcome.code == 2
    offered = re.findall(r"(?:write one day,|write a day like|write) (\d{4}-\d\d-\d\d)", outcome.err)
    assert offered, outcome.err
    assert run("tree", "--date", offered[-1], cwd=tmp_path).code == 0
    for vague in ("a month", "a year", "a quarter", "a..b", "unknown,", "open end"):
        assert vague not in outcome.err.partition("; ")[2]


def test_a_time_in_which_nothing_changed_is_said(tmp_path: Path) -> None:
    register(tmp_path)
    outcome = run("diff", "2024-02-29", "2024-02-29", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (0, "no change is recorded after 2024-02-29 until 2024-02-29\n")


@pytest.mark.parametrize("arguments", [("who", ""), ("who", " "), ("show", "")])
def test_a_word_of_nothing_is_no_word(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    register(tmp_path)
    assert run(*arguments, cwd=tmp_path).code == 2


@pytest.mark.parametrize("attribute", ["", " "])
def test_an_attribute_of_nothing_is_none(tmp_path: Path, attribute: str) -> None:
    register(tmp_path)
    assert run("why", "amt", attribute, cwd=tmp_path) == run("why", "amt", cwd=tmp_path)


PAGE = "Zuwanderung " * 1000
TYPED = (
    *(f"{asked} PAGE" for asked in ("tree", "show", "find", "who", "history", "why", "why amt", "log", "log --since")),
    *(f"{asked} PAGE" for asked in ("report", "explain", "schema", "fmt", "check --against", "check --format", "")),
    *(f"{asked}PAGE" for asked in ("diff ", "diff HEAD..", "diff 2024-01-01 ", "why amt#")),
    *(f"tree {option} PAGE" for option in ("--date", "--as-of", "-m", "--format", "--depth", "-C", "--")),
    "show s:PAGE",
    "show amt#PAGE",
    "diff PAGE 2024-01-01",
    "diff a..b..PAGE",
    "tree --PAGE",
    "log --date PAGE",
    "diff 2024-01-01 2024-02-01 -m PAGE",
)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Repository.begin(register(tmp_path_factory.mktemp("recorded")))
    made.record("Begin", "2024-03-01T09:00:00+01:00")
    return made.folder


@pytest.mark.parametrize("page", [PAGE, "x" * 10_000, "9" * 10_000, "2024-01-01T00:00:00." + "9" * 10_000, "1-" * 5000])
@pytest.mark.parametrize("typed", TYPED)
def test_what_was_typed_at_length_is_not_repeated_at_length(recorded: Path, typed: str, page: str) -> None:
    asked = [word.replace("PAGE", page) for word in typed.split(" ")]
    outcome = run(*(word for word in asked if word), cwd=recorded)
    assert outcome.code in {1, 2, 3} or typed.startswith("log --since")
    assert len(outcome.err) < 900


def test_what_was_typed_is_repeated_on_one_line_and_steers_no_terminal(tmp_path: Path) -> None:
    for asked in (("tree", "--date", "a\n\x1b[31mb"), ("tree", "--format", "a\n\x1b[31mb"), ("a\n\x1b[31mb",)):
        error = run(*asked, cwd=register(tmp_path)).err
        assert "\x1b" not in error
        assert "\na" not in error.replace("\n\n", "")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["tree", "-m", ""], "an empty text is no municipality of this register; it has: s"),
        (["report", ""], "an empty text is no report; there are: "),
        (["explain", ""], "an empty text is no code and no name of a rule"),
        (["diff", ""], "an empty text alone is not enough"),
        (["diff", "HEAD~1", "HEAD"], "HEAD~1 is no day, as 2024-03-01 is; two revisions are one word, REV..REV"),
        (["diff", "", "today"], "an empty text is no day"),
    ],
)
def test_what_was_typed_as_nothing_or_as_something_else_is_told_so(tmp_path: Path, asked: list[str], told: str) -> None:
    outcome = run(*asked, cwd=register(tmp_path))
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err
