"""The rules over two states, one a file. A module has `RULE`, `check(states)` and a docstring that is its page."""
