"""Every question takes a day, a time of knowing and a form: found out from the commands themselves."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.main import get_command

from orgreg.cli.app import app
from orgreg.cli.reporting import REPORTS
from tests.commands import run
from tests.history import Repository
from tests.reports import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ASKED = {"--date", "--as-of", "--format"}
PLAN = "weiterentwicklung-der-praeventionsarbeit"
QUESTIONS = [
    "tree",
    "tree --relations --planned --bodies",
    "show sozialreferat",
    "show integration-vielfalt-und-demokratie#stellenleitung",
    "show ausschuss-fuer-vielfalt-und-integration",
    "show 25-25182",
    "show aktionsplan",
    "show aktionsplan#ziele",
    f"show {PLAN}",
    f"show {PLAN}#themenfelder",
    "who migration",
    "history sozialreferat",
    *(f"report {name}" for name in REPORTS),
]


def commands() -> Mapping[str, Any]:
    group: Any = get_command(app)
    found: Mapping[str, Any] = group.commands
    return found


def options(command: Any) -> set[str]:  # noqa: ANN401 - a command of Typer's
    return {option for parameter in command.params for option in parameter.opts}


def forms(name: str) -> list[str]:
    """The forms that a command says it has."""
    (parameter,) = (one for one in commands()[name].params if "--format" in one.opts)
    return [str(getattr(one, "value", one)) for one in parameter.type.choices]


def test_every_question_takes_a_day_a_time_of_knowing_and_a_form() -> None:
    found = commands()
    assert {"tree", "show", "who", "report"} <= set(found)
    changing = {name for name, one in found.items() if "--dry-run" in options(one)}
    of_a_day = {name for name, one in found.items() if "--date" in options(one)} - changing
    assert of_a_day >= {question.partition(" ")[0] for question in QUESTIONS}
    assert {name: ASKED - options(found[name]) for name in sorted(of_a_day) if not options(found[name]) >= ASKED} == {}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The shipped register as it was recorded, and a commit in which a city has another name."""
    made = Repository.begin(tmp_path_factory.mktemp("asked") / "register")
    files = shipped.files()
    made.commit(files, "Begin", "2025-12-01T09:00:00+01:00")
    renamed = files["data/registry.yaml"].replace(b"Stadt Braunschweig", b"Stadt am Ende")
    made.commit({"data/registry.yaml": renamed}, "Rename", "2025-12-02T09:00:00+01:00")
    return made


def asked() -> Iterator[tuple[str, str]]:
    for question in QUESTIONS:
        for form in forms(question.partition(" ")[0]):
            if form != "ical" or question == "report calendar":
                yield question, form


@pytest.mark.parametrize(("question", "form"), list(asked()), ids=str)
def test_it_answers_of_the_day_and_of_what_was_known_in_every_form(
    register: Repository, question: str, form: str
) -> None:
    words = (*question.split(), "--date", "2025-10-01", "--format", form)
    now, then = (run(*words, *more, cwd=register.folder) for more in ((), ("--as-of", "HEAD~1")))
    assert (now.code, then.code) == (0, 0), then.err
    assert now.out.strip()
    assert "Stadt am Ende" not in then.out
    before = register.git("rev-parse", "HEAD~1").strip()
    assert then.err.startswith(f"orgreg: as of {before[:7]}, recorded 2025-12-01")
    if form == "json":
        made = json.loads(then.out)
        assert (made["date"], made["as_of"]["commit"]) == ("2025-10-01", before)
        assert json.loads(now.out)["as_of"] is None
    elif form == "csv":
        heading, *rows = csv.reader(io.StringIO(then.out, newline=""))
        assert rows
        assert {len(row) for row in rows} == {len(heading)}


@pytest.mark.parametrize(
    "question",
    [one for one in QUESTIONS if not one.startswith("history") and one.split()[-1] not in {"disputes", "changes"}],
)
def test_another_day_has_another_answer(register: Repository, question: str) -> None:
    early, late = (
        run(*question.split(), "--date", day, cwd=register.folder).out for day in ("2016-05-01", "2025-10-01")
    )
    assert early != late
