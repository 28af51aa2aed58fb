"""The commits of a line, what each brought, and the index of them: as git has them, whatever was kept before."""

from __future__ import annotations

import random
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from orgreg.store import Missing, Obstacle, Trouble
from orgreg.store.cache import Cache, NoCache
from orgreg.store.history import History
from orgreg.store.past import Past
from tests.history import Repository, counted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from orgreg.store.cache import Keeping

REGISTRY = "data/registry.yaml"
RAT = "data/units/bs/rat.yaml"
NEW = "data/units/bs/new.yaml"


def time(number: int) -> str:
    return f"2024-03-01T{number // 60:02}:{number % 60:02}:00+01:00"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A line of five commits, one of them a merge."""
    made = Repository.begin(tmp_path / "register")
    made.commit({"README": "", REGISTRY: "format: 1\n", RAT: "one"}, "begin", time(1))
    made.branch("report")
    made.commit({NEW: "new"}, "report\n\nIt came late.\n\nEffective: 2024-03-01\nChange: word", time(2), "Bea B <b@x>")
    made.branch("main")
    made.commit({RAT: "two"}, "two", time(3))
    made.merge("report", "merge", time(4))
    made.commit({"README": "more"}, "beside the register", time(5))
    made.commit({RAT: None, "data/units/bs/.hidden.yaml": "x"}, "gone", time(6))
    return made


def history(made: Repository, kept: Keeping | None = None, word: str = "HEAD") -> History:
    past = Past(made.folder, kept)
    return History(past, past.at(word))


def text(one: History, name: str | None) -> bytes | Trouble | None:
    return None if name is None else one.read(name, 99)


def told(one: History, key: str) -> list[tuple[int, bytes | Trouble | None]]:
    return [(version.position, text(one, version.name)) for version in one.versions(key)]


def test_each_commit_of_the_line_says_what_it_brought(repository: Repository) -> None:
    with closing(history(repository)) as one:
        brought = [
            (position, [(touch.key, text(one, touch.before), text(one, touch.after)) for touch in touches])
            for position, touches in one.brought()
        ]
        assert brought == [
            (4, [(RAT, b"two", None)]),
            (3, []),
            (2, [(NEW, None, b"new")]),
            (1, [(RAT, b"one", b"two")]),
            (0, [(REGISTRY, None, b"format: 1\n"), (RAT, None, b"one")]),
        ]
        for position, touches in one.brought():
            assert one.brought_by(position).touches == touches
        assert told(one, RAT) == [(0, b"one"), (1, b"two"), (4, None)]
        assert told(one, NEW) == [(2, b"new")]
        assert told(one, "data/units/bs/nowhere.yaml") == []
        assert len(one) == 5
        assert not one.is_cut


def test_a_file_has_an_object_after_each_commit(repository: Repository) -> None:
    with closing(history(repository)) as one:
        found = [text(one, one.object(RAT, position)) for position in range(-1, 6)]
        assert found == [None, b"one", b"two", b"two", b"two", None, None]


def test_a_commit_says_when_by_whom_and_in_which_words(repository: Repository) -> None:
    with closing(history(repository)) as one:
        merge = one.commit(2)
        assert (merge.name, merge.subject, merge.author, merge.merged) == (
            repository.git("rev-parse", "HEAD~2"),
            "merge",
            "Ada Amt",
            ("Bea B",),
        )
        assert merge.time.isoformat() == one.time(2).isoformat() == "2024-03-01T00:04:00+01:00"
    with closing(history(repository, word="report")) as one:
        late = one.commit(1)
        assert (late.subject, late.author, late.merged) == ("report", "Bea B", ())
        assert late.trailers == (("Effective", "2024-03-01"), ("Change", "word"))


@pytest.mark.parametrize(
    ("message", "trailers"),
    [
        ("Change: alone", ()),
        ("a\n\nno trailers: here\nbut words", ()),
        ("a\n\nKey: folded\n  over lines\n", (("Key", "folded over lines"),)),
    ],
)
def test_only_a_last_paragraph_of_trailers_is_one(
    tmp_path: Path, message: str, trailers: tuple[tuple[str, str], ...]
) -> None:
    made = Repository.begin(tmp_path)
    made.commit({REGISTRY: ""}, message, time(1))
    with closing(history(made)) as one:
        assert one.commit(0).trailers == trailers


def test_a_message_in_another_encoding_is_read(tmp_path: Path) -> None:
    made = Repository.begin(tmp_path)
    (tmp_path / "message").write_bytes("Büro\n".encode("latin-1"))
    made.commit({REGISTRY: ""}, "begin", time(1))
    made.git("-c", "i18n.commitEncoding=latin-1", "commit", "-q", "--allow-empty", "-F", "message", date=time(2))
    made.git("-c", "i18n.commitEncoding=none-such", "commit", "-q", "--allow-empty", "-m", "Amt", date=time(3))
    with closing(history(made)) as one:
        assert [one.commit(position).subject for position in range(3)] == ["begin", "Büro", "Amt"]


def test_the_users_settings_change_nothing(repository: Repository) -> None:
    with closing(history(repository)) as one:
        plain = [*one.brought()]
    settings = {
        "log.showRoot": "false",
        "log.showSignature": "true",
        "log.diffMerges": "combined",
        "log.date": "relative",
        "diff.renames": "copies",
        "diff.relative": "true",
        "core.abbrev": "5",
        "core.quotePath": "true",
        "format.pretty": "oneline",
    }
    for key, value in settings.items():
        repository.git("config", key, value)
    with closing(history(repository)) as one:
        assert [*one.brought()] == plain


def test_links_and_submodules_are_no_files(repository: Repository) -> None:
    (repository.folder / "data/units/bs/link.yaml").symlink_to("rat.yaml")
    name = repository.head()
    repository.git("add", "data")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{name},data/units/bs/module.yaml")
    repository.git("commit", "-q", "-m", "odd", date=time(9))
    with closing(history(repository)) as one:
        link, module = (told(one, f"data/units/bs/{slug}.yaml") for slug in ("link", "module"))
        assert link == [(5, Trouble(Obstacle.LINK, "rat.yaml"))]
        assert module == [(5, Trouble(Obstacle.SPECIAL, "a submodule, another repository's folder"))]


# ----------------------------------------------------------------------------------------- a register that was moved


def test_a_register_that_was_moved_keeps_its_keys(repository: Repository) -> None:
    repository.commit({NEW: "newer"}, "edit", time(10))
    repository.rename("data", "city/data", "move", time(11))
    repository.commit({"city/data/units/bs/new.yaml": "newest"}, "edit again", time(12))
    past = Past(repository.folder / "city")
    with closing(History(past, past.at("HEAD"))) as one:
        assert told(one, NEW) == [(2, b"new"), (5, b"newer"), (7, b"newest")]
        assert [(at, len(touches)) for at, touches in one.brought()][:3] == [(7, 1), (6, 0), (5, 1)]


def test_what_was_not_moved_along_is_gone(repository: Repository) -> None:
    (repository.folder / "city").mkdir()
    repository.git("mv", "data", "city/data")
    repository.git("mv", "city/data/units/bs/new.yaml", "new.yaml")
    repository.record("move most", time(11))
    past = Past(repository.folder / "city")
    with closing(History(past, past.at("HEAD"))) as one:
        assert told(one, NEW) == [(2, b"new"), (5, None)]
        assert [touch.key for touch in one.brought_by(5).touches] == [NEW]


def test_a_register_that_was_copied_began_where_it_was_copied_from(repository: Repository) -> None:
    files = {f"city/{key}": (repository.folder / key).read_bytes() for key in (REGISTRY, NEW)}
    repository.commit({**files, "city/data/units/bs/new.yaml": "other"}, "copy", time(11))
    repository.git("rm", "-rq", "data")
    repository.git("commit", "-q", "-m", "delete", date=time(12))
    past = Past(repository.folder / "city")
    with closing(History(past, past.at("HEAD"))) as one:
        assert told(one, NEW) == [(2, b"new"), (5, b"other")]


def test_from_a_bare_repository_a_worktree_and_a_submodule_it_is_the_same(
    repository: Repository, tmp_path: Path
) -> None:
    with closing(history(repository)) as one:
        plain = [*one.brought()]
    bare = repository.clone(tmp_path / "bare.git", "--bare")
    repository.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "worktree"))
    whole = Repository.begin(tmp_path / "whole")
    whole.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repository.folder), "inner")
    for folder in (bare.folder, tmp_path / "worktree", whole.folder / "inner"):
        with closing(history(Repository(folder))) as one:
            assert [*one.brought()] == plain


# ----------------------------------------------------------------------------------------- what is not there


def test_of_the_oldest_commit_of_a_shallow_clone_it_is_not_known_what_it_brought(
    repository: Repository, tmp_path: Path
) -> None:
    shallow = repository.clone(tmp_path / "shallow", "--depth=3")
    cache = Cache(tmp_path / "cache", 1)
    with closing(history(shallow, cache)) as one:
        assert (len(one), one.is_cut) == (3, True)
        assert [at for at, _ in one.brought()] == [2, 1]
        assert told(one, NEW) == [(0, b"new")]
    shallow.git("fetch", "--quiet", "--unshallow")
    with closing(history(shallow, cache)) as one:
        assert (len(one), one.is_cut) == (5, False)


def test_a_partial_clone_fetches_together_what_will_be_read(repository: Repository, tmp_path: Path) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git("config", "uploadpack.allowAnySHA1InWant", "true")
    partial = repository.clone(tmp_path / "partial", "--filter=blob:none", "--bare")
    with closing(history(partial)) as one:
        names = {touch.after for _, touches in one.brought() for touch in touches if touch.after is not None}
        one.expect(names)
        assert {text(one, name) for name in names} == {b"format: 1\n", b"one", b"two", b"new"}


def test_without_its_remote_a_partial_clone_says_what_is_missing(repository: Repository, tmp_path: Path) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    partial = repository.clone(tmp_path / "partial", "--filter=blob:none", "--bare")
    partial.git("config", "remote.origin.url", str(tmp_path / "nowhere"))
    with closing(history(partial)) as one, pytest.raises(Missing, match=r"^git does not have the bytes of \w{12}, a"):
        told(one, NEW)


def test_a_damaged_history_is_said(repository: Repository) -> None:
    name = repository.git("rev-parse", "HEAD~1")
    path = repository.folder / ".git/objects" / name[:2] / name[2:]
    path.unlink()
    past = Past(repository.folder)
    with pytest.raises(Missing, match=r"^git cannot go through the history of .* back: git log and git fsck say more"):
        History(past, past.at("HEAD"))


# ----------------------------------------------------------------------------------------- the index


def seen(one: History, keys: Sequence[str]) -> list[object]:
    """All that the index says."""
    rows = [(one.commit_name(position), one.time(position)) for position in range(len(one))]
    return [rows, [one.versions(key) for key in keys], [one.newest_by(second) for second in (0, 1709247660, 1 << 40)]]


def test_a_kept_index_is_not_made_again(repository: Repository, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", 1)
    with closing(history(repository, cache)) as one:
        first = seen(one, [RAT, NEW])
    with counted(tmp_path) as log:
        with closing(history(repository, cache)) as one:
            assert seen(one, [RAT, NEW]) == first
        assert "log" not in log.read_text().split()


def test_who_waits_is_told_how_far_it_is(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orgreg.store.history._NOW_AND_THEN", 2)
    past, told = Past(repository.folder), list[tuple[int, int]]()
    History(past, past.at("HEAD"), lambda *done: told.append(done)).close()
    assert told == [(0, 0), (2, 0), (4, 0)]


def test_a_time_is_looked_up_in_the_index(repository: Repository, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", 1)
    plain = [Past(repository.folder).by(second, "then") for second in (1709247660, 1709247840, 1 << 40)]
    history(repository, cache).close()
    with counted(tmp_path) as log:
        past = Past(repository.folder, cache)
        assert [past.by(second, "then") for second in (1709247660, 1709247840, 1 << 40)] == plain
        assert "rev-list" not in log.read_text().split()
        with pytest.raises(Missing, match=r"^nothing was recorded by then; the register began with"):
            past.by(0, "then")


def test_a_file_that_was_never_there_is_looked_for_once(repository: Repository, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", 1)
    history(repository, cache).close()
    for expected in (True, False):
        with counted(tmp_path) as log:
            log.write_text("")
            with closing(history(repository, cache)) as one:
                assert one.versions("data/units/bs/nowhere.yaml") == []
            assert ("log" in log.read_text().split()) is expected


class Lossy(NoCache):
    """A cache in memory, out of which somebody takes what he likes."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, kind: str, keys: Collection[str]) -> dict[str, bytes]:
        return {key: self.kept[f"{kind}:{key}"] for key in keys if f"{kind}:{key}" in self.kept}

    def put(self, kind: str, made: Mapping[str, bytes]) -> None:
        self.kept |= {f"{kind}:{key}": value for key, value in made.items()}


