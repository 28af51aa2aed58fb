"""What the documents show, made anew: outputs of commands, findings of wrong examples, tables of keys and rules.

As a program it writes the pieces into README.md and docs/*.md:

    .venv/bin/python -m tests.docs.refresh
"""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from inspect import cleandoc
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Final, Literal, get_args, get_origin, get_type_hints

from pydantic import WithJsonSchema

from orgreg.check import all_rules, between_rules, check
from orgreg.load import load
from orgreg.model.finding import Severity
from orgreg.store.working_tree import WorkingTree
from orgreg.text.records import common, orders, paper, plan, registry, unit
from orgreg.text.records.common import Record
from tests.change import before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT: Final = Path(__file__).parents[2]
DOCUMENTS: Final = ("README.md", "docs/ci.md", "docs/data-format.md", "docs/glossary.md", "docs/json.md")

CONSOLE: Final = re.compile(r"^```console(?: (?P<scene>[a-z-]+))?\n(?P<shown>.*?)^```$", re.MULTILINE | re.DOTALL)
YAML: Final = re.compile(r"^```yaml\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
TABLE: Final = re.compile(
    r"^<!-- (?P<what>keys|rules)(?:: (?P<of>[A-Za-z. ]+))? -->\n(?P<rows>.*?)^<!-- end -->$", re.MULTILINE | re.DOTALL
)
PATH_LINE: Final = re.compile(r"# (?P<path>data/\S+\.yaml)")
REFUSED: Final = "# refused:"

SCENES: Final = {
    "without-quotes": ("data/units/bs/buero-fuer-migrationsfragen.yaml", 'code: "50.21"', "code: 50.21"),
    "wrong-parent": (
        "data/units/bs/sozial-und-gesundheitsplanung.yaml",
        "parent: sozialreferat",
        "parent: sozialrefferat",
    ),
}
"""The shipped register with one fault: the file, what stands in it, what stands instead. `before` is another scene."""


# ------------------------------------------------------------------------------------------------- commands


def run(command: str, where: Path) -> tuple[str, int]:
    """What `orgreg …` shows at a terminal of 100 columns without colours, and its exit code."""
    program, *words = shlex.split(command)
    if program != "orgreg":
        raise ValueError(f"only orgreg is run, not {program}")
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "orgreg", *words],
        cwd=where,
        env={
            "PATH": os.environ.get("PATH", ""),
            "TERM": "dumb",
            "COLUMNS": "100",
            "NO_COLOR": "1",
            "PYTHONUTF8": "1",
            "LC_ALL": "C.UTF-8",
        },
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
    ) as process:
        os.close(follower)
        shown = b"".join(_read(leader))
        os.close(leader)
    return shown.decode().replace("\r\n", "\n"), process.returncode


def _read(leader: int) -> Iterator[bytes]:
    while True:
        try:
            read = os.read(leader, 65536)
        except OSError:  # Linux says that the other side has gone
            return
        if not read:
            return
        yield read


def session(shown: str, scene: str | None = None) -> str:
    """The text of a console block with the outputs of its commands made anew. `echo $?` gives the exit code."""
    with TemporaryDirectory() as folder:
        where = ROOT if scene is None else _stage(scene, Path(folder))
        code = 0
        made = []
        for command in re.findall(r"^\$ (.*)$", shown, re.MULTILINE):
            if command == "echo $?":
                output = f"{code}\n"
            else:
                output, code = run(command, where)
            made.append(f"$ {command}\n{output}")
        return "".join(made)


def _stage(scene: str, folder: Path) -> Path:
    if scene == "before":
        before.write(folder, created=True)
        return folder
    path, good, wrong = SCENES[scene]
    copytree(ROOT / "data", folder / "data")
    file = folder / path
    text = file.read_text(encoding="utf-8")
    if good not in text:
        raise ValueError(f"{path} has no longer {good}")
    file.write_text(text.replace(good, wrong, 1), encoding="utf-8")
    return folder


# ------------------------------------------------------------------------------------------------- examples of files


@dataclass(frozen=True)
class Example:
    """A file shown in a document. `refused` is the finding that it is said to give, or None."""

    path: str
    text: str
    refused: str | None


def example(block: str) -> Example:
    """The example of a YAML block: its first line is its path, its second may say the finding."""
    first, *rest = block.splitlines(keepends=True)
    found = PATH_LINE.fullmatch(first.strip())
    if found is None:
        raise ValueError(f"an example begins with its path, not with {first.strip()}")
    refused = rest[0].removeprefix(REFUSED).strip() if rest and rest[0].startswith(REFUSED) else None
    return Example(found["path"], block, refused)


def findings(shown: Example) -> list[str]:
    """The errors that an example has in the shipped register, in the place of the file at its path.

    Of registry.yaml an example is a part, so it is only read; of others, what other files say of them is not asked.
    """
    with TemporaryDirectory() as name:
        root = Path(name)
        copytree(ROOT / "data", root / "data")
        (root / shown.path).write_text(shown.text, encoding="utf-8")
        loaded = load(WorkingTree(root))
        found = list(loaded.findings)
        if shown.path != "data/registry.yaml":
            errors = (one for one in check(loaded.registry) if one.rule.severity is Severity.ERROR)
            found += [one for one in errors if one.path == shown.path]
    return [f"{one.rule.code} {one.rule.name}: {one.message}; {one.hint}" for one in found]


def _reviewed(block: str) -> str:
    shown = example(block)
    if shown.refused is None:
        return block
    first, _, *rest = block.splitlines(keepends=True)
    return "".join([first, *(f"{REFUSED} {found}\n" for found in findings(shown)), *rest])


