"""What was found, best first: each thing once with the texts that answer, and below them the words of the documents."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from orgreg.formats.days import from_to
from orgreg.formats.line import Line, line
from orgreg.formats.plain import one_line
from orgreg.formats.text.sources import dated, title
from orgreg.model.certainty import Certainty
from orgreg.model.unit import whole_of
from orgreg.model.wording import inner, shortened
from orgreg.query.search import QUOTE, Closeness
from orgreg.query.wording import moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgreg.query.labels import Labels
    from orgreg.query.search import Found, Hit

_BEFORE: Final = 40
_AFTER: Final = 60
"""So many characters of a long text stand before the first match, and after it."""
_TOLD: Final = {
    "short_name": "short name",
    "aka": "also called",
    "formerly": "former slug",
    "same_as": "same as",
    "was": "was recorded",
    "because": "reason",
}
_LABELLED: Final = frozenset({"name", "title", "text"})

Piece = tuple[str, str | None]


def found(answer: Found, labels: Labels) -> Iterator[Line]:
    """The things with their texts, then the quotes with the statements that rest on them, then how many there are."""
    texts = [hit for hit in answer.hits if hit.closeness is not Closeness.QUOTE]
    quotes = [hit for hit in answer.hits if hit.closeness is Closeness.QUOTE]
    things: dict[tuple[str, str], list[Hit]] = {}
    for hit in texts:
        things.setdefault((hit.what, hit.reference), []).append(hit)
    for (what, reference), hits in things.items():
        yield line((f"{what} ", "quiet"), (reference, "heading"), (_named(what, reference, hits, labels), None))
        width = max(len(_attribute(hit)) for hit in hits) + 2
        for hit in hits:
            behind = _behind(hit)
            yield line(
                "  ",
                (f"{_attribute(hit):<{width}}", "quiet"),
                *_shown(hit),
                (f"   {behind}" if behind else "", "quiet"),
            )
    if quotes:
        if things:
            yield line()
        yield line(("In the words of the documents", "heading"))
        yield from _quotes(quotes, labels)
    if answer.hits:
        yield line()
        yield line((_counted(things, quotes), "quiet"))


def _quotes(quotes: Sequence[Hit], labels: Labels) -> Iterator[Line]:
    """Each quote once, by paper in the order of the first hits, with what rests on it."""
    papers = list(dict.fromkeys(hit.papers for hit in quotes))
    for paper, hits in groupby(sorted(quotes, key=lambda hit: papers.index(hit.papers)), key=lambda hit: hit.papers):
        yield line("  ", (_paper(paper, labels), None))
        told: dict[str, list[Hit]] = {}
        for hit in hits:
            told.setdefault(hit.text, []).append(hit)
        for same in told.values():
            yield line("    „", *((inner(text), role) for text, role in _shown(same[0])), "“")
            for hit in (hit for hit in same if hit.papers != (hit.reference,)):
                says = "" if hit.states == ("paper",) else f" ({', '.join(map(_key, hit.states))})"
                yield line(("      says so of ", "quiet"), hit.reference, (says, "quiet"))


def _paper(papers: tuple[str, ...], labels: Labels) -> str:
    if not papers:
        return "no paper named"
    paper = labels.paper(papers[0])
    return f"{papers[0]} (not recorded)" if paper is None else f"{title(paper)}, {dated(paper)}"


def _counted(things: dict[tuple[str, str], list[Hit]], quotes: Sequence[Hit]) -> str:
    words = len({(hit.papers, hit.text) for hit in quotes})
    told = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((len(things), "thing"), (words, "quote"))
        if number
    ]
    return f"{' and '.join(told)}; more of each: orgreg show REFERENCE"


def _key(attribute: str) -> str:
    return _TOLD.get(attribute, attribute).replace("_", " ")


def _attribute(hit: Hit) -> str:
    return _key(hit.attribute)


def _named(what: str, reference: str, hits: Sequence[Hit], labels: Labels) -> str:
    """What the thing is called, where none of the hits says so in full."""
    name = _label(what, reference, labels)
    short = any(hit.attribute in _LABELLED and hit.standing is None and hit.text in name for hit in hits)
    told = _label("unit", whole_of(reference), labels) if short and what in {"post", "task"} else "" if short else name
    return f"   {told}" if told else ""


def _label(what: str, reference: str, labels: Labels) -> str:
    if what in {"unit", "post", "task"}:
        return labels.unit(reference)
    if what == "paper":
        paper = labels.registry.papers[reference]
        return title(paper).removesuffix(f" ({reference.partition('/')[2]})")
    if what == "dimension":
        return labels.plan(whole_of(reference)) or ""
    plan = labels.registry.plans[whole_of(reference)]
    return labels.step(plan, reference.partition("#")[2]) if what == "step" else ""


def _behind(hit: Hit) -> str:
    told = [hit.standing] if hit.standing else []
    if hit.attribute in {"formerly", "slug"}:
        return ", ".join(told)
    if hit.what == "paper":
        told += [moment(hit.since)] if hit.since is not None and hit.since.known else []
    elif hit.since is not None and hit.closeness is not Closeness.REMARK:
        told.append(from_to(hit.since, hit.until))
    if hit.certainty not in {None, Certainty.STATED}:
        told.append(str(hit.certainty))
    if hit.standing == "said by another source":
        told.append(", ".join(paper.partition("/")[2] for paper in hit.papers))
    return ", ".join(told)


def _shown(hit: Hit) -> Iterator[Piece]:
    """The text with its matches between »«; of a long one what stands around the first of them."""
    text, matches = hit.text, hit.matches
    start, end = 0, len(text)
    if end > _BEFORE + _AFTER:
        start = _at_space(text, max(0, matches[0][0] - _BEFORE))
        end = _to_space(text, max(matches[0][1] + _AFTER, start + _BEFORE + _AFTER))
    role = "quote" if hit.attribute == QUOTE else None
    pieces: list[Piece] = [("… " if start else "", "quiet")]
    if matches == ((0, len(text)),):
        pieces.append((text[start:end], "match"))
    else:
        pieces += _marked(text[start:end], [(one - start, other - start) for one, other in matches], role)
    pieces.append((" …" if end < len(text) else "", "quiet"))
    yield from pieces


def _marked(text: str, matches: Sequence[tuple[int, int]], role: str | None) -> Iterator[Piece]:
    place = 0
    for start, end in matches:
        if 0 <= start < end <= len(text):
            yield text[place:start], role
            yield f"»{text[start:end]}«", "match"
            place = end
    yield text[place:], role


def _at_space(text: str, place: int) -> int:
    """The beginning of the first word from there on, if one begins soon."""
    if place == 0:
        return 0
    space = text.find(" ", place)
    return space + 1 if 0 <= space < place + _BEFORE // 2 else place


def _to_space(text: str, place: int) -> int:
    """The end of the last word before it, if one ends there."""
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", place - _BEFORE // 2, place + 1)
    return space if space > 0 else place


def nothing(answer: Found) -> str:
    """A sentence for what was not found."""
    if answer.impossible:
        return "that is no text to look for: write a word, a name, a code or a number"
    near = f". Did you mean {' or '.join(map(one_line, answer.near))}?" if answer.near else ""
    return f"nothing recorded holds {shortened(answer.asked)}{near}"
