"""Every format writes any table; nothing in a cell becomes a formula, markup or a command for a terminal."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgreg.formats.csv import table as as_csv
from orgreg.formats.json import table as as_json
from orgreg.formats.markdown import table as as_markdown
from orgreg.formats.text import table as as_text
from orgreg.query.table import Column, Kind, Table
from tests.commands import run, write

if TYPE_CHECKING:
    from pathlib import Path

    from orgreg.query.table import Cell

COLUMNS = (
    Column("group", "group"),
    Column("why", "why", Kind.PROSE),
    Column("reference", "of", Kind.REFERENCE),
    Column("since", "since", Kind.DAY),
    Column("count", "how many", Kind.NUMBER),
    Column("told", "told", Kind.PROSE),
    Column("quotes", "in the words", Kind.LIST),
)


def made(*rows: tuple[Cell, ...], headed_by: tuple[str, ...] = ("group", "why"), day: date | None = None) -> Table:
    return Table("test", "A test", day, COLUMNS, rows, "nothing here", headed_by)


ONE = ("a", "because", "s/amt", "2024", 3, "a sentence", ("one", "two"))
SAME = ("a", "because", "s/amt", "2024", 3, "another", ())
OTHER = ("b", None, "s/team#post", "unknown", 12, None, ("three",))


def test_a_row_has_as_many_cells_as_there_are_columns() -> None:
    with pytest.raises(ValueError, match="a row of test"):
        made(("too", "few"))


def test_text_tells_once_what_rows_have_in_common() -> None:
    assert [str(line) for line in as_text.table(made(ONE, SAME, OTHER, day=date(2024, 3, 1)))] == [
        "A test, 2024-03-01",
        "",
        "a",
        "why           because",
        "  of           since    how many",
        "  s/amt        2024            3",
        "      told          a sentence",
        "      in the words  one",
        "                    two",
        "      told          another",
        "",
        "b",
        "  of           since    how many",
        "  s/team#post  unknown        12",
        "      in the words  three",
        "",
        "3 rows",
    ]


def test_text_without_headings_is_one_table() -> None:
    assert [str(line) for line in as_text.table(made(ONE, headed_by=()))] == [
        "A test",
        "",
        "  group  of     since  how many",
        "  a      s/amt  2024          3",
        "      why           because",
        "      told          a sentence",
        "      in the words  one",
        "                    two",
        "",
        "1 row",
    ]
    only_prose = Table("t", "T", None, (Column("a", "A", Kind.PROSE), Column("b", "B")), (("x", "y"),), "none", ("a",))
    assert [str(line) for line in as_text.table(only_prose)] == ["T", "", "A  x", "  B", "  y", "", "1 row"]


def test_a_wide_cell_pushes_only_its_own_row() -> None:
    wide = ("a", "because", "x" * 100, "2024", 3, None, ())
    lines = [str(line) for line in as_text.table(made(ONE, wide))]
    assert lines[5] == f"  {'s/amt':<44}  2024          3"
    assert f"  {'x' * 100}  2024          3" in lines


def test_no_rows_are_said_so() -> None:
    assert [str(line) for line in as_text.table(made())] == ["nothing here"]
    assert list(as_markdown.table(made())) == ["## A test", "", "*nothing here*"]
    assert as_csv.table(made()) == "group,why,reference,since,count,told,quotes\r\n"
    assert as_json.table(made())["rows"] == []


def test_csv_is_rfc_4180() -> None:
    nasty = ("a,b", 'say "x"', "s/amt", "2024", 3, "line\nbreak", ("one", "two"))
    written = as_csv.table(made(nasty))
    assert written.endswith('\r\n"a,b","say ""x""",s/amt,2024,3,line break,one; two\r\n')
    assert list(csv.reader(io.StringIO(written, newline="")))[1][0] == "a,b"


