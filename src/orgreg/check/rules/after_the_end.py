"""An entry counts after the end, and no new life begins with it.

The day of `ended` is the first day without; nothing can become different of what no longer exists. After an end only a
new life may follow: it begins as the first did, a unit with name, kind and parent (or `staff_of`), a task with its
text, a post, plan or step with its title, a dimension with its values or state, all on one day. Often the end is too
early, or an entry of the same day belongs before it.

Give the entry a day before the end, put the end later, or say with what the new life begins.

Wrong:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
      - from: 2024-03-01
        ended: dissolved
      - from: 2025-01-01
        code: "50.21"

Right:

    # data/units/bs/buero.yaml
    timeline:
      - from: unknown
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: none
      - from: 2024-03-01
        ended: dissolved
      - from: 2025-01-01
        name: Büro für Migrationsfragen
        kind: Stelle
        parent: unknown
        code: "50.21"
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.openings import incomplete, needed
from orgreg.check.wording import joined
from orgreg.model.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.strands import Strand
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Life

RULE: Final = Rule("U005", "after-the-end")


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every later life that does not begin as lives do, at its first entry."""
    for strand, before, life, lacking in incomplete(registry):
        if before is not None and not _ends_again(before, life):
            yield _finding(strand, before, life, lacking)


def _ends_again(before: Life, life: Life) -> bool:
    """Whether the end is only stated a second time on its day: then `ended` stands twice, which has its own rule."""
    return len(life.entries) == 1 and life.closing is not None and life.span.start == before.span.end


def _finding(strand: Strand, before: Life, life: Life, lacking: list[str]) -> Finding:
    first, ended = life.entries[0], before.span.end.isoformat()
    if first.ends:
        message = f"the {strand.what} ends again on {life.span.start.isoformat()}; it ended on {ended}"
        hint = "keep one of the two ends"
    else:
        when = "from that day" if life.span.start == before.span.end else f"from {life.span.start.isoformat()}"
        message = (
            f"the {strand.what} ended on {ended}; what is said {when} begins no new life without {joined(lacking)}"
        )
        hint = f"give it a day before the end, or begin a new life with {needed(strand)}"
    return Finding(
        RULE,
        strand.path,
        message,
        hint,
        route=strand.at(first, "from"),
        entity=strand.id,
        related=((strand.path, strand.at(before.entries[-1], "ended")),),
    )
