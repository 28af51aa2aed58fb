"""Every row of issue 7's table as a benchmark: what is run on either side, and the bound on ours over theirs.

What is fair, and how it is held:

- Both sides run in turn on the same machine, on the same files where they read files, in the same environment.
- CPU seconds count those of every process that a command starts: git's are ours too.
- „Warm“ means that the same command has run before, so that what it keeps is there; „cold“ means an empty cache before
  every run. Bytecode is there on both sides. What is edited before a run is something that the file has never held.
- „Bare“ is a Typer program with two commands that print one line: what any command of that kind costs.
- Registers are clean git repositories with a fresh index, unless a row edits a file.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import generate, peers, stock
from benchmarks.pairing import Command, CommandFailedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.pairing import Side
    from benchmarks.stock import Stock

HERE: Final = Path(__file__).resolve().parent.parent
BIN: Final = Path(sys.executable).parent
DAY: Final = "2024-03-01"
_ORGREG: Final = str(BIN / "orgreg")
_BARE: Final = (sys.executable, "-c", "from benchmarks.bare import app; app()")  # imported, so its bytecode is cached
_CITY: Final = 7
_EDITED: Final = b"# edited at "


@dataclass(frozen=True)
class Row:
    """The work in words, the bound on ours over theirs (None: told only), how it is measured, and its two sides."""

    work: str
    against: str
    bound: float | None
    sides: Callable[[Stock], tuple[Side, Side]]
    runs: int = 7
    wall: bool = False
    quick: bool = False


def orgreg(register: Path, cache: Path, *arguments: str, cold: bool = False) -> Command:
    """A command on a register with that cache, emptied before each run where it is to be cold."""
    return Command(
        (_ORGREG, *arguments),
        register,
        {"XDG_CACHE_HOME": str(cache)},
        (lambda: shutil.rmtree(cache, ignore_errors=True)) if cold else _nothing,
    )


def checked_by_schema(register: Path) -> Side:
    """check-jsonschema on every file of the register, each with the schema of its folder."""
    schemas = register.with_name(f"{register.name}.schemas")
    schemas.mkdir(exist_ok=True)
    side: list[Command] = []
    for kind, files in (
        ("unit", stock.unit_files(register)),
        ("paper", sorted((register / "data" / "decisions").glob("*/*.yaml"))),
        ("plan", sorted((register / "data" / "actionplans").glob("*/*.yaml"))),
        ("registry", [register / "data" / "registry.yaml"]),
    ):
        schema = schemas / f"{kind}.schema.json"
        with schema.open("wb") as target:
            subprocess.run((_ORGREG, "schema", kind), cwd=register, stdout=target, check=True)
        names = (str(path.relative_to(register)) for path in files)
        side.append(Command((str(BIN / "check-jsonschema"), "--schemafile", str(schema), *names), register))
    return tuple(side)


def some_unit(register: Path) -> str:
    """The identity of one of its units: the middle one of the first municipality by name."""
    files = sorted((register / "data" / "units" / "stadt-1").glob("*.yaml"))
    return f"stadt-1/{files[len(files) // 2].stem}"


def renamed_unit(register: Path) -> str:
    """The identity of one whose file was renamed once, so that its history has to be followed."""
    files = sorted((register / "data" / "units" / "stadt-1").glob("*.yaml"))
    return f"stadt-1/{next(path.stem for path in files if b'formerly:' in path.read_bytes())}"


def edits(path: Path) -> Callable[[], None]:
    """Writes into a file, each time it is called, what has never stood in it: a comment."""
    before, _, _ = path.read_bytes().partition(_EDITED)

    def edit() -> None:
        path.write_bytes(before + _EDITED + f"{time.time_ns()}\n".encode())

    return edit


def _nothing() -> None:
    pass


def _bare(command: str) -> Side:
    return (Command((*_BARE, command), HERE),)


def _help(_: Stock) -> tuple[Side, Side]:
    return (Command((_ORGREG, "--help"), HERE),), _bare("--help")


def _version(_: Stock) -> tuple[Side, Side]:
    return (Command((_ORGREG, "--version"), HERE),), _bare("tree")


def _tree(made: Stock) -> tuple[Side, Side]:
    register = made.register(10_000)
    ours = orgreg(register, made.cache(register), "tree", "--date", DAY)
    without = orgreg(register, made.cache(register), "tree", "--date", DAY, "--no-cache")
    for _ in range(2):  # once without and once with a cache
        if ours.says() != without.says():
            raise CommandFailedError("tree says something else with --no-cache")
    return (ours,), _bare("tree")


def _show(made: Stock) -> tuple[Side, Side]:
    """The small register's show and the large one's git status: what nobody can do without."""
    large, small = made.register(100_000, each=stock.LAND), made.register(100)
    theirs = (
        orgreg(small, made.cache(small), "show", some_unit(small)),
        Command(("git", "status", "--porcelain"), large),
    )
    return (orgreg(large, made.cache(large), "show", some_unit(large)),), theirs


def _check_cold(units: int) -> Callable[[Stock], tuple[Side, Side]]:
    def sides(made: Stock) -> tuple[Side, Side]:
        register = made.register(units)
        return (orgreg(register, scratch(made), "check", cold=True),), checked_by_schema(register)

    return sides


def check_after_edit(made: Stock, units: int, each: int = generate.UNITS_IN_A_FOLDER) -> Side:
    """A check that knows all files but one, which is edited before each run."""
    register = made.edited(units, each)
    edit = edits(register / "data" / "units" / f"{some_unit(register)}.yaml")
    return (Command((_ORGREG, "check"), register, {"XDG_CACHE_HOME": str(made.cache(register))}, edit),)


def _check_edited(made: Stock) -> tuple[Side, Side]:
    """Both check the same edited register: one knows all other files from before, one knows nothing."""
    return check_after_edit(made, 10_000), (orgreg(made.edited(10_000), scratch(made), "check", cold=True),)


def _doorstop_cold(made: Stock) -> tuple[Side, Side]:
    register = made.register(2_000)
    theirs = Command((peers.DOORSTOP, "-F"), made.items(2_000))
    return (orgreg(register, scratch(made), "check", cold=True),), (theirs,)


def _doorstop_edited(made: Stock) -> tuple[Side, Side]:
    """One file is edited before each run of either; doorstop has no cache that could know the others."""
    project = made.items(2_000)
    item = project / "reqs" / "REQ00700.yml"
    return check_after_edit(made, 2_000), (Command((peers.DOORSTOP, "-F"), project, {}, edits(item)),)


def _as_of(back: int) -> Callable[[Stock], tuple[Side, Side]]:
    def sides(made: Stock) -> tuple[Side, Side]:
        register = made.register(10_000, 10_000)
        cache = made.cache(register)
        ours = orgreg(register, cache, "tree", "--date", DAY, "--as-of", f"HEAD~{back}")
        return (ours,), (orgreg(register, cache, "tree", "--date", DAY),)

    return sides


def _against(commits: int, *, cold: bool = False) -> Callable[[Stock], tuple[Side, Side]]:
    """A branch with ten edited files against the state before it. Cold, as on a CI machine without a cache."""

    def sides(made: Stock) -> tuple[Side, Side]:
        register = made.proposed(10_000, commits)
        cache = scratch(made).with_name("scratch-against") if cold else made.cache(register)
        ours = orgreg(register, cache, "check", "--against", "HEAD~1", cold=cold)
        return (ours,), (orgreg(register, scratch(made), "check", cold=True),)

    return sides


def _log(commits: int) -> Callable[[Stock], tuple[Side, Side]]:
    def sides(made: Stock) -> tuple[Side, Side]:
        register = made.register(10_000, commits)
        return (orgreg(register, made.cache(register), "log", renamed_unit(register)),), _bare("tree")

    return sides


def _index(made: Stock) -> tuple[Side, Side]:
    """A `log` of one commit that has to build the index first. What git writes goes into a file, as ours does."""
    register = made.register(10_000, 100_000)
    theirs = Command(("git", "log", "--raw", "--no-renames"), register)
    return (orgreg(register, scratch(made), "log", "--since", "HEAD~1", cold=True),), (theirs,)


def _municipality(made: Stock) -> tuple[Side, Side]:
    whole, alone = made.register(100_000, each=stock.LAND), made.alone(100_000, stock.LAND, _CITY)
    arguments = ("tree", "--date", DAY, "-m", f"stadt-{_CITY}")
    return (orgreg(whole, made.cache(whole), *arguments),), (orgreg(alone, made.cache(alone), *arguments),)


def _linear(made: Stock) -> tuple[Side, Side]:
    """Both have 2,000 units in a municipality."""
    large, small = made.register(100_000, each=stock.LAND), made.register(10_000, each=stock.LAND)
    return (
        (orgreg(large, scratch(made), "check", cold=True),),
        (orgreg(small, scratch(made), "check", cold=True),),
    )


def scratch(made: Stock) -> Path:
    """A cache that is emptied before every run."""
    return made.folder / "scratch-cache"


_SMALLER: Final = 0.125
ROWS: Final = {
    "help": Row("orgreg --help", "the bare program's --help", 1.4, _help, 25, quick=True),
    "version": Row("orgreg --version", "bare", 1.2, _version, 25, quick=True),
    "tree": Row("tree --date, warm, 10⁴ units", "bare", 3.5, _tree, 15, quick=True),
    "show": Row("show, warm, 10⁵ units", "the same on 10² and git status on 10⁵", 2, _show, 15),
    "check": Row("check, cold, 10⁴ units", "check-jsonschema on the same files", _SMALLER, _check_cold(10_000), 3),
    "check-edited": Row(
        "check, warm after one edited file, 10⁴ units", "check, cold", _SMALLER, _check_edited, 5, quick=True
    ),
    "doorstop": Row("check, cold, 2,000 units", "doorstop -F on 2,000 linked items", 1 / 5, _doorstop_cold, 7),
    "doorstop-edited": Row(
        "check, warm after one edited file, 2,000 units",
        "doorstop -F after one edited item",
        1 / 20,
        _doorstop_edited,
        7,
    ),
    "as-of-near": Row(
        "tree --as-of HEAD~10, warm, 10⁴ units, 10⁴ commits",
        "tree on the working tree",
        1.5,
        _as_of(10),
        11,
        quick=True,
    ),
    "as-of-far": Row(
        "tree --as-of HEAD~7000, warm, 10⁴ units, 10⁴ commits", "tree on the working tree", 1.5, _as_of(7_000), 11
    ),
    "against": Row(
        "check --against a base 10 files away, warm, 10⁴ units, 10² commits",
        "check, cold",
        _SMALLER,
        _against(100),
        5,
        wall=True,
    ),
    "against-long": Row(
        "check --against a base 10 files away, warm, 10⁴ units, 10⁵ commits",
        "check, cold",
        _SMALLER,
        _against(100_000),
        5,
        wall=True,
    ),
    "against-cold": Row(
        "check --against a base 10 files away, cold, 10⁴ units, 10² commits",
        "check, cold",
        None,
        _against(100, cold=True),
        3,
        wall=True,
    ),
    "log": Row("log UNIT, index there, 10⁴ units, 10² commits", "bare", 3, _log(100), 15, quick=True),
    "log-longer": Row("log UNIT, index there, 10⁴ units, 10⁴ commits", "bare", 3, _log(10_000), 15, quick=True),
    "log-longest": Row("log UNIT, index there, 10⁴ units, 10⁵ commits", "bare", 3, _log(100_000), 15),
    "index": Row("log of one commit, index built, 10⁵ commits", "git log --raw --no-renames", 2, _index, 5),
    "municipality": Row("tree -m one of 50 municipalities, warm, 10⁵ units", "the same alone", 3, _municipality, 15),
    "linear": Row("check, cold, 10⁵ units", "check, cold, 10⁴ units, a tenth of the same", 12, _linear, 3),
}
"""Not in the issue's table: against-cold, which says what a CI machine without a cache waits for; it has no bound."""
