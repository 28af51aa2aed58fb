"""Draws the gallery anew: what people read about each rule and refusal. Read the difference before you keep it.

python -m tests.gallery
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from orgreg.check import all_rules, between_rules
from orgreg.formats.text.findings import compared, findings
from orgreg.text.refusals import REFUSALS
from tests.against.states import cases as cases_between
from tests.against.states import found_new, of_code
from tests.registers import READING, RULES, built, cases, found_in, told

if TYPE_CHECKING:
    from collections.abc import Iterator

GALLERY = Path(__file__).parent


def pictures() -> Iterator[tuple[str, str]]:
    """Every code with the output of its first case that finds it."""
    registers = dict(built())
    for case in (*cases(RULES), *cases(READING)):
        code = case.code[:4]
        if code not in registers and code in {placed.finding.rule.code for placed in found_in(case.files)}:
            registers[code] = case.files
    for code in sorted({rule.code for rule in REFUSALS} | {rule.RULE.code for rule in all_rules()}):
        lines = findings(told(found_in(registers[code]), code), files=len(registers[code].files))
        yield code, "".join(f"{line}\n" for line in lines)
    yield from _between()


def _between() -> Iterator[tuple[str, str]]:
    """Every code of a rule over two states with what its first case finds."""
    for rule in between_rules():
        code = rule.RULE.code
        found = (of_code(found_new(case.merged, case.now), code) for case in cases_between() if case.code[:4] == code)
        yield code, "".join(f"{line}\n" for line in compared(next(filter(None, found))))


def _draw() -> None:
    wanted = dict(pictures())
    for path in GALLERY.glob("*.txt"):
        if path.stem not in wanted:
            path.unlink()
    for code, text in wanted.items():
        (GALLERY / f"{code}.txt").write_text(text, "utf-8")


if __name__ == "__main__":
    _draw()
