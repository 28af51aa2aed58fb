"""On some day nobody is responsible for a plan.

Who carries a plan is what is asked of it most. A plan whose sources do not say it bears `responsible: unknown`, which
is an answer; where nothing is said at all, where it is `none`, or where each of the units has ended, the plan hangs in
the air.

Enter who is responsible from that day on, or `unknown`.

Wrong:

    # data/actionplans/bs/plan.yaml
    timeline:
      - from: 2022-03-15
        title: Plan
        mandate: [beschluss]

Right:

    # data/actionplans/bs/plan.yaml
    timeline:
      - from: 2022-03-15
        title: Plan
        mandate: [beschluss]
        responsible: unknown
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.duties import existing, gone_from
from orgreg.check.strands import strands
from orgreg.check.wording import joined, short, since
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.timeline import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orgreg.check.strands import Strand
    from orgreg.model.day import Span
    from orgreg.model.finding import Route
    from orgreg.model.registry import Registry
    from orgreg.model.timeline import Life

RULE: Final = Rule("A005", "plan-without-responsible", Severity.WARNING)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every plan in force that has nobody on some day, at the first such day."""
    for strand in strands(registry):
        for life in strand.timeline.lives if strand.what == "plan" else ():
            found = min(_missing(registry, strand, life), default=None)
            if found is not None:
                day, told, route = found
                yield Finding(
                    RULE,
                    strand.path,
                    f"nobody is responsible for this plan {since(day)}: {told}",
                    "enter who is responsible from that day on, or unknown",
                    route=route,
                    entity=strand.id,
                )


def _missing(registry: Registry, strand: Strand, life: Life) -> Iterator[tuple[date, str, Route]]:
    runs = list(life.runs("responsible"))
    if not runs or runs[0][0].start > life.span.start:
        yield life.span.start, "nothing is said", strand.at(life.opening[0], "from")
    for span, held in runs:
        route = strand.at(held.begun_by, "responsible")
        if held.value is Absent.NONE:
            yield span.start, "none is recorded", route
        elif isinstance(held.value, tuple):
            targets = [str(one) for one in held.value]
            day = _gone(registry, targets, span)
            if day is not None:
                names = joined(short(target, strand.municipality) for target in targets)
                yield day, f"{names} {'does' if len(targets) == 1 else 'do'} not exist any longer", route


def _gone(registry: Registry, targets: list[str], span: Span) -> date | None:
    """The first day of the span on which none of the units exists any longer; None where one is not recorded."""
    lives = [existing(registry, target) for target in targets]
    known = [spans for spans in lives if spans is not None]
    return gone_from([one for spans in known for one in spans], span) if len(known) == len(lives) else None
