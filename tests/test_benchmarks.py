"""The benchmarks' own parts: registers and histories made up alike every time, figures that say what was measured."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from benchmarks import generate, report, rhythm
from benchmarks.growth import Point
from benchmarks.pairing import Command, CommandFailedError, Pairing, pair
from benchmarks.report import Figures, Result
from benchmarks.rows import ROWS
from orgreg.check import check
from orgreg.load import load
from orgreg.model.finding import Severity
from tests.commands import ROOT
from tests.registers import Kept

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def _bytes(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.glob("data/**/*.yaml")}


def _faults(files: Mapping[str, bytes]) -> list[str]:
    loaded = load(Kept(files))
    found = [*loaded.findings, *check(loaded.registry)]
    return [f"{one.path}: {one.message}" for one in found if one.rule.severity is not Severity.NOTE]


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


# --------------------------------------------------------------------------------------------------------- the register


def test_the_same_seed_gives_the_same_register_and_another_seed_another(tmp_path: Path) -> None:
    for folder, seed in (("a", 1), ("b", 1), ("c", 2)):
        generate.write(tmp_path / folder, units=40, seed=seed)
    assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b") != _bytes(tmp_path / "c")


@pytest.mark.parametrize(("units", "seed"), [(100, 1), (100, 2), (1000, 1)])
def test_a_generated_register_has_neither_errors_nor_warnings(tmp_path: Path, units: int, seed: int) -> None:
    generate.write(tmp_path, units=units, seed=seed)
    assert _faults(_bytes(tmp_path)) == []


def test_a_generated_register_has_as_many_units_as_asked_and_no_folder_more_than_500_files(tmp_path: Path) -> None:
    files = generate.write(tmp_path, units=1200)
    assert Counter(path.parent.name for path in files) == {"stadt-1": 500, "stadt-2": 500, "stadt-3": 200}
    folders = Counter(path.parent for path in tmp_path.glob("data/*/*/*.yaml"))
    assert max(folders.values()) == 500
    assert {path.parent.name for path in folders} == {"units", "decisions", "actionplans"}


def test_a_municipality_is_the_same_whatever_others_there_are(tmp_path: Path) -> None:
    generate.write(tmp_path / "one", units=60, each=60)
    generate.write(tmp_path / "two", units=120, each=60)
    one, two = _bytes(tmp_path / "one"), _bytes(tmp_path / "two")
    del one[generate.REGISTRY]
    assert one == {path: text for path, text in two.items() if "/stadt-1/" in path}


def test_generated_papers_are_a_third_to_a_fifth_of_the_units_and_a_few_are_cited_most(tmp_path: Path) -> None:
    files = generate.write(tmp_path, units=500)
    papers = [path.stem for path in tmp_path.glob("data/decisions/*/*.yaml")]
    assert 100 <= len(papers) <= 167
    text = "".join(path.read_text() for path in files)
    cited = sorted((text.count(f"paper: {paper}\n") for paper in papers), reverse=True)
    assert sum(cited[:5]) > sum(cited[5:])
    assert sum(1 for count in cited if 0 < count < 10) > len(papers) / 3


def test_generated_units_live_through_all_that_units_live_through(tmp_path: Path) -> None:
    files = generate.write(tmp_path, units=500)
    text = "".join(path.read_text() for path in files)
    for ended in ("dissolved", "absorbed", "merged", "split", "replaced", "transferred"):
        assert f"ended: {ended}" in text
    for key in (
        "change: ",
        "out_of: ",
        "formerly: ",
        "corrections:",
        "also:",
        "status: planned",
        "staff_of: ",
        "posts:",
    ):
        assert key in text
    lines = text.count("\n") / len(files)
    assert 30 < lines < 60


# ---------------------------------------------------------------------------------------------------------- the history


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """300 units in three municipalities, the last steps of which are 200 commits."""
    root = tmp_path_factory.mktemp("history")
    rhythm.write(root, 200, units=300, each=100)
    return root


def test_a_history_has_as_many_commits_as_asked_and_ends_in_the_register(history: Path, tmp_path: Path) -> None:
    generate.write(tmp_path, units=300, each=100)
    assert _git(history, "rev-list", "--count", "HEAD") == "200"
    assert _git(history, "for-each-ref", "--format=%(refname)") == "refs/heads/main"
    assert _git(history, "status", "--porcelain") == ""
    assert _bytes(history) == _bytes(tmp_path)


def test_the_same_seed_gives_the_same_commits(history: Path, tmp_path: Path) -> None:
    rhythm.write(tmp_path / "same", 200, units=300, each=100)
    rhythm.write(tmp_path / "other", 200, units=300, each=100, seed=2)
    head = _git(history, "rev-parse", "HEAD")
    assert _git(tmp_path / "same", "rev-parse", "HEAD") == head != _git(tmp_path / "other", "rev-parse", "HEAD")


def test_most_commits_touch_one_file_and_one_touches_all(history: Path) -> None:
    touched = [
        len(commit.split())
        for commit in _git(history, "log", "--no-merges", "--first-parent", "--name-only", "--format=%x00").split("\0")[
            1:
        ]
    ]
    assert touched.count(1) > len(touched) / 2
    assert sum(1 for count in touched if count > 200) >= 2  # the first, and the one that brings all into house style


def test_some_commits_merge_and_some_rename_and_say_so_in_the_file(history: Path) -> None:
    assert 3 <= int(_git(history, "rev-list", "--merges", "--first-parent", "--count", "HEAD")) <= 30
    log = ("log", "--no-merges", "-M50", "--diff-filter=R", "--name-status", "--format=%x00%H")
    renames = [line.split() for line in _git(history, *log).split("\0")[1:]]
    assert renames
    for commit, _, old, new, *_ in renames:
        slug = old.rpartition("/")[2].removesuffix(".yaml")
        said = re.search(r"^formerly: \[(.*)\]$", _git(history, "show", f"{commit}:{new}"), re.MULTILINE)
        assert said
        assert slug in said[1].split(", ")


def test_times_go_forward(history: Path) -> None:
    times = [
        int(line)
        for line in _git(history, "log", "--reverse", "--topo-order", "--first-parent", "--format=%ct").split()
    ]
    assert times == sorted(set(times))


def test_every_state_of_a_history_is_a_register_without_errors(tmp_path: Path) -> None:
    """More commits than steps: the rest alters how files are written, or notes that they are to be compared."""
    rhythm.write(tmp_path, 110, units=12, each=6, seed=3)
    seen: set[str] = set()
    for commit in _git(tmp_path, "rev-list", "HEAD").split():
        _git(tmp_path, "checkout", "--quiet", commit)
        assert _faults(_bytes(tmp_path)) == [], commit
        seen.add(_git(tmp_path, "log", "-1", "--format=%s").partition(" ")[0])
    assert {"Begin", "Enter", "Merge", "Bring"} <= seen


def test_too_short_a_history_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 10 commits"):
        rhythm.write(tmp_path, 9)


# ------------------------------------------------------------------------------------------------------------ measuring


def test_the_ratio_is_the_median_of_the_pairs() -> None:
    result = Pairing(ours=(1.0, 2.0, 30.0), theirs=(2.0, 2.0, 2.0))
    assert (result.ratio, result.within(1), result.within(0.9)) == (1.0, True, False)


def test_both_sides_run_as_often_after_a_warm_up(tmp_path: Path) -> None:
    command = Command((sys.executable, "-c", "open('runs', 'a').write('x')"), tmp_path)
    result = pair((command,), (command, command), runs=2)
    assert (len(result.ours), len(result.theirs), (tmp_path / "runs").read_text()) == (2, 2, "x" * 9)


def test_what_takes_long_is_still_run_three_times(tmp_path: Path) -> None:
    command = Command((sys.executable, "-c", ""), tmp_path)
    assert len(pair((command,), (command,), runs=7, seconds=0).ours) == 3


def test_a_run_tells_its_peak_memory_and_a_side_the_largest(tmp_path: Path) -> None:
    """In a process of its own: a child's peak counts that of the process that begins it, and pytest's may be large."""
    script = """
