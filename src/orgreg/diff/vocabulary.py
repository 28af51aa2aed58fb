"""What registry.yaml says otherwise: what a city is called, its kinds, numbers of papers, topics and states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgreg.model.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgreg.model.registry import Kind, Municipality, Registry

URI: Final = "uri"
_ONES: Final = {
    "kinds": "the kind {}",
    "numbers": "the numbers of papers from {} on",
    "topics": "the topic {}",
    "states": "the state {}",
}
_WORDS: Final = {
    "name": "its name",
    "land": "its Land",
    "time_zone": "its time zone",
    "ags": "its official key",
    "papers/asks": "the kinds of papers that ask",
    "papers/answers": "the kinds of papers that answer",
    URI: "where the register is at home",
}
_FLAGS: Final = {"body": "a body", "outside": "outside the city", "own_numbers": "with codes counted for themselves"}


@dataclass(frozen=True, slots=True)
class Worded:
    """One key of registry.yaml that says otherwise than before: `states/erledigt`.

    `municipality` and `called` are the folder and the name of the city, None for what is said of the whole register.
    `key` is None where the city as a whole is new or gone. `before` and `after` are what the key says, in words, None
    where it is not there.
    """

    municipality: str | None
    called: str | None
    key: str | None
    before: str | None
    after: str | None

    @property
    def what(self) -> str:
        """What says otherwise, without the name of the city."""
        if self.key is None:
            return "its words are recorded" if self.before is None else "its words are recorded no more"
        section, _, one = self.key.partition("/")
        thing = _WORDS.get(self.key) or _ONES[section].format(one if section == "numbers" else quoted(one))
        if self.after is None:
            return f"{thing}: recorded no more (was {self.before})"
        return f"{thing}: {self.after}" + ("" if self.before is None else f" (was {self.before})")

    @property
    def sentence(self) -> str:
        """What says otherwise, and of which city."""
        return f"{self.called or 'The register'}: {self.what}"


def vocabulary(before: Registry, after: Registry) -> tuple[Worded, ...]:
    """Every key that says otherwise, city by city; nothing where one of the two cannot be read."""
    return tuple(_differing(before, after)) if before.vocabulary_read and after.vocabulary_read else ()


def _differing(before: Registry, after: Registry) -> Iterator[Worded]:
    if before.uri != after.uri:
        yield Worded(None, None, URI, before.uri, after.uri)
    for identity in sorted({*before.municipalities, *after.municipalities}):
        was, now = before.municipalities.get(identity), after.municipalities.get(identity)
        if was is None or now is None:
            yield from (Worded(identity, one.name, None, None, one.name) for one in (now,) if one is not None)
            yield from (Worded(identity, one.name, None, one.name, None) for one in (was,) if one is not None)
        elif was != now:
            old, new = _said(was), _said(now)
            for key in dict.fromkeys((*new, *old)):
                if old.get(key) != new.get(key):
                    yield Worded(identity, now.name, key, old.get(key), new.get(key))


def _said(city: Municipality) -> Mapping[str, str]:
    """What each key says, in words, in the order of the file."""
    alone = {"name": city.name, "land": city.land, "time_zone": city.time_zone, "ags": city.ags}
    papers = {"papers/asks": _row(sorted(city.asks)), "papers/answers": _row(sorted(city.answers))}
    return {
        **{key: said for key, said in alone.items() if said is not None},
        **{f"kinds/{name}": _kind(kind) for name, kind in city.kinds.items()},
        **{f"numbers/{era.since}": era.form + (f", the year {era.year}" if era.year else "") for era in city.numbers},
        **{key: said for key, said in papers.items() if said},
        **{f"topics/{topic}": _row(synonyms) or "no other word" for topic, synonyms in city.topics.items()},
        **{f"states/{word}": meaning for word, meaning in city.states.items()},
    }


def _row(words: list[str] | tuple[str, ...]) -> str:
    return ", ".join(words)


def _kind(kind: Kind) -> str:
    told = ["without rank" if kind.rank is None else f"rank {kind.rank}"]
    told += [f"codes {' or '.join(kind.codes)}"] if kind.codes else []
    told += [words for flag, words in _FLAGS.items() if getattr(kind, flag)]
    return ", ".join(told if kind.line else [*told, "beside the line"])
