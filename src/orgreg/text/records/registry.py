"""registry.yaml: what the cities call things."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, PlainValidator, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

from orgreg.text import pattern
from orgreg.text.records.common import (
    FirstDay,
    Record,
    Slug,
    Text,
    Truth,
    WholeNumber,
    key,
    list_or_word,
    misfit,
    text_of_day,
)
from orgreg.text.ways import has_few_ways


def _pattern(value: object) -> str:
    if not isinstance(value, str):
        raise misfit(value, "a regular expression in quotes")
    read = pattern.read(value)
    if isinstance(read, pattern.Unfit):
        raise PydanticCustomError("no_pattern", "{reason}", read._asdict())
    if not has_few_ways(read):
        raise PydanticCustomError("ambiguous_pattern", "{pattern}", {"pattern": value})
    return value


Pattern = Annotated[str, PlainValidator(_pattern), WithJsonSchema({"type": "string", "maxLength": pattern.LONGEST})]

PatternOrMore = Annotated[
    Annotated[list[Pattern], Field(min_length=1), Tag("@list")] | Annotated[Pattern, Tag("@word")],
    Discriminator(list_or_word),
]


class KindRecord(Record):
    """A kind of unit, in the city's own word."""

    called = "a kind"
    rank: WholeNumber = key("Its rank in the line; 1 is the highest, 0 the administration as a whole.")
    code: PatternOrMore = key("What its codes look like; a group named parent is the code of the unit above.")
    numbers: Literal["own"] = key("own: its codes are counted for themselves and may be borne by units of other kinds.")
    body: Truth = key("Whether it is a body (Gremium), outside the line.")
    outside: Truth = key("Whether its units stand outside the city.")
    line: Truth = key("false: beside the line, as a Stabsstelle.")


class EraRecord(Record):
    """How papers were numbered from a day on."""

    called = "an era of numbers"
    since: FirstDay = Field(alias="from", description="The first day of this grammar.")
    form: Pattern = Field(description="What a number looks like, as a regular expression.")
    year: Literal["first", "last"] = key("Where the two digits of the year stand.")


class PapersRecord(Record):
    """Which of a city's papers ask, and which answer."""

    called = "papers"
    asks: list[Text] = key("Its kinds of papers that ask and wait for an answer: Anfrage.")
    answers: list[Text] = key("Its kinds of papers that answer: Stellungnahme.")


class MunicipalityRecord(Record):
    """One city with its own codes, kinds and paper numbers."""

    called = "a municipality"
    name: Text = Field(description="What the city calls itself.")
    land: Text = key("The Land, for its school holidays.")
    time_zone: Text = key("Its time zone: Europe/Berlin.")
    ags: Text = key('The official key of the municipality, in quotes: "03101000".')
    kinds: dict[Text, KindRecord] = Field(description="The kinds of units, in the city's own words.")
    numbers: list[EraRecord] = key("How its papers were numbered, era by era.")
    papers: PapersRecord = key("Which kinds of papers ask, and which answer.")
    topics: dict[Text, list[Text]] = key("Topics, each with its synonyms.")
    states: dict[Text, Literal["open", "active", "done", "dropped"]] = key("The city's words for the state of a step.")
    same_as: list[Text] = key("URIs of the same city elsewhere.")


class RegistryFile(Record):
    """What the cities call things: data/registry.yaml."""

    called = "registry.yaml"
    format: Annotated[str, PlainValidator(text_of_day), WithJsonSchema({"type": "integer", "const": 1})] = Field(
        description="The format of these files."
    )
    uri: Text = key("Where the register is at home.")
    municipalities: dict[Slug, MunicipalityRecord] = Field(description="The cities of the register.")