FILES = [REGISTRY, *(f"data/units/bs/u{number}.yaml" for number in range(4))]


def step(made: Repository, chance: random.Random, number: int) -> None:
    """One step of somebody who commits, goes to other branches, merges, takes back and rewrites."""
    key = chance.choice(FILES[1:])
    date = time(number)
    match chance.choice(["commit", "commit", "commit", "remove", "branch", "merge", "reset", "amend"]):
        case "remove" if (made.folder / key).exists():
            made.commit({key: None}, f"{number} remove", date)
        case "branch":
            made.branch(chance.choice(["main", "other"]))
        case "merge":
            other = chance.choice(["main", "other"])
            if made.git("branch", "--list", other):
                made.git("merge", "--quiet", "--no-ff", "-s", "ours", "-m", f"{number} merge", other, date=date)
        case "reset" if made.git("rev-list", "--count", "HEAD~0") > "3":
            made.git("reset", "--quiet", "--hard", "HEAD~1")
        case "amend":
            made.commit({key: f"{number}"}, f"{number}", date)
            made.git("commit", "--quiet", "--amend", "--allow-empty", "-m", f"{number} amended", date=date)
        case _:
            made.commit({key: chance.choice("ab") + str(number % 3)}, f"{number}", date)


@pytest.mark.parametrize("seed", range(6))
def test_an_index_that_is_extended_is_as_one_that_is_made(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orgreg.store.index._CHUNK", 3)
    chance = random.Random(seed)  # noqa: S311 - a repository is made up
    made = Repository.begin(tmp_path / "register")
    made.commit(dict.fromkeys(FILES, ""), "begin", time(0))
    cache = Cache(tmp_path / "cache", 1)
    for number in range(1, 40):
        step(made, chance, number)
        if chance.random() < 0.4:
            with closing(history(made, cache)) as extended, closing(history(made, NoCache())) as anew:
                assert seen(extended, FILES) == seen(anew, FILES), number


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_lost_of_an_index_it_answers_the_same(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orgreg.store.index._CHUNK", 3)
    chance = random.Random(seed)  # noqa: S311 - a repository is made up
    made = Repository.begin(tmp_path / "register")
    made.commit(dict.fromkeys(FILES, ""), "begin", time(0))
    for number in range(1, 14):
        step(made, chance, number)
    lossy = Lossy()
    with closing(history(made, NoCache())) as one:
        expected = seen(one, FILES)
    history(made, lossy).close()
    for number in range(14, 22):
        for name in chance.sample(sorted(lossy.kept), chance.randint(1, len(lossy.kept))):
            del lossy.kept[name]
        with closing(history(made, lossy)) as one:
            assert seen(one, FILES) == expected
        step(made, chance, number)
        with closing(history(made, NoCache())) as one:
            expected = seen(one, FILES)
