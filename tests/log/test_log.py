"""`orgreg log`: what is told of whom, what is left out, and what is said where something is missing."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from orgreg.diff.amendment import Aspect
from orgreg.diff.shelves import shelf
from orgreg.diff.statements import statements
from orgreg.load import load
from orgreg.store.history import History
from orgreg.store.past import Past
from orgreg.trail.states import States
from orgreg.trail.telling import Telling
from tests.chronicle import OLD, chronicle
from tests.cli.transcripts import played
from tests.commands import Outcome, run, write
from tests.diff.histories import State, histories
from tests.history import Repository
from tests.log.transcripts import transcripts
from tests.registers import base
from tests.strategies import memory

if TYPE_CHECKING:
    from pathlib import Path

PLANNERS = "data/units/bs/sozialplanung.yaml"
LATER = "2026-01-01T09:00:00+01:00"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return chronicle(tmp_path_factory.mktemp("chronicle") / "register")


@pytest.fixture
def register(tmp_path: Path) -> Repository:
    """The chronicle, to be gone on with."""
    return chronicle(tmp_path / "register")


def log(register: Repository, *words: str) -> Outcome:
    return run("log", *words, cwd=register.folder)


def document(register: Repository, *words: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads(log(register, *words, "--format", "json").out)


def sentences(register: Repository, *words: str) -> list[str]:
    return [
        item["sentence"]
        for commit in document(register, *words)["commits"]
        for sort in ("changes", "corrections", "became_known", "other")
        for item in commit[sort]
    ]


@pytest.mark.parametrize("path", transcripts(), ids=lambda path: path.stem)
def test_what_asks_about_history_says_what_its_transcript_says(told: Repository, path: Path) -> None:
    assert played(path, told.folder) == path.read_text(encoding="utf-8")


def test_the_chronicle_has_the_same_commits_in_every_run(told: Repository) -> None:
    assert told.head().startswith("a816850")


# ----------------------------------------------------------------------------------------- what is told


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
@pytest.mark.parametrize("word", [[], ["0500.10"], ["stadtverwaltung"], ["sozialplanung", "--reverse"]])
def test_with_and_without_a_cache_and_a_second_time_it_is_the_same(
    told: Repository, word: list[str], form: str
) -> None:
    answers = [log(told, *word, "--format", form, *more) for more in (["--no-cache"], [], [])]
    assert answers[0].code == 0
    assert answers[0].out
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize(
    "word", ["50", "0500", "0500.10", "stabsstelle", "bfm", "ausschuss", "25-25182", "aktionsplan"]
)
def test_what_is_told_of_one_is_told_of_all(told: Repository, word: str) -> None:
    assert sentences(told, word)
    assert set(sentences(told, word)) <= set(sentences(told))


def test_the_oldest_first_is_the_newest_first_backwards(told: Repository) -> None:
    commits = document(told)["commits"]
    assert document(told, "--reverse")["commits"] == commits[::-1]
    assert [one["time"] for one in commits] == sorted((one["time"] for one in commits), reverse=True)


@pytest.mark.parametrize(
    ("since", "commits"),
    [
        ("2025-08-20", 1),
        ("2025-08-21", 0),
        ("2025-08-20T09:45", 1),
        ("2025-08-20T09:46", 0),
        ("2025-08-20T07:45Z", 1),
        ("HEAD~1", 1),
        ("HEAD", 0),
        # The branch was merged later than it was committed: what the merge brought counts from the merge.
        ("report", 5),
        ("1999-01-01", 7),
    ],
)
def test_since_a_revision_or_a_time(told: Repository, since: str, commits: int) -> None:
    assert len(document(told, "--since", since)["commits"]) == commits


def test_a_commit_that_cannot_be_read_is_said_and_told_when_it_can(register: Repository) -> None:
    good = (register.folder / PLANNERS).read_bytes()
    register.commit({PLANNERS: "timeline: broken\n"}, "Break it", LATER)
    register.commit({PLANNERS: good.replace(b"Gesundheitsplanung", b"Altenplanung")}, "Mend it", LATER)
    mended, broken = document(register, "--since", "HEAD~2")["commits"]
    assert [one["sort"] for one in broken["other"]] == ["cannot be read"]
    assert broken["other"][0]["sentence"].startswith(f"{PLANNERS}: ")
    assert (broken["changes"], broken["corrections"], broken["became_known"]) == ([], [], [])
    assert len(mended["corrections"]) == 1
    assert "Sozial- und Altenplanung" in mended["corrections"][0]["sentence"]
    assert mended["changes"] == []


def test_what_cannot_be_read_now_is_told_as_far_as_it_could(register: Repository) -> None:
    register.commit({PLANNERS: "timeline: broken\n"}, "Break it", LATER)
    found = log(register, "sozialplanung")
    assert (found.code, found.err) == (0, "orgreg: bs/sozialplanung is recorded, and cannot be read as it is now\n")
    assert "was 0500.30, is 0500.20" in found.out


def test_what_could_never_be_read_is_told_when_it_first_can(register: Repository) -> None:
    key = "data/units/bs/neu.yaml"
    register.commit({key: "timeline: broken\n"}, "Break it", LATER)
    register.commit({key: OLD["data/units/bs/sozialreferat.yaml"].replace("0500", "0600")}, "Mend it", LATER)
    mended, broken = document(register, "--since", "HEAD~2")["commits"]
    assert len(broken["other"]) == 1
    assert [one["verb"] for one in mended["changes"]] == ["attested"]


def test_a_file_that_only_got_another_name_is_the_same(register: Repository) -> None:
    register.rename(PLANNERS, "data/units/bs/planung.yaml", "Rename", LATER)
    (commit,) = document(register, "--since", "HEAD~1")["commits"]
    assert [commit[sort] for sort in ("changes", "corrections", "became_known")] == [[], [], []]
    assert [(one["sort"], one["entity"], one["names"]) for one in commit["other"]] == [
        ("renamed", "bs/planung", ["bs/sozialplanung"])
    ]
    assert len(document(register, "planung")["commits"]) == 3
    gone = log(register, "sozialplanung")
    assert gone.err == "orgreg: bs/sozialplanung is recorded no more\n"
    assert "0500.30 Sozial- und Gesundheitsplanung is created" in gone.out


def test_what_is_deleted_can_be_asked_for(register: Repository) -> None:
    register.commit({PLANNERS: None}, "Delete", LATER)
    found = log(register, "bs/sozialplanung")
    assert (found.code, found.err) == (0, "orgreg: bs/sozialplanung is recorded no more\n")
    assert found.out.count("Corrected: ") >= 2
    assert log(register, "sozialplanung", "--as-of", "HEAD~1").err.count("no more") == 0


def test_a_part_that_is_there_no_more_can_be_asked_for(register: Repository) -> None:
    key = "data/units/bs/buero-fuer-migrationsfragen.yaml"
    before = (register.folder / key).read_text()
    register.commit({key: before.partition("tasks:\n")[0] + "formerly: [bfm]\n"}, "No task", LATER)
    found = log(register, "buero-fuer-migrationsfragen#migration")
    assert (found.code, found.err) == (0, "orgreg: bs/buero-fuer-migrationsfragen has no migration now\n")
    assert len(document(register, "buero-fuer-migrationsfragen#migration")["commits"]) == 3
    never = log(register, "buero-fuer-migrationsfragen#never")
    assert (never.code, never.out) == (1, "")


def test_a_vocabulary_that_is_another_is_told(register: Repository) -> None:
    text = OLD["data/registry.yaml"]
    register.commit({"data/registry.yaml": "# a remark\n" + text}, "Remark", LATER)
    register.commit({"data/registry.yaml": text.replace("Stabsstelle", "Stab")}, "Kinds", LATER)
    register.commit({"data/registry.yaml": "format: 1\nmunicipalities: 3\n"}, "Break it", LATER)
    register.commit({"data/registry.yaml": "format: 1\nmunicipalities: {}\n"}, "No city", LATER)
    found = document(register, "--since", "HEAD~4")
    assert [one["other"][0]["sentence"] for one in found["commits"]] == [
        "data/registry.yaml cannot be read, or is gone",
        (
            "What Stadt Braunschweig calls things is recorded otherwise (data/registry.yaml): the kind „Stab“: rank 4, "
            "beside the line; the kind „Stabsstelle“: recorded no more (was rank 4, beside the line)"
        ),
    ]
    assert found["left_out"] == 2


def test_what_stands_beside_the_register_is_none_of_its_history(register: Repository) -> None:
    register.commit({"README": "x", "data/README.md": "x"}, "Beside", LATER)
    assert document(register, "--since", "HEAD~1") == {
        "format": "orgreg/log/1",
        "as_of": None,
        "ref": None,
        "commits": [],
        "left_out": 0,
        "cut_at": None,
    }


def test_what_is_not_committed_is_said_and_not_told(register: Repository) -> None:
    before = log(register, "0500.20")
    path = register.folder / PLANNERS
    path.write_bytes(path.read_bytes() + b"# a remark\n")
    (register.folder / "data/units/bs/fachstelle.yaml").write_text(OLD["data/units/bs/sozialreferat.yaml"])
    after = log(register, "0500.20")
    assert after.out == before.out
    assert after.err == f"orgreg: what lies here is not all recorded: {PLANNERS} differs from HEAD\n"
    assert log(register, "aktionsplan").err == ""
    assert log(register).err == "orgreg: what lies here is not all recorded: 2 files differ from HEAD\n"
    assert log(register, "--as-of", "HEAD").err.count("\n") == 1
    found = log(register, "fachstelle")
    assert (found.code, found.err) == (
        1,
        "orgreg: nothing was recorded of bs/fachstelle: it lies here, and is not committed yet\n",
    )


def test_a_message_and_an_author_cannot_reach_the_terminal(register: Repository) -> None:
    path = register.folder / PLANNERS
    content = path.read_text().replace("Gesundheitsplanung", "Altenplanung")
    register.commit({PLANNERS: content}, "Red\x1b[31m and\tblue", LATER, "Evil\x1b[2J <e@example.org>")
    assert "\x1b" not in log(register, "--since", "HEAD~1").out
    assert "\x1b" not in log(register, "--since", "HEAD~1", "--format", "markdown").out


def test_what_orgreg_recorded_is_told_with_its_trailers(register: Repository) -> None:
    run("set", "0500.20", "name", "Sozialplanung", "--date", "2025-01-01", "--source", "25-25182-01", "--yes",
        cwd=register.folder)  # fmt: skip
    (commit,) = document(register, "--since", "HEAD~1")["commits"]
    assert [one["key"] for one in commit["trailers"]][:1] == ["Effective"]
    text = log(register, "--since", "HEAD~1").out
    assert text.count("is renamed Sozialplanung") >= 1


# ----------------------------------------------------------------------------------------- the law


@settings(max_examples=25)
@given(states=histories(max_states=4))
def test_what_the_commits_recorded_adds_up_to_what_is_said(
    tmp_path_factory: pytest.TempPathFactory, states: list[State]
) -> None:
    made = Repository.begin(tmp_path_factory.mktemp("law"))
    for number, state in enumerate(states):
        files: dict[str, str | bytes | None] = {**memory(state).contents}
        gone = {path.relative_to(made.folder).as_posix() for path in made.folder.glob("data/**/*.yaml")} - files.keys()
        made.commit(files | dict.fromkeys(gone), "next", f"2024-03-0{number + 1}T09:00:00+01:00")
    past = Past(made.folder)
    with closing(History(past, past.at("HEAD"))) as history:
        lines = States(history)
        said: set[Any] = set()
        for brought in reversed([*history.brought()]):
            telling = Telling(lines, brought.position, brought.touches, history.time(brought.position).date())
            found = telling.difference()
            if found.renamed or any(one.aspect is Aspect.SLUG for one in found.corrections):
                # What was said reads with new names since: that it adds up then is a law of the difference.
                said = set(statements(load(past.files(past.at(history.commit_name(brought.position)))).registry))
            else:
                assert {*found.lost} <= said
                said = said - {*found.lost} | {*found.gained}
    registry = load(past.files(past.at("HEAD"))).registry
    lost = {known for known in registry.unreadable if shelf(registry, known[0]).get(known[1]) is None}
    assert {one for one in said if (one.folder, one.identity) not in lost} == set(statements(registry))


# ----------------------------------------------------------------------------------------- where it is asked


def test_a_register_that_was_moved_is_told_as_if_it_had_stayed(register: Repository) -> None:
    before = document(register)["commits"]
    register.rename("data", "city/data", "Move", LATER)
    found = run("log", "--format", "json", cwd=register.folder / "city")
    assert json.loads(found.out)["commits"] == before


def test_a_bare_repository_and_a_worktree_tell_the_same(told: Repository, tmp_path: Path) -> None:
    before = log(told, "0500.10")
    bare = told.clone(tmp_path / "bare.git", "--bare")
    assert run("-C", str(bare.folder), "log", "0500.10") == before
    told.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "worktree"), "HEAD")
    assert run("log", "0500.10", "-C", str(tmp_path / "worktree")) == before
    told.git("worktree", "remove", "--force", str(tmp_path / "worktree"))


def test_a_shallow_clone_says_that_it_does_not_go_back(told: Repository, tmp_path: Path) -> None:
    shallow = told.clone(tmp_path / "shallow", "--depth=4")
    cut = shallow.git("rev-parse", "HEAD~3")
    limit = (
        f"the clone is shallow: what {cut[:7]} and older commits recorded is not told. "
        "git fetch --unshallow brings them, in CI fetch-depth: 0."
    )
    whole = log(shallow)
    assert (whole.code, whole.err) == (0, f"orgreg: {limit}\n")
    assert whole.out.endswith(f"\n{limit}\n")
    assert document(shallow)["cut_at"] == cut
    assert len(document(shallow)["commits"]) == 2
    assert log(shallow, "--since", "HEAD~1").err == ""
    assert log(shallow, "aktionsplan").err == ""
    unit = log(shallow, "sozialreferat")
    assert (unit.code, unit.err.splitlines()) == (
        3,
        ["orgreg: nothing was recorded of bs/sozialreferat", f"orgreg: {limit}"],
    )


def test_without_its_remote_a_partial_clone_says_what_is_missing(told: Repository, tmp_path: Path) -> None:
    told.git("config", "uploadpack.allowFilter", "true")
    partial = told.clone(tmp_path / "partial", "--filter=blob:none")
    assert log(partial, "50.21", "--date", "2024-01-01").out == log(told, "50.21", "--date", "2024-01-01").out
    lone = told.clone(tmp_path / "lone", "--filter=blob:none")
    lone.git("config", "remote.origin.url", str(tmp_path / "nowhere"))
    found = log(lone, "--no-cache")
    assert (found.code, found.out) == (3, "")
    assert found.err.startswith("orgreg: git does not have the bytes of ")


@pytest.mark.parametrize("words", [["log"], ["log", "0500"], ["log", "--as-of", "HEAD"], ["tree", "--as-of", "HEAD"]])
def test_before_the_first_commit_that_is_said(tmp_path: Path, words: list[str]) -> None:
    made = Repository.begin(tmp_path)
    for key, text in OLD.items():
        (tmp_path / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / key).write_text(text)
    found = run(*words, cwd=made.folder)
    assert (found.code, found.out) == (3, "")
    assert found.err == (
        "orgreg: git knows no revision 'HEAD' here: no commit has been made on main yet. "
        "Record the files first, with git add and git commit.\n"
    )


def test_a_day_before_the_first_commit_too(tmp_path: Path) -> None:
    made = Repository.begin(tmp_path)
    found = run("log", "--as-of", "2024-03-01T00:00Z", cwd=made.folder)
    assert (found.code, found.err.partition(".")[0]) == (
        3,
        "orgreg: nothing was recorded by 2024-03-01T00:00Z: no commit has been made on main yet",
    )


@pytest.mark.parametrize("words", [["--as-of", "nowhere"], ["--since", "nowhere"], ["--as-of", "2023-01-01"]])
def test_what_git_does_not_have_ends_with_3(told: Repository, words: list[str]) -> None:
    found = log(told, *words)
    assert (found.code, found.out) == (3, "")


def test_without_git_nothing_can_be_told(told: Repository, tmp_path: Path) -> None:
    found = run("log", cwd=told.folder, environment={"PATH": str(tmp_path)})
    assert (found.code, found.out) == (3, "")


def test_a_register_without_a_recorded_file_has_nothing_to_be_told(tmp_path: Path) -> None:
    made = Repository.begin(tmp_path)
    made.commit({"data/registry.yaml": "format: 1\nmunicipalities: {}\n"}, "Begin", LATER)
    found = log(made)
    assert (found.code, found.out, found.err) == (
        0,
        "1 commit that changed only the form of files is left out\n",
        "orgreg: nothing was recorded\n",
    )


# ----------------------------------------------------------------------------------------- what is only intended


def test_a_post_that_is_only_planned_is_told_so_and_not_as_a_fact(register: Repository) -> None:
    unit = """timeline:
  - {from: 2025-01.., status: planned, name: Koordination, kind: Stelle, parent: unknown, sources: none}