@pytest.mark.parametrize(
    "begin", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\t=", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
def test_no_cell_of_csv_is_a_formula(begin: str) -> None:
    formula = f'{begin}HYPERLINK("http://example.org","click")'
    for cell in (formula, (formula,), (formula, formula)):
        read = list(csv.reader(io.StringIO(as_csv.table(made((cell, *OTHER[1:]))), newline="")))[1][0]
        assert read.startswith("'")
    assert as_csv.cell(-3) == "-3"


@given(st.text(max_size=20))
def test_csv_reads_back_and_steers_nothing(text: str) -> None:
    read = list(csv.reader(io.StringIO(as_csv.table(made((text, *ONE[1:]))), newline="")))
    assert len(read) == 2
    assert len(read[1]) == len(COLUMNS)
    assert not read[1][0].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert "\x1b" not in read[1][0]


def test_json_has_a_key_for_every_column() -> None:
    assert as_json.table(made(OTHER, day=date(2024, 3, 1))) == {
        "format": "orgreg/report/1",
        "report": "test",
        "date": "2024-03-01",
        "as_of": None,
        "columns": [{"name": one.name, "title": one.title, "kind": one.kind.value} for one in COLUMNS],
        "rows": [
            {
                "group": "b",
                "why": None,
                "reference": "s/team#post",
                "since": "unknown",
                "count": 12,
                "told": None,
                "quotes": ["three"],
            }
        ],
    }


def test_markdown_is_a_table_of_text() -> None:
    nasty = ("a|b", "<script>", "[x](y)", "2024", 3, "# no\nheading", ("*one*", "two"))
    assert list(as_markdown.table(made(nasty, day=date(2024, 3, 1)))) == [
        "## A test, 2024-03-01",
        "",
        "| group | why | of | since | how many | told | in the words |",
        "| --- | --- | --- | --- | ---: | --- | --- |",
        r"| a\|b | \<script\> | \[x\]\(y\) | 2024 | 3 | \# no heading | \*one\*<br>two |".replace(r"\(y\)", "(y)"),
    ]


# ------------------------------------------------------------------------------------------------------- the command


def test_a_report_is_named_and_without_a_name_they_are_listed(tmp_path: Path) -> None:
    listed = run("report", cwd=tmp_path)
    assert listed.code == 0
    assert {"gaps", "disputes"} <= {line.split()[0] for line in listed.out.splitlines()}
    outcome = run("report", "gap", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("orgreg: gap is no report; there are: ")
    assert outcome.err.endswith(". Did you mean gaps?\n")
    assert "Did you mean" not in run("report", "xyz", cwd=tmp_path).err


@pytest.mark.parametrize("name", ["gaps", "disputes"])
def test_an_empty_register_reports_nothing(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"data/registry.yaml": "format: 1\nmunicipalities: {}\n"})
    assert run("report", name, cwd=tmp_path).out == f"no {name}\n"
    assert run("report", name, "--format", "csv", cwd=tmp_path).out.count("\n") == 1
    assert json.loads(run("report", name, "--format", "json", cwd=tmp_path).out)["rows"] == []
    assert run("report", name, "--format", "markdown", cwd=tmp_path).out.endswith(f"*no {name}*\n")


@pytest.mark.parametrize("name", ["gaps", "disputes"])
@pytest.mark.parametrize("form", ["text", "csv", "json", "markdown"])
def test_a_report_of_one_city_has_nothing_of_another(name: str, form: str) -> None:
    outcome = run("report", name, "-m", "bux", "--date", "2019-06-03", "--format", form)
    assert outcome.code == 0
    assert "bs/" not in outcome.out


def test_a_report_of_an_unknown_city_says_which_there_are() -> None:
    assert run("report", "gaps", "-m", "xx").code == 2


def test_completion_offers_the_reports() -> None:
    environment = {"_ORGREG_COMPLETE": "complete_bash", "COMP_WORDS": "orgreg report g", "COMP_CWORD": "2"}
    assert run(environment=environment).out.split() == ["gaps"]


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A1", "[bold]x[/bold]\\u001b[2J", "<b>x</b>"])
def test_no_name_in_a_file_steers_a_report(tmp_path: Path, name: str) -> None:
    unit = f'timeline:\n  - {{from: unknown, name: "{name}", kind: Amt, parent: unknown, sources: none}}\n'
    registry = "format: 1\nmunicipalities: {s: {name: Stadt, kinds: {Amt: {rank: 1}}}}\n"
    write(tmp_path, {"data/registry.yaml": registry, "data/units/s/amt.yaml": unit.replace("\\u001b", "")})
    for form in ("text", "markdown", "csv"):
        outcome = run("report", "gaps", "--format", form, cwd=tmp_path)
        assert (outcome.code, "\x1b" in outcome.out) == (0, False)
    rows = list(csv.reader(io.StringIO(run("report", "gaps", "--format", "csv", cwd=tmp_path).out, newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    shown = run("report", "gaps", cwd=tmp_path, terminal=True, environment={"TERM": "xterm-256color"}).out
    assert "[bold]x" in shown or "bold" not in name


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\uff1d"])
@pytest.mark.parametrize("gap", ["", " ", "  "])
def test_no_formula_begins_where_semicolons_end_cells(begin: str, gap: str) -> None:
    for cell in (f"a;{gap}{begin}1+1", ("a", f"{begin}1+1")):
        written = as_csv.table(made((cell, *OTHER[1:])))
        parts = [part.strip(' "') for line in written.splitlines()[1:] for part in line.split(";")]
        assert not [part for part in parts if part.startswith(begin)]
