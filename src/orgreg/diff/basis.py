"""Who says the same otherwise than before, in words: sources and quotes, doubts, decision and remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgreg.model.day import When, parse
from orgreg.model.timeline import Absent
from orgreg.model.unit import slug_of
from orgreg.model.wording import quoted
from orgreg.query.sentence import joined
from orgreg.query.wording import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from orgreg.diff.amendment import Amendment
    from orgreg.diff.statements import Instead, Said
    from orgreg.diff.words import Words
    from orgreg.model.timeline import Source


def basis(one: Amendment, was: Words, now: Words) -> list[str]:
    """What differs, each as the end of a sentence about what is told."""
    old, new = (some[0] if some else None for some in (one.lost, one.gained))
    reasons = (old.inferred if old else None, new.inferred if new else None)
    also = (old.also if old else (), new.also if new else ())
    clauses = [*_inferred(*reasons), *_also((one, was, now), *also)]
    if old is None or new is None:
        return clauses  # of a day that was not doubted before, or is no more
    clauses = [*_sources(old.sources, new.sources), *clauses]
    return clauses if old.said is None or new.said is None else [*clauses, *_remarks(old.said, new.said)]


def _sources(before: Sequence[Source], after: Sequence[Source]) -> Iterator[str]:
    lost = [one for one in before if one not in after]
    for one in after:
        if one not in before:
            other = next((old for old in lost if old.paper == one.paper), None)
            if other is None:
                yield f"is told by {_paper(one)} too"
            else:
                lost.remove(other)
                yield _told_otherwise(other, one)
    for one in lost:
        yield f"is no longer told by {_paper(one)}"


def _told_otherwise(before: Source, after: Source) -> str:
    paper = _paper(after)
    if before.quote == after.quote:
        if before.attests == after.attests:
            return f"is told by {paper} with another remark"
        return f"is told by {paper} of {'no day of its own' if after.attests is None else moment(after.attests)}"
    if after.quote is None:
        return f"is no longer quoted from {paper}"
    was = "" if before.quote is None else f", was {quoted(before.quote)}"
    return f"is quoted from {paper}: {quoted(after.quote)}{was}"


def _paper(source: Source) -> str:
    return "the paper itself" if source.paper is None else slug_of(source.paper)


def _papers(sources: Iterable[Source]) -> str:
    return joined(dict.fromkeys(map(_paper, sources)) or ["another source"])


def _inferred(before: str | None, after: str | None) -> Iterator[str]:
    if after is None and before is not None:
        yield f"is no longer inferred ({before})"
    elif after != before:
        yield f"is inferred: {after}{'' if before is None else f' (was inferred: {before})'}"


def _also(
    telling: tuple[Amendment, Words, Words], before: Sequence[Instead], after: Sequence[Instead]
) -> Iterator[str]:
    one, was, now = telling
    key = (*one.lost, *one.gained)[0].key
    for other in after:
        if other not in before:
            yield f"is told otherwise by {_papers(other.sources)}: {_instead(now, key, other)}"
    for other in before:
        if other not in after:
            yield f"is no longer told otherwise by {_papers(other.sources)}: {_instead(was, key, other)}"


def _instead(words: Words, key: str, other: Instead) -> str:
    told = [] if other.value is None else [words.value(key, other.value)]
    since = None if other.since is None else parse(other.since)
    told += [f"of {moment(since)}"] if isinstance(since, When) else []
    told += [] if other.decided_by is None else [f"decision {words.value('decided_by', other.decided_by)}"]
    told += [] if other.because is None else [other.because]
    return ", ".join(told)


def _remarks(before: Said, after: Said) -> Iterator[str]:
    if before.status != after.status:
        yield f"is {after.status} (was {before.status})".replace("_", " ")
    if before.change != after.change:
        was = f" (before: to {_change(before.change)})" if before.change else ""
        yield f"belongs to {_change(after.change)}{was}"
    if before.wording != after.wording:
        yield _text("words for the day", before.wording, after.wording)
    if before.decided_by != after.decided_by:
        was = "" if before.decided_by is None else f" (was {_decision(before.decided_by)})"
        if after.decided_by is None:
            yield f"no longer says by what it was decided{was}"
        else:
            yield f"has as decision {_decision(after.decided_by)}{was}"
    if before.because != after.because:
        yield _text("reason", before.because, after.because)
    if before.note != after.note:
        yield _text("remark", before.note, after.note)
    if before.annulled != after.annulled:
        told = "" if after.annulled is None else moment(after.annulled.day)
        yield f"is withdrawn, told on {told}" if told else "is no longer withdrawn"


def _change(word: str | None) -> str:
    return "no common change" if word is None else f"the change {word}"


def _decision(decided: object) -> str:
    if isinstance(decided, tuple):
        return joined(map(slug_of, decided))
    return "none" if decided is Absent.NONE else "unknown"


def _text(what: str, before: str | None, after: str | None) -> str:
    was = "" if before is None else f" (was {quoted(before)})"
    return f"has as {what} {'nothing' if after is None else quoted(after)}{was}"
