"""`--as-of` at the command line: which state answers, what is said of it, and what ends a question."""

from __future__ import annotations

import json
from shutil import copytree
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.main import get_command

from orgreg.cli.app import app
from tests.commands import ROOT, run
from tests.history import Repository
from tests.registers import base

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

UNIT = "data/units/bs/sozialreferat.yaml"
BEGUN = "2024-03-01T09:00:00+01:00"
RENAMED = "2024-04-09T10:00:00+02:00"


@pytest.fixture
def register(tmp_path: Path) -> Repository:
    """Begun on 1 March, the Sozialreferat recorded under another name on 9 April."""
    made = Repository.begin(tmp_path / "register")
    made.commit(dict(base()), "Begin", BEGUN)
    text = base()[UNIT].decode()
    assert "Sozialreferat" in text
    made.commit({UNIT: text.replace("Sozialreferat", "Referat für Soziales")}, "Rename", RENAMED)
    return made


def aside(register: Repository, word: str, time: str, more: str = "") -> str:
    return f"orgreg: as of {register.git('rev-parse', word)[:7]}, recorded {time}{more}\n"


# ----------------------------------------------------------------------------------------- the state


@pytest.mark.parametrize(
    ("as_of", "name"),
    [
        ("HEAD", "Referat für Soziales"),
        ("HEAD~1", "Sozialreferat"),
        ("2024-04-09", "Referat für Soziales"),
        ("2024-04-08", "Sozialreferat"),
        ("2024-03-01", "Sozialreferat"),
        ("2024-04-09T09:59", "Sozialreferat"),
        ("2024-04-09T10:00", "Referat für Soziales"),
        ("2024-04-09T08:00Z", "Referat für Soziales"),
        ("2024-04-09T09:30+03:00", "Sozialreferat"),
    ],
)
def test_the_state_of_a_revision_or_a_time_answers(register: Repository, as_of: str, name: str) -> None:
    told = run("show", "sozialreferat", "--date", "2024-03-01", "--as-of", as_of, cwd=register.folder)
    assert told.code == 0
    assert name in told.out.splitlines()[0]
    word, time = ("HEAD", RENAMED) if name == "Referat für Soziales" else ("HEAD~1", BEGUN)
    assert told.err == aside(register, word, time)


@pytest.mark.parametrize(
    "arguments", ["tree", "show sozialreferat", "find Sozial", "diff 2000-01-01 2024-12-31", "report disputes"]
)
def test_json_says_which_state_it_is(register: Repository, arguments: str) -> None:
    words = (*arguments.split(), "--format", "json")
    now, then = (run(*words, *more, cwd=register.folder) for more in ((), ("--as-of", "HEAD~1")))
    assert json.loads(now.out)["as_of"] is None
    assert json.loads(then.out)["as_of"] == {"commit": register.git("rev-parse", "HEAD~1"), "time": BEGUN}
    assert list(json.loads(now.out)) == list(json.loads(then.out))
    assert then.err == aside(register, "HEAD~1", BEGUN)


def test_every_asking_command_takes_it() -> None:
    """What asks has a day or goes through everything; what changes the register has a rehearsal."""
    group: Any = get_command(app)
    options = {
        name: {option for parameter in command.params for option in parameter.opts}
        for name, command in group.commands.items()
    }
    asking = {
        name for name, given in options.items() if "--dry-run" not in given and ("--date" in given or name == "find")
    }
    assert asking >= {"tree", "show", "find", "report"}
    assert [name for name in sorted(asking) if "--as-of" not in options[name]] == []


# ----------------------------------------------------------------------------------------- law


def same(root: Path, *words: str, faults: bool = False) -> None:
    """HEAD answers as the files do. How many faults there are is said of both, but not where to look for them."""
    now, head = run(*words, cwd=root), run(*words, "--as-of", "HEAD", cwd=root)
    assert head.code == now.code
    if "json" in words and now.out:
        assert json.loads(head.out).pop("as_of") is not None
        assert {**json.loads(head.out), "as_of": None} == json.loads(now.out)
    else:
        assert head.out == now.out
    assert faults or head.err.partition("\n")[2] == now.err


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    made = Repository.begin(tmp_path_factory.mktemp("shipped"))
    copytree(ROOT / "data", made.folder / "data")
    made.record("data", BEGUN)
    return made


@pytest.mark.parametrize("day", ["2016-03-31", "2019-06-03", "2024-02-29", "2024-03-01"])
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("words", ["tree --bodies", "show 0500", "show buero-fuer-migrationsfragen", "report disputes"])
def test_head_of_a_clean_tree_is_the_tree(shipped: Repository, words: str, day: str, form: str) -> None:
    same(shipped.folder, *words.split(), "--date", day, "--format", form)


