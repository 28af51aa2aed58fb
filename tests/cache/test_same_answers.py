"""With the cache every answer is the one that the files give: whatever was edited, kept or lost before."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgreg.formats.json import paper as json_paper
from orgreg.formats.json import plan as json_plan
from orgreg.formats.json import unit as json_unit
from orgreg.load import load, shelved
from orgreg.load.lives import lives
from orgreg.load.page import page
from orgreg.model.finding import Severity
from orgreg.query.names import Names, Nothing
from orgreg.query.papers import paper_portrait
from orgreg.query.plans import plan_portrait
from orgreg.query.portrait import portrait
from orgreg.query.tree import planted, trees
from orgreg.store.cache import Cache
from orgreg.store.past import revision
from orgreg.store.working_tree import WorkingTree
from tests.cache.registers import TODAY, kept, later, put
from tests.commands import ROOT, run, write
from tests.history import Repository
from tests.registers import base
from tests.strategies import circling_registers, days, registers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgreg.load.lives import Lives
    from orgreg.model.registry import Registry
    from orgreg.query.tree import Tree
    from orgreg.store import Files
    from tests.strategies import Frozen

_DAY = date(2024, 3, 1)
_BROKEN = "timeline: 1\n"
_SOZIALREFERAT = "data/units/bs/sozialreferat.yaml"
_DAYS = [date(1000, 1, 1), date(2009, 1, 1), date(2016, 4, 1), _DAY, date(2025, 6, 1), date(2999, 12, 31)]
_WORDS = (
    *(
        "sozialreferat",
        "50.21",
        "0500",
        "DS 25-25182",
        "25\N{EN DASH}25182",
        "büro",
        "Büro für Migrationsfragen",
        "bs:50.21",
    ),
    *("migrations", "bs/aktionsplan-integration", "aktionsplan#expertinnen-interviews", "rat", "nirgends", "25-2518"),
    *("50.21 Büro", "xx:50", "", "#", "bux:10", "e", "Stadtverwaltung", "steuerung"),
)


def shown(found: Lives, *, bodies: bool = False) -> tuple[Tree, ...]:
    return planted(found.rows, found.municipalities, found.lost.__contains__, bodies=bodies)


def _agree(files: Files, plain: Files, day: date, *, planned: bool = False, bodies: bool = False) -> None:
    found = lives(files, day, planned=planned)
    loaded = load(plain, folders=("units", "decisions"))
    assert found is not None
    assert shown(found, bodies=bodies) == trees(loaded.registry, day, planned=planned, bodies=bodies)
    errors = [one for one in loaded.findings if one.rule.severity is Severity.ERROR]
    assert sum(one.errors for one in found.faults) == len(errors)
    assert [one.path for one in found.faults] == sorted({one.path for one in loaded.findings})
    assert [one.message for one in found.faults[:1]] == [one.message for one in errors[:1]]


@settings(max_examples=60)
@given(
    states=st.lists(st.one_of(registers(), circling_registers()), min_size=1, max_size=4),
    day=days(),
    broken=st.integers(0, 7),
    planned=st.booleans(),
    bodies=st.booleans(),
)
def test_a_tree_after_any_edits_is_that_of_the_files(
    states: list[dict[str, Frozen | str]], day: date, broken: int, *, planned: bool, bodies: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root, home = Path(folder) / "register", Path(folder) / "home"
        for state in [*states, states[0]]:
            put(root, state)
            for at, path in enumerate(sorted((root / "data" / "units").rglob("*.yaml"))):
                if at == broken:
                    path.write_text(_BROKEN)
            for _ in range(2):
                _agree(kept(root, home), WorkingTree(root), day, planned=planned, bodies=bodies)


@pytest.mark.parametrize("planned", [False, True])
def test_the_shipped_register_on_many_days(tmp_path: Path, *, planned: bool) -> None:
    for day in _DAYS:
        _agree(kept(ROOT, tmp_path), WorkingTree(ROOT), day, planned=planned, bodies=True)


def test_one_municipality_is_that_part_of_all(tmp_path: Path) -> None:
    for city in ("bs", "bux"):
        found = lives(kept(ROOT, tmp_path), _DAY, municipality=city)
        assert found is not None
        expected = trees(load(WorkingTree(ROOT), municipality=city).registry, _DAY, municipality=city)
        assert planted(found.rows, found.municipalities, found.lost.__contains__, municipality=city) == expected


def test_a_paper_whose_date_changes_changes_what_rests_on_it(tmp_path: Path) -> None:
    root = write(tmp_path / "register", base())
    paper = next(path for path in sorted(root.rglob("data/decisions/bs/*.yaml")))
    before = shown_of(root, tmp_path)
    paper.write_text(paper.read_text("utf-8").replace("date: 2", "date: 1", 1))
    for day in _DAYS:
        _agree(kept(root, tmp_path / "home"), WorkingTree(root), day)
    assert shown_of(root, tmp_path) != before


def shown_of(root: Path, home: Path) -> list[Tree]:
    answers = (lives(kept(root, home / "home"), day) for day in _DAYS)
    return [tree for found in answers if found is not None for tree in shown(found, bodies=True)]


def test_where_something_is_out_of_the_ordinary_the_files_are_asked(tmp_path: Path) -> None:
    root = write(tmp_path / "register", base())
    assert lives(kept(root, tmp_path / "home"), _DAY) is not None
    assert page(kept(root, tmp_path / "home")) is not None
    other = {
        "data/units/bs/Rat.yml": "",
        "data/units/bs/deep/a.yaml": "",
        "data/notes.yaml": "",
        "data/units/a.yaml": "",
    }
    for key, text in other.items():
        write(root, {key: text})
        assert lives(kept(root, tmp_path / "home"), _DAY) is None
        assert page(kept(root, tmp_path / "home")) is None
        (root / key).unlink()
    (root / "data/units/bs/deep").rmdir()
    write(root, {"data/README.md": "beside"})
    assert lives(kept(root, tmp_path / "home"), _DAY) is not None
    vocabulary = root / "data" / "registry.yaml"
    for text in ("format: 9\n", "municipalities: 1\n"):
        vocabulary.write_text(text)
        assert lives(kept(root, tmp_path / "home"), _DAY) is None
    assert lives(WorkingTree(root), _DAY) is None


def test_a_link_is_told_as_ever(tmp_path: Path) -> None:
    root = write(tmp_path / "register", base())
    (root / "data/units/bs/zz.yaml").symlink_to("sozialreferat.yaml")
    for _ in range(2):
        _agree(kept(root, tmp_path / "home"), WorkingTree(root), _DAY)


def test_a_unit_that_rests_on_a_paper_of_another_city_is_read(tmp_path: Path) -> None:
    root = write(tmp_path / "register", base())
    unit = root / "data/units/bs/sozialreferat.yaml"
    unit.write_text(unit.read_text("utf-8").replace("paper: ", "paper: bux/", 1))
    for _ in range(2):
        assert lives(kept(root, tmp_path / "home"), _DAY) is None


def _told(registry: Registry, whole: Registry, day: date) -> Iterator[tuple[str, Any]]:
    for one in whole.units:
        yield one, json_unit.portrait(portrait(registry, registry.units[one], day))
        yield one, json_unit.portrait(portrait(registry, registry.units[one], day, planned=True))
    for one in whole.papers:
        yield one, json_paper.paper(paper_portrait(registry, registry.papers[one], day))
    for one in whole.plans:
        yield one, json_plan.plan(plan_portrait(registry, registry.plans[one], day))


@pytest.mark.parametrize("day", _DAYS)
def test_every_page_of_the_shipped_register_is_the_same(tmp_path: Path, day: date) -> None:
    whole = load(WorkingTree(ROOT)).registry
    found = page(kept(ROOT, tmp_path))
    assert found is not None
    assert list(_told(found, whole, day)) == list(_told(whole, whole, day))
    assert dict(found.units) == dict(whole.units)
    assert len(found.plans) == len(whole.plans)
    assert "bs/rat#x" not in found.units


@settings(max_examples=30)
@given(states=st.lists(registers(), min_size=1, max_size=3), day=days())
def test_every_page_after_any_edits_is_the_same(states: list[Mapping[str, Frozen | str]], day: date) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root, home = Path(folder) / "register", Path(folder) / "home"
        for state in states:
            put(root, state)
            whole, found = load(WorkingTree(root)).registry, page(kept(root, home))
            assert found is not None
            assert list(_told(found, whole, day)) == list(_told(whole, whole, day))


@pytest.mark.parametrize("word", _WORDS)
def test_a_word_names_the_same(tmp_path: Path, word: str) -> None:
    whole, found = load(WorkingTree(ROOT)).registry, page(kept(ROOT, tmp_path))
    assert found is not None
    for day in _DAYS:
        expected = Names(whole, day).resolve(word)
        answer = Names(found.among(word), day).resolve(word)
        assert answer == expected or (isinstance(answer, Nothing) and isinstance(expected, Nothing))
        assert Names(found, day).resolve(word) == expected


def test_every_name_code_and_slug_names_the_same(tmp_path: Path) -> None:
    whole, found = load(WorkingTree(ROOT)).registry, page(kept(ROOT, tmp_path))
    assert found is not None
    words = {word for unit in whole.units.values() for entry in unit.timeline.entries for word in entry.values.values()}
    for word in sorted(word for word in words if isinstance(word, str)):
        assert Names(found.among(word), _DAY).resolve(word) == Names(whole, _DAY).resolve(word)


@pytest.mark.parametrize(
    "asked",
    [
        ("tree",),
        ("tree", "--format", "json"),
        ("tree", "--format", "markdown", "--bodies"),
        ("tree", "--format", "mermaid", "--planned"),
        ("tree", "--relations"),
        ("tree", "--depth", "2"),
        ("tree", "-m", "bux"),
        ("tree", "-m", "nowhere"),
        ("tree", "sozialreferat"),
        ("tree", "sozialreferat", "--relations"),
        ("tree", "25-25182"),
        ("tree", "nirgends"),
        ("show", "50.21"),
        ("show", "nirgends"),
        ("show", "-m", "bs", "sozialreferat"),
        ("show", "25-25182", "--format", "json"),
        ("who", "migration"),
    ],
)
def test_a_command_says_the_same_to_both(asked: tuple[str, ...], tmp_path: Path) -> None:
    root = write(tmp_path / "register", {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in _shipped()})
    write(root, {"data/units/bs/zz.yaml": _BROKEN, "data/actionplans/bs/zz.yaml": _BROKEN})
    environment = {"XDG_CACHE_HOME": str(tmp_path / "home")}
    dated = (*asked, "--date", "2024-03-01")
    expected = run(*dated, "--no-cache", cwd=root, environment=environment)
    assert not (tmp_path / "home").exists()
    for _ in range(3):
        assert run(*dated, cwd=root, environment=environment) == expected
    assert run("--no-cache", *dated, cwd=root, environment=environment) == expected


def _shipped() -> Iterator[Path]:
    return (ROOT / "data").rglob("*.yaml")


def test_every_revision_is_the_same(tmp_path: Path) -> None:
    history = Repository.begin(tmp_path / "register")
    files: dict[str, str | bytes] = dict(base())
    history.commit(files, "Begin", "2024-03-01T09:00:00+01:00")
    unit = files["data/units/bs/sozialreferat.yaml"]
    assert isinstance(unit, bytes)
    history.commit({"data/units/bs/other.yaml": unit}, "More", "2024-03-02T09:00:00+01:00")
    history.commit({"data/units/bs/other.yaml": None}, "Less", "2024-03-03T09:00:00+01:00")
    home = tmp_path / "home"
    for word in ("HEAD", "HEAD~1", "HEAD~2", "HEAD"):
        files_then = revision(history.folder, word)
        files_then.cache = Cache(home, TODAY)
        plain = revision(history.folder, word)
        _agree(files_then, plain, _DAY)
        whole, found = load(plain).registry, page(files_then)
        assert found is not None
        assert list(_told(found, whole, _DAY)) == list(_told(whole, whole, _DAY))
        assert load(files_then) == load(plain)
        assert dict(shelved(files_then).units) == dict(whole.units)


def test_what_is_in_the_cache_is_not_read(tmp_path: Path) -> None:
    root = write(tmp_path / "register", base())
    before = load(kept(root, tmp_path / "home"))

    class Unread(WorkingTree):
        def read(self, key: str, at_most: int) -> bytes:
            raise AssertionError((key, at_most))

    files = Unread(root, Cache(tmp_path / "home", TODAY), later)
    assert load(files) == before
    assert lives(kept(root, tmp_path / "home"), _DAY) is not None
    assert lives(files, _DAY) is not None
    assert page(kept(root, tmp_path / "home")) is not None
    assert page(files) is not None


@pytest.mark.parametrize(
    "asked", ["check --against HEAD~1 --format json", "tree --as-of HEAD~1 --date 2024-03-01", "log sozialreferat"]
)
def test_a_repository_with_longer_names_answers_alike(tmp_path: Path, asked: str) -> None:
    told = []
    for naming in ("sha1", "sha256"):
        history = Repository.begin(tmp_path / naming, f"--object-format={naming}")
        first = history.commit(dict(base()), "Begin", "2024-03-01T09:00:00+01:00")
        text = base()[_SOZIALREFERAT].replace(b"Sozialreferat", "Referat für Soziales".encode())
        second = history.commit({_SOZIALREFERAT: text}, "Rename", "2024-04-09T10:00:00+02:00")
        (history.folder / _SOZIALREFERAT).write_bytes(text + b"note: twice\n")
        for more in (("--no-cache",), (), ()):
            environment = {"XDG_CACHE_HOME": str(tmp_path / "home" / naming)}
            found = run(*asked.split(), *more, cwd=history.folder, environment=environment)
            told.append((found.code, found.out.replace(first[:7], "first").replace(second[:7], "second")))
    assert told[0][1] != ""
    assert told == told[:1] * 6
