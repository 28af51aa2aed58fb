"""The door: reads what was typed, asks for clock, environment and directory, chooses the exit code."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run orgreg. Ends with an exit code, and never in a traceback for what a person typed or wrote in a file."""
    from orgreg.cli.app import app
    from orgreg.store import Missing

    try:
        app(prog_name="orgreg")
    except Missing as missing:
        _flush()
        sys.stderr.write(f"orgreg: {missing}\n")
        sys.exit(3)
    except BrokenPipeError:
        # `orgreg … | head` has read enough. What is still buffered must not be tried again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        sys.exit(130)


def _flush() -> None:
    sys.stdout.flush()
