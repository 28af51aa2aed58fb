"""What must hold: one rule a file in `rules/`, the folder is the list. A check reads a registry and gives findings."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, cast

from orgreg.check import rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.model.finding import Finding, Rule
    from orgreg.model.registry import Registry


class RuleModule(Protocol):
    """A module of `rules/`: its docstring is the rule's manual page."""

    __doc__: str | None
    RULE: Rule

    def check(self, registry: Registry) -> Iterable[Finding]:
        """Every breach of the rule, on any day."""
        ...


def all_rules() -> tuple[RuleModule, ...]:
    """The rules, by code."""
    modules = [import_module(f"{rules.__name__}.{module.name}") for module in iter_modules(rules.__path__)]
    return tuple(sorted((cast("RuleModule", module) for module in modules), key=lambda module: module.RULE.code))


def check(registry: Registry) -> Iterator[Finding]:
    """What every rule finds in the registry."""
    for rule in all_rules():
        yield from rule.check(registry)
