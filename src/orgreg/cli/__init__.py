"""The door: reads what was typed, asks for clock, environment and directory, chooses the exit code."""

from __future__ import annotations

try:
    import gc
    import os
    import signal
    import sys
    from importlib import import_module
    from typing import NoReturn
except KeyboardInterrupt:  # nothing has begun that could be put in order
    raise SystemExit(130) from None

_INTERRUPTED = 130
"""What a shell gives for a process that Ctrl-C ended."""


def main() -> NoReturn:
    """Run orgreg in a process of its own, and end the process with its exit code."""
    # A command is over before anything could be collected, and looking for it costs a third of reading and checking.
    gc.disable()
    code = 0
    try:
        _open()
        answer()
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        code = code or 1
    # Whatever had to be closed is closed. Taking the values of a large register down one by one would cost a twelfth
    # of a warm answer.
    os._exit(code)


def _open() -> None:
    """Import what every command needs. Until then there is nothing to be put in order: Ctrl-C ends the process."""
    handler = signal.getsignal(signal.SIGINT)
    if handler is not signal.default_int_handler:  # who started this wants it ignored
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    for module in ("app", "output"):
        import_module(f"orgreg.cli.{module}")
    signal.signal(signal.SIGINT, handler)


def answer() -> None:
    """Run orgreg. Ends with an exit code, and never in a traceback for what a person typed or wrote in a file."""
    from orgreg.cli.app import app
    from orgreg.cli.output import SURROUNDINGS, aside
    from orgreg.store import Missing

    # Pydantic would look through every installed package for plugins of its own, and there are none here.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    if sys.stderr is None:  # closed by the shell: `2>&-`
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - stands until the process ends
    if sys.stdout is None:  # `>&-`
        aside("the answer cannot be written: standard output is closed")
        sys.exit(SURROUNDINGS)
    try:
        app(prog_name="orgreg")
    except Missing as missing:
        aside(str(missing))
        sys.exit(SURROUNDINGS)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
