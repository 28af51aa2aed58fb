"""What the records of all kinds of files share: days, texts, references, sources, entries."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    StringConstraints,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from orgreg.model.day import Fault, Nature, When, parse
from orgreg.text.bare import Bare

SLUG: Final = r"^[a-z0-9][a-z0-9-]*$"
_REFERENCE: Final = r"^(?:[a-z0-9][a-z0-9-]*/)?[a-z0-9][a-z0-9-]*(?:#[a-z0-9][a-z0-9-]*)?$"
_DAY_FORM: Final = (
    r"^(unknown|(\.\.|\.\./)?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[~?%]?"
    r"((\.\.|/)([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[~?%]?|\.\.)?)?)$"
)


def text_of_day(value: object) -> str:
    """The text of a scalar that need not be quoted, as a day or a format."""
    if isinstance(value, Bare) and value.text:
        return value.text
    if isinstance(value, str):
        return value
    raise misfit(value, "a day")


def misfit(value: object, wanted: str) -> PydanticCustomError:
    """The error for a value of another shape than the one wanted."""
    if isinstance(value, Bare) and not value.text:
        return PydanticCustomError("empty_value", "")
    return PydanticCustomError("misfit", "{wanted}", {"wanted": wanted})


def _day(value: object) -> str:
    return _fitting(text_of_day(value), parse)


def _first_day(value: object) -> str:
    return _fitting(text_of_day(value), _parse_first)


def _fitting(text: str, read: Callable[[str], When | Fault]) -> str:
    fault = read(text)
    if isinstance(fault, Fault):
        raise PydanticCustomError("no_day", "{reason}", {"reason": fault.reason, "remedy": fault.remedy})
    return text


@lru_cache(maxsize=16384)
def _parse_first(text: str) -> When | Fault:
    read = parse(text)
    if isinstance(read, When) and read.nature is Nature.THROUGHOUT:
        reason = f"{text} is an interval, and what stands here is one day: the first"
        return Fault(reason, f"write {text.replace('/', '..')} for one day between, or the first day alone")
    return read


def whole_number(value: object) -> int:
    """A number without quotes, as it is counted."""
    if isinstance(value, Bare) and re.fullmatch("0|[1-9][0-9]{0,8}", value.text):
        return int(value.text)
    raise misfit(value, "a whole number without quotes")


def _truth(value: object) -> bool:
    if isinstance(value, Bare) and value.text in {"true", "false"}:
        return value.text == "true"
    raise misfit(value, "true or false, without quotes")


def list_or_word(value: object) -> str:
    """Which arm of a union a value is for: a list, or a word in its place."""
    return "@list" if isinstance(value, list) else "@word"


def mapping_or_word(value: object) -> str:
    """Which arm of a union a value is for: a mapping, or a word in its place."""
    return "@mapping" if isinstance(value, dict) else "@word"


def key(description: str, alias: str | None = None) -> Any:  # noqa: ANN401 - stands in for a value that may be missing
    """A key that may be left out."""
    return Field(default=None, alias=alias, description=description)


Text = Annotated[str, StringConstraints(min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Reference = Annotated[str, StringConstraints(pattern=_REFERENCE)]
_DAY_SCHEMA: Final = {"type": ["string", "integer"], "pattern": _DAY_FORM}
Day = Annotated[str, PlainValidator(_day), WithJsonSchema(_DAY_SCHEMA)]
FirstDay = Annotated[str, PlainValidator(_first_day), WithJsonSchema(_DAY_SCHEMA)]
WholeNumber = Annotated[int, PlainValidator(whole_number), WithJsonSchema({"type": "integer", "minimum": 0})]
Truth = Annotated[bool, PlainValidator(_truth), WithJsonSchema({"type": "boolean"})]
Word = Annotated[Literal["unknown", "none"], Tag("@word")]
Texts = Annotated[Annotated[list[Text], Field(min_length=1), Tag("@list")] | Word, Discriminator(list_or_word)]
References = Annotated[
    Annotated[list[Reference], Field(min_length=1), Tag("@list")] | Word, Discriminator(list_or_word)
]
OneOrMore = Annotated[
    Annotated[list[Reference], Field(min_length=1), Tag("@list")] | Annotated[Reference, Tag("@word")],
    Discriminator(list_or_word),
]


class Record(BaseModel):
    """A mapping of the register's files. Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", defer_build=True)
    called: ClassVar[str] = "mapping"


class SourceRecord(Record):
    """Who says so: a paper, its words, and the day of which they speak."""

    called = "a source"
    paper: Reference = key("The paper that says so; left out in the paper's own file.")
    quote: Text = key("Its words, word for word; white space does not matter. Write it as a >- block.")
    attests: Day = key("The day of which the paper speaks here, where it is not its own date.")
    note: Text = key("A remark on the source.")


Sources = Annotated[
    Annotated[list[SourceRecord], Field(min_length=1), Tag("@list")] | Annotated[Literal["none"], Tag("@word")],
    Discriminator(list_or_word),
]


class AnnulledRecord(Record):
    """The withdrawal of a decided future."""

    called = "annulled"
    day: Day = Field(description="The day on which it was withdrawn.")
    by: Reference = key("The paper that withdrew it.")
    because: Text = key("Why.")


class CorrectionRecord(Record):
    """We were wrong before; the city did not change."""

    called = "a correction"
    day: Day = Field(description="The day on which the register was put right.")
    of: Text = Field(description="What was put right: a key, or the route to it.")
    was: Text = Field(description="The lines that stood there before, word for word.")
    because: Text = Field(description="Why it was wrong.")
    sources: Sources = Field(description="Who says so.")


class EntryRecord(Record):
    """What every entry of a timeline may say beside its values."""

    called = "an entry"
    since: FirstDay = Field(
        alias="from", description="The first day on which it is so; an end's is the first day without."
    )
    status: Literal["proposed", "planned", "not_created"] = key(
        "Where it is not in force: it counts with --planned only, not_created never."
    )
    change: Slug = key("The word for a change that touches several units, the same in each of them.")
    wording: Text = key("The source's own words for the day or the value.")
    inferred: dict[str, Text] = key(
        "Which keys (or from) are concluded and not said by a source, each with the reason."
    )
    decided_by: OneOrMore = key("The paper that decided it; unknown, or none where nobody decided.")
    because: Text = key("Why.")
    note: Text = key("A remark.")
    annulled: AnnulledRecord = key("Voids a decided future that was withdrawn.")
    sources: Sources = Field(description="Who says so; none where nobody does.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        stated = self.model_fields_set
        for named in self.inferred or ():
            if ("since" if named == "from" else named) not in stated or named in _REMARKS:
                raise PydanticCustomError("inferred_nothing", "{named}", {"named": named})
        if stated <= _NO_VALUES:
            raise PydanticCustomError("nothing_said", "")
        return self


_REMARKS: Final = frozenset(EntryRecord.model_fields) - {"since"}
_NO_VALUES: Final = frozenset(EntryRecord.model_fields) | {"also"}


class InsteadRecord(Record):
    """What another source says instead."""

    called = "an entry of also"
    sources: Sources = Field(description="Who says so.")
    because: Text = key("Why the entry's own value is preferred.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.model_fields_set <= {"sources", "because"}:
            raise PydanticCustomError("nothing_said", "")
        return self


class AlternativeRecord(InsteadRecord):
    """What another source says instead of an entry."""

    since: FirstDay = key("The day that the other source gives.", alias="from")
    decided_by: OneOrMore = key("The paper that decided it, as the other source tells it.")
