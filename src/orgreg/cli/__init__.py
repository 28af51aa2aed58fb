"""The door: reads what was typed, asks for clock, environment and directory, chooses the exit code."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run orgreg. Ends with an exit code, and never in a traceback for what a person typed or wrote in a file."""
    from orgreg.cli.app import app
    from orgreg.cli.output import SURROUNDINGS, aside
    from orgreg.store import Missing

    # Pydantic would look through every installed package for plugins of its own, and there are none here.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    # A command is over before anything could be collected, and looking for it costs a third of reading and checking.
    gc.disable()
    if sys.stdout is None:  # closed by the shell: `>&-`
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - stands until the process ends
    try:
        app(prog_name="orgreg")
    except Missing as missing:
        aside(str(missing))
        sys.exit(SURROUNDINGS)
    except KeyboardInterrupt:
        sys.exit(130)
