"""What an identity is made of: `bs/rat#vorsitz` is a part of the unit `rat` of the municipality `bs`."""

from __future__ import annotations


def municipality_of(identity: str) -> str:
    """The municipality of an identity: `bs` of `bs/rat#vorsitz`."""
    return identity.partition("/")[0]


def slug_of(identity: str) -> str:
    """The slug of an identity: `rat` of `bs/rat`."""
    return identity.partition("/")[2]


def whole_of(identity: str) -> str:
    """The identity without its part: `bs/rat` of `bs/rat#vorsitz`."""
    return identity.partition("#")[0]