@pytest.mark.parametrize(
    "words", ["find Migration", "find 25-25182", "show 25-25182-01", "tree -m bux", "show nothing"]
)
def test_head_of_a_clean_tree_is_found_alike(shipped: Repository, words: str) -> None:
    same(shipped.folder, *words.split())


_CHANGES = st.dictionaries(
    st.sampled_from([UNIT, "data/units/bs/b.yaml", "data/x.yaml", "data/units/bs/.hidden.yaml", "data/B c.yaml"]),
    st.sampled_from([b"", b"timeline: []\n", b"\xff", b"timeline:\n  - from: 2020\n    name: B\n", b"format: 2\n"]),
)


@settings(max_examples=12)
@given(changes=_CHANGES)
def test_so_it_is_whatever_lies_there(tmp_path_factory: pytest.TempPathFactory, changes: dict[str, bytes]) -> None:
    made = Repository.begin(tmp_path_factory.mktemp("any"))
    made.commit({**base(), **changes}, "any", BEGUN)
    for words in ("tree --format json", "tree", "show sozialreferat"):
        same(made.folder, *words.split(), faults=bool(changes))


# ----------------------------------------------------------------------------------------- time and zones


def zoned(register: Repository, **zones: str | None) -> None:
    """Write registry.yaml with municipalities in these zones; it is not committed."""
    lines = [f"  {name}:\n    name: {name}\n    kinds: {{}}\n" for name in zones]
    told = [f"    time_zone: {zone}\n" if zone else "" for zone in zones.values()]
    text = "".join(line + zone for line, zone in zip(lines, told, strict=True))
    (register.folder / "data/registry.yaml").write_text(f"format: 1\nmunicipalities:\n{text}")


@pytest.mark.parametrize(
    ("zones", "more", "word"),
    [
        # 10:00 in Berlin on 9 April is 22:00 of the 8th in Honolulu, and 20:00 of the 9th in Auckland.
        ({"bs": "Pacific/Honolulu"}, "", "HEAD"),
        ({"bs": "Europe/Berlin"}, "", "HEAD~1"),
        ({"bs": None}, "", "HEAD~1"),
        ({"bs": "Pacific/Honolulu", "bux": None}, "", "HEAD"),
        ({"bs": "Pacific/Honolulu", "bux": "Pacific/Honolulu"}, "", "HEAD"),
        ({"bs": "Pacific/Honolulu", "bux": "Europe/Berlin"}, "-m bs", "HEAD"),
        ({"xx": "Pacific/Honolulu", "bs": "Europe/Berlin"}, "-m bs", "HEAD~1"),
        ({"xx": "Pacific/Honolulu"}, "-m bs", "HEAD"),
    ],
)
def test_a_day_ends_where_the_city_lies(
    register: Repository, zones: dict[str, str | None], more: str, word: str
) -> None:
    zoned(register, **zones)
    told = run("tree", "--as-of", "2024-04-08", *more.split(), cwd=register.folder)
    assert told.err == aside(register, word, RENAMED if word == "HEAD" else BEGUN)


def test_where_the_zones_differ_one_must_be_named(register: Repository) -> None:
    zoned(register, bs="Europe/Berlin", bux="Pacific/Honolulu")
    told = run("tree", "--as-of", "2024-04-08", cwd=register.folder)
    assert told.code == 2
    assert told.err == (
        "orgreg: the municipalities have several time zones, Europe/Berlin, Pacific/Honolulu; name one with -m, "
        "or write the time with its offset: 2024-04-09T23:59:59+02:00\n"
    )
    assert run("tree", "--as-of", "2024-04-08T23:59:59+02:00", cwd=register.folder).code == 0


@pytest.mark.parametrize("zone", ["Europe/Brunswick", "../etc/passwd", "Europe"])
def test_a_zone_that_is_not_known_is_said(register: Repository, zone: str) -> None:
    zoned(register, bs=zone)
    told = run("tree", "--as-of", "2024-04-08", cwd=register.folder)
    assert told.code == 3
    assert told.err.startswith(f"orgreg: this computer does not know the time zone {zone} of registry.yaml; write")


@pytest.mark.parametrize("word", ["2024-02-30", "2024-04-09T25:00", "2024-13-01"])
def test_what_only_looks_like_a_time_is_wrong_usage(register: Repository, word: str) -> None:
    told = run("tree", "--as-of", word, cwd=register.folder)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"orgreg: there is no time {word}: ")