# ------------------------------------------------------------------------------------------------- tables


def records() -> dict[str, type[Record]]:
    """Every record that has keys of its own, by module and name: `unit.UnitValues`."""
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": one
        for module in (common, orders, paper, plan, registry, unit)
        for name, one in vars(module).items()
        if isinstance(one, type) and issubclass(one, Record) and one.__module__ == module.__name__ and own_keys(one)
    }


def own_keys(record: type[Record]) -> list[str]:
    """The fields that the record itself names, in order."""
    return [name for name in record.__annotations__ if name in record.model_fields]


_VALUES: Final[tuple[tuple[object, str], ...]] = (
    (str, "key"),
    (common.Text, "text"),
    (common.Slug, "slug"),
    (common.Reference, "reference"),
    (common.Day, "day"),
    (common.FirstDay, "day"),
    (common.WholeNumber, "number"),
    (common.Truth, "`true`, `false`"),
    (common.Texts, "list of texts, `unknown`, `none`"),
    (common.References, "list of references, `unknown`, `none`"),
    (common.OneOrMore, "reference, list of references, `unknown`, `none`"),
    (common.Sources, "list of [sources](#sources), `none`"),
    (registry.Pattern, "regular expression"),
    (registry.PatternOrMore, "regular expression, or a list of them"),
    (unit.Members, "list of references and [rules](#members), `unknown`, `none`"),
    (unit.Contact, "[contact](#contact), `unknown`, `none`"),
    (unit.Staff, "number, `unknown`"),
    (plan.Due, "[due](#due), `unknown`, `none`"),
    (orders.Words, "list of texts"),
)


_RECORDS: Final[dict[type[Record], str]] = {
    common.AnnulledRecord: "[annulment](#planned-refused-withdrawn)",
    common.CorrectionRecord: "[correction](#changes-and-corrections)",
    common.InsteadRecord: "[alternative](#certainty-and-marks)",
    common.EntryRecord: "[entry](#timelines)",
    paper.ConsultationRecord: "consultation",
    paper.RelationsRecord: "relations",
    paper.EffectRecord: "effect",
    registry.KindRecord: "kind",
    registry.EraRecord: "era",
    registry.PapersRecord: "papers",
    registry.MunicipalityRecord: "municipality",
    orders.OrderRecord: "change",
}
_PLURALS: Final = {"[entry](#timelines)": "[entries](#timelines)"}


def value(annotation: object) -> str:
    """What may stand after a key, in words."""
    for known, words in _VALUES:
        if annotation == known:
            return words
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        schemas = (one.json_schema or {} for one in inside[1:] if isinstance(one, WithJsonSchema))
        const = next((schema.get("const") for schema in schemas), None)
        return value(inside[0]) if const is None else f"`{const}`"
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in inside)
    if origin is list:
        return f"list of {_several(value(inside[0]))}"
    if origin is dict:
        return f"mapping: {value(inside[0])} to {value(inside[1])}"
    for record, word in _RECORDS.items():
        if isinstance(annotation, type) and issubclass(annotation, record):
            return word
    raise TypeError(f"say in refresh.py what {annotation} is called")


def _several(word: str) -> str:
    return _PLURALS.get(word) or (word.replace("](", "s](") if "](" in word else f"{word}s")


def keys_table(names: Sequence[str]) -> str:
    """The keys of some records; those that must be there are bold. Of a key that comes again the later one holds."""
    rows: dict[str, str] = {}
    for name in names:
        record = records()[name]
        hints = get_type_hints(record, include_extras=True)
        for field_name in own_keys(record):
            field = record.model_fields[field_name]
            key = f"`{field.alias or field_name}`"
            shown = f"**{key}**" if field.is_required() else key
            rows[key] = f"| {shown} | {value(hints[field_name])} | {field.description or ''} |\n"
    return f"| key | value | what it says |\n|---|---|---|\n{''.join(rows.values())}"


def rules_table() -> str:
    """The rules of check, by code."""
    rows = ["| code | name | severity | what it finds |", "|---|---|---|---|"]
    pages = {module.RULE: module.__doc__ for module in all_rules()}
    pages |= {module.RULE: module.__doc__ for module in between_rules()}
    for rule, page in sorted(pages.items(), key=lambda one: one[0].code):
        sentence = cleandoc(page or "").partition("\n\n")[0].replace("\n", " ")
        rows.append(f"| {rule.code} | {rule.name} | {rule.severity} | {sentence} |")
    return "\n".join(rows) + "\n"


@cache
def table(what: str, of: str | None) -> str:
    """The rows between `<!-- what: of -->` and `<!-- end -->`."""
    return rules_table() if what == "rules" else keys_table((of or "").split())


# ------------------------------------------------------------------------------------------------- documents


def refreshed(text: str) -> str:
    """The document with everything that is made anew."""
    text = TABLE.sub(
        lambda found: f"{found[0].partition(chr(10))[0]}\n{table(found['what'], found['of'])}<!-- end -->", text
    )
    text = YAML.sub(lambda found: f"```yaml\n{_reviewed(found['text'])}```", text)
    return CONSOLE.sub(
        lambda found: f"{found[0].partition(chr(10))[0]}\n{session(found['shown'], found['scene'])}```", text
    )


def main() -> None:
    """Refresh the documents in place."""
    for name in DOCUMENTS:
        path = ROOT / name
        before = path.read_text(encoding="utf-8")
        after = refreshed(before)
        if after != before:
            path.write_text(after, encoding="utf-8", newline="\n")
            sys.stdout.write(f"{name} refreshed\n")


if __name__ == "__main__":
    main()
