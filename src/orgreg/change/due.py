"""A due day as a person typed it: a day as the register writes it, or words, which are read once and kept with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgreg.change.proposal import Objection
from orgreg.model.day import Fault, parse
from orgreg.model.timeline import Due
from orgreg.model.wording import quoted

if TYPE_CHECKING:
    from orgreg.model.day import When
    from orgreg.model.registry import Municipality
    from orgreg.model.timeline import Value

FIXED, TARGET, EXPECTED = MODALITIES = ("fixed", "target", "expected")
"""How firmly a due day is meant: promised, intended, or only reckoned with."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed as the model holds it.

    Of words that were read as a day `remark` tells the person how; `reason` tells it in the file where the words alone
    do not say the day: a calendar does, or a convention of orgreg's own.
    """

    value: Value
    reason: str | None = None
    remark: str | None = None


def due(city: Municipality | None, text: str, modality: str) -> Reading | Objection:
    """The day that was typed, and how firmly it is meant. Words are read in the city's Land."""
    if modality not in MODALITIES:
        return Objection(f"{modality} is no modality", f"write one of: {', '.join(MODALITIES)}")
    written = parse(text)
    if not isinstance(written, Fault):
        return Reading(Due(written, None, modality))
    # Only now: reading words takes longer to load than to do.
    from orgreg.text.deadline import resolve

    read = resolve(text, None if city is None else city.land)
    if isinstance(read, Fault):
        fault = read if any(map(str.isalpha, text)) else written
        return Objection(fault.reason, fault.remedy)
    when = _by_then(read.when) if modality == TARGET else read.when
    return Reading(
        Due(when, read.wording, modality),
        reason=read.how if read.concluded else None,
        remark=f"{quoted(read.wording)} is read as {when}: {read.how}",
    )


def _by_then(when: When) -> When:
    """Who is to be done „Ende der Sommerferien“ may be done before; a span of days leaves that open itself."""
    by = parse(f"..{when}") if when.exact else when
    return when if isinstance(by, Fault) else by


_NO_MODALITY: Final = Objection("only a due day has a modality", "leave --modality out, or say a day")


def misplaced(modality: str | None) -> Objection | None:
    """Why nothing else than a day can be meant firmly or not."""
    return None if modality is None else _NO_MODALITY