def test_a_day_is_a_day_also_where_a_branch_is_called_so(register: Repository) -> None:
    register.git("branch", "2024-03-01")
    register.git("tag", "2024-03-01")
    told = run("tree", "--as-of", "2024-03-01", cwd=register.folder)
    assert told.err == (
        "orgreg: 2024-03-01 is read as the day; what git calls so is asked for with "
        "refs/heads/2024-03-01 or refs/tags/2024-03-01\n" + aside(register, "HEAD~1", BEGUN)
    )
    told = run("tree", "--as-of", "refs/heads/2024-03-01", cwd=register.folder)
    assert told.err == aside(register, "HEAD", RENAMED)


# ----------------------------------------------------------------------------------------- what is missing


def test_an_earlier_time_is_told_when_the_register_began(register: Repository) -> None:
    told = run("tree", "--as-of", "2024-02-29", cwd=register.folder)
    began = register.git("rev-parse", "HEAD~1")[:7]
    assert (told.code, told.out, told.err) == (
        3,
        "",
        f"orgreg: nothing was recorded by 2024-02-29; the register began with {began}, recorded {BEGUN}.\n",
    )


@pytest.mark.parametrize("word", ["nowhere", "--all", "a b", "HEAD:data"])
def test_an_unknown_revision_ends_with_3(register: Repository, word: str) -> None:
    told = run("tree", f"--as-of={word}", cwd=register.folder)
    assert (told.code, told.out) == (3, "")
    assert told.err.startswith(f"orgreg: git knows no revision '{word}' here.")


def test_a_moved_register_is_said(register: Repository) -> None:
    register.rename("data", "city/data", "Move", "2024-05-01T09:00:00+02:00")
    told = run("tree", "--as-of", "2024-04-30", cwd=register.folder / "city/data/units")
    assert told.err == aside(register, "HEAD~1", RENAMED, "; it lay in data/ then")
    assert "Referat für Soziales" in told.out


def test_a_bare_repository_answers_only_of_the_past(register: Repository, tmp_path: Path) -> None:
    bare = register.clone(tmp_path / "bare.git", "--bare").folder
    told = run("tree", "-C", str(bare), "--as-of", "2024-04-08")
    assert (told.code, told.err) == (0, aside(register, "HEAD~1", BEGUN))
    assert "Sozialreferat" in told.out
    told = run("-C", str(bare), "tree")
    assert (told.code, told.out) == (3, "")
    assert told.err.endswith(
        "is a repository without working files. What is recorded is asked with --as-of HEAD; to check or change it, go "
        "to a clone that has files.\n"
    )


def test_without_git_the_present_answers(register: Repository, tmp_path: Path) -> None:
    there = {"PATH": str(tmp_path)}
    assert run("tree", cwd=register.folder, environment=there).code == 0
    told = run("tree", "--as-of", "HEAD", cwd=register.folder, environment=there)
    assert (told.code, told.err) == (
        3,
        "orgreg: git is not installed, and what the register said before is asked of it. Install git.\n",
    )


def test_without_a_repository_too(tmp_path: Path) -> None:
    for key, content in base().items():
        (tmp_path / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / key).write_bytes(content)
    there = {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    told = run("tree", "--as-of", "HEAD", cwd=tmp_path, environment=there)
    assert told.code == 3
    assert "it lies in no git repository" in told.err


# ----------------------------------------------------------------------------------------- what cannot be read


def test_another_format_is_said_alike_then_and_now(register: Repository) -> None:
    register.commit({"data/registry.yaml": "format: 2\n"}, "Another format", "2024-05-01T09:00:00+02:00")
    said = (
        "orgreg: data/registry.yaml: the register is of format 2; this orgreg reads 1; "
        "install the orgreg that its README names; no file was read\n"
    )
    now, then = (run("tree", *more, cwd=register.folder) for more in ((), ("--as-of", "HEAD")))
    assert (now.code, now.out, now.err) == (0, "", said)
    assert (then.code, then.out, then.err) == (0, "", aside(register, "HEAD", "2024-05-01T09:00:00+02:00") + said)


def test_faults_of_a_past_state_are_counted_and_one_is_told(register: Repository) -> None:
    register.commit({UNIT: "timeline: x\n", "data/units/bs/b.yaml": ""}, "Wrong", "2024-05-01T09:00:00+02:00")
    register.commit({UNIT: base()[UNIT], "data/units/bs/b.yaml": None}, "Right", "2024-05-02T09:00:00+02:00")
    told = run("tree", "--as-of", "HEAD~1", cwd=register.folder)
    assert told.code == 0
    assert told.err.splitlines()[1].startswith("orgreg: 2 errors in 2 files, left out here; data/units/bs/b.yaml: ")
