"""The rules, one a file. A module has `RULE`, `check(registry)` and a docstring that is its manual page."""
