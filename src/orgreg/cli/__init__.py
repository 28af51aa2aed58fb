"""The door: reads what was typed, asks for clock, environment and directory, chooses the exit code."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run orgreg in a process of its own, and end the process with its exit code."""
    # A command is over before anything could be collected, and looking for it costs a third of reading and checking.
    gc.disable()
    code = 0
    try:
        answer()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        code = code or 1
    # Whatever had to be closed is closed. Taking the values of a large register down one by one would cost a twelfth
    # of a warm answer.
    os._exit(code)


def answer() -> None:
    """Run orgreg. Ends with an exit code, and never in a traceback for what a person typed or wrote in a file."""
    from orgreg.cli.app import app
    from orgreg.cli.output import SURROUNDINGS, aside
    from orgreg.store import Missing

    # Pydantic would look through every installed package for plugins of its own, and there are none here.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    if sys.stdout is None:  # closed by the shell: `>&-`
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - stands until the process ends
    try:
        app(prog_name="orgreg")
    except Missing as missing:
        aside(str(missing))
        sys.exit(SURROUNDINGS)
    except KeyboardInterrupt:
        sys.exit(130)
