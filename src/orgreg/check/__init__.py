"""What must hold: one rule a file in `rules/`, over two states in `between/`; the folders are the lists."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, cast

from orgreg.check import between, rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.check.states import States
    from orgreg.model.finding import Finding, Rule
    from orgreg.model.registry import Registry


class RuleModule(Protocol):
    """A module of `rules/`: its docstring is the rule's manual page."""

    __doc__: str | None
    RULE: Rule

    def check(self, registry: Registry) -> Iterable[Finding]:
        """Every breach of the rule, on any day."""
        ...


class BetweenModule(Protocol):
    """A module of `between/`: likewise, of a rule that needs what was merged before."""

    __doc__: str | None
    RULE: Rule

    def check(self, states: States) -> Iterable[Finding]:
        """Every breach of the rule in the proposed state."""
        ...


def all_rules() -> tuple[RuleModule, ...]:
    """The rules over one state, by code."""
    modules = [import_module(f"{rules.__name__}.{module.name}") for module in iter_modules(rules.__path__)]
    return tuple(sorted((cast("RuleModule", module) for module in modules), key=lambda module: module.RULE.code))


def between_rules() -> tuple[BetweenModule, ...]:
    """The rules over two states, by code."""
    modules = [import_module(f"{between.__name__}.{module.name}") for module in iter_modules(between.__path__)]
    return tuple(sorted((cast("BetweenModule", module) for module in modules), key=lambda module: module.RULE.code))


def check(registry: Registry) -> Iterator[Finding]:
    """What every rule over one state finds in the registry."""
    for rule in all_rules():
        yield from rule.check(registry)


def check_between(states: States) -> Iterator[Finding]:
    """What every rule over two states finds in the proposed one."""
    for rule in between_rules():
        yield from rule.check(states)
