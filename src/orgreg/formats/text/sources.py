"""Sources as notes below an answer: each paper and quote is printed once, referred to by a number and a letter."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING, Final

from orgreg.formats.line import Line, line
from orgreg.model.unit import slug_of
from orgreg.model.wording import quoted
from orgreg.query.wording import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgreg.model.paper import Paper
    from orgreg.model.timeline import Source
    from orgreg.query.labels import Labels

NO_SOURCE: Final = "[no source]"


class Notes:
    """Collects sources in the order in which they are referred to. `own` stands for a source without a paper."""

    def __init__(self, labels: Labels, own: str = "no paper named") -> None:
        self._labels = labels
        self._own = own
        self._papers: dict[str | None, dict[Source, str]] = {}

    def refer(self, sources: Iterable[Source]) -> str:
        """The reference that stands beside what the sources say: `[1ab, 3a]`."""
        wanted: dict[str | None, list[str]] = {}
        for source in sources:
            told = self._papers.setdefault(source.paper, {})
            letter = told.setdefault(source, _letter(len(told)) if _says(source) else "")
            letters = wanted.setdefault(source.paper, [])
            if letter not in letters:
                letters.append(letter)
        numbers = {paper: number for number, paper in enumerate(self._papers, 1)}
        parts = sorted((numbers[paper], _joined(letters)) for paper, letters in wanted.items())
        return f"[{', '.join(f'{number}{letters}' for number, letters in parts)}]" if parts else NO_SOURCE

    def lines(self) -> Iterator[Line]:
        """The notes: papers with their quotes."""
        if not self._papers:
            return
        yield line()
        yield line(("Sources", "heading"))
        for number, (identity, told) in enumerate(self._papers.items(), 1):
            yield line(f"  [{number}] ", *self._paper(identity))
            for source, letter in told.items():
                if letter:
                    yield line(f"      {letter} ", *_words(source))

    def _paper(self, identity: str | None) -> tuple[str | tuple[str, str | None], ...]:
        if identity is None:
            return (self._own,)
        paper = self._labels.paper(identity)
        if paper is None:
            return (slug_of(identity), ("   (paper not recorded)", "mark"))
        return (title(paper), (f", {dated(paper)}", "quiet"))


def _letter(place: int) -> str:
    size = len(ascii_lowercase)
    return ascii_lowercase[place] if place < size else _letter(place // size - 1) + ascii_lowercase[place % size]


def _joined(letters: list[str]) -> str:
    told = sorted(letters, key=lambda letter: (len(letter), letter))
    return "".join(told) if all(len(letter) <= 1 for letter in told) else "-".join(told)


def _says(source: Source) -> bool:
    return source.quote is not None or source.note is not None or source.attests is not None


def _words(source: Source) -> Iterator[tuple[str, str | None]]:
    remarks = []
    if source.attests is not None:
        remarks.append(f"speaks of {moment(source.attests)}")
    if source.note is not None:
        remarks.append(source.note)
    if source.quote is not None:
        yield quoted(source.quote), "quote"
        if remarks:
            yield f" ({'; '.join(remarks)})", "quiet"
    else:
        yield "; ".join(remarks), "quiet"


def title(paper: Paper) -> str:
    """What a paper is called, so that it can be asked for: kind and title, number or slug."""
    kind = str(paper.kind) if isinstance(paper.kind, str) else ""
    number = str(paper.number) if isinstance(paper.number, str) else ""
    named = str(paper.title) if isinstance(paper.title, str) else ""
    words = " ".join(word for word in (kind, number) if word)
    told = ": ".join(word for word in (words, named) if word)
    slug = slug_of(paper.id)
    return told if number and slug == number else f"{told} ({slug})" if told else slug


def dated(paper: Paper) -> str:
    """The day of a paper."""
    return moment(paper.date) if paper.date.known else "undated"
