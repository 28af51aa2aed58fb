"""The documents say what is so: outputs, examples, tables, links and paths. tests.docs.refresh makes them anew."""

from __future__ import annotations

import json
import re
import shlex
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pytest
from typer.main import get_command

from orgreg.cli.app import app
from orgreg.formats.json.diff import diff as diff_document
from orgreg.formats.json.history import history as history_document
from orgreg.formats.json.paper import paper as paper_document
from orgreg.formats.json.plan import part as plan_part_document
from orgreg.formats.json.plan import plan as plan_document
from orgreg.formats.json.search import found as search_document
from orgreg.formats.json.table import table as table_document
from orgreg.formats.json.tree import tree as tree_document
from orgreg.formats.json.unit import part as part_document
from orgreg.formats.json.unit import portrait as unit_document
from orgreg.formats.json.who import who as who_document
from orgreg.load import load
from orgreg.model.certainty import day_doubt
from orgreg.model.change import Verb
from orgreg.model.day import NEVER, When, day_after, exactly, parse
from orgreg.model.timeline import Entry
from orgreg.query.agenda import calendar_table
from orgreg.query.changes import occasions
from orgreg.query.disputes import disputes
from orgreg.query.gaps import gaps
from orgreg.query.history import history
from orgreg.query.papers import paper_portrait
from orgreg.query.plan_tables import plans, steps
from orgreg.query.plans import part_portrait, plan_portrait
from orgreg.query.portrait import part_portraits, portrait
from orgreg.query.relations import relations
from orgreg.query.responsibility import who
from orgreg.query.search import search
from orgreg.query.tree import trees
from orgreg.store.working_tree import WorkingTree
from orgreg.text.refusals import REFUSALS
from tests.chronicle import chronicle
from tests.docs.refresh import (
    CONSOLE,
    DOCUMENTS,
    ROOT,
    TABLE,
    YAML,
    example,
    findings,
    own_keys,
    records,
    run,
    session,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from orgreg.model.registry import Registry
    from orgreg.query.table import Table

DATA_FORMAT: Final = "docs/data-format.md"
AGAIN: Final = "run .venv/bin/python -m tests.docs.refresh"


@cache
def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pieces(pattern: re.Pattern[str]) -> list[Any]:
    return [
        pytest.param(found, id=f"{name}:{place}")
        for name in DOCUMENTS
        for place, found in enumerate(pattern.finditer(text_of(name)), 1)
    ]


# ------------------------------------------------------------------------------------------------- what is shown


@pytest.mark.parametrize("found", pieces(CONSOLE))
def test_commands_show_what_the_document_shows(found: re.Match[str]) -> None:
    assert session(found["shown"], found["scene"]) == found["shown"], AGAIN
    assert re.search(r"^\$ .*\n(?:\$ |\Z)", found["shown"], re.MULTILINE) is None, "a command shows nothing"


@pytest.mark.parametrize("found", pieces(YAML))
def test_examples_of_files_are_read_or_refused_as_said(found: re.Match[str]) -> None:
    shown = example(found["text"])
    assert findings(shown) == ([] if shown.refused is None else [shown.refused]), AGAIN


@pytest.mark.parametrize("found", pieces(TABLE))
def test_tables_say_what_the_grammar_and_the_rules_say(found: re.Match[str]) -> None:
    assert found["rows"] == table(found["what"], found["of"]), AGAIN


def test_quotes_in_examples_stand_in_the_register() -> None:
    quoted = re.compile(r"^( *)(?:- )?quote: >-\n((?:\1 .*\n)+)", re.MULTILINE)
    entered = " ".join(
        " ".join(file.read_text(encoding="utf-8").split()) for file in sorted((ROOT / "data").rglob("*.yaml"))
    )
    quotes = [" ".join(words.split()) for _, words in quoted.findall(text_of(DATA_FORMAT))]
    assert quotes
    assert [words for words in quotes if words not in entered] == []


# ------------------------------------------------------------------------------------------------- completeness


def test_every_key_of_every_record_is_in_the_document() -> None:
    shown = {name for found in TABLE.finditer(text_of(DATA_FORMAT)) for name in (found["of"] or "").split()}
    missing = {name for name, record in records().items() if name not in shown and own_keys(record) != ["also"]}
    assert missing == set()


def test_every_refusal_is_in_the_document() -> None:
    told = re.findall(r"^\| ([RYG]\d{3}) \| ([a-z0-9-]+) \|", text_of(DATA_FORMAT), re.MULTILINE)
    assert told == sorted(
        ((rule.code, rule.name) for rule in REFUSALS), key=lambda rule: ("RYG".index(rule[0][0]), rule)
    )


def test_the_table_of_days_counts_as_orgreg_counts() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| [^|]* \| ([^|]*) \| ([^|]*) \|$", _section(DATA_FORMAT, "Days"), re.MULTILINE)
    assert len(rows) >= 9
    assert [(written, *_counted(written)) for written, _, _ in rows] == rows


def _counted(written: str) -> tuple[str, str]:
    when = parse(written)
    assert isinstance(when, When)
    if not when.known:
        return "the beginning", "not"
    entry = Entry(since=when, values={"name": "x"})
    if when.settled == NEVER:
        return when.counts_from.isoformat(), "for good"
    last = next((day for day in (when.settled, day_after(when.settled)) if not _doubtful(entry, day)), when.settled)
    sure = "not" if not _doubtful(entry, when.counts_from) else last.isoformat()
    return when.counts_from.isoformat(), sure


def _doubtful(entry: Entry, day: date) -> bool:
    return day_doubt(entry, "name", day, lambda _: exactly(day)) is not None


# ------------------------------------------------------------------------------------------------- links, paths, words

_FENCED: Final = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK: Final = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE: Final = re.compile(r"`([^`\n]+)`")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    broken = []
    for target in _LINK.findall(_FENCED.sub("", text_of(name))):
        if re.match("[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = ((ROOT / name).parent / path).resolve() if path else ROOT / name
        if not file.is_file() or (anchor and anchor not in _anchors(file.read_text(encoding="utf-8"))):
            broken.append(target)
    assert broken == []


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", _FENCED.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", [*DOCUMENTS, "CHANGELOG.md"])
def test_paths_that_are_named_exist(name: str) -> None:
    named = re.findall(r"(?:data|docs|src|tests|requirements|benchmarks)/[\w./-]+", _outside_examples(text_of(name)))
    assert [path for path in named if not (ROOT / path.rstrip(".")).exists()] == []


def _outside_examples(text: str) -> str:
    # Angle brackets and stars stand for names; what a finding in a shown output proposes need not exist.
    return re.sub(r"\S*[<*]\S*", "", _FENCED.sub("", text))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_and_options_that_are_named_exist(name: str) -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", text_of(name), re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    lines += [f"orgreg {words}" for words in re.findall(r"`orgreg ([^`\n]+)`", text_of(name))]
    assert [line for line in lines if line.startswith("orgreg ") and not _is_a_command(line)] == []


def _is_a_command(line: str) -> bool:
    words = shlex.split(line.partition("#")[0] if " #" in line else line)[1:]
    group: Any = get_command(app)
    taken = list(words)
    while taken and taken[0].startswith("-"):
        option = taken.pop(0)
        if option not in _options(group):
            return False
        if option == "-C":
            taken.pop(0)
    if not taken:
        return True
    command = group.commands.get(taken[0])
    given = [word for word in taken if word.startswith("-")]
    return command is not None and all(option in _options(command) for option in given)


def _options(command: Any) -> set[str]:  # noqa: ANN401 - click's command, whatever Typer makes of it
    return {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}


def test_the_readme_names_the_commands_that_exist() -> None:
    group: Any = get_command(app)
    told = re.findall(r"The commands that exist are (.*?)\.\n", text_of("README.md"), re.DOTALL)
    assert re.findall("`([a-z]+)`", told[0]) == list(group.commands)


def test_the_readme_names_every_format() -> None:
    group: Any = get_command(app)
    told = re.findall(r"^`--format` writes (.*?)\n\n", text_of("README.md"), re.MULTILINE | re.DOTALL)
    formats = {
        choice
        for command in group.commands.values()
        for parameter in command.params
        if "--format" in parameter.opts
        for choice in parameter.type.choices
    }
    assert set(re.findall("`([a-z]+)`", told[0])) - set(group.commands) == {str(one) for one in formats}


def test_targets_of_make_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+) ", text_of("README.md"))) <= targets


@pytest.mark.parametrize("name", [*DOCUMENTS, "CHANGELOG.md"])
def test_no_emoji_and_no_badges(name: str) -> None:
    assert re.findall("[\U0001f000-\U0001faff\u2600-\u27bf]|!\\[", text_of(name)) == []


# ------------------------------------------------------------------------------------------------- JSON

_ROW: Final = re.compile(r"^\| `([a-z_]+)` \| (.+?) \| .+ \|$", re.MULTILINE)
_WORDS: Final[dict[str, tuple[type, ...]]] = {
    "text": (str,),
    "number": (int,),
    "true": (bool,),
    "false": (bool,),
    "null": (type(None),),
    "object": (dict,),
    "anything": (str, int, bool, list, dict),
}
_DAYS: Final = tuple(date.fromisoformat(day) for day in ("2016-06-01", "2019-06-03", "2024-02-29", "2024-03-01"))


def _section(name: str, heading: str) -> str:
    found = re.search(rf"^#+ {re.escape(heading)}$(.*?)(?=^#|\Z)", text_of(name), re.MULTILINE | re.DOTALL)
    assert found is not None, f"{name} has no section {heading}"
    return found[1]


@cache
def documented(heading: str) -> dict[str, str]:
    return dict(_ROW.findall(_section("docs/json.md", heading)))


def agrees(value: dict[str, Any], heading: str, where: str) -> None:
    """The object has the keys of its section, in order, and each value one of the types that are given for it."""
    rows = documented(heading)
    assert list(value) == list(rows), f"{where}: {heading}"
    for key, types in rows.items():
        fits = any(_is(value[key], one, f"{where}.{key}") for one in re.split(", | or ", types))
        assert fits, f"{where}.{key} is {value[key]!r}, not {types}"


def _is(value: object, one: str, where: str) -> bool:
    if one.startswith("list of "):
        return isinstance(value, list) and all(_is(item, one.removeprefix("list of "), where) for item in value)
    if one.startswith("["):
        if isinstance(value, dict):
            agrees(value, one[1:].partition("]")[0], where)
        return isinstance(value, dict)
    return type(value) in _WORDS[one]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load(WorkingTree(ROOT)).registry


@pytest.mark.parametrize("day", _DAYS, ids=str)
def test_a_tree_is_as_documented(registry: Registry, day: date) -> None:
    agrees(tree_document(trees(registry, day, planned=True, bodies=True), day), "tree", "tree")


@pytest.mark.parametrize("day", _DAYS, ids=str)
def test_ties_are_as_documented(registry: Registry, day: date) -> None:
    found = trees(registry, day, planned=True, bodies=True)
    told = tree_document(found, day, relations(registry, found, day, planned=True))
    waiting = [node for city in told["municipalities"] for node in (*city["roots"], *city["unplaced"])]
    assert all("relations" in node for node in waiting)
    while waiting:
        node = waiting.pop()
        waiting += node["children"]
        for tie in node.pop("relations"):
            agrees(tie, "tie", node["id"])
        agrees({**node, "children": []}, "node", node["id"])


@pytest.mark.parametrize("day", _DAYS, ids=str)
def test_papers_are_as_documented(registry: Registry, day: date) -> None:
    for identity, paper in registry.papers.items():
        agrees(paper_document(paper_portrait(registry, paper, day)), "paper", identity)


@pytest.mark.parametrize("day", [*_DAYS, date(2025, 10, 1)], ids=str)
def test_plans_and_steps_are_as_documented(registry: Registry, day: date) -> None:
    for identity, plan in registry.plans.items():
        agrees(plan_document(plan_portrait(registry, plan, day)), "plan", identity)
        for slug in (*plan.steps, *plan.dimensions):
            one = part_portrait(registry, plan, slug, day)
            agrees(plan_part_document(one), f"{one.what} alone", one.identity)


@pytest.mark.parametrize("day", _DAYS, ids=str)
@pytest.mark.parametrize("topic", ["migration", "prävention", "demokratie", "Ausschuss", "flüchtlinge", "quux"])
def test_who_is_responsible_is_as_documented(registry: Registry, topic: str, day: date) -> None:
    agrees(who_document(who(registry, topic, day)), "who", topic)


@pytest.mark.parametrize("day", _DAYS, ids=str)
def test_units_and_parts_are_as_documented(registry: Registry, day: date) -> None:
    for identity, unit in registry.units.items():
        agrees(unit_document(portrait(registry, unit, day, planned=True)), "unit", identity)
        for slug in (*unit.posts, *unit.tasks):
            for one in part_portraits(registry, unit, slug, day, planned=True):
                agrees(part_document(one), "part alone", f"{identity}#{slug}")


def test_changes_and_lineages_are_as_documented(registry: Registry) -> None:
    found = occasions(registry, date(2015, 12, 31), date(2026, 12, 31), planned=True)
    agrees(diff_document(registry, found, date(2015, 12, 31), date(2026, 12, 31)), "diff", "diff")
    verbs = set(re.findall("`([a-z ]+)`", documented_meaning("change", "verb")))
    assert verbs == {str(verb) for verb in Verb}
    for identity, unit in registry.units.items():
        agrees(history_document(history(registry, unit, _DAYS[-1], planned=True)), "history", identity)


def documented_meaning(heading: str, key: str) -> str:
    found = re.search(rf"^\| `{key}` \| .+? \| (.+) \|$", _section("docs/json.md", heading), re.MULTILINE)
    assert found is not None
    return found[1]


@pytest.fixture(scope="module")
def chronicled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return chronicle(tmp_path_factory.mktemp("chronicle") / "register").folder


@pytest.mark.parametrize("words", ["", "buero-fuer-migrationsfragen", "sozialplanung"])
def test_the_audit_trail_is_as_documented(chronicled: Path, words: str) -> None:
    agrees(json.loads(run(f"orgreg log {words} --format json", chronicled)[0]), "log", words)


@pytest.mark.parametrize(
    "words", ["sozialplanung", "integration-vielfalt-und-demokratie#leitung", "25-25182-01", "bfm"]
)
def test_reasons_are_as_documented(chronicled: Path, words: str) -> None:
    agrees(json.loads(run(f"orgreg why {words} --date 2025-06-01 --format json", chronicled)[0]), "why", words)


@pytest.mark.parametrize("text", ["Migrationsfragen", "25-25182", "50.21", "Vielfalt", "Grothe", "Migrationsfragne"])
def test_what_is_found_is_as_documented(registry: Registry, text: str) -> None:
    agrees(search_document(search(registry, text)), "find", text)


@pytest.mark.parametrize(
    "made",
    [gaps, lambda registry, day: disputes(registry, day, day), plans, steps, calendar_table],
    ids=["gaps", "disputes", "plans", "steps", "calendar"],
)
def test_a_report_is_as_documented(registry: Registry, made: Callable[[Registry, date], Table]) -> None:
    document = table_document(made(registry, _DAYS[-1]))
    agrees(document, "report", "report")
    assert all(list(row) == [column["name"] for column in document["columns"]] for row in document["rows"])


def test_every_format_is_documented() -> None:
    folder = ROOT / "src/orgreg/formats/json"
    made = {
        name for file in folder.glob("*.py") for name in re.findall(r'"(orgreg/[a-z]+/\d+)"', file.read_text("utf-8"))
    }
    assert set(re.findall(r"^\| `format` \| text \| `(.*)` \|$", text_of("docs/json.md"), re.MULTILINE)) == made


def test_rules_are_as_documented() -> None:
    agrees(json.loads(run("orgreg explain --format json", ROOT)[0]), "rules", "rules")


def test_findings_are_as_documented() -> None:
    shown = next(found for found in CONSOLE.finditer(text_of("docs/json.md")) if "orgreg check" in found["shown"])
    agrees(json.loads(shown["shown"].partition("\n")[2]), "check", "check")