import sys
from pathlib import Path
from benchmarks.pairing import Command, pair
small, large = (Command((sys.executable, "-c", f"'x' * {size}"), Path(sys.argv[1])) for size in (1, 200_000_000))
ours, theirs = pair((small, large), (small,), runs=1).peaks
print(ours - theirs)
"""
    told = subprocess.run(
        (sys.executable, "-c", script, str(tmp_path)), cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert int(told.stdout) > 100_000_000


def test_a_failing_command_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(CommandFailedError, match=r"exit 3 from: (.|\n)*what it said"):
        Command((sys.executable, "-c", "print('what it said'); raise SystemExit(3)"), tmp_path).run()


# ----------------------------------------------------------------------------------------------------------- the report


_PAGE = """\
before
<!-- machine -->
old
<!-- end -->
A
<!-- rows -->
<!-- end -->
B
<!-- growth -->
<!-- end -->
after
"""


def _figures(ratio: float) -> Figures:
    row = Result("tree", "2026-11-22", ratio, 1.5, 4.0, 0.3, 0.1, 15, 40 << 20, 30 << 20)
    return Figures({"cores": "2"}, {"tree": row}, (Point("ask", "tree, warm", 100, 0.25, 50 << 20),))


def test_the_page_has_the_figures_between_its_markers_and_keeps_its_words() -> None:
    made = report.page(_PAGE, _figures(2.5))
    assert made.startswith("before\n<!-- machine -->\n| | |\n|---|---|\n| cores | 2 |\n<!-- end -->\nA\n")
    measured = "2.50 | 1.50 to 4.00, 15 pairs | 0.30 s / 0.10 s | 40 MiB | within"
    assert f"| tree | tree --date, warm, 10⁴ units | bare | 3.5 | {measured} |" in made
    assert "| ask | tree, warm | 0.25 s, 50 MiB |\n\n![CPU seconds of ask over units](performance/ask.svg)\n" in made
    assert made.endswith("after\n")
    assert report.page(made, _figures(2.5)) == made
    assert "| **over** |" in report.page(made, _figures(3.6))


def test_figures_of_another_machine_replace_those_that_are_kept() -> None:
    kept, other = _figures(2.5), Figures({"cores": "4"})
    assert kept.joined(other) == other
    assert kept.joined(Figures({"cores": "2"})) == kept


def test_figures_read_back_as_they_were_written(tmp_path: Path) -> None:
    (tmp_path / "figures.json").write_text(_figures(2.5).text())
    assert report.read(tmp_path / "figures.json") == _figures(2.5)
    assert report.read(tmp_path / "none.json") is None


def test_the_page_of_the_documents_shows_the_figures_that_are_kept() -> None:
    figures = report.read(report.FIGURES)
    assert figures is not None
    page = report.PAGE.read_text()
    assert report.page(page, figures) == page
    assert figures.rows.keys() <= ROWS.keys()
    drawn = {path.stem for path in report.FOLDER.glob("*.svg")}
    assert drawn == {point.plot for point in figures.growth}
