"""An entry of `corrections:` repeats in `was:` lines that did not stand there.

An entry is kept so that everybody can see what the register said before and why that was wrong. If its words are not
those that stood there, nobody can find them, and the entry explains nothing. White space and quotes may differ. What
was not merged yet nobody has read: it is put right without an entry. What is put right twice before it is merged may
keep both entries: one repeats what was merged, the other what stood there in between.

Copy the lost lines from what is merged, as git shows them; `orgreg correct` writes them itself.

Wrong:

    # data/units/bs/sozialreferat.yaml, merged
    timeline:
      - from: unknown
        name: Sozialreferat
        kind: Referat
        parent: stadtverwaltung
    # data/units/bs/sozialreferat.yaml, now
    timeline:
      - from: unknown
        name: Referat Soziales
        kind: Referat
        parent: stadtverwaltung
    corrections:
      - day: 2026-11-22
        of: timeline name
        was: 'name: Sozialreferat und Sportreferat'
        because: a short form was taken for the name
        sources: [{paper: beschluss}]

Right:

    # data/units/bs/sozialreferat.yaml, merged
    timeline:
      - from: unknown
        name: Sozialreferat
        kind: Referat
        parent: stadtverwaltung
    # data/units/bs/sozialreferat.yaml, now
    timeline:
      - from: unknown
        name: Referat Soziales
        kind: Referat
        parent: stadtverwaltung
    corrections:
      - day: 2026-11-22
        of: timeline name
        was: 'name: Sozialreferat'
        because: a short form was taken for the name
        sources: [{paper: beschluss}]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from orgreg.check.states import folded
from orgreg.model.finding import Finding, Rule
from orgreg.model.registry import path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgreg.check.states import Entered, States

RULE: Final = Rule("H004", "correction-of-nothing")

_KEY: Final = re.compile(r"\s(?=[a-z_]+:\s)")
"""Where another line may begin in lines that were folded into one."""


def check(states: States) -> Iterator[Finding]:
    """A finding for every new entry whose words were in no file of that name, nor put right for the second time."""
    stood = {one: _stood(states, one) for one in states.entered}
    explained = {_of(one) for one, has_stood in stood.items() if has_stood}
    for one, has_stood in stood.items():
        if not has_stood and _of(one) not in explained:
            yield Finding(
                RULE,
                path_of(one.folder, one.identity),
                "what this correction repeats did not stand in the file",
                "copy the lost lines as they were merged; of what was not merged yet take the entry out",
                route=("corrections", one.place, "was"),
                entity=one.identity,
            )


def _of(one: Entered) -> tuple[str, str, str]:
    """What the entry puts right."""
    return one.folder, one.identity, folded(one.correction.of)


def _stood(states: States, one: Entered) -> bool:
    earlier = [folded(states.text(path_of(one.folder, thing.id))) for thing in states.earlier(one.folder, one.identity)]
    was = one.correction.was
    # Lines of several places stand below each other, or in a row where YAML has folded them.
    ways = ([was], was.splitlines(), _KEY.split(folded(was)))
    return any(all(folded(line) in text for line in lines) for text in earlier for lines in ways)
