"""A revision's files: what is there, what is no file, where they lie, and what is said where git lacks something."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orgreg.store import Missing, Obstacle, Trouble
from orgreg.store.past import Past, revision
from tests.history import Repository, counted

REGISTRY = "data/registry.yaml"
RAT = "data/units/bs/rat.yaml"
DAY = "2024-03-01T09:00:00+01:00"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository.begin(tmp_path / "register")
    made.commit({REGISTRY: "format: 1\n", RAT: "one"}, "one", DAY)
    return made


def object_of(repository: Repository, path: str) -> Path:
    name = repository.git("rev-parse", f"HEAD:{path}")
    return repository.folder / ".git/objects" / name[:2] / name[2:]


# ----------------------------------------------------------------------------------------- bytes


@pytest.mark.parametrize("naming", ["sha1", "sha256"])
def test_bytes_are_named_as_the_repository_names_them(tmp_path: Path, naming: str) -> None:
    made = Repository.begin(tmp_path / "register", f"--object-format={naming}")
    made.commit({REGISTRY: "format: 1\n", RAT: "one"}, "one", DAY)
    files = revision(made.folder, "HEAD")
    assert files.name(RAT, b"one") == files.objects()[RAT] == made.git("rev-parse", f"HEAD:{RAT}")


def test_a_revision_has_the_bytes_of_its_time(repository: Repository) -> None:
    first, root = repository.head(), repository.folder
    repository.git("tag", "early")
    repository.git("tag", "-a", "-m", "a tag with words", "told")
    second = repository.commit({RAT: "two"}, "two", DAY)
    (root / RAT).write_bytes(b"not committed")
    for word in (first, "early", "told", "HEAD~1", ":/on", "HEAD^{/one}", "main@{1}"):
        assert revision(root, word).read(RAT, 100) == b"one", word
    for word in ("main", "@", "heads/main", second[:10], "HEAD^0"):
        assert revision(root, word).read(RAT, 100) == b"two", word
    assert revision(root, "main").recorded.commit == second
    assert revision(root, "main").read(RAT, 2) == b"tw"


def test_what_is_not_there_has_no_bytes(repository: Repository) -> None:
    files = revision(repository.folder, "HEAD")
    assert files.keys() == [REGISTRY, RAT]
    assert files.read("data/units/bs/no.yaml", 10) == Trouble(Obstacle.UNREADABLE, "no such file or directory")


def test_links_and_submodules_are_no_files_and_what_is_hidden_is_left_out(repository: Repository) -> None:
    (repository.folder / "data/units/bs/link.yaml").symlink_to("rät.yaml")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{repository.head()},data/units/other")
    repository.git("add", "data/units/bs/link.yaml")
    repository.git("commit", "--quiet", "-m", "links")
    repository.git("checkout", "--quiet", "HEAD")
    (repository.folder / "data/units/other").mkdir(exist_ok=True)
    repository.commit({"data/.hidden": "", "data/units/.x/y.yaml": ""}, "hidden", DAY)
    files = revision(repository.folder, "HEAD")
    assert files.keys() == [REGISTRY, "data/units/bs/link.yaml", RAT, "data/units/other"]
    assert files.read("data/units/bs/link.yaml", 2) == Trouble(Obstacle.LINK, "rät.yaml")
    assert files.read("data/units/other", 10) == Trouble(Obstacle.SPECIAL, "a submodule, another repository's folder")
    assert sorted(files.objects()) == [REGISTRY, "data/units/bs/link.yaml", RAT]


def test_a_large_file_is_read_as_far_as_asked_for(repository: Repository) -> None:
    repository.commit({RAT: b"x" * 3_000_000}, "large", DAY)
    files = revision(repository.folder, "HEAD")
    assert files.read(RAT, 1_000_001) == b"x" * 1_000_001
    assert files.read(RAT, 2_000_000) == b"x" * 2_000_000
    assert files.read(REGISTRY, 2_000_000) == b"format: 1\n"


def test_ten_thousand_files_are_read_by_few_processes(repository: Repository, tmp_path: Path) -> None:
    repository.commit({f"data/units/bs/u{n}.yaml": f"name: {n}\n" * 30 for n in range(10_000)}, "many", DAY)
    repository.git("pack-refs", "--all")
    with counted(tmp_path) as log:
        files = revision(repository.folder, "HEAD")
        assert files.keys()[-1] == "data/units/bs/u9999.yaml"
        assert all(files.read(f"data/units/bs/u{n}.yaml", 8) == f"name: {n}\n".encode()[:8] for n in range(10_000))
    assert [word for word in log.read_text().split() if not word.startswith("-")] == [
        *("rev-parse", "rev-parse", "cat-file", "ls-tree", "cat-file"),
    ]


def test_names_with_quotes_and_umlauts_are_keys_as_on_the_disk(repository: Repository) -> None:
    names = [f"data/units/bs/{name}.yaml" for name in ('a"b', "c\\d", "e\tf", "grün", "x\ny", "[a]*?", ":(top)z")]
    repository.commit(dict.fromkeys(names, "n"), "names", DAY)
    repository.git("config", "core.quotePath", "true")
    files = revision(repository.folder, "HEAD")
    assert files.keys() == sorted([REGISTRY, RAT, *names])
    assert [files.read(name, 5) for name in names] == [b"n"] * len(names)


def test_a_name_that_is_no_text_is_the_key_that_the_disk_has(repository: Repository) -> None:
    Path(os.fsdecode(os.fsencode(repository.folder / "data/units/bs") + b"/\xff.yaml")).write_bytes(b"x")
    repository.record("no text", DAY)
    assert revision(repository.folder, "HEAD").read("data/units/bs/\udcff.yaml", 5) == b"x"


# ----------------------------------------------------------------------------------------- where it lies


@pytest.mark.parametrize("place", ["city/register", ":(glob)**/[x]", "grün", '"q"', "-x"])
def test_the_register_may_be_a_folder_of_the_repository(repository: Repository, place: str) -> None:
    repository.commit({f"{place}/{RAT}": "inner", f"{place}/{REGISTRY}": "format: 1\n"}, "inner", DAY)
    files = revision(repository.folder / place, "HEAD")
    assert files.keys() == [REGISTRY, RAT]
    assert files.read(RAT, 10) == b"inner"


def test_a_register_that_was_moved_is_found_where_it_lay(repository: Repository) -> None:
    repository.rename("data", "city/register/data", "move", DAY)
    past = Past(repository.folder / "city/register")
    before, after = (past.files(past.at(word)) for word in ("HEAD~1", "HEAD"))
    assert (before.path, past.moved(before), before.read(RAT, 9)) == ("data/", True, b"one")
    assert (after.path, past.moved(after), after.read(RAT, 9)) == ("city/register/data/", False, b"one")


def test_a_register_that_lies_elsewhere_today_is_not_taken_for_it(repository: Repository) -> None:
    repository.commit({f"young/{REGISTRY}": "format: 1\n"}, "another register", "2024-04-01T09:00:00+02:00")
    with pytest.raises(Missing, match=r"^there is no register in \w{7}, recorded 2024-03-01T09:00:00\+01:00: no data/"):
        revision(repository.folder / "young", "HEAD~1")
    assert revision(repository.folder / "young", "HEAD").keys() == [REGISTRY]


def test_of_several_registers_none_is_guessed(repository: Repository) -> None:
    repository.commit({f"two/{REGISTRY}": "format: 1\n"}, "second", DAY)
    repository.git("rm", "-r", "--quiet", "data", "two")
    repository.commit({f"new/{REGISTRY}": "format: 1\n"}, "both gone", DAY)
    with pytest.raises(Missing, match=r"^several registers lie in .*: data/registry.yaml, two/data/registry.yaml\.$"):
        revision(repository.folder / "new", "HEAD~1")


def test_without_a_register_on_the_disk_the_nearest_upward_in_the_tree_answers(repository: Repository) -> None:
    repository.commit({f"city/{REGISTRY}": "x", f"city/{RAT}": "inner", "city/deep/README": ""}, "two", DAY)
    for name in (REGISTRY, f"city/{REGISTRY}"):
        (repository.folder / name).unlink()
    assert revision(repository.folder / "city/deep", "HEAD").read(RAT, 9) == b"inner"
    assert revision(repository.folder / "city/deep/README", "HEAD").read(RAT, 9) == b"inner"
    assert revision(repository.folder, "HEAD").read(RAT, 9) == b"one"


def test_a_bare_repository_has_revisions(repository: Repository, tmp_path: Path) -> None:
    repository.rename("data", "city/data", "move", DAY)
    bare = repository.clone(tmp_path / "bare.git", "--bare").folder
    assert revision(bare, "HEAD").read(RAT, 9) == revision(bare, "main~1").read(RAT, 9) == b"one"
    past = Past(bare)
    assert not past.moved(past.files(past.at("HEAD")))


def test_a_worktree_has_its_own_head(repository: Repository, tmp_path: Path) -> None:
    repository.commit({RAT: "two"}, "two", DAY)
    repository.git("worktree", "add", "--quiet", str(tmp_path / "other"), "HEAD~1")
    assert revision(tmp_path / "other", "HEAD").read(RAT, 9) == b"one"
    assert revision(tmp_path / "other", "main").read(RAT, 9) == b"two"


@pytest.mark.parametrize("within", ["register", "data"])
def test_a_submodule_has_its_own_history(repository: Repository, tmp_path: Path, within: str) -> None:
    city = Repository.begin(tmp_path / "city")
    source = repository
    if within == "data":
        source = Repository.begin(tmp_path / "files")
        source.commit({"registry.yaml": "format: 1\n", "units/bs/rat.yaml": "one"}, "one", DAY)
        source.commit({"units/bs/rat.yaml": "two"}, "two", DAY)
    else:
        source.commit({RAT: "two"}, "two", DAY)
    city.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", f"file://{source.folder}", within)
    city.record("with a submodule", DAY)
    root = city.folder / ("" if within == "data" else within)
    assert revision(root, "HEAD~1").keys() == [REGISTRY, RAT]
    assert revision(root, "HEAD~1").read(RAT, 9) == b"one"


def test_a_linked_data_folder_has_the_history_of_where_it_lies(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here/data").symlink_to(repository.folder / "data")
    assert revision(tmp_path / "here", "HEAD").read(RAT, 9) == b"one"


# ----------------------------------------------------------------------------------------- surroundings


def test_a_hook_that_names_another_repository_does_not_lead_astray(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"GIT_DIR": ".git", "GIT_INDEX_FILE": "no", "GIT_ICASE_PATHSPECS": "1"}.items():
        monkeypatch.setenv(name, value)
    assert revision(repository.folder, "HEAD").keys() == [REGISTRY, RAT]


def test_the_users_settings_change_no_answer_and_start_nothing(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = tmp_path / "started"
    (tmp_path / "run").write_text(f"#!/bin/sh\necho x >> '{started}'\n")
    (tmp_path / "run").chmod(0o755)
    (tmp_path / "config").write_text(
        f"[core]\n\tfsmonitor = {tmp_path}/run\n\tpager = {tmp_path}/run\n\tquotePath = true\n\tabbrev = 40\n"
        "[color]\n\tui = always\n[log]\n\tshowSignature = true\n\tdate = relative\n[grep]\n\tcolumn = true\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("GIT_TRACE", "1")
    past = Past(repository.folder)
    assert past.files(past.by(10**10, "later")).read(RAT, 9) == b"one"
    assert not started.exists()


def test_reading_a_revision_leaves_no_process_and_no_lock(repository: Repository) -> None:
    files = revision(repository.folder, "HEAD")
    files.read(RAT, 1)
    assert not list((repository.folder / ".git").rglob("*.lock"))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_replacements_of_objects_count(repository: Repository) -> None:
    first = repository.head()
    second = repository.commit({RAT: "put right"}, "two", DAY)
    repository.git("replace", first, second)
    assert revision(repository.folder, first).read(RAT, 99) == b"put right"


# ----------------------------------------------------------------------------------------- missing


def test_an_object_that_git_has_lost_is_said_when_it_is_needed(repository: Repository) -> None:
    repository.commit({"data/units/bs/other.yaml": "two", "data/units/bs/third.yaml": "three"}, "more", DAY)
    for name in ("other", "third"):
        object_of(repository, f"data/units/bs/{name}.yaml").unlink()
    files = revision(repository.folder, "HEAD")
    assert files.read(RAT, 10) == b"one"
    with pytest.raises(Missing) as raised:
        files.read("data/units/bs/other.yaml", 10)
    assert str(raised.value).startswith(
        f"git does not have the bytes of data/units/bs/other.yaml at {repository.head()[:7]} and of 1 more of its files"
    )
    assert str(raised.value).endswith("ask again when that can be reached. Else try git fsck.")


def test_one_alone_is_said_alone(repository: Repository) -> None:
    object_of(repository, RAT).unlink()
    with pytest.raises(Missing, match=rf"^git does not have the bytes of {RAT} at \w{{7}}: "):
        revision(repository.folder, "HEAD").read(RAT, 10)


def test_a_tree_that_git_has_lost_is_said(repository: Repository) -> None:
    object_of(repository, "data/units").unlink()
    with pytest.raises(Missing, match=r"^git cannot list the files of \w{12}: .*\. Try git fsck\.$"):
        revision(repository.folder, "HEAD")


@pytest.mark.parametrize(
    "word",
    ["nowhere", "", "--all", "HEAD~9", "HEAD:data", "a\0b", "HEAD^{tree}", "main..main", "^main", "a\nb", ":/no"],
)
def test_an_unknown_revision_is_said(repository: Repository, word: str) -> None:
    with pytest.raises(Missing) as raised:
        revision(repository.folder, word)
    assert str(raised.value) == (
        f"git knows no revision {word!r} here. Name a commit, a branch or a tag, or a time such as 2024-04-09 or "
        "2024-04-09T10:00; git log shows the commits."
    )


def test_so_it_is_in_a_repository_without_a_commit(tmp_path: Path) -> None:
    Repository.begin(tmp_path)
    with pytest.raises(Missing, match="git knows no revision 'HEAD' here"):
        revision(tmp_path, "HEAD")


def test_in_a_shallow_clone_it_says_how_to_get_the_rest(repository: Repository, tmp_path: Path) -> None:
    first = repository.head()
    repository.commit({RAT: "two"}, "two", DAY)
    clone = repository.clone(tmp_path / "clone", "--depth=1").folder
    assert revision(clone, "HEAD").read(RAT, 10) == b"two"
    with pytest.raises(Missing, match=r"newest commits: git fetch --unshallow, in CI fetch-depth: 0\.$"):
        revision(clone, first)


def test_without_a_repository_there_is_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(Missing) as raised:
        revision(tmp_path, "HEAD")
    assert str(raised.value) == (
        f"{tmp_path} has no history: it lies in no git repository."
        " Only what the working tree says can be asked for, without --as-of."
    )


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="no such file or directory"):
        revision(tmp_path / "nowhere", "HEAD")


def test_a_repository_that_git_refuses_is_said_in_its_words(repository: Repository) -> None:
    (repository.folder / ".git/config").write_text("[core]\n\trepositoryformatversion = 99\n")
    with pytest.raises(Missing, match=r"has no history: .*99"):
        revision(repository.folder, "HEAD")


def test_a_repository_of_somebody_else_is_said_with_what_to_do(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(Missing) as raised:
        revision(repository.folder, "HEAD")
    assert str(raised.value) == (
        f"git does not read the repository at {repository.folder}, since it belongs to another user. "
        f"If you trust it: git config --global --add safe.directory {repository.folder}"
    )


def test_without_git_it_says_so(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository.folder))
    with pytest.raises(Missing, match=r"^git is not installed, .* Install git\.$"):
        revision(repository.folder, "HEAD")


def test_a_git_that_cannot_be_run_is_said(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository.folder / "git").write_bytes(b"no program")
    (repository.folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(repository.folder))
    with pytest.raises(Missing, match=r"^git cannot be asked in .*: exec format error\.$"):
        revision(repository.folder, "HEAD")


def test_a_git_that_fails_without_a_word_is_said(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository.folder / "git").write_text("#!/bin/sh\nexit 1\n")
    (repository.folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(repository.folder))
    with pytest.raises(Missing, match="has no history: it does not say why"):
        revision(repository.folder, "HEAD")


# ----------------------------------------------------------------------------------------- partial clones


@pytest.fixture
def served(repository: Repository) -> Repository:
    for name in ("allowFilter", "allowAnySHA1InWant"):
        repository.git("config", f"uploadpack.{name}", "true")
    repository.commit({f"data/units/bs/u{n}.yaml": f"first {n}" for n in range(20)}, "first", DAY)
    repository.commit({f"data/units/bs/u{n}.yaml": f"second {n}" for n in range(20)}, "second", DAY)
    return repository


@pytest.mark.parametrize("left_out", ["blob:none", "tree:0"])
def test_what_a_partial_clone_left_out_is_fetched_in_one_go(served: Repository, tmp_path: Path, left_out: str) -> None:
    clone = served.clone(tmp_path / "clone", f"--filter={left_out}")
    with counted(tmp_path) as log:
        files = revision(clone.folder, "HEAD~1")
        assert [files.read(f"data/units/bs/u{n}.yaml", 99) for n in range(20)] == [
            f"first {n}".encode() for n in range(20)
        ]
    fetches = [word for word in log.read_text().split() if word == "pack-objects"]
    assert fetches == ["pack-objects"]
    assert len(log.read_text().split()) == 7


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ("blob:none", r"^git does not have the bytes of data/registry.yaml at \w{7} and of 21 more of its files: .*"),
        ("tree:0", r"^git cannot list the files of \w{12}: .*"),
    ],
)
def test_where_it_cannot_be_fetched_that_is_said(served: Repository, tmp_path: Path, left_out: str, told: str) -> None:
    clone = served.clone(tmp_path / "clone", f"--filter={left_out}", "--no-checkout")
    served.folder.rename(tmp_path / "gone")
    with pytest.raises(Missing, match=told):
        revision(clone.folder, "HEAD~1").read(REGISTRY, 9)