posts:
  lotse:
    - {from: 2025-01.., status: planned, title: Lotse, holder: Ada, sources: none}
"""
    register.commit({"data/units/bs/koordination.yaml": unit}, "A plan", LATER)
    planned = "planned: the post „Lotse“ of Koordination: holder Ada since 2025-01 or later"
    told = log(register, "koordination").out
    assert "    Planned: Koordination is created" in told
    assert f"  Became known: {planned}" in told
    (known,) = document(register, "koordination")["commits"][0]["became_known"]
    assert (known["status"], known["sentence"]) == ("planned", planned)
    answer = json.loads(run("diff", "HEAD~..HEAD", "--planned", "--format", "json", cwd=register.folder).out)
    assert [one["status"] for one in answer["became_known"]] == ["planned"]
    assert json.loads(run("diff", "HEAD~..HEAD", "--format", "json", cwd=register.folder).out)["became_known"] == []


def test_a_subject_within_quotation_marks_has_single_ones(register: Repository) -> None:
    path = register.folder / PLANNERS
    register.commit({PLANNERS: path.read_bytes() + b"note: more\n"}, "Undo: „Set“", LATER)
    assert "  „Undo: ‚Set‘“\n" in log(register, "sozialplanung").out  # noqa: RUF001 - as printed


# ----------------------------------------------------------------------------------------- a part under another slug


def test_a_post_under_another_slug_is_followed_to_where_it_was_first_recorded(tmp_path: Path) -> None:
    made = Repository.begin(tmp_path / "register")
    key = "data/units/bs/amt.yaml"

    def unit(post: str, *holders: str) -> str:
        lines = [f"    - {{from: {day}, holder: {who}, sources: [{{paper: beschluss}}]}}\n" for day, who in
                 zip(("2021-01-01", "2022-01-01", "2023-01-01"), holders, strict=False)]  # fmt: skip
        return (
            "timeline:\n"
            "  - {from: 2020-01-01, name: Amt, kind: Referat, parent: stadtverwaltung, sources: [{paper: beschluss}]}\n"
            f"posts:\n  {post}:\n"
            "    - {from: 2021-01-01, title: Leitung, sources: [{paper: beschluss}]}\n" + "".join(lines)
        )

    made.commit({**base(), key: unit("leitung", "A")}, "Begin", "2024-03-01T09:00:00+01:00")
    first = made.commit({key: unit("leitung", "A", "B")}, "A holder", "2024-03-02T09:00:00+01:00")

    def first_recorded() -> bool:
        asked = run("why", "amt#leiter", "holder", "--date", "2022-06-01", cwd=made.folder)
        return f"first recorded: 2024-03-02 09:00 by Ada Amt, {first[:7]} " in asked.out

    write(made.folder, {key: unit("leiter", "A", "B")})
    assert first_recorded(), "also where the new slug is not recorded yet"
    made.record("Another slug", "2024-03-03T09:00:00+01:00")
    made.commit({key: unit("leiter", "A", "B", "C")}, "And another holder", "2024-03-04T09:00:00+01:00")
    assert sentences(made, "amt#leiter") == [
        "Amt: the post „Leitung“ is held by C (before: B)",
        "the slug of the post „Leitung“ of Amt was leitung, is leiter",
        "Amt: the post „Leitung“ is held by B (before: A)",
        "Amt has the post „Leitung“, held by A",
    ]
    assert first_recorded()
