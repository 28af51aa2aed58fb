"""A unit stands under one of a lower rank.

registry.yaml ranks the kinds of a city: a Dezernat above a Fachbereich, that above an Abteilung. A unit under one that
ranks lower stands on its head: the two were taken for each other, or one of the kinds is wrong. Bodies and kinds
without a rank are not compared, nor is who stands beside another (`staff_of`).

Correct the parent or the kind; or the ranks in registry.yaml, where the city is ordered so.

Wrong:

    # data/units/bs/planung.yaml
    timeline:
      - from: unknown
        name: Sozialplanung
        kind: Abteilung
        parent: sozialreferat
    # data/units/bs/soziales.yaml
    timeline:
      - from: unknown
        name: Soziales
        kind: Fachbereich
        parent: planung

Right:

    # data/units/bs/planung.yaml
    timeline:
      - from: unknown
        name: Sozialplanung
        kind: Abteilung
        parent: soziales
    # data/units/bs/soziales.yaml
    timeline:
      - from: unknown
        name: Soziales
        kind: Fachbereich
        parent: stadtverwaltung
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgreg.check.runs import runs
from orgreg.check.wording import on, short
from orgreg.model.day import ALWAYS
from orgreg.model.finding import Finding, Rule, Severity
from orgreg.model.registry import UNITS, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from orgreg.check.runs import Run
    from orgreg.model.day import Span
    from orgreg.model.registry import Kind, Registry

RULE: Final = Rule("U015", "rank-above-parent", Severity.WARNING)


def check(registry: Registry) -> Iterator[Finding]:
    """A finding for every statement of such a parent, on its first day."""
    kinds: dict[str, list[tuple[Span, Kind]]] = {}

    def ranked(unit: str) -> list[tuple[Span, Kind]]:
        if unit not in kinds:
            found = runs(registry).of("kind", unit)
            kinds[unit] = [(run.span, registry.kind(run.unit.municipality, run.value)) for run in found]
        return kinds[unit]

    for run in runs(registry).all("parent"):
        if isinstance(run.value, str):
            found = _first(run, ranked(run.unit.id), ranked(run.value))
            if found is None or _in_circle(registry, run, found[0].start) or _misplaced(registry, run, *found[:2]):
                continue
            yield _finding(run, *found)


def _first(run: Run, own: list[tuple[Span, Kind]], above: list[tuple[Span, Kind]]) -> tuple[Span, Kind, Kind] | None:
    """The first days on which the unit ranks above its parent, with both kinds."""
    found = [
        (both, kind, higher)
        for days, kind in own
        for other, higher in above
        if kind.rank is not None
        and higher.rank is not None
        and kind.rank < higher.rank
        and (shared := days.overlap(other)) is not None
        and (both := shared.overlap(run.span)) is not None
    ]
    return min(found, key=lambda one: one[0], default=None)


def _in_circle(registry: Registry, run: Run, day: date) -> bool:
    """Whether the way up comes back to the unit: then that is what is wrong."""
    seen: set[object] = set()
    here: object = run.value
    while isinstance(here, str) and here not in seen and here != run.unit.id:
        seen.add(here)
        parents = [one for one in runs(registry).of("parent", here) if one.span.holds(day)]
        here = parents[0].value if parents else None
    return here == run.unit.id or here in seen


def _misplaced(registry: Registry, run: Run, days: Span, kind: Kind) -> bool:
    """Whether its code says that it belongs elsewhere: then that is what is wrong."""
    codes = (code.value for code in runs(registry).of("code", run.unit.id) if code.span.overlap(days))
    fitted = (kind.fits(code) for code in codes if isinstance(code, str))
    implied = {match.groupdict().get("parent") for match in fitted if match is not None} - {None}
    above = {code.value for code in runs(registry).of("code", str(run.value)) if code.span.overlap(days)}
    return bool(implied) and bool(above) and implied.isdisjoint(above)


def _finding(run: Run, days: Span, kind: Kind, above: Kind) -> Finding:
    when = "" if days.start == ALWAYS else f" {on(days.start)}"
    name = short(str(run.value), run.unit.municipality)
    return Finding(
        RULE,
        path_of(UNITS, run.unit.id),
        f"{kind.name} stands under {name}{when}, which is {above.name} and ranks lower",
        "correct the parent or the kind, or the ranks in data/registry.yaml",
        route=run.route,
        entity=run.unit.id,
    )
