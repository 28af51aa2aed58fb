"""What rewrites files without changing what they say: fmt, and the writing sides of check and schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orgreg.cli import output
from orgreg.cli.options import Directory
from orgreg.cli.register import files
from orgreg.model.wording import shortened
from orgreg.store import Missing, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from orgreg.formats.line import Line
    from orgreg.model.finding import Finding
    from orgreg.store.working_tree import WorkingTree

SCHEMAS = {"units": "unit", "decisions": "paper", "actionplans": "plan", "registry": "registry"}
"""What the schema of a kind of file is called."""


def fmt(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Files or folders; without it, the whole register."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; list what is not in house style, and end with 1.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; print what would be different.")] = False,
    directory: Directory = None,
) -> None:
    """Bring the files into house style.

    Two spaces a level, lists too; keys in one order; quoted codes; quotes in >- blocks; no stray white space. Comments
    stay where they belong, and every file says what it said. What is in house style keeps every byte.
    """
    where = files(context, directory)
    chosen = _chosen(where, paths or [])
    made, whole = _styled(where, chosen)
    if diff:
        output.text("".join(_differences(made)))
    elif check:
        output.lines(_listed(made, f"{_count(len(made))} not in house style, of {_count(len(chosen))}"))
    else:
        whole = _write(where, made, f"brought into house style, of {_count(len(chosen))}") and whole
    if not whole or (check and made):
        raise typer.Exit(output.FAILED)


def _chosen(where: WorkingTree, paths: list[Path]) -> dict[str, str]:
    """The files that are meant, each with its kind."""
    from orgreg.load import kind_of

    kinds = {key: kind for key in sorted(where.keys()) if (kind := kind_of(key))}
    if not paths:
        return kinds
    chosen: dict[str, str] = {}
    for path in paths:
        found = {key: kind for key, kind in kinds.items() if _is_meant(where.root / key, path)}
        if not found:
            output.fail(f"{shortened(str(path))} is no file of this register and holds none", output.USAGE)
        chosen |= found
    return dict(sorted(chosen.items()))


def _is_meant(file: Path, path: Path) -> bool:
    # A link is not followed: it would be another name for a file.
    meant = path.parent.resolve() / path.name if path.name not in {"", ".."} else path.resolve()
    return meant == file or meant in file.parents


Made = dict[str, tuple[bytes | None, bytes]]
"""The files that shall be other than they are: the bytes of each before and after."""


def _styled(where: WorkingTree, chosen: Mapping[str, str]) -> tuple[Made, bool]:
    """What is not in house style, and whether none of the files had to be left alone."""
    from orgreg.text.style import LeftAlone, in_house_style

    unread = _unread(where)
    made: Made = {}
    whole = True
    for key, kind in chosen.items():
        if key in unread:
            whole = _leave(key, f"{unread[key].message}; see orgreg check")
            continue
        data, mark, text = _read(where, key)
        styled = in_house_style(text, kind)
        if isinstance(styled, LeftAlone):
            whole = _leave(key, styled.reason)
        elif styled != text:
            made[key] = data, mark + styled.encode()
    return made, whole


def _unread(where: WorkingTree) -> dict[str, Finding]:
    """The first finding of each file that cannot be read; the end where a later orgreg has written the register."""
    from orgreg.load import load
    from orgreg.text.refusals import OTHER_FORMAT

    unread = {finding.path: finding for finding in reversed(load(where).findings)}
    for finding in unread.values():
        if finding.rule == OTHER_FORMAT:
            output.fail(f"{finding.path}: {finding.message}; {finding.hint}")
    return unread


def _read(where: WorkingTree, key: str) -> tuple[bytes, bytes, str]:
    """The bytes of a file that is no trouble to read, its byte order mark and its text."""
    from orgreg.text.edit import apart
    from orgreg.text.scan import MAX_BYTES

    data = where.read(key, MAX_BYTES)
    if isinstance(data, Trouble):
        raise Missing(f"{key} can no longer be read: {data.reason}")
    return data, *apart(data)


def _leave(key: str, reason: str) -> bool:
    output.aside(f"{key} is left as it is: {reason}")
    return False


def _differences(made: Made) -> Iterator[str]:
    from orgreg.formats.text.patch import patch

    for key, (before, after) in made.items():
        yield patch(key, before or b"", after)


def _listed(keys: Iterable[str], summary: str) -> Iterator[Line]:
    from orgreg.formats.line import line

    yield from (line(key) for key in keys)
    yield line(summary)


def _count(number: int) -> str:
    return f"{number} file{'s' * (number != 1)}"


def _write(where: WorkingTree, made: Made, done: str) -> bool:
    """Write what is different, and tell what was written even where the disk fills up on the way."""
    written: list[str] = []
    try:
        for key, (before, after) in made.items():
            if _publish(where, key, before, after):
                written.append(key)
    finally:
        output.lines(_listed(written, f"{_count(len(written))} {done}"))
    return len(written) == len(made)


def _publish(where: WorkingTree, key: str, before: bytes | None, after: bytes) -> bool:
    from orgreg.store.publishing import Write, publish

    changed = publish(where.root, [Write(key, before, after)])
    if changed is not None:
        output.aside(changed)
    return changed is None


def fix(where: WorkingTree, findings: Iterable[Finding], *, aside: bool) -> bool:
    """Put right what certainly can be, and tell each line of it; whether none of the files had to be left alone."""
    from orgreg.formats.line import line
    from orgreg.text.remedy import is_certain, remedied

    certain: dict[str, list[Finding]] = {}
    for finding in findings:
        if is_certain(finding):
            certain.setdefault(finding.path, []).append(finding)
    whole = True
    for key, found in sorted(certain.items()):
        data, _, _ = _read(where, key)
        made = remedied(data, found)
        if made.data == data:
            continue
        if not _publish(where, key, data, made.data):
            whole = False
            continue
        told = [f"{key}:{one.number}: {one.before} \N{RIGHTWARDS ARROW} {one.after}" for one in made.lines]
        if aside:
            for one in told:
                output.aside(one)
        else:
            output.lines([*(line(one) for one in told), line()])
    return whole


def write_schemas(where: WorkingTree) -> None:
    """The schemas beside the data, and in every file the line that leads an editor to its own."""
    from orgreg.formats.json import document
    from orgreg.text.schema import schema

    made: Made = {}
    for kind, name in SCHEMAS.items():
        key = f"schema/{name}.json"
        made[key] = _present(where, key), document(schema(kind)).encode()
    lines, whole = _with_modelines(where)
    different = {key: both for key, both in (made | lines).items() if both[0] != both[1]}
    if not _write(where, different, "written; the others were as they should be") or not whole:
        raise typer.Exit(output.FAILED)


def _present(where: WorkingTree, key: str) -> bytes | None:
    try:
        return (where.root / key).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Missing(f"{key} cannot be read: {(error.strerror or str(error)).lower()}") from None


def _with_modelines(where: WorkingTree) -> tuple[Made, bool]:
    from orgreg.text.modeline import with_modeline

    unread = _unread(where)
    made: Made = {}
    whole = True
    for key, kind in _chosen(where, []).items():
        # What does not fit the grammar needs the editor's help most; left alone is only what is no text or no YAML.
        if key in unread and not unread[key].rule.code.startswith("G"):
            whole = _leave(key, f"{unread[key].message}; see orgreg check")
            continue
        data, mark, text = _read(where, key)
        line = with_modeline(text, f"{'../' * key.count('/')}schema/{SCHEMAS[kind]}.json")
        made[key] = data, mark + line.encode()
    return made, whole
