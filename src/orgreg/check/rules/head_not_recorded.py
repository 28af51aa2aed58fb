"""Nobody knows who heads a unit, though its posts are recorded.

Of a unit of the line whose posts are recorded, one is the head, and its holder is named or the post is vacant. Rules
know no today; what counts is the state after all recorded entries. Units whose posts are not recorded at all have no
such gap, and neither have bodies.

Look at the city's page, a signature or an Organigramm. Name persons only with public functions in public papers; a post
that is filled by nobody knows whom stays `holder: unknown`.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
    posts:
      leitung:
        - from: unknown
          title: Leitung
          head: true
          holder: unknown

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: sozialreferat
    posts:
      leitung:
        - from: unknown
          title: Leitung
          head: true
          holder: vacant
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.model.day import NEVER
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.registry import UNITS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Held, Timeline
    from orgreg.model.unit import Unit

RULE: Final = Rule("D006", "head-not-recorded", Severity.NOTE)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every unit with posts and without a head whose holder is known, or known to be missing."""
    for identity, unit in sorted(registry.units.items()):
        if not unit.posts or not _in_line(registry, unit):
            continue
        posts = {slug: held for slug, timeline in sorted(unit.posts.items()) if (held := _last(timeline))}
        heads = {slug: held for slug, held in posts.items() if "head" in held and held["head"].value is True}
        if not posts or any("holder" in held and isinstance(held["holder"].value, str) for held in heads.values()):
            continue
        message, (slug, held) = "no source says who heads the unit", next(iter((heads or posts).items()))
        if not heads:
            message = "posts of the unit are recorded, and its head is not among them"
        told = held.get("holder", held["title"]) if heads else held["title"]
        yield Finding(
            RULE,
            path_of(UNITS, identity),
            message,
            "look at the city's page, a signature or an Organigramm",
            route=("posts", slug, told.begun_by.position, told.attribute),
            entity=identity,
        )


def _in_line(registry: Registry, unit: Unit) -> bool:
    """Whether the unit still lives after all that is recorded, in the line."""
    kind = _last(unit.timeline).get("kind")
    known = registry.vocabulary_read and unit.municipality in registry.municipalities
    return known and kind is not None and registry.kind(unit.municipality, kind.value).in_line


def _last(timeline: Timeline) -> dict[str, Held]:
    """What holds after all that is recorded; nothing where it has ended. A post has a title, or another finding."""
    life = timeline.lives[-1] if timeline.lives else None
    held = {} if life is None or life.span.end != NEVER else life.held(NEVER)
    return held if "title" in held or "name" in held else {}
